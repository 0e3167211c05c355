"""CPU time of a process and all that it started, read from outside. Linux only: it reads /proc.

    before = tree_seconds(process.pid)
    ...
    used = tree_seconds(process.pid) - before

A child counts while it lives by its own clock, and afterwards by what its parent was told when it ended; the latter
comes in ticks of the system, ten milliseconds as a rule. A process that detaches from its parent is not seen.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PARENT, OWN_USER, OWN_SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM = 1, 11, 12, 13, 14
"""Places in /proc/PID/stat, counted from the state, which follows the name in brackets (proc(5))."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of CPU: `own` of the process itself, `children` of all that it started, directly or not."""

    own: float
    children: float

    @property
    def whole(self) -> float:
        return self.own + self.children

    def __sub__(self, earlier: "Usage") -> "Usage":
        return Usage(self.own - earlier.own, self.children - earlier.children)


def require_proc() -> None:
    """Stop with a sentence where there is nothing to read."""
    if not (PROC / "self" / "stat").exists():
        sys.exit("CPU time of child processes is read from /proc, which this system does not have")


def tree_usage(pid: int) -> Usage:
    """What this process and its descendants have used so far."""
    children = _children_by_parent()
    own, ended = _clock(pid), _of_ended_children(pid)
    living = sum(_clock(child) + _of_ended_children(child) for child in _descendants(pid, children))
    return Usage(own, ended + living)


def tree_seconds(pid: int) -> float:
    return tree_usage(pid).whole


def _clock(pid: int) -> float:
    """All threads of a process, ended ones too, to the nanosecond; nothing if it has gone meanwhile."""
    process_clock = (~pid << 3) | 2  # what clock_getcpuclockid(3) gives on Linux
    try:
        return time.clock_gettime(process_clock)
    except OSError:
        return 0.0


def _of_ended_children(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[CHILDREN_USER]) + int(fields[CHILDREN_SYSTEM])) / TICKS if fields else 0.0


def _descendants(pid: int, children: Mapping[int, Sequence[int]]) -> Iterator[int]:
    for child in children.get(pid, ()):
        yield child
        yield from _descendants(child, children)


def _children_by_parent() -> Mapping[int, Sequence[int]]:
    children: dict[int, list[int]] = defaultdict(list)
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children[int(fields[PARENT])].append(int(folder.name))
    return children


def _stat(pid: int) -> Sequence[str]:
    """The fields after the name, which may itself hold spaces and brackets; none if the process has gone."""
    try:
        return (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ()
