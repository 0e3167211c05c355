"""Disagreements: outlets that give different values for the same thing.

Only the last word of each outlet counts, and only values that cannot both be true: "at least 20" and 23 can, 19 and
"at least 20" cannot. An outlet that gives several values (of one town, of all) disagrees with another when none of
them fits. A toll rises: a higher one that comes hours later, or says that it was raised, is news and no contradiction.
Which of two is right is not judged here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from worker.stages.facts import TITLE, Fact, Figure, content_words
from worker.stages.facts.attendance import shown_name
from worker.stages.facts.counts import CASUALTIES, says_it_rose
from worker.stages.facts.places import are_elsewhere

SAME_SUBJECT_SHARE = 0.5  # of their content words, for two sentences with figures of what may be different things
UPDATED_AFTER = timedelta(hours=6)  # within it a higher toll may be another's; later it is most likely the newer one

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
        if not comparable or any(ours.agrees_with(theirs) for ours, theirs in comparable):
            return False
        earlier, later = sorted((self, other), key=lambda voice: voice.published)
        return not later.updates(earlier)

    def updates(self, earlier: "_Voice") -> bool:
        """Whether this is a toll that rose since, not another opinion of the same one."""
        if self.facts[0][0].slot not in CASUALTIES or self.highest <= earlier.highest:
            return False
        return self.published - earlier.published >= UPDATED_AFTER

    @property
    def highest(self) -> float:
        return max(figure.value for _, figure in self.facts)


def find_disagreements(statements: Iterable[Statement]) -> tuple[Disagreement, ...]:
    """The disagreements among the statements of one story, in order of their slots' first mention."""
    by_slot: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=_place):
        if statement.fact.figure is not None:
            by_slot.setdefault(statement.fact.figure.slot, []).append(statement)
    found = (_disagreement(slot, _voices(_in_force(group))) for slot, group in by_slot.items())
    return tuple(disagreement for disagreement in found if disagreement is not None)


def _place(statement: Statement) -> tuple[datetime, int, bool, int]:
    """In order of publication and reading, titles last: a sentence says it in full."""
    return statement.published, statement.article, statement.fact.start == TITLE, statement.fact.start


def _in_force(group: Sequence[Statement]) -> Sequence[Statement]:
    """Without the tolls that somebody raised since: "the number was raised to 17" brings all before it up to date."""
    if group[0].fact.slot not in CASUALTIES:
        return group
    raised = [s for s in group if says_it_rose(s.fact.text)]
    return [s for s in group if not any(r.published > s.published and _is_more(r.fact, s.fact) for r in raised)]


def _is_more(fact: Fact, other: Fact) -> bool:
    return (fact.value or 0) > (other.value or 0) and _may_be_one(fact, other)


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
        return not are_elsewhere(fact.text, other.text)
    if fact.figure is not None and fact.figure.is_attendance:
        return True
    words, their_words = content_words(fact.text), content_words(other.text)
    return len(words & their_words) >= SAME_SUBJECT_SHARE * min(len(words), len(their_words))


def _about(slot: str, voices: Sequence[_Voice]) -> str:
    kind, _, rest = slot.partition(":")
    if kind == "attendance":
        return f"whether {shown_name(rest, (fact.text for voice in voices for fact, _ in voice.facts))} attends"
    if kind == "money":
        return f"sum: {rest.partition(':')[2]}"
    if kind == "percent":
        return f"share: {rest}"
    return _ABOUT.get(slot, f"number of {rest}")
