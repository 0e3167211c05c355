"""The files through the real poll path, twice, on a fresh database: what was stored, and what was said in the log."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog.testing
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.feeds.quirk import Quirk
from bench.feeds.site import Site
from bench.poll.contenders.ours import add, started
from scheduler.drain import drain
from storage import polls
from storage.invariants import check_all
from storage.sources import list_sources
from storage.tables import Article
from worker.runtime import Runtime

Progress = Callable[[], None]
"""Told after each poll of a file."""
ERRORS = frozenset(["critical", "error", "exception"])


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there of one file."""

    state: str
    reason: str
    entries: int


@dataclass(frozen=True, slots=True)
class Polled:
    """After the first poll and the second. `unasked`: files that were not asked for once in each of them.

    `errors`: exceptions in the log; `breaches`: promises that the database breaks.
    """

    first: Mapping[str, Stored]
    second: Mapping[str, Stored]
    articles: tuple[int, int]
    unasked: Sequence[str]
    errors: Sequence[str]
    breaches: Sequence[str]


def poll_twice(quirks: Sequence[Quirk], progress: Progress) -> Polled:
    """Poll each file as a source of its own. The second time its bytes are others, so that it is parsed again."""
    with TemporaryDirectory() as folder, Site(quirks) as site, closing(started(Path(folder))) as run:
        names = {url: quirk.name for url, quirk in site.quirks_by_url.items()}
        add(run, names)
        with structlog.testing.capture_logs() as log:
            first, articles = _poll(run, names, progress)
            site.has_longer_bodies = True
            run.database.write(lambda session: polls.make_all_due(session, run.now()))
            second, articles_again = _poll(run, names, progress)
        checks = run.database.read(lambda session: check_all(session, run.now()))
        return Polled(
            first,
            second,
            (articles, articles_again),
            unasked=[quirk.name for quirk in quirks if site.asked[quirk.name] != [False, True]],
            errors=[str(event) for event in log if event["log_level"] in ERRORS],
            breaches=[check.promise for check in checks if check.breaches],
        )


def _poll(run: Runtime, names: Mapping[str, str], progress: Progress) -> tuple[Mapping[str, Stored], int]:
    drain(run, lambda _step, _done, _due: progress(), steps=("poll",))
    return run.database.read(lambda session: (_stored(session, names), _count_articles(session)))


def _stored(session: Session, names: Mapping[str, str]) -> Mapping[str, Stored]:
    listed = {names[source.url]: Stored(source.state, source.reason, count) for source, count in list_sources(session)}
    assert len(listed) == len(names), "a source moved or is missing"
    return listed


def _count_articles(session: Session) -> int:
    return session.scalar(select(func.count(Article.id))) or 0
