"""Where names may stand in a text: runs of neighbouring capitalised words of one sentence.

Particles inside belong to a run (Ursula von der Leyen); what it is made of, `segments` finds out.
"""

import re
from collections.abc import Iterator

from worker.stages.names import vocabulary
from worker.stages.names.passages import Passage, Sentence
from worker.stages.names.tokens import PARTICLES, TOKENS, is_capital
from worker.stages.names.vocabulary import words_of

_ABBREVIATIONS = words_of(vocabulary.ABBREVIATIONS)

_MAX_RUN = 30  # longer runs are lists and headings; cut, so that work stays in proportion
_MAX_PARTICLES = 2  # Ursula von der Leyen, Museum of the Moving Image
_OPENING = frozenset('“"‘«„:•*|')
_GAPS = frozenset(" \u00a0-‐‑")
_GAP_AFTER_ABBREVIATION = re.compile(r"\.?[ \u00a0]?")
_CASE_ENDING = re.compile(r"['’ʼ][a-zçğıöşü]{1,7}$")  # "Zelenskiy'nin": in Turkish it ends a name


Run = tuple[int, int, bool]  # first word, one past the last, and whether the first would have a capital anyway


def runs(passage: Passage, sentence: Sentence, code: str) -> Iterator[Run]:
    """The runs of a sentence in some language, from left to right."""
    folded, gaps, last = passage.folded, passage.gaps, sentence.last
    capitals = iter(sentence.capitals)
    at = next(capitals, last)
    while at < last:
        end, following = at + 1, next(capitals, last)
        if end < last and (following == end or folded[end] in PARTICLES):
            end = _end_of_run(passage, at, last, code)
            while following < end:
                following = next(capitals, last)
        yield at, end, at == sentence.first or (gaps[at] != " " and _ends_opening(gaps[at]))
        at = following


def _end_of_run(passage: Passage, start: int, last: int, code: str) -> int:
    """One past the last word of the run that begins at `start`; particles inside belong to it."""
    texts, end = passage.texts, start + 1
    most = min(last, start + _MAX_RUN)
    while end < most:
        following = end
        if not texts[end][0].isupper():
            while following < last and following - end < _MAX_PARTICLES and TOKENS[texts[following]].is_particle:
                following += 1
            if following == last or not is_capital(texts[following]):
                break
        if not _joins(passage, end, following, code):
            break
        end = following + 1
    return end


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
