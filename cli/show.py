"""How commands speak: text and tables for people, one JSON object a line for machines, progress while it takes long."""

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

# Wrapped for a person's terminal alone: whoever reads lines wants them whole.
out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())

MOST_COLUMNS = 100  # longer lines of text are hard to read


def json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """One object a line; instants as ISO 8601 in UTC. Letters that the encoding may lack are escaped as JSON does."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    lines([json.dumps(row, ensure_ascii=not is_unicode, default=_plain) for row in rows])


def lines(texts: Iterable[str]) -> None:
    """Lines for whoever reads lines. They are sent off here, so that a closed pipe is noticed here."""
    for text in texts:
        sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say(text: str, *, indent: int = 0, style: str | None = None) -> None:
    """Text as it stands, wrapped at words when a person watches. Addresses are never broken: they are to be clicked."""
    for line in text.split("\n"):
        out.print(_wrapped(line, " " * indent) if line else "", markup=False, style=style, soft_wrap=True)


def _wrapped(line: str, margin: str) -> str:
    width = min(out.width, MOST_COLUMNS)
    if not out.is_terminal or len(margin) + len(line) <= width:
        return margin + line
    hang = margin + ("  " if line.startswith("- ") else "")
    return textwrap.fill(
        line, width, initial_indent=margin, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )


def complain(text: str) -> None:
    """A line on standard error, as it stands."""
    err.print(text, markup=False, soft_wrap=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """A table for people. Without a terminal, tab-separated lines, so that nothing is cut."""
    rows = list(rows)
    if not rows:
        say(empty)
    elif out.is_terminal:
        out.print(_grid(columns, rows))
    else:
        lines("\t".join(_flat(value) for value in row) for row in [columns, *rows])


def _grid(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """Moments and numbers keep to one line; what does not fit goes to the next line rather than away."""
    grid = Table(box=None, header_style="bold", pad_edge=False)
    for name, *values in zip(columns, *rows, strict=True):
        is_short = all(value is None or isinstance(value, datetime | int) for value in values)
        grid.add_column(str(name), no_wrap=is_short, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(_cell(value)) for value in row))
    return grid


@contextmanager
def progress() -> Iterator["Steps"]:
    """A bar when a person watches; else a line at each tenth."""
    if not err.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        yield _Bar(bar)


class Steps(Protocol):
    """What `progress` hands out: say what is being done, how much of it is done, and how much there is."""

    def at(self, what: str, done: int, total: int) -> None: ...


class _Bar:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def at(self, what: str, done: int, total: int) -> None:
        if self._task is None:
            self._task = self._bar.add_task(what, total=total)
        self._bar.update(self._task, description=what, completed=done, total=total)


class _Lines:
    def __init__(self) -> None:
        self._shown: tuple[str, int] = ("", 0)

    def at(self, what: str, done: int, total: int) -> None:
        reached = (what, done * 10 // max(total, 1))
        if reached != self._shown:
            self._shown = reached
            complain(f"{what}: {done} of {total}")


def receipt_lines(receipt: Mapping[str, Any]) -> Iterator[str]:
    """A match's receipt for people: the reason, and where its words stand, the sentences counted from 1."""
    yield str(receipt["reason"])
    for hit in receipt.get("hits", ()):
        yield f"- {_hit(hit)}"
    if more := receipt.get("more_hits"):
        yield f"- and {more} more"


def _hit(hit: Mapping[str, Any]) -> str:
    sentence = hit.get("sentence")
    place = f", sentence {sentence['index'] + 1}" if sentence and hit["field"] == "text" else ""
    group = f", as {' = '.join(hit['alias'])}" if hit.get("alias") else ""
    is_as_written = hit["found"].casefold() == hit["term"].strip('="').casefold()
    wanted = "" if is_as_written else f" for {hit['term']}{group}"
    return f"“{hit['found']}”{wanted}: {hit['field']} {hit['start']}–{hit['end']}{place}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 story`, `2 stories`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def moment(value: datetime | None) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if value else "–"


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else str(value)


def _flat(value: object) -> str:
    return _cell(value).replace("\t", " ").replace("\n", " ")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"not JSON: {value!r}")
