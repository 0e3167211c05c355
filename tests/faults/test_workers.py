"""The processes of production beside real servers, each of which is hurt once: no entry is lost, no alert doubled."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import Article, ArticleState
from tests.faults.commands import Running, Storytrail, comes_true
from tests.faults.town import Town
from tests.servers import PostgresServer, ValkeyServer
from worker.runtime import utc_now

MOMENT_SECONDS = 60
DONE_SECONDS = 120
CLAIMS = {"STORYTRAIL_LEASE": "8", "STORYTRAIL_TASK_TIME_LIMIT": "6"}
ROLES = {
    "poll": ("worker", "--queues", "poll,fetch", "--pool", "threads", "--concurrency", "8"),
    "read": ("worker", "--queues", "read", "--pool", "prefork", "--concurrency", "2"),
    "deliver": ("worker", "--queues", "deliver", "--pool", "threads", "--concurrency", "2"),
    "scheduler": ("scheduler",),
}


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    """A server of this test's own, as it is restarted."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    """A broker of this test's own, as it forgets everything."""
    with ValkeyServer() as server:
        yield server


class Plant:
    """All processes of production, each of which can be started again."""

    def __init__(self, town: Town, storytrail: Storytrail) -> None:
        self.town = town
        self._storytrail = storytrail
        assert storytrail.does("migrate").returncode == 0
        self._running = {role: storytrail.starts(*words) for role, words in ROLES.items()}

    def __getitem__(self, role: str) -> Running:
        return self._running[role]

    def starts_again(self, role: str) -> None:
        self._running[role] = self._storytrail.starts(*ROLES[role])

    def stops(self) -> dict[str, int]:
        """In order; the exit codes."""
        return {role: running.stops() for role, running in self._running.items()}

    def waits_for_a_reader(self) -> None:
        held = select(Article.id).where(Article.state == ArticleState.READ, Article.lease_until.is_not(None))
        assert comes_true(lambda: self.town.finds(held), MOMENT_SECONDS, pause=0.005)

    def holds_one(self, kind: str) -> None:
        self.town.gate.closes_for(kind)
        assert comes_true(self.town.gate.holds_one, MOMENT_SECONDS)


def a_reader_is_killed(plant: Plant) -> None:
    """One process of the pool, over its work; the worker replaces it."""
    plant.waits_for_a_reader()
    os.kill(plant["read"].children[0], signal.SIGKILL)


def all_readers_are_killed(plant: Plant) -> None:
    plant.waits_for_a_reader()
    plant["read"].is_killed()
    plant.starts_again("read")


def the_sender_is_killed(plant: Plant) -> None:
    """It has posted an alert, which the desk takes, and dies before it knows."""
    plant.holds_one("alert")
    plant["deliver"].is_killed()
    plant.starts_again("deliver")


def the_scheduler_is_killed(plant: Plant) -> None:
    plant.holds_one("feed")
    plant["scheduler"].is_killed()
    plant.starts_again("scheduler")


@pytest.mark.faults
@pytest.mark.timeout(400)
def test_nothing_is_lost_or_doubled_whoever_fails(
    tmp_path: Path, postgres: PostgresServer, valkey: ValkeyServer, record_property: Callable[[str, object], None]
) -> None:
    def broker_forgets_everything(plant: Plant) -> None:
        plant.holds_one("page")
        valkey.flush()

    def database_is_restarted(plant: Plant) -> None:
        plant.holds_one("page")
        postgres.stop()
        plant.town.gate.opens()  # results come while it is away
        postgres.start()

    faults = [
        a_reader_is_killed,
        broker_forgets_everything,
        all_readers_are_killed,
        the_sender_is_killed,
        database_is_restarted,
        the_scheduler_is_killed,
    ]
    start = time.monotonic()
    url = postgres.url_of(postgres.create_database())
    own = {"STORYTRAIL_DATABASE_URL": url, "STORYTRAIL_BROKER_URL": valkey.url}
    with Town(tmp_path, url) as town, Storytrail(tmp_path, **town.settings, **CLAIMS, **own) as storytrail:
        plant = Plant(town, storytrail)
        for moment, fault in zip(town.site.steps(), faults, strict=True):
            town.site.advance_to(moment)
            fault(plant)
            town.gate.opens()
        now = utc_now()
        assert comes_true(lambda: town.is_done(now), DONE_SECONDS), plant["scheduler"].log.read_text()
        assert plant.stops() == dict.fromkeys(ROLES, 0)
        doctor = storytrail.does("doctor")
        assert doctor.returncode == 0, doctor.stdout
        record_property(
            "faults of workers", f"{len(faults)} faults, {town.is_well()}, {time.monotonic() - start:.0f} s"
        )
