"""Serves the files on loopback with the headers that they ask for, and no others but the length."""

import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import quote

from bench.feeds.quirk import Quirk


class Site:
    """The site; runs while the `with` block does. It answers no condition: what is asked for is sent."""

    def __init__(self, quirks: Sequence[Quirk]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._by_path = {f"/{number}/{quote(quirk.name)}": quirk for number, quirk in enumerate(quirks)}
        self.has_longer_bodies = False
        """Whether each body has a line break more: other bytes that say the same."""
        self.asked: dict[str, list[bool]] = {quirk.name: [] for quirk in quirks}
        """By file, for each time that it was asked for, whether it was the longer body."""

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
    def quirks_by_url(self) -> Mapping[str, Quirk]:
        base = f"http://127.0.0.1:{self._server.server_address[1]}"
        return {base + path: quirk for path, quirk in self._by_path.items()}

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Called by the server's threads."""
        quirk = self._by_path.get(handler.path)
        if quirk is None:
            handler.send_error(404)
            return
        self.asked[quirk.name].append(self.has_longer_bodies)
        body = quirk.longer_body if self.has_longer_bodies else quirk.body
        handler.send_response_only(200)
        for name, value in {**quirk.headers, "content-length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


def _handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for its headers to be acknowledged

        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
            """What is asked is no news."""

    return Handler
