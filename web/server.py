"""Serves an ASGI application with uvicorn, in a thread: beside the workers in `up` and `demo`, alone in `web`."""

import socket
import threading
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from config.errors import ConfigError, Problem

STOP_SECONDS = 10
_BACKLOG = 128
_OPENED_AS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- how a person on this machine opens "everywhere"


class ServerThread:
    """Answers from `start` to `stop`, or while it is open as a context manager. Signals are left to the caller."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        """`port` 0 takes any that is free."""
        self._host = host
        self._port = port
        self._server = uvicorn.Server(_quiet(app))
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where to open it, with the real port once it has started."""
        host = _OPENED_AS.get(self._host, self._host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self._port}"

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """From here on it answers: what arrives before the thread runs waits in the socket's queue.

        Raises ConfigError when it cannot listen there.
        """
        listening = _listen(self._host, self._port)
        self._port = listening.getsockname()[1]
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="web", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests that are running, for a few seconds at most; nothing happens when it does not run."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _quiet(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_SECONDS // 2,
    )


def _listen(host: str, port: int) -> socket.socket:
    """We bind, not uvicorn: it would end the whole process when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        # Python adds the address to the system's words; here it stands in front.
        reason = (error.strerror or str(error)).partition(" (while ")[0]
        sentence = f"cannot be listened on: {reason}"
        raise ConfigError(Problem(f"{host}:{port}", None, None, sentence)) from error
