"""Whether two statements are about one thing, and whether both can be true: the judgement behind `disagreement`.

Two figures under one slot need not be of one thing: 400 lorries wait here and 60 at another crossing, the union wants 7
percent and the city offers 3, 340 cases are suspected and 61 confirmed. So their sentences are compared, by the words
they share in whatever language, and by what sets them apart. Days, places and yes or no have their own judges.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from worker.stages.facts import Fact, dates, decisions, whereabouts
from worker.stages.facts.attendance import shown_name
from worker.stages.facts.counted import KNOWN_NOUNS, NOUNS, OF_KIND, SUBJECTS
from worker.stages.facts.counts import CASUALTIES, said_in
from worker.stages.facts.places import names_in, places_in
from worker.stages.facts.statements import gist
from worker.stages.facts.units import KINDS, SPAN, shown_measure

ATTENDANCE = "attendance"
SAME_SUBJECT_SHARE = 0.5  # of their content words, for two sentences with figures of what may be different things
SAME_WHERE_KNOWN = 0.6  # where one of them says what the figure is of
FEW_TERMS = 5  # of a sentence: one shared term is much of it
MEASURED_WITHIN = 0.05  # how far apart the same length may be in two units, each rounded
ROUNDED_WITHIN = 0.05  # the most that rounding takes off a large number
LEAST_ROUNDED = 1_000
HALF_A_POINT = 0.5  # of percent
_KNOWN = KNOWN_NOUNS.union(*OF_KIND.values())

_PARTIAL = re.compile(
    r"\bpartial|\bpreliminary|\bprovisional|\bexit poll|\bprojection|\bearly (?:count|result|return)|\bso far\b"
    r"|\b(?:at|by) (?:noon|midday|\d\d?(?::\d\d)? ?[ap]\.?m)|\b(?:after|with) [^,.;]{0,40}\bcounted"
    r"|\bHochrechnung|\bvorläufig|\bTeilergebnis|\bprovisoire|\bpartiel"
    r"|\bprovisional|\bparcial|\bparzial|\bprovvisor|попередн|предварит|wstępn|voorlopig",
    re.IGNORECASE,
)
_SUSPECTED = re.compile(
    r"\b(?:suspected|probable) (?:\w+ )?(?:cases?|infections?|patients?)|\bVerdachtsf|\bcas suspects|\bcasos sospechos"
    r"|\bcasi sospett|\bcasos suspeit|şüpheli vaka|підозр|подозр|podejrz",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\blimit|\ballowed\b|\bpermitted\b|\berlaubt|\bzulässig|\bautorisée?|\bpermitid|\bconsentit|дозволен|разреш"
    r"|dozwolon|toegestaan",
    re.IGNORECASE,
)
_REGULAR = re.compile(
    r"\b(?:an?|each|every|per) (?:day|week|month|year)\b|\bpro (?:Tag|Woche|Jahr)|\bpar (?:jour|an)\b"
    r"|\b(?:al|por) (?:día|año|dia|ano)\b|\bal giorno\b|\ball[’']anno\b|\bна (?:день|рік)\b|\bв (?:день|год)\b",
    re.IGNORECASE,
)
_ALTOGETHER = re.compile(
    r"\b(?:employs?|owns?|is home to)\b|\b(?:has|have)\s(?:about\s|some\s|only\s)?\d", re.IGNORECASE
)
_MARKS = (_PARTIAL, _SUSPECTED, _LIMIT, _REGULAR, _ALTOGETHER)
_STANCES = (  # who wants is not who offers or agrees, and what rose is not what fell
    (frozenset(["demand"]), frozenset(["offer"]), frozenset(["sign"])),
    (frozenset(["rise"]), frozenset(["fall"])),
)
_OLD = re.compile(
    r"\b(?:old|existing|former|previous|other|alte[nrs]?|bisherige\w*|ancien\w*|viej[oa]|antigu[oa]|vecchi[oa])\s(\w+)"
)
_NEW = re.compile(r"\b(?:new|next|planned|neue[nrs]?|geplante\w*|nouve\w+|nuev[oa]|nuov[oa]|nov[oa])\s(\w+)")


class Judge(Protocol):
    """How one kind of slot is compared: by the part before the colon. See `dates`, `decisions`, `whereabouts`."""

    def may_be_one(self, fact: Fact, other: Fact, /) -> bool: ...
    def agree(self, fact: Fact, other: Fact, /) -> bool | None: ...
    def shown(self, fact: Fact, /) -> str: ...
    def about(self, facts: Iterable[Fact], /) -> str: ...


JUDGES: Mapping[str, Judge] = {"date": dates, "whether": decisions, "where": whereabouts}


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as an outlet's article states it."""

    article: int
    outlet: str
    published: datetime
    fact: Fact


@dataclass(slots=True)
class Surroundings:
    """What else the articles of a story say: which names stand in which of them. Read when first asked for."""

    statements: Sequence[Statement]
    _names: dict[int, frozenset[str]] = field(default_factory=dict)
    _texts: dict[int, set[str]] = field(default_factory=dict)
    _places: frozenset[str] | None = None

    def texts_of(self, article: int) -> set[str]:
        if not self._texts:
            texts = defaultdict(set)
            for statement in self.statements:
                texts[statement.article].add(statement.fact.text)
            self._texts.update(texts)
        return self._texts.get(article, set())

    def names_of(self, article: int) -> frozenset[str]:
        """The names in all that the article states."""
        if article not in self._names:
            self._names[article] = frozenset().union(*map(names_in, self.texts_of(article)))
        return self._names[article]

    @property
    def places(self) -> frozenset[str]:
        """All that is named as a place anywhere in the story."""
        if self._places is None:
            self._places = frozenset().union(*(places_in(statement.fact.text) for statement in self.statements))
        return self._places


def kind_of(slot: str) -> str:
    return slot.partition(":")[0]


def is_told(fact: Fact) -> bool:
    """Whether a fact has a value that can be compared."""
    return fact.slot is not None and (fact.value is not None or bool(fact.said))


def agree(fact: Fact, other: Fact) -> bool | None:
    """Whether both can be true, given that they are about one thing; None: they cannot be compared."""
    kind = kind_of(fact.slot or "")
    if judge := JUDGES.get(kind):
        return judge.agree(fact, other)
    one, another = fact.figure, other.figure
    if one is None or another is None:
        return None
    if one.agrees_with(another) or kind == ATTENDANCE:
        return one.agrees_with(another)
    if _is_feared(fact, other) or _is_feared(other, fact):
        return True
    (least, most), (other_least, other_most) = one.bounds, another.bounds
    gap = max(least, other_least) - min(most, other_most)
    return gap <= max(_reach(kind, one.value), _reach(kind, another.value))


def _is_feared(fact: Fact, other: Fact) -> bool:
    """Whether one is only feared or estimated, and more than is known."""
    return fact.hedged and not other.hedged and (fact.value or 0) > (other.value or 0)


def _reach(kind: str, value: float) -> float:
    """How far from a number another may be that is the same: rounded, or in another unit."""
    if kind in KINDS and kind != SPAN:
        return abs(value) * MEASURED_WITHIN
    if kind == "percent":
        return HALF_A_POINT if value == int(value) else 0.0
    if abs(value) < LEAST_ROUNDED or value != int(value):
        return abs(value) * ROUNDED_WITHIN if kind == "money" and value != int(value) else 0.0
    digits = f"{value:.0f}"
    unit = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return min(unit / 2, abs(value) * ROUNDED_WITHIN) if unit > 1 else 0.0


def may_be_one(one: Statement, other: Statement, around: Surroundings) -> bool:
    """Whether two statements of one slot can be about one thing."""
    fact, other_fact = one.fact, other.fact
    kind = kind_of(fact.slot or "")
    if judge := JUDGES.get(kind):
        return judge.may_be_one(fact, other_fact)
    if fact.slot == other_fact.slot and (kind == ATTENDANCE or kind in CASUALTIES):
        return kind == ATTENDANCE or not _are_elsewhere(one, other, around)
    if not _share_subject(fact, other_fact) or _are_set_apart(fact.text, other_fact.text):
        return False
    return not _are_elsewhere(one, other, around)


def dimension_of(slot: str) -> str:
    """What figures can be compared at all: sums in one currency, shares, lengths; else what is counted.

    Casualties of a story are taken to be of its event. Other figures can be of anything: see `may_be_one`.
    """
    kind = kind_of(slot)
    if kind == "money":
        return ":".join(slot.split(":")[:2])
    return kind if kind in JUDGES or kind in KINDS or kind == "percent" else slot


def _share_subject(fact: Fact, other: Fact) -> bool:
    """Whether two sentences with figures of one dimension say enough of the same: the more, the less is known of what
    the figures are of.
    """
    slot, other_slot = fact.slot or "", other.slot or ""
    of, other_of = slot.rpartition(":")[2], other_slot.rpartition(":")[2]
    are_known = of in _KNOWN, other_of in _KNOWN
    if dimension_of(slot) != dimension_of(other_slot) or (all(are_known) and of != other_of):
        return False
    ours, theirs = gist(fact.text), gist(other.text)
    shared = [term for term in ours.terms & theirs.terms if not _is_head(term, of)]
    least = min(len(ours.terms), len(theirs.terms))
    if kind_of(slot) == SPAN and ours.names and theirs.names and ours.names.isdisjoint(theirs.names):
        return len(shared) > 1
    if of == other_of and are_known[0]:
        return bool(shared)
    if of == other_of:
        return len(shared) > 1 or (bool(shared) and least <= FEW_TERMS)
    if kind_of(slot) == "percent":  # of these a report has many: of each candidate, of each month
        return False
    if any(are_known):
        return len(shared) >= SAME_WHERE_KNOWN * least
    has_name = any(term in ours.names or term in theirs.names for term in shared)
    return len(shared) >= SAME_SUBJECT_SHARE * least or (has_name and len(shared) > 1)


def _is_head(term: str, of: str) -> bool:
    return of in (term, NOUNS[term], SUBJECTS[term])


@lru_cache(maxsize=8192)
def _are_set_apart(text: str, other: str) -> bool:
    """Whether one counts in part, on suspicion, by the day, and the other not, or one wants what the other offers."""
    for marked in _MARKS:
        if (marked.search(text) is None) != (marked.search(other) is None):
            return True
    ours, theirs = gist(text).terms, gist(other).terms
    return any(_are_opposed(ours, theirs, stances) for stances in _STANCES) or _is_of_old(text, other)


def _are_opposed(ours: frozenset[str], theirs: frozenset[str], stances: Sequence[frozenset[str]]) -> bool:
    """Whether each takes one of the stances, and none both take."""
    taken = [stance for stance in stances if ours & stance]
    others = [stance for stance in stances if theirs & stance]
    return bool(taken) and bool(others) and not any(stance in others for stance in taken)


def _is_of_old(text: str, other: str) -> bool:
    """Whether one speaks of the old one and the other of the new one: of the old stadium and the new stadium."""
    old, new = set(_OLD.findall(text)), set(_NEW.findall(text))
    others_old, others_new = set(_OLD.findall(other)), set(_NEW.findall(other))
    return bool((old - others_old) & others_new or (others_old - old) & new)


def _are_elsewhere(one: Statement, other: Statement, around: Surroundings) -> bool:
    """Whether they name different places, or one names a place beside that of the story."""
    places, others = places_in(one.fact.text), places_in(other.fact.text)
    if not (places or others) or not places.isdisjoint(others):
        return False
    if places and others:
        are_known = others <= around.names_of(one.article) and places <= around.names_of(other.article)
        return not are_known
    return _is_beside(one, other, around) if places else _is_beside(other, one, around)


def _is_beside(one: Statement, other: Statement, around: Surroundings) -> bool:
    """Whether a sentence turns to a place that the other's article does not know, from one that both know."""
    places, known = places_in(one.fact.text), around.names_of(other.article)
    if not places.isdisjoint(known):
        return False
    both = (around.names_of(one.article) - places) & known
    return not both.isdisjoint(around.places)


# For people


def shown(fact: Fact) -> str:
    """The value as people read it: "at least 20", "six years", "12 May"."""
    kind = kind_of(fact.slot or "")
    if judge := JUDGES.get(kind):
        return judge.shown(fact)
    if kind in KINDS and fact.value is not None:
        amount = fact.said or said_in(fact.text, fact.slot or "", fact.value) or shown_measure(kind, fact.value)
        return amount if fact.qualifier == "exactly" else f"{fact.qualifier} {amount}"
    return fact.figure.shown if fact.figure else fact.said


_ABOUT = {
    **{slot: f"number {slot}" for slot in CASUALTIES},
    "span:prison": "length of the sentence",
    "span:out": "how long somebody is out",
    "span:lasted": "how long it lasted",
}


def about(slot: str, facts: Sequence[Fact]) -> str:
    """What the values are of, for people: "number killed", "whether Witkoff attends", "damage"."""
    kind, _, rest = slot.partition(":")
    if judge := JUDGES.get(kind):
        return judge.about(facts)
    if kind == ATTENDANCE:
        return f"whether {shown_name(rest, (fact.text for fact in facts))} attends"
    if slot in _ABOUT:
        return _ABOUT[slot]
    if kind == "money":
        return f"sum: {rest.partition(':')[2]}"
    if kind == "percent":
        return f"share: {rest}"
    if kind == SPAN:
        return f"how long: {rest}"
    return f"{kind}: {rest}" if kind in KINDS else f"number of {rest}"
