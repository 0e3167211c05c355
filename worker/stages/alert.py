"""Alerts: whether an article's news about a story is worth telling a topic's readers, and as what.

A decision, not a sending: it is given what the topic was told before and gives back alerts with keys that are the same
on every replay. The reasons, and what makes each unique:

    first         the topic's first match of the story             once for topic and story
    new-fact      counted or attendance facts not told yet         for each article
    disagreement  outlets differ on something, not told yet        for each thing they differ on
    correction    a revision changed a figure or what was told     for each revision

An article is told as first or as new-fact, never both; what a disagreement or a correction tells is not told again as
a new fact. A copy can be the first, and nothing else: it says what its origin said.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from worker.stages.facts import Fact, most_telling, new_facts
from worker.stages.facts.correction import Correction
from worker.stages.facts.disagreement import Disagreement
from worker.stages.text.words import sentences

FIRST, NEW_FACT, DISAGREEMENT, CORRECTION = "first", "new-fact", "disagreement", "correction"
REASONS = (FIRST, NEW_FACT, DISAGREEMENT, CORRECTION)

MAX_SENTENCES = 5
FACTS_IN_FIRST = 2
_FEWEST_WORDS_OF_LEAD = 6  # below this it is a dateline, a heading or a caption
_WORD = re.compile(r"[^\W\d_]+")


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


def lead_sentence(title: str, text: str) -> str:
    """The first sentence that says something; the title when there is none."""
    for sentence in sentences(text[:10_000]):
        if (
            len(_WORD.findall(sentence.text)) >= _FEWEST_WORDS_OF_LEAD
            and sentence.text.rstrip('"”’)]»')[-1:] in ".!?…。"
        ):
            return sentence.text
    return title


def _first(occasion: Occasion) -> Alert:
    """The first word on a story. Its reader is led to the article, so all it states counts as told."""
    lead = lead_sentence(occasion.title, occasion.text)
    key_facts = [fact.text for fact in most_telling(occasion.facts) if fact.text != lead]
    return Alert(
        key=_key(occasion, FIRST),
        reason=FIRST,
        new=_sentences([lead, *_distinct(key_facts)[:FACTS_IN_FIRST]]),
        told_facts=tuple(fact.key for fact in occasion.facts),
    )


def _new_facts(occasion: Occasion, told: Told, apart: Sequence[Alert], on: frozenset[str]) -> Iterator[Alert]:
    """At most one: the article's facts that nothing told covers, nor the alerts raised beside it."""
    if NEW_FACT not in on:
        return
    keys = told.fact_keys.union(*(alert.told_facts for alert in apart))
    new = [fact for fact in new_facts(occasion.facts, keys, told.fact_texts) if fact.slot is not None]
    if new:
        texts = [fact.text for fact in most_telling(new)]
        yield Alert(
            key=_key(occasion, NEW_FACT, occasion.article),
            reason=NEW_FACT,
            new=_sentences([*texts, lead_sentence(occasion.title, occasion.text)]),
            told_facts=tuple(fact.key for fact in new),
        )


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
            new=_sentences(fact.text for fact in here),
            disagreements=(disagreement,),
            told_facts=tuple(fact.key for fact in here),
        )


def _corrections(occasion: Occasion, told: Told, on: frozenset[str]) -> Iterator[Alert]:
    """A reader who was told nothing has nothing to be corrected; nor does a reworded sentence he never saw matter."""
    if CORRECTION not in on or occasion.correction is None or not told.reasons:
        return
    changes = tuple(
        change for change in occasion.correction.changes if change.changes_figure or change.before in told.fact_texts
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
