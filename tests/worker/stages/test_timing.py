"""Quiet hours, budgets and retries, with given instants."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from worker.stages.timing import Quiet, due_at, retry_at

KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = Quiet(time(22), time(7), KYIV)
NOON = datetime(2025, 11, 19, 12, tzinfo=UTC)


def kyiv(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV, fold=fold)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2025-11-19 21:59", "2025-11-19 21:59"),
        ("2025-11-19 22:00", "2025-11-20 07:00"),
        ("2025-11-19 23:30", "2025-11-20 07:00"),
        ("2025-11-20 00:00", "2025-11-20 07:00"),
        ("2025-11-20 06:59", "2025-11-20 07:00"),
        ("2025-11-20 07:00", "2025-11-20 07:00"),
        ("2025-12-31 23:00", "2026-01-01 07:00"),
    ],
)
def test_the_night_is_quiet_across_midnight(now: str, due: str) -> None:
    assert due_at(kyiv(now), sent=[], budget=None, quiet=NIGHT) == kyiv(due)


def test_quiet_hours_within_a_day() -> None:
    lunch = Quiet(time(12), time(14), KYIV)
    assert due_at(kyiv("2025-11-19 13:00"), sent=[], budget=None, quiet=lunch) == kyiv("2025-11-19 14:00")
    assert due_at(kyiv("2025-11-19 15:00"), sent=[], budget=None, quiet=lunch) == kyiv("2025-11-19 15:00")


def test_the_clock_of_the_zone_counts_not_that_of_now() -> None:
    now = datetime(2025, 11, 19, 20, 30, tzinfo=UTC)  # half past ten in Kyiv
    due = due_at(now, sent=[], budget=None, quiet=NIGHT)
    assert due == datetime(2025, 11, 20, 5, tzinfo=UTC)
    assert due.tzinfo is UTC


def test_equal_ends_are_never_quiet() -> None:
    assert due_at(NOON, sent=[], budget=None, quiet=Quiet(time(7), time(7), KYIV)) == NOON


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    now = kyiv("2025-03-29 22:00")
    due = due_at(now, sent=[], budget=None, quiet=NIGHT)
    assert due == kyiv("2025-03-30 07:00")
    assert due.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=8)


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    now = kyiv("2025-10-25 22:00")
    due = due_at(now, sent=[], budget=None, quiet=NIGHT)
    assert due.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=10)


def test_an_end_that_comes_twice_is_the_second() -> None:
    """03:30 comes twice in Kyiv on 26 October 2025, at 00:30 and at 01:30 UTC."""
    quiet = Quiet(time(1), time(3, 30), KYIV)
    second = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    for minute in range(0, 180, 10):  # from 22:30 UTC the day before
        now = datetime(2025, 10, 25, 22, 30, tzinfo=UTC) + timedelta(minutes=minute)
        assert due_at(now, sent=[], budget=None, quiet=quiet) == max(now, second)


def test_an_end_that_never_comes_is_as_late_as_it_would_have_been() -> None:
    """There is no 03:30 in Kyiv on 30 March 2025: 03:00 is 04:00 at once."""
    quiet = Quiet(time(1), time(3, 30), KYIV)
    assert due_at(kyiv("2025-03-30 01:30"), sent=[], budget=None, quiet=quiet) == kyiv("2025-03-30 04:30")


def test_a_budget_frees_when_the_oldest_leaves_the_window() -> None:
    sent = [NOON - timedelta(hours=hours) for hours in (1, 5, 20)]
    assert due_at(NOON, sent=sent, budget=(4, 86_400), quiet=None) == NOON
    assert due_at(NOON, sent=sent, budget=(3, 86_400), quiet=None) == NOON + timedelta(hours=4)
    assert due_at(NOON, sent=sent, budget=(1, 86_400), quiet=None) == NOON + timedelta(hours=23)


def test_what_has_left_the_window_costs_nothing() -> None:
    assert due_at(NOON, sent=[NOON - timedelta(days=1)], budget=(1, 86_400), quiet=None) == NOON


def test_a_budget_that_frees_at_night_waits_for_the_morning() -> None:
    sent = [kyiv("2025-11-19 11:30")]
    due = due_at(kyiv("2025-11-19 12:00"), sent=sent, budget=(1, 12 * 3600), quiet=NIGHT)
    assert due == kyiv("2025-11-20 07:00")


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 30), (2, 60), (3, 120), (8, 3840), (10, 15_360), (11, 21_600), (50, 21_600), (10_000, 21_600)],
)
def test_waits_double_up_to_six_hours(attempts: int, seconds: float) -> None:
    assert retry_at(NOON, attempts, None, 0.0) == NOON + timedelta(seconds=seconds)


def test_jitter_shortens_a_wait_and_never_below_the_least() -> None:
    assert retry_at(NOON, 3, None, 1.0) == NOON + timedelta(seconds=60)
    assert retry_at(NOON, 1, None, 1.0) == NOON + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (600, 600),  # longer than our own wait
        (0, 30),
        (5, 30),
        (86_400, 21_600),  # longer than we are willing to wait
    ],
)
def test_what_the_other_side_asked_for_is_obeyed_within_bounds(asked: float, seconds: float) -> None:
    assert retry_at(NOON, 1, asked, 0.0) == NOON + timedelta(seconds=seconds)
