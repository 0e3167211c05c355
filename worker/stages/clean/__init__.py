"""What scraped text still carries that is not the article is cut; what of it says something is kept as data.

Lines are cut whole and only if they are of a known shape, and short; the tables are in `wording`, one for each kind
and language. Datelines and agency credits are read by `text.dateline`.
"""

import re
from dataclasses import dataclass

from worker.stages.clean.clutter import heads_a_closing_list, is_clutter, without_glued_tail
from worker.stages.extract.plain import LONGEST_HEADLINE, is_byline, is_dated_line
from worker.stages.text.dateline import Dateline, is_agency, split_credit, split_dateline

__all__ = ["Cleaned", "Dateline", "clean"]

FIRST_LINES = 4  # where a repeated title, a byline or a date may stand before the text
LINES_TO_DATELINE = 3
LAST_LINES = 3  # where a credit or a run-on footer may stand behind it
# A caption is often printed twice, one line after the other or nearly. A list says the same again further on.
_SHORTEST_REPEATED = 4  # words
_REPEATED_WITHIN = 2  # lines
_LIST_MARKS = ("-", "|", "•", "*")
CLOSING_PART = 2  # of a text's lines, one in so many may be a list of other articles that ends it
_LONGEST_TEASER = 250  # characters
_SENTENCE_END = (".", "!", "?", "。", "！", "？", "…", ".”", '."', "»", "؟", "다.")
# An address to write to, or a name on a network that is called so. What is quoted says more than that.
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|\[email.protected\]")
_ON_NETWORK = re.compile(
    r"\b(?:twitter|instagram|facebook|telegram|bluesky|mastodon|threads|x)\b(?!\.com).{0,40}(?<!\w)@\w{3,30}",
    re.IGNORECASE,
)
_LONGEST_CONTACT = 200  # characters
# All that separates words but a single space, and a line's end.
_ODD_SPACES = ("  ", *(space for space in map(chr, range(0x3001)) if space.isspace() and space not in " \n"))
_ODD_IN_ASCII = tuple(space for space in _ODD_SPACES if space.isascii())
_QUOTES = re.compile('["“”„«»「」]')


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
    lines, closing = _without_closing_list(_lines(text))
    kept, cut = _without_clutter(lines, title)
    cut += closing
    credit = _take_credit(kept, cut)
    _take_contacts(kept, cut)
    dateline = _take_dateline(kept)
    agency = dateline.agency if dateline else ""
    return Cleaned("\n".join(kept), dateline, agency or credit, tuple(cut))


def _lines(text: str) -> list[str]:
    """Its lines with single spaces between words, empty ones left out. Most texts hold no other spaces."""
    lines = text.split("\n")
    if any(space in text for space in (_ODD_IN_ASCII if text.isascii() else _ODD_SPACES)):
        lines = [" ".join(line.split()) for line in lines]
    return [line for line in map(str.strip, lines) if line]


def _without_closing_list(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines, and apart from them a list of other articles from its heading to the end, if there is one."""
    for number in range(len(lines) - len(lines) // CLOSING_PART, len(lines)):
        if heads_a_closing_list(lines[number]) and _are_teasers(lines[number + 1 :]):
            return lines[:number], lines[number:]
    return lines, []


def _are_teasers(lines: list[str]) -> bool:
    """Whether hardly more of the lines are sentences than headlines, and none is long."""
    headlines = sum(not line.endswith(_SENTENCE_END) for line in lines)
    return 5 * headlines >= 2 * len(lines) and all(len(line) <= _LONGEST_TEASER for line in lines)


def _without_clutter(lines: list[str], title: str) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    cut: list[str] = []
    title_key = _key(title)
    for number, line in enumerate(lines):
        is_near_end = number >= len(lines) - 2 * LAST_LINES
        own = without_glued_tail(line) if is_near_end else line
        is_heading = len(kept) < FIRST_LINES and len(lines) > 1 and _is_heading(line, title_key)
        if is_heading or is_clutter(own) or _is_repeated(line, kept) or _is_lone_row(lines, number):
            cut.append(line)
            continue
        kept.append(own.rstrip())
        if own != line:
            cut.append(line[len(own) :].strip())
    return kept, cut


def _is_heading(line: str, title_key: str) -> bool:
    """Whether a first line is the title again, a date or a byline. With a full stop it is a sentence of the text."""
    if len(line) > max(LONGEST_HEADLINE, 2 * len(title_key)):
        return False
    is_title = bool(title_key) and not line.endswith(".") and _key(line) == title_key
    return is_title or is_dated_line(line) or is_byline(line)


def _is_repeated(line: str, kept: list[str]) -> bool:
    if line not in kept[-_REPEATED_WITHIN:] or line.startswith(_LIST_MARKS):
        return False
    return len(line.split()) >= _SHORTEST_REPEATED


def _is_lone_row(lines: list[str], number: int) -> bool:
    """Whether a line is a table of a single row: old pages lay out menus in tables, while news tables are longer."""
    if not _is_row(lines[number]) or "." in lines[number]:
        return False
    return sum(map(_is_row, lines[max(0, number - 1) : number + 2])) == 1


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


def _take_contacts(kept: list[str], cut: list[str]) -> None:
    """Take the lines off the end that tell where to write to the authors."""
    end = max(1, len(kept) - LAST_LINES)
    cut += filter(_is_contact, kept[end:])
    kept[end:] = [line for line in kept[end:] if not _is_contact(line)]


def _is_contact(line: str) -> bool:
    if len(line) > _LONGEST_CONTACT or "@" not in line.replace("[email", "@") or _QUOTES.search(line):
        return False
    return bool(_ADDRESS.search(line) or _ON_NETWORK.search(line))


def _take_dateline(kept: list[str]) -> Dateline | None:
    """Take the dateline off the line that it opens, and return it: the first, or one behind a standfirst."""
    for number, line in enumerate(kept[:LINES_TO_DATELINE]):
        dateline, rest = split_dateline(line)
        if dateline and (number == 0 or dateline.agency or dateline.day or dateline.place.isupper()):
            kept[number] = rest
            return dateline
    return None


def _key(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))
