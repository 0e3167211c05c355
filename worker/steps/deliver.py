"""Send one delivery, with all that goes out with it: claim it as `sending`, send, record.

Whether it is its turn is decided in `turn.py`, by what the topic says and by what was sent before.

A crash between sending and recording leaves `sending` behind, a doubt. A channel whose receiver knows an alert by its
id is then simply tried again; any other may have sent it, and its own policy decides (`uncertain: repeat | stop`).
"""

import random
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from config.channels import Channel as WrittenChannel
from storage import alerts, threads
from storage.alerts import ClaimedDelivery
from storage.tables import DeliveryStatus
from worker.errors import PermanentError, TransientError, UncertainError
from worker.notify.opening import open_channel
from worker.runtime import Runtime
from worker.stages.grouping import Hold, IntoDigest
from worker.stages.timing import retry_at
from worker.steps import channel_health
from worker.steps.bundle import bundle
from worker.steps.turn import AT_ONCE, AsDigest, Mute, sending_rules, turn_of
from worker.topics import TopicsInForce

log = structlog.get_logger()


MAX_ATTEMPTS = 12  # with the pauses between them, about two days


class UnknownChannelError(PermanentError):
    """The topics file has no such channel."""


def deliver(run: Runtime, delivery_id: int) -> bool:
    """Send the delivery if it is due; True if it was sent now."""
    topics = run.topics.current()  # before the claim: a topics file that cannot be read leaves no delivery in doubt
    now = run.now()
    claimed = run.database.write(lambda session: _claim(session, run, delivery_id, topics, now))
    if claimed is None:
        return False
    is_sent = _try(run, claimed)
    _go_on(run, claimed)
    return is_sent


def _go_on(run: Runtime, claimed: ClaimedDelivery) -> None:
    """What was raised about the story while this was under way goes next, without waiting for the scheduler."""
    if claimed.digest is not None:
        return
    behind = run.database.read(lambda session: threads.waiting_behind(session, claimed.delivery.id))
    if behind:
        run.database.write(lambda session: threads.let_ask(session, behind, run.now()))
        deliver(run, behind[0])  # all others go with it


def _try(run: Runtime, claimed: ClaimedDelivery) -> bool:
    try:
        return _send(run, claimed)
    except TransientError as error:
        _again(run, claimed, DeliveryStatus.PENDING, str(error), error.retry_after)
    except UncertainError as error:
        _leave_in_doubt(run, claimed, str(error))
    except PermanentError as error:
        _give_up(run, claimed, DeliveryStatus.DEAD, str(error))
        if not isinstance(error, UnknownChannelError):  # what is gone from the file cannot be dead, nor come to life
            channel_health.note_given_up(run, claimed.alert.topic, claimed.delivery.channel, error)
    except Exception as error:
        # Whatever one alert or channel does to us, the others go on. Nobody knows how far this one got.
        log.exception("delivering failed", alert=claimed.alert.id, channel=claimed.delivery.channel)
        _leave_in_doubt(run, claimed, f"{type(error).__name__}: {error}"[:500])
    return False


def _claim(
    session: Session, run: Runtime, delivery_id: int, topics: TopicsInForce, now: datetime
) -> ClaimedDelivery | None:
    """Claim the delivery if it is due and may go; else write down what is to become of it."""
    due = alerts.look_at(session, delivery_id, now)
    if due is None:
        return None
    held = channel_health.held_until(session, due.channel, topics.file.digest, now)
    if held is not None:
        alerts.hold_back(session, delivery_id, held)
        return None
    topic = topics.by_name.get(due.topic)  # None: no longer in the file, so nobody is left to say how to hold it back
    match turn_of(session, due, sending_rules(topic.alert) if topic else AT_ONCE, now):
        case Mute():
            alerts.mute(session, delivery_id)
        case Hold(until):
            alerts.hold_back(session, delivery_id, until)
        case IntoDigest(at):
            alerts.put_into_digest(session, delivery_id, at)
        case AsDigest(day):
            return alerts.claim_delivery(session, delivery_id, now, run.lease, day)
        case _:
            return alerts.claim_delivery(session, delivery_id, now, run.lease)
    return None


def _send(run: Runtime, claimed: ClaimedDelivery) -> bool:
    written = _written(run, claimed.delivery.channel)
    channel = open_channel(claimed.delivery.channel, written, run.door, run.write_line)
    is_repeat = claimed.delivery.doubts > 0 and not channel.can.idempotent
    if is_repeat and claimed.was_sending and written.uncertain == "stop":
        _give_up(run, claimed, DeliveryStatus.UNCERTAIN, "it may have been sent, and this channel is not to repeat")
        return False
    period = _period(run, claimed.alert.topic)
    handle = channel.send(
        run.database.read(lambda session: bundle(session, claimed, channel.can, is_repeat=is_repeat, period=period))
    )
    _record(run, claimed, DeliveryStatus.SENT, sent=run.now(), last_error="", handle=handle or "")
    channel_health.note_arrival(run, claimed.delivery.channel)
    log.info(
        "delivered", alert=claimed.alert.id, channel=claimed.delivery.channel, topic=claimed.alert.topic,
        along=len(claimed.along),
    )  # fmt: skip
    return True


def _period(run: Runtime, name: str) -> str:
    """How often the topic's digest comes, in a word."""
    topic = run.topics.current().by_name.get(name)
    digest = topic.alert.digest if topic else None
    return "weekly" if digest and len(digest.days) == 1 else "daily"


def _written(run: Runtime, name: str) -> WrittenChannel:
    """A channel that is not there is no more; but where a file is refused, it may stand there."""
    written = run.topics.current().file.channels.get(name)
    if written is None and run.topics.problems:
        raise TransientError(f"a topics file with errors keeps channel {name!r} from being known")
    if written is None:
        raise UnknownChannelError(f"the topics file has no channel {name!r} any more")
    return written


def _again(
    run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, reason: str, wait: float | None = None
) -> None:
    if claimed.claim.attempt >= MAX_ATTEMPTS:
        _give_up(run, claimed, DeliveryStatus.DEAD, reason)
        channel_health.note_given_up(run, claimed.alert.topic, claimed.delivery.channel, PermanentError(reason))
        return
    until = retry_at(run.now(), claimed.claim.attempt, wait, random.random())  # noqa: S311 -- spreads retries, protects nothing
    _record(run, claimed, status, last_error=reason, next_attempt_at=until)
    log.warning("not delivered yet", alert=claimed.alert.id, channel=claimed.delivery.channel, reason=reason)


def _leave_in_doubt(run: Runtime, claimed: ClaimedDelivery, reason: str) -> None:
    """As a crash would leave it: the next claim decides."""
    _again(run, claimed, DeliveryStatus.SENDING, reason)


def _give_up(run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, reason: str) -> None:
    _record(run, claimed, status, last_error=reason)
    log.error(
        "delivery given up", alert=claimed.alert.id, channel=claimed.delivery.channel, status=status, reason=reason
    )


def _record(run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, **columns: object) -> None:
    run.database.write(lambda session: alerts.settle_delivery(session, claimed.claim, status, **columns))
