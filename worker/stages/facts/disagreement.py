"""Disagreements: outlets that give different values for the same thing, and what becomes of it.

Only the last word of each outlet counts, and only values that cannot both be true: "at least 20" and 23 can, 19 and
"at least 20" cannot (see `alignment`). An outlet that gives several values (of one town, of all) disagrees with another
when none of them fits. A toll rises: a higher one that comes hours later, or says that it was raised, is news and no
contradiction. A disagreement stays one when it is over; then it says which value stands (see `settlement`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, pairwise

from worker.stages.facts import TITLE
from worker.stages.facts.alignment import (
    ATTENDANCE,
    Statement,
    Surroundings,
    about,
    agree,
    dimension_of,
    is_told,
    kind_of,
    may_be_one,
    shown,
)
from worker.stages.facts.counts import CASUALTIES, says_it_rose
from worker.stages.facts.decisions import STATE_HOLDS, YES, general_event
from worker.stages.facts.places import places_in
from worker.stages.facts.settlement import MOVING, OPEN, SETTLED, settling
from worker.stages.facts.statements import gist

__all__ = ["MOVING", "OPEN", "SETTLED", "Disagreement", "Statement", "Value", "find_disagreements"]

UPDATED_AFTER = timedelta(hours=6)  # within it a higher toll may be another's; later it is most likely the newer one
_STATES = frozenset(["whether"])
_CHANGING = frozenset(  # what is so today and may not be tomorrow
    [
        *("open", "arrest", "dead", "evacuated", "safe", "recalled", "sacked", "banned", "candidate", "approve"),
        *("agreed", "sign", "sold", "resign", "cancelled", "appeal", "extradited", "guilty"),
    ]
)
_EVER = re.compile(
    r"\b(?:never|den(?:y|ied|ies)|at no time|nie(?:mals)?|bestr\w+|jamais|démen\w+|nunca|jamás|desm\w+|niega|mai"
    r"|smenti\w+"
    r"|ніколи|запереч\w+|никогда|отриц\w+|nigdy|nooit|ontken\w+|yalanla\w+|hiç)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(  # what was so before is so no more
    r"\b(?:again|re-?open\w*|resum\w+|restor\w+|lifted|no longer|wieder\w*|rouv\w+|de nuevo|reabr\w+|di nuovo|riap\w+"
    r"|yeniden|знову|снова|вновь|ponownie|weer|heropen\w*)\b",
    re.IGNORECASE,
)
_SOURCES = re.compile(  # who counts
    r"\b(?:said|says|counted|count|put|puts|spoke of|speaks of|according to|reported|estimated?|claim(?:s|ed)?"
    r"|by that of|zähl\w+|sprach\w*|laut|selon|según|secondo|segundo|göre|за даними|по данным|według|volgens)\b",
    re.IGNORECASE,
)
# Where a sentence does one of these, it does not say that anything is so.
_TURNS = frozenset(["deny", "reject", "demand", "plan", "offer", "warn", "promis", "expect"])
_MOST_DENIED = 8  # events that did not happen, the latest, for which a sentence is sought that says they did
_SAME_DAYS = timedelta(hours=48)
_SIDES = 2  # statements that it takes to disagree
_COMPARED = 3  # statements of those that are about one thing with which another is compared
MAX_SEEDS = 8  # statements of the slots that are asked for, the latest
MAX_OF_A_SLOT = 120  # statements that are compared, the latest; one fact of a story is not told in more ways


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values given, the articles that give it, the first one's sentence, and since when it is given."""

    value: str
    articles: tuple[int, ...]
    sentence: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`about` is for people ("number killed", "whether Witkoff attends"), `slot` for comparing.

    `status` is "open", "moving" (a toll that is still counted) or "settled"; then `stands` is the value that is right,
    as it is shown, and `settled_by` the article that says so. `slots` are all under which it is told of: days, places
    and sums may have another in each report.
    """

    about: str
    slot: str
    values: tuple[Value, ...]
    status: str = OPEN
    stands: str = ""
    settled_by: int | None = None
    slots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Voice:
    """What one outlet says in one article about one slot, in reading order."""

    outlet: str
    article: int
    published: datetime
    statements: tuple[Statement, ...]

    @property
    def highest(self) -> float:
        return max(statement.fact.value or 0.0 for statement in self.statements)

    def updates(self, earlier: "Voice") -> bool:
        """Whether this is a toll that rose since, or a road that opened again, not another opinion of the same."""
        if self.published <= earlier.published:
            return False
        if kind_of(self.statements[0].fact.slot or "") in _STATES:
            if self.published - earlier.published > STATE_HOLDS and any(map(_may_change, self.statements)):
                return True
            return any(_CHANGED.search(each.fact.text) for each in self.statements)
        if not self.is_toll or self.highest <= earlier.highest:
            return False
        return self.published - earlier.published >= UPDATED_AFTER or (
            self.published > earlier.published and any(says_it_rose(each.fact.text) for each in self.statements)
        )

    def clashes(self, other: "Voice", around: Surroundings) -> tuple[Statement, Statement] | None:
        """What both speak of and got different values, when no two of their values fit."""
        if self.updates(other) or other.updates(self):
            return None
        ours: Sequence[Statement] = self.statements
        theirs: Sequence[Statement] = other.statements
        if self.is_toll:
            return _clash_of_tolls(ours, theirs, around)
        if len(ours) > 1 or len(theirs) > 1:
            ours, theirs = _at_odds_only(ours, theirs), _at_odds_only(theirs, ours)
        return _clash(ours, theirs, around)

    @property
    def is_toll(self) -> bool:
        return self.statements[0].fact.slot in CASUALTIES


def find_disagreements(
    statements: Iterable[Statement], touching: frozenset[str] | None = None
) -> tuple[Disagreement, ...]:
    """The disagreements among the statements of one story, in order of their slots' first mention.

    `touching`: only those of these slots, and of slots that may be about the same; None: all.
    """
    every = tuple(statements)
    around = Surroundings(every)
    groups = sorted(_groups(every, touching, around), key=lambda group: _place(group[0]))
    found = (_disagreement(group, around) for group in groups)
    return tuple(disagreement for disagreement in found if disagreement is not None)


def _groups(
    statements: Sequence[Statement], touching: frozenset[str] | None, around: Surroundings
) -> Iterator[Sequence[Statement]]:
    """The statements on one thing each, in order of publication, where more than one outlet speaks of it."""
    touched = None if touching is None else {dimension_of(slot) for slot in touching}
    by_dimension: dict[str, list[Statement]] = defaultdict(list)
    denied = [statement for statement in statements if general_event(statement.fact.slot or "")]
    for statement in statements:
        slot = statement.fact.slot
        if slot is not None and is_told(statement.fact) and not general_event(slot):
            dimension = dimension_of(slot)
            if touched is None or dimension in touched:
                by_dimension[dimension].append(statement)
    for dimension, group in by_dimension.items():
        if len(group) < _SIDES:
            continue
        ordered = sorted(group, key=_place)[-MAX_OF_A_SLOT:]
        if dimension in CASUALTIES or kind_of(dimension) == ATTENDANCE:
            yield ordered
        else:
            yield from _together(ordered, touching, around)
    yield from _against_denials(denied, statements, around)


def _against_denials(
    denied: Sequence[Statement], statements: Sequence[Statement], around: Surroundings
) -> Iterator[Sequence[Statement]]:
    """What one says has not happened, with the sentences by which it has."""
    if not denied:
        return
    latest = sorted(denied, key=_place)[-_MOST_DENIED:]
    events = {general_event(one.fact.slot or "") for one in latest}
    by_event: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for event in events & gist(statement.fact.text).terms:
            by_event[event].append(statement)
    for one in latest:
        stated = (_as_stated(one, other) for other in by_event[general_event(one.fact.slot or "")])
        told = [other for other in stated if other and may_be_one(one, other, around)]
        if told:
            yield sorted(_distinct([one, *told]), key=_place)


def _as_stated(denied: Statement, other: Statement) -> Statement | None:
    """Another outlet's sentence as one that says it is so; None if it does not say so outright."""
    said = gist(other.fact.text)
    is_near = abs(other.published - denied.published) <= _SAME_DAYS
    if other.outlet == denied.outlet or said.is_negated or other.fact.hedged or not is_near or said.terms & _TURNS:
        return None
    return replace(other, fact=replace(other.fact, slot=denied.fact.slot, value=YES, said=""))


def _together(
    group: Sequence[Statement], touching: frozenset[str] | None, around: Surroundings
) -> Iterator[Sequence[Statement]]:
    """Statements of one dimension, put together as far as each may be about the same as one of the first of them."""
    if touching is not None:
        seeds = [statement for statement in group if statement.fact.slot in touching][-MAX_SEEDS:]
        group = [s for s in group if s in seeds or any(may_be_one(s, seed, around) for seed in seeds)]
    clusters: list[list[Statement]] = []
    for statement in group:
        fitting = (c for c in clusters if any(may_be_one(each, statement, around) for each in c[:_COMPARED]))
        if (cluster := next(fitting, None)) is not None:
            cluster.append(statement)
        else:
            clusters.append([statement])
    for cluster in clusters:
        if touching is None or any(statement.fact.slot in touching for statement in cluster):
            yield cluster


def _place(statement: Statement) -> tuple[datetime, int, bool, int]:
    """In order of publication and reading, titles last: a sentence says it in full."""
    return statement.published, statement.article, statement.fact.start == TITLE, statement.fact.start


def _clash(
    ours: Iterable[Statement], theirs: Sequence[Statement], around: Surroundings
) -> tuple[Statement, Statement] | None:
    """Two that contradict each other, if no two agree."""
    clash = None
    for one in ours:
        for another in theirs:
            do_agree = agree(one.fact, another.fact)
            if do_agree is None or (do_agree is False and clash is not None) or not may_be_one(one, another, around):
                continue
            if do_agree:
                return None
            clash = (one, another)
    return clash


def _clash_of_tolls(
    ours: Sequence[Statement], theirs: Sequence[Statement], around: Surroundings
) -> tuple[Statement, Statement] | None:
    """Of tolls the highest that each gives has to fit something; that both name the same part of it says nothing."""
    highest, their_highest = (max(each, key=lambda s: s.fact.value or 0.0) for each in (ours, theirs))
    ours_fits = any(agree(highest.fact, each.fact) and may_be_one(highest, each, around) for each in theirs)
    theirs_fits = any(agree(each.fact, their_highest.fact) and may_be_one(each, their_highest, around) for each in ours)
    if ours_fits or theirs_fits:
        return None
    if may_be_one(highest, their_highest, around):
        return highest, their_highest
    return _clash(ours, theirs, around)


def _at_odds_only(ours: Sequence[Statement], theirs: Sequence[Statement]) -> Sequence[Statement]:
    """Without the values that the other gives too: who gives both of two values is at odds with nobody over one."""
    return [one for one in ours if not any(_is_same(one, another) for another in theirs)]


def _may_change(statement: Statement) -> bool:
    """Whether a state is told that may be another some hours later, and not denied that it ever was so."""
    predicate = (statement.fact.slot or "").split(":")[1]
    return predicate in _CHANGING and _EVER.search(statement.fact.text) is None


def _is_same(one: Statement, another: Statement) -> bool:
    return one.fact.slot == another.fact.slot and one.fact.value == another.fact.value


# Over time


@dataclass(frozen=True, slots=True)
class Clash:
    """Two outlets at odds, when the later of them spoke."""

    earlier: Statement
    later: Statement


def _disagreement(group: Sequence[Statement], around: Surroundings) -> Disagreement | None:
    """What the outlets came to say, one article after the other."""
    clashes: list[Clash] = []
    last: dict[str, Voice] = {}
    for voice in _voices(group):
        clashes += [*_clashes_with(voice, last.values(), around), *_within(voice)]
        last[voice.outlet] = voice
    if not clashes:
        return None
    current = _current(last, group, around)
    slot = clashes[0].earlier.fact.slot or ""  # the same however many more speak of it later
    outcome = settling(group, [(clash.earlier, clash.later) for clash in clashes], [*_pairs(current)], around)
    at_odds = current if current and outcome.status != SETTLED else clashes
    told = _distinct(chain.from_iterable(_pairs(at_odds)))
    return Disagreement(
        about=about(slot, [statement.fact for statement in told]),
        slot=slot,
        values=_values(told, group),
        status=outcome.status,
        stands=shown(outcome.by.fact) if outcome.by else "",
        settled_by=outcome.by.article if outcome.by else None,
        slots=frozenset(statement.fact.slot or "" for statement in group),
    )


def _pairs(clashes: Iterable[Clash]) -> Iterator[tuple[Statement, Statement]]:
    return ((clash.earlier, clash.later) for clash in clashes)


def _voices(group: Sequence[Statement]) -> Iterator[Voice]:
    """Article by article. `group` is in order of publication."""
    articles: dict[int, list[Statement]] = {}
    for statement in group:
        articles.setdefault(statement.article, []).append(statement)
    for said in articles.values():
        yield Voice(said[0].outlet, said[0].article, said[0].published, tuple(said))


def _clashes_with(voice: Voice, others: Iterable[Voice], around: Surroundings) -> Iterator[Clash]:
    for other in others:
        if other.outlet != voice.outlet and (clash := other.clashes(voice, around)):
            yield Clash(*clash)


def _current(last: Mapping[str, Voice], group: Sequence[Statement], around: Surroundings) -> list[Clash]:
    """Who is still at odds: by the last word of each outlet, without tolls that somebody raised since."""
    raised = [s for s in group if s.fact.slot in CASUALTIES and says_it_rose(s.fact.text)]
    voices = sorted(last.values(), key=lambda voice: _place(voice.statements[0]))
    standing = [voice for voice in voices if not any(_is_overtaken(voice, by, around) for by in raised)]
    between = (_clashes_with(voice, standing[:place], around) for place, voice in enumerate(standing))
    return [*chain.from_iterable(between), *chain.from_iterable(map(_within, standing))]


def _within(voice: Voice) -> Iterator[Clash]:
    """Two sources at odds in one sentence: "police counted 8,000; the union put the number at 25,000"."""
    for one, another in pairwise(voice.statements):
        if one.fact.text != another.fact.text or one.fact.slot != another.fact.slot:
            continue
        are_apart = agree(one.fact, another.fact) is False and len(_SOURCES.findall(one.fact.text)) > 1
        if are_apart and len(places_in(one.fact.text)) <= 1:
            yield Clash(one, another)


def _is_overtaken(voice: Voice, by: Statement, around: Surroundings) -> bool:
    """Whether a toll was raised above it since: "the number was raised to 17" brings all before it up to date."""
    return by.published > voice.published and all(
        (by.fact.value or 0) > (said.fact.value or 0) and may_be_one(by, said, around) for said in voice.statements
    )


def _distinct(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(dict.fromkeys(statements), key=_place)


def _values(told: Sequence[Statement], group: Sequence[Statement]) -> tuple[Value, ...]:
    """The values given, the earliest first, each with all articles that give it as their last word or in the clash."""
    by_value: dict[str, list[Statement]] = {}
    for statement in told:
        by_value.setdefault(shown(statement.fact), []).append(statement)
    for statement in group:
        if (given := by_value.get(shown(statement.fact))) is not None and statement not in given:
            given.append(statement)
    return tuple(_value(value, sorted(given, key=_place)) for value, given in by_value.items())


def _value(value: str, given: Sequence[Statement]) -> Value:
    articles = tuple(dict.fromkeys(statement.article for statement in given))
    return Value(value, articles, given[0].fact.text, given[0].published)
