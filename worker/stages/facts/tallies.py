"""Two figures that say one thing together: how a vote or a match ended ("five to two"), and at what time of day.

A `Tally` becomes a fact with one value, so that it is stored and compared like any other: `ends` and `shown_tally` read
it back. Votes and scores are told by a word of voting or winning in the sentence; a time of day by the event nearest to
it, without which nobody could tell of what it is the time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.stages.facts.concepts import CONCEPTS
from worker.stages.facts.numbers import Number
from worker.stages.text.words import FOLDED

TALLY, CLOCK = "tally", "clock"
VOTE, SCORE = f"{TALLY}:vote", f"{TALLY}:score"
CLOCK_WITHIN = 15.0  # minutes between two times that are the same, one of them rounded
HALF_A_DAY, DAY = 720.0, 1_440.0  # minutes

_DIGIT = re.compile(r"\d")
_TWO = 2
_OF_NOTHING = frozenset(
    ["heard", "know", "cause", "find", "report", "announc", "confirm"]
)  # that have no time of interest
_NARROW = 45  # characters between the two figures of a result, at most
_SHIFT = 10_000  # room for the lower of the two
_REACH = 70  # characters between a time and the event it is of
_BETWEEN = re.compile(
    r"(?:\s[^\W\d_]+){0,2}?\s(?:to|against|versus|contra|contre|gegen|zu|contro|a|à|tegen|против|проти|к|karşı|przeciw\w*)"
    r"\s(?:[^\W\d_]+\s)?"
)
_FROM_BEFORE = re.compile(r"\b(?:from|between|von|zwischen|de|entre|da|tra|від|от|od|van)\s$", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\w.,:/–-])(\d{1,4})(?:\s?[-–]\s?|:(?=\d\D|\d$))(\d{1,4})(?![\w:/–%-]|[.,]\d|\s?per ?cent)")
_OF_VOTE = re.compile(
    r"\bvot|\bballot|\bstimm|abstimm|\bvoix\b|\bsuffrage|\bscrutin|\boy(?:la|u|\b)|голос|\bgłos|\bstem(?:men|de)"
    r"|\b(?:board|jury|judges|council|parliament|lawmakers|senate|court)\b[^.;]*\b(?:approved|rejected|backed|decided|ruled)",
    re.IGNORECASE,
)
_OF_SCORE = re.compile(
    r"\b(?:won|wins?|beat|defeat\w*|lost|drew|draws?|score\w*|gewann\w*|gewonnen|besieg\w*|verlor\w*|unentschieden|gagn\w+"
    r"|batt\w+|perdu|impos\w+|ganó|venc\w+|empat\w+|derrot\w+|vinc\w+|vint\w+|pareggi\w*|yendi|yenildi|berabere|перем\w+"
    r"|програ\w+|обігра\w+|побед\w+|обыгра\w+|wygra\w+|przegra\w+|won|gelijk\w*|verloor)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<at>\b(?:at|around|about|by|before|after|um|gegen|kurz nach|à|vers|a las|hacia las|alle|às|saat|om|о|об|в"
    r"|около|близько|o|około|since|from)\s(?:about\s)?)?"
    r"(?<![\w.,:/-])(?P<hour>[01]?\d|2[0-4])(?P<sign>[:.]|\s?h\s?)?(?P<minute>(?<=[:.h\s])[0-5]\d)?"
    r"(?P<half>\s?[ap]\.?m\b\.?|\s(?:uhr|o[’']clock|noon)\b)?(?![\d:%/-]|[.,]\d)",
    re.IGNORECASE,
)
_MAY_BE_TIME = re.compile(r"\d(?:[:.]\d\d|\s?h\b|\s?h\s?\d\d|\s?[ap]\.?m\b|\s(?:uhr|o[’']clock)\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Tally:
    """`value` reads back with `ends`, or is minutes since midnight; `start` and `end` are its place in the sentence."""

    slot: str
    value: float
    start: int
    end: int


def find_tallies(sentence: str, numbers: Sequence[Number]) -> tuple[Tally, ...]:
    """The results of votes and matches and the times of day that a sentence gives."""
    has_digits = _DIGIT.search(sentence) is not None
    if not has_digits and len(numbers) < _TWO:
        return ()
    return (*_results(sentence, numbers, has_digits=has_digits), *(_times(sentence) if has_digits else ()))


def ends(value: float) -> tuple[int, int]:
    """The higher and the lower figure of a result."""
    higher, lower = divmod(int(value), _SHIFT)
    return higher, lower


def shown_tally(slot: str, value: float) -> str:
    """As people read it: "5-2", "3:40"."""
    if slot.startswith(CLOCK):
        return f"{int(value) // 60}:{int(value) % 60:02}"
    return "{}-{}".format(*ends(value))


def are_one_time(value: float, other: float) -> bool:
    """Whether two times of day are the same, rounded, one of them told in halves of the day, or over midnight."""
    gap = abs(value - other) % HALF_A_DAY
    return min(gap, HALF_A_DAY - gap) <= CLOCK_WITHIN


def _results(sentence: str, numbers: Sequence[Number], *, has_digits: bool) -> Iterator[Tally]:
    found = [*_spelled_pairs(sentence, numbers), *(_pairs_of_digits(sentence) if has_digits else ())]
    if not found:
        return
    slot = VOTE if _OF_VOTE.search(sentence) else SCORE if _OF_SCORE.search(sentence) else ""
    for one, other, start, end in found if slot else ():
        yield Tally(slot, float(max(one, other) * _SHIFT + min(one, other)), start, end)


def _spelled_pairs(sentence: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int, int, int]]:
    for one, other in pairwise(numbers):
        if other.start - one.end > _NARROW or one.unit or other.unit or one.measure or other.measure:
            continue
        if max(one.value, other.value) >= _SHIFT or not (one.value.is_integer() and other.value.is_integer()):
            continue
        is_range = _FROM_BEFORE.search(sentence, max(0, one.start - 10), one.start)
        if not is_range and _BETWEEN.fullmatch(sentence, one.end, other.start):
            yield int(one.value), int(other.value), one.start, other.end


def _pairs_of_digits(sentence: str) -> Iterator[tuple[int, int, int, int]]:
    for found in _PAIR.finditer(sentence):
        yield int(found[1]), int(found[2]), found.start(), found.end()


def _times(sentence: str) -> Iterator[Tally]:
    if _MAY_BE_TIME.search(sentence) is None:
        return
    for found in _TIME.finditer(sentence):
        if (value := _minutes(found)) is not None and (event := _event_near(sentence, found)):
            yield Tally(f"{CLOCK}:{event}", value, found.start("hour"), found.end())


def _minutes(found: re.Match[str]) -> float | None:
    """Minutes since midnight; None for a number that is not clearly a time."""
    sign, half = (found["sign"] or "").strip(), (found["half"] or "").strip().lower()
    is_written = bool(half) or (sign == "h") or (bool(found["minute"]) and bool(found["at"]))
    if not is_written or (found["minute"] is None and not half and sign != "h"):
        return None
    hour = int(found["hour"])
    if half[:1] in ("a", "p") and hour <= 12:
        hour = hour % 12 + 12 * (half[0] == "p")
    return (hour * 60.0 + int(found["minute"] or 0)) % DAY


def _event_near(sentence: str, time: re.Match[str]) -> str:
    """The event that the word nearest to a time names; those before it are a little more often meant."""
    start, end = time.start("hour"), time.end()
    near: list[tuple[int, str]] = []
    for word in _WORD.finditer(sentence, max(0, start - _REACH), end + _REACH):
        concept, is_event = CONCEPTS[FOLDED[word.group()]]
        if is_event and concept not in _OF_NOTHING:
            near.append((start - word.end() if word.end() <= start else word.start() - end + 10, concept))
    return min(near, default=(0, ""))[1]
