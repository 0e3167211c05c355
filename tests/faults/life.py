"""A Storytrail that lives through the small world's evenings, in one process or, when it dies, in several.

    for evening in evenings:
        life = evenings.begin(evening)
        life.works_until_done(Moments("write", "after", number=3))
        life.is_well()
        assert life.ending == evening.ending

Each process is a fresh `Runtime`: what it knew dies with it. The clock is moved by hand, so claims lapse at once. One
life at a time, as all are lived in the same file.
"""

import shutil
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import Select, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, aliased

from config.settings import load_settings
from scheduler.drain import drain
from storage import alerts, articles, looks, polls, sources
from storage.counts import unfinished
from storage.database import Database
from storage.invariants import check_all
from storage.migrate import migrate
from storage.sources import NewSource
from storage.tables import Alert, Delivery
from tests.faults.ending import Rows, ending, standing
from tests.faults.moments import Death, Moments, WatchedDatabase, WatchedDoor
from tests.faults.world import MORNING, TOPICS, World
from tests.parser import shared_parser
from worker.fetch.door import Door
from worker.runtime import Runtime
from worker.stages.address import address_hash
from worker.steps.tidy import tidy

LEASE = timedelta(seconds=60)
LATER = LEASE + timedelta(seconds=1)
MUCH_LATER = timedelta(days=2)
FIRST_EVENING, SECOND_EVENING = MORNING + timedelta(hours=9), MORNING + timedelta(hours=33)
MAX_ATTEMPTS = 3
MANY = 1000


@dataclass
class Life:
    """What outlives a process: the database, the world, and the time."""

    folder: Path
    database: Database
    now: datetime
    world: World

    def works_until_done(self, moments: Moments) -> None:
        """All that is due is done; whoever dies over it is followed by another, when its claims have lapsed."""
        if not self.works(moments):
            self.another_does_all()

    def works(self, moments: Moments) -> bool:
        """One process does all that is due; False if it died over it, or gave up as its database was away."""
        run = self._process(moments)
        try:
            drain(run)
        except (Death, OperationalError):
            return False
        finally:
            run.close()
        return True

    def another_does_all(self) -> None:
        """Every claim lapses, and another process does what was claimed and all else."""
        self.now += LATER
        assert self.works(Moments()), "a process died without being told to"

    def much_later_all_is_done(self) -> None:
        """What failed in passing is tried again: pages after a minute, feeds at their next turn."""
        self.now += MUCH_LATER
        self.another_does_all()

    def another_claims_all(self) -> None:
        """Every claim lapses, and another process claims all that is due, and is not done with any of it yet.

        Before that it tidied, which needs no claim: or whoever was overtaken would do so, and rightly.
        """
        self.now += LATER
        run = self._process(Moments())
        tidy(run, MANY)
        run.close()
        self.database.write(self._claim_all)

    @property
    def ending(self) -> Mapping[str, Rows]:
        return self.database.read(ending)

    @property
    def standing(self) -> Mapping[str, Rows]:
        return self.database.read(standing)

    def is_well(self) -> None:
        """Assert that nothing is left undone, nothing breaks a promise, and each alert had its one effect."""
        self.database.read(self._nothing_is_open)
        self.database.read(self._each_alert_came)

    def _nothing_is_open(self, session: Session) -> None:
        assert unfinished(session) == 0
        assert [check for check in check_all(session, self.now) if check.breaches] == []

    def _each_alert_came(self, session: Session) -> None:
        """Each is told by its message, which the desk knows by its key, and saw again only where a doubt is kept."""
        posts, told_by = self.world.posts, session.execute(_messages_on("desk")).all()
        assert all(row.alert in self.world.carried.get(row.key, ()) for row in told_by)
        doubts = {row.key: row.doubts for row in told_by}
        assert set(posts) == set(doubts)
        assert all(posts[key] <= 1 + doubts[key] for key in posts), f"{posts} posts, {doubts} doubts"
        lines = {row.key: row.doubts for row in session.execute(_messages_on("log"))}
        assert len(lines) <= len(self.world.lines) <= len(lines) + sum(lines.values())

    def _process(self, moments: Moments) -> Runtime:
        def write_line(line: str) -> None:
            with moments.around("send"):
                self.world.lines.append(line)

        run = Runtime(load_settings(self._environment()), now=lambda: self.now, write_line=write_line)
        run.database = cast(Database, WatchedDatabase(self.database, moments))  # each is all that the steps use
        run.door = cast(Door, WatchedDoor(self.world, moments))
        run.confined = shared_parser()  # it knows nothing that could outlive a process
        return run

    def _environment(self) -> Mapping[str, str]:
        return {
            "STORYTRAIL_DATA": str(self.folder),
            "STORYTRAIL_TOPICS": str(self.folder / "topics.yaml"),
            "STORYTRAIL_LEASE": str(LEASE.total_seconds()),
            "STORYTRAIL_TASK_TIME_LIMIT": str(LEASE.total_seconds() / 2),
            "STORYTRAIL_MAX_ATTEMPTS": str(MAX_ATTEMPTS),
            "STORYTRAIL_HOST_RATE": "0",
            "STORYTRAIL_FETCH_CONCURRENCY": "1",  # one thread: the same moments in the same order each time
        }

    def _claim_all(self, session: Session) -> None:
        for source_id, _url in polls.due_sources(session, self.now, MANY):
            polls.claim_sources(session, [source_id], self.now, LEASE)
        for article in articles.due_articles(session, self.now, MANY):
            articles.claim_article(session, article.id, article.state, self.now, LEASE)
        for article in looks.due_looks(session, self.now, MANY):
            looks.claim_look(session, article.id, self.now, LEASE)
        for delivery_id in alerts.due_deliveries(session, self.now, MANY):
            alerts.claim_delivery(session, delivery_id, self.now, LEASE)


@dataclass(frozen=True)
class Evening:
    """All that stands when an evening's work begins, and what stands when it has been done undisturbed."""

    file: Path
    now: datetime
    world: World
    ending: Mapping[str, Rows]


class Evenings:
    """The first and the second evening of the small world, to be lived any number of times."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "storytrail.db"
        self.database = Database(f"sqlite:///{self._file}")
        (folder / "topics.yaml").write_text(TOPICS)
        self._evenings = tuple(self._live_undisturbed())

    def __iter__(self) -> Iterator[Evening]:
        return iter(self._evenings)

    def begin(self, evening: Evening) -> Life:
        """A life that has come to this evening without harm."""
        self.database.close()
        shutil.copy(evening.file, self._file)
        return Life(self._folder, self.database, evening.now, deepcopy(evening.world))

    def _live_undisturbed(self) -> Iterator[Evening]:
        world = World()
        migrate(self.database)
        world.publishes_the_first_day()
        self.database.write(lambda session: _add_sources(session, world))
        yield self._do_the_work(FIRST_EVENING, world)
        world.publishes_the_second_day()
        yield self._do_the_work(SECOND_EVENING, world)

    def _do_the_work(self, now: datetime, world: World) -> Evening:
        file = self._folder / f"{now:%d}.db"
        self.database.close()  # with the last connection, all of it comes to stand in the one file
        shutil.copy(self._file, file)
        before = deepcopy(world)
        life = Life(self._folder, self.database, now, world)
        life.works_until_done(Moments())
        life.is_well()
        return Evening(file, now, before, life.ending)


def _add_sources(session: Session, world: World) -> None:
    for url in world.feeds:
        sources.add_source(session, NewSource(url, address_hash(url)), "command", FIRST_EVENING)


def _messages_on(channel: str) -> Select[str, str, int]:
    """Each alert, and the message that tells it: the key of the alert that leads it, and how often it is in doubt."""
    leading, told = aliased(Delivery), aliased(Alert)
    leads = leading.id == func.coalesce(Delivery.sent_with, Delivery.id)
    statement = select(told.key.label("alert"), Alert.key, leading.doubts).select_from(Delivery)
    statement = statement.join(told, told.id == Delivery.alert_id).join(leading, leads)
    return statement.join(Alert, Alert.id == leading.alert_id).where(Delivery.channel == channel)
