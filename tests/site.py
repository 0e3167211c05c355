"""A small web site on loopback for tests, told what to do by verbs.

    with Site() as site:
        site.serves("/feed.xml", body, headers={"ETag": '"1"'})
        site.fails("/broken", 503)
        site.moves("/old", "/new", status=301)
        site.stalls("/silent")
        fetch(site.url("/feed.xml"))
        assert site.requests[0].path == "/feed.xml"

A path that was told nothing answers 404. An answer with an ETag answers 304 to a request that names it.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

Script = Callable[[BaseHTTPRequestHandler], None]
"""Writes an answer by hand to `handler.wfile`, for servers that misbehave."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that the site got. Header names are lower-case; `client` tells connections apart."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    client: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """The site. Starts with the `with` block and ends with it; stalled requests are let go then."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.requests: list[Asked] = []
        self._pages: dict[str, Page | Script] = {}
        self._ended = threading.Event()
        self._server = _Server((host, 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self) -> str:
        return str(self._server.server_address[0])

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def serves(
        self, path: str, body: bytes | str, *, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> None:
        raw = body.encode() if isinstance(body, str) else body
        self._pages[path] = Page(status, raw, dict(headers or {}))

    def fails(self, path: str, status: int = 500, *, headers: Mapping[str, str] | None = None) -> None:
        self.serves(path, f"{status}", status=status, headers=headers)

    def moves(self, path: str, to: str, *, status: int = 301) -> None:
        self.serves(path, b"", status=status, headers={"Location": to})

    def stalls(self, path: str) -> None:
        """Take the request and say nothing until the site ends."""
        self.plays(path, self._wait_for_end)

    def plays(self, path: str, script: Script) -> None:
        """Answer by a script; the connection ends after it."""
        self._pages[path] = script

    def waits(self, seconds: float | None = None) -> bool:
        """For scripts: wait; true when the site has ended meanwhile."""
        return self._ended.wait(seconds)

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path."""
        return [request for request in self.requests if request.path == path]

    def _wait_for_end(self, _handler: BaseHTTPRequestHandler) -> None:
        self._ended.wait()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Record a request and answer it. Called by the server's threads."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        client = (str(handler.client_address[0]), int(handler.client_address[1]))
        self.requests.append(Asked(handler.command, handler.path, headers, body, client))
        page = self._pages.get(handler.path, Page(404, b"not here"))
        if isinstance(page, Page):
            _send(handler, _unless_known(page, headers))
        else:
            handler.close_connection = True
            page(handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is what many tests are about; nothing to print."""


def _handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for its headers to be acknowledged

        def do_GET(self) -> None:
            site.answer(self)

        def do_POST(self) -> None:
            site.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the same
            """Tests read `requests` instead."""

    return Handler


def _unless_known(page: Page, asked: Mapping[str, str]) -> Page:
    tag = next((value for name, value in page.headers.items() if name.lower() == "etag"), "")
    if tag and asked.get("if-none-match") == tag:
        return Page(304, b"", page.headers)
    return page


def _send(handler: BaseHTTPRequestHandler, page: Page) -> None:
    handler.send_response(page.status)
    for name, value in page.headers.items():
        handler.send_header(name, value)
    if page.status != 304:
        handler.send_header("Content-Length", str(len(page.body)))
    handler.end_headers()
    handler.wfile.write(page.body)
