"""Alerts: whether an article's news about a story is worth telling a topic's readers, and as what.

A decision, not a sending: it is given what the topic was told before and gives back alerts with keys that are the same
on every replay. The reasons, and what makes each unique:

    first         the topic's first match of the story             once for topic and story
    new-fact      facts not told yet, and worth it by themselves   for each revision of an article
    disagreement  outlets differ on something, not told yet        for each thing they differ on
    correction    a revision changed a figure or what was told     for each revision

An article is told as first or as new-fact, never both; what a disagreement or a correction tells is not told again as
a new fact. A copy can be the first, and nothing else: it says what its origin said.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from worker.stages.facts import TITLE, Fact, most_telling, new_facts
from worker.stages.facts.attendance import is_named, shown_name
from worker.stages.facts.correction import Correction
from worker.stages.facts.disagreement import Disagreement
from worker.stages.facts.opening import lead_sentence
from worker.stages.facts.worth import NOTHING, Known, worth_telling

FIRST, NEW_FACT, DISAGREEMENT, CORRECTION = "first", "new-fact", "disagreement", "correction"
REASONS = (FIRST, NEW_FACT, DISAGREEMENT, CORRECTION)

MAX_SENTENCES = 5
FACTS_IN_FIRST = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What a topic was told about a story so far."""

    reasons: frozenset[str] = frozenset()
    fact_keys: frozenset[str] = frozenset()
    fact_texts: tuple[str, ...] = ()
    disagreement_slots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Occasion:
    """An article that matched a topic, as part of a story. `disagreements` are the story's, this article included."""

    topic: str
    story: int
    article: int
    revision: int
    is_copy: bool
    title: str
    text: str
    facts: tuple[Fact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell. `new` are sentences, the most telling first; `told_facts` the keys told with it."""

    key: str
    reason: str
    new: tuple[str, ...]
    disagreements: tuple[Disagreement, ...] = ()
    correction: Correction | None = None
    told_facts: tuple[str, ...] = ()


def decide(occasion: Occasion, told: Told, on: frozenset[str]) -> tuple[Alert, ...]:
    """The alerts an occasion gives rise to, for a topic that wants the reasons in `on`."""
    opening = [_first(occasion)] if FIRST in on and FIRST not in told.reasons else []
    if occasion.is_copy:
        return tuple(opening)
    apart = [*_corrections(occasion, told, on), *_disagreements(occasion, told, on)]
    if not opening:
        opening = list(_new_facts(occasion, told, apart, on))
    return (*opening, *apart)


def _first(occasion: Occasion) -> Alert:
    """The first word on a story. Its reader is led to the article, so all it states counts as told."""
    lead = lead_sentence(occasion.title, occasion.text)
    key_facts = [text for text in _texts(occasion, _worth(occasion, occasion.facts, NOTHING)) if text != lead]
    return Alert(
        key=_key(occasion, FIRST),
        reason=FIRST,
        new=_sentences([lead, *key_facts[:FACTS_IN_FIRST]]),
        told_facts=tuple(fact.key for fact in occasion.facts),
    )


def _new_facts(occasion: Occasion, told: Told, apart: Sequence[Alert], on: frozenset[str]) -> Iterator[Alert]:
    """At most one: the article's facts that nothing told covers, nor the alerts raised beside it."""
    if NEW_FACT not in on:
        return
    known = Known(told.fact_keys.union(*(alert.told_facts for alert in apart)), told.fact_texts)
    new = _worth(occasion, new_facts(occasion.facts, known.keys, known.texts), known)
    if new:
        lead = lead_sentence(occasion.title, occasion.text)
        is_told = lead in told.fact_texts
        yield Alert(
            key=_key(occasion, NEW_FACT, occasion.article, occasion.revision),
            reason=NEW_FACT,
            new=_sentences([*_texts(occasion, new), *([] if is_told else [lead])]),
            told_facts=tuple(fact.key for fact in new),
        )


def _worth(occasion: Occasion, facts: Iterable[Fact], known: Known) -> tuple[Fact, ...]:
    """The facts that are news by themselves, the most telling first."""
    return most_telling(worth_telling(facts, occasion.title, occasion.text, known))


def _texts(occasion: Occasion, facts: Iterable[Fact]) -> list[str]:
    """The sentences in which the facts stand. What title and text both state is told in the text's words."""
    facts = tuple(facts)
    in_text = {_figure(fact) for fact in facts if fact.start != TITLE}
    told = (fact for fact in facts if fact.start != TITLE or _figure(fact) not in in_text)
    return _distinct(_by_itself(fact, occasion) for fact in told)


def _by_itself(fact: Fact, occasion: Occasion) -> str:
    """The sentence so that it can be read alone: of whom "he was not expected" speaks."""
    kind, _, who = (fact.slot or "").partition(":")
    if kind != "attendance" or is_named(who, fact.text):
        return fact.text
    return f"{shown_name(who, [occasion.title, occasion.text])}: {fact.text}"


def _figure(fact: Fact) -> tuple[str, float | None] | None:
    return (fact.figure.compared_by, fact.value) if fact.figure else None


def _disagreements(occasion: Occasion, told: Told, on: frozenset[str]) -> Iterator[Alert]:
    if DISAGREEMENT not in on:
        return
    for disagreement in occasion.disagreements:
        if disagreement.slot in told.disagreement_slots:
            continue
        here = [fact for fact in occasion.facts if fact.slot == disagreement.slot]
        yield Alert(
            key=_key(occasion, DISAGREEMENT, disagreement.slot),
            reason=DISAGREEMENT,
            new=_sentences(_texts(occasion, here)),
            disagreements=(disagreement,),
            told_facts=tuple(fact.key for fact in here),
        )


def _corrections(occasion: Occasion, told: Told, on: frozenset[str]) -> Iterator[Alert]:
    """A reader who was told nothing has nothing to be corrected; nor does a reworded sentence he never saw matter."""
    if CORRECTION not in on or occasion.correction is None or not told.reasons:
        return
    changes = tuple(
        change
        for change in occasion.correction.changes
        if change.changes_figure or any(text.endswith(change.before) for text in told.fact_texts)
    )
    if changes:
        after = [change.after for change in changes if change.after]
        yield Alert(
            key=_key(occasion, CORRECTION, occasion.article, occasion.revision),
            reason=CORRECTION,
            new=_sentences(after),
            correction=replace(occasion.correction, changes=changes),
            told_facts=tuple(fact.key for fact in occasion.facts if fact.text in after),
        )


def _key(occasion: Occasion, reason: str, *parts: object) -> str:
    """The digest by which an alert is known for ever, whatever is run again."""
    named = json.dumps([occasion.topic, occasion.story, reason, *parts], ensure_ascii=False)
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


def _sentences(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_distinct(text for text in texts if text)[:MAX_SENTENCES])


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
