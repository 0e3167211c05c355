from pathlib import Path
from typing import get_args

import pytest

from config.sources import Kind, Source, load_sources
from storage.tables import SourceKind
from tests.config.written import refused, write

ONLY_OF_A_LISTING = "are only for a page that lists articles: add `kind: listing`"
BEGINNING = "must begin with /, http:// or https://, and with - before that to leave links out"
LETTERS = "must be without spaces, backslashes or braces, as links are; `*` stands for anything"


def sources(folder: Path, content: str) -> tuple[Source, ...]:
    return load_sources(write(folder, content, "sources.yaml")).sources


def refused_sources(folder: Path, content: str) -> list[str]:
    return refused(lambda: sources(folder, content), folder)


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    (source,) = sources(
        tmp_path,
        "sources: [{url: 'http://example.org/feed?a=b', title: ' Herald ', language: UK, kind: feed, interval: 900,}]",
    )
    assert source == Source(url="http://example.org/feed?a=b", title="Herald", language="uk", kind="feed", interval=900)


def test_an_address_or_a_folder_is_enough(tmp_path: Path) -> None:
    feed, folder = sources(tmp_path, "sources:\n  - url: https://example.org/feed\n  - folder: inbox\n")
    assert (feed.title, feed.language, feed.kind, feed.links, feed.interval) == (None, None, "feed", (), None)
    assert (folder.title, folder.language, folder.kind, folder.url) == (None, None, "folder", None)


def test_the_kinds_are_those_that_can_be_stored() -> None:
    assert set(get_args(Kind)) == set(SourceKind)


def test_a_listing_says_which_of_its_links_are_articles(tmp_path: Path) -> None:
    links = ("/news/*", "-/news/live/*", "https://b.org/*", "-http://b.org/x?y=[0-9]", "/")
    written = f"sources: [{{url: 'https://a.org/news', kind: listing, links: {list(links)}}}]"
    assert [source.links for source in sources(tmp_path, written)] == [links]


@pytest.mark.parametrize("written", ["inbox", "inbox/", "./inbox", "../{name}/inbox", "{folder}/inbox/"])
def test_a_folder_is_found_beside_the_file(tmp_path: Path, written: str) -> None:
    """Wherever the command is run, and whether the folder is there or not."""
    (source,) = sources(tmp_path, f"sources: [{{folder: '{written.format(name=tmp_path.name, folder=tmp_path)}'}}]")
    assert source.folder == f"{tmp_path}/inbox"


def test_a_folder_may_lie_in_ones_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ida")
    (source,) = sources(tmp_path, "sources: [{folder: ~/clippings}]")
    assert source.folder == "/home/ida/clippings"


def test_a_folder_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    content = f"sources:\n  - folder: inbox\n  - folder: {tmp_path}/inbox/\n"
    assert refused_sources(tmp_path, content) == ["sources.yaml:3:13 this folder stands already on line 2"]


def test_a_missing_file_lists_no_sources_unless_it_is_required(tmp_path: Path) -> None:
    missing = tmp_path / "sources.yaml"
    assert load_sources(missing, required=False).sources == ()
    assert refused(lambda: load_sources(missing), tmp_path) == ["sources.yaml does not exist"]


def test_an_address_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    content = "sources:\n  - url: https://Example.org\n  - url: https://b.org/\n  - url: https://example.org/#top\n"
    assert refused_sources(tmp_path, content) == ["sources.yaml:4:10 this address stands already on line 2"]


def test_addresses_that_differ_in_path_or_query_are_different(tmp_path: Path) -> None:
    content = "sources: [{url: 'https://a.org/x'}, {url: 'https://a.org/X'}, {url: 'https://a.org/x?y'}]"
    assert len(sources(tmp_path, content)) == 3


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("url: example.org/feed", ":2:10 must be an address that begins with http:// or https:// and a host"),
        ("url: file:///etc/passwd", ":2:10 must be an address that begins with http:// or https:// and a host"),
        ("url: https:///feed", ":2:10 must be an address that begins with http:// or https:// and a host"),
        # Parsers disagree about which host this is.
        (r"url: https://a.org\@b.org", ":2:10 must be an http or https address without spaces, backslashes or braces"),
        ("url: https://a.org/a b", ":2:10 must be an http or https address without spaces, backslashes or braces"),
        ("url: https://user@a.org", ":2:10 must not hold a user name or password"),
        ("url: https://a.org:99999", ":2:10 is not a correct address: look at its host and port"),
        ("url: https://[::1/", ":2:10 is not a correct address: look at its host and port"),
        ("title: a", ":2:5 needs `url` or `folder`"),
        ("{url: , folder: }", ":2:5 needs `url` or `folder`"),
        ("kind: folder", ":2:5 needs `folder`"),
        ("{url: https://a.org, kind: page}", ":2:32 must be feed, sitemap, listing or folder"),
        ("{url: https://a.org, kind: list}", ":2:32 must be feed, sitemap, listing or folder; did you mean `listing`?"),
        (
            "{url: https://a.org, kind: folder}",
            ":2:32 must be feed, sitemap or listing for a `url`; a folder is named by `folder`",
        ),
        (
            "{url: https://a.org, folder: inbox}",
            ":2:34 must not stand beside `url`: a source is one or the other",
        ),
        ("{folder: inbox, kind: feed}", ":2:27 must be folder, or be left out, as `folder` is given"),
        ("{folder: ''}", ":2:14 must not be empty"),
        ("{folder: [inbox]}", ":2:14 must be text, not a list"),
        ("{folder: ~nobody-of-this-name/a}", ":2:14 begins with the home of a user who is not known here"),
        ("{url: https://a.org, link: /a}", ":2:26 unknown key `link`; did you mean `links`?"),
        ("{url: https://a.org, links: [/a]}", f":2:33 {ONLY_OF_A_LISTING}"),
        ("{url: https://a.org, kind: sitemap, links: [/a]}", f":2:48 {ONLY_OF_A_LISTING}"),
        ("{folder: inbox, links: [/a]}", f":2:28 {ONLY_OF_A_LISTING}"),
        ("{url: https://a.org, kind: listing, links: /a}", ":2:48 must be a list"),
        ("{url: https://a.org, kind: listing, links: ['']}", f":2:49 {BEGINNING}"),
        ("{url: https://a.org, kind: listing, links: ['-']}", f":2:49 {BEGINNING}"),
        ("{url: https://a.org, kind: listing, links: [news/*]}", f":2:49 {BEGINNING}"),
        ("{url: https://a.org, kind: listing, links: ['--/news']}", f":2:49 {BEGINNING}"),
        ("{url: https://a.org, kind: listing, links: [/a, /b c]}", f":2:53 {LETTERS}"),
        ("{url: https://a.org, kind: listing, links: ['-/{a,b}']}", f":2:49 {LETTERS}"),
        ("{url: https://a.org, interval: 1}", ":2:36 must be at least 10"),
        ("{url: https://a.org, interval: 1.5}", ":2:36 must be a whole number, not a number"),
        ("{url: https://a.org, interval: '900'}", ":2:36 must be a whole number"),
        ("{url: https://a.org, intervall: 900}", ":2:26 unknown key `intervall`; did you mean `interval`?"),
        ("https://a.org", ":2:5 must be a mapping (`key: value`)"),
    ],
)
def test_what_is_no_source_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    assert refused_sources(tmp_path, f"sources:\n  - {written}\n") == [f"sources.yaml{problem}"]
