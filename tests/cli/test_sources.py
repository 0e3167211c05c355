"""`storytrail sources`: what users add and remove, what they get to see, what goes out and in as OPML."""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from cli.discover import MOST_ANNOUNCED, MOST_SITEMAPS, USUAL_PLACES
from cli.main import Kind, State
from storage.tables import SourceKind, SourceState
from tests.cli.command import Storytrail
from tests.cli.ferry import FEED
from tests.site import Site

HTML = {"Content-Type": "text/html"}
LATEST = """<html><title>Latest of Marlow</title><body>
<a href="/news/2026/03/04/ferry-hits-quay-in-fog">Ferry hits quay</a>
<a href="/news/live/2026/03/04/all-day-long-live">Live: the inquiry</a><a href="/weather">Rain</a></body></html>"""


@pytest.fixture
def open_to_loopback(storytrail: Storytrail) -> Storytrail:
    storytrail.settings["STORYTRAIL_ALLOW_PRIVATE_NETWORKS"] = "127.0.0.0/8"
    storytrail.settings["STORYTRAIL_HOST_RATE"] = "0"
    return storytrail


@pytest.fixture
def bare(site: Site) -> Iterator[Site]:
    """Another outlet, with a page and nothing else."""
    with Site() as bare:
        bare.serves("/about", "<html><title>About us</title><p>We write.", headers=HTML)
        yield bare


def announcing(*feeds: str) -> str:
    links = (f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    return f"<html><head>{''.join(links)}</head><body>Welcome."


def news_sitemap(site: Site) -> str:
    return f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>{site.url("/news/ferry")}</loc><news:news><news:title>Ferry hits quay</news:title>
        <news:publication_date>{datetime.now(UTC).isoformat()}</news:publication_date></news:news></url></urlset>"""


def test_kinds_and_states_are_those_that_are_stored() -> None:
    assert list(map(str, Kind)) == list(map(str, SourceKind))
    assert list(map(str, State)) == list(map(str, SourceState))


@pytest.mark.parametrize("path", ["/feed.xml", "/", "/old.xml"], ids=["feed", "home page", "moved"])
def test_a_feed_is_found(path: str, open_to_loopback: Storytrail, site: Site) -> None:
    done = open_to_loopback.does("sources", "add", site.url(path), "--json")
    assert done.rows == [{"url": site.url("/feed.xml"), "kind": "feed", "title": "Marlow News", "added": True}]


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


def test_what_is_no_source_is_told_and_the_others_are_added(
    open_to_loopback: Storytrail, site: Site, bare: Site
) -> None:
    done = open_to_loopback("sources", "add", bare.url("/about"), site.url("/broken"), site.url("/"))
    assert done.code == 1
    assert done.err.splitlines() == [
        f"{bare.url('/about')}: neither a feed nor a page that names one (it is an HTML page, not a feed); "
        f"tried {', '.join(USUAL_PLACES)}, /robots.txt; a page that lists articles is added with --kind listing",
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


# --- Where there is no feed at the address ---


@pytest.mark.parametrize("place", USUAL_PLACES)
def test_a_feed_is_found_where_feeds_usually_are(place: str, open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves(place, FEED)
    done = open_to_loopback.does("sources", "add", bare.url("/about"), "--json")
    assert done.rows == [{"url": bare.url(place), "kind": "feed", "title": "Marlow News", "added": True}]


def test_what_a_page_announces_comes_before_what_it_may_have(open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/feed", FEED)
    bare.serves("/own", FEED)
    bare.serves("/", announcing("/gone", "/own"), headers=HTML)
    assert open_to_loopback.does("sources", "add", bare.url("/"), "--json").rows[0]["url"] == bare.url("/own")
    assert [asked.path for asked in bare.requests] == ["/", "/gone", "/own"]


def test_what_robots_txt_closes_is_not_guessed_at(open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/robots.txt", "User-agent: *\nDisallow: /rss\n")
    bare.serves("/rss.xml", FEED)
    bare.serves("/index.xml", FEED)
    done = open_to_loopback.does("sources", "add", bare.url("/about"), "--json")
    assert [row["url"] for row in done.rows] == [bare.url("/index.xml")]
    assert bare.asked("/rss") == bare.asked("/rss.xml") == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_rest_is_left_alone(status: int, open_to_loopback: Storytrail, bare: Site) -> None:
    bare.fails("/rss", status)
    done = open_to_loopback("sources", "add", bare.url("/about"))
    assert f"; tried /feed, /rss, then gave up, as the server answered {status}; " in done.err
    assert [asked.path for asked in bare.requests] == ["/about", "/robots.txt", "/feed", "/rss"]


def test_a_search_is_short(open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/", announcing(*(f"/{number}" for number in range(50))), headers=HTML)
    bare.serves("/robots.txt", "".join(f"Sitemap: {bare.url(f'/{n}.xml')}\n" for n in range(50)))
    open_to_loopback("sources", "add", bare.url("/"))
    robots = len(bare.asked("/robots.txt"))
    assert robots <= 2
    assert len(bare.requests) == 1 + MOST_ANNOUNCED + len(USUAL_PLACES) + robots + MOST_SITEMAPS


def test_a_sitemap_is_found_by_robots_txt_and_those_of_news_come_first(
    open_to_loopback: Storytrail, bare: Site
) -> None:
    bare.serves("/all.xml", news_sitemap(bare))
    bare.serves("/news.xml", news_sitemap(bare))
    bare.serves("/robots.txt", f"Sitemap: {bare.url('/all.xml')}\nsitemap: {bare.url('/news.xml')}\n")
    (row,) = open_to_loopback.does("sources", "add", bare.url("/about"), "--json").rows
    assert (row["url"], row["kind"]) == (bare.url("/news.xml"), "sitemap")
    assert bare.asked("/all.xml") == []


@pytest.mark.parametrize("options", [[], ["--kind", "sitemap"]])
def test_a_sitemap_is_taken_at_its_address(options: list[str], open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/news.xml", news_sitemap(bare))
    bare.serves("/index.xml", f"<sitemapindex><sitemap><loc>{bare.url('/news.xml')}</loc></sitemap></sitemapindex>")
    done = open_to_loopback.does("sources", "add", bare.url("/news.xml"), bare.url("/index.xml"), *options, "--json")
    assert [row["kind"] for row in done.rows] == ["sitemap", "sitemap"]
    assert [asked.path for asked in bare.requests] == ["/news.xml", "/index.xml"]


def test_a_kind_that_is_asked_for_is_not_replaced_by_another(
    open_to_loopback: Storytrail, site: Site, bare: Site
) -> None:
    bare.serves("/robots.txt", f"Sitemap: {bare.url('/news.xml')}\n")
    bare.serves("/news.xml", news_sitemap(bare))
    assert "neither a feed" in open_to_loopback("sources", "add", bare.url("/about"), "--kind", "feed").err
    assert bare.asked("/news.xml") == []
    done = open_to_loopback("sources", "add", site.url("/about"), "--kind", "sitemap")
    assert done.err == f"{site.url('/about')}: it is an HTML page, not a sitemap\n"
    assert site.asked("/feed.xml") == []


# --- Listing pages ---


def test_a_listing_is_added_with_the_links_that_are_articles(open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/latest", LATEST, headers=HTML)
    listing = (bare.url("/latest"), "--kind", "listing", "--link", "/news/*", "--link", "-/news/live/*")
    done = open_to_loopback.does("sources", "add", *listing)
    assert done.out == f"added: listing Latest of Marlow ({bare.url('/latest')})\n"
    assert open_to_loopback.does("sources", "add", *listing).out.startswith("there already: ")
    assert open_to_loopback.does("sources", "add", *listing[:3]).out.startswith("changed: ")


def test_a_listing_without_such_links_is_told(open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/latest", LATEST, headers=HTML)
    done = open_to_loopback("sources", "add", bare.url("/latest"), "--kind", "listing", "--link", "/sport/*")
    assert done.code == 1
    assert done.err.startswith(f"{bare.url('/latest')}: ")


def test_a_listing_that_robots_txt_closes_is_told_and_not_fetched(open_to_loopback: Storytrail, bare: Site) -> None:
    bare.serves("/robots.txt", "User-agent: *\nDisallow: /latest\n")
    done = open_to_loopback("sources", "add", bare.url("/latest"), "--kind", "listing")
    assert done.err == f"{bare.url('/latest')}: robots.txt asks not to fetch this page\n"
    assert bare.asked("/latest") == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--link", "/news/*"], "add --kind listing"),
        (["--link", "/news/*", "--kind", "feed"], "add --kind listing"),
        (["--link", "news/*", "--kind", "listing"], "must begin with /"),
        (["--link", "", "--kind", "listing"], "must begin with /"),
        (["--kind", "page"], "'page' is not one of"),
    ],
)
def test_links_that_cannot_be_meant_are_wrong_usage(
    options: list[str], told: str, open_to_loopback: Storytrail, bare: Site
) -> None:
    done = open_to_loopback("sources", "add", bare.url("/about"), *options)
    assert done.code == 2
    assert told in " ".join(done.err.replace("│", " ").split())
    assert bare.requests == []


# --- Folders ---


@pytest.mark.parametrize("written", ["inbox", "./inbox/", "{here}/inbox", "file://{here}/inbox"])
def test_a_folder_is_a_source(written: str, storytrail: Storytrail) -> None:
    (storytrail.folder / "inbox").mkdir()
    done = storytrail.does("sources", "add", written.format(here=storytrail.folder), "--title", "Clippings", "--json")
    url = (storytrail.folder / "inbox").as_uri()
    assert done.rows == [{"url": url, "kind": "folder", "title": "Clippings", "added": True}]
    assert done.err == ""


def test_a_folder_of_the_file_and_one_by_command_are_one(storytrail: Storytrail) -> None:
    storytrail.write("config/sources.yaml", "sources: [{folder: ../inbox}]\n")
    (storytrail.folder / "inbox").mkdir()
    assert [row["kind"] for row in storytrail.does("sources", "list", "--json").rows] == ["folder"]
    assert storytrail.does("sources", "add", "inbox").out.startswith("there already: ")


def test_a_folder_that_is_not_there_yet_is_added_with_a_warning(storytrail: Storytrail) -> None:
    done = storytrail.does("sources", "add", "later", "--kind", "folder")
    assert done.err == "later: is not there yet\n"
    assert done.out.startswith("added: folder ")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("notes.txt", "is a file, and a source is a folder or an address: storytrail ingest reads files"),
        ("https://tarn.example/", "is an address; a folder is given by its path"),
        ("file:///dev/null", "is not a folder"),
    ],
)
def test_what_is_no_folder_is_told(written: str, told: str, storytrail: Storytrail) -> None:
    storytrail.write("notes.txt", "The ferry sails again.")
    done = storytrail("sources", "add", written, "--kind", "folder")
    assert (done.code, done.err) == (1, f"{written}: {told}\n")


# --- Removing ---


def by_address(site: Site) -> str:
    return site.url("/feed.xml")


def by_number(_site: Site) -> str:
    return "1"


@pytest.mark.parametrize("named", [by_address, by_number])
def test_a_source_that_is_removed_is_polled_no_more(
    named: Callable[[Site], str], open_to_loopback: Storytrail, site: Site
) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    done = open_to_loopback.does("sources", "remove", named(site))
    assert done.out == f"removed: Marlow News ({site.url('/feed.xml')}); what it brought stays\n"
    (row,) = open_to_loopback.does("sources", "list", "--json").rows
    assert (row["state"], row["reason"]) == ("retired", "removed by command")

    asked = len(site.requests)
    open_to_loopback.does("poll", "--all")
    assert len(site.requests) == asked
    again = open_to_loopback("sources", "remove", named(site))
    assert (again.code, again.err) == (1, f"{named(site)}: is polled no more: removed by command\n")


def test_a_source_that_was_removed_is_back_when_it_is_added(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    open_to_loopback.does("sources", "remove", "1", "--json")
    assert open_to_loopback.does("sources", "add", site.url("/")).out.startswith("polled again: ")
    assert [row["state"] for row in open_to_loopback.does("sources", "list", "--json").rows] == ["healthy"]


def test_a_source_that_was_removed_is_back_when_the_file_lists_it(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    open_to_loopback.does("sources", "remove", "1")
    open_to_loopback.write("config/sources.yaml", f"sources: [{{url: '{site.url('/feed.xml')}'}}]\n")
    assert [row["state"] for row in open_to_loopback.does("sources", "list", "--json").rows] == ["healthy"]
    assert "stands in config/sources.yaml: take it out there" in open_to_loopback("sources", "remove", "1").err


def test_a_source_of_the_file_is_not_removed_by_command(storytrail: Storytrail) -> None:
    storytrail.write("config/sources.yaml", "sources: [{url: 'https://tarn.example/rss'}]\n")
    done = storytrail("sources", "remove", "https://tarn.example/rss")
    assert done.code == 1
    assert done.err == "https://tarn.example/rss: stands in config/sources.yaml: take it out there\n"
    assert [row["state"] for row in storytrail.does("sources", "list", "--json").rows] == ["healthy"]


@pytest.mark.parametrize(
    "written", ["7", "https://other.example/rss", "other.example", "/no/such/folder", "9" * 40, ""]
)
def test_what_is_not_there_cannot_be_removed(written: str, storytrail: Storytrail) -> None:
    done = storytrail("sources", "remove", written)
    assert (done.code, done.err) == (1, f"{written}: no such source: see storytrail sources list\n")


def test_who_names_the_page_is_told_the_feed(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    done = open_to_loopback("sources", "remove", site.url("/"))
    assert done.err == f"{site.url('/')}: no such source; of its host there is 1 {site.url('/feed.xml')}\n"


def test_a_folder_is_removed_by_its_path(storytrail: Storytrail) -> None:
    storytrail.does("sources", "add", "later", "--kind", "folder")
    storytrail.does("sources", "remove", storytrail.folder / "later")


# --- Looking, and OPML ---


def test_people_see_a_table(open_to_loopback: Storytrail, site: Site) -> None:
    assert storytrail_lists(open_to_loopback) == []
    open_to_loopback.does("sources", "add", site.url("/"))
    ((number, state, _since, entries, _next, title, url, reason, kind),) = storytrail_lists(open_to_loopback)
    assert (number, state, entries, reason, kind) == ("1", "healthy", "0", "", "feed")
    assert (title, url) == ("Marlow News", site.url("/feed.xml"))


def test_a_terminal_shows_addresses_whole(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    assert site.url("/feed.xml") in open_to_loopback.at_a_terminal("sources", "list", columns=80).out


def test_it_is_said_who_pushes_a_source(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    (row,) = open_to_loopback.does("sources", "list", "--json").rows
    assert row["hub"] == ""
    with closing(sqlite3.connect(open_to_loopback.data / "storytrail.db")) as connection, connection:
        connection.execute(
            "INSERT INTO subscription (source_id, hub, topic, token, secret, state, next_attempt_at, until, fence, "
            "attempts, last_error) VALUES (1, 'https://hub.example/', '', 'token-of-it', 'secret-of-it', 'active', "
            "'2999-01-01 00:00:00.000000', '2999-01-01 00:00:00.000000', 0, 0, '')"
        )
    done = open_to_loopback.does("sources", "list", "--json")
    assert done.rows == [{**row, "hub": "https://hub.example/"}]
    shown = open_to_loopback.at_a_terminal("sources", "list", columns=80).out
    assert "pushed by https://hub.example/" in shown
    assert "-of-it" not in done.out + shown


def test_one_state_may_be_asked_for(open_to_loopback: Storytrail, site: Site) -> None:
    open_to_loopback.does("sources", "add", site.url("/"))
    open_to_loopback.does("sources", "add", "later", "--kind", "folder")
    open_to_loopback.does("sources", "remove", "1")
    assert [row["id"] for row in open_to_loopback.does("sources", "list", "--state", "retired", "--json").rows] == [1]
    assert open_to_loopback.does("sources", "list", "--state", "failing").out == "no source is failing\n"
    assert open_to_loopback("sources", "list", "--state", "ill").code == 2


def test_the_keys_of_the_contract_are_there(storytrail: Storytrail) -> None:
    storytrail.write("config/sources.yaml", "sources: [{url: 'https://tarn.example/rss'}]\n")
    (row,) = storytrail.does("sources", "list", "--json").rows
    assert row.keys() >= {"url", "title", "state", "since", "reason", "next_poll", "entries", "kind"}


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


def test_opml_holds_the_feeds_alone(open_to_loopback: Storytrail, site: Site, bare: Site) -> None:
    bare.serves("/news.xml", news_sitemap(bare))
    bare.serves("/feed", FEED)
    open_to_loopback.does("sources", "add", site.url("/"), bare.url("/news.xml"), bare.url("/feed"))
    open_to_loopback.does("sources", "remove", bare.url("/feed"))
    done = open_to_loopback.does("sources", "export")
    assert site.url("/feed.xml") in done.out
    assert bare.url("/") not in done.out
    assert done.err.splitlines() == [
        f"left out, as OPML lists feeds: {bare.url('/news.xml')}",
        f"left out, as retired: {bare.url('/feed')}",
    ]


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
