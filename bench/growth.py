"""What reading an article costs with much in the database: CPU time with 10,000 stored articles, and with 200,000.

    python -m bench.growth articles.jsonl               lines as `storytrail ingest` takes, in order of publication
    python -m bench.growth articles.jsonl --small 2000 --large 8000

The first lines are read as a worker reads them. What reading left is then doubled until there is enough: the same rows
under other ids, two days earlier each time, so that a larger archive is an older one, and none a copy of another. Then
the last lines are read into both databases, in turns. Words and names repeat from copy to copy more than real news do,
so real archives are kinder.

All of a worker's reading is counted but extraction: claim, stages, and both transactions.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from bench.reading import Piece, lines, listed, store
from config.settings import load_settings
from storage.migrate import migrate
from worker.runtime import Runtime
from worker.stages.extract import extract_given
from worker.steps import read
from worker.steps.read import read_article

PROBES = 200
SPAN = timedelta(days=2)  # of the coverage that is copied again and again
NOW = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Growth:
    """CPU milliseconds for an article, as medians, in a small and in a large archive."""

    small: float
    large: float
    of_small: int
    of_large: int

    @property
    def ratio(self) -> float:
        return self.large / self.small


def measure(pieces: Sequence[Piece], small: int, large: int, probes: int = PROBES) -> Growth:
    """Read the pieces, grow what they left to both sizes, and read the last of them into each."""
    base, fresh = pieces[:-probes], pieces[-probes:]
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "small"
        with _opened(first) as run:
            _read_all(run, base)
            _grow(run, small)
        second = Path(folder) / "large"
        shutil.copytree(first, second)
        with _opened(second) as run:
            _grow(run, large)
        with _opened(first) as here, _opened(second) as there:
            costs = _in_turns([here, there], fresh)
            counts = [_count(run) - len(fresh) for run in (here, there)]
    return Growth(median(costs[0]), median(costs[1]), *counts)


@contextmanager
def _opened(folder: Path) -> Iterator[Runtime]:
    """A runtime on a database of its own."""
    run = Runtime(load_settings({"STORYTRAIL_DATA": str(folder)}))
    migrate(run.database)
    try:
        yield run
    finally:
        run.close()


def _read_all(run: Runtime, pieces: Sequence[Piece]) -> None:
    step = SPAN / max(1, len(pieces))
    for number, piece in enumerate(pieces):
        if number % 200 == 0:
            print(f"read {number} of {len(pieces)}", file=sys.stderr)
        read_article(run, _store(run, piece, NOW - SPAN + number * step))


def _in_turns(runs: Sequence[Runtime], pieces: Sequence[Piece]) -> list[list[float]]:
    costs: list[list[float]] = [[] for _ in runs]
    step = SPAN / 20 / max(1, len(pieces))
    for number, piece in enumerate(pieces):
        for run, found in zip(runs, costs, strict=True):
            article_id = _store(run, piece, NOW + number * step)
            start = time.process_time()
            read_article(run, article_id)
            found.append((time.process_time() - start) * 1000)
    return costs


def _store(run: Runtime, piece: Piece, when: datetime) -> int:
    return store(run, listed(piece.given, extract_given(piece.given), when))


# --- Growing ---


def _grow(run: Runtime, wanted: int) -> None:
    """Copy what there is, two days earlier each time, until there are so many articles."""
    with run.database.engine.connect() as connection:
        base = connection.execute(text("SELECT count(*), max(id) FROM article WHERE text <> ''")).one()
        have = connection.execute(text("SELECT count(*), coalesce(max(id), 0) FROM article")).one()
        stories = connection.execute(text("SELECT coalesce(max(id), 0) FROM story")).scalar_one()
    times = max(0, wanted - have[0]) // max(1, base[0])
    done = round((have[0] - base[0]) / max(1, base[0]))
    with run.database.engine.execution_options(writes=True).connect() as connection:
        for number in range(1, times + 1):
            print(f"copied {number} of {times}", file=sys.stderr)
            with connection.begin():
                _copy(connection, base[1], have[1] * number, stories * number, (done + number) * SPAN.days)
        with connection.begin():
            connection.execute(text("UPDATE term SET articles = articles * :factor"), {"factor": times + 1})
            connection.execute(text("ANALYZE"))


def _copy(connection: Any, last: int, articles: int, stories: int, days: int) -> None:
    """Once more all rows of the articles up to `last`. Texts are left out: only a copy's would be looked at."""
    given = {"last": last, "articles": articles, "stories": stories, "days": f"-{days} days", "mix": days * 0x9E3779B9}
    for statement in _STATEMENTS:
        connection.execute(text(_COLUMN.sub(_DAYS_EARLIER, statement)), given)


_COLUMN = re.compile("<([a-z_]+)>")  # a time, which is earlier in the copy
_DAYS_EARLIER = r"strftime('%Y-%m-%d %H:%M:%f000', \1, :days)"
_STATEMENTS = (
    """INSERT INTO story (id, title, summary, first, last, articles, created, centre, described, merged_into)
        SELECT id + :stories, title, summary, <first>, <last>, articles, created, centre, described, NULL
        FROM story WHERE id IN (SELECT story_id FROM article WHERE id <= :last)""",
    """INSERT INTO story_key (story_id, term, first, last)
        SELECT story_id + :stories, term, <first>, <last>
        FROM story_key WHERE story_id IN (SELECT story_id FROM article WHERE id <= :last)""",
    """INSERT INTO article (id, url, url_hash, host, first_seen, state, round, next_attempt_at, set_aside, given,
            content_type, page_error, cut, etag, last_modified, looks, revision, title, authors, outlet, published,
            event_time, language, text, text_digest, method, dateline, credit, tags, subjects, profile, story_id,
            read_at, indexed_revision, fence, attempts, last_error)
        SELECT id + :articles, url, url_hash || ':' || :days, host, first_seen, state, round, next_attempt_at,
            set_aside, '{}', content_type, page_error, cut, etag, last_modified, looks, revision, title, authors,
            outlet, <published>, <event_time>, language, '', text_digest || ':' || :days, method,
            dateline, credit, tags, subjects, profile, story_id + :stories, read_at, revision, fence, attempts,
            last_error
        FROM article WHERE id <= :last""",
    """INSERT INTO band (band, article_id)
        SELECT (band & ~:mix) | (:mix & ~band), article_id + :articles FROM band WHERE article_id <= :last""",
    """INSERT INTO mention (article_id, name_id, shown, count)
        SELECT article_id + :articles, name_id, shown, count FROM mention WHERE article_id <= :last""",
)


def _count(run: Runtime) -> int:
    return int(run.database.read(lambda session: session.execute(text("SELECT count(*) FROM article")).scalar_one()))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--small", type=int, default=10_000)
    arguments.add_argument("--large", type=int, default=200_000)
    given = arguments.parse_args()
    # A story and its copies in this archive are not stories that have turned out to be one.
    with patch.object(read, "merge_if_one", lambda _session, story_id, _also, _now: story_id):
        growth = measure(list(lines(given.file, sys.maxsize)), given.small, given.large)
    print(json.dumps({"small": growth.of_small, "large": growth.of_large}))
    print(f"CPU milliseconds for each article, stages but extraction, and storage; medians of {PROBES} articles")
    print(f"{growth.of_small:>10,} stored  {growth.small:8.2f}")
    print(f"{growth.of_large:>10,} stored  {growth.large:8.2f}   x {growth.ratio:.2f}")


if __name__ == "__main__":
    main()
