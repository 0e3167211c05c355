"""Articles in files: a page or a text is one article, a .jsonl file has one in each line.

What a file cannot give is told and left out, and the rest is taken. Not here: which files are read, and when
(`worker.folder`, `storytrail ingest`), and what is stored of them (`worker.given`).
"""

import codecs
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Annotated, BinaryIO, Protocol

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from config.messages import refuse, sentence
from worker.errors import PermanentError, TransientError
from worker.stages.extract import Extracted, Given, extract_page, extract_plain
from worker.stages.extract.characters import admit
from worker.stages.extract.dates import read_stamp

PAGES, TEXTS, LINES = (".html", ".htm"), (".txt",), (".jsonl",)
SUFFIXES = (*PAGES, *TEXTS, *LINES)
ADDRESS_SCHEMES = frozenset(["http", "https", "file", "urn"])
MOST_ZEROS = 0.05  # of a file's bytes; stray ones are dropped, but with more it is a picture, a program, an archive
MAX_BYTES = 10 * 2**20
SKIPPED_AT_ONCE = 2**20

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # in which every other byte may be zero


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a file gave: what is known of it, and its page if it has one."""

    given: Given
    page: bytes | None = None
    content_type: str = ""

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return len(self.page or b"") + len(self.given.text) + len(self.given.html)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a file, or one line of it, gave: an item, a problem, or both when something was left out of the item.

    A blank line gives neither. `line` is 0 for a whole file; `is_ended`: a line has its end and cannot become longer.
    """

    item: Item | None = None
    problem: str = ""
    line: int = 0
    is_ended: bool = True

    def told(self, file: object) -> str:
        """The problem with its place."""
        return f"{file}:{self.line}: {self.problem}" if self.line else f"{file}: {self.problem}"


class UnreadableError(PermanentError):
    """A file or a line that cannot be taken."""


class Extract(Protocol):
    """`extract_page`, or the same in a process of its own. A page's date is looked up with it."""

    def __call__(self, body: bytes, given: Given, *, content_type: str = "") -> Extracted: ...


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files themselves, and in folders those whose suffix is known, in the order of their names."""
    for path in paths:
        if path.is_dir():
            known = (one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
            yield from sorted(one for one in known if not one.is_dir())
        else:
            yield path


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files. `now` tells the year of a day that a text names without one.

    Nothing larger than `max_bytes` is read: a page, a text, a line. Files of lines may be of any length.
    """

    now: datetime
    extract: Extract = extract_page
    max_bytes: int = MAX_BYTES

    def pieces(self, file: Path) -> Iterator[Piece]:
        """All that the file gives, or its target if it is a link. What goes wrong is told as a problem, not raised."""
        target = Path(os.path.realpath(file))
        try:
            if is_lines(target):
                with open_file(target) as stream:
                    yield from self.lines(stream)
            else:
                yield self.whole(target)
        except OSError as error:
            yield Piece(problem=str(error.strerror))
        except (UnreadableError, TransientError) as error:
            yield Piece(problem=str(error))

    def whole(self, file: Path) -> Piece:
        """The one article that a page or a text file is. Raises UnreadableError, OSError and what `extract` raises."""
        suffix = file.suffix.lower()
        if suffix not in (*PAGES, *TEXTS):
            raise UnreadableError("neither .html nor .txt nor .jsonl")
        with open_file(file) as stream:
            raw = stream.read(self.max_bytes + 1)
        self._refuse_unusable(raw)
        url = Path(os.path.realpath(file)).as_uri()
        if suffix in PAGES:
            return self._page(raw, Given(url=url))
        return Piece(Item(extract_plain(raw, url, now=self.now)))

    def lines(self, stream: BinaryIO, first: int = 1) -> Iterator[Piece]:
        """A piece for each line from here on, the first of which has the number `first`."""
        for number in count(first):
            raw = stream.readline(self.max_bytes + 1)
            if not raw:
                return
            if len(raw) > self.max_bytes:
                is_ended = raw.endswith(b"\n") or _skip_line(stream)
                yield Piece(problem=self._too_large(), line=number, is_ended=is_ended)
            else:
                yield replace(self._line(raw), line=number, is_ended=raw.endswith(b"\n"))

    def _refuse_unusable(self, raw: bytes) -> None:
        if not raw.strip():
            raise UnreadableError("is empty")
        if len(raw) > self.max_bytes:
            raise UnreadableError(self._too_large())
        if raw.count(0) > len(raw) * MOST_ZEROS and not raw.startswith(_WIDE_TEXT):
            raise UnreadableError("is not text")

    def _too_large(self) -> str:
        return f"is larger than {self.max_bytes / 2**20:.3g} MiB"

    def _line(self, raw: bytes) -> Piece:
        if not raw.strip():
            return Piece()
        try:
            line = _read_line(raw)
        except UnreadableError as error:
            return Piece(problem=str(error))
        stamp = read_stamp(line.published)
        given = Given(
            url=line.url, title=line.title, text=line.text, authors=tuple(line.authors), language=line.language,
            outlet=line.outlet, published=stamp.moment if stamp else None,
        )  # fmt: skip
        if line.html and not line.text:
            piece = self._page(line.html.encode(), given, content_type="text/html; charset=utf-8")
        else:
            piece = Piece(Item(given))
        is_dated = piece.item is not None and piece.item.given.published is not None
        if line.published and not is_dated:
            return replace(piece, problem="taken without its date, as `published` is none")
        return piece

    def _page(self, raw: bytes, given: Given, content_type: str = "") -> Piece:
        """The date is looked up now, as articles are to be read in order of publication; the rest when it is read."""
        problem = ""
        if given.published is None:
            try:
                published = self.extract(raw, given, content_type=content_type).published
                given = replace(given, published=published)
            except PermanentError as error:
                problem = f"taken without its date: {error}"
        return Piece(Item(given, raw, content_type), problem)


def is_lines(file: Path) -> bool:
    return file.suffix.lower() in LINES


def open_file(file: Path) -> BinaryIO:
    """The file, opened for reading. A link is not followed. Raises OSError, and UnreadableError for pipes and the like.

    Opening a pipe would wait for whoever writes to it, and reading it might never end.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableError("is not a file that can be read to its end")
    return os.fdopen(handle, "rb")


def _skip_line(stream: BinaryIO) -> bool:
    """Read on to the end of the line; whether it has one."""
    while rest := stream.readline(SKIPPED_AT_ONCE):
        if rest.endswith(b"\n"):
            return True
    return False


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


def _read_line(raw: bytes) -> Line:
    """Raises UnreadableError."""
    try:
        return Line.model_validate(json.loads(raw.rstrip(b"\r\n").decode("utf-8-sig")))
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
    except ValueError as error:  # Python converts no number of thousands of digits
        raise UnreadableError("holds a number that is too long") from error
