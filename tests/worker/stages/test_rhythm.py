"""When to poll next, and how a source is said to do. Times are counted from one fixed noon."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.rhythm import Bounds, next_poll, source_state, usual_gap

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
BOUNDS = Bounds(shortest=5 * MINUTE, longest=12 * HOUR, usual=30 * MINUTE, longest_wish=HOUR, longest_retry=DAY)
MIDDLE = 0.5  # the jitter that changes nothing


def every(seconds: float, *, count: int = 10, ago: float = 0) -> list[datetime]:
    """Dates of entries at even gaps, the last of them `ago` seconds before now."""
    return [NOW - timedelta(seconds=ago + seconds * place) for place in range(count)]


def wait(
    published: Sequence[datetime] = (),
    *,
    interval: float | None = None,
    ttl_minutes: int | None = None,
    cache_control: str = "",
    retry_after: float | None = None,
    failures: int = 0,
    jitter: float = MIDDLE,
) -> float:
    """Seconds until the next poll."""
    due = next_poll(
        NOW,
        published=published,
        interval=interval,
        ttl_minutes=ttl_minutes,
        cache_control=cache_control,
        retry_after=retry_after,
        failures=failures,
        bounds=BOUNDS,
        jitter=jitter,
    )
    return (due - NOW).total_seconds()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([], BOUNDS.usual),  # nothing is known
        (every(HOUR, count=2), BOUNDS.usual),  # one gap is no rhythm
        (every(HOUR), 30 * MINUTE),
        (every(4 * HOUR), 2 * HOUR),
        (every(MINUTE), BOUNDS.shortest),
        (every(30 * DAY), BOUNDS.longest),
        (every(HOUR, ago=DAY), 2 * HOUR),  # it used to be lively and is silent now
        ([NOW] * 10, BOUNDS.usual),  # all at one moment: an import, not a rhythm
        ([*every(HOUR), NOW + timedelta(days=300)], 30 * MINUTE),  # a wrong year
        ([*every(HOUR), NOW - timedelta(days=3000)], 30 * MINUTE),  # a pinned entry
    ],
)
def test_a_source_is_asked_in_its_own_rhythm(published: Sequence[datetime], expected: float) -> None:
    assert wait(published) == pytest.approx(expected)


def test_what_the_user_set_replaces_the_rhythm_but_not_the_manners() -> None:
    assert wait(every(HOUR), interval=60, ttl_minutes=60) == pytest.approx(60)
    assert wait(every(HOUR), interval=60, failures=3) == pytest.approx(240)
    assert wait(every(HOUR), interval=60, retry_after=600) >= 600


@pytest.mark.parametrize(
    ("ttl_minutes", "cache_control", "expected"),
    [
        (45, "", 45 * MINUTE),
        (None, "public, max-age=2700", 45 * MINUTE),
        (None, 'max-age="2700"', 45 * MINUTE),
        (None, "s-maxage=2700", 30 * MINUTE),  # for caches between us and them
        (None, "no-cache, max-age=0", 30 * MINUTE),
        (10, "max-age=60", 30 * MINUTE),  # wishes never make us ask more often
        (None, "max-age=31536000", HOUR),  # a year: meant for pictures
        (7 * 24 * 60, "", HOUR),
        (None, "max-age=99999999999999999999", HOUR),  # beyond any calendar
    ],
)
def test_the_servers_wishes_are_respected_up_to_a_limit(
    ttl_minutes: int | None, cache_control: str, expected: float
) -> None:
    assert wait(every(HOUR), ttl_minutes=ttl_minutes, cache_control=cache_control) == pytest.approx(expected)


def test_failures_double_the_wait_up_to_the_longest() -> None:
    waits = [wait(every(10 * MINUTE), failures=failures) for failures in range(8)]
    assert waits == pytest.approx([5 * MINUTE, *(min(BOUNDS.longest, 30 * MINUTE * 2**n) for n in range(7))])
    assert wait(failures=10_000) == pytest.approx(BOUNDS.longest)


def test_a_server_that_names_a_time_is_not_asked_before_it() -> None:
    for jitter in [0.0, 0.5, 0.99]:
        assert wait(every(HOUR), retry_after=5 * HOUR, jitter=jitter) >= 5 * HOUR
    assert wait(every(HOUR), retry_after=60) == pytest.approx(30 * MINUTE)
    assert wait(retry_after=400 * DAY) <= 1.2 * DAY


def test_jitter_spreads_the_polls_around_their_time() -> None:
    waits = [wait(every(HOUR), jitter=jitter) for jitter in (0.0, 0.5, 0.999)]
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(27 * MINUTE)
    assert waits[2] == pytest.approx(33 * MINUTE, rel=0.01)


def test_the_usual_gap_is_the_middle_one() -> None:
    dates = [NOW - timedelta(hours=hours) for hours in (0, 1, 2, 3, 50)]
    assert usual_gap(dates, NOW) == timedelta(hours=1)


YESTERDAY = NOW - timedelta(days=1)


def test_a_source_that_answers_is_healthy() -> None:
    assert source_state(NOW, last_ok=NOW, published=every(HOUR)) == ("healthy", "")
    assert source_state(NOW) == ("healthy", "")  # not asked yet


def test_one_failure_of_a_source_that_works_is_not_told() -> None:
    assert source_state(NOW, failures=1, last_ok=YESTERDAY, last_error="503")[0] == "healthy"


def test_a_failing_source_says_why_how_often_and_since_when() -> None:
    state, reason = source_state(NOW, failures=3, last_ok=YESTERDAY, last_error="its server answers 503")
    assert state == "failing"
    assert reason == "its server answers 503 (3 times in a row; it last answered well at 2026-03-01 12:00)"


def test_a_source_that_never_worked_is_told_at_once() -> None:
    state, reason = source_state(NOW, failures=1, last_error="it is an HTML page, not a feed")
    assert state == "failing"
    assert reason == "it is an HTML page, not a feed (once; it never answered well)"


def test_a_source_that_is_gone_is_retired_whatever_else() -> None:
    assert source_state(NOW, failures=9, is_gone=True)[0] == "retired"


def test_a_slow_source_is_told() -> None:
    assert source_state(NOW, last_ok=NOW, answer_seconds=12.4) == ("slow", "its last answer took 12 s")


@pytest.mark.parametrize(
    ("published", "state"),
    [
        (every(HOUR, ago=8 * DAY), "quiet"),
        (every(HOUR, ago=6 * DAY), "healthy"),  # a holiday
        (every(3 * DAY, ago=20 * DAY), "healthy"),  # seven of its gaps
        (every(3 * DAY, ago=31 * DAY), "quiet"),
        (every(HOUR, count=2, ago=90 * DAY), "healthy"),  # no rhythm to fall out of
    ],
)
def test_a_source_is_quiet_when_it_is_silent_far_beyond_its_rhythm(published: Sequence[datetime], state: str) -> None:
    assert source_state(NOW, last_ok=NOW, published=published)[0] == state


def test_a_quiet_source_says_for_how_long() -> None:
    reason = source_state(NOW, last_ok=NOW, published=every(6 * HOUR, ago=12 * DAY))[1]
    assert reason == "nothing new for 12 days; it used to bring something every 6 hours"
