"""Hands a letter to a mail server (RFC 5321), once, within one deadline, to no address that the guard refuses.

    connect ── greeting ── EHLO ── STARTTLS ── AUTH ── MAIL ── RCPT for each ── DATA ── letter ── answer
    └────────────── nothing has happened yet: a failure here is tried again ─────────────────┘      │
                       none after the last byte went out: it may be on its way ◀────────────────────┘

An answer of 4xx is for now, one of 5xx for good. A recipient that is refused for good, or whose mailbox is full, does
not keep the mail from the others; one that is refused for now does, as nobody could tell the others' repeat.
What a server says may hold what we said to it, so of its words only the code and the mechanism's name are told.
"""

import io
import re
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import httpcore2
import structlog

from config.mail import MailServer
from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.guard import Guard, Network, Resolver, system_resolver

PORTS = frozenset([25, 465, 587, 2525])
TIMEOUT_SECONDS = 60.0
MAX_ANSWERS_BYTES = 1024 * 1024
READY, OK, GO_ON = 220, 250, 354
SHUTTING_DOWN, MAILBOX_FULL = 421, re.compile(rb"(?:[45]\.2\.[0-9]|.*\bfull\b)", re.IGNORECASE)

_BROKEN = (httpcore2.TimeoutException, httpcore2.NetworkError, smtplib.SMTPServerDisconnected, OSError)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed over: the envelope, and the mail with its headers as bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class MailDoor:
    """The way to mail servers. `allow_networks` are reachable whatever they are, and on any port."""

    def __init__(
        self,
        allow_networks: tuple[Network, ...] = (),
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        tls: ssl.SSLContext | None = None,
        resolve: Resolver = system_resolver,
    ) -> None:
        self._guard = Guard(ports=PORTS, allow_networks=allow_networks, resolve=resolve)
        self._timeout_seconds = timeout_seconds
        self._tls = tls

    def hand_over(self, server: MailServer, letter: Letter) -> None:
        """Raises as a channel does. Its words name the server's host and no more of its address."""
        deadline = time.monotonic() + self._timeout_seconds
        with _named_errors(server.host):
            talk = self._open(server, letter.sender.rpartition("@")[2], deadline)
            try:
                _log_in(talk, server)
                _address(talk, server.host, letter)
                _deliver(talk, server.host, letter.content)
            finally:
                talk.close()

    def _open(self, server: MailServer, our_name: str, deadline: float) -> "_Talk":
        stream = self._guard.connect_tcp(server.host, server.port, timeout=deadline)
        if server.security == "smtps":
            stream = self._encrypted(stream, server.host, deadline)
        talk = _Talk(stream, our_name, deadline)
        try:
            _expect(talk.getreply(), READY, server.host, "greeted us with")
            talk.ehlo_or_helo_if_needed()
            if server.security == "smtp+starttls":
                _expect(talk.docmd("STARTTLS"), READY, server.host, "answered STARTTLS with")
                talk.begin_again(self._encrypted(stream, server.host, deadline))
        except BaseException:
            talk.close()
            raise
        return talk

    def _encrypted(self, stream: httpcore2.NetworkStream, host: str, deadline: float) -> httpcore2.NetworkStream:
        return stream.start_tls(self._tls or ssl.create_default_context(), host, timeout=deadline)


class _Talk(smtplib.SMTP):
    """The library's client on a connection of ours. Every answer is waited for until the one deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, our_name: str, deadline: float) -> None:
        super().__init__(local_hostname=our_name)
        self._deadline = deadline
        self.begin_again(stream)

    def begin_again(self, stream: httpcore2.NetworkStream) -> None:
        """On a new or newly encrypted connection, where nothing is known of the server (RFC 3207, 4.2)."""
        self.sock: Any = _Wire(stream, self._deadline)
        self.file = None
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False


class _Wire:
    """A connection as the library wants it: a socket, as far as it uses one."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def makefile(self, mode: str) -> BinaryIO:
        del mode
        return io.BufferedReader(_Answers(self._stream, self._deadline))

    def sendall(self, data: bytes) -> None:
        self._stream.write(data, self._deadline)

    def close(self) -> None:
        self._stream.close()


class _Answers(io.RawIOBase):
    """All that a server says, up to a limit."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline
        self._left = MAX_ANSWERS_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left <= 0:
            raise httpcore2.ReadError("it talks without end")
        data = self._stream.read(min(len(buffer), self._left), self._deadline)
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def _log_in(talk: _Talk, server: MailServer) -> None:
    if not server.user:
        return
    talk.ehlo_or_helo_if_needed()
    try:
        talk.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        raise _error(error.smtp_code, f"{server.host} answered our login with {error.smtp_code}") from None
    except smtplib.SMTPNotSupportedError:
        raise PermanentError(f"{server.host} offers no login") from None
    except (smtplib.SMTPException, UnicodeError, ValueError) as error:
        if isinstance(error, smtplib.SMTPServerDisconnected):
            raise
        raise PermanentError(f"{server.host} knows no way to log in that we know") from None


def _address(talk: _Talk, host: str, letter: Letter) -> None:
    """Say who it is from and for. Raises unless the letter can be handed over now."""
    talk.ehlo_or_helo_if_needed()
    _expect(talk.mail(letter.sender), OK, host, "answered to our sender's address with")
    refused: dict[str, int] = {}
    for recipient in letter.recipients:
        code, words = talk.rcpt(recipient)
        if code == SHUTTING_DOWN or (400 <= code < 500 and not MAILBOX_FULL.match(words)):
            raise TransientError(f"{host} does not take mail for all recipients now ({code})")
        if not 200 <= code < 300:
            refused[recipient] = code
    if len(refused) == len(letter.recipients):
        code = max(refused.values())
        raise _error(code, f"{host} takes mail for none of the recipients ({code})")
    if refused:
        _log.warning("some recipients get no mail", server=host, refused=len(refused), codes=sorted(refused.values()))


def _deliver(talk: _Talk, host: str, content: bytes) -> None:
    """From the last byte on, silence means that the mail may be on its way."""
    _expect(talk.docmd("DATA"), GO_ON, host, "answered DATA with")
    talk.send(_in_transit(content))
    try:
        code, _ = talk.getreply()
    except (*_BROKEN, smtplib.SMTPException):
        raise UncertainError(f"{host} took the mail and never answered") from None
    if not 200 <= code < 600:
        raise UncertainError(f"{host} took the mail and did not answer as a mail server does")
    if code >= 300:
        raise _error(code, f"{host} answered the mail with {code}")
    with suppress(*_BROKEN):
        talk.putcmd("QUIT")  # its answer changes nothing, so it is not waited for


def _in_transit(content: bytes) -> bytes:
    """Lines end as SMTP wants it, and a dot at the beginning of one is doubled (RFC 5321, 4.5.2)."""
    lines = _LEADING_DOT.sub(b"..", _LINE_END.sub(b"\r\n", content))
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _expect(answer: tuple[int, bytes], wanted: int, host: str, what: str) -> None:
    code, _ = answer
    if code != wanted:
        raise _error(code, f"{host} {what} {code}")


def _error(code: int, reason: str) -> PermanentError | TransientError:
    return PermanentError(reason) if 500 <= code < 600 else TransientError(reason)


@contextmanager
def _named_errors(host: str) -> Iterator[None]:
    """In our own terms, and without the chain of causes: a library's may quote what was said."""
    try:
        yield
    except httpcore2.TimeoutException:
        raise TransientError(f"{host} did not finish in time") from None
    except httpcore2.ConnectError as error:
        raise TransientError(f"no connection to {host}: {error}") from None
    except _BROKEN:
        raise TransientError(f"{host} broke off") from None
    except smtplib.SMTPResponseException as error:
        raise _error(error.smtp_code, f"{host} answered {error.smtp_code}") from None
    except smtplib.SMTPException as error:
        raise TransientError(f"{host} does not speak as a mail server does ({type(error).__name__})") from None
