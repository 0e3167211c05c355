"""How commands speak: text and tables for people, one JSON object a line for machines, progress while it takes long."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

# Wrapped for a person's terminal alone: whoever reads lines wants them whole.
out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())


def json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """One object a line; instants as ISO 8601 in UTC."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
    sys.stdout.flush()


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """A table for people. Without a terminal, tab-separated lines, so that nothing is cut."""
    rows = list(rows)
    if not rows:
        out.print(empty)
    elif out.is_terminal:
        grid = Table(*columns, box=None, header_style="bold", pad_edge=False)
        for row in rows:
            grid.add_row(*(_cell(value) for value in row))
        out.print(grid)
    else:
        for row in [columns, *rows]:
            sys.stdout.write("\t".join(_cell(value) for value in row) + "\n")


@contextmanager
def progress(what: str, total: int) -> Iterator["Steps"]:
    """A bar when a person watches; else a line at each tenth."""
    if not err.is_terminal:
        yield _Lines(what, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        yield _Bar(bar, bar.add_task(what, total=total))


class Steps(Protocol):
    """What `progress` hands out: say how far it got, or that there is more to do than was known."""

    def advance(self, by: int = 1) -> None: ...

    def grow(self, by: int) -> None: ...


class _Bar:
    def __init__(self, bar: Progress, task: Any) -> None:
        self._bar, self._task = bar, task

    def advance(self, by: int = 1) -> None:
        self._bar.advance(self._task, by)

    def grow(self, by: int) -> None:
        total = self._bar.tasks[self._task].total or 0
        self._bar.update(self._task, total=total + by)


class _Lines:
    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done, self._shown = what, total, 0, 0

    def advance(self, by: int = 1) -> None:
        self._done += by
        tenth = self._done * 10 // max(self._total, 1)
        if tenth > self._shown:
            self._shown = tenth
            err.print(f"{self._what}: {self._done} of {self._total}")

    def grow(self, by: int) -> None:
        self._total += by


def moment(value: datetime | None) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if value else "–"


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else str(value).replace("\t", " ").replace("\n", " ")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"not JSON: {value!r}")
