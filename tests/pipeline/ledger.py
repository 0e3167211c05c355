"""Sums that must come out: what is kept added up beside the articles it was added up from.

Stories and terms are kept as running totals, since nobody could add them up at each article. A revision, a copy or a
late origin that is taken out and put in again must leave no trace in them. Beyond the doctor's promises, which are
about what is lost, doubled or stuck.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.stories import ALL, MAX_TERM
from storage.tables import Alert, Article, Delivery, Fact, Revision, Story, StoryTerm, Term

ROUNDING = 1e-6


def discrepancies(session: Session) -> list[str]:
    """Every sum that does not come out, in words."""
    members = [article for article in session.scalars(select(Article)) if article.profile]
    return [
        *_stories(session, members),
        *_story_terms(session, members),
        *_terms(session, members),
        *_revisions(session),
        *_facts(session),
        *_alerts(session),
    ]


def _stories(session: Session, members: Sequence[Article]) -> Iterator[str]:
    held = Counter(article.story_id for article in members)
    for story in session.scalars(select(Story)):
        if story.articles != held[story.id]:
            yield f"story {story.id} says {story.articles} articles and holds {held[story.id]}"


def _story_terms(session: Session, members: Sequence[Article]) -> Iterator[str]:
    sums: dict[tuple[int | None, str], float] = defaultdict(float)
    for article in members:
        for term, weight in article.profile.items():
            sums[article.story_id, term[:MAX_TERM]] += weight
    kept: dict[tuple[int | None, str], float] = {
        (row.story_id, row.term): row.weight for row in session.scalars(select(StoryTerm))
    }
    for key in sums.keys() | kept.keys():
        if abs(sums.get(key, 0.0) - kept.get(key, 0.0)) > ROUNDING:
            yield f"term {key[1]!r} weighs {kept.get(key)} in story {key[0]}, its articles {sums.get(key)}"


def _terms(session: Session, members: Sequence[Article]) -> Iterator[str]:
    counts = Counter(term for article in members for term in {key[:MAX_TERM] for key in (ALL, *article.profile)})
    kept = {row.term: row.articles for row in session.scalars(select(Term)) if row.articles}
    if kept != counts:
        wrong = [term for term in kept.keys() | counts.keys() if kept.get(term, 0) != counts[term]]
        yield f"{len(wrong)} terms are miscounted, {min(wrong)!r} among them"


def _revisions(session: Session) -> Iterator[str]:
    kept: dict[int, list[int]] = defaultdict(list)
    for row in session.scalars(select(Revision).order_by(Revision.number)):
        kept[row.article_id].append(row.number)
    for article in session.scalars(select(Article)):
        if kept[article.id] != list(range(1, article.revision)):
            yield f"article {article.id} is at revision {article.revision} and keeps {kept[article.id]}"


def _facts(session: Session) -> Iterator[str]:
    for fact, article in session.execute(select(Fact, Article).join(Article, Article.id == Fact.article_id)):
        if fact.story_id != article.story_id:
            yield f"fact {fact.id} is in story {fact.story_id}, its article in {article.story_id}"


def _alerts(session: Session) -> Iterator[str]:
    """At most one first word for a topic and a story; a delivery that was sent has its time, and no other has."""
    firsts = Counter((a.topic, a.story_id) for a in session.scalars(select(Alert)) if a.reason == "first")
    yield from (f"{key} was told as new {times} times" for key, times in firsts.items() if times > 1)
    for delivery in session.scalars(select(Delivery)):
        if (delivery.sent is not None) != (delivery.status == "sent"):
            yield f"delivery {delivery.id} is {delivery.status} and was sent at {delivery.sent}"
