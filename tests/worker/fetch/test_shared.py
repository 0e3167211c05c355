"""What is shared when Redis is there, and what it costs when it is not. The clock is turned by the tests."""

from collections.abc import Callable

import pytest
import redis

from worker.fetch.shared import AWAY_SECONDS, Shared


class Clock:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


class Redis:
    """Stands for what is asked of Redis: it answers, or is away, and counts how often it was asked."""

    def __init__(self) -> None:
        self.is_away = False
        self.asked = 0

    def __call__(self, _client: redis.Redis) -> str:
        self.asked += 1
        if self.is_away:
            raise redis.ConnectionError("refused")
        return "shared"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Redis:
    return Redis()


@pytest.fixture
def shared(clock: Clock) -> Shared:
    return Shared("redis://127.0.0.1:1/0", clock=clock)  # a client that is never used: the tests answer for it


def own() -> str:
    return "own"


def test_redis_answers_when_it_is_there(shared: Shared, server: Redis) -> None:
    assert [shared.ask(server, own) for _ in range(3)] == ["shared"] * 3


def test_without_redis_there_is_only_our_own_side(server: Redis) -> None:
    assert Shared("memory://").ask(server, own) == "own"
    assert Shared().client is None
    assert server.asked == 0


def test_a_redis_that_is_away_is_not_asked_for_every_page(shared: Shared, server: Redis, clock: Clock) -> None:
    server.is_away = True
    assert {shared.ask(server, own) for _ in range(50)} == {"own"}
    assert server.asked == 1
    clock.time += AWAY_SECONDS
    assert {shared.ask(server, own) for _ in range(50)} == {"own"}
    assert server.asked == 2


def test_one_thread_finds_out_for_all_whether_it_is_back(shared: Shared, server: Redis, clock: Clock) -> None:
    server.is_away = True
    shared.ask(server, own)
    clock.time += AWAY_SECONDS
    server.is_away = False
    meanwhile = []

    def slow_answer(client: redis.Redis) -> str:
        meanwhile.append(shared.ask(server, own))  # as another thread would, while this one waits
        return server(client)

    assert shared.ask(slow_answer, own) == "shared"
    assert meanwhile == ["own"]
    assert shared.ask(server, own) == "shared"


@pytest.mark.parametrize("error", [redis.TimeoutError, redis.ResponseError, redis.AuthenticationError])
def test_whatever_keeps_redis_from_answering_counts_as_away(shared: Shared, error: type[redis.RedisError]) -> None:
    assert shared.ask(raising(error("no")), own) == "own"


def test_a_mistake_of_ours_is_not_taken_for_a_redis_that_is_away(shared: Shared) -> None:
    with pytest.raises(ZeroDivisionError):
        shared.ask(raising(ZeroDivisionError()), own)


def test_a_silent_redis_is_given_up_in_seconds(shared: Shared) -> None:
    assert shared.client is not None
    options = shared.client.connection_pool.connection_kwargs
    assert options["socket_connect_timeout"] <= 3
    assert options["socket_timeout"] <= 5


def raising(error: Exception) -> Callable[[redis.Redis], str]:
    def ask(_client: redis.Redis) -> str:
        raise error

    return ask
