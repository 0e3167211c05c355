"""Calling through a child is calling: the same values, from many threads, with little ado."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from seeds.feeds import CONTENT_TYPES, write_feed
from seeds.pages import Pages
from seeds.world import Article, Outlet, load_world
from tests.worker.confine import jobs
from tests.worker.confine.conftest import Make
from worker.confine import child
from worker.confine.errors import ConfinedError, NoChildError
from worker.confine.pool import Confined
from worker.stages.extract import Given, extract_page
from worker.stages.feed import Feed, discover_feeds, parse_feed

BASE = "http://127.0.0.1:8080"
WORLD = load_world()


def latest_pages() -> Iterator[tuple[Outlet, Article]]:
    for outlet in WORLD.outlets:
        if WORLD.of(outlet):
            yield outlet, WORLD.of(outlet)[-1]


def test_every_feed_of_the_demo_is_parsed_as_without_a_child(confined: Confined) -> None:
    for outlet in WORLD.outlets:
        body, kind = write_feed(outlet, WORLD.of(outlet), BASE), CONTENT_TYPES[outlet.feed]
        feed = confined.call(parse_feed, body, url=BASE, content_type=kind)
        assert feed == parse_feed(body, url=BASE, content_type=kind)
        assert isinstance(feed, Feed)
        assert len(feed.entries) == min(20, len(WORLD.of(outlet)))


def test_a_page_of_every_outlet_is_read_as_without_a_child(confined: Confined) -> None:
    for outlet, article in latest_pages():
        body = Pages(BASE).article(outlet, article, ()).encode()
        given = Given(url=f"{BASE}/a", title="Another title", authors=("Ann Lee",), published=article.published)
        found = confined.call(extract_page, body, given, content_type="text/html")
        assert found == extract_page(body, given, content_type="text/html")
        assert found.method == "page"


def test_feeds_are_discovered_as_without_a_child(confined: Confined) -> None:
    body = Pages(BASE).home(WORLD.outlets[0], ()).encode()
    assert confined.call(discover_feeds, body, BASE) == discover_feeds(body, BASE) != ()


def test_a_body_larger_than_the_pipe_arrives_whole(confined: Confined) -> None:
    body = bytes(range(1, 128)) * 80_000  # ten megabytes
    assert confined.call(jobs.echo, body) == body.decode()


def test_an_empty_body_is_a_body(confined: Confined) -> None:
    assert confined.call(jobs.echo, b"") == ""


def test_a_child_is_kept_for_the_next_call(confined: Confined) -> None:
    assert confined.call(jobs.name_process, b"") == confined.call(jobs.name_process, b"") != os.getpid()


def test_many_threads_share_few_children(make_confined: Make) -> None:
    confined = make_confined(children=2)
    bodies = [str(number).encode() * 5_000 for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda body: confined.call(jobs.echo, body), bodies))
    assert answers == [body.decode() for body in bodies]
    assert len(confined._children) == 2


def test_a_thread_does_not_wait_for_ever_for_its_turn(make_confined: Make) -> None:
    confined = make_confined(patience=0.01)
    with confined._turn(), pytest.raises(NoChildError, match=r"^no parser was free within 0\.01 s$"):
        confined.call(jobs.echo, b"")
    assert confined.call(jobs.echo, b"its turn") == "its turn"


def test_a_failed_call_gives_its_turn_back(confined: Confined) -> None:
    for _ in range(3):
        with pytest.raises(ConfinedError):
            confined.call(jobs.raise_error, b"")
    assert confined.call(jobs.echo, b"a") == "a"


def test_started_children_have_imported_what_they_are_for(make_confined: Make) -> None:
    confined = make_confined()
    confined.start(jobs.echo, jobs.name_process)
    (kept,) = confined._idle
    assert kept.has_loaded("tests.worker.confine.jobs:echo")
    assert confined.call(jobs.name_process, b"") == kept.pid


def test_of_the_idle_children_one_that_knows_the_function_is_taken(make_confined: Make) -> None:
    confined = make_confined(children=2)
    with confined._lent(""):  # while this one is out, a second is started
        confined.call(jobs.echo, b"")
    first, second = confined._idle
    assert (first.has_loaded("tests.worker.confine.jobs:echo"), second.has_loaded("")) == (True, False)
    confined.call(jobs.echo, b"")
    assert second._loaded == set()


def test_only_functions_of_the_stages_are_called() -> None:
    with Confined() as confined:
        with pytest.raises(ValueError, match=r"tests.worker.confine.jobs:echo is not a function of worker.stages"):
            confined.call(jobs.echo, b"")
        assert confined.call(discover_feeds, b"<p>", "http://e.example/") == ()


def test_a_function_without_a_name_of_its_own_cannot_be_called(confined: Confined) -> None:
    def local(body: bytes) -> str:
        return ""

    with pytest.raises(ValueError, match="<locals>"):
        confined.call(local, b"")


def test_a_function_that_cannot_be_imported_is_not_the_pages_fault(
    confined: Confined,
) -> None:
    def nowhere(body: bytes) -> str:
        return ""

    nowhere.__module__, nowhere.__qualname__ = jobs.__name__, "nowhere"
    with pytest.raises(NoChildError, match=r"^no parser could be started: AttributeError: .*nowhere"):
        confined.call(nowhere, b"")


def test_a_child_that_cannot_be_started_is_not_the_pages_fault(
    make_confined: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    confined = make_confined()
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(NoChildError, match=r"^no parser could be started: "):
        confined.call(jobs.echo, b"")


def test_a_child_is_replaced_after_many_jobs(make_confined: Make) -> None:
    confined = make_confined()
    pids = [confined.call(jobs.name_process, b"") for _ in range(child.MAX_JOBS + 1)]
    assert len(set(pids[: child.MAX_JOBS])) == 1
    assert pids[-1] != pids[0]


def test_a_child_is_replaced_when_memory_does_not_come_back(make_confined: Make) -> None:
    confined = make_confined()
    first, second = confined.call(jobs.keep, b"200"), confined.call(jobs.keep, b"200")
    assert first == second != confined.call(jobs.name_process, b"")
