"""Storytrail broken on purpose, one rule at a time, each as somebody might break it in good faith.

Each takes pytest's MonkeyPatch and uses it on the product. A proof that lets one of them pass proves nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, cast

import pytest
from sqlalchemy import ColumnElement, CursorResult, Update, select, update
from sqlalchemy.orm import Session

from scheduler import drain
from storage import alerts, articles, claims
from storage.alerts import NewAlert
from storage.articles import Listed
from storage.claims import Claim, Work
from storage.tables import Alert, Article, Delivery, DeliveryStatus, Source
from worker.runtime import Runtime
from worker.steps import read
from worker.steps.poll.ask import look
from worker.steps.poll.outcome import Outcome

Mutant = Callable[[pytest.MonkeyPatch], None]


def results_are_written_without_the_fence(patch: pytest.MonkeyPatch) -> None:
    """Whoever comes last is believed, whoever holds the claim."""

    def settle(session: Session, table: Work, claim: Claim, **columns: Any) -> bool:
        statement = update(table).where(table.id == claim.id, table.lease_until.is_not(None))
        statement = statement.values(lease_until=None, **columns).execution_options(synchronize_session=False)
        return cast(CursorResult[Any], session.execute(statement)).rowcount == 1

    patch.setattr(claims, "settle", settle)


def claims_do_not_look_at_leases(patch: pytest.MonkeyPatch) -> None:
    """Two may hold one row, the second in good right."""
    patch.setattr(claims, "is_free", lambda table, _now: table.id.is_not(None))
    patch.setattr(articles, "claiming", articles.claiming.__wrapped__)  # not the statement that was written down before


def attempts_are_counted_after_the_work(patch: pytest.MonkeyPatch) -> None:
    """So work that kills its process is never counted."""
    taking = claims.taking

    def taking_uncounted(table: Work, *conditions: ColumnElement[bool], **also: Any) -> Update:
        return taking(table, *conditions, **also).values(attempts=table.attempts)

    patch.setattr(claims, "taking", taking_uncounted)
    patch.setattr(articles, "claiming", articles.claiming.__wrapped__)


def etags_are_kept_before_the_entries(patch: pytest.MonkeyPatch) -> None:
    """A death between the two leaves the entries behind a 304."""

    def look_and_keep_the_etag(run: Runtime, source: Source, now: datetime) -> Outcome | timedelta:
        outcome = look(run, source, now)
        columns = outcome.columns if isinstance(outcome, Outcome) else {}
        kept = {name: columns[name] for name in ("etag", "body_digest") if name in columns}
        if kept:
            run.database.write(
                lambda session: session.execute(update(Source).where(Source.id == source.id).values(kept))
            )
        return outcome

    patch.setattr("worker.steps.poll.look", look_and_keep_the_etag)


def the_outbox_is_filled_after_the_commit(patch: pytest.MonkeyPatch) -> None:
    """A death between the two leaves an alert that nobody is told of."""
    raise_alert, read_article = alerts.raise_alert, read.read_article
    raised: dict[str, Sequence[str]] = {}

    def raise_without_deliveries(
        session: Session, story_id: int, article_id: int, alert: NewAlert, now: datetime
    ) -> Sequence[int]:
        raised[alert.key] = alert.channels
        return raise_alert(session, story_id, article_id, replace(alert, channels=[]), now)

    def read_and_fill_the_outbox(run: Runtime, article_id: int) -> Sequence[int]:
        raised.clear()
        read_article(run, article_id)
        if raised:
            run.database.write(lambda session: _fill_outbox(session, raised, run.now()))
        return ()

    patch.setattr(alerts, "raise_alert", raise_without_deliveries)
    patch.setattr(drain, "read_article", read_and_fill_the_outbox)


def _fill_outbox(session: Session, raised: Mapping[str, Sequence[str]], now: datetime) -> None:
    for alert in session.scalars(select(Alert).where(Alert.key.in_(raised))):
        session.add_all(Delivery(alert_id=alert.id, channel=name, next_attempt_at=now) for name in raised[alert.key])


def alerts_are_raised_whatever_stands(patch: pytest.MonkeyPatch) -> None:
    """As if the key were not unique: an occasion that comes twice is told twice."""

    raise_alert, copies = alerts.raise_alert, count(1)

    def raise_always(session: Session, story_id: int, article_id: int, alert: NewAlert, now: datetime) -> Sequence[int]:
        again = replace(alert, key=f"{alert.key} {next(copies)}")
        return raise_alert(session, story_id, article_id, alert, now) or raise_alert(
            session, story_id, article_id, again, now
        )

    patch.setattr(alerts, "raise_alert", raise_always)


def deliveries_are_not_marked_before_they_are_sent(patch: pytest.MonkeyPatch) -> None:
    """A death over the sending leaves no doubt behind, and a receiver without a memory may be told twice unmarked."""
    take = claims.take

    def take_unmarked(session: Session, table: Work, *arguments: Any, **also: Any) -> Claim | None:
        return take(session, table, *arguments, **({} if table is Delivery else also))

    patch.setattr(claims, "take", take_unmarked)


def uncertain_sendings_count_as_failed(patch: pytest.MonkeyPatch) -> None:
    """So that they are repeated as if nobody could have got them."""
    settle_delivery = alerts.settle_delivery

    def settle_as_failed(session: Session, claim: Claim, status: DeliveryStatus, **columns: Any) -> bool:
        failed = DeliveryStatus.PENDING if status == DeliveryStatus.SENDING else status
        return settle_delivery(session, claim, failed, **columns)

    patch.setattr(alerts, "settle_delivery", settle_as_failed)


def claims_of_the_dead_are_kept_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(claims, "is_free", lambda table, _now: table.lease_until.is_(None))


def changes_leave_the_fence_alone(patch: pytest.MonkeyPatch) -> None:
    """Whoever still works on the former version holds the new one too, as soon as another has claimed it."""
    send_again = articles.send_again

    def send_again_unfenced(session: Session, article_id: int, item: Listed, now: datetime) -> None:
        send_again(session, article_id, item, now)
        session.execute(update(Article).where(Article.id == article_id).values(fence=Article.fence - 1))

    patch.setattr(articles, "send_again", send_again_unfenced)
