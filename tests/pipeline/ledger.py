"""Sums that must come out: what is kept added up beside the articles it was added up from.

Stories and terms are kept as running totals, since nobody could add them up at each article. A revision, a copy or a
late origin that is taken out and put in again must leave no trace in them. Beyond the doctor's promises, which are
about what is lost, doubled or stuck.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.stories import ALL, MAX_TERM
from storage.tables import Alert, Article, Delivery, Fact, Revision, Story, StoryKey, Term
from worker.stages.story import Profile, StoryProfile, add, counted_keys, open_story, sound_keys

ROUNDING = 1e-3


def discrepancies(session: Session) -> list[str]:
    """Every sum that does not come out, in words."""
    members = [article for article in session.scalars(select(Article)) if article.profile]
    return [
        *_stories(session, members),
        *_centres(session, members),
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


def _centres(session: Session, members: Sequence[Article]) -> Iterator[str]:
    """A story's centre is what its articles add up to, and it is listed under nothing that is not in it."""
    listed: dict[int, set[str]] = defaultdict(set)
    for row in session.scalars(select(StoryKey)):
        listed[row.story_id].add(row.term)
    of_story: dict[int | None, list[Article]] = defaultdict(list)
    for article in sorted(members, key=lambda article: (article.event_time, article.id)):
        of_story[article.story_id].append(article)
    for story in session.scalars(select(Story)):
        expected = _sum_of(story.id, of_story[story.id])
        kept = StoryProfile.from_json(story.id, story.centre) if story.centre else None
        if expected and kept:
            yield from _different(f"story {story.id}", expected.to_json(), kept.to_json())
            if strangers := listed[story.id] - {key[:MAX_TERM] for key in (*counted_keys(kept), *sound_keys(kept))}:
                yield f"story {story.id} is listed under {min(strangers)!r}, which is not in it"
        elif expected or listed[story.id]:
            yield f"story {story.id} has {len(of_story[story.id])} articles, and is listed under {listed[story.id]}"


def _sum_of(story_id: int, members: Sequence[Article]) -> StoryProfile | None:
    profiles = [Profile.from_json(article.profile) for article in members]
    return reduce(add, profiles[1:], open_story(story_id, profiles[0])) if profiles else None


def _different(where: str, expected: object, kept: object) -> Iterator[str]:
    """Where two documents differ by more than rounding."""
    if isinstance(expected, Mapping) and isinstance(kept, Mapping):
        for key in expected.keys() | kept.keys():
            yield from _different(f"{where} {key}", expected.get(key, 0), kept.get(key, 0))
    elif isinstance(expected, int | float) and isinstance(kept, int | float) and abs(expected - kept) > ROUNDING:
        yield f"{where} is {kept}, its articles add up to {expected}"


def _terms(session: Session, members: Sequence[Article]) -> Iterator[str]:
    counts = Counter(
        term
        for article in members
        for term in {key[:MAX_TERM] for key in (ALL, *counted_keys(Profile.from_json(article.profile)))}
    )
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
