"""Rates per host, alone and shared. Windows of a minute and more, so that a slow machine does not change the result."""

import pytest

from worker.fetch.pace import LONGEST_WINDOW_SECONDS, MAX_BACKOFF_SECONDS, Pace
from worker.fetch.shared import Shared

ONE_A_MINUTE = 1 / 60
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def test_a_host_is_asked_no_faster_than_its_rate() -> None:
    pace = Pace(ONE_A_MINUTE)
    assert pace.take("a.example") == 0
    assert 50 < pace.take("a.example") <= 60


def test_asking_in_vain_does_not_make_the_wait_longer() -> None:
    pace = Pace(ONE_A_MINUTE)
    pace.take("a.example")
    waits = [pace.take("a.example") for _ in range(5)]
    assert waits == sorted(waits, reverse=True)


def test_hosts_do_not_wait_for_each_other() -> None:
    pace = Pace(ONE_A_MINUTE)
    assert [pace.take(f"{name}.example") for name in "abc"] == [0, 0, 0]


@pytest.mark.parametrize(
    ("rate", "at_once"),
    [
        (5.0, 5),
        (1.0, 1),
        (0.5, 1),
        (1.5, 3),  # in two seconds
        (0.07, 1),
        (1e-9, 1),
        (1e-320, 1),  # its inverse is beyond what a float holds
    ],
)
def test_rates_allow_what_fits_their_window(rate: float, at_once: int) -> None:
    pace = Pace(rate)
    taken = [pace.take("a.example") for _ in range(at_once)]
    assert taken == [0.0] * at_once


def test_no_rate_means_no_limit() -> None:
    pace = Pace(0)
    assert {pace.take("a.example") for _ in range(100)} == {0.0}


def test_a_slower_wish_of_the_host_is_obeyed() -> None:
    pace = Pace(0)
    assert pace.take("a.example", crawl_delay=120) == 0
    assert 60 < pace.take("a.example", crawl_delay=120) <= 120


def test_a_faster_wish_of_the_host_changes_nothing() -> None:
    pace = Pace(ONE_A_MINUTE)
    pace.take("a.example", crawl_delay=0.1)
    assert pace.take("a.example", crawl_delay=0.1) > 30


@pytest.mark.parametrize(
    ("delay", "wait"),
    [
        (2.5, 3),  # windows have whole seconds, and it is never less than was asked for
        (12, 12),
        (15, 15),
        (99.5, 100),
        (3600, 3600),
        (86_400, LONGEST_WINDOW_SECONDS),
        (1e308, LONGEST_WINDOW_SECONDS),
    ],
)
def test_a_crawl_delay_is_the_time_to_the_next_request(delay: float, wait: int) -> None:
    pace = Pace(0)
    assert pace.take("a.example", crawl_delay=delay) == 0
    assert wait - 1 < pace.take("a.example", crawl_delay=delay) <= wait


@pytest.mark.parametrize("delay", [None, 0, 0.0, 5e-324, 1e-9, 0.001])
def test_a_crawl_delay_of_next_to_nothing_is_none(delay: float | None) -> None:
    pace = Pace(0)
    assert {pace.take("a.example", crawl_delay=delay) for _ in range(100)} == {0.0}


def test_a_host_that_asked_for_rest_gets_it_without_a_rate_too() -> None:
    pace = Pace(0)
    pace.backoff("a.example", 120)
    assert 60 < pace.take("a.example") <= 120
    assert pace.take("b.example") == 0


def test_the_longer_rest_holds() -> None:
    pace = Pace(0)
    pace.backoff("a.example", 600)
    pace.backoff("a.example", 60)
    assert pace.take("a.example") > 300
    pace.backoff("a.example", 6000)
    assert pace.take("a.example") > 3000


@pytest.mark.parametrize(
    ("seconds", "rest"),
    [
        (0, 1),  # "Retry-After: 0" beside a 429: a second all the same
        (-30, 1),
        (0.2, 1),
        (90.5, 91),
        (1e9, MAX_BACKOFF_SECONDS),  # nobody is left alone for years
        (float("inf"), MAX_BACKOFF_SECONDS),
    ],
)
def test_a_rest_is_neither_nothing_nor_for_ever(seconds: float, rest: int) -> None:
    pace = Pace(0)
    pace.backoff("a.example", seconds)
    assert rest - 0.9 < pace.resting("a.example") <= rest


def test_asking_whether_a_host_rests_counts_nothing() -> None:
    pace = Pace(ONE_A_MINUTE)
    assert {pace.resting("a.example") for _ in range(20)} == {0.0}
    assert pace.take("a.example") == 0
    assert pace.resting("a.example") == 0  # to wait for one's turn is not to rest
    pace.backoff("a.example", 120)
    assert 60 < pace.resting("a.example") <= 120
    assert pace.resting("b.example") == 0


# Several workers


def test_workers_share_their_count_and_their_rests(broker_url: str) -> None:
    one, other = Pace(ONE_A_MINUTE, Shared(broker_url)), Pace(ONE_A_MINUTE, Shared(broker_url))
    assert one.take("a.example") == 0
    assert other.take("a.example") > 30
    one.backoff("b.example", 120)
    assert other.take("b.example") > 60
    assert other.resting("b.example") > 60
    other.backoff("b.example", 1)
    assert one.resting("b.example") > 60  # the longer rest holds, whoever was told


def test_workers_share_a_crawl_delay(broker_url: str) -> None:
    one, other = Pace(0, Shared(broker_url)), Pace(0, Shared(broker_url))
    assert one.take("a.example", crawl_delay=30) == 0
    assert other.take("a.example", crawl_delay=30) > 20


def test_without_the_shared_storage_each_worker_still_counts() -> None:
    pace = Pace(ONE_A_MINUTE, Shared(NOBODY_LISTENS))
    assert pace.take("a.example") == 0
    assert pace.take("a.example") > 30
    pace.backoff("b.example", 120)
    assert pace.take("b.example") > 60
    assert pace.resting("b.example") > 60


def test_who_was_told_to_rest_does_not_forget_it_with_redis(broker_url: str) -> None:
    shared = Shared(broker_url)
    pace = Pace(0, shared)
    pace.backoff("a.example", 120)
    assert shared.client is not None
    shared.client.flushdb()
    assert pace.take("a.example") > 60
