"""Ask one hub to push a feed to us, or to stop doing so (WebSub, W3C Recommendation of 2018, section 5).

The hub takes the request and verifies it by itself at our callback (`web/websub.py`), which makes the subscription
active; until then it is merely asked. It may do so before it has answered: what it has said there wins over what is
written here.

The secret goes to every hub. The Recommendation would keep it from hubs without https; but without one, whoever learns
the callback's address could push, and that travels on the same line. What such hubs push is judged at the callback.
"""

import random
from datetime import timedelta
from urllib.parse import urlencode

import structlog

from storage import subscriptions
from storage.subscriptions import Claimed
from storage.tables import Subscription, SubscriptionState
from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.door import Response
from worker.fetch.target import next_target, read_target
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.timing import retry_at
from worker.steps.asking import heed, host_turn

log = structlog.get_logger()

LEASE_WISH = timedelta(days=10)
TO_VERIFY = timedelta(hours=1)  # then the hub is asked again; twice as long after each further time
ASK_AGAIN = timedelta(days=7)  # a hub that refuses; the feed may name a better one by then
MAX_ATTEMPTS = 16  # with the pauses between them, about a day; then as if it had refused
TRIES_TO_LEAVE = 3  # what is pushed is answered with 410 anyway, and the lease ends
MAX_REASON = 200  # characters of what a hub says in its answer
MAX_ANSWER_BYTES = 64 * 1024  # in which they are looked for
HIDDEN = "(hidden)"

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_ELSEWHERE = (307, 308)
_PASSING = (408, 425, 429)


def subscribe(run: Runtime, subscription_id: int) -> None:
    """Ask the hub of this subscription if it is time to, and if hubs can reach us at all."""
    if run.settings.public_url is None:
        return
    now = run.now()
    claimed = run.database.write(lambda session: subscriptions.claim(session, subscription_id, now, run.lease))
    if claimed is None:
        return
    if _is_over(claimed):
        _forget(run, claimed)
        return
    try:
        with host_turn(run, address.host(claimed.subscription.hub)) as pause:
            if pause > 0:
                _put_off(run, claimed, pause)
                return
            response = _ask(run, claimed, run.settings.public_url)
        _judge(run, claimed, response)
    except TransientError as error:
        _try_later(run, claimed, str(error), error.retry_after)
    except UncertainError as error:
        # The hub may have taken it. It is asked again all the same: asked twice, it has one subscription.
        _try_later(run, claimed, str(error), None)
    except PermanentError as error:
        _refused(run, claimed, str(error))
    except Exception as error:
        # Whatever one hub does to us, the others go on.
        log.exception("a hub could not be asked", hub=claimed.subscription.hub)
        _try_later(run, claimed, f"{type(error).__name__}: {error}"[:500], None)


def _is_over(claimed: Claimed) -> bool:
    """Its source is polled no more, and there is nothing at the hub to end, or no more to be done about it."""
    is_there = claimed.subscription.state == SubscriptionState.ACTIVE
    return not claimed.is_wanted and (not is_there or claimed.claim.attempt > TRIES_TO_LEAVE)


def _ask(run: Runtime, claimed: Claimed, public_url: str) -> Response:
    subscription = claimed.subscription
    form = {
        "hub.mode": "subscribe" if claimed.is_wanted else "unsubscribe",
        "hub.topic": subscription.topic,
        "hub.callback": f"{public_url}/websub/{subscription.token}",
    }
    if claimed.is_wanted:
        form |= {"hub.secret": subscription.secret, "hub.lease_seconds": str(round(LEASE_WISH.total_seconds()))}
    body = urlencode(form).encode()
    response = run.door.post(subscription.hub, body, headers=_FORM)
    location = response.header("location")
    if response.status in _ELSEWHERE and location:
        # Followed once: a hub may name another, and a second step would be a chain that leads somewhere else.
        return run.door.post(_other_hub(subscription.hub, location), body, headers=_FORM)
    return response


def _other_hub(hub: str, location: str) -> str:
    """Where the hub sends us. What was announced with https is not asked without: the secret would be seen."""
    here, there = read_target(hub), next_target(read_target(hub), location)
    if here.scheme == "https" and there.scheme != "https":
        raise PermanentError(f"the hub sends us on to {there.host} without https")
    return there.url


def _judge(run: Runtime, claimed: Claimed, response: Response) -> None:
    wait = heed(run, address.host(claimed.subscription.hub), response)
    if response.is_success:
        _asked(run, claimed)
    elif response.status >= 500 or response.status in _PASSING:
        raise TransientError(_sentence(response, claimed.subscription), wait)
    else:
        raise PermanentError(_sentence(response, claimed.subscription))


def _sentence(response: Response, subscription: Subscription) -> str:
    """What the hub answered, in its own words if they are meant to be read."""
    answer = f"the hub answered {response.status}"
    if not response.header("content-type").lower().startswith("text/plain"):
        return answer
    said = without_secrets(response.body[:MAX_ANSWER_BYTES].decode("utf-8", "replace"), subscription)
    said = " ".join(said.split())
    readable = "".join(character for character in said if character.isprintable())[:MAX_REASON]
    return f"{answer}: {readable}" if readable else answer


def without_secrets(said: str, subscription: Subscription) -> str:
    """Hubs like to name the callback, or all that was asked: whoever reads that could push in the hub's place."""
    return said.replace(subscription.token, HIDDEN).replace(subscription.secret, HIDDEN)


def _asked(run: Runtime, claimed: Claimed) -> None:
    """The hub will verify, or has done so already: then this is not written."""
    wait = min(TO_VERIFY * 2 ** min(claimed.claim.attempt - 1, 10), ASK_AGAIN)
    _settle(run, claimed, _kept_state(claimed), wait, last_error="")
    log.info("asked a hub", hub=claimed.subscription.hub, topic=claimed.subscription.topic, wanted=claimed.is_wanted)


def _kept_state(claimed: Claimed) -> SubscriptionState:
    """What is active stays so while the hub is asked again."""
    is_active = claimed.subscription.state == SubscriptionState.ACTIVE
    return SubscriptionState.ACTIVE if is_active else SubscriptionState.ASKED


def _try_later(run: Runtime, claimed: Claimed, reason: str, wait: float | None) -> None:
    attempt = claimed.claim.attempt
    if attempt >= MAX_ATTEMPTS:
        _refused(run, claimed, reason)
        return
    now, reason = run.now(), without_secrets(reason, claimed.subscription)
    until = retry_at(now, attempt, wait, random.random())  # noqa: S311 -- spreads retries, protects nothing
    _settle(run, claimed, _kept_state(claimed), until - now, last_error=reason)
    log.warning("a hub was not reached", hub=claimed.subscription.hub, reason=reason)


def _refused(run: Runtime, claimed: Claimed, reason: str) -> None:
    reason = without_secrets(reason, claimed.subscription)
    log.warning("a hub refuses", hub=claimed.subscription.hub, topic=claimed.subscription.topic, reason=reason)
    if claimed.is_wanted:
        _settle(run, claimed, SubscriptionState.REFUSED, ASK_AGAIN, last_error=reason, last_push=None)
    else:
        _forget(run, claimed)


def _put_off(run: Runtime, claimed: Claimed, pause: float) -> None:
    wait = timedelta(seconds=pause)
    if claimed.is_wanted:
        run.database.write(lambda session: subscriptions.put_off(session, claimed.claim, run.now() + wait))
    else:  # that counts as a try: to end what was never tried to be ended is due at once
        _settle(run, claimed, _kept_state(claimed), wait)


def _settle(run: Runtime, claimed: Claimed, state: SubscriptionState, wait: timedelta, **columns: object) -> None:
    until = run.now() + wait
    run.database.write(
        lambda session: subscriptions.settle(session, claimed.claim, state=state, next_attempt_at=until, **columns)
    )


def _forget(run: Runtime, claimed: Claimed) -> None:
    run.database.write(lambda session: subscriptions.forget(session, claimed.claim))
