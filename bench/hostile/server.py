"""The hostile server: one thread for each connection, one path for each attack, and an end to all of it.

Beside the attacks it has what a well-behaved site has, to see whether the neighbours of an attack are still served:
`/well` is a feed with two entries, `/article/N` their pages, `/feed-of/NAME` a feed with one entry whose page is the
attack of that name. Everything else is 404, robots.txt too.
"""

import socket
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from bench.hostile.attack import ATTACKS
from bench.hostile.canary import Canary
from bench.hostile.exchange import Exchange, Limits, OverError
from bench.hostile.wellmade import article_page, feed_of_page, well_feed

MAX_REQUEST_BYTES = 64 * 1024
REQUEST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. Header names are lower-case."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)


class HostileServer:
    """Context manager: listens on a free port of `host`, the canary on one of `elsewhere`. Ends all answers with it.

    To tell the two apart, a guard can be given leave for `host`/32 alone.
    """

    def __init__(self, host: str = "127.0.0.1", elsewhere: str = "127.0.0.2", limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.requests: list[Request] = []
        self.canary = Canary(elsewhere)
        self._socket = socket.create_server((host, 0), backlog=128)
        self.base = f"http://{host}:{self._socket.getsockname()[1]}"
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._times: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, name="hostile-server", daemon=True)

    def __enter__(self) -> Self:
        self.canary.__enter__()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        with self._lock:
            for connection in (self._socket, *self._open):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)  # wakes whoever waits on it
        self._socket.close()
        self._thread.join()
        self.canary.__exit__(kind, error, trace)

    def url(self, name: str) -> str:
        """The address of an attack."""
        if name not in ATTACKS:
            raise KeyError(name)
        return f"{self.base}/{name}"

    def well(self) -> str:
        """The address of a feed with which nothing is wrong."""
        return f"{self.base}/well"

    def feed_of(self, name: str) -> str:
        """The address of a good feed with one entry, whose page is this attack."""
        return self.url(name).replace(self.base, f"{self.base}/feed-of")

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        try:
            with suppress(OSError, OverError):  # who asked has hung up, or it is enough
                self._answer(connection)
        finally:
            with self._lock:
                self._open.discard(connection)
            _close(connection)

    def _answer(self, connection: socket.socket) -> None:
        request = _read(connection)
        with self._lock:
            self.requests.append(request)
            self._times[request.path] += 1
            times = self._times[request.path]
        name, _, step = request.path.strip("/").partition("/")
        exchange = Exchange(
            connection, self._ended, self.limits, self.base, self.canary.base, name, step, times, request.headers
        )
        if name in ATTACKS:
            ATTACKS[name].answer(exchange)
        else:
            _behave(exchange)


def _behave(exchange: Exchange) -> None:
    """What is here beside the attacks."""
    match exchange.name, exchange.step:
        case "well", "":
            exchange.answer(well_feed(exchange.base), "application/rss+xml")
        case "article", number:
            exchange.answer(article_page(number))
        case "feed-of", name if name in ATTACKS:
            exchange.answer(feed_of_page(exchange.url(name), name), "application/rss+xml")
        case _:
            exchange.answer(b"not here", "text/plain", status="404 Not Found")


def _read(connection: socket.socket) -> Request:
    """The head of a request; what is not one raises OSError as if it had been broken off."""
    connection.settimeout(REQUEST_SECONDS)
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(MAX_REQUEST_BYTES)
        received += part
        if not part or len(received) > MAX_REQUEST_BYTES:
            raise ConnectionAbortedError
    line, *rest = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    path = line.split(" ")[1] if line.count(" ") == 2 else "/"
    pairs = (header.partition(":") for header in rest)
    return Request(path.partition("?")[0], {name.strip().lower(): value.strip() for name, _, value in pairs})


def _close(connection: socket.socket) -> None:
    """Let the other side read what was sent: closing with unread input would make the system throw it away."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
    connection.close()
