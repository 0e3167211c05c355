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
from worker.stages.facts.concepts import EVENTS
from worker.stages.facts.counted import KNOWN_NOUNS, NOUNS, OF_KIND, PERSONS, SUBJECTS
from worker.stages.facts.counts import CASUALTIES, said_in
from worker.stages.facts.places import names_in, places_in
from worker.stages.facts.statements import Gist, gist
from worker.stages.facts.tallies import CLOCK, TALLY, are_one_time, shown_tally
from worker.stages.facts.units import KINDS, SPAN, shown_measure

ATTENDANCE = "attendance"
_PERSONS = "count:persons"  # pupils are children, victims and people
SAME_SUBJECT_SHARE = 0.5  # of their content words, for two sentences with figures of what may be different things
SAME_WHERE_KNOWN = 0.6  # where one of them says what the figure is of
FEW_TERMS = 5  # of a sentence: one shared term is much of it
MEASURED_WITHIN = 0.05  # how far apart the same length may be in two units, each rounded
ROUNDED_WITHIN = 0.05  # the most that rounding takes off a large number
LEAST_ROUNDED = 1_000
HALF_A_POINT = 0.5  # of percent
MOST_APART = 8.0  # times: of one thing nobody is so far wrong; tolls are told apart otherwise
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
# What a story has one of, so that two short sentences that say no more are of the same.
_ONE_IN_A_STORY = frozenset(
    ["prison", "ban", "lasted", "agreement", "truce", "closed", "ransom", "fine", "bribes", "loot", "hostages", "depth"]
)
_SUMS = OF_KIND["money"]
_OF_ANY_SUM = frozenset(["cost", "value", "raise", "investment"])  # a price under another name
_REMAINING = re.compile(  # some of those that were counted before
    r"\b(?:still|remain\w*|other|rest of|left behind|noch|weiter\w*|übrig\w*|encore|toujours|rest(?:e|ent|ant\w*)"
    r"|autres"
    r"|todavía|aún|siguen|restantes|otr[oa]s|ancora|restano|altr[ei]|ainda|restam|outr[oa]s|hâlâ|halen|kalan|diğer"
    r"|досі|ще|решта|інші\w*|залиша\w+|ещё|остальн\w+|оста\w+|jeszcze|pozostał\w+|inn[eiy]\w*"
    r"|nog|overige|andere)\b",
    re.IGNORECASE,
)
_MARKS = (_PARTIAL, _SUSPECTED, _LIMIT, _REGULAR, _ALTOGETHER)
# A sentence that gives one figure and takes another back: "1.8 billion, and not 1.3", "he had spoken of four".
_TAKES_BACK = re.compile(
    r"\b(?:not|rather than|instead of|first|initial(?:ly)?|earlier|previous(?:ly)?|original(?:ly)?"
    r"|had (?:said|spoken|put"
    r"|given|reported)|correct\w*|wrong\w*|nicht|statt|zunächst|anfangs|zuvor|korrigier\w*|berichtig\w*|ursprünglich"
    r"|(?:et )?non|pas|au lieu|d[’']abord|avai(?:t|ent)|rectifi\w*|corrig\w*|y no|en lugar|primero|inicial\w*|antes"
    r"|había\w*|invece|prima|aveva\w*|rettific\w*|não|em vez|değil|yerine|önce|düzelt\w*|а не|не|замість|раніше|спершу"
    r"|виправ\w*|вместо|ранее|сначала|исправ\w*|nie|zamiast|wcześniej|niet|in plaats|eerder|eerst)\b",
    re.IGNORECASE,
)
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


@lru_cache(maxsize=8192)
def kind_of(slot: str) -> str:
    return slot.partition(":")[0]


def is_told(fact: Fact) -> bool:
    """Whether a fact has a value that can be compared."""
    return fact.slot is not None and (fact.value is not None or bool(fact.said))


def agree(fact: Fact, other: Fact) -> bool | None:
    """Whether both can be true, given that they are about one thing; None: they cannot be compared."""
    if fact.key == other.key and fact.value is not None:
        return True
    kind = kind_of(fact.slot or "")
    if judge := JUDGES.get(kind):
        return judge.agree(fact, other)
    if kind in CASUALTIES and fact.qualifier == other.qualifier == "exactly" and _are_small(fact, other):
        return fact.value == other.value or _is_feared(fact, other) or _is_feared(other, fact)
    one, another = fact.figure, other.figure
    if one is None or another is None:
        return None
    if kind == CLOCK:
        return are_one_time(one.value, another.value)
    if one.agrees_with(another) or kind == ATTENDANCE:
        return one.agrees_with(another)
    if _is_feared(fact, other) or _is_feared(other, fact):
        return True
    (least, most), (other_least, other_most) = one.bounds, another.bounds
    gap = max(least, other_least) - min(most, other_most)
    return gap <= max(_reach(kind, one.value), _reach(kind, another.value))


def _are_small(fact: Fact, other: Fact) -> bool:
    """Whether neither is rounded: most tolls, of which a story has many."""
    return (fact.value or 0.0) < LEAST_ROUNDED and (other.value or 0.0) < LEAST_ROUNDED


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
    if kind in (TALLY, CLOCK):
        return fact.slot == other_fact.slot and not _are_elsewhere(one, other, around)
    if _takes_back(fact, other_fact) or _takes_back(other_fact, fact):
        return True
    if not _share_subject(fact, other_fact) or _are_set_apart(fact.text, other_fact.text):
        return False
    if kind == "count" and (_REMAINING.search(fact.text) is None) != (_REMAINING.search(other_fact.text) is None):
        return False
    return not _are_far_apart(fact, other_fact) and not _are_elsewhere(one, other, around)


def _takes_back(fact: Fact, other: Fact) -> bool:
    """Whether one says that its figure is so and the other's is not: no more can be wished for."""
    if fact.value == other.value or other.value is None or fact.text == other.text:
        return False
    if dimension_of(fact.slot or "") != dimension_of(other.slot or ""):
        return False
    figures = gist(fact.text).figures
    if len(figures) < 2 or not any(other.value in figure for figure in figures):
        return False
    return _TAKES_BACK.search(fact.text) is not None


def _are_far_apart(fact: Fact, other: Fact) -> bool:
    if kind_of(fact.slot or "") == SPAN:  # "the rest of the season" is longer than any
        return False
    least, most = sorted((abs(fact.value or 0.0), abs(other.value or 0.0)))
    return least > 0 and most > MOST_APART * least


@lru_cache(maxsize=8192)
def dimension_of(slot: str) -> str:
    """What figures can be compared at all: sums in one currency, shares, lengths; else what is counted.

    Casualties of a story are taken to be of its event. Other figures can be of anything: see `may_be_one`.
    """
    kind = kind_of(slot)
    if kind == "money":
        return ":".join(slot.split(":")[:2])
    if kind == "count" and slot.partition(":")[2] in PERSONS:
        return _PERSONS
    return kind if kind in JUDGES or kind in KINDS or kind == "percent" else slot


def _share_subject(fact: Fact, other: Fact) -> bool:
    """Whether two sentences with figures of one dimension say enough of the same: the more, the less is known of what
    the figures are of.
    """
    slot, other_slot = fact.slot or "", other.slot or ""
    of, other_of = slot.rpartition(":")[2], other_slot.rpartition(":")[2]
    are_known = of in _KNOWN, other_of in _KNOWN
    dimension = dimension_of(slot)
    if dimension != dimension_of(other_slot) or (all(are_known) and of != other_of and dimension != _PERSONS):
        return False
    ours, theirs = gist(fact.text), gist(other.text)
    shared = [term for term in ours.terms & theirs.terms if not _is_head(term, of)]
    if dimension == _PERSONS and of != other_of:
        return len(shared) > 1 and not EVENTS.isdisjoint(shared)
    least = min(len(ours.terms), len(theirs.terms))
    if kind_of(slot) == SPAN and ours.names and theirs.names and ours.names.isdisjoint(theirs.names):
        return len(shared) > 1
    if of == other_of and are_known[0]:
        return bool(shared) or (of in _ONE_IN_A_STORY and least <= FEW_TERMS and not _name_others(ours, theirs))
    if kind_of(slot) == "money" and {of, other_of} & _OF_ANY_SUM and (of in _SUMS or other_of in _SUMS):
        return len(shared) > 1 or (bool(shared) and least <= FEW_TERMS)
    if of == other_of:
        # A sum beside a name alone may be its offer, its debts or its price.
        return len(shared) > 1 or (bool(shared) and least <= FEW_TERMS and kind_of(slot) != "money")
    if kind_of(slot) == "percent":  # of these a report has many: of each candidate, of each month
        return False
    if any(are_known):
        return len(shared) >= SAME_WHERE_KNOWN * least
    has_name = any(term in ours.names or term in theirs.names for term in shared)
    return len(shared) >= SAME_SUBJECT_SHARE * least or (has_name and len(shared) > 1)


def _name_others(ours: Gist, theirs: Gist) -> bool:
    return bool(ours.names) and bool(theirs.names) and ours.names.isdisjoint(theirs.names)


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
    if kind in (TALLY, CLOCK) and fact.value is not None:
        return shown_tally(kind, fact.value)
    if kind in KINDS and fact.value is not None:
        amount = fact.said or said_in(fact.text, fact.slot or "", fact.value) or shown_measure(kind, fact.value)
        return amount if fact.qualifier == "exactly" else f"{fact.qualifier} {amount}"
    return fact.figure.shown if fact.figure else fact.said


_ABOUT = {
    **{slot: f"number {slot}" for slot in CASUALTIES},
    "span:prison": "length of the sentence",
    "span:out": "how long somebody is out",
    "span:lasted": "how long it lasted",
    "tally:vote": "how the vote ended",
    "tally:score": "the score",
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
    if kind == CLOCK:
        return f"time of day: {rest}"
    if kind == SPAN:
        return f"how long: {rest}"
    if kind in KINDS:
        return kind if rest == kind else f"{kind}: {rest}"
    return f"number of {rest}"
