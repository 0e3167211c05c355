"""Stories: finding those that an article may belong to, and what they hold. `story_changes` merges and splits them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, bindparam, case, delete, func, select, text, true, update
from sqlalchemy.orm import Session

from storage.statements import ask, dialect_of, for_each, insert_of, insert_row, is_among, run, table_of, values_of
from storage.tables import Alert, Article, Fact, Match, Story, StoryKey, Term
from storage.types import UtcDateTime

ALL = ""  # the term that stands in every article
MAX_TERM = 200  # characters; the width of the term columns


_OUTLET = case((Article.outlet == "", Article.host), else_=Article.outlet)

# Of each article read, these are asked: they are written down once, as that costs more than most of them take.
_SAVE = update(table_of(Story)).where(Story.id == bindparam("story")).values(
    described=-1, articles=bindparam("of_articles"), first=bindparam("from_"), last=bindparam("to_"),
    centre=bindparam("as_centre"),
)  # fmt: skip
_NEVER_SAVED = 0  # by this version: see `save` for what stands in `described` then
_HAS_CHANGED = text("described <> articles")  # as the index on it says
_UNLIST = delete(table_of(StoryKey)).where(StoryKey.story_id == bindparam("story"))
_FORGET_FACTS = delete(table_of(Fact)).where(Fact.article_id == bindparam("article"))
_FACT = (
    'INSERT INTO fact (article_id, story_id, "key", slot, value, qualifier, hedged, text, start, said) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LAST_OTHER = select(func.max(Article.event_time)).where(
    Article.story_id == bindparam("story"), Article.id != bindparam("article")
)
_EVER = (datetime.min.replace(year=2, tzinfo=UTC), datetime.max.replace(year=9998, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that is found under a word or name of an article: its centre, as it was saved, and its span."""

    id: int
    title: str
    articles: int
    first: datetime
    last: datetime
    centre: Mapping[str, Any]


def term_frequencies(session: Session, terms: Iterable[str]) -> Mapping[str, int]:
    """In how many articles each of the terms stands, those in none left out; under `ALL`, how many there are."""
    wanted = list({term[:MAX_TERM] for term in (ALL, *terms)})
    return dict(run(session, _frequencies(dialect_of(session)), {"terms": wanted}).fetchall())


def count_terms(session: Session, terms: Iterable[str], by: int = 1) -> None:
    """Count one more article (or take one back) with these terms."""
    counted = sorted({term[:MAX_TERM] for term in (ALL, *terms)})
    run(session, _counting(dialect_of(session)), {"terms": counted, "by": by})


def candidates(
    session: Session, terms: Sequence[str], when: datetime, window: timedelta | None, limit: int
) -> Sequence[Candidate]:
    """Stories that are listed under one of `terms`, those that share most first.

    Only those with coverage within `window` of `when`; None: of any time.
    """
    since, until = _EVER if window is None else (when - window, when + window)
    keys = [term[:MAX_TERM] for term in terms]
    if not keys:
        return ()
    asked = {"terms": keys, "since": since, "until": until, "most": limit}
    return [Candidate(*row) for row in ask(session, _candidates(dialect_of(session)), asked)]


def open_story(session: Session, title: str, when: datetime, now: datetime) -> int:
    """A story without articles; `save` says what it holds."""
    row = {"title": title, "first": when, "last": when, "articles": 0, "created": now}
    return int(insert_row(session, Story, row, "id"))


def save(
    session: Session, story_id: int, articles: int, first: datetime, last: datetime,
    centre: Mapping[str, Any], keys: Iterable[str], *, is_new: bool = False,
) -> None:  # fmt: skip
    """Write down what a story holds now, and under which words and names it is found; `is_new`: under none so far."""
    run(session, _SAVE, {
        "story": story_id, "of_articles": articles, "from_": first, "to_": last, "as_centre": dict(centre),
    })  # fmt: skip
    if not is_new:
        run(session, _UNLIST, {"story": story_id})
    if terms := sorted({key[:MAX_TERM] for key in keys}):
        listed = {"terms": terms, "story": story_id, "from_": first, "to_": last}
        run(session, _listing(dialect_of(session)), listed)


def undescribed(session: Session, limit: int) -> Sequence[int]:
    """Stories that have changed since their title and summary were chosen."""
    statement = select(Story.id).where(_HAS_CHANGED, Story.articles > 0, Story.described != _NEVER_SAVED)
    return session.scalars(statement.order_by(Story.id).limit(limit)).all()


def without_centre(session: Session, limit: int) -> Sequence[int]:
    """Stories that an older version of Storytrail has left, which kept what they hold in another form."""
    statement = select(Story.id).where(_HAS_CHANGED, Story.described == _NEVER_SAVED, Story.articles > 0)
    return session.scalars(statement.order_by(Story.id).limit(limit)).all()


def is_without_centre(session: Session, story_id: int) -> bool:
    """Whether it is one of these still, as the database sees it now."""
    statement = select(Story.id).where(Story.id == story_id, Story.described == _NEVER_SAVED, Story.articles > 0)
    return session.scalar(statement) is not None


def note_described(session: Session, ids: Sequence[int]) -> None:
    session.execute(update(Story).where(Story.id.in_(ids)).values(described=Story.articles))


@dataclass(frozen=True, slots=True)
class FactRow:
    """One statement of one article, with what is known of the article."""

    article_id: int
    outlet: str
    published: datetime
    key: str
    slot: str | None
    value: float | None
    qualifier: str
    hedged: bool
    text: str
    start: int
    said: str = ""


def replace_facts(
    session: Session, story_id: int, article_id: int, facts: Sequence[FactRow], *, is_first: bool = False
) -> None:
    """Write the statements of an article, in place of those of its last revision; `is_first`: there is none."""
    if not is_first:
        run(session, _FORGET_FACTS, {"article": article_id})
    rows = {
        fact.key: (
            article_id, story_id, fact.key, fact.slot, fact.value, fact.qualifier, fact.hedged, fact.text, fact.start,
            fact.said,
        )
        for fact in reversed(facts)  # of two with one key the first stays
    }  # fmt: skip
    for_each(session, _FACT, [rows[key] for key in reversed(rows)])


def facts_of(session: Session, story_id: int) -> Sequence[FactRow]:
    """Every statement in the story's independent articles, in event order. Copies say nothing new."""
    return [FactRow(*row) for row in session.execute(_facts_of(story_id))]


def compared_in(session: Session, story_id: int) -> Sequence[FactRow]:
    """Those of `facts_of` that have a slot: in what they say, articles may differ."""
    return [FactRow(*row) for row in session.execute(_facts_of(story_id).where(Fact.slot.is_not(None)))]


def stated_in(session: Session, article_id: int) -> Sequence[FactRow]:
    """What one article states, in reading order, a copy too."""
    statement = _facts().where(Fact.article_id == article_id).order_by(Fact.start, Fact.id)
    return [FactRow(*row) for row in session.execute(statement)]


def sentences_told(session: Session, alert_ids: Sequence[int], keys: Iterable[str]) -> Sequence[str]:
    """The sentences in which facts of these keys stand in the articles of which these alerts told."""
    if not alert_ids:
        return ()
    asked = {"alerts": list(alert_ids), "keys": list(keys)}
    return session.scalars(_sentences_told(dialect_of(session)), asked).all()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An article of which nobody was told."""

    id: int
    outlet: str
    title: str


def passed_over(session: Session, topic: str, story_id: int, article_id: int, most: int) -> Sequence[PassedOver]:
    """The story's latest articles but this one that matched a topic and raised no alert of it, in their own order."""
    told = select(Alert.article_id).where(Alert.topic == topic, Alert.article_id.is_not(None))
    statement = (
        select(Article.id, _OUTLET, Article.title)
        .join(Match, Match.article_id == Article.id)
        .where(Match.topic == topic, Article.story_id == story_id, Article.id != article_id)
        .where(Article.copy_of.is_(None), Article.id.not_in(told))
        .order_by(Article.event_time.desc(), Article.id.desc())
        .limit(most)
    )
    return [PassedOver(*row) for row in session.execute(statement)][::-1]


def outlets_told(session: Session, alert_ids: Sequence[int]) -> frozenset[str]:
    """The outlets of the articles of which these alerts told."""
    articles = select(Alert.article_id).where(Alert.id.in_(alert_ids))
    return frozenset(session.scalars(select(_OUTLET).where(Article.id.in_(articles))))


def last_beside(session: Session, story_id: int, article_id: int) -> datetime | None:
    """When the newest of a story's other articles appeared; None: it has no other."""
    return session.scalar(_LAST_OTHER, {"story": story_id, "article": article_id})


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, without its text."""

    id: int
    url: str
    outlet: str
    title: str
    published: datetime | None
    event_time: datetime
    copy_of: int | None
    part_of: int | None
    copy_share: float | None


def members(session: Session, story_id: int, most: int | None = None) -> Sequence[Member]:
    """The story's articles in event order; the newest `most` of them, or all."""
    columns = (
        Article.id, Article.url, _OUTLET, Article.title, Article.published, Article.event_time, Article.copy_of,
        Article.part_of, Article.copy_share,
    )  # fmt: skip
    statement = (
        select(*columns)
        .where(Article.story_id == story_id)
        .order_by(Article.event_time.desc(), Article.id.desc())
        .limit(most)
    )
    return [Member(*row) for row in session.execute(statement)][::-1]


def outlets_of(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    """The outlet of each of these articles."""
    return dict(session.execute(select(Article.id, _OUTLET).where(Article.id.in_(ids))).all())


def sizes(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """For each story: how many articles there are, and how many of them are independent."""
    statement = (
        select(Article.story_id, func.count(), func.count().filter(Article.copy_of.is_(None)))
        .where(Article.story_id.in_(ids))
        .group_by(Article.story_id)
    )
    return {story: (articles, origins) for story, articles, origins in session.execute(statement) if story is not None}


def newest(session: Session, most: int, topic: str | None = None) -> Sequence[Story]:
    """Stories by their last coverage, the newest first; those in which an article matched `topic`, or all."""
    statement = select(Story).where(Story.articles > 0).order_by(Story.last.desc(), Story.id.desc()).limit(most)
    if topic is not None:
        matched = select(Article.story_id).join(Match, Match.article_id == Article.id).where(Match.topic == topic)
        statement = statement.where(Story.id.in_(matched))
    return session.scalars(statement).all()


def _facts() -> Select[Any]:
    """What a `FactRow` is made of."""
    return select(
        Fact.article_id, _OUTLET, Article.event_time, Fact.key, Fact.slot, Fact.value, Fact.qualifier,
        Fact.hedged, Fact.text, Fact.start, Fact.said,
    ).join(Article, Article.id == Fact.article_id)  # fmt: skip


def _facts_of(story_id: int) -> Select[Any]:
    of_story = _facts().where(Fact.story_id == story_id, Article.copy_of.is_(None))
    return of_story.order_by(Article.event_time, Article.id, Fact.start)


@lru_cache
def _sentences_told(dialect: str) -> Select[str]:
    articles = select(Alert.article_id).where(is_among(dialect, Alert.id, "alerts"))
    told = (Fact.article_id.in_(articles), is_among(dialect, Fact.key, "keys"))
    return select(Fact.text).where(*told).distinct().order_by(Fact.text)


@lru_cache
def _frequencies(dialect: str) -> Select[str, int]:
    return select(Term.term, Term.articles).where(is_among(dialect, Term.term, "terms"))


@lru_cache
def _counting(dialect: str) -> Any:
    """In the order of the terms, so that two transactions cannot wait for each other; on SQLite none is beside it."""
    listed = values_of(dialect, "terms", Term.term)
    rows = select(listed.c.value, bindparam("by", type_=Integer)).where(true())
    if dialect == "postgresql":
        rows = rows.order_by(listed.c.value)
    statement = insert_of(dialect, Term).from_select(["term", "articles"], rows)
    return statement.on_conflict_do_update(
        index_elements=["term"], set_={"articles": Term.articles + statement.excluded.articles}
    )


@lru_cache
def _listing(dialect: str) -> Any:
    listed = values_of(dialect, "terms", StoryKey.term)
    first, last = bindparam("from_", type_=UtcDateTime), bindparam("to_", type_=UtcDateTime)
    rows = select(bindparam("story", type_=BigInteger), listed.c.value, first, last)
    return insert_of(dialect, StoryKey).from_select(["story_id", "term", "first", "last"], rows)


@lru_cache
def _candidates(dialect: str) -> Select[Any]:
    shared = (
        select(StoryKey.story_id, func.count().label("shared"))
        .where(is_among(dialect, StoryKey.term, "terms"))
        .where(StoryKey.last >= bindparam("since"), StoryKey.first <= bindparam("until"))
        .group_by(StoryKey.story_id)
        .order_by(func.count().desc(), StoryKey.story_id.desc())
        .limit(bindparam("most"))
        .subquery()
    )
    return (
        select(Story.id, Story.title, Story.articles, Story.first, Story.last, Story.centre)
        .join(shared, shared.c.story_id == Story.id)
        .order_by(shared.c.shared.desc(), Story.id)
    )
