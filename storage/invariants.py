"""What must hold at any moment, counted: the promises of the pipeline as questions to the database.

Each check counts its breaches; all zero is a healthy database. `doctor` prints them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from storage import story_changes
from storage.articles import WAITING
from storage.tables import (
    Alert,
    Article,
    ArticleState,
    Delivery,
    DigestMessage,
    Entry,
    Fact,
    Match,
    Source,
    StageLog,
    Story,
)
from storage.threads import OPEN

STUCK_AFTER = timedelta(hours=1)  # without progress, although its time has come


@dataclass(frozen=True, slots=True)
class Check:
    """One promise and how many rows break it. `example` is the id of one of them."""

    name: str
    promise: str
    checked: int
    breaches: int
    example: int | None = None


def check_all(session: Session, now: datetime) -> Sequence[Check]:
    checks = [
        _count(session, "entries", "every entry has exactly one article", Entry, _entry_without_article()),
        _count(session, "progress", "each article is done, quarantined, or waits for a time that is not long past",
               Article, _stuck(now)),
        _count(session, "stages", "each done article went through each stage of its round once", Article, _stages()),
        _count(session, "copies", "a copy points to an origin, never to another copy", Article, _chained()),
        _count(session, "stories", "an article is in a story that exists, unless set aside", Article, _homeless()),
        _count(session, "matches", "an alert stands on a match of its article", Alert, _alert_without_match()),
        _count(session, "outbox", "an alert has a delivery", Alert, _alert_without_delivery()),
        _count(session, "deliveries", "each delivery is sent, shown, or waits for a time that is not long past",
               Delivery, _delivery_stuck(now)),
        _count(session, "messages", "what goes out with another is what that is, on the same channel", Delivery,
               _differs_from_its_lead()),
        _count(session, "digests", "a digest is one message, and tells of its own topic", DigestMessage,
               _is_no_single_message()),
        _count(session, "quarantine", "what is quarantined says why", Article, _unexplained()),
        _count(session, "looks", "only what matched a topic is looked at again", Article, _looked_at_for_nobody()),
        _count(session, "merged", "no article is in a story that was merged away", Article,
               story_changes.in_a_story_merged_away()),
        _count(session, "carriers", "a copy is in its origin's story", Article,
               story_changes.is_away_from_its_origin()),
        _count(session, "facts", "a fact is in the story of its article", Fact,
               story_changes.is_in_another_story_than_its_article()),
        _count(session, "redirects", "an id that was merged away leads to an older story", Story,
               story_changes.leads_nowhere()),
        _count(session, "origins", "a story counts its independent articles", Story, story_changes.is_miscounted()),
        _count(session, "leases", "no source is held longer than its lease", Source, _source_held(now)),
    ]  # fmt: skip
    return [*checks, _integrity(session)]


Table = (
    type[Entry]
    | type[Article]
    | type[Alert]
    | type[Delivery]
    | type[DigestMessage]
    | type[Source]
    | type[Story]
    | type[Fact]
)


def _count(session: Session, name: str, promise: str, table: Table, breach: ColumnElement[bool]) -> Check:
    total = session.scalar(select(func.count()).select_from(table)) or 0
    count, example = session.execute(select(func.count(), func.min(table.id)).where(breach)).one()
    return Check(name, promise, total, count, example)


def _entry_without_article() -> ColumnElement[bool]:
    return ~exists().where(Article.id == Entry.article_id)


def _stuck(now: datetime) -> ColumnElement[bool]:
    waits = and_(Article.state.in_(WAITING), Article.next_attempt_at < now - STUCK_AFTER)
    return and_(waits, or_(Article.lease_until.is_(None), Article.lease_until < now - STUCK_AFTER))


def _stages() -> ColumnElement[bool]:
    read = exists().where(
        StageLog.article_id == Article.id, StageLog.round == Article.round, StageLog.stage == ArticleState.READ
    )
    return and_(Article.state == ArticleState.DONE, ~read)


def _chained() -> ColumnElement[bool]:
    origin = aliased(Article)
    return exists().where(origin.id == Article.copy_of, or_(origin.copy_of.is_not(None), origin.id == Article.id))


def _homeless() -> ColumnElement[bool]:
    missing = or_(Article.story_id.is_(None), ~exists().where(Story.id == Article.story_id))
    return and_(Article.state == ArticleState.DONE, Article.set_aside == "", missing)


def _alert_without_match() -> ColumnElement[bool]:
    return ~exists().where(Match.article_id == Alert.article_id, Match.topic == Alert.topic)


def _alert_without_delivery() -> ColumnElement[bool]:
    return ~exists().where(Delivery.alert_id == Alert.id)


def _delivery_stuck(now: datetime) -> ColumnElement[bool]:
    is_lead = Delivery.sent_with.is_(None)
    waits = and_(is_lead, Delivery.status.in_(OPEN), Delivery.next_attempt_at < now - STUCK_AFTER)
    return and_(waits, or_(Delivery.lease_until.is_(None), Delivery.lease_until < now - STUCK_AFTER))


def _differs_from_its_lead() -> ColumnElement[bool]:
    """A lead goes out with nobody else, and has a thread from its first attempt on."""
    lead = aliased(Delivery)
    is_same = and_(
        lead.sent_with.is_(None), lead.thread != "", lead.channel == Delivery.channel, lead.status == Delivery.status
    )
    return and_(Delivery.sent_with.is_not(None), ~exists().where(lead.id == Delivery.sent_with, is_same))


def _is_no_single_message() -> ColumnElement[bool]:
    is_its = Delivery.digest_id == DigestMessage.id
    leads = select(func.count()).where(is_its, Delivery.sent_with.is_(None)).scalar_subquery()
    of_others = exists().where(is_its, Alert.id == Delivery.alert_id, Alert.topic != DigestMessage.topic)
    return or_(leads != 1, of_others)


def _unexplained() -> ColumnElement[bool]:
    return and_(Article.state == ArticleState.QUARANTINED, Article.last_error == "")


def _looked_at_for_nobody() -> ColumnElement[bool]:
    """A look that is late is no breach: nothing is owed to an article that is done."""
    return and_(Article.next_look.is_not(None), ~exists().where(Match.article_id == Article.id))


def _source_held(now: datetime) -> ColumnElement[bool]:
    return and_(Source.lease_until.is_not(None), Source.lease_until < now - STUCK_AFTER)


def _integrity(session: Session) -> Check:
    """Asks SQLite to check its file. PostgreSQL has tools of its own for that (`pg_amcheck`)."""
    if session.get_bind().dialect.name != "sqlite":
        return Check("integrity", "the database file is sound", 0, 0)
    answer = session.scalar(text("PRAGMA quick_check(1)"))
    return Check("integrity", "the database file is sound", 1, 0 if answer == "ok" else 1)
