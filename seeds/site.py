"""A small web site that publishes the demo's news world on loopback, as far as its own clock has come.

    with Site(load_world()) as site:
        for moment in site.steps():
            site.advance_to(moment)
            ...  # poll site.feed_urls()

Pages and feeds carry an ETag and answer 304; one feed always fails, one is slow, one has moved for good. It is made
for demonstrations and tests: no TLS, no compression, and everything is written anew for each request.

`python -m seeds.site` runs it until it is stopped.
"""

import argparse
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from seeds.answers import FAILING_FEED, MOVED_FEED, Answer, Answers
from seeds.world import World, load_world

STEP = timedelta(hours=12)
REMEMBERED_REQUESTS = 10_000
IDLE_CONNECTION_SECONDS = 30
STOPS_WITHIN_SECONDS = 0.05

Pause = Callable[[float], object]


class Site:
    """Serves a world. Nothing is out until its clock is advanced, and the clock never goes back.

    `pause` is called with the seconds for which a slow answer is held back.
    """

    def __init__(self, world: World, host: str = "127.0.0.1", port: int = 0, pause: Pause = time.sleep) -> None:
        self._world = world
        self._log: deque[tuple[str, int]] = deque(maxlen=REMEMBERED_REQUESTS)
        self._server = _Server((host, port), self._answer, self._log.append, pause)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=[STOPS_WITHIN_SECONDS], name="news-site", daemon=True
        )
        self.base_url = f"http://{host}:{self._server.server_port}"
        self._answers = Answers(world, self.base_url)
        self._now = self._answers.start

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def now(self) -> datetime:
        return self._now

    @property
    def requests(self) -> tuple[tuple[str, int], ...]:
        """Path and status of the latest requests, oldest first."""
        return tuple(self._log)

    def feed_urls(self) -> tuple[str, ...]:
        """Every feed: the outlets' (the slow one among them), then the one that has moved and the one that fails."""
        addresses = [outlet.feed_address for outlet in self._world.outlets]
        return tuple(self.base_url + address for address in [*addresses, MOVED_FEED, FAILING_FEED])

    def steps(self) -> tuple[datetime, ...]:
        """Moments, half a day apart, at which to advance the clock so as to walk through all the news."""
        last = max(article.last_change for article in self._world.articles)
        start = self._answers.start
        count = -((start - last) // STEP)  # rounded up
        return tuple(start + STEP * step for step in range(1, count + 1))

    def advance_to(self, when: datetime) -> None:
        """Publish everything up to and including that moment."""
        if when < self._now:
            raise ValueError(f"the site's clock stands at {self._now.isoformat()}; it cannot go back to {when}")
        self._now = when

    def end(self) -> None:
        """Publish everything."""
        self.advance_to(max(self._now, self.steps()[-1]))

    def served_entries(self) -> tuple[str, ...]:
        """Addresses of all articles that are out, in the order of publication."""
        return tuple(self.base_url + article.path for article in self._answers.out(self._world.articles, self._now))

    def _answer(self, address: str) -> Answer:
        return self._answers.answer(address, self._now)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the world until interrupted: all of it, or up to a moment, or step by step."""
    options = _options(arguments)
    with Site(load_world(), port=options.port) as site:
        if options.at is not None:
            site.advance_to(options.at)
        elif options.step is None:
            site.end()
        print(f"News site at {site.base_url}/", flush=True)  # not sooner: whoever reads it may ask at once
        try:
            if options.step is not None:
                _walk(site, options.step)
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m seeds.site", description="Serve the demo's news on loopback.")
    parser.add_argument("--port", type=int, default=0, help="default: any free port")
    parser.add_argument("--at", type=_moment, metavar="TIME", help="publish up to then, such as 2025-11-19T12:00Z")
    parser.add_argument("--step", type=float, metavar="SECONDS", help="then publish half a day every so many seconds")
    return parser.parse_args(arguments)


def _moment(text: str) -> datetime:
    """An ISO 8601 time; without a zone it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _walk(site: Site, step_seconds: float) -> None:
    """Publish half a day every so many seconds."""
    for moment in site.steps():
        if moment > site.now:
            site.advance_to(moment)
            time.sleep(step_seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        answer: Callable[[str], Answer],
        remember: Callable[[tuple[str, int]], None],
        pause: Pause,
    ) -> None:
        self.answer = answer
        self.remember = remember
        self.pause = pause
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is its own business; anything else is a mistake here and is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "storytrail-demo"
    wbufsize = -1  # header and body leave together, or each answer waits for a delayed acknowledgement
    timeout = IDLE_CONNECTION_SECONDS

    def do_GET(self) -> None:
        answer = self.server.answer(self.path)
        if answer.wait_seconds:
            self.server.pause(answer.wait_seconds)
        if answer.is_known(self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")):
            self._send(HTTPStatus.NOT_MODIFIED, _validators(answer))
        else:
            self._send(answer.status, _validators(answer) | _description(answer), answer.body)

    do_HEAD = do_GET  # noqa: N815 - http.server looks for this name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
        """Silent: `Site.requests` is the log."""

    def _send(self, status: HTTPStatus, headers: dict[str, str], body: bytes = b"") -> None:
        self.server.remember((self.path, int(status)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def _validators(answer: Answer) -> dict[str, str]:
    """By what a client may ask again whether anything has changed."""
    headers = {"ETag": answer.etag} if answer.status == HTTPStatus.OK else {}
    if answer.changed:
        headers["Last-Modified"] = format_datetime(answer.changed.astimezone(UTC), usegmt=True)
    return headers


def _description(answer: Answer) -> dict[str, str]:
    headers = {"Content-Length": str(len(answer.body)), "Content-Type": answer.content_type}
    return headers | {"Location": answer.location} if answer.location else headers


if __name__ == "__main__":
    main()
