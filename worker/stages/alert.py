"""Alerts: whether an article's news about a story is worth telling a topic's readers, and as what.

A decision, not a sending: it is given what the topic was told before and gives back alerts with keys that are the same
on every replay. The reasons, and what makes each unique:

    first         the topic's first match of the story                     once for topic and story
    new-fact      sentences that are new and worth it by themselves        for each revision of an article
    revival       the same, after the story was quiet for long             for each revision of an article
    disagreement  outlets differ on something, not told yet                for each thing they differ on
    settled       they differ no more on what was told to be in dispute    for each thing they differed on
    correction    a figure, or what was told, was changed or withdrawn     for each revision, or later report
    new-origin    another outlet says the same, and nothing new            for each outlet
    quiet-source  a source brings nothing any more: see `coverage`, not decided here

An article is told as first or with its news, never both; what it says of a disagreement, a settlement or a correction
is told together with the rest of its news, in one alert. A copy can be the first, and nothing else: it says what its
origin said. What is new and wakes nobody is not lost: the next alert carries it (see `carrying`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from worker.stages.facts import TITLE, Fact
from worker.stages.facts.attendance import is_named, shown_name
from worker.stages.facts.correction import Correction
from worker.stages.facts.disagreement import SETTLED as IS_SETTLED
from worker.stages.facts.disagreement import Disagreement
from worker.stages.facts.novelty import Known, known
from worker.stages.facts.opening import lead_sentence
from worker.stages.facts.statements import gist
from worker.stages.facts.worth import TELLS, WAKES, News, find_news

FIRST, NEW_FACT, DISAGREEMENT, CORRECTION = "first", "new-fact", "disagreement", "correction"
SETTLED, NEW_ORIGIN, REVIVAL, QUIET_SOURCE = "settled", "new-origin", "revival", "quiet-source"
REASONS = (FIRST, NEW_FACT, DISAGREEMENT, SETTLED, CORRECTION, NEW_ORIGIN, REVIVAL, QUIET_SOURCE)
USUAL_REASONS = tuple(reason for reason in REASONS if reason != NEW_ORIGIN)

MAX_SENTENCES = 5
FACTS_IN_FIRST = 4
QUIET = timedelta(days=7)  # after which the next article with news revives a story
MAX_PASSED = 8  # earlier articles looked through for what was not told yet, the latest
MAX_CARRIED = 3  # of their sentences
CONFIRMED = 0.6  # of what a sentence says in one told sentence, for an outlet that says the same


@dataclass(frozen=True, slots=True)
class Told:
    """What a topic was told about a story so far.

    `fact_texts` are the sentences shown, `stated` those of all facts that count as told, shown or not. `outlets`: whose
    articles told it.
    """

    reasons: frozenset[str] = frozenset()
    fact_keys: frozenset[str] = frozenset()
    fact_texts: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    disagreement_slots: frozenset[str] = frozenset()
    settled_slots: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Occasion:
    """An article that matched a topic, as part of a story. `disagreements` are the story's, this article included.

    `quiet`: how long the story had been without an article before this one; None: it has no other.
    """

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
    outlet: str = ""
    quiet: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell. `new` are sentences, the most telling first; `told_facts` the keys told with it."""

    key: str
    reason: str
    new: tuple[str, ...]
    disagreements: tuple[Disagreement, ...] = ()
    correction: Correction | None = None
    told_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """An earlier article of the story that matched the topic and raised no alert. No copy."""

    article: int
    outlet: str
    title: str
    facts: tuple[Fact, ...]


def decide(occasion: Occasion, told: Told, on: frozenset[str]) -> tuple[Alert, ...]:
    """The alerts an occasion gives rise to, for a topic that wants the reasons in `on`."""
    index = known(told.fact_keys, (*told.stated, *told.fact_texts))
    is_first = FIRST in on and FIRST not in told.reasons
    if occasion.is_copy and not is_first:
        return ()
    news = _worth_telling(occasion, index)
    opening = [_first(occasion, news)] if is_first else []
    if occasion.is_copy:
        return tuple(opening)
    apart = [*_settled(occasion, told, on), *_disagreements(occasion, told, on)]
    if not (apart and occasion.correction and occasion.correction.is_of_report):  # then they tell of it
        apart = [*_corrections(occasion, told, on), *apart]
    if not opening and apart and NEW_FACT in on:
        apart[0] = _with_news(apart[0], occasion, news, apart)
    if opening or apart:
        return (*opening, *apart)
    return tuple(_news(occasion, told, news, on)) or tuple(_new_origin(occasion, told, index, on))


def carrying(alerts: Sequence[Alert], passed: Iterable[Passed], told: Told) -> tuple[Alert, ...]:
    """The same alerts; the first also tells, by outlet, what was worth telling in earlier articles and woke nobody.

    `passed` in the order in which they were read. What these alerts tell themselves is not told twice.
    """
    if not alerts:
        return ()
    keys = told.fact_keys.union(*(alert.told_facts for alert in alerts))
    texts = (*told.stated, *told.fact_texts, *(text for alert in alerts for text in alert.new))
    carried: list[tuple[Passed, News]] = []
    for one in passed:
        for news in find_news(one.facts, one.title, known(keys, texts)):
            if news.probability >= TELLS and not _says_one_of(news, carried):
                carried.append((one, news))
    best = sorted(carried, key=lambda found: -found[1].probability)[:MAX_CARRIED]
    also = [f"{one.outlet}: {news.fact.text}" for one, news in best]
    first = replace(
        alerts[0],
        new=(*alerts[0].new, *also),
        told_facts=(*alerts[0].told_facts, *_keys(news for _, news in best)),
    )
    return (first, *alerts[1:])


def _says_one_of(news: News, others: Iterable[tuple[Passed, News]]) -> bool:
    """Whether one of these sentences says as much."""
    texts = tuple(other.fact.text for _, other in others)
    return bool(texts) and known(frozenset(), texts).coverage(gist(news.fact.text)).nearest >= CONFIRMED


def _worth_telling(occasion: Occasion, index: Known) -> Sequence[News]:
    """The sentences worth telling, the best first."""
    return [news for news in find_news(occasion.facts, occasion.title, index) if news.probability >= TELLS]


def _first(occasion: Occasion, news: Sequence[News]) -> Alert:
    """The first word on a story. Its reader is led to the article, so all it states counts as told."""
    lead = lead_sentence(occasion.title, occasion.text)
    others = [text for text in _texts(occasion, news) if text != lead]
    return Alert(
        key=_key(occasion, FIRST),
        reason=FIRST,
        new=_sentences([lead, *others[:FACTS_IN_FIRST]]),
        told_facts=tuple(fact.key for fact in occasion.facts),
    )


def _news(occasion: Occasion, told: Told, news: Sequence[News], on: frozenset[str]) -> Iterator[Alert]:
    """At most one: what is new, when the best of it wakes; after a long quiet all that is worth telling does."""
    is_revival = REVIVAL in on and bool(told.reasons) and occasion.quiet is not None and occasion.quiet >= QUIET
    reason = REVIVAL if is_revival else NEW_FACT
    if reason in on and news and (is_revival or news[0].probability >= WAKES):
        yield Alert(
            key=_key(occasion, reason, occasion.article, occasion.revision),
            reason=reason,
            new=_sentences(_texts(occasion, news)),
            told_facts=_keys(news),
        )


def _with_news(alert: Alert, occasion: Occasion, news: Sequence[News], apart: Sequence[Alert]) -> Alert:
    """An alert with the rest of its article's news: a reader is woken once for it."""
    said = {key for each in apart for key in each.told_facts} | set(alert.told_facts)
    rest = [one for one in news if said.isdisjoint(_keys([one]))]
    new = _sentences([*alert.new, *_texts(occasion, rest)])
    return replace(alert, new=new, told_facts=(*alert.told_facts, *_keys(rest)))


def _keys(news: Iterable[News]) -> tuple[str, ...]:
    return tuple(fact.key for one in news for fact in one.facts)


def _texts(occasion: Occasion, news: Iterable[News]) -> list[str]:
    """The sentences, the best first."""
    return _distinct(_by_itself(one.facts, occasion) for one in news)


def _by_itself(facts: Iterable[Fact], occasion: Occasion) -> str:
    """The sentence so that it can be read alone: of whom "he was not expected" speaks."""
    text = ""
    for fact in facts:
        text = text or fact.text
        kind, _, who = (fact.slot or "").partition(":")
        if kind == "attendance" and not is_named(who, fact.text):
            return f"{shown_name(who, [occasion.title, occasion.text])}: {fact.text}"
    return text


def _disagreements(occasion: Occasion, told: Told, on: frozenset[str]) -> Iterator[Alert]:
    """Each once, while it lasts: not again when its values move on."""
    if DISAGREEMENT not in on:
        return
    for disagreement in occasion.disagreements:
        if slots_of(disagreement).isdisjoint(told.disagreement_slots) and disagreement.status != IS_SETTLED:
            yield _of_slot(occasion, DISAGREEMENT, disagreement)


def _settled(occasion: Occasion, told: Told, on: frozenset[str]) -> Iterator[Alert]:
    """What was told to be in dispute and is no more."""
    if SETTLED not in on:
        return
    for disagreement in occasion.disagreements:
        slots = slots_of(disagreement)
        was_told = not slots.isdisjoint(told.disagreement_slots) and slots.isdisjoint(told.settled_slots)
        if was_told and disagreement.status == IS_SETTLED:
            yield _of_slot(occasion, SETTLED, disagreement)


def slots_of(disagreement: Disagreement) -> frozenset[str]:
    """All slots under which it is told of: days, places and sums may have another in each report."""
    return disagreement.slots | {disagreement.slot}


def _of_slot(occasion: Occasion, reason: str, disagreement: Disagreement) -> Alert:
    """An alert about one thing: first what the article itself says of it."""
    slots = slots_of(disagreement)
    here = [fact for fact in occasion.facts if fact.slot in slots]
    in_text = [fact for fact in here if fact.start != TITLE] or here
    return Alert(
        key=_key(occasion, reason, disagreement.slot),
        reason=reason,
        new=_sentences(_distinct(_by_itself([fact], occasion) for fact in in_text)),
        disagreements=(disagreement,),
        told_facts=_of_sentences(occasion, in_text),
    )


def _of_sentences(occasion: Occasion, facts: Iterable[Fact]) -> tuple[str, ...]:
    """The keys of all facts in the sentences of some: who is shown a sentence is told all it says."""
    texts = {fact.text for fact in facts}
    return tuple(fact.key for fact in occasion.facts if fact.text in texts)


def _corrections(occasion: Occasion, told: Told, on: frozenset[str]) -> Iterator[Alert]:
    """A reader who was told nothing has nothing to be corrected; nor does a reworded sentence he never saw matter,
    nor what another report of the outlet says instead of what he was not told.
    """
    if CORRECTION not in on or occasion.correction is None or not told.reasons:
        return
    changes = tuple(
        change
        for change in occasion.correction.changes
        if _was_told(change.before, told) or (change.changes_figure and not occasion.correction.is_of_report)
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


def _was_told(sentence: str, told: Told) -> bool:
    return sentence in told.stated or any(text.endswith(sentence) for text in told.fact_texts)


def _new_origin(occasion: Occasion, told: Told, index: Known, on: frozenset[str]) -> Iterator[Alert]:
    """An outlet that was not heard yet says by itself what readers know, and nothing else."""
    if NEW_ORIGIN not in on or not told.reasons or not occasion.outlet or occasion.outlet in told.outlets:
        return
    confirmed = [fact for fact in occasion.facts if fact.start != TITLE and index.says_as_much(fact, CONFIRMED)]
    if confirmed:
        yield Alert(
            key=_key(occasion, NEW_ORIGIN, occasion.outlet),
            reason=NEW_ORIGIN,
            new=_sentences(_distinct(fact.text for fact in confirmed)),
            told_facts=tuple(fact.key for fact in confirmed),
        )


def _key(occasion: Occasion, reason: str, *parts: object) -> str:
    """The digest by which an alert is known for ever, whatever is run again."""
    named = json.dumps([occasion.topic, occasion.story, reason, *parts], ensure_ascii=False)
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


def _sentences(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_distinct(text for text in texts if text)[:MAX_SENTENCES])


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
