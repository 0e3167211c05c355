"""robots.txt as RFC 9309 wants it obeyed, on a clock that the test turns."""

import pytest

from tests.site import Site
from worker.errors import TransientError
from worker.fetch.door import Door
from worker.fetch.robots import MAX_ROBOTS_BYTES, Kept, MemoryCache, Robots

HOUR = 3600.0
DAY = 24 * HOUR

RULES = """
User-agent: *
Crawl-delay: 2.5
Disallow: /private
Disallow: /*.pdf$
Disallow: /*?session=

User-agent: Storytrail
Crawl-delay: 4
Disallow: /not-for-us
Allow: /not-for-us/but-this
"""


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def robots(door: Door, clock: Clock, name: str = "") -> Robots:
    return Robots(door, MemoryCache(), now=clock, name=name)


@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("Other", "/", True),
        ("Other", "/private/x", False),
        ("Other", "/a.pdf", False),
        ("Other", "/a.pdf.html", True),
        ("Other", "/a?session=1", False),
        ("Other", "/not-for-us", True),
        ("Storytrail", "/not-for-us", False),
        ("Storytrail", "/not-for-us/but-this", True),  # the longer rule wins
        ("Storytrail", "/private", True),  # a group of our own replaces the one for all
    ],
)
def test_rules_are_obeyed(site: Site, door: Door, clock: Clock, name: str, path: str, allowed: bool) -> None:
    site.serves("/robots.txt", RULES)
    assert robots(door, clock, name).allowed(site.url(path)) is allowed


def test_our_name_is_the_first_word_of_the_user_agent(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", RULES)
    assert not robots(door, clock).allowed(site.url("/not-for-us"))


def test_the_delay_that_is_asked_for_is_told(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", RULES)
    assert robots(door, clock, "Other").crawl_delay(site.url("/")) == 2.5
    assert robots(door, clock, "Storytrail").crawl_delay(site.url("/")) == 4
    site.serves("/robots.txt", "User-agent: *\nDisallow:")
    assert robots(door, clock).crawl_delay(site.url("/")) is None


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_missing_file_allows_everything(site: Site, door: Door, clock: Clock, status: int) -> None:
    site.fails("/robots.txt", status)
    assert robots(door, clock).allowed(site.url("/a"))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failing_server_allows_nothing_for_now(site: Site, door: Door, clock: Clock, status: int) -> None:
    site.fails("/robots.txt", status)
    with pytest.raises(TransientError) as refusal:
        robots(door, clock).allowed(site.url("/a"))
    assert refusal.value.retry_after == HOUR


def test_an_unreachable_server_allows_nothing_for_now(door: Door, clock: Clock) -> None:
    with Site() as gone:
        address = gone.url("/a")
    with pytest.raises(TransientError):
        robots(door, clock).allowed(address)


def test_redirects_in_a_circle_count_as_a_missing_file(site: Site, door: Door, clock: Clock) -> None:
    site.moves("/robots.txt", "/robots.txt")
    assert robots(door, clock).allowed(site.url("/a"))


def test_a_page_in_its_place_allows_everything(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", "<!doctype html><html><body><p>Not found</p></body></html>")
    assert robots(door, clock).allowed(site.url("/a"))


def test_the_file_is_asked_for_once_a_day(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", RULES)
    rules = robots(door, clock, "Other")
    for path in ["/a", "/b", "/private"]:
        rules.allowed(site.url(path))
    assert len(site.requests) == 1
    clock.time += DAY + 1
    site.serves("/robots.txt", "User-agent: *\nDisallow: /a")
    assert not rules.allowed(site.url("/a"))
    assert len(site.requests) == 2


def test_a_failing_server_is_asked_once_an_hour(site: Site, door: Door, clock: Clock) -> None:
    site.fails("/robots.txt", 503)
    rules = robots(door, clock)
    for _ in range(3):
        with pytest.raises(TransientError):
            rules.allowed(site.url("/"))
    assert len(site.requests) == 1
    clock.time += HOUR + 1
    site.serves("/robots.txt", "")
    assert rules.allowed(site.url("/"))


def test_an_older_copy_serves_while_the_server_fails(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", RULES)
    rules = robots(door, clock, "Other")
    assert rules.allowed(site.url("/a"))
    site.fails("/robots.txt", 500)
    clock.time += DAY + 1
    assert rules.allowed(site.url("/a"))
    assert not rules.allowed(site.url("/private"))


def test_after_a_month_without_an_answer_the_file_counts_as_missing(site: Site, door: Door, clock: Clock) -> None:
    site.fails("/robots.txt", 500)
    rules = robots(door, clock)
    with pytest.raises(TransientError):
        rules.allowed(site.url("/a"))
    clock.time += 31 * DAY
    assert rules.allowed(site.url("/a"))


def test_a_huge_file_is_read_up_to_its_last_whole_line(site: Site, clock: Clock, door: Door) -> None:
    """Cut in the middle of a line, "Disallow: /a/b" could become "Disallow: /"."""
    start = b"User-agent: *\nDisallow: /first\n"
    filler = b"#" * (MAX_ROBOTS_BYTES - len(start) - len(b"\nDisallow: /")) + b"\n"
    site.serves("/robots.txt", start + filler + b"Disallow: /second/part\n")
    rules = robots(door, clock)
    assert rules.allowed(site.url("/"))
    assert not rules.allowed(site.url("/first"))


def test_bytes_that_are_no_text_do_no_harm(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", bytes(range(256)) + b"\nUser-agent: *\nDisallow: /no\n")
    rules = robots(door, clock)
    assert (rules.allowed(site.url("/yes")), rules.allowed(site.url("/no"))) == (True, False)


def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    cache = MemoryCache(size=2)
    for origin in ["a", "b"]:
        cache.put(origin, Kept("", 0))
    cache.get("a")
    cache.put("c", Kept("", 0))
    assert [cache.get(origin) is not None for origin in "abc"] == [True, False, True]
