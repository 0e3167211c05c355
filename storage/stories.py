"""Stories: finding those that an article may belong to, and what they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.orm import Session

from storage.statements import insert_or_add
from storage.tables import Article, Fact, Match, Story, StoryTerm, Term

MAX_STORY_TERMS = 200  # that an article is compared with; the rest weigh next to nothing
ALL = ""  # the term that stands in every article
MAX_TERM = 200  # characters; the width of the term columns


_OUTLET = case((Article.outlet == "", Article.host), else_=Article.outlet)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that shares words or names with an article: its terms with their weights, and its span."""

    id: int
    terms: Mapping[str, float]
    articles: int
    first: datetime
    last: datetime


def term_frequencies(session: Session, terms: Iterable[str]) -> Mapping[str, int]:
    """In how many articles each of the terms stands, those in none left out; under `ALL`, how many there are."""
    wanted = {term[:MAX_TERM] for term in (ALL, *terms)}
    statement = select(Term.term, Term.articles).where(Term.term.in_(wanted))
    return dict(session.execute(statement).all())


def count_terms(session: Session, terms: Iterable[str], by: int = 1) -> None:
    """Count one more article (or take one back) with these terms."""
    rows = [{"term": term, "articles": by} for term in {term[:MAX_TERM] for term in (ALL, *terms)}]
    insert_or_add(session, Term, rows, ["term"], "articles")


def candidates(
    session: Session, terms: Sequence[str], when: datetime, window: timedelta | None, limit: int
) -> tuple[Sequence[Candidate], Mapping[str, int]]:
    """Stories that hold one of `terms`, those that share most first, and how frequent their terms are.

    Each with its heaviest terms. Only those with coverage within `window` of `when`; None: of any time.
    """
    shared = (
        select(StoryTerm.story_id, func.count().label("shared"))
        .where(StoryTerm.term.in_([term[:MAX_TERM] for term in terms]))
        .group_by(StoryTerm.story_id)
        .subquery()
    )
    statement = (
        select(Story.id, Story.articles, Story.first, Story.last)
        .join(shared, shared.c.story_id == Story.id)
        .where(Story.articles > 0)
        .order_by(shared.c.shared.desc(), Story.id)
        .limit(limit)
    )
    if window is not None:
        statement = statement.where(Story.last >= when - window, Story.first <= when + window)
    found = session.execute(statement).all()
    terms_of, frequencies = _heaviest_terms(session, [row.id for row in found])
    return [Candidate(row.id, terms_of[row.id], row.articles, row.first, row.last) for row in found], frequencies


def open_story(session: Session, title: str, when: datetime, now: datetime) -> int:
    story = Story(title=title, first=when, last=when, articles=0, created=now)
    session.add(story)
    session.flush()
    return story.id


def join(session: Session, story_id: int, terms: Mapping[str, float], when: datetime) -> None:
    """Add one article's terms to a story."""
    _add_terms(session, story_id, terms)
    story = session.get_one(Story, story_id, populate_existing=True)
    story.articles += 1
    story.first, story.last = min(story.first, when), max(story.last, when)
    session.flush()


def leave(session: Session, story_id: int, terms: Mapping[str, float]) -> None:
    """Take one article's terms out again, before its next revision is put in."""
    _add_terms(session, story_id, {term: -weight for term, weight in terms.items()})
    session.execute(delete(StoryTerm).where(StoryTerm.story_id == story_id, StoryTerm.weight <= 1e-9))
    session.execute(update(Story).where(Story.id == story_id).values(articles=Story.articles - 1))


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


def replace_facts(session: Session, story_id: int, article_id: int, facts: Sequence[FactRow]) -> None:
    session.execute(delete(Fact).where(Fact.article_id == article_id))
    seen: set[str] = set()
    for fact in facts:
        if fact.key not in seen:
            seen.add(fact.key)
            session.add(Fact(
                article_id=article_id, story_id=story_id, key=fact.key, slot=fact.slot, value=fact.value,
                qualifier=fact.qualifier, hedged=fact.hedged, text=fact.text, start=fact.start,
            ))  # fmt: skip
    session.flush()


def facts_of(session: Session, story_id: int) -> Sequence[FactRow]:
    """Every statement in the story's independent articles, in event order. Copies say nothing new."""
    statement = (
        select(
            Fact.article_id, _OUTLET, Article.event_time, Fact.key, Fact.slot, Fact.value, Fact.qualifier,
            Fact.hedged, Fact.text, Fact.start,
        )
        .join(Article, Article.id == Fact.article_id)
        .where(Fact.story_id == story_id, Article.copy_of.is_(None))
        .order_by(Article.event_time, Article.id, Fact.start)
    )  # fmt: skip
    return [FactRow(*row) for row in session.execute(statement)]


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


def members(session: Session, story_id: int, most: int | None = None) -> Sequence[Member]:
    """The story's articles in event order; the newest `most` of them, or all."""
    columns = (Article.id, Article.url, _OUTLET, Article.title, Article.published, Article.event_time, Article.copy_of)
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


def _heaviest_terms(
    session: Session, ids: Sequence[int]
) -> tuple[Mapping[int, Mapping[str, float]], Mapping[str, int]]:
    """The terms of each story with their weights, and in how many articles each term stands."""
    place = func.row_number().over(partition_by=StoryTerm.story_id, order_by=StoryTerm.weight.desc()).label("place")
    ranked = select(StoryTerm.story_id, StoryTerm.term, StoryTerm.weight, place).where(StoryTerm.story_id.in_(ids))
    heaviest = ranked.subquery()
    statement = (
        select(heaviest.c.story_id, heaviest.c.term, heaviest.c.weight, Term.articles)
        .outerjoin(Term, Term.term == heaviest.c.term)
        .where(heaviest.c.place <= MAX_STORY_TERMS)
    )
    terms_of: dict[int, dict[str, float]] = {story: {} for story in ids}
    frequencies: dict[str, int] = {}
    for story, term, weight, articles in session.execute(statement):
        terms_of[story][term] = weight
        frequencies[term] = articles or 0
    return terms_of, frequencies


def _add_terms(session: Session, story_id: int, terms: Mapping[str, float]) -> None:
    rows = [
        {"term": term[:MAX_TERM], "story_id": story_id, "weight": weight} for term, weight in terms.items() if weight
    ]
    insert_or_add(session, StoryTerm, rows, ["term", "story_id"], "weight")
