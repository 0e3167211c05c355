"""The one door to the network: every request that Storytrail sends goes through here.

One deadline over resolving, connecting, headers, body and redirects; bodies capped; redirects followed by hand and
each judged again by the guard; nothing taken from the environment's proxy settings. It does not decide what a status
means, when to ask again, or whether robots.txt allows it: the caller does, with `robots`, `pace` and the rhythm stage.

    Door.get ── read_target ── a kept connection, or Guard (resolve, judge, connect) ── read_body ── Response
        ▲                                                                                   │
        └─────────────────── next_target, at most five times ◀── 301 302 303 307 308 ───────┘

With a proxy in the policy, it is the proxy that resolves names and decides what may be reached. The guard is left with
the ports, and with addresses that are written out.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpcore2

from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.body import Body, read_body
from worker.fetch.connections import Connections
from worker.fetch.guard import EVERYWHERE, Guard, Network, RefusedError, Resolver, system_resolver
from worker.fetch.proxy import read_proxy
from worker.fetch.target import Target, next_target, read_target

MAX_REDIRECT_BODY_BYTES = 64 * 1024
FORBIDDEN, PROXY_WANTS_PASSWORD = 403, 407

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_FOR_ONE_HOST = frozenset(["authorization", "cookie", "if-none-match", "if-modified-since"])
# The library reports every step under a name. Of a POST one matters: that all of it went out.
_SENT = "http11.send_request_body.complete"

_Headers = list[tuple[bytes, bytes]]


class RedirectError(PermanentError):
    """A chain of redirects longer than the policy follows; a loop is the usual case."""


@dataclass(frozen=True, slots=True)
class DoorPolicy:
    """How to behave out there. `user_agent` carries an address at which its owner can be reached."""

    user_agent: str
    timeout_seconds: float = 30.0
    max_body_bytes: int = 10 * 1024 * 1024
    max_redirects: int = 5
    allow_networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset({80, 443})
    proxy: str = field(default="", repr=False)  # http://[user:password@]host:port; it may hold a password


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect followed: the status that announced it and the address it led to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, whatever its status. `url` is the address that gave it, after `hops`; header names are lower-case.

    `truncated`: the body went on beyond the limit, or broke off, and is stored up to there.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[Hop, ...] = ()
    truncated: bool = False

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def header(self, name: str) -> str:
        """A header's value, empty when it was not sent."""
        return self.headers.get(name.lower(), "")


class Door:
    """Sends requests. One instance serves any number of threads and keeps connections alive between requests.

    All methods raise AddressError, RefusedError, BodyError and RedirectError (PermanentError), and TransientError for
    everything that may be different next time: names that do not resolve, refused connections, broken answers, time.
    """

    def __init__(self, policy: DoorPolicy, *, resolve: Resolver = system_resolver) -> None:
        self.policy = policy
        self._guard = Guard(ports=policy.ports, allow_networks=policy.allow_networks, resolve=resolve)
        self._proxy = read_proxy(policy.proxy) if policy.proxy else None
        # Whoever sets a proxy knows where it stands: on the way to it, any address will do.
        to_proxy = Guard(ports=frozenset(), allow_networks=EVERYWHERE, resolve=resolve)
        # Makes connections and keeps none: that is `_connections`' matter.
        self._factory = httpcore2.ConnectionPool(
            ssl_context=httpcore2.default_ssl_context(),
            proxy=self._proxy,
            network_backend=self._guard if self._proxy is None else to_proxy,
        )
        self._connections = Connections()
        self._ours = {
            "user-agent": (b"User-Agent", policy.user_agent.encode()),
            "accept": (b"Accept", b"*/*"),
            "accept-encoding": (b"Accept-Encoding", b"gzip, identity"),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connections.close()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_body_bytes: int | None = None) -> Response:
        """Ask for a page, a feed, a robots.txt, following redirects."""
        deadline = self._deadline()
        limit = self.policy.max_body_bytes if max_body_bytes is None else max_body_bytes
        target, wanted, hops = read_target(url), dict(headers or {}), list[Hop]()
        while True:
            answer = self._get_once(target, wanted, deadline, limit)
            location = answer.header("location")
            if answer.status not in _REDIRECTS or not location:
                return _with_hops(answer, hops)
            if len(hops) == self.policy.max_redirects:
                raise RedirectError(f"{url[:200]} redirects more than {self.policy.max_redirects} times")
            following = next_target(target, location)
            if not following.is_as_trusted_as(target):
                wanted = {name: value for name, value in wanted.items() if name.lower() not in _FOR_ONE_HOST}
            target = following
            hops.append(Hop(answer.status, target.url))

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Response:
        """Send a body, once; a redirect is returned, not followed.

        Raises UncertainError when the whole request went out and no answer came: it may have been acted upon.
        """
        target, deadline = read_target(url), self._deadline()
        sending = _Sending(tunnelled=self._proxy is not None and target.scheme == "https")
        request = self._request(b"POST", target, headers, deadline, body, sending)
        with _named_errors(target, sending):
            # A kept connection may be closed by the other side just as we write. A GET is then sent again; a POST
            # would be left uncertain, so each one gets a connection of its own.
            connection = self._connection(target, request)
            with _answer(connection, request) as answer:
                return self._judged(_received_leniently(target, answer, deadline, self.policy.max_body_bytes))

    def _get_once(self, target: Target, headers: Mapping[str, str], deadline: float, limit: int) -> Response:
        request = self._request(b"GET", target, headers, deadline)
        with _named_errors(target):
            connection, answer = self._begin(target, request)
            try:
                return self._judged(_received(target, answer, deadline, limit))
            finally:
                answer.close()
                if _has_more(connection):
                    connection.close()
                self._connections.give_back(target.origin, connection)

    def _begin(
        self, target: Target, request: httpcore2.Request
    ) -> tuple[httpcore2.ConnectionInterface, httpcore2.Response]:
        """Send a GET until an answer begins: kept connections may turn out to be dead, a new one may not."""
        while (kept := self._connections.take(target.origin)) is not None:
            with suppress(httpcore2.NetworkError, httpcore2.RemoteProtocolError):
                return kept, kept.handle_request(request)
        connection = self._connection(target, request)
        return connection, connection.handle_request(request)

    def _connection(self, target: Target, request: httpcore2.Request) -> httpcore2.ConnectionInterface:
        """A new connection, which opens when the request is sent. Raises RefusedError on behalf of a proxy."""
        if self._proxy is not None:
            self._guard.judge_written(target.host, target.port)
        return self._factory.create_connection(request.url.origin)

    def _request(
        self,
        method: bytes,
        target: Target,
        headers: Mapping[str, str],
        deadline: float,
        body: bytes | None = None,
        sending: "_Sending | None" = None,
    ) -> httpcore2.Request:
        extensions: dict[str, Any] = {
            # Durations to the library, which only hands them on; our streams take them for an instant (see guard).
            "timeout": {"connect": deadline, "read": deadline, "write": deadline},
            # Through a proxy the host keeps its brackets, which do not belong in the name a certificate is held to.
            "sni_hostname": target.host,
        }
        if sending is not None:
            extensions["trace"] = sending
        host = target.host if self._proxy is None else target.host_in_brackets
        url = httpcore2.URL(scheme=target.scheme, host=host, port=target.port, target=target.path)
        return httpcore2.Request(
            method, url, headers=self._headers(target, headers, body), content=body, extensions=extensions
        )

    def _headers(self, target: Target, wanted: Mapping[str, str], body: bytes | None) -> _Headers:
        given = {name.lower() for name in wanted}
        headers = [(b"Host", target.netloc.encode())]
        headers += [header for name, header in self._ours.items() if name not in given]
        try:
            headers += [(name.encode("ascii"), value.encode("utf-8")) for name, value in wanted.items()]
        except UnicodeError as error:
            raise PermanentError("a header cannot be sent as it is") from error
        if body is not None:
            headers.append((b"Content-Length", b"%d" % len(body)))
        return headers

    def _judged(self, answer: Response) -> Response:
        """Over http, a proxy's own answers look like the server's; one of them cannot be."""
        if self._proxy is not None and answer.status == PROXY_WANTS_PASSWORD:
            raise TransientError("the proxy wants another user name and password")
        return answer

    def _deadline(self) -> float:
        return time.monotonic() + self.policy.timeout_seconds


class _Sending:
    """Whether the whole of a request went out, as the library reports it."""

    def __init__(self, *, tunnelled: bool) -> None:
        self._awaited = 2 if tunnelled else 1  # the proxy's tunnel is asked for by a request of its own

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        del info
        self._awaited -= event == _SENT

    @property
    def is_done(self) -> bool:
        return self._awaited <= 0


@contextmanager
def _answer(connection: httpcore2.ConnectionInterface, request: httpcore2.Request) -> Iterator[httpcore2.Response]:
    try:
        yield connection.handle_request(request)
    finally:
        connection.close()


def _received(target: Target, answer: httpcore2.Response, deadline: float, limit: int) -> Response:
    headers = _read_headers(answer.headers)
    if answer.status in _REDIRECTS:
        body = Body(b"", truncated=False)
        _drain(_in_time(answer.iter_stream(), deadline))
    else:
        chunks = _in_time(answer.iter_stream(), deadline)
        body = read_body(chunks, encoding=headers.get("content-encoding", ""), limit=limit)
    return Response(target.url, answer.status, headers, body.data, truncated=body.truncated)


def _received_leniently(target: Target, answer: httpcore2.Response, deadline: float, limit: int) -> Response:
    """The answer to a POST. Its status says it all: a body that breaks off must not make the sending look undone."""
    try:
        return _received(target, answer, deadline, limit)
    except (
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        PermanentError,
        TransientError,
    ):
        return Response(target.url, answer.status, _read_headers(answer.headers), b"", truncated=True)


def _has_more(connection: Any) -> bool:
    """Whether more came than the answer was to have: the library would take it for the answer to the next request."""
    while not isinstance(connection, httpcore2.HTTP11Connection):
        if connection is None:
            return False  # it never opened
        connection = connection._connection  # noqa: SLF001 -- one connection inside another, and no other way to ask
    unread, _ = connection._h11_state.trailing_data  # noqa: SLF001 -- the same
    return bool(unread)


def _drain(chunks: Iterable[bytes]) -> None:
    """Read a redirect's small body, so that its connection can be used again. Where it leads is known by then."""
    seen = 0
    with suppress(httpcore2.NetworkError, httpcore2.RemoteProtocolError):
        for chunk in chunks:
            seen += len(chunk)
            if seen > MAX_REDIRECT_BODY_BYTES:
                return


def _in_time(chunks: Iterable[bytes], deadline: float) -> Iterator[bytes]:
    """Many small chunks may come out of one read, so the clock is looked at here too."""
    for chunk in chunks:
        if time.monotonic() > deadline:
            raise httpcore2.ReadTimeout("the time is over")
        yield chunk


def _read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _text(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers and key != "location" else text
    return headers


def _text(value: bytes) -> str:
    """Header bytes are Latin-1 by the book and UTF-8 in the wild, above all in Location."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _with_hops(answer: Response, hops: list[Hop]) -> Response:
    if not hops:
        return answer
    return Response(answer.url, answer.status, answer.headers, answer.body, tuple(hops), answer.truncated)


@contextmanager
def _named_errors(target: Target, sending: _Sending | None = None) -> Iterator[None]:
    """Say what went wrong in our own terms; the library's error stays as the cause."""
    try:
        yield
    except httpcore2.LocalProtocolError as error:
        raise PermanentError(f"the request to {target.host} cannot be sent: {error}") from error
    except httpcore2.ProxyError as error:
        if str(error).startswith(str(FORBIDDEN)):
            raise RefusedError(f"the proxy does not let us reach {target.host}") from error
        raise TransientError(f"the proxy did not connect us to {target.host}: {error}") from error
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
        if sending is not None and sending.is_done:
            raise UncertainError(f"{target.host} took the request and never answered") from error
        raise TransientError(_sentence(target, error)) from error


def _sentence(target: Target, error: Exception) -> str:
    if isinstance(error, httpcore2.TimeoutException):
        return f"{target.host} did not finish its answer in time"
    if isinstance(error, httpcore2.ConnectError):
        return f"no connection to {target.host}: {error}"
    return f"{target.host} broke off its answer: {error}"
