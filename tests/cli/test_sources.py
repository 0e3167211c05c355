"""`storytrail sources`: what users add, what they get to see, what goes out and in as OPML."""

import socket

import pytest

from tests.cli.command import Storytrail
from tests.site import Site


@pytest.fixture
def open_to_loopback(storytrail: Storytrail) -> Storytrail:
    storytrail.settings["STORYTRAIL_ALLOW_PRIVATE_NETWORKS"] = "127.0.0.0/8"
    return storytrail


@pytest.mark.parametrize("path", ["/feed.xml", "/", "/old.xml"], ids=["feed", "home page", "moved"])
def test_a_feed_is_found(path: str, open_to_loopback: Storytrail, site: Site) -> None:
    done = open_to_loopback.does("sources", "add", site.url(path), "--json")
    assert done.rows == [{"url": site.url("/feed.xml"), "title": "Marlow News", "added": True}]


def test_adding_it_again_says_that_it_is_there(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    done = open_to_loopback.does("sources", "add", site.url("/feed.xml"))
    assert done.out == f"there already: Marlow News ({site.url('/feed.xml')})\n"
    assert len(open_to_loopback.does("sources", "list", "--json").rows) == 1


def test_a_title_and_a_language_may_be_given(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"), "--title", "Of Marlow", "--language", "en")
    assert [row["title"] for row in open_to_loopback.does("sources", "list", "--json").rows] == ["Of Marlow"]


def test_one_title_for_several_is_wrong_usage(open_to_loopback: Storytrail, site: Site) -> None:
    done = open_to_loopback("sources", "add", site.url("/"), site.url("/old.xml"), "--title", "Of Marlow")
    assert done.code == 2
    assert site.requests == []


def test_what_is_no_source_is_told_and_the_others_are_added(open_to_loopback: Storytrail, site: Site) -> None:
    done = open_to_loopback("sources", "add", site.url("/about"), site.url("/broken"), site.url("/"))
    assert done.code == 1
    assert done.err.splitlines() == [
        f"{site.url('/about')}: neither a feed nor a page that names one (it is an HTML page, not a feed)",
        f"{site.url('/broken')}: the server answered 503",
    ]
    assert [row["url"] for row in open_to_loopback.does("sources", "list", "--json").rows] == [site.url("/feed.xml")]


def test_a_host_that_does_not_answer_is_told(open_to_loopback: Storytrail) -> None:
    with socket.socket() as taken:  # bound but not listening: nobody else gets the port, and nobody answers
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        done = open_to_loopback("sources", "add", url)
    assert done.code == 1
    assert done.err.startswith(f"{url}: no connection to 127.0.0.1")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("written", ["ftp://tarn.example/feed", "not an address", "http://", ""])
def test_what_is_no_address_is_told(written: str, storytrail: Storytrail) -> None:
    done = storytrail("sources", "add", written)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{written}: ")
    assert "Traceback" not in done.err


def test_a_private_network_is_closed_unless_it_is_opened(storytrail: Storytrail, site: Site) -> None:
    done = storytrail("sources", "add", site.url("/"))
    assert done.code == 1
    assert "not a public address" in done.err
    assert "STORYTRAIL_ALLOW_PRIVATE_NETWORKS" in done.err
    assert site.requests == []


def test_people_see_a_table(open_to_loopback: Storytrail, site: Site) -> None:
    assert storytrail_lists(open_to_loopback) == []
    open_to_loopback.does("sources", "add", site.url("/"))
    ((number, state, _since, entries, _next, title, url, reason),) = storytrail_lists(open_to_loopback)
    assert (number, state, entries, reason) == ("1", "healthy", "0", "")
    assert (title, url) == ("Marlow News", site.url("/feed.xml"))


def test_a_terminal_shows_addresses_whole(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    assert site.url("/feed.xml") in open_to_loopback.at_a_terminal("sources", "list", columns=80).out


def test_sources_of_the_file_are_listed_before_they_are_polled(storytrail: Storytrail) -> None:
    storytrail.write("config/sources.yaml", "sources:\n  - {url: 'https://tarn.example/rss', title: Tarn Times}\n")
    assert [row["title"] for row in storytrail.does("sources", "list", "--json").rows] == ["Tarn Times"]


def test_a_source_that_was_given_up_is_polled_again_when_it_is_added(open_to_loopback: Storytrail, site: Site) -> None:
    """Here it was in the sources file, and is no longer."""
    file = open_to_loopback.write("config/sources.yaml", f"sources:\n  - url: {site.url('/feed.xml')}\n")
    open_to_loopback.does("sources", "list")
    file.write_text("sources: []\n")
    assert storytrail_lists(open_to_loopback)[0][1] == "retired"
    done = open_to_loopback.does("sources", "add", site.url("/"))
    assert done.out.startswith("polled again: ")
    assert storytrail_lists(open_to_loopback)[0][1] == "healthy"


def test_sources_go_out_and_in_as_opml(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    exported = open_to_loopback.does("sources", "export").out
    other = {"data": str(open_to_loopback.folder / "other")}
    opml = open_to_loopback.write("feeds.opml", exported)
    assert open_to_loopback.does("sources", "import", opml, **other).out == "1 source added\n"
    assert open_to_loopback.does("sources", "export", **other).out == exported
    again = open_to_loopback.does("sources", "import", opml, "--json", **other)
    assert again.rows == [{"listed": 1, "added": 0}]


@pytest.mark.parametrize("content", ["", "just words", "<opml><body></body></opml>", "<rss></rss>", "\0\xff"])
def test_what_lists_no_feeds_is_told(content: str, storytrail: Storytrail) -> None:
    path = storytrail.write("feeds.opml", content)
    done = storytrail("sources", "import", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{path}: ")
    assert len(done.err.splitlines()) == 1


def storytrail_lists(storytrail: Storytrail) -> list[list[str]]:
    done = storytrail.does("sources", "list")
    return [] if done.out.startswith("no sources yet") else done.table
