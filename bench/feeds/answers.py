"""Which of the expected values are ours to give, what we give, and why it is another where it is.

We keep less than feedparser and in another form, so both sides are brought to one form first: a text is what a reader
sees of it (no markup, spaces folded), HTML is that and where it leads to, a date is a moment, an author a name.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml.html import fragment_fromstring

from bench.feeds.expectation import MISSING, Equation
from bench.feeds.quirk import Quirk
from worker.stages.feed import Entry, Feed, NotAFeed
from worker.stages.feed.dates import from_parsed
from worker.stages.feed.text import one_line, plain

MAX_CHARS = 100_000
_SCRIPT = re.compile(r"<script></script>")
_MAIL_BEHIND = re.compile(r"\s*\([^()]*@[^()]*\)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one equation that is ours: what we give, and whether it holds. `reason` says why it does not, if we know."""

    quirk: Quirk
    equation: Equation
    ours: Any
    holds: bool
    reason: str = ""


Judge = Callable[[Any, Any], bool]
"""Whether our value is what is expected."""


def _is_text(ours: str, expected: str) -> bool:
    """Texts are compared as they are and without markup: only the feed knows which of the two it meant."""
    once = plain(expected, MAX_CHARS)
    return one_line(ours, MAX_CHARS) in {one_line(form, MAX_CHARS) for form in (expected, once, plain(once, MAX_CHARS))}


def _is_markup(ours: str, expected: str) -> bool:
    return _is_text(plain(ours, MAX_CHARS), expected) and set(_addresses(expected)) <= set(_addresses(ours))


def _addresses(markup: str) -> Sequence[str]:
    try:
        tree = fragment_fromstring(f"<div>{markup}</div>")
    except (etree.LxmlError, ValueError):
        return []
    found = [element.get(name) for element in tree.iter() for name in ("href", "src", "cite")]
    return [str(address) for address in found if address]


def _is_same(ours: object, expected: object) -> bool:
    return ours == expected or (expected is MISSING and not ours)


def _is_number(ours: int | None, expected: str) -> bool:
    return str(ours) == expected


def _is_moment(ours: datetime | None, expected: tuple[int, ...] | None) -> bool:
    return from_parsed(struct_time(expected)) == ours if expected else ours is None


def _is_among(ours: Sequence[str], expected: str) -> bool:
    """A mail address behind a name is no part of it."""
    return _MAIL_BEHIND.sub("", expected) in ours


Field = tuple[Callable[[Any], Any], Judge]

_OF_FEED: Mapping[tuple[str | int, ...], Field] = {
    ("language",): (lambda feed: feed.language, _is_same),
    ("link",): (lambda feed: feed.link, _is_same),
    ("title",): (lambda feed: feed.title, _is_text),
    ("title_detail", "language"): (lambda feed: feed.language, _is_same),
    ("title_detail", "value"): (lambda feed: feed.title, _is_text),
    ("ttl",): (lambda feed: feed.ttl_minutes, _is_number),
}
_SUMMARY: Field = (lambda entry: entry.summary, _is_text)
_DATE: Field = (lambda entry: entry.published_raw, _is_same)
_LANGUAGE: Field = (lambda entry: entry.language, _is_same)
_OF_ENTRY: Mapping[tuple[str | int, ...], Field] = {
    ("author",): (lambda entry: entry.authors, _is_among),
    ("author_detail", "name"): (lambda entry: entry.authors, _is_among),
    ("authors", 0, "name"): (lambda entry: entry.authors, _is_among),
    ("authors", 1, "name"): (lambda entry: entry.authors, _is_among),
    ("content", 0, "language"): _LANGUAGE,
    ("content", 0, "value"): (lambda entry: entry.content, _is_markup),
    ("created",): _DATE,
    ("created_parsed",): (lambda entry: entry.published, _is_moment),
    ("description",): _SUMMARY,
    ("guid",): (lambda entry: entry.guid, _is_same),
    ("id",): (lambda entry: entry.guid, _is_same),
    ("language",): _LANGUAGE,
    ("link",): (lambda entry: entry.url, _is_same),
    ("published",): _DATE,
    ("published_parsed",): (lambda entry: entry.published, _is_moment),
    ("summary",): _SUMMARY,
    ("summary_detail", "language"): _LANGUAGE,
    ("summary_detail", "value"): _SUMMARY,
    ("title",): (lambda entry: entry.title, _is_text),
    ("title_detail", "language"): _LANGUAGE,
    ("title_detail", "value"): (lambda entry: entry.title, _is_text),
    ("updated",): _DATE,
    ("updated_parsed",): (lambda entry: entry.updated, _is_moment),
}


def answer(quirk: Quirk, equation: Equation, parsed: Feed | NotAFeed, url: str) -> Answer | None:
    """What we say to an equation about a feed that was read from `url`; None when it is not ours."""
    match equation.path:
        case ("version",):
            field: Field | None = (lambda feed: feed.kind, _is_same)
        case ("feed", *rest):
            field = _OF_FEED.get(tuple(rest))
        case ("entries", int(), *rest):
            field = _OF_ENTRY.get(tuple(rest))
        case _:
            field = None
    if field is None:
        return None
    read, judge = field
    holder = _holder(equation, parsed)
    if holder is None:
        return Answer(quirk, equation, parsed, holds=False)
    ours = read(holder)
    if _holds(judge, ours, equation.value):
        return Answer(quirk, equation, ours, holds=True)
    return Answer(quirk, equation, ours, holds=False, reason=_reason(quirk, equation, ours, url))


def _holds(judge: Judge, ours: Any, expected: Any) -> bool:
    """A value of another type than the field has is another value."""
    try:
        return judge(ours, expected)
    except (AttributeError, TypeError, ValueError):
        return False


def _holder(equation: Equation, parsed: Feed | NotAFeed) -> Feed | Entry | None:
    if isinstance(parsed, NotAFeed):
        return None
    match equation.path:
        case ("entries", int(place), *_):
            return parsed.entries[place] if place < len(parsed.entries) else None
    return parsed


# Why ours may be another value and right. Each is found out by looking at the case and not by the file's name.

Excuse = Callable[[Quirk, Equation, Any, str], bool]


def _is_of_the_server(quirk: Quirk, equation: Equation, _ours: Any, _url: str) -> bool:
    return equation.path[-1] == "language" and equation.value == quirk.headers.get("content-language", "")


def _is_of_one_text(_quirk: Quirk, equation: Equation, _ours: Any, _url: str) -> bool:
    is_of_text = "content" in equation.path or str(equation.path[-2]).endswith("_detail")
    return equation.path[-1] == "language" and (is_of_text or equation.value is MISSING)


def _is_joined(_quirk: Quirk, equation: Equation, ours: Any, url: str) -> bool:
    return equation.path[-1] in ("id", "guid") and ours == urljoin(url, str(equation.value))


def _is_not_made_safe(_quirk: Quirk, equation: Equation, ours: Any, _url: str) -> bool:
    without_script = html.unescape(_SCRIPT.sub("", str(ours)))
    return "content" in equation.path and without_script == html.unescape(str(equation.value))


def _is_another_text(quirk: Quirk, equation: Equation, ours: Any, _url: str) -> bool:
    return "content" in equation.path and len(ours) > len(str(equation.value)) and str(ours).encode() in quirk.body


def _is_a_document(quirk: Quirk, equation: Equation, ours: Any, _url: str) -> bool:
    is_part = set(plain(str(ours), MAX_CHARS).split()) <= set(plain(str(equation.value), MAX_CHARS).split())
    return b"!DOCTYPE html" in quirk.body and bool(ours) and is_part


def _is_hidden(quirk: Quirk, equation: Equation, ours: Any, _url: str) -> bool:
    hides = b"&lt;!--" in quirk.body and b"--&gt;" not in quirk.body
    return hides and bool(ours) and str(equation.value).startswith(str(ours))


EXCUSES: Mapping[str, Excuse] = {
    "named by the server alone, often once for all it has: the text tells its language": _is_of_the_server,
    "the language of one text: ours is the entry's or the feed's, of the first text that has one": _is_of_one_text,
    "read without an address: ours has one, and joins to it an identifier that may be an address": _is_joined,
    "without scripts: content is kept as the feed gave it, and made safe where it is shown": _is_not_made_safe,
    "another text of the entry is longer, and the longest is its content": _is_another_text,
    "a whole document: its head and its scripts are no text": _is_a_document,
    "a comment that does not end hides what follows, as it does in browsers": _is_hidden,
}


def _reason(quirk: Quirk, equation: Equation, ours: Any, url: str) -> str:
    return next((reason for reason, excuses in EXCUSES.items() if excuses(quirk, equation, ours, url)), "")
