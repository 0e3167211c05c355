"""One request as an attack sees it: what was asked, and ways to answer well, badly, slowly or for ever."""

import socket
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RSS, HTML = "application/rss+xml", "text/html"


class OverError(Exception):
    """The time or the bytes of this answer are used up, or the server ends."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far an attack may go. `beat` is the pause of those that are slow, in seconds."""

    seconds: float = 60.0
    most_bytes: int = 256 * 2**20
    beat: float = 1.0


@dataclass(slots=True)
class Exchange:
    """A request and its connection, which ends with the answer.

    `step` is what the path held after the attack's name; `times` counts the requests for this path, this one included.
    `elsewhere` is the base of a place on loopback that nobody asked to be led to.
    """

    connection: socket.socket
    ended: threading.Event
    limits: Limits
    base: str
    elsewhere: str
    name: str
    step: str
    times: int
    headers: Mapping[str, str]
    began: float = 0.0  # with the first byte sent: what takes long to prepare takes no time from the answer
    sent: int = 0

    def send(self, data: bytes) -> None:
        """Bytes as they are. Raises OverError when enough has been sent."""
        self.began = self.began or time.monotonic()
        left = self.began + self.limits.seconds - time.monotonic()
        if self.ended.is_set() or left <= 0 or self.sent >= self.limits.most_bytes:
            raise OverError
        self.connection.settimeout(left)
        self.connection.sendall(data)
        self.sent += len(data)

    def drip(self, pieces: Iterable[bytes]) -> None:
        """One piece at each beat."""
        for piece in pieces:
            self.send(piece)
            self.wait(self.limits.beat)

    def wait(self, seconds: float | None = None) -> None:
        """Do nothing, by default until the time is over. Raises OverError when the server ends meanwhile."""
        if self.ended.wait(self.limits.seconds if seconds is None else seconds):
            raise OverError

    def begin(self, *headers: str, status: str = "200 OK") -> None:
        """Status line and headers, complete."""
        self.send("\r\n".join([f"HTTP/1.1 {status}", *headers, "Connection: close", "", ""]).encode())

    def answer(self, body: bytes, content_type: str = HTML, *headers: str, status: str = "200 OK") -> None:
        """A whole answer, in good order."""
        length = f"Content-Length: {len(body)}"
        self.begin(f"Content-Type: {content_type}", length, *headers, status=status)
        self.send(body)

    def stream(self, pieces: Iterable[bytes], content_type: str = HTML) -> None:
        """An answer whose length is not said; it ends with the connection."""
        self.begin(f"Content-Type: {content_type}")
        for piece in pieces:
            self.send(piece)

    def redirect(self, location: str) -> None:
        self.begin(f"Location: {location}", "Content-Length: 0", status="302 Found")

    def url(self, path: str) -> str:
        return f"{self.base}/{path}"
