"""A listener that nobody has any reason to visit. Whoever was led there is written down."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

WAITS_SECONDS = 1.0


class Canary:
    """Context manager: listens on a free port, on another loopback address than the server that leads there."""

    def __init__(self, host: str = "127.0.0.2") -> None:
        self.visits: list[bytes] = []
        """The first kilobyte of what each visitor sent, empty if it only connected."""
        self._socket = socket.create_server((host, 0))
        self.base = f"http://{host}:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, name="canary", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread, which closing alone does not
        self._socket.close()
        self._thread.join()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits.append(b"")
            with visitor, suppress(OSError):
                visitor.settimeout(WAITS_SECONDS)
                self.visits[-1] = visitor.recv(1024)
                visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nSECRET")
