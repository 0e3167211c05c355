"""The address that a hub knows us by (WebSub, W3C Recommendation of 2018, sections 5.2, 5.3 and 7).

    GET  /websub/TOKEN    did you mean to subscribe?   the challenge, or 404
    POST /websub/TOKEN    this is new                  202, whatever its signature is worth

Each subscription has a token of its own, so the address says which it is; the signature says that the hub sent it. A
push is kept as it came and its source made due: the next tick hints at it, and the poll parses it under the same limits
as what it fetches. Nothing is parsed here, and no broker is needed.
"""

import asyncio
import hmac
import random
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from storage import pushes, subscriptions
from storage.bodies import pack
from storage.tables import Subscription
from worker.runtime import Runtime
from worker.steps.subscribe import ASK_AGAIN, LEASE_WISH, without_secrets

log = structlog.get_logger()

SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=1), timedelta(days=30)
RENEW_FROM, RENEW_WITHIN = 0.8, 0.1  # shares of the lease: when at the earliest, and how far that is spread
AT_ONCE, AT_ONCE_OF_ONE_HUB = 8, 2  # bodies that are read at the same time, in all and for one subscription
RETRY_SECONDS = 60
MAX_CONTENT_TYPE = 200  # characters
ALGORITHMS = frozenset(["sha1", "sha256", "sha384", "sha512"])

# The Recommendation allows fewer characters than these; none of them is markup in text/plain, or binary.
_CHALLENGE = re.compile(r"[!-~]{1,4096}")
_LEASE = re.compile(r"[0-9]{1,9}")


def routes(run: Runtime) -> Sequence[BaseRoute]:
    """None without a public address: then no hub was ever told of us."""
    if run.settings.public_url is None:
        return ()
    callback = Callback(run)
    path = "/websub/{token}"
    return Route(path, callback.answer, methods=["GET"]), Route(path, callback.receive, methods=["POST"])


class Callback:
    """What hubs ask and send. Methods that are plain functions run in threads, as they wait for the database."""

    def __init__(self, run: Runtime) -> None:
        self._run = run
        self._reading: Counter[str] = Counter()  # by token; only the event loop's thread looks at it

    def answer(self, request: Request) -> Response:
        """A hub verifies that we meant what we asked for, or says that it will not have us."""
        said, token = request.query_params, str(request.path_params["token"])
        topic, challenge = said.get("hub.topic", ""), said.get("hub.challenge", "")
        is_readable = _CHALLENGE.fullmatch(challenge) is not None
        match said.get("hub.mode"):
            case "subscribe" if is_readable and self._is_wanted(token, topic, said.get("hub.lease_seconds", "")):
                return PlainTextResponse(challenge)
            case "unsubscribe" if is_readable and self._is_left(token, topic):
                return PlainTextResponse(challenge)
            case "denied" if self._is_denied(token, topic, said.get("hub.reason", "")):
                return PlainTextResponse("")
            case _:
                return PlainTextResponse("", HTTPStatus.NOT_FOUND)

    async def receive(self, request: Request) -> Response:
        """A hub pushes. The answer is the same for a forgery, so that nobody can try signatures out."""
        token = str(request.path_params["token"])
        subscription = await run_in_threadpool(self._find, token)
        if subscription is None:
            return Response(status_code=HTTPStatus.GONE)  # the hub may forget us
        if self._reading.total() >= AT_ONCE or self._reading[token] >= AT_ONCE_OF_ONE_HUB:
            return _later()
        self._reading[token] += 1
        try:
            body = await self._body(request)
        finally:
            self._reading[token] -= 1
            self._reading += Counter()  # forgets the tokens that have come to nothing
        if isinstance(body, HTTPStatus):
            log.warning("a push was not read", topic=subscription.topic, status=int(body))
            return Response(status_code=body)
        return await run_in_threadpool(self._take, subscription, request, body)

    def _is_wanted(self, token: str, topic: str, lease_seconds: str) -> bool:
        now, lease = self._run.now(), _lease(lease_seconds)
        spread = RENEW_WITHIN * random.random()  # noqa: S311 -- spreads renewals, protects nothing
        renew_at = now + lease * (RENEW_FROM + spread)
        is_wanted = self._run.database.write(
            lambda session: subscriptions.verified(session, token, topic, now + lease, renew_at)
        )
        if is_wanted:
            log.info("subscribed", topic=topic, until=now + lease)
        return is_wanted

    def _is_left(self, token: str, topic: str) -> bool:
        return self._run.database.write(lambda session: subscriptions.left(session, token, topic))

    def _is_denied(self, token: str, topic: str, reason: str) -> bool:
        again, subscription = self._run.now() + ASK_AGAIN, self._find(token)
        said = without_secrets(reason, subscription) if subscription else ""
        words = "".join(character for character in said if character.isprintable())
        why = f"the hub will not have us: {words}" if words else "the hub will not have us"
        is_denied = self._run.database.write(lambda s: subscriptions.denied(s, token, topic, why, again))
        if is_denied:
            log.warning("a subscription was denied", topic=topic, reason=why)
        return is_denied

    def _find(self, token: str) -> Subscription | None:
        return self._run.database.read(lambda session: subscriptions.by_token(session, token))

    async def _body(self, request: Request) -> bytes | HTTPStatus:
        """The body, or why it was not read to its end."""
        try:
            async with asyncio.timeout(self._run.settings.fetch_timeout):
                return await _read(request, self._run.settings.max_body_bytes)
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        except ClientDisconnect:
            return HTTPStatus.BAD_REQUEST  # nobody is left to see it

    def _take(self, subscription: Subscription, request: Request, body: bytes) -> Response:
        if not is_signed(body, request.headers.get("x-hub-signature", ""), subscription.secret):
            log.warning("a push was dropped: its signature is missing or wrong", topic=subscription.topic)
            return _accepted()
        packed = pack(body) if body and is_believed(subscription.hub, subscription.topic) else None
        content_type = request.headers.get("content-type", "")[:MAX_CONTENT_TYPE]
        source_id, now = subscription.source_id, self._run.now()
        is_kept = self._run.database.write(
            lambda session: pushes.store_push(session, subscription.id, source_id, packed, content_type, now)
        )
        log.info("pushed", topic=subscription.topic, bytes=len(body), kept=is_kept)
        return _accepted() if is_kept else _later()


def is_signed(body: bytes, header: str, secret: str) -> bool:
    """Whether X-Hub-Signature is `method=hex`, made of these bytes by whoever knows the secret (section 7.1)."""
    method, _, shown = header.strip().partition("=")
    if method.lower() not in ALGORITHMS:
        return False
    expected = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected.encode(), shown.strip().lower().encode("utf-8", "replace"))


def is_believed(hub: str, topic: str) -> bool:
    """Whether a push may stand for the feed itself.

    Who listens on the line to a hub without https knows the secret. For a feed with https such a push is only taken as
    word that there is something new, and the feed is asked; a feed without https could be forged on the way as well.
    """
    return hub.startswith("https:") or topic.startswith("http:")


def _lease(seconds: str) -> timedelta:
    """How long the hub keeps us. One that does not say is asked again as if it had agreed to what we wished for."""
    given = int(seconds) if _LEASE.fullmatch(seconds) else 0
    lease = timedelta(seconds=given) if given else LEASE_WISH
    return min(max(lease, SHORTEST_LEASE), LONGEST_LEASE)


async def _read(request: Request, limit: int) -> bytes | HTTPStatus:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return bytes(body)


def _accepted() -> Response:
    return Response(status_code=HTTPStatus.ACCEPTED)


def _later() -> Response:
    return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_SECONDS)})
