"""Which topics files there are, and which have changed since the last look. Their content is not read here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from config.topics import topics_files

LOOK_EVERY_SECONDS = 1.0  # at a folder: each look asks the system about every file in it

Stamp = tuple[float, int] | None  # what changes when a file does, time and size; None while there is no file


@dataclass(frozen=True, slots=True)
class Changes:
    """Files to read again, the shared one first, and files whose topics are to go."""

    changed: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()


class TopicsWatch:
    """Watches one file, or a folder of them. `clock`: seconds that only go on."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self.path = path
        self.is_folder = path.is_dir()
        self._clock = clock
        self._looked = float("-inf")
        self._seen: dict[Path, Stamp] = {}
        self._missed: frozenset[Path] = frozenset()

    @property
    def files(self) -> Collection[Path]:
        """Those that were there at the last look, or may come back."""
        return self._seen.keys()

    def changes(self) -> Changes | None:
        """Since the last look; at the first, every file is new. None: it is too early for another look.

        Raises ConfigError when the folder cannot be read.
        """
        if not self._is_due():
            return None
        now = self._stamps()
        changed = tuple(path for path, stamp in now.items() if stamp != self._seen.get(path, "never seen"))
        gone = self._gone(now)
        self._seen = {path: self._seen[path] for path in self._missed} | now
        return Changes(changed, gone)

    def _is_due(self) -> bool:
        if not self.is_folder:
            return True
        now = self._clock()
        if now - self._looked < LOOK_EVERY_SECONDS:
            return False
        self._looked = now
        return True

    def _stamps(self) -> dict[Path, Stamp]:
        return {path: _stamp(path) for path in (topics_files(self.path) if self.is_folder else [self.path])}

    def _gone(self, now: Collection[Path]) -> tuple[Path, ...]:
        """The files that are not there at a second look either: some editors take a file away before they write it."""
        missing = frozenset(self._seen).difference(now)
        gone = missing & self._missed
        self._missed = missing - gone
        return tuple(sorted(gone))


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime, status.st_size
