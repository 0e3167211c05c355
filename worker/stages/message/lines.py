"""Other people's words on our lines: one line, not too long, and in their own direction of writing.

What comes from outside may hold line breaks, which would end a mail's header, and marks that turn the direction of all
that follows. Both are taken out; where letters run from right to left, the words are set apart with isolates (UAX #9),
so that the words around them stay in their order.
"""

import re
from datetime import UTC, datetime

MAX_SENTENCE = 300  # characters
MAX_NAME = 80
MAX_ADDRESS = 2_000
_LOOKED_AT = 8  # times the limit: nobody needs more of a text to see that it is too long

_WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Marks of direction that reach beyond their word; halves of characters; what XML cannot hold.
_UNFIT = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_APART, _TOGETHER = "\u2068", "\u2069"  # first strong isolate, and its end
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def one_line(text: str) -> str:
    """On one line, without control characters."""
    return _WHITE.sub(" ", _UNFIT.sub("", text)).strip()


def shortened(text: str, limit: int) -> str:
    """On one line, at most `limit` characters, cut between words where there are words."""
    line = one_line(text[: limit * _LOOKED_AT])
    if len(line) <= limit and len(text) <= limit * _LOOKED_AT:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–-") + "…"


def theirs(text: str, limit: int = MAX_SENTENCE) -> str:
    """Words of theirs, to stand among ours."""
    line = shortened(text, limit)
    return f"{_APART}{line}{_TOGETHER}" if _RIGHT_TO_LEFT.search(line) else line


def name(text: str) -> str:
    """What an outlet is called, as one is told from another."""
    return shortened(text, MAX_NAME)


def address(url: str) -> str:
    """On one line; empty where it is longer than any that leads somewhere."""
    return one_line(url) if len(url) <= MAX_ADDRESS else ""


def quoted(text: str) -> str:
    return f"“{theirs(text)}”"


def listed(names: tuple[str, ...] | list[str], most: int) -> str:
    """ "A, B and 3 more"."""
    shown = ", ".join(theirs(each, MAX_NAME) for each in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def moment(when: datetime) -> str:
    """ "4 Mar 09:05 UTC": readers of one alert may live in many zones."""
    when = when.astimezone(UTC)
    return f"{when.day} {_MONTHS[when.month - 1]} {when:%H:%M} UTC"


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
