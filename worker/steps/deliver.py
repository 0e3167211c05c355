"""Send one delivery: claim it as `sending`, send, record.

A crash between sending and recording leaves `sending` behind, a doubt. A channel whose receiver knows an alert by its
id is then simply tried again; any other may have sent it, and its own policy decides (`uncertain: repeat | stop`).
"""

import random
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from config.alerting import AlertRules
from config.channels import Channel as WrittenChannel
from storage import alerts
from storage.alerts import ClaimedDelivery, DueDelivery
from storage.tables import DeliveryStatus
from worker.errors import PermanentError, TransientError, UncertainError
from worker.notify.opening import open_channel
from worker.runtime import Runtime
from worker.stages.timing import Quiet, due_at, retry_at
from worker.steps.view import message_of
from worker.topics import TopicsInForce

log = structlog.get_logger()

MAX_ATTEMPTS = 12  # with the pauses between them, about two days


def deliver(run: Runtime, delivery_id: int) -> bool:
    """Send the delivery if it is due; True if it was sent now."""
    topics = run.topics.current()  # before the claim: a topics file that cannot be read leaves no delivery in doubt
    now = run.now()
    claimed = run.database.write(lambda session: _claim(session, run, delivery_id, topics, now))
    if claimed is None:
        return False
    try:
        return _send(run, claimed)
    except TransientError as error:
        _again(run, claimed, DeliveryStatus.PENDING, str(error), error.retry_after)
    except UncertainError as error:
        _leave_in_doubt(run, claimed, str(error))
    except PermanentError as error:
        _give_up(run, claimed, DeliveryStatus.DEAD, str(error))
    except Exception as error:
        # Whatever one alert or channel does to us, the others go on. Nobody knows how far this one got.
        log.exception("delivering failed", alert=claimed.alert.id, channel=claimed.delivery.channel)
        _leave_in_doubt(run, claimed, f"{type(error).__name__}: {error}"[:500])
    return False


def _claim(
    session: Session, run: Runtime, delivery_id: int, topics: TopicsInForce, now: datetime
) -> ClaimedDelivery | None:
    """Claim the delivery if it is due and may go; quiet hours and a spent budget put it off."""
    due = alerts.look_at(session, delivery_id, now)
    if due is None:
        return None
    topic = topics.by_name.get(due.topic)  # None: no longer in the file, so nobody is left to say how to hold it back
    may_go = _may_go(session, due, topic.alert, now) if topic else now
    if may_go > now:
        alerts.hold_back(session, delivery_id, may_go)
        return None
    return alerts.claim_delivery(session, delivery_id, now, run.lease)


def _may_go(session: Session, due: DueDelivery, rules: AlertRules, now: datetime) -> datetime:
    quiet = Quiet(rules.quiet.start, rules.quiet.end, rules.quiet.zone) if rules.quiet else None
    if rules.at_most is None:
        return due_at(now, sent=(), budget=None, quiet=quiet)
    since = now - timedelta(seconds=rules.at_most.per_seconds)
    sent = alerts.sent_times(session, due.topic, due.channel, since, now)
    return due_at(now, sent=sent, budget=(rules.at_most.count, rules.at_most.per_seconds), quiet=quiet)


def _send(run: Runtime, claimed: ClaimedDelivery) -> bool:
    written = _written(run, claimed.delivery.channel)
    channel = open_channel(claimed.delivery.channel, written, run.door, run.write_line)
    is_repeat = claimed.delivery.doubts > 0 and not channel.can.idempotent
    if is_repeat and claimed.was_sending and written.uncertain == "stop":
        _give_up(run, claimed, DeliveryStatus.UNCERTAIN, "it may have been sent, and this channel is not to repeat")
        return False
    channel.send(run.database.read(lambda session: message_of(session, claimed.alert, is_repeat=is_repeat)))
    _record(run, claimed, DeliveryStatus.SENT, sent=run.now(), last_error="")
    log.info("delivered", alert=claimed.alert.id, channel=claimed.delivery.channel, topic=claimed.alert.topic)
    return True


def _written(run: Runtime, name: str) -> WrittenChannel:
    written = run.topics.current().file.channels.get(name)
    if written is None:
        raise PermanentError(f"the topics file has no channel {name!r} any more")
    return written


def _again(
    run: Runtime, claimed: ClaimedDelivery, status: DeliveryStatus, reason: str, wait: float | None = None
) -> None:
    if claimed.claim.attempt >= MAX_ATTEMPTS:
        _give_up(run, claimed, DeliveryStatus.DEAD, reason)
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
