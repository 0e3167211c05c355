"""Send one delivery: claim it as `sending`, send, record.

A crash between sending and recording leaves `sending` behind, a doubt. A channel whose receiver knows an alert by its
id is then simply tried again; any other may have sent it, and its own policy decides (`uncertain: repeat | stop`).
"""

import random
from datetime import timedelta

import structlog

from config.channels import Channel as WrittenChannel
from storage import alerts
from storage.alerts import ClaimedDelivery
from storage.tables import DeliveryStatus
from worker.errors import PermanentError, TransientError, UncertainError
from worker.notify.opening import open_channel
from worker.runtime import Runtime
from worker.stages.timing import Quiet, due_at, retry_at
from worker.steps.view import message_of

log = structlog.get_logger()

MAX_ATTEMPTS = 12  # with the pauses between them, about two days


def deliver(run: Runtime, delivery_id: int) -> bool:
    """Send the delivery if it is due; True if it was sent now."""
    now = run.now()
    claimed = run.database.write(lambda session: alerts.claim_delivery(session, delivery_id, now, run.lease))
    if claimed is None:
        return False
    try:
        return _send(run, claimed)
    except TransientError as error:
        _again(run, claimed, DeliveryStatus.PENDING, str(error), error.retry_after)
    except UncertainError as error:
        _again(
            run, claimed, DeliveryStatus.SENDING, str(error)
        )  # left as a crash would leave it: the next claim decides
    except PermanentError as error:
        _give_up(run, claimed, DeliveryStatus.DEAD, str(error))
    return False


def _send(run: Runtime, claimed: ClaimedDelivery) -> bool:
    written = _written(run, claimed.delivery.channel)
    channel = open_channel(claimed.delivery.channel, written, run.door, run.write_line)
    in_doubt = claimed.delivery.doubts > 0 and not channel.is_idempotent
    if in_doubt and written.uncertain == "stop":
        _give_up(run, claimed, DeliveryStatus.UNCERTAIN, "it may have been sent, and this channel is not to repeat")
        return False
    if _is_early(run, claimed):
        return False
    channel.send(run.database.read(lambda session: message_of(session, claimed.alert, is_repeat=in_doubt)))
    _record(run, claimed, DeliveryStatus.SENT, sent=run.now(), last_error="")
    log.info("delivered", alert=claimed.alert.id, channel=claimed.delivery.channel, topic=claimed.alert.topic)
    return True


def _written(run: Runtime, name: str) -> WrittenChannel:
    written = run.topics.current().file.channels.get(name)
    if written is None:
        raise PermanentError(f"the topics file has no channel {name!r} any more")
    return written


def _is_early(run: Runtime, claimed: ClaimedDelivery) -> bool:
    """Quiet hours or a spent budget: put it back until it may go. Not an attempt, as nothing was tried."""
    now = run.now()
    topic = run.topics.current().by_name.get(claimed.alert.topic)
    if (
        topic is None
    ):  # no longer in the file, but its alert was raised: there is nobody left to say how to hold it back
        return False
    rules, channel = topic.alert, claimed.delivery.channel
    since = now - timedelta(seconds=rules.at_most.per_seconds) if rules.at_most else now
    sent = run.database.read(lambda session: alerts.sent_times(session, topic.name, channel, since))
    budget = (rules.at_most.count, rules.at_most.per_seconds) if rules.at_most else None
    quiet = Quiet(rules.quiet.start, rules.quiet.end, rules.quiet.zone) if rules.quiet else None
    due = due_at(now, sent=sent, budget=budget, quiet=quiet)
    if due <= now:
        return False
    _record(run, claimed, DeliveryStatus.PENDING, attempts=claimed.claim.attempt - 1, next_attempt_at=due)
    return True


def _again(
    run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, reason: str, wait: float | None = None
) -> None:
    if claimed.claim.attempt >= MAX_ATTEMPTS:
        _give_up(run, claimed, DeliveryStatus.DEAD, reason)
        return
    until = retry_at(run.now(), claimed.claim.attempt, wait, random.random())  # noqa: S311 -- spreads retries, protects nothing
    _record(run, claimed, status, last_error=reason, next_attempt_at=until)
    log.warning("not delivered yet", alert=claimed.alert.id, channel=claimed.delivery.channel, reason=reason)


def _give_up(run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, reason: str) -> None:
    _record(run, claimed, status, last_error=reason)
    log.error(
        "delivery given up", alert=claimed.alert.id, channel=claimed.delivery.channel, status=status, reason=reason
    )


def _record(run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, **columns: object) -> None:
    run.database.write(lambda session: alerts.settle_delivery(session, claimed.claim, status, **columns))
