"""A text file in, what it says of itself out: a title, a date and a byline are looked for in its first lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import PurePath

from worker.stages.extract.characters import admit, decode, one_line
from worker.stages.extract.dates import find_date, find_dated_weekday
from worker.stages.extract.people import names
from worker.stages.extract.values import Given
from worker.stages.text.dateline import split_dateline
from worker.stages.text.words import sentences

MAX_FILE_BYTES = 5_000_000
LONGEST_HEADLINE = 160
LONGEST_TITLE = 120  # of a title that had to be made from a sentence
FIRST_LINES = 6
RECENT_YEARS = 5  # within which a day of a month falls on a weekday once

_LABELLED_DATE = re.compile(
    r"^(?:first )?(?:published|posted|updated|last (?:updated|modified)|date|veröffentlicht|stand|publié|publicado|"
    r"yayın(?:lanma)?|güncelleme|опубліковано|опубликовано)\b[^:\d]{0,20}:?\s",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:by|von|par|por)\s+\S+(?:\s+\S+){0,7}$", re.IGNORECASE)
_FULL_STOP = (".", "!", "。", ":", ";", ",", "…", "”", '"')
_HEADLINE_WORDS = 25
_WORDS_OF_DATE = 5
_ENDS_WITH_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}$")  # "senior U.S." is not a whole sentence
# "The English Chronicle Desk", "LN247 Online": how a dated first line signs for the outlet.
_DESK = re.compile(r"(?:^|[.|•]\s*)(?P<outlet>[A-Z][\w&'’-]*(?:\s[A-Z][\w&'’-]*){0,4})\s(?:Desk|Online)\b")
_LEAD_CHARACTERS = 500
_LONGEST_READ = 5000  # characters of a first line; files without line breaks exist


@dataclass(frozen=True, slots=True)
class _Opening:
    """The first lines of a file, told apart."""

    dated: tuple[str, ...]  # "Published: 19 November 2025", or nothing but a date
    bylines: tuple[str, ...]
    rest: tuple[str, ...]  # from the first line that is neither


def extract_plain(raw: bytes, path: str, *, fallback: datetime | None = None, now: datetime | None = None) -> Given:
    """Read a text file. `path` is absolute and becomes the address; `fallback` is the date if the file names none.

    The title is the first line if it looks like a headline, else the first sentence, without a dateline and cut at a
    word. The date is one that is labelled or stands alone, else one in the file's name, else one in the first lines
    whose weekday proves it. A weekday also tells a year that is left out, if it fits only one of those before `now`.
    """
    text = admit(decode(raw[:MAX_FILE_BYTES])).strip()
    opening = _opening(text)
    day = _day(opening, path, now)
    return Given(
        url=_address(path),
        title=_title(opening.rest),
        text=text,
        authors=names(opening.bylines),
        outlet=next((desk["outlet"] for line in opening.dated if (desk := _DESK.search(line))), ""),
        published=datetime.combine(day, time(), UTC) if day else fallback,
        published_raw=opening.dated[0] if opening.dated else "",
    )


def is_dated_line(line: str) -> bool:
    """Whether a line says when the article was published and nothing of what happened."""
    if len(line) > LONGEST_HEADLINE:
        return False
    is_short = len(line.split()) <= _WORDS_OF_DATE
    return bool(is_short or _LABELLED_DATE.match(line)) and find_date(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line names the author and nothing else."""
    return bool(_BYLINE.match(line)) and not line.endswith(_FULL_STOP) and bool(names([line]))


def _opening(text: str) -> _Opening:
    lines = [line for line in map(str.strip, text.split("\n", 200)) if line]
    dated = tuple(line for line in lines[:FIRST_LINES] if is_dated_line(line))
    bylines = tuple(line for line in lines[:FIRST_LINES] if is_byline(line))
    return _Opening(dated, bylines, tuple(line for line in lines if line not in {*dated, *bylines}))


def _title(lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    first = one_line(lines[0], LONGEST_HEADLINE + 1)
    if len(lines) > 1 and _is_headline(first):
        return first
    _, told = split_dateline(lines[0][:_LONGEST_READ])
    return _shortened(one_line(_first_sentence(told), _LONGEST_READ))


def _is_headline(line: str) -> bool:
    return len(line) <= LONGEST_HEADLINE and len(line.split()) <= _HEADLINE_WORDS and not line.endswith(_FULL_STOP)


def _first_sentence(text: str) -> str:
    found = sentences(text)
    end = next((sentence.end for sentence in found if not _ENDS_WITH_INITIALS.search(sentence.text)), len(text))
    return text[:end]


def _shortened(sentence: str) -> str:
    """At most LONGEST_TITLE characters, cut between words (anywhere, if the script has no spaces)."""
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    cut = sentence[:LONGEST_TITLE]
    at_word = cut.rpartition(" ")[0] if not sentence[LONGEST_TITLE].isspace() else cut
    return (at_word or cut[:-1]).rstrip(" ,;:–—-")[: LONGEST_TITLE - 1] + "…"


def _day(opening: _Opening, path: str, now: datetime | None) -> date | None:
    return next((day for day in _days(opening, path, now) if day is not None), None)


def _days(opening: _Opening, path: str, now: datetime | None) -> Iterator[date | None]:
    for line in opening.dated:
        yield find_date(line)
    yield find_date(PurePath(path).name.replace("_", " "))
    lead = [sentence.text for sentence in sentences("\n".join(opening.rest[:2])[:_LEAD_CHARACTERS])]
    for sentence in lead:
        yield find_dated_weekday(sentence)
    if now is not None:
        for sentence in lead:
            yield _recent(sentence, now)


def _recent(sentence: str, now: datetime) -> date | None:
    """The latest "Wednesday, November 19" before `now`, as far back as there is but one."""
    days = (find_dated_weekday(f"{sentence} {now.year - ago}") for ago in range(RECENT_YEARS))
    return next((day for day in days if day is not None and day <= now.date()), None)


def _address(path: str) -> str:
    return path if "://" in path else PurePath(path).as_uri()
