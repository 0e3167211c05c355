"""What was made of topics files, kept between runs of the program in a small SQLite file.

Nothing here is needed: whatever cannot be read or written is made again from the files, in more time.
"""

import hashlib
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog

log = structlog.get_logger()

BUSY_SECONDS = 0.5  # whoever waits here holds up reading
_ROOT = Path(__file__).parent.parent
# What decides how a topic is read and compiled.
_PROGRAM = (
    "config",
    "worker/stages/query",
    "worker/stages/text",
    "worker/stages/aliases.py",
    "worker/stages/anchor_share.py",
    "worker/stages/topic_index.py",
)
_TABLE = "CREATE TABLE IF NOT EXISTS kept (file TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """One text for each file. `path`: the database; None keeps nothing."""

    path: Path | None

    def get(self, file: Path) -> str | None:
        """What was kept for the file, if anything was."""
        rows = self._done("SELECT body FROM kept WHERE file = ?", str(file))
        return rows[0][0] if rows else None

    def put(self, file: Path, body: str) -> None:
        self._done("INSERT OR REPLACE INTO kept VALUES (?, ?)", str(file), body)

    def drop(self, file: Path) -> None:
        """Forget a file that is gone."""
        self._done("DELETE FROM kept WHERE file = ?", str(file))

    def drop_others(self, folder: Path, files: Collection[Path]) -> None:
        """Forget what was in this folder and is none of these files."""
        known = [Path(row[0]) for row in self._done("SELECT file FROM kept")]
        for file in known:
            if file.parent == folder and file not in files:
                self.drop(file)

    def _done(self, statement: str, *values: str) -> list[tuple[str]]:
        """The statement's rows; none where nothing is kept."""
        if self.path is None:
            return []
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
                database.execute(_TABLE)
                return database.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            log.warning("topics are not kept between runs", path=str(self.path), error=str(error))
            return []


@cache
def program_digest() -> str:
    """SHA-256 of the program's parts that decide what is kept, so that a new version keeps nothing of an old one."""
    digest = hashlib.sha256()
    for part in _PROGRAM:
        path = _ROOT / part
        files = sorted([*path.rglob("*.py"), *path.rglob("*.lark")]) if path.is_dir() else [path]
        for file in files:
            digest.update(file.read_bytes())
    return digest.hexdigest()
