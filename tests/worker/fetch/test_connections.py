"""Which connections are kept and which are let go. The clock is turned by the tests."""

from typing import Any

import httpcore2
import pytest

from worker.fetch.connections import KEPT_SECONDS, Connections

A, B, C = "http://a.example", "http://b.example", "http://c.example"


class Connection(httpcore2.HTTPConnection):
    """A connection to nowhere that is as idle, and as dead, as a test says."""

    def __init__(self, *, idle: bool = True) -> None:
        super().__init__(httpcore2.Origin(b"http", b"nowhere.example", 80))
        self.idle = idle
        self.hung_up = False
        self.closed = False

    def is_idle(self) -> bool:
        return self.idle

    def has_expired(self) -> bool:
        return self.hung_up

    def close(self) -> None:
        self.closed = True


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connections(clock: Clock) -> Connections:
    return Connections(most=3, clock=clock)


def given_back(connections: Connections, origin: str, **how: Any) -> Connection:
    connection = Connection(**how)
    connections.give_back(origin, connection)
    return connection


def test_a_connection_serves_its_origin_again_and_one_user_at_a_time(connections: Connections) -> None:
    kept = given_back(connections, A)
    assert connections.take(B) is None
    assert connections.take(A) is kept
    assert connections.take(A) is None


def test_the_one_used_last_is_taken_first(connections: Connections) -> None:
    older, newer = given_back(connections, A), given_back(connections, A)
    assert [connections.take(A), connections.take(A), connections.take(A)] == [newer, older, None]


def test_one_that_is_not_done_is_closed(connections: Connections) -> None:
    assert given_back(connections, A, idle=False).closed
    assert connections.take(A) is None


def test_one_that_the_other_side_ended_is_not_handed_out(connections: Connections) -> None:
    alive, dead = given_back(connections, A), given_back(connections, A)
    dead.hung_up = True
    assert connections.take(A) is alive
    assert dead.closed


def test_one_that_was_kept_for_long_is_not_handed_out(connections: Connections, clock: Clock) -> None:
    kept = given_back(connections, A)
    clock.time += KEPT_SECONDS
    assert connections.take(A) is None
    assert kept.closed


def test_those_of_other_hosts_do_not_outstay_their_time(connections: Connections, clock: Clock) -> None:
    kept = given_back(connections, A)
    clock.time += KEPT_SECONDS
    given_back(connections, B)
    assert kept.closed


def test_of_too_many_those_of_the_host_used_longest_ago_go(connections: Connections) -> None:
    first, second, third = given_back(connections, A), given_back(connections, B), given_back(connections, C)
    taken = connections.take(A)
    assert taken is first
    connections.give_back(A, first)  # A is used again, and B is the oldest now
    fourth = given_back(connections, A)
    assert [each.closed for each in (first, second, third, fourth)] == [False, True, False, False]
    given_back(connections, C)
    assert [each.closed for each in (first, second, third, fourth)] == [True, True, False, False]


def test_all_are_closed_in_the_end(connections: Connections) -> None:
    kept = [given_back(connections, origin) for origin in (A, A, B)]
    connections.close()
    assert all(each.closed for each in kept)
    assert connections.take(A) is None
