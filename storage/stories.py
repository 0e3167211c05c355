"""Stories: finding those that an article may belong to, and what they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from storage.statements import insert_or_add
from storage.tables import Article, Fact, Match, Story, StoryTerm, Term

MAX_STORY_TERMS = 200  # that an article is compared with; the rest weigh next to nothing
ALL = ""  # the term that stands in every article
MAX_TERM = 200  # characters; the width of the term columns


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
    return dict(session.execute(statement).tuples().all())


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
        select(Fact, Article)
        .join(Article, Article.id == Fact.article_id)
        .where(Fact.story_id == story_id, Article.copy_of.is_(None))
        .order_by(Article.event_time, Article.id, Fact.start)
    )
    return [
        FactRow(
            fact.article_id, article.outlet or article.host, article.event_time, fact.key, fact.slot, fact.value,
            fact.qualifier, fact.hedged, fact.text, fact.start,
        )
        for fact, article in session.execute(statement)
    ]  # fmt: skip


def articles_of(session: Session, story_id: int) -> Sequence[Article]:
    """In event order."""
    statement = select(Article).where(Article.story_id == story_id).order_by(Article.event_time, Article.id)
    return session.scalars(statement).all()


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
    for story, term, weight, articles in session.execute(statement).tuples():
        terms_of[story][term] = weight
        frequencies[term] = articles or 0
    return terms_of, frequencies


def _add_terms(session: Session, story_id: int, terms: Mapping[str, float]) -> None:
    rows = [
        {"term": term[:MAX_TERM], "story_id": story_id, "weight": weight} for term, weight in terms.items() if weight
    ]
    insert_or_add(session, StoryTerm, rows, ["term", "story_id"], "weight")
