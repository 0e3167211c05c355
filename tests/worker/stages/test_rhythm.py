"""When to poll next, and how a source is said to do. Times are counted from one fixed noon."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from worker.stages.rhythm import Bounds, fresh_seconds, next_poll, source_state

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


@pytest.mark.parametrize(
    ("headers", "left"),
    [
        ({"cache_control": "max-age=600"}, 600),
        ({"cache_control": "max-age=600", "age": "400"}, 200),  # it lay in a cache on its way
        ({"cache_control": "max-age=600", "age": " 9000 "}, 0),
        ({"cache_control": "max-age=600", "age": "soon"}, 600),
        ({"cache_control": "s-maxage=60, max-age=600"}, 600),
        ({"cache_control": "max-age=600, s-maxage=60"}, 600),
        ({"cache_control": "no-cache, max-age=600"}, 0),
        ({"cache_control": "max-age=600,no-store"}, 0),
        ({"cache_control": "x-no-store, max-age=600"}, 600),  # another directive
        ({"expires": "Mon, 02 Mar 2026 12:10:00 GMT"}, 600),
        ({"expires": "Mon, 02 Mar 2026 13:10:00 +0100"}, 600),
        # The server's clock is an hour late.
        ({"expires": "Mon, 02 Mar 2026 11:10:00 GMT", "date": "Mon, 02 Mar 2026 11:00:00 GMT"}, 600),
        ({"expires": "Mon, 02 Mar 2026 12:10:00 GMT", "date": "just now", "age": "60"}, 540),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"cache_control": "max-age=60", "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 60),  # max-age outranks it
        ({"cache_control": "private", "expires": "Mon, 02 Mar 2026 12:10:00 GMT"}, 600),
        ({}, 0),
    ],
)
def test_an_answer_keeps_for_as_long_as_its_headers_say(headers: dict[str, str], left: float) -> None:
    assert fresh_seconds(NOW, **{"cache_control": "", **headers}) == pytest.approx(left)


def test_a_server_that_only_names_an_expiry_is_left_alone_until_then() -> None:
    due = next_poll(NOW, published=every(HOUR), expires="Mon, 02 Mar 2026 12:45:00 GMT", bounds=BOUNDS, jitter=MIDDLE)
    assert due == NOW + timedelta(minutes=45)


HOURS_OF_THE_DAY, DAYS_OF_THE_WEEK = frozenset(range(24)), frozenset(range(7))
MONDAY, TUESDAY = 0, 1  # NOW is a Monday


@pytest.mark.parametrize(
    ("skip_hours", "skip_days", "expected"),
    [
        (set(), set(), 30 * MINUTE),
        ({12}, set(), HOUR),  # at 13:00, not at 12:30
        ({12, 13, 14}, set(), 3 * HOUR),
        ({13}, set(), 30 * MINUTE),  # not the hour in which it is due
        (set(), {TUESDAY}, 30 * MINUTE),
        (set(), {MONDAY}, 12 * HOUR),  # midnight is as far as the longest wait goes
        (set(), {MONDAY, TUESDAY}, BOUNDS.longest),  # on a day that is skipped, but not too late
        (HOURS_OF_THE_DAY, set(), 30 * MINUTE),  # nothing is left, so it cannot be meant
        (set(), DAYS_OF_THE_WEEK, 30 * MINUTE),
        (set(range(12, 24)), {TUESDAY}, BOUNDS.longest),
        ({99}, {-1}, 30 * MINUTE),
    ],
)
def test_hours_and_days_in_which_a_feed_does_not_change_are_passed_over(
    skip_hours: set[int], skip_days: set[int], expected: float
) -> None:
    due = next_poll(
        NOW,
        published=every(HOUR),
        skip_hours=frozenset(skip_hours),
        skip_days=frozenset(skip_days),
        bounds=BOUNDS,
        jitter=MIDDLE,
    )
    late = (due - NOW).total_seconds() - expected
    assert 0 <= late <= (6 * MINUTE if skip_hours or skip_days else 0)


def test_polls_that_were_put_off_to_one_hour_do_not_come_all_at_once() -> None:
    dues = [next_poll(NOW, skip_hours=frozenset([12]), bounds=BOUNDS, jitter=jitter) for jitter in (0.0, 0.5, 0.999)]
    assert dues == sorted(set(dues))
    assert dues[0] == NOW.replace(hour=13)
    assert dues[-1] < NOW.replace(hour=13, minute=12)


def test_skipped_hours_never_bring_a_poll_forward() -> None:
    skipped = frozenset(range(13, 24))
    asked_to_wait = next_poll(NOW, retry_after=20 * HOUR, skip_hours=skipped, bounds=BOUNDS, jitter=MIDDLE)
    assert asked_to_wait >= NOW + timedelta(hours=20)


def test_what_the_user_set_outranks_what_the_feed_skips_and_what_a_hub_pushes() -> None:
    due = next_poll(NOW, interval=60, skip_hours=frozenset([12]), is_pushed=True, bounds=BOUNDS, jitter=MIDDLE)
    assert due == NOW + timedelta(seconds=60)


def test_hours_are_counted_in_gmt_wherever_we_are() -> None:
    ankara = timezone(timedelta(hours=3))
    due = next_poll(NOW.astimezone(ankara), skip_hours=frozenset([12]), bounds=BOUNDS, jitter=0)
    assert due == NOW.replace(hour=13)


def test_a_source_that_is_pushed_is_asked_less_often() -> None:
    def pushed_wait(published: Sequence[datetime], bounds: Bounds) -> float:
        due = next_poll(NOW, published=published, is_pushed=True, bounds=bounds, jitter=MIDDLE)
        return (due - NOW).total_seconds()

    assert pushed_wait(every(HOUR), BOUNDS) == pytest.approx(6 * HOUR)
    assert pushed_wait([], BOUNDS) == pytest.approx(6 * HOUR)
    assert pushed_wait(every(20 * HOUR), BOUNDS) == pytest.approx(10 * HOUR)  # its own rhythm is slower
    assert pushed_wait(every(HOUR), replace(BOUNDS, longest=HOUR)) == pytest.approx(HOUR)


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
    assert wait(dates) == pytest.approx(30 * MINUTE)  # half of it


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


def in_bursts(*, bursts: int, days_between: float, ago: float) -> list[datetime]:
    """Three entries within minutes, then nothing for days."""
    return [date for n in range(bursts) for date in every(5 * MINUTE, count=3, ago=ago + n * days_between * DAY)]


@pytest.mark.parametrize(
    ("published", "state"),
    [
        (in_bursts(bursts=8, days_between=7, ago=9 * DAY), "healthy"),  # its weekly issue is two days late
        (in_bursts(bursts=8, days_between=7, ago=20 * DAY), "healthy"),
        (in_bursts(bursts=8, days_between=7, ago=22 * DAY), "quiet"),
        ([*every(MINUTE, count=20, ago=8 * DAY), NOW - timedelta(days=400)], "quiet"),  # one old pin is no long gap
    ],
)
def test_who_publishes_in_bursts_is_not_quiet_between_them(published: Sequence[datetime], state: str) -> None:
    assert source_state(NOW, last_ok=NOW, published=published)[0] == state


def test_a_source_of_bursts_is_told_by_its_silences() -> None:
    reason = source_state(NOW, last_ok=NOW, published=in_bursts(bursts=8, days_between=7, ago=30 * DAY))[1]
    assert reason == "nothing new for 30 days; it was seldom silent for more than 7 days"


@pytest.mark.parametrize(
    ("known", "days", "state"),
    [
        (0, 8, "quiet"),
        (0, 6, "healthy"),  # a weekly
        (3, 800, "healthy"),  # three are few, but not none
        (None, 8, "healthy"),  # nobody counted
    ],
)
def test_a_source_that_never_had_an_entry_is_told(known: int | None, days: int, state: str) -> None:
    found = source_state(NOW, last_ok=NOW, listed=0, known=known, added=NOW - timedelta(days=days))
    assert found[0] == state
    if state == "quiet":
        assert found[1] == "it answers, but has had no entry in 8 days"


def test_a_source_that_never_answered_is_failing_rather_than_empty() -> None:
    added = NOW - timedelta(days=30)
    assert source_state(NOW, failures=9, last_error="503", known=0, added=added)[0] == "failing"
    assert source_state(NOW, known=0, added=added)[0] == "healthy"  # not asked yet, in thirty days without a worker


@pytest.mark.parametrize(
    ("listed", "ago", "state"),
    [
        (0, 2 * DAY, "quiet"),
        (0, 12 * HOUR, "healthy"),  # a news sitemap of the last hours, in the morning
        (None, 2 * DAY, "healthy"),  # it answered that nothing changed
        (10, 2 * DAY, "healthy"),
    ],
)
def test_a_list_that_is_empty_all_at_once_is_told_before_long(listed: int | None, ago: float, state: str) -> None:
    found = source_state(NOW, last_ok=NOW, published=every(HOUR, ago=ago), listed=listed, known=10)
    assert found[0] == state
    if state == "quiet":
        assert found[1] == "its list is empty; it used to bring something every 60 minutes"


def test_an_empty_list_is_no_news_from_a_source_that_is_often_silent_for_longer() -> None:
    rare = every(4 * DAY, ago=3 * DAY)
    assert source_state(NOW, last_ok=NOW, published=rare, listed=0, known=10)[0] == "healthy"
