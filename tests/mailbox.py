"""Mail servers on loopback for tests: one that takes mail as real ones do, and one that says what it is told to.

with Mailbox() as mailbox:
    channel sends to smtp://127.0.0.1:{mailbox.port}
    assert [mail["Subject"] for mail in mailbox.mails] == ["…"]

with Scripted({"DATA": b"451 later"}) as server: ...    # its answer to each command; else what is usual
"""

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """A real server. `refuses` says what it answers to recipients; `login` is the user and password it wants."""

    def __init__(
        self,
        *,
        refuses: Mapping[str, str] | None = None,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        from_the_start: bool = False,
    ) -> None:
        self.port = free_port()
        self.envelopes: list[Any] = []
        self.encrypted: list[bool] = []
        self._refuses = refuses or {}
        self._login = login
        extra: dict[str, Any] = {"ssl_context": tls} if from_the_start else {"tls_context": tls}
        if login:
            extra |= {"auth_required": True, "authenticator": self._knows, "auth_require_tls": not from_the_start}
        if tls and not from_the_start:
            extra |= {"require_starttls": True}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **extra)

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(e.content, policy=default) for e in self.envelopes]

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: object, _session: object, envelope: Any, address: str, _: object
    ) -> str:
        if address in self._refuses:
            return self._refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, _server: object, session: Any, envelope: Any
    ) -> str:
        self.envelopes.append(envelope)
        self.encrypted.append(session.ssl is not None)
        return "250 taken"

    def _knows(self, _server: object, _session: object, _envelope: object, _mechanism: str, shown: Any) -> AuthResult:
        assert isinstance(shown, LoginPassword)
        is_right = (shown.login.decode(), shown.password.decode()) == self._login
        return AuthResult(success=is_right, handled=is_right)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()


BREAKS_OFF, STALLS = b"<breaks off>", b"<stalls>"
USUAL = {"HELLO": b"220 ready", "EHLO": b"250 here", "DATA": b"354 go on", "LETTER": b"250 taken"}


class Scripted:
    """One connection. `HELLO` is the greeting and `LETTER` the answer to the mail; keys are commands otherwise."""

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self._answers = {**USUAL, **answers}
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.letters: list[bytes] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        with suppress(OSError):
            connection, _ = self._listening.accept()
            with connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: Any) -> None:
        if not self._says(connection, "HELLO"):
            return
        for line in lines:
            command = line.decode("latin-1").split(":")[0].split()[0].upper()
            if not self._says(connection, command):
                return
            if command == "DATA" and self._answers["DATA"].startswith(b"354"):
                self.letters.append(b"".join(iter(lines.readline, b".\r\n")))
                if not self._says(connection, "LETTER"):
                    return

    def _says(self, connection: socket.socket, command: str) -> bool:
        answer = self._answers.get(command, b"250 OK")
        if answer == STALLS:
            self._ended.wait(30)
        if answer in (STALLS, BREAKS_OFF):
            return False
        connection.sendall(answer + b"\r\n")
        return True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._listening.close()
        self._thread.join(5)
