"""Robots files in memory, and shared among workers."""

from collections.abc import Iterator

import pytest
import redis

from tests.site import Site
from worker.fetch import robots_cache
from worker.fetch.door import Door
from worker.fetch.robots import Robots
from worker.fetch.robots_cache import MAX_SHARED_BYTES, Kept, MemoryCache, RedisCache
from worker.fetch.shared import Shared

NOW = 1_000_000.0
DAY = 24 * 3600.0
FRESH = Kept("User-agent: *\nDisallow: /käse\n", NOW + DAY)
A, B, C = "http://a.example", "https://b.example", "http://c.example:8080"


def now() -> float:
    return NOW


@pytest.fixture
def client(broker_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(broker_url) as client:
        yield client


def worker(broker_url: str) -> RedisCache:
    """The cache of one more worker."""
    return RedisCache(Shared(broker_url), now=now)


def test_memory_forgets_what_was_used_longest_ago() -> None:
    cache = MemoryCache(most_bytes=3000)
    for origin in [A, B]:
        cache.put(origin, Kept("x" * 1000, 0))
    cache.get(A)
    cache.put(C, Kept("x" * 1000, 0))
    assert [cache.get(origin) is not None for origin in (A, B, C)] == [True, False, True]


def test_memory_takes_no_more_than_its_bytes() -> None:
    """However large the files are that strangers give their many hosts."""
    cache = MemoryCache(most_bytes=10_000)
    for number in range(1000):
        cache.put(f"http://{number}.example", Kept("x" * 900, 0))
    assert sum(cache.get(f"http://{number}.example") is not None for number in range(1000)) < 10
    cache.put(A, Kept("x" * 20_000, 0))
    assert cache.get(A) is None


def test_a_newer_file_takes_the_place_of_the_older() -> None:
    cache = MemoryCache(most_bytes=3000)
    for number in range(100):
        cache.put(A, Kept("x" * 1000, number))
    assert cache.get(A) == Kept("x" * 1000, 99)


def test_what_one_worker_learns_all_know(broker_url: str) -> None:
    one, other = worker(broker_url), worker(broker_url)
    assert other.get(A) is None
    for kept in [FRESH, Kept(None, NOW + 300, failing_since=NOW), Kept("", NOW + DAY, failing_since=NOW - DAY)]:
        one.put(A, kept)
        assert worker(broker_url).get(A) == kept
    assert worker(broker_url).get(B) is None


def test_what_another_worker_learnt_later_counts(broker_url: str) -> None:
    one, other = worker(broker_url), worker(broker_url)
    one.put(A, Kept("old", NOW - 1))
    other.put(A, FRESH)
    assert one.get(A) == FRESH


def test_what_is_fresh_in_memory_is_not_asked_for_again(broker_url: str, client: redis.Redis) -> None:
    cache = worker(broker_url)
    cache.put(A, FRESH)
    client.flushdb()
    assert cache.get(A) == FRESH


def test_an_old_copy_is_better_than_none(broker_url: str, client: redis.Redis) -> None:
    cache, old = worker(broker_url), Kept("old", NOW - 1)
    cache.put(A, old)
    assert worker(broker_url).get(A) == old
    client.flushdb()
    assert cache.get(A) == old


def test_files_lapse_in_redis_a_month_after_their_day(broker_url: str, client: redis.Redis) -> None:
    worker(broker_url).put(A, FRESH)
    assert 30 * DAY < client.ttl(f"storytrail:robots:{A}") <= 31 * DAY


def test_a_large_file_is_kept_by_each_worker_for_itself(broker_url: str, client: redis.Redis) -> None:
    cache, large = worker(broker_url), Kept("x" * MAX_SHARED_BYTES, NOW + DAY)
    cache.put(A, large)
    assert cache.get(A) == large
    assert client.dbsize() == 0


def test_redis_takes_no_more_than_so_many_files(
    broker_url: str, client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots_cache, "MAX_SHARED_ORIGINS", 2)
    cache = worker(broker_url)
    for origin, seconds in [(A, 200.0), (B, 100.0), (C, 300.0)]:  # B lapses first
        cache.put(origin, Kept("", NOW + seconds))
    reader = worker(broker_url)
    assert [reader.get(origin) is not None for origin in (A, B, C)] == [True, False, True]
    assert client.dbsize() == 3  # two files and their index


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b"null", b'{"text": ""}', b'{"what": 1}', b"\xff"])
def test_what_someone_else_wrote_there_is_not_taken_for_a_file(
    broker_url: str, client: redis.Redis, written: bytes
) -> None:
    client.set(f"storytrail:robots:{A}", written)
    assert worker(broker_url).get(A) is None


def test_with_redis_away_the_memory_serves() -> None:
    cache = worker("redis://127.0.0.1:1/0")
    assert cache.get(A) is None
    cache.put(A, FRESH)
    assert cache.get(A) == FRESH


def test_workers_ask_a_site_once_together(site: Site, door: Door, broker_url: str) -> None:
    site.serves("/robots.txt", "User-agent: *\nDisallow: /no")
    for _ in range(3):
        rules = Robots(door, worker(broker_url), now=now)
        assert (rules.allowed(site.url("/yes")), rules.allowed(site.url("/no"))) == (True, False)
    assert len(site.requests) == 1
