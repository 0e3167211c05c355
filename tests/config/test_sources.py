from pathlib import Path

import pytest

from config.sources import Source, load_sources
from tests.config.written import refused, write


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


def test_an_address_is_enough(tmp_path: Path) -> None:
    (source,) = sources(tmp_path, "sources:\n  - url: https://example.org/feed\n")
    assert (source.title, source.language, source.kind, source.interval) == (None, None, "feed", None)


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
        ("title: a", ":2:5 needs `url`"),
        ("{url: https://a.org, kind: page}", ":2:32 must be feed"),
        ("{url: https://a.org, interval: 1}", ":2:36 must be at least 10"),
        ("{url: https://a.org, interval: 1.5}", ":2:36 must be a whole number, not a number"),
        ("{url: https://a.org, interval: '900'}", ":2:36 must be a whole number"),
        ("{url: https://a.org, intervall: 900}", ":2:26 unknown key `intervall`; did you mean `interval`?"),
        ("https://a.org", ":2:5 must be a mapping (`key: value`)"),
    ],
)
def test_what_is_no_source_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    assert refused_sources(tmp_path, f"sources:\n  - {written}\n") == [f"sources.yaml{problem}"]
