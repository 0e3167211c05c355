"""A site of feeds on loopback in a process of its own, so that its work is counted for no one who polls it.

    with SiteProcess(feeds=200, entries=20, hosts=8) as site:
        ...                 # poll site.urls
        site.answers()      # {address: {200: 1, 304: 1}}

Answers are written once, at the start; a request costs it a look-up. It keeps connections open, and answers 304 to a
request that names the ETag or the date of what it has.
"""

import argparse
import asyncio
import json
import sys
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from subprocess import PIPE, Popen
from types import TracebackType
from typing import Any, Self

from bench.poll.feeds import MadeFeed, make_feeds

LOG_PATH, FORGET_PATH = "/-/log", "/-/forget"
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
NOT_HERE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answers:
    """The two answers that a feed has, and what a request must name to get the short one."""

    whole: bytes
    unchanged: bytes
    etag: str
    modified: str


class SiteProcess:
    """The site, from the side of who polls it. Runs while the `with` block does."""

    def __init__(self, *, feeds: int, entries: int, hosts: int = 1, seed: int = 1) -> None:
        options = {"feeds": feeds, "entries": entries, "hosts": hosts, "seed": seed}
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        self._command = [sys.executable, "-m", "bench.poll.site", *arguments]
        self.entries = feeds * entries
        """Of all feeds together."""

    def __enter__(self) -> Self:
        self._process = Popen(self._command, stdin=PIPE, stdout=PIPE, text=True)  # noqa: S603 - our own module
        if self._process.stdout is None or not (line := self._process.stdout.readline()):
            raise RuntimeError("the site did not start")
        started = json.loads(line)
        self.base: str = started["base"]
        self.urls: Sequence[str] = started["urls"]
        self.mean_bytes: int = started["mean_bytes"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # closes its input, which ends it

    def answers(self) -> Mapping[str, Mapping[int, int]]:
        """How often each address was answered with which status since `forget`."""
        log = self._ask(LOG_PATH)
        return {url: {int(status): count for status, count in of_url.items()} for url, of_url in log.items()}

    def forget(self) -> None:
        """Start the counting anew."""
        self._ask(FORGET_PATH)

    def fetch(self, url: str) -> bytes:
        """One answer, through no proxy."""
        with DIRECT.open(url, timeout=10) as answer:
            body: bytes = answer.read()
        return body

    def _ask(self, path: str) -> Any:
        return json.loads(self.fetch(self.base + path))


class _Site:
    """What all connections share: the answers and the log."""

    def __init__(self, feeds: Sequence[MadeFeed]) -> None:
        self.answers_by_path = {feed.path: _answers(feed) for feed in feeds}
        self.log: Counter[tuple[str, int]] = Counter()

    def answer(self, base: str, request: str) -> bytes:
        line, *rest = request.split("\r\n")
        path = line.split(" ")[1]
        if path in (LOG_PATH, FORGET_PATH):
            return self._control(path)
        answers = self.answers_by_path.get(path)
        if answers is None:
            self.log[base + path, 404] += 1
            return NOT_HERE
        is_known = _is_known(answers, dict(header.split(": ", 1) for header in rest if ": " in header))
        self.log[base + path, 304 if is_known else 200] += 1
        return answers.unchanged if is_known else answers.whole

    def _control(self, path: str) -> bytes:
        if path == FORGET_PATH:
            self.log.clear()
        by_url: dict[str, dict[int, int]] = {}
        for (url, status), count in self.log.items():
            by_url.setdefault(url, {})[status] = count
        body = json.dumps(by_url).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class _Connection(asyncio.Protocol):
    def __init__(self, site: _Site, base: str) -> None:
        self._site, self._base = site, base
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            request, _, self._received = self._received.partition(b"\r\n\r\n")
            self._transport.write(self._site.answer(self._base, request.decode("latin-1")))


def _answers(feed: MadeFeed) -> Answers:
    etag = f'"{sha256(feed.body).hexdigest()[:20]}"'
    modified = format_datetime(feed.modified, usegmt=True)
    validators = f"ETag: {etag}\r\nLast-Modified: {modified}\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {feed.content_type}\r\nContent-Length: {len(feed.body)}\r\n{validators}"
    unchanged = f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode()
    return Answers(f"{head}\r\n".encode() + feed.body, unchanged, etag, modified)


def _is_known(answers: Answers, headers: Mapping[str, str]) -> bool:
    """The ETag decides where both are named (RFC 9110, section 13.2.2)."""
    lower = {name.lower(): value.strip() for name, value in headers.items()}
    if "if-none-match" in lower:
        return lower["if-none-match"] == answers.etag
    return lower.get("if-modified-since") == answers.modified


async def _serve(feeds: Sequence[MadeFeed], hosts: int) -> None:
    """The feeds are dealt out to the hosts; 127.0.0.2 and on answer on Linux without being set up."""
    site, bases = _Site(feeds), list[str]()
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as servers:
        for number in range(1, hosts + 1):
            bases.append(await _listen(loop, servers, site, f"127.0.0.{number}"))
        urls = [bases[number % hosts] + feed.path for number, feed in enumerate(feeds)]
        mean_bytes = sum(len(feed.body) for feed in feeds) // len(feeds)
        print(json.dumps({"base": bases[0], "urls": urls, "mean_bytes": mean_bytes}), flush=True)
        await loop.run_in_executor(None, sys.stdin.read)


async def _listen(loop: asyncio.AbstractEventLoop, servers: AsyncExitStack, site: _Site, host: str) -> str:
    base = ""
    server = await loop.create_server(lambda: _Connection(site, base), host, 0)
    servers.push_async_callback(_close, server)
    base = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    return base


async def _close(server: asyncio.Server) -> None:
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.poll.site", description="Serve made feeds until input ends.")
    for name, default in (("feeds", 200), ("entries", 20), ("hosts", 1), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    newest = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    asyncio.run(_serve(make_feeds(options.feeds, options.entries, newest, options.seed), options.hosts))


if __name__ == "__main__":
    main()
