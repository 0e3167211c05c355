"""What scraped text still carries that is not the article is cut; what of it says something is kept as data.

Lines are cut whole and only if they are of a known shape, and short; the tables are in `clutter`, one for each kind
and language. Datelines and agency credits are read by `text.dateline`.
"""

from dataclasses import dataclass

from worker.stages.clean.clutter import is_clutter, without_glued_tail
from worker.stages.extract.plain import is_byline, is_dated_line
from worker.stages.text.dateline import Dateline, is_agency, split_credit, split_dateline

__all__ = ["Cleaned", "Dateline", "clean"]

FIRST_LINES = 4  # where a repeated title, a byline or a date may stand before the text
LAST_LINES = 3  # where a credit or a run-on footer may stand behind it
# A caption is often printed twice, one line after the other or nearly. A list says the same again further on.
_SHORTEST_REPEATED = 4  # words
_REPEATED_WITHIN = 2  # lines
_LIST_MARKS = ("-", "|", "•", "*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The article's own text, one paragraph a line, and what was taken out of it.

    `credit` is the agency named by the dateline or by a last line; `cut` holds every line cut, in order.
    """

    text: str
    dateline: Dateline | None = None
    credit: str = ""
    cut: tuple[str, ...] = ()


def clean(text: str, *, title: str = "") -> Cleaned:
    """Clean an extracted text. A title repeated at its beginning is cut as well."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    kept, cut = _without_clutter(lines, title)
    credit = _take_credit(kept, cut)
    dateline = _take_dateline(kept)
    agency = dateline.agency if dateline else ""
    return Cleaned("\n".join(kept), dateline, agency or credit, tuple(cut))


def _without_clutter(lines: list[str], title: str) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    cut: list[str] = []
    for number, line in enumerate(lines):
        is_near_end = number >= len(lines) - 2 * LAST_LINES
        own = without_glued_tail(line) if is_near_end else line
        is_heading = len(kept) < FIRST_LINES and len(lines) > 1 and _is_heading(line, title)
        if is_heading or is_clutter(own) or _is_repeated(line, kept) or _is_lone_row(lines, number):
            cut.append(line)
            continue
        kept.append(own.rstrip())
        if own != line:
            cut.append(line[len(own) :].strip())
    return kept, cut


def _is_heading(line: str, title: str) -> bool:
    """Whether a first line is the title again, a date or a byline. With a full stop it is a sentence of the text."""
    is_title = bool(title) and _key(line) == _key(title) and not line.endswith(".")
    return is_title or is_dated_line(line) or is_byline(line)


def _is_repeated(line: str, kept: list[str]) -> bool:
    is_long = len(line.split()) >= _SHORTEST_REPEATED
    return is_long and not line.startswith(_LIST_MARKS) and line in kept[-_REPEATED_WITHIN:]


def _is_lone_row(lines: list[str], number: int) -> bool:
    """Whether a line is a table of a single row: old pages lay out menus in tables, while news tables are longer."""
    around = lines[max(0, number - 1) : number + 2]
    return _is_row(lines[number]) and sum(map(_is_row, around)) == 1 and "." not in lines[number]


def _is_row(line: str) -> bool:
    return len(line) > 1 and line.startswith("|") and line.endswith("|")


def _take_credit(kept: list[str], cut: list[str]) -> str:
    """Take the agency's credit off the last lines, and return it; it may stand among the lines cut already."""
    for number in range(len(kept) - 1, max(-1, len(kept) - 1 - LAST_LINES), -1):
        credit, rest = split_credit(kept[number])
        if credit:
            cut.append(kept[number][len(rest) :].strip())
            kept[number : number + 1] = [rest] if rest else []
            return credit
    return next((credit for line in cut if is_agency(credit := split_credit(line)[0])), "")


def _take_dateline(kept: list[str]) -> Dateline | None:
    """Take the dateline off the first line, and return it."""
    if not kept:
        return None
    dateline, kept[0] = split_dateline(kept[0])
    return dateline


def _key(line: str) -> str:
    return "".join(character for character in line.casefold() if character.isalnum())
