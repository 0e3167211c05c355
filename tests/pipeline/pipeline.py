"""Storytrail as the pipeline's tests see it: a database, the user's files, and a clock that the test moves.

    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    pipeline.runs()               # everything that is due now, as `storytrail poll` does it
    pipeline.waits(hours=2)
    pipeline.restarts()           # another process on the same database
    assert [alert.reason for alert in pipeline.alerts()] == ["first"]

Nothing here looks into how it is done; what a test has to break it breaks itself.
"""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import load_settings
from scheduler.drain import drain
from storage import polls, sources
from storage.database import Database
from storage.invariants import Check, check_all
from storage.sources import NewSource
from storage.tables import Alert, Article, Base, Delivery, Entry, Heartbeat, Match, Revision, Source, Story
from tests.parser import shared_parser
from tests.pipeline.ledger import discrepancies
from tests.pipeline.newsroom import MORNING
from worker.runtime import Runtime
from worker.stages.address import address_hash

Row = TypeVar("Row", bound=Base)
Topic = Mapping[str, Any]


class Clock:
    """Time as the pipeline sees it. It stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Pipeline:
    """One Storytrail, from its files to what it logs. `settings` are STORYTRAIL_ variables without the prefix."""

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        self.folder = folder
        self.topics_file = folder / "topics.yaml"
        self.sources_file = folder / "sources.yaml"
        self.clock = Clock(MORNING + timedelta(hours=1))
        self.lines: list[str] = []
        """What the log channel wrote."""
        self._stamp = 1_700_000_000
        self._settings = {
            "DATA": str(folder),
            "DATABASE_URL": database_url,
            "TOPICS": str(self.topics_file),
            "SOURCES": str(self.sources_file),
            "ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
            "HOST_RATE": "0",
            "HOST_CONCURRENCY": "2",  # in some tests a second worker asks while the first one still does
            "FETCH_TIMEOUT": "20",
        } | settings
        self.writes(self.topics_file, "topics: []\n")
        self.writes(self.sources_file, "sources: []\n")
        self.runtime = self._started()

    @property
    def environment(self) -> dict[str, str]:
        """The settings as a process started by hand would find them."""
        return {f"STORYTRAIL_{name}": value for name, value in self._settings.items()}

    @property
    def database(self) -> Database:
        return self.runtime.database

    @property
    def now(self) -> datetime:
        return self.clock.now

    # --- What the user does ---

    def follows(
        self,
        *topics: Topic,
        channels: Mapping[str, Mapping[str, object]] | None = None,
        aliases: Sequence[Sequence[str]] = (),
    ) -> None:
        """Write the topics file; JSON is YAML as well."""
        written = {"aliases": aliases, "channels": channels or {}, "topics": topics}
        self.writes(self.topics_file, json.dumps(written, ensure_ascii=False))

    def writes(self, file: Path, text: str) -> None:
        """Write a file the user owns; each time is later than the last, however fast the test is."""
        file.write_text(text, encoding="utf-8")
        self._stamp += 10
        os.utime(file, (self._stamp, self._stamp))

    def polls(self, *urls: str) -> None:
        """Add sources, as by command."""

        def work(session: Session) -> None:
            for url in urls:
                sources.add_source(session, NewSource(url, address_hash(url)), "command", self.now)

        self.database.write(work)

    # --- What time does ---

    def runs(self, *steps: str) -> None:
        """Do everything that is due, or these steps of it."""
        if steps:
            drain(self.runtime, steps=steps)
        else:
            drain(self.runtime)

    def polls_again(self, *steps: str) -> None:
        """Let an hour pass, make every source due, and do everything, or these steps of it."""
        self.waits(hours=1)
        self.database.write(lambda session: polls.make_all_due(session, self.now))
        self.runs(*steps)

    def waits(self, **by: float) -> None:
        """Move the clock; hours=2, minutes=5."""
        self.clock.now += timedelta(**by)

    def restarts(self) -> None:
        """What a process held in memory is gone; the database stays."""
        self.runtime.close()
        self.runtime = self._started()

    def close(self) -> None:
        self.runtime.close()

    # --- What came of it ---

    def all(self, table: type[Row]) -> list[Row]:
        """Every row, in the order of its key."""
        statement = select(table).order_by(*table.__table__.primary_key)
        return list(self.database.read(lambda session: session.scalars(statement).all()))

    def articles(self) -> list[Article]:
        return self.all(Article)

    def article(self, url: str) -> Article:
        return next(article for article in self.articles() if article.url == url)

    def alerts(self, topic: str | None = None) -> list[Alert]:
        return [alert for alert in self.all(Alert) if topic in (None, alert.topic)]

    def reasons(self, topic: str | None = None) -> list[str]:
        return [alert.reason for alert in self.alerts(topic)]

    def deliveries(self) -> list[Delivery]:
        return self.all(Delivery)

    def matches(self) -> list[Match]:
        return self.all(Match)

    def entries(self) -> list[Entry]:
        return self.all(Entry)

    def revisions(self) -> list[Revision]:
        return self.all(Revision)

    def stories(self) -> list[Story]:
        """Those that hold an article."""
        return [story for story in self.all(Story) if story.articles]

    def source(self, url: str) -> Source:
        return next(source for source in self.all(Source) if source.url == url)

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table but the heartbeats, which say no more than that somebody was there."""
        tables = [table for table in Base.metadata.sorted_tables if table.name != Heartbeat.__tablename__]

        def work(session: Session) -> dict[str, list[tuple[Any, ...]]]:
            return {
                table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
                for table in tables
            }

        return self.database.read(work)

    def discrepancies(self) -> list[str]:
        """Which running totals do not come out."""
        return self.database.read(discrepancies)

    def breaches(self) -> list[Check]:
        """What `doctor` would find wrong."""
        return [check for check in self.database.read(lambda s: check_all(s, self.now)) if check.breaches]

    def _started(self) -> Runtime:
        run = Runtime(load_settings(self.environment), now=self.clock, write_line=self.lines.append)
        run.confined = shared_parser()
        return run
