"""When a page is looked at again: soon at first, then less and less, then never."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from worker.stages.looks import MOST_LOOKS, SHORTEST_WAIT, STEPS, next_look

MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
ALMOST_ONE = 0.999


def never(_look: int) -> bool:
    return False


def always(_look: int) -> bool:
    return True


def looks_at(
    age: timedelta = timedelta(0), *, has_changed: Callable[[int], bool] = never, jitter: float = 0.0
) -> list[timedelta]:
    """After how long each look comes, at a page of this age when it is first seen, read and looked at on time."""
    found: list[timedelta] = []
    now = MORNING
    while True:
        due = next_look(
            now, published=MORNING - age, first_seen=MORNING, looks=len(found),
            has_changed=bool(found) and has_changed(len(found)), jitter=jitter,
        )  # fmt: skip
        if due is None:
            return found
        assert due >= now + SHORTEST_WAIT
        now = due
        found.append(now - MORNING)


def test_a_page_that_stays_as_it_is_is_looked_at_at_each_step_and_no_more() -> None:
    assert looks_at() == list(STEPS)


def test_the_waits_grow() -> None:
    found = [timedelta(0), *looks_at()]
    waits = [later - earlier for earlier, later in pairwise(found)]
    assert waits == sorted(waits)


@pytest.mark.parametrize(
    ("age", "first"),
    [
        (timedelta(minutes=50), STEPS[0]),  # a feed polled every hour
        (timedelta(hours=9), timedelta(hours=3)),
        (timedelta(days=1), timedelta(hours=8)),
        (timedelta(days=10), timedelta(days=4)),
    ],
)
def test_a_page_that_was_old_when_it_was_first_seen_is_looked_at_later_and_less(
    age: timedelta, first: timedelta
) -> None:
    found = looks_at(age)
    assert found[0] == first
    assert found == [step for step in STEPS if step >= first]


def test_a_page_of_another_month_is_not_looked_at() -> None:
    assert looks_at(timedelta(days=29)) == []


def test_a_date_in_the_future_counts_as_now() -> None:
    assert looks_at(-timedelta(hours=5)) == list(STEPS)


def test_a_change_brings_one_more_look_after_the_wait_before() -> None:
    """Changed at the fourth look, eight hours on: five hours had passed since the third."""
    found = looks_at(has_changed=lambda look: look == 4)
    assert found == sorted([*STEPS, timedelta(hours=13)])


@pytest.mark.parametrize("jitter", [0.0, ALMOST_ONE])
def test_a_page_that_changes_all_the_time_is_not_looked_at_all_the_time(jitter: float) -> None:
    found = looks_at(has_changed=always, jitter=jitter)
    assert len(STEPS) < len(found) < MOST_LOOKS
    assert found[-1] >= STEPS[-1]  # none was spent before its time
    assert sum(look <= timedelta(hours=1) for look in found) <= 4


def test_a_look_that_comes_late_does_not_bring_those_that_were_missed() -> None:
    """All workers were down for two days."""
    due = next_look(
        MORNING + timedelta(hours=47, minutes=59), published=MORNING, first_seen=MORNING, looks=1,
        has_changed=False, jitter=0,
    )  # fmt: skip
    assert due == MORNING + timedelta(hours=47, minutes=59) + SHORTEST_WAIT


def test_jitter_puts_a_look_off_and_never_forward() -> None:
    early, late = looks_at(), looks_at(jitter=ALMOST_ONE)
    assert all(a < b < a * 1.25 for a, b in zip(early, late, strict=True))


def test_there_is_an_end_whatever_the_clocks_say() -> None:
    assert next_look(
        MORNING, published=MORNING, first_seen=MORNING, looks=MOST_LOOKS - 1, has_changed=False, jitter=0
    )  # fmt: skip
    assert not next_look(
        MORNING, published=MORNING, first_seen=MORNING, looks=MOST_LOOKS, has_changed=False, jitter=0
    )  # fmt: skip
