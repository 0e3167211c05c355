"""`storytrail up` is killed with kill -9 at any moment and started again: no entry is lost, no alert doubled."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from storage.tables import Article, ArticleState, Delivery, DeliveryStatus
from tests.faults.commands import Storytrail, comes_true
from tests.faults.effort import IS_THOROUGH
from tests.faults.town import Town
from worker.runtime import utc_now

MOMENT_SECONDS = 60  # for a moment to come
DONE_SECONDS = 120
LONGEST_LIFE_SECONDS = 8.0  # of one that is killed at random
CLAIMS = {"STORYTRAIL_LEASE": "4", "STORYTRAIL_TASK_TIME_LIMIT": "3"}

Moment = Callable[[Town, Random], object]


def while_it_starts(_town: Town, chance: Random) -> None:
    time.sleep(chance.uniform(0.1, 3))


def while_it_polls(town: Town, _chance: Random) -> None:
    _holds_one(town, "feed")


def while_it_fetches(town: Town, _chance: Random) -> None:
    _holds_one(town, "page")


def while_it_reads(town: Town, _chance: Random) -> None:
    held = select(Article.id).where(Article.state == ArticleState.READ, Article.lease_until.is_not(None))
    assert comes_true(lambda: town.finds(held), MOMENT_SECONDS, pause=0.001)


def while_it_sends(town: Town, _chance: Random) -> None:
    """It has posted an alert, which the desk takes, and dies before it knows."""
    _holds_one(town, "alert")


def as_soon_as_there_is_something_to_tell(town: Town, _chance: Random) -> None:
    town.gate.closes_for("alert")  # or it might be told before we look
    waits = select(Delivery.id).where(Delivery.status.in_([DeliveryStatus.PENDING, DeliveryStatus.SENDING]))
    assert comes_true(lambda: town.finds(waits), MOMENT_SECONDS, pause=0.001)


def at_any_time(_town: Town, chance: Random) -> None:
    time.sleep(chance.uniform(1, LONGEST_LIFE_SECONDS))


# Each half day brings something to poll, to read and to tell, so there is one for each of these.
MOMENTS: tuple[Moment, ...] = (
    while_it_starts,
    while_it_polls,
    while_it_fetches,
    while_it_reads,
    as_soon_as_there_is_something_to_tell,
    while_it_sends,
)
AT_RANDOM = 4


@pytest.mark.faults
@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", range(1, 11) if IS_THOROUGH else [1])
def test_up_can_be_killed_at_any_moment(
    tmp_path: Path, record_property: Callable[[str, object], None], seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 -- kills that can be repeated
    moments = [*chance.sample(MOMENTS, len(MOMENTS)), *[at_any_time] * AT_RANDOM]
    start = time.monotonic()
    with Town(tmp_path) as town, Storytrail(tmp_path, **town.settings, **CLAIMS) as storytrail:
        steps = iter(town.site.steps())
        for moment in moments:
            town.site.advance_to(next(steps, town.site.now))
            up = storytrail.starts("up")
            moment(town, chance)
            assert not up.has_ended, up.log.read_text()
            up.is_killed()
            town.gate.opens()
        _is_left_in_peace(town, storytrail)
        doctor = storytrail.does("doctor")
        assert doctor.returncode == 0, doctor.stdout
        tally = town.is_well()
    record_property("kill -9 of up", f"{len(moments)} kills, {tally}, {time.monotonic() - start:.0f} s")


def _is_left_in_peace(town: Town, storytrail: Storytrail) -> None:
    """Everything is published, and nobody disturbs the last process."""
    town.site.end()
    now = utc_now()
    up = storytrail.starts("up")
    assert comes_true(lambda: town.is_done(now), DONE_SECONDS), up.log.read_text()
    assert up.stops() == 0


def _holds_one(town: Town, kind: str) -> None:
    town.gate.closes_for(kind)
    assert comes_true(town.gate.holds_one, MOMENT_SECONDS, pause=0.01)
