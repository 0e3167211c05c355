"""The piece of an article that shows what was found in it, on one line, with the places marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from worker.stages.query import Hit

LONGEST = 200  # characters
_LONGEST_STEP = 20  # characters by which a piece is made shorter to begin and end between words
_MOST_SPANS = 400
_MORE = "…"

Span: TypeAlias = tuple[int, int, str]  # start, end, and for which term of the query


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text, and where in the piece something was found: (start, end), ascending."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet(text: str, hits: Iterable[Hit], longest: int = LONGEST) -> Snippet:
    """The piece of the text that has most of what was looked for; without hits in the text, its beginning."""
    spans = sorted((hit.start, hit.end, hit.term) for hit in hits if hit.field == "text")[:_MOST_SPANS]
    first, last = _richest(spans, longest)
    start = _start_of_word(text, _window(text, first, last, longest), first)
    end = _end_of_word(text, start, start + longest, last)
    before = f"{_MORE} " if start else ""
    after = f" {_MORE}" if end < len(text) else ""
    shift = len(before) - start
    inside = {
        (max(one, start) + shift, min(other, end) + shift) for one, other, _ in spans if one < end and other > start
    }
    return Snippet(before + _on_one_line(text[start:end]) + after, tuple(sorted(inside)))


def _richest(spans: Sequence[Span], longest: int) -> tuple[int, int]:
    """From where to where most different terms stand close enough together to be shown together."""
    best, most = (0, 0), 0
    for index, (start, end, _) in enumerate(spans):
        near = [span for span in spans[index:] if span[1] <= max(end, start + longest * 3 // 4)]
        terms = len({term for _, _, term in near})
        if terms > most:
            best, most = (start, max(last for _, last, _ in near)), terms
    return best


def _window(text: str, first: int, last: int, longest: int) -> int:
    """Where to begin, so that what was found stands in the middle."""
    middle = first - max(longest - (last - first), 0) // 2
    return max(0, min(middle, len(text) - longest))


def _start_of_word(text: str, at: int, latest: int) -> int:
    """Behind the next space, or here if there is none nearby: not every script has them."""
    if at == 0:
        return 0
    nearby = range(at - 1, min(at + _LONGEST_STEP, latest))
    return next((place + 1 for place in nearby if text[place].isspace()), at)


def _end_of_word(text: str, start: int, at: int, earliest: int) -> int:
    if at >= len(text):
        return len(text)
    nearby = range(at, max(at - _LONGEST_STEP, start, earliest - 1), -1)
    return next((place for place in nearby if text[place].isspace()), at)


def _on_one_line(text: str) -> str:
    """Every space and control character as one plain space, so that places stay."""
    return "".join(" " if character.isspace() or not character.isprintable() else character for character in text)
