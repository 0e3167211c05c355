"""The one door to the network: every request that Storytrail sends goes through here.

One deadline over resolving, connecting, headers, body and redirects; bodies capped; redirects followed by hand and
each judged again by the guard; nothing taken from the environment's proxy settings. It does not decide what a status
means, when to ask again, or whether robots.txt allows it: the caller does, with `robots`, `pace` and the rhythm stage.

    Door.get ── read_target ── pool ── Guard (resolve, judge, connect) ── read_body ── Response
        ▲                                                                    │
        └────────────── next_target, at most five times ◀── 301 302 303 307 308
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpcore2

from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.body import Body, read_body
from worker.fetch.guard import Guard, Network, Resolver, system_resolver
from worker.fetch.target import Target, next_target, read_target

MAX_CONNECTIONS = 64
KEEP_ALIVE_SECONDS = 20.0
MAX_REDIRECT_BODY_BYTES = 64 * 1024

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_FOR_ONE_HOST = frozenset(["authorization", "cookie", "if-none-match", "if-modified-since"])
# The pool reports each step under these names; `_Progress` keeps the three that matter.
_CONNECTING = "connection.connect_tcp.started"
_SENT = "http11.send_request_body.complete"
_ANSWERED = "http11.receive_response_headers.complete"


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
        guard = Guard(ports=policy.ports, allow_networks=policy.allow_networks, resolve=resolve)
        trust = httpcore2.default_ssl_context()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=trust,
            network_backend=guard,
            max_connections=MAX_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
        )
        # A kept connection may be closed by the other side just as we write. A GET is then simply sent again; a POST
        # would be left uncertain, so each one gets a fresh connection.
        self._fresh_pool = httpcore2.ConnectionPool(
            ssl_context=trust,
            network_backend=guard,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=0,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()
        self._fresh_pool.close()

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
            if following.netloc != target.netloc:
                wanted = {name: value for name, value in wanted.items() if name.lower() not in _FOR_ONE_HOST}
            target = following
            hops.append(Hop(answer.status, target.url))

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Response:
        """Send a body, once; a redirect is returned, not followed.

        Raises UncertainError when the whole request went out and no answer came: it may have been acted upon.
        """
        target, progress = read_target(url), _Progress()
        deadline = self._deadline()
        request = _request("POST", target, self._headers(target, headers), deadline, progress, body)
        with _named_errors(target, progress, has_effect=True), _answer(self._fresh_pool, request) as answer:
            return _received_leniently(target, answer, deadline, self.policy.max_body_bytes)

    def _get_once(self, target: Target, headers: Mapping[str, str], deadline: float, limit: int) -> Response:
        """One exchange. When a kept connection turns out dead before any answer came, the request is sent again."""
        while True:
            progress = _Progress()
            request = _request("GET", target, self._headers(target, headers), deadline, progress)
            try:
                with _named_errors(target, progress), _answer(self._pool, request) as answer:
                    return _received(target, answer, deadline, limit)
            except _StaleError:
                continue

    def _deadline(self) -> float:
        return time.monotonic() + self.policy.timeout_seconds

    def _headers(self, target: Target, wanted: Mapping[str, str]) -> dict[str, str]:
        ours = {
            "Host": target.netloc,
            "User-Agent": self.policy.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, identity",
        }
        given = {name.lower() for name in wanted}
        return {name: value for name, value in ours.items() if name.lower() not in given} | dict(wanted)


class _StaleError(Exception):
    """A kept connection that had died; only seen inside this module."""


class _Progress:
    """How far a request got, as the pool reports it. Asked only when something went wrong."""

    def __init__(self) -> None:
        self.connected = False
        self.sent = False
        self.answered = False

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        del info
        if event == _CONNECTING:
            self.connected = True
        elif event == _SENT:
            self.sent = True
        elif event == _ANSWERED:
            self.answered = True


def _request(
    method: str,
    target: Target,
    headers: Mapping[str, str],
    deadline: float,
    progress: _Progress,
    body: bytes | None = None,
) -> httpcore2.Request:
    # The pool waits for a free connection by itself and needs a duration; our streams take the instant (see guard).
    timeout = {
        "pool": max(0.0, deadline - time.monotonic()),
        "connect": deadline,
        "read": deadline,
        "write": deadline,
    }
    length = {} if body is None else {"Content-Length": str(len(body))}
    try:
        encoded = [(name.encode("ascii"), value.encode("utf-8")) for name, value in {**headers, **length}.items()]
    except UnicodeError as error:
        raise PermanentError("a header cannot be sent as it is") from error
    url = httpcore2.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    return httpcore2.Request(
        method, url, headers=encoded, content=body, extensions={"timeout": timeout, "trace": progress}
    )


@contextmanager
def _answer(pool: httpcore2.ConnectionPool, request: httpcore2.Request) -> Iterator[httpcore2.Response]:
    answer = pool.handle_request(request)
    try:
        yield answer
    finally:
        answer.close()


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
def _named_errors(target: Target, progress: _Progress, *, has_effect: bool = False) -> Iterator[None]:
    """Say what went wrong in our own terms; the pool's error stays as the cause."""
    try:
        yield
    except httpcore2.LocalProtocolError as error:
        raise PermanentError(f"the request to {target.host} cannot be sent: {error}") from error
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
        if has_effect and progress.sent:
            raise UncertainError(f"{target.host} took the request and never answered") from error
        was_kept = not progress.connected
        if was_kept and not progress.answered and not isinstance(error, httpcore2.TimeoutException):
            raise _StaleError from error
        raise TransientError(_sentence(target, error)) from error


def _sentence(target: Target, error: Exception) -> str:
    if isinstance(error, httpcore2.PoolTimeout):
        return f"no connection became free for {target.host} in time"
    if isinstance(error, httpcore2.TimeoutException):
        return f"{target.host} did not finish its answer in time"
    if isinstance(error, httpcore2.ConnectError):
        return f"no connection to {target.host}: {error}"
    return f"{target.host} broke off its answer: {error}"
