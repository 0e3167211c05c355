"""Disagreements: outlets that give different values for the same thing.

Only the last word of each outlet counts, and only values that cannot both be true: "at least 20" and 23 can, 19 and
"at least 20" cannot. An outlet that gives several values (of one town, of all) disagrees with another when none of
them fits. Which of two is right, or whether one is merely older, is not judged here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from worker.stages.facts import Fact, Figure, content_words
from worker.stages.facts.attendance import shown_name
from worker.stages.facts.counts import CASUALTIES
from worker.stages.text.fold import fold

SAME_SUBJECT_SHARE = (
    0.5  # of content words that two sentences share, for figures of things that may be different things
)

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s(?:the\s)?((?:[a-z]+\s){0,3}?[^\W\d_a-z][\w-]+(?:\s[^\W\d_a-z][\w-]+)*)"
)
_PLACE_PREFIX = 4  # letters by which Turkish and Turkey are one place
_NO_PLACE = frozenset(  # "in November" names no place
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday "
        "january february march april may june july august september october november december",
    )
)
_ABOUT = {
    "killed": "number killed",
    "injured": "number injured",
    "missing": "number missing",
    "arrested": "number arrested",
    "evacuated": "number evacuated",
    "rescued": "number rescued",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as an outlet's article states it."""

    article: int
    outlet: str
    published: datetime
    fact: Fact


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values given, the articles that give it, and the first one's sentence."""

    value: str
    articles: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`about` is for people ("number killed", "whether Witkoff attends"), `slot` for comparing."""

    about: str
    slot: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one outlet says last about one slot, in reading order."""

    outlet: str
    article: int
    published: datetime
    facts: tuple[tuple[Fact, Figure], ...]

    def contradicts(self, other: "_Voice") -> bool:
        """Whether something both speak of got different values, and no two of their values fit."""
        comparable = [
            (ours, theirs)
            for fact, ours in self.facts
            for their_fact, theirs in other.facts
            if _may_be_one(fact, their_fact)
        ]
        return bool(comparable) and not any(ours.agrees_with(theirs) for ours, theirs in comparable)


def find_disagreements(statements: Iterable[Statement]) -> tuple[Disagreement, ...]:
    """The disagreements among the statements of one story, in order of their slots' first mention."""
    by_slot: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (s.published, s.article, s.fact.start)):
        if statement.fact.figure is not None:
            by_slot.setdefault(statement.fact.figure.slot, []).append(statement)
    found = (_disagreement(slot, _voices(group)) for slot, group in by_slot.items())
    return tuple(disagreement for disagreement in found if disagreement is not None)


def _voices(group: Sequence[Statement]) -> tuple[_Voice, ...]:
    """Each outlet's last article on a slot. `group` is in order of publication."""
    last: dict[str, list[Statement]] = {}
    for statement in group:
        said = last.setdefault(statement.outlet, [])
        if said and said[-1].article != statement.article:
            said.clear()
        said.append(statement)
    return tuple(
        _Voice(
            outlet, said[0].article, said[0].published, tuple((s.fact, s.fact.figure) for s in said if s.fact.figure)
        )
        for outlet, said in last.items()
    )


def _disagreement(slot: str, voices: Sequence[_Voice]) -> Disagreement | None:
    at_odds: dict[str, _Voice] = {}
    for one, other in combinations(voices, 2):
        if one.contradicts(other):
            at_odds |= {one.outlet: one, other.outlet: other}
    if not at_odds:
        return None
    ordered = sorted(at_odds.values(), key=lambda voice: (voice.published, voice.article))
    return Disagreement(_about(slot, ordered), slot, _values(ordered))


def _values(voices: Sequence[_Voice]) -> tuple[Value, ...]:
    """The values given, the earliest first; an outlet with several stands under its first."""
    by_value: dict[str, list[_Voice]] = {}
    for voice in voices:
        by_value.setdefault(voice.facts[0][1].shown, []).append(voice)
    return tuple(
        Value(shown, tuple(voice.article for voice in group), group[0].facts[0][0].text)
        for shown, group in by_value.items()
    )


def _may_be_one(fact: Fact, other: Fact) -> bool:
    """Whether two facts of one slot can be about one thing: not when they name different places.

    Casualties of a story are taken to be of its event. Sums, shares and counted things can be of anything, so their
    sentences have to share most of their words.
    """
    if fact.slot in CASUALTIES:
        places, others = _places(fact.text), _places(other.text)
        return not places or not others or not places.isdisjoint(others)
    if fact.figure is not None and fact.figure.is_attendance:
        return True
    words, their_words = content_words(fact.text), content_words(other.text)
    return len(words & their_words) >= SAME_SUBJECT_SHARE * min(len(words), len(their_words))


def _places(sentence: str) -> frozenset[str]:
    """The first letters of the names that stand after "in", "at", "near": the Turkish city of Izmir, Turkey."""
    names = (word for found in _PLACE.finditer(sentence) for word in re.findall(r"[^\W\d_a-z][\w-]+", found[1]))
    return frozenset(fold(name)[:_PLACE_PREFIX] for name in names if fold(name) not in _NO_PLACE)


def _about(slot: str, voices: Sequence[_Voice]) -> str:
    kind, _, rest = slot.partition(":")
    if kind == "attendance":
        return f"whether {shown_name(rest, (fact.text for voice in voices for fact, _ in voice.facts))} attends"
    if kind == "money":
        return f"sum: {rest.partition(':')[2]}"
    if kind == "percent":
        return f"share: {rest}"
    return _ABOUT.get(slot, f"number of {rest}")
