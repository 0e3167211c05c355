"""robots.txt as RFC 9309 wants it obeyed, on a clock that the test turns."""

import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network

import pytest

from tests.site import Site
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Door, DoorPolicy
from worker.fetch.robots import MAX_ROBOTS_BYTES, Robots

MINUTE = 60.0
HOUR = 60 * MINUTE
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
    return Robots(door, now=clock, name=name)


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


@pytest.mark.parametrize(
    ("written", "is_ours"),
    [
        ("Storytrail", True),
        ("STORYTRAIL", True),
        ("storytrail", True),
        ("Storytrail/0.1", True),  # a version is not part of the name
        ("Storytrail/99.9 (anything)", True),
        ("Storytrail*", True),
        ("Storytrail # the news reader", True),
        ("Story", False),  # someone whose name ours begins with
        ("Trail", False),
        ("StorytrailNews", False),
        ("Mozilla/5.0 (compatible; Storytrail)", False),
        ("", False),
    ],
)
@pytest.mark.parametrize(
    "line", ["User-agent: {}", "user-agent:{}", "USER-AGENT :\t{}", "User-agent {}", "useragent: {}"]
)
def test_a_group_is_ours_by_our_name(
    site: Site, door: Door, clock: Clock, line: str, written: str, is_ours: bool
) -> None:
    site.serves("/robots.txt", f"User-agent: *\nDisallow: /all\n\n{line.format(written)}\nDisallow: /us\n")
    rules = robots(door, clock)
    assert rules.allowed(site.url("/us")) is not is_ours
    assert rules.allowed(site.url("/all")) is is_ours


def test_a_group_may_name_several_crawlers(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", "User-agent: A\nUser-agent: Storytrail\nUser-agent: B\nDisallow: /x\n\nUser-agent: C")
    assert not robots(door, clock).allowed(site.url("/x"))
    assert robots(door, clock, "Other").allowed(site.url("/x"))


def test_groups_of_one_name_are_one(site: Site, door: Door, clock: Clock) -> None:
    site.serves(
        "/robots.txt", "User-agent: storytrail\nDisallow: /x\nUser-agent: *\n\nUser-agent: Storytrail/2\nDisallow: /y"
    )
    rules = robots(door, clock)
    assert [rules.allowed(site.url(path)) for path in ["/x", "/y", "/z"]] == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /no\n",
        b"User-agent: *\r\nDisallow: /no\r\n",
        b"User-agent: *\rDisallow: /no\r",
        b"\n\n  User-agent:*\n\tDisallow:/no",
        b"User-agent: *\nDisallow: /no # not there\n",
        b"# \xff\xfe\x00\nUser-agent: *\nDisallow: /no\n",
        bytes(range(256)) + b"\nUser-agent: *\nDisallow: /no\n",
    ],
)
@pytest.mark.parametrize("content_type", ["text/plain; charset=utf-16", "text/html", "application/octet-stream"])
def test_however_it_is_written_and_labelled_it_is_obeyed(
    site: Site, door: Door, clock: Clock, text: bytes, content_type: str
) -> None:
    site.serves("/robots.txt", text, headers={"Content-Type": content_type})
    rules = robots(door, clock)
    assert (rules.allowed(site.url("/yes")), rules.allowed(site.url("/no"))) == (True, False)


@pytest.mark.parametrize(
    ("written", "delay"),
    [("86400", 86_400), ("0.5", 0.5), ("-1", None), ("soon", None), ("nan", None), ("inf", None), ("", None)],
)
def test_a_delay_that_is_no_time_is_not_passed_on(
    site: Site, door: Door, clock: Clock, written: str, delay: float | None
) -> None:
    site.serves("/robots.txt", f"User-agent: *\nCrawl-delay: {written}\nDisallow: /x\n")
    assert robots(door, clock).crawl_delay(site.url("/")) == delay


# What cannot be had


@pytest.mark.parametrize("status", [300, 400, 401, 403, 404, 410, 451])
def test_a_missing_file_allows_everything(site: Site, door: Door, clock: Clock, status: int) -> None:
    site.serves("/robots.txt", "User-agent: *\nDisallow: /", status=status)  # what an error page says is no rule
    assert robots(door, clock).allowed(site.url("/a"))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_failing_server_allows_nothing_for_now(site: Site, door: Door, clock: Clock, status: int) -> None:
    site.fails("/robots.txt", status)
    with pytest.raises(TransientError) as refusal:
        robots(door, clock).allowed(site.url("/a"))
    assert refusal.value.retry_after == 5 * MINUTE


def test_an_unreachable_server_allows_nothing_for_now(door: Door, clock: Clock) -> None:
    with Site() as gone:
        address = gone.url("/a")
    for url in [address, "http://nowhere.invalid/"]:
        with pytest.raises(TransientError, match=r"robots\.txt cannot be read"):
            robots(door, clock).allowed(url)


def test_a_silent_server_allows_nothing_for_now(site: Site, hasty_door: Door, clock: Clock) -> None:
    site.stalls("/robots.txt")
    with pytest.raises(TransientError):
        robots(hasty_door, clock).allowed(site.url("/a"))


def test_what_is_no_web_address_has_no_rules(door: Door, clock: Clock) -> None:
    with pytest.raises(PermanentError):
        robots(door, clock).allowed("file:///etc/passwd")


def test_five_redirects_are_followed(site: Site, door: Door, clock: Clock) -> None:
    with Site() as other:  # on another host too
        site.moves("/robots.txt", "/1")
        for step in range(1, 4):
            site.moves(f"/{step}", f"/{step + 1}")
        site.moves("/4", other.url("/5"))
        other.serves("/5", RULES)
        assert not robots(door, clock, "Other").allowed(site.url("/private"))


def test_a_redirect_to_where_we_do_not_go_counts_as_a_missing_file(clock: Clock) -> None:
    with Site() as site, Site("127.0.0.2") as closed:
        site.moves("/robots.txt", closed.url("/robots.txt"))
        with Door(DoorPolicy("t", allow_networks=(ip_network("127.0.0.1/32"),))) as door:
            assert robots(door, clock, "Other").allowed(site.url("/a"))
        assert not closed.requests


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


def test_a_failing_server_is_asked_again_ever_more_seldom(site: Site, door: Door, clock: Clock) -> None:
    site.fails("/robots.txt", 503)
    rules, waits = robots(door, clock), list[float]()
    for _ in range(8):
        for _ in range(3):
            with pytest.raises(TransientError) as refusal:
                rules.allowed(site.url("/"))
        assert refusal.value.retry_after is not None
        waits.append(refusal.value.retry_after / MINUTE)
        clock.time += refusal.value.retry_after + 0.001
    assert [round(wait) for wait in waits] == [5, 5, 10, 20, 40, 60, 60, 60]
    assert len(site.requests) == 8
    site.serves("/robots.txt", "")
    assert rules.allowed(site.url("/"))


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7200", 2 * HOUR), ("1", 5 * MINUTE), ("99999999", DAY), ("Thu, 01 Jan 1970 00:00:00 GMT", 5 * MINUTE)],
)
def test_a_server_that_says_when_to_come_back_is_believed(
    site: Site, door: Door, clock: Clock, header: str, wait: float
) -> None:
    site.fails("/robots.txt", 503, headers={"Retry-After": header})
    with pytest.raises(TransientError) as refusal:
        robots(door, clock).allowed(site.url("/a"))
    assert refusal.value.retry_after == wait


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


def test_a_huge_file_of_old_line_ends_keeps_its_rules(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", b"User-agent: *\rDisallow: /first\r" + b"# more\r" * (MAX_ROBOTS_BYTES // 7))
    assert not robots(door, clock).allowed(site.url("/first"))


def test_names_times_rules_are_no_flood(site: Site, door: Door, clock: Clock) -> None:
    """A parser that gives each name its own copy of each rule takes gigabytes and minutes for this file."""
    names = "".join(f"User-agent: a{number}\n" for number in range(15_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(12_000))
    site.serves("/robots.txt", f"User-agent: *\n{names}{rules}")
    ours = robots(door, clock)
    began = time.process_time()
    tracemalloc.start()
    try:
        assert not ours.allowed(site.url("/11999"))
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < 10


# Whose file it is


def test_each_scheme_host_and_port_has_its_own_file(clock: Clock) -> None:
    with Site() as one, Site() as other:
        one.serves("/robots.txt", "User-agent: *\nDisallow: /")
        with Door(DoorPolicy("t", allow_networks=(ip_network("127.0.0.0/8"),)), resolve=to_loopback) as door:
            rules = robots(door, clock)
            assert not rules.allowed(f"http://a.example:{one.port}/x")
            assert rules.allowed(f"http://a.example:{other.port}/x")
            with pytest.raises(TransientError):  # nobody speaks TLS there, and what http says does not hold for it
                rules.allowed(f"https://a.example:{one.port}/x")


def test_one_host_in_all_its_spellings_is_asked_once(site: Site, clock: Clock) -> None:
    site.serves("/robots.txt", "")
    with Door(DoorPolicy("t", allow_networks=(ip_network("127.0.0.0/8"),)), resolve=to_loopback) as door:
        rules = robots(door, clock)
        for host in ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "XN--Bcher-KVA.Example"]:
            assert rules.allowed(f"http://{host}:{site.port}/ä?q=ö")
    assert [request.headers["host"] for request in site.requests] == [f"xn--bcher-kva.example:{site.port}"]


def test_addresses_are_compared_in_their_escaped_form(site: Site, door: Door, clock: Clock) -> None:
    site.serves("/robots.txt", "User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /größe\n")
    rules = robots(door, clock)
    for path in ["/café", "/caf%c3%a9/x", "/gr%C3%B6%C3%9Fe", "/größe"]:
        assert not rules.allowed(site.url(path))


def test_threads_that_need_the_same_file_ask_for_it_once(site: Site, door: Door, clock: Clock) -> None:
    def takes_its_time(handler: BaseHTTPRequestHandler) -> None:
        site.waits(0.1)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /")

    site.plays("/robots.txt", takes_its_time)
    rules = robots(door, clock)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: rules.allowed(site.url(f"/{number}")), range(8)))
    assert answers == [False] * 8
    assert len(site.requests) == 1


def test_threads_share_a_failure_too(site: Site, hasty_door: Door, clock: Clock) -> None:
    site.stalls("/robots.txt")
    rules = robots(hasty_door, clock)

    def refused(number: int) -> bool:
        with pytest.raises(TransientError):
            rules.allowed(site.url(f"/{number}"))
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(refused, range(8)))
    assert len(site.requests) == 1


def to_loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]
