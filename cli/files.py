"""Articles from files: a page or a text is one article, a .jsonl file has one in each line.

What a file cannot give is told and left out, and the rest is taken. Storing is `cli.ingest`.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from config.messages import refuse, sentence
from worker.errors import PermanentError
from worker.stages.extract import Given, extract_page, extract_plain
from worker.stages.extract.characters import admit
from worker.stages.extract.dates import read_stamp

PAGES, TEXTS, LINES = (".html", ".htm"), (".txt",), (".jsonl",)
ADDRESS_SCHEMES = frozenset(["http", "https", "file", "urn"])
MOST_ZEROS = 0.05  # of a file's bytes; stray ones are dropped, but with more it is a picture, a program, an archive

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # in which every other byte may be zero

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Item:
    """One article that a file gave: what is known of it, and its page if it has one."""

    given: Given
    page: bytes | None = None


class UnreadableError(PermanentError):
    """A file or a line that cannot be taken."""


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files themselves, and in folders those whose suffix is known, in the order of their names."""
    for path in paths:
        if path.is_dir():
            known = (one for one in path.rglob("*") if one.suffix.lower() in (*PAGES, *TEXTS, *LINES))
            yield from sorted(one for one in known if not one.is_dir())
        else:
            yield path


def read_items(file: Path, refused: Tell, noted: Tell, now: datetime) -> Iterator[Item]:
    """The articles that can be taken from a file.

    `refused` is told of each file or line that cannot be taken, `noted` of what was left out of one that was. `now`
    tells the year of a day that a text names without one.
    """
    try:
        raw = file.read_bytes()
        if file.suffix.lower() in LINES:
            yield from _lines(file, raw, refused, noted)
        else:
            yield _whole(file, raw, now)
    except OSError as error:
        refused(f"{file}: {error.strerror}")
    except UnreadableError as error:
        refused(f"{file}: {error}")


def _whole(file: Path, raw: bytes, now: datetime) -> Item:
    """The one article that a page or a text file is."""
    url, suffix = file.resolve().as_uri(), file.suffix.lower()
    if suffix not in (*PAGES, *TEXTS):
        raise UnreadableError("neither .html nor .txt nor .jsonl")
    if not raw.strip():
        raise UnreadableError("is empty")
    if raw.count(0) > len(raw) * MOST_ZEROS and not raw.startswith(_WIDE_TEXT):
        raise UnreadableError("is not text")
    return _page(raw, Given(url=url)) if suffix in PAGES else Item(extract_plain(raw, url, now=now))


def _page(raw: bytes, given: Given, content_type: str = "") -> Item:
    """The date is looked up now, as articles are to be read in order of publication; the rest when it is read."""
    if given.published is None:
        given = replace(given, published=extract_page(raw, given, content_type=content_type).published)
    return Item(given, raw)


def _nothing_as_empty(value: object) -> object:
    return "" if value is None else value


def _as_list(value: object) -> object:
    return [] if value is None else [value] if isinstance(value, str) else value


def _as_written(value: object) -> object:
    """Seconds since 1970 may be written as a number."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _nothing_as_empty(value)


def _usable_address(url: str) -> str:
    """An address, or a name of the user's own; never one that would run as a script where it is shown as a link."""
    url = url.strip()
    scheme = _SCHEME.match(url)
    if not url:
        refuse("must not be empty")
    if scheme and scheme[1].lower() not in ADDRESS_SCHEMES:
        refuse("must begin with http:// or https://")
    return url


Text = Annotated[str, BeforeValidator(_nothing_as_empty), AfterValidator(admit)]


class Line(BaseModel):
    """A line of a .jsonl file. A key that is null counts as missing; keys of the user's own are left alone."""

    model_config = ConfigDict(extra="ignore")

    url: Annotated[Text, AfterValidator(_usable_address)]
    title: Text = ""
    text: Text = ""
    html: Text = ""
    published: Annotated[str, BeforeValidator(_as_written)] = ""
    outlet: Text = ""
    authors: Annotated[list[Text], BeforeValidator(_as_list)] = []
    language: Text = ""


def _lines(file: Path, raw: bytes, refused: Tell, noted: Tell) -> Iterator[Item]:
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            read = _line(line)
        except UnreadableError as error:
            refused(f"{file}:{number}: {error}")
            continue
        item = _item(read)
        if read.published and item.given.published is None:
            noted(f"{file}:{number}: taken without its date, as `published` is none")
        yield item


def _line(raw: bytes) -> Line:
    try:
        return Line.model_validate(json.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise UnreadableError("nested too deeply") from error
    except ValidationError as error:
        first = error.errors()[0]
        named = first["type"] != "missing" and first["loc"]
        raise UnreadableError(f"{first['loc'][0] if named else 'the line'} {sentence(first)}") from error


def _item(line: Line) -> Item:
    stamp = read_stamp(line.published)
    given = Given(
        url=line.url, title=line.title, text=line.text, authors=tuple(line.authors), language=line.language,
        outlet=line.outlet, published=stamp.moment if stamp else None,
    )  # fmt: skip
    if line.html and not line.text:
        return _page(line.html.encode(), given, content_type="text/html; charset=utf-8")
    return Item(given)
