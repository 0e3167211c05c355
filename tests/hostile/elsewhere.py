"""The hostile server in a process of its own, so that what it holds in memory is not taken for ours.

with Elsewhere() as elsewhere:
    poll(elsewhere.attack("billion-laughs"))
    assert elsewhere.visits() == []       # nobody was led to the canary
"""

import json
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlsplit

from bench.hostile import HostileServer
from bench.hostile.exchange import Limits

LONGEST_SECONDS = 45.0  # that an attack lasts: longer than anybody should listen to it
READY_SECONDS = 60.0


class Elsewhere:
    """Context manager. The process ends with it, and with the test run however that ends."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.hostile.elsewhere"]
        folder = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=folder
        )
        self._input, self._output = _piped(self._process.stdin), _piped(self._process.stdout)
        self._base, self.canary = json.loads(self._output.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._input.close()
        self._process.wait(READY_SECONDS)
        self._output.close()

    def attack(self, name: str) -> str:
        """The address of an attack."""
        return f"{self._base}/{name}"

    def feed_of(self, name: str) -> str:
        """The address of a good feed with one entry, whose page is this attack."""
        return f"{self._base}/feed-of/{name}"

    def visits(self) -> list[str]:
        """What visitors of the canary have sent since this was asked last."""
        self._input.write("visits\n")
        visits: list[str] = json.loads(self._output.readline())
        return visits


def _piped(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _serve() -> None:
    with HostileServer(limits=Limits(seconds=LONGEST_SECONDS)) as server:
        _pack_bombs(server)
        _tell([server.base, server.canary.base])
        told = 0
        for _ in sys.stdin:
            visits = server.canary.visits[told:]
            told += len(visits)
            _tell([visit.decode("latin-1") for visit in visits])


def _tell(what: list[str]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _pack_bombs(server: HostileServer) -> None:
    """The first time it takes seconds, and the clients in the tests have none to spare."""
    for name in ("gzip-bomb", "gzip-of-gzip"):
        to = urlsplit(server.url(name))
        with socket.create_connection((to.hostname, to.port), timeout=READY_SECONDS) as connection:
            connection.sendall(f"GET {to.path} HTTP/1.1\r\nHost: {to.netloc}\r\n\r\n".encode())
            while connection.recv(1 << 20):
                pass


if __name__ == "__main__":
    _serve()
