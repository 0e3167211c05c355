"""What became of what was to go out on each channel, and what a topic's readers got through one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.tables import Alert, Delivery, DeliveryStatus

_OPEN = (DeliveryStatus.PENDING, DeliveryStatus.SENDING)
_LOST = (DeliveryStatus.DEAD, DeliveryStatus.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Record:
    """How a channel has done. `error`: why the newest delivery that did not arrive did not, raised at `failed`."""

    last_sent: datetime | None = None
    sent: int = 0
    waiting: int = 0
    given_up: int = 0
    error: str = ""
    failed: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An alert that went out, when, and the number of its message in its thread."""

    alert: Alert
    sent: datetime
    number: int


def records(session: Session) -> Mapping[str, Record]:
    """By channel; one that has had nothing to send is not there."""
    is_sent = Delivery.status == DeliveryStatus.SENT
    columns = (
        Delivery.channel,
        func.max(Delivery.sent),
        func.count().filter(is_sent),
        func.count().filter(Delivery.status.in_(_OPEN)),
        func.count().filter(Delivery.status.in_(_LOST)),
    )
    rows = session.execute(select(*columns).group_by(Delivery.channel)).all()
    return {
        name: Record(last, sent, waiting, lost, *_failure(session, name)) for name, last, sent, waiting, lost in rows
    }


def told_on(session: Session, topic: str, channels: Collection[str], most: int) -> Sequence[ToldAlert]:
    """What the topic's readers were told on these channels, the newest first; each alert once."""
    statement = (
        select(Alert, func.max(Delivery.sent), func.max(Delivery.number))
        .join(Delivery, Delivery.alert_id == Alert.id)
        .where(Alert.topic == topic, Delivery.channel.in_(channels), Delivery.status == DeliveryStatus.SENT)
        .group_by(Alert.id)
        .order_by(func.max(Delivery.sent).desc(), Alert.id.desc())
        .limit(most)
    )
    return [ToldAlert(alert, sent, number) for alert, sent, number in session.execute(statement) if sent is not None]


def _failure(session: Session, channel: str) -> tuple[str, datetime | None]:
    statement = (
        select(Delivery.last_error, Alert.created)
        .join(Alert, Alert.id == Delivery.alert_id)
        .where(Delivery.channel == channel, Delivery.last_error != "")
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else ("", None)
