"""Decide who is to be told of one read article: match the topics, find the facts, raise alerts, fill the outbox.

Translates between the rows of storage and the values of the stages `match`, `facts`, `disagreement` and `alert`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from storage import alerts, matches, stories
from storage.alerts import NewAlert
from storage.alerts import Told as EarlierAlert
from storage.matches import NewMatch
from storage.stories import FactRow
from storage.tables import Article, Story
from worker.stages.address import canonical
from worker.stages.alert import (
    DISAGREEMENT,
    MAX_PASSED,
    SETTLED,
    Alert,
    Occasion,
    Passed,
    Told,
    carrying,
    decide,
)
from worker.stages.examples import Likeness
from worker.stages.facts import Fact, with_statements
from worker.stages.facts.correction import Correction, find_correction, find_report_correction
from worker.stages.facts.disagreement import Disagreement, Statement, find_disagreements
from worker.stages.match import Match
from worker.stages.query import PreparedDocument
from worker.stages.receipt import receipt as make_receipt
from worker.steps.following import StoryBefore
from worker.topics import TopicsInForce

NOTHING_ALIKE: Mapping[str, Likeness] = MappingProxyType({})
UNTITLED = "without a title"
MAX_KEY = 200  # characters; the width of the fact table's keys


def match_and_tell(
    session: Session,
    article: Article,
    facts: tuple[Fact, ...],
    document: PreparedDocument,
    topics: TopicsInForce,
    before: str,
    now: datetime,
    alike: Mapping[str, Likeness] = NOTHING_ALIKE,
) -> tuple[int, ...]:
    """Match, decide and store; ids of the deliveries that are to be sent.

    `before`: the text of the last revision. `alike`: the topics with an example that the article is like by itself.
    """
    assert article.story_id is not None  # noqa: S101 -- joined just before, in this transaction
    facts = with_statements(facts, article.text)
    rows = [_fact_row(article, fact) for fact in facts]
    stories.replace_facts(session, article.story_id, article.id, rows, is_first=article.revision == 1)
    if not topics.by_name:
        return ()
    story = StoryBefore(session, article, topics.index.followed_for)
    matched = _match(session, article, document, topics, story, alike)
    if not matched:
        return ()
    stated = [statement_of(row) for row in stories.compared_in(session, article.story_id)]
    disagreements = differing(stated, slots_in(facts))
    correction = correction_of(article, before, facts, stated)
    quiet = quiet_before(session, article)
    deliveries: list[int] = []
    for match in matched:
        receipt = _receipt(article, match, document, topics, story, alike)
        matches.store_match(session, article.id, NewMatch(match.topic, match.version, match.by, receipt), now)
        occasion = occasion_of(article, match.topic, facts, disagreements, correction, quiet)
        deliveries += _tell(session, article, occasion, receipt, topics, now)
    return tuple(deliveries)


def disagreements_in(
    session: Session, story_id: int, touching: frozenset[str] | None = None
) -> tuple[Disagreement, ...]:
    """Where the story's independent reports differ; `touching`: only on these slots, and those about the same."""
    return differing(map(statement_of, stories.compared_in(session, story_id)), touching)


def differing(stated: Iterable[Statement], touching: frozenset[str] | None) -> tuple[Disagreement, ...]:
    """See `disagreements_in`."""
    return find_disagreements(stated, touching) if touching is None or touching else ()


def correction_of(
    article: Article, before: str, facts: Iterable[Fact], stated: Iterable[Statement]
) -> Correction | None:
    """What a revision corrects of the text before it; of a first one, what it corrects of its outlet's last reports."""
    if before:
        return find_correction(before, article.text)
    outlet = article.outlet or article.host
    own = (one for one in stated if one.outlet == outlet and one.published < article.event_time)
    return find_report_correction(facts, (one.fact for one in own if one.article != article.id))


def slots_in(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fact.slot for fact in facts if fact.slot is not None)


def quiet_before(session: Session, article: Article) -> timedelta | None:
    """How long the article's story had been quiet, in the articles' own time; None: it has no other article."""
    assert article.story_id is not None  # noqa: S101 -- see match_and_tell
    last = stories.last_beside(session, article.story_id, article.id)
    return None if last is None else max(timedelta(0), article.event_time - last)


def _match(
    session: Session,
    article: Article,
    document: PreparedDocument,
    topics: TopicsInForce,
    story: StoryBefore,
    alike: Mapping[str, Likeness],
) -> tuple[Match, ...]:
    following, like = story.followers(), [*alike, *with_example(session, article, topics)]
    title = (session.get_one(Story, article.story_id).title or UNTITLED) if following or like else ""
    return topics.index.judge(document, followed=dict.fromkeys(following, title), liked=dict.fromkeys(like, title))


def with_example(session: Session, article: Article, topics: TopicsInForce) -> Sequence[str]:
    """Topics that name this article, or another in its story, as an example."""
    assert article.story_id is not None  # noqa: S101 -- see match_and_tell
    if not topics.index.has_examples:
        return ()
    members = matches.labels_in(session, article.story_id)
    return topics.index.with_example({label for number, url in members for label in (str(number), canonical(url))})


def _receipt(
    article: Article,
    match: Match,
    document: PreparedDocument,
    topics: TopicsInForce,
    story: StoryBefore,
    alike: Mapping[str, Likeness],
) -> Mapping[str, Any]:
    following = story.followed_by(match.topic) if match.by == "follow" else None
    likeness = alike.get(match.topic) if match.by == "like" else None
    made = make_receipt(match, document, topics.aliases, article.revision, following=following, likeness=likeness)
    return asdict(made)


def occasion_of(
    article: Article,
    topic: str,
    facts: tuple[Fact, ...],
    disagreements: tuple[Disagreement, ...],
    correction: Correction | None,
    quiet: timedelta | None,
) -> Occasion:
    assert article.story_id is not None  # noqa: S101 -- see match_and_tell
    return Occasion(
        topic=topic,
        story=article.story_id,
        article=article.id,
        revision=article.revision,
        is_copy=article.copy_of is not None,
        title=article.title,
        text=article.text,
        facts=facts,
        disagreements=disagreements,
        correction=correction,
        outlet=article.outlet or article.host,
        quiet=quiet,
    )


def _tell(
    session: Session,
    article: Article,
    occasion: Occasion,
    receipt: Mapping[str, Any],
    topics: TopicsInForce,
    now: datetime,
) -> Sequence[int]:
    written = topics.by_name[occasion.topic]
    told = told_of(session, alerts.told(session, occasion.topic, occasion.story))
    deliveries: list[int] = []
    decided = decide(occasion, told, written.alert.wanted)
    for alert in carrying(decided, passed_over(session, occasion) if decided else (), told):
        new = _new_alert(alert, occasion.topic, receipt, list(written.alert.to))
        deliveries += alerts.raise_alert(session, occasion.story, article.id, new, now)
    return deliveries


def passed_over(session: Session, occasion: Occasion) -> Sequence[Passed]:
    """The latest articles of the story of which the topic's readers were not told, in their own order."""
    found = stories.passed_over(session, occasion.topic, occasion.story, occasion.article, MAX_PASSED)
    return [
        Passed(
            one.id, one.outlet, one.title, tuple(statement_of(row).fact for row in stories.stated_in(session, one.id))
        )
        for one in found
    ]


def told_of(session: Session, earlier: Sequence[EarlierAlert]) -> Told:
    """What readers know who got these alerts, the oldest first."""
    keys, ids = frozenset(key for alert in earlier for key in alert.facts), [alert.id for alert in earlier]
    return Told(
        reasons=frozenset(alert.reason for alert in earlier),
        fact_keys=keys,
        fact_texts=tuple(sentence for alert in earlier for sentence in alert.new),
        stated=tuple(sorted(stories.sentences_told(session, ids, sorted(keys)))),
        disagreement_slots=_slots(earlier, DISAGREEMENT),
        settled_slots=_slots(earlier, SETTLED),
        outlets=stories.outlets_told(session, ids),
    )


def _slots(earlier: Sequence[EarlierAlert], reason: str) -> frozenset[str]:
    told = [each for alert in earlier if alert.reason == reason for each in alert.disagreements]
    return frozenset(slot for each in told for slot in (each["slot"], *each.get("slots", ())))


def _new_alert(alert: Alert, topic: str, receipt: Mapping[str, Any], channels: list[str]) -> NewAlert:
    return NewAlert(
        key=alert.key,
        topic=topic,
        reason=alert.reason,
        new=alert.new,
        disagreements=[_as_stored(disagreement) for disagreement in alert.disagreements],
        changes=[asdict(change) for change in alert.correction.changes] if alert.correction else [],
        facts=alert.told_facts,
        receipt=receipt,
        channels=channels,
    )


def _as_stored(disagreement: Disagreement) -> Mapping[str, Any]:
    """In what JSON knows."""
    values = [
        asdict(value) | {"since": value.since.isoformat() if value.since else None} for value in disagreement.values
    ]
    return asdict(disagreement) | {"values": values, "slots": sorted(disagreement.slots)}


def _fact_row(article: Article, fact: Fact) -> FactRow:
    return FactRow(
        article_id=article.id,
        outlet=article.outlet or article.host,
        published=article.event_time,
        key=_bounded(fact.key),
        slot=_bounded(fact.slot) if fact.slot is not None else None,
        value=fact.value,
        qualifier=fact.qualifier,
        hedged=fact.hedged,
        text=fact.text,
        start=fact.start,
        said=fact.said[:MAX_KEY],
    )


def _bounded(key: str) -> str:
    """At most as long as the column; what is longer stays itself by its digest."""
    if len(key) <= MAX_KEY:
        return key
    return f"{key[: MAX_KEY - 65]} {sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def statement_of(row: FactRow) -> Statement:
    fact = Fact(
        key=row.key,
        slot=row.slot,
        value=row.value,
        qualifier=row.qualifier,
        text=row.text,
        start=row.start,
        hedged=row.hedged,
        said=row.said,
    )
    return Statement(article=row.article_id, outlet=row.outlet, published=row.published, fact=fact)
