"""Where names may stand in a text: runs of neighbouring capitalised words of one sentence.

Particles inside belong to a run (Ursula von der Leyen); what it is made of, `segments` finds out.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.passages import Passage
from worker.stages.names.tokens import PARTICLES, TOKENS, is_capital
from worker.stages.names.vocabulary import words_of

_ABBREVIATIONS = words_of(vocabulary.ABBREVIATIONS)

_MAX_RUN = 30  # longer runs are lists and headings; cut, so that work stays in proportion
_MAX_PARTICLES = 2  # Ursula von der Leyen, Museum of the Moving Image
_OPENING = frozenset('“"‘«„:•*|')
_GAPS = frozenset(" \u00a0-‐‑")
_GAP_AFTER_ABBREVIATION = re.compile(r"\.?[ \u00a0]?")
_CASE_ENDING = re.compile(r"['’ʼ][a-zçğıöşü]{1,7}$")  # "Zelenskiy'nin": in Turkish it ends a name


class Run(NamedTuple):
    """Neighbouring words, and the sentence in which they stand, as ranges of words."""

    first: int
    last: int  # one past the last word
    opens: bool  # whether the first word would have a capital anyway
    begin: int  # of the sentence
    end: int


# A hundred an article: made without asking Python for an argument list each.
_run: Callable[[tuple[int, int, bool, int, int]], Run] = partial(tuple.__new__, Run)


def runs(passage: Passage, code: str) -> list[Run]:
    """The runs of a passage in some language, from left to right."""
    folded, gaps = passage.folded, passage.gaps
    found: list[Run] = []
    for begin, end, capitals in passage.sentences:
        last = begin
        for first, following in zip(capitals, [*capitals[1:], end], strict=True):
            if first < last:  # within the run before
                continue
            last = first + 1
            if last < end and (following == last or folded[last] in PARTICLES):
                last = _end_of_run(passage, first, end, code)
            opens = first == begin or (gaps[first] != " " and _ends_opening(gaps[first]))
            found.append(_run((first, last, opens, begin, end)))
    return found


def _end_of_run(passage: Passage, start: int, last: int, code: str) -> int:
    """One past the last word of the run that begins at `start`; particles inside belong to it."""
    texts, gaps, end = passage.texts, passage.gaps, start + 1
    most = min(last, start + _MAX_RUN)
    while end < most:
        following = end
        if not texts[end][0].isupper():
            if texts[end].islower() and passage.folded[end] not in PARTICLES:  # as mostly
                break
            following = _behind_particles(passage, end, last)
            if following == last or not is_capital(texts[following]):
                break
        is_next = following == end and gaps[end] == " " and code != "tr"  # as nearly always
        if not is_next and not _joins(passage, end, following, code):
            break
        end = following + 1
    return end


def _behind_particles(passage: Passage, start: int, last: int) -> int:
    """The first word from `start` on that is no particle, or the one behind the most that may stand in a name."""
    at, most = start, min(last, start + _MAX_PARTICLES)
    while at < most and passage.folded[at] in PARTICLES and TOKENS[passage.texts[at]].is_particle:
        at += 1
    return at


def _joins(passage: Passage, first: int, last: int, code: str) -> bool:
    """Whether nothing but a space, a hyphen or an abbreviation's dot parts each of some words from the one before."""
    for at in range(first, last + 1):
        gap, previous = passage.gaps[at], passage.texts[at - 1]
        if code == "tr" and _CASE_ENDING.search(previous):
            return False
        if gap == " ":  # as nearly always
            continue
        if len(previous) == 1 or passage.folded[at - 1] in _ABBREVIATIONS:
            if _GAP_AFTER_ABBREVIATION.fullmatch(gap) is None:
                return False
        elif gap not in _GAPS:
            return False
    return True


def _ends_opening(gap: str) -> bool:
    """After an opening quote, a colon or a bullet, a capital is no evidence."""
    return (gap[-2:-1] if gap[-1:].isspace() else gap[-1:]) in _OPENING
