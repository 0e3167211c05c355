"""Turns within one process, and among workers that share a Redis."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

from tests.servers import ValkeyServer
from worker.fetch.shared import AWAY_SECONDS, Shared
from worker.fetch.turns import Turns

NOBODY_LISTENS = "redis://127.0.0.1:1/0"
PATIENCE = 10.0  # seconds for what takes milliseconds


@pytest.fixture(params=["in memory", "shared", "Redis away"])
def turns_of(request: pytest.FixtureRequest) -> Callable[[int], Turns]:
    """Turns of one worker, by how many threads may be at a host: the same wherever they are kept."""
    url = {"in memory": "memory://", "Redis away": NOBODY_LISTENS}.get(request.param)
    url = url or str(request.getfixturevalue("broker_url"))
    return lambda at_once: Turns(Shared(url), at_once=at_once)


def test_a_host_is_taken_by_one_thread_at_a_time(turns_of: Callable[[int], Turns]) -> None:
    turns = turns_of(1)
    with turns.take("a.example") as first, turns.take("a.example") as second:
        assert (first, second) == (True, False)
    with turns.take("a.example") as again:
        assert again


def test_who_did_not_get_a_turn_does_not_end_another_ones(turns_of: Callable[[int], Turns]) -> None:
    turns = turns_of(1)
    with turns.take("a.example"):
        for _ in range(3):
            with turns.take("a.example") as is_ours:
                assert not is_ours


def test_hosts_have_turns_of_their_own(turns_of: Callable[[int], Turns]) -> None:
    turns = turns_of(1)
    with turns.take("a.example") as one, turns.take("a.example:8080") as other:
        assert (one, other) == (True, True)


def test_more_threads_at_once_when_a_host_may_have_them(turns_of: Callable[[int], Turns]) -> None:
    turns = turns_of(2)
    with ExitStack() as held:
        assert [held.enter_context(turns.take("a.example")) for _ in range(3)] == [True, True, False]


def test_a_failure_gives_the_host_back(turns_of: Callable[[int], Turns]) -> None:
    turns = turns_of(1)
    with pytest.raises(ZeroDivisionError), turns.take("a.example"):
        raise ZeroDivisionError
    with turns.take("a.example") as again:
        assert again


def test_of_many_threads_at_once_one_gets_the_host(turns_of: Callable[[int], Turns]) -> None:
    turns, together = turns_of(1), Barrier(8)

    def race(_number: int) -> bool:
        together.wait()
        with turns.take("a.example") as is_ours:
            together.wait()  # nobody lets go before all have tried
            return is_ours

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(race, range(8))) == 1


# Several workers


def test_workers_share_their_turns(broker_url: str) -> None:
    one, other = Turns(Shared(broker_url)), Turns(Shared(broker_url))
    with one.take("a.example") as ours:
        with other.take("a.example") as theirs:
            assert (ours, theirs) == (True, False)
        with other.take("b.example") as another_host:
            assert another_host
    with other.take("a.example") as now_theirs:
        assert now_theirs


def test_workers_share_how_many_may_ask_at_once(broker_url: str) -> None:
    workers = [Turns(Shared(broker_url), at_once=2) for _ in range(3)]
    with ExitStack() as held:
        assert [held.enter_context(turns.take("a.example")) for turns in workers] == [True, True, False]


def test_the_turn_of_a_worker_that_died_lapses(broker_url: str) -> None:
    dead, heir = Turns(Shared(broker_url), lease_seconds=0.02), Turns(Shared(broker_url))
    last = dead.take("a.example")
    last.__enter__()  # and never left
    wait_until(lambda: is_free(heir, "a.example"))


def test_a_turn_is_kept_as_long_as_its_lease(broker_url: str) -> None:
    shared = Shared(broker_url)
    with Turns(shared, lease_seconds=300).take("a.example"):
        assert shared.client is not None
        (key,) = shared.client.keys("storytrail:turn:*")
        assert 290_000 < shared.client.pttl(key) <= 300_000


def test_a_turn_that_lapsed_is_not_taken_from_its_next_holder(broker_url: str) -> None:
    shared = Shared(broker_url)
    late, next_holder, third = Turns(shared), Turns(shared), Turns(shared)
    with ExitStack() as held:
        with late.take("a.example"):
            assert shared.client is not None
            shared.client.flushdb()  # as if its time were over
            assert held.enter_context(next_holder.take("a.example"))
        with third.take("a.example") as is_free:
            assert not is_free


def test_with_redis_away_each_worker_has_turns_of_its_own() -> None:
    with Turns(Shared(NOBODY_LISTENS)).take("a.example") as one, Turns(Shared(NOBODY_LISTENS)).take("a.example") as two:
        assert (one, two) == (True, True)


def test_a_redis_that_dies_and_comes_back_is_noticed() -> None:
    now = [0.0]
    with ValkeyServer() as server, ExitStack() as held:
        one, other = (Turns(Shared(server.url, clock=lambda: now[0])) for _ in range(2))
        with one.take("a.example") as is_ours:
            assert is_ours
            server.kill()
        for turns in (one, other):  # the turn could not be given back; each is alone now
            assert held.enter_context(turns.take("b.example"))
        server.start()
        now[0] += AWAY_SECONDS
        with one.take("c.example") as ours, other.take("c.example") as theirs:
            assert (ours, theirs) == (True, False)


def is_free(turns: Turns, host: str) -> bool:
    with turns.take(host) as is_ours:
        return is_ours


def wait_until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline
