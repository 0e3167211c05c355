"""Rates per host, alone and shared. Windows of a minute and more, so that a slow machine does not change the result."""

import pytest

from worker.fetch.pace import MAX_BACKOFF_SECONDS, Pace

ONE_A_MINUTE = 1 / 60


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


@pytest.mark.parametrize(("rate", "at_once"), [(5.0, 5), (1.0, 1), (0.5, 1), (1.5, 3)])
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


def test_nobody_is_left_alone_for_years() -> None:
    pace = Pace(0)
    pace.backoff("a.example", 1e9)
    assert pace.take("a.example") <= MAX_BACKOFF_SECONDS


def test_workers_share_their_count_and_their_rests(broker_url: str) -> None:
    one, other = Pace(ONE_A_MINUTE, broker_url), Pace(ONE_A_MINUTE, broker_url)
    assert one.take("a.example") == 0
    assert other.take("a.example") > 30
    one.backoff("b.example", 120)
    assert other.take("b.example") > 60


def test_without_the_shared_storage_each_worker_still_counts() -> None:
    pace = Pace(ONE_A_MINUTE, "redis://127.0.0.1:1/0")  # nobody listens on port 1
    assert pace.take("a.example") == 0
    assert pace.take("a.example") > 30
    pace.backoff("b.example", 120)
    assert pace.take("b.example") > 60
