"""A watched folder: which of its files are new or changed since the last look, and the articles in them.

    walk ──▶ compare with memory ──▶ at rest? ──▶ read ──▶ Found: items, memory, note
             unchanged: nothing      being written: left for the next look

Pure of the database: what a look has to know of the one before goes in and out as `memory`, which is JSON and is to be
stored together with the items. A file that cannot be taken is told in the note until it changes, and holds up no other.
A .jsonl file that only grew is read from where it was read to. How files are read is in `worker.files`.
"""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes, urlsplit

import structlog

from worker.errors import TransientError
from worker.files import MAX_BYTES, SUFFIXES, Extract, FileReader, Item, Piece, UnreadableError, is_lines, open_file
from worker.given import FoundItem, found_item
from worker.stages.extract import extract_page
from worker.stages.feed.text import one_line

log = structlog.get_logger()

AT_REST_SECONDS = 2.0  # a file that was written to since may be half a file
MOST_TOLD = 3  # problems in the note; the others are counted
MAX_PROBLEM_CHARS = 200
READ_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one look takes: so many files, articles, bytes of text and pages, and seconds. The rest is left.

    `entries`: files and folders that are looked at at all; `file_bytes`: the largest page, text or line that is read;
    `lines_bytes`: the largest .jsonl file.
    """

    files: int = 500
    items: int = 1_000
    bytes: int = 32 * 2**20
    seconds: float = 20.0
    entries: int = 100_000
    file_bytes: int = MAX_BYTES
    lines_bytes: int = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found. `items` are in order of publication, `note` says what could not be taken, or nothing.

    `more`: a limit was reached, look again at once. `waits`: something is being written, look again in some seconds.
    """

    items: tuple[FoundItem, ...]
    memory: dict[str, Any]
    note: str = ""
    more: bool = False
    waits: bool = False


def folder_address(folder: Path) -> str:
    """The address under which a folder is a source. Links are kept: what they point to may change."""
    return Path(os.path.abspath(folder)).as_uri()


def folder_at(url: str) -> Path:
    """The folder of such an address."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(url).path)))


def look_in(
    folder: Path,
    memory: Mapping[str, Any],
    now: datetime,
    *,
    outlet: str = "",
    language: str = "",
    extract: Extract = extract_page,
    limits: Limits = Limits(),
    clock: Callable[[], float] = time.monotonic,
) -> Found:
    """Read what is new or changed since the look that gave this memory (`{}` at first).

    Raises TransientError when the folder cannot be read.
    `outlet` and `language` stand in where a file does not say its own. `extract` reads a page for its date.
    """
    walk = _Walk(folder, limits.entries)
    look = _Look(
        _Memory.of(memory, walk.files), FileReader(now, extract, limits.file_bytes), limits, clock,
        lambda item: found_item(item, now, outlet=outlet, language=language),
    )  # fmt: skip
    look.take_all(walk.files.values())
    return look.found(walk.problems)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the walk met it. `name` is its path in the folder, fit for JSON and people; `stamp` its version."""

    path: Path
    name: str
    size: int
    mtime: int  # nanoseconds since 1970

    @property
    def stamp(self) -> str:
        return f"{self.size} {self.mtime}"

    def is_at_rest(self, now: datetime) -> bool:
        """A clock that is ahead of ours must not keep its files out for ever, so the future counts as the past."""
        return abs(now.timestamp() - self.mtime / 1e9) >= AT_REST_SECONDS

    def is_as_it_was(self) -> bool:
        status = self.path.stat()
        return (status.st_size, status.st_mtime_ns) == (self.size, self.mtime)


class _Walk:
    """The files in a folder and the folders in it, by name, and what could not be looked at.

    Hidden ones are left out. Links to folders are not followed: inside, their target is met anyway.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._root, self._real_root = folder, os.path.realpath(folder)
        self.files: dict[str, _File] = {}
        self.problems: dict[str, str] = {}
        for number, entry in enumerate(self._entries(), 1):
            if number > most:
                self.problems[f"{folder.name}/"] = (
                    f"holds more than {most} files and folders; those beyond are not looked at"
                )
                break
            self._meet(entry)

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        try:
            below = self._listed(self._root)
        except OSError as error:
            raise TransientError(f"the folder {self._root} cannot be read: {error.strerror}") from error
        while below:
            entry = below.pop()
            yield entry
            if entry.is_dir(follow_symlinks=False):
                try:
                    below += self._listed(entry.path)
                except OSError as error:
                    self.problems[self._name(entry)] = str(error.strerror)

    def _listed(self, folder: str | Path) -> list[os.DirEntry[str]]:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda e: e.name)[::-1]

    def _meet(self, entry: os.DirEntry[str]) -> None:
        name = self._name(entry)
        path = Path(os.path.realpath(entry.path)) if entry.is_symlink() else Path(entry.path)
        if entry.is_symlink() and not path.is_relative_to(self._real_root):
            self.problems[name] = "is a link that leads out of the folder"
            return
        try:
            status = entry.stat()
        except OSError as error:
            self.problems[name] = str(error.strerror)
            return
        if not stat.S_ISDIR(status.st_mode) and path.suffix.lower() in SUFFIXES:
            self.files[name] = _File(path, name, status.st_size, status.st_mtime_ns)

    def _name(self, entry: os.DirEntry[str]) -> str:
        """Bytes that are no UTF-8 are written as escapes: no database would take them."""
        return os.fsencode(os.path.relpath(entry.path, self._root)).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a .jsonl file was read: lines, bytes, and the SHA-256 of these bytes, to see that they are the same."""

    line: int = 0
    offset: int = 0
    digest: str = ""

    def is_of(self, stream: BinaryIO) -> bool:
        return _digest(stream, self.offset) == self.digest


@dataclass
class _Memory:
    """What is known of the files, by name."""

    read: dict[str, str] = field(default_factory=dict)  # the stamp of a file that is done with
    written: dict[str, str] = field(default_factory=dict)  # of one that was being written
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)  # how many problems, and the first
    marks: dict[str, _Mark] = field(default_factory=dict)

    @classmethod
    def of(cls, memory: Mapping[str, Any], present: Mapping[str, object]) -> "_Memory":
        """From JSON, without the files that are gone."""

        def kept(part: str) -> Iterator[tuple[str, Any]]:
            return ((name, value) for name, value in memory.get(part, {}).items() if name in present)

        return cls(
            dict(kept("read")),
            dict(kept("written")),
            {name: (number, first) for name, (number, first) in kept("refused")},
            {name: _Mark(*mark) for name, mark in kept("marks")},
        )

    def to_json(self) -> dict[str, Any]:
        parts: dict[str, dict[str, Any]] = {
            "read": self.read,
            "written": self.written,
            "refused": {name: list(problems) for name, problems in self.refused.items()},
            "marks": {name: [mark.line, mark.offset, mark.digest] for name, mark in self.marks.items()},
        }
        return {part: known for part, known in parts.items() if known}


class _Look:
    """One look at the files that are new or changed: gathers items and what to remember, up to the limits."""

    def __init__(
        self,
        memory: _Memory,
        reader: FileReader,
        limits: Limits,
        clock: Callable[[], float],
        translate: Callable[[Item], FoundItem],
    ) -> None:
        self._memory, self._reader, self._limits = memory, reader, limits
        self._clock, self._end, self._translate = clock, clock() + limits.seconds, translate
        self._items: list[FoundItem] = []
        self._files = self._bytes = 0
        self._unread: dict[str, str] = {}  # what may pass without a change of the file, so that it is tried each time
        self._more = self._waits = False

    def take_all(self, files: Iterable[_File]) -> None:
        """Take those that are new or changed, the longest unchanged first, until a limit is reached."""
        changed = [file for file in files if self._memory.read.get(file.name) != file.stamp]
        for file in sorted(changed, key=lambda file: (file.mtime, file.name)):
            if self._is_full:
                self._more = True
                return
            self._take(file)

    def found(self, problems: Mapping[str, str]) -> Found:
        told = {name: _counted(*refused) for name, refused in self._memory.refused.items()}
        return Found(
            tuple(sorted(self._items, key=lambda item: item.listed.event_time)),
            self._memory.to_json(),
            _note({**told, **self._unread, **problems}),
            more=self._more,
            waits=self._waits,
        )

    @property
    def _is_full(self) -> bool:
        """Some progress is always made, however short the time is."""
        limits = self._limits
        counts = ((self._files, limits.files), (len(self._items), limits.items), (self._bytes, limits.bytes))
        has_progress = self._files or self._items
        return any(count >= most for count, most in counts) or bool(has_progress and self._clock() >= self._end)

    def _take(self, file: _File) -> None:
        try:
            if is_lines(file.path):
                self._take_lines(file)
            else:
                self._take_whole(file)
        except OSError as error:
            self._unread[file.name] = str(error.strerror)
        except TransientError:
            self._leave(file)
        except UnreadableError as error:
            self._memory.refused[file.name] = (1, str(error))
            self._finish(file)

    def _take_whole(self, file: _File) -> None:
        if self._is_being_written(file):
            self._leave(file)
            return
        piece = self._reader.whole(file.path)
        if not file.is_as_it_was():
            self._leave(file)
            return
        self._memory.refused.pop(file.name, None)
        self._keep(file, piece)
        self._finish(file)

    def _take_lines(self, file: _File) -> None:
        """Whole lines are taken even while more are being written."""
        if file.size > self._limits.lines_bytes:
            raise UnreadableError(f"is larger than {self._limits.lines_bytes / 2**20:.3g} MiB")
        with open_file(file.path) as stream:
            mark = self._mark_of(file, stream)
            self._memory.marks[file.name] = self._read_on(file, stream, mark)

    def _mark_of(self, file: _File, stream: BinaryIO) -> _Mark:
        mark = self._memory.marks.get(file.name, _Mark())
        if mark.is_of(stream):
            return mark
        self._memory.refused.pop(file.name, None)
        return _Mark()

    def _read_on(self, file: _File, stream: BinaryIO, mark: _Mark) -> _Mark:
        """Read from the mark on; the new mark is behind the last line that has its end."""
        stream.seek(mark.offset)
        line, offset = mark.line, mark.offset
        for piece in self._reader.lines(stream, line + 1):
            if self._is_full:
                self._more = True
                break
            if not piece.is_ended and self._leaves_end(file, piece):
                break
            self._keep(file, piece)
            if piece.is_ended:
                line, offset = piece.line, stream.tell()
        else:
            self._finish(file)
        return _Mark(line, offset, _digest(stream, offset))

    def _leaves_end(self, file: _File, piece: Piece) -> bool:
        """Whether the end of a file, without a line break, is to be left: it may be half a line."""
        if self._is_being_written(file):
            self._leave(file)
            return True
        if piece.item is None and piece.problem:
            self._unread[file.name] = _told(piece)
            return True
        return False

    def _keep(self, file: _File, piece: Piece) -> None:
        if piece.item is not None:
            self._items.append(self._translate(piece.item))
            self._bytes += piece.item.size
            if piece.problem:
                log.warning("not all of a file was taken", file=str(file.path), problem=_told(piece))
        elif piece.problem:
            number, first = self._memory.refused.get(file.name, (0, _told(piece)))
            self._memory.refused[file.name] = (number + 1, first)

    def _is_being_written(self, file: _File) -> bool:
        """Unless it was the same at the last look: clocks of other machines may be off."""
        return not file.is_at_rest(self._reader.now) and self._memory.written.get(file.name) != file.stamp

    def _leave(self, file: _File) -> None:
        """It is read at the next look."""
        self._memory.written[file.name] = file.stamp
        self._waits = True

    def _finish(self, file: _File) -> None:
        """It is not read again until it changes."""
        self._files += 1
        self._memory.read[file.name] = file.stamp
        self._memory.written.pop(file.name, None)


def _told(piece: Piece) -> str:
    return f"line {piece.line}: {piece.problem}" if piece.line else piece.problem


def _counted(number: int, first: str) -> str:
    return first if number == 1 else f"{first}, and {number - 1} more"


def _note(problems: Mapping[str, str]) -> str:
    """The first problems in words, by name of file, and how many more there are."""
    if not problems:
        return ""
    told = [one_line(f"{name}: {problem}", MAX_PROBLEM_CHARS) for name, problem in sorted(problems.items())]
    beyond = len(told) - MOST_TOLD
    return "could not be taken: " + "; ".join(told[:MOST_TOLD]) + (f"; and {beyond} more" if beyond > 0 else "")


def _digest(stream: BinaryIO, size: int) -> str:
    """The SHA-256 of the first bytes; nothing when there are not so many."""
    stream.seek(0)
    digest, rest = hashlib.sha256(), size
    while rest and (piece := stream.read(min(rest, READ_AT_ONCE))):
        digest.update(piece)
        rest -= len(piece)
    return "" if rest else digest.hexdigest()
