"""Addresses as identities: what is one article, and what must stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.stages.address import _thoroughly_read, address_hash, canonical, host, read, site


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://EXAMPLE.com/A", "https://example.com/A"),  # paths are case-sensitive
        (" https://example.com/a\n", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:80/a", "https://example.com:80/a"),  # not the default of its scheme
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com//a///b/", "https://example.com/a/b/"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://example.com/%7euser/%e4", "https://example.com/~user/%E4"),
        ("https://example.com/100%", "https://example.com/100%"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a?x=1%26y", "https://example.com/a?x=1%26y"),  # an escaped & parts nothing
        ("https://example.com/a?utm_source=rss&utm_medium=x&id=7&fbclid=z", "https://example.com/a?id=7"),
        ("https://example.com/a?at_medium=RSS&at_campaign=KARANGA&CMP=x", "https://example.com/a"),
        ("http://127.0.0.1:8123/a?id=2#x", "http://127.0.0.1:8123/a?id=2"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("file:///tmp/a.txt#line", "file:///tmp/a.txt"),
        ("/srv/texts/a.txt", "/srv/texts/a.txt"),
        ("mailto:desk@example.com", "mailto:desk@example.com"),
        ("http://[broken", "http://[broken"),
        ("http://example.com:port/", "http://example.com:port/"),
        ("", ""),
    ],
)
def test_an_address_has_one_form(written: str, expected: str) -> None:
    assert canonical(written) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/a", "https://example.com/a"),
        ("https://www.example.com/a", "https://example.com/a"),
        ("https://m.example.com/a", "https://example.com/a"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://example.com/a?utm_campaign=x", "https://example.com/a"),
        ("https://example.com/a/amp/", "https://example.com/a"),
        ("https://example.com/amp/a", "https://example.com/a"),
        ("https://amp.example.com/a.amp.html?amp=1", "https://example.com/a.html"),
        ("https://example.com/a?outputType=amp", "https://example.com/a"),
    ],
)
def test_these_are_one_article(one: str, other: str) -> None:
    assert address_hash(one) == address_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/news?12345", "https://example.com/news?67890"),  # a query without "="
        ("https://example.com/view?uid=12345", "https://example.com/view?uid=67890"),
        ("https://example.com/view?cid=12345", "https://example.com/view?cid=67890"),
        ("https://example.com/view?gallery=spring", "https://example.com/view?gallery=autumn"),
        ("https://example.com/view?reference=a", "https://example.com/view?reference=b"),
        ("https://example.com/a?id=", "https://example.com/a"),
        ("https://example.com/a?q=a%26b", "https://example.com/a?q=a&b"),
        ("https://example.com/amplifier", "https://example.com/"),
        ("https://amp.dev/", "https://dev/"),
        ("https://example.com/share?u=https://other.example/b", "https://other.example/b"),
        ("https://example.com:8443/", "https://example.com/"),
        ("https://news.example.com/a", "https://example.com/a"),
        ("https://example.com/A", "https://example.com/a"),
        ("file:///a.txt", "file:///b.txt"),
    ],
)
def test_these_are_two_articles(one: str, other: str) -> None:
    assert address_hash(one) != address_hash(other)


def test_a_hash_is_short_whatever_the_address() -> None:
    assert len(address_hash("https://example.com/" + "a" * 9000)) == 64
    assert len(address_hash("https://example.com/\ud800")) == 64  # half of a character


@pytest.mark.parametrize(
    ("url", "expected_host", "expected_site"),
    [
        ("https://www.Example.com/a", "www.example.com", "example.com"),
        ("https://news.example.com:443/a", "news.example.com", "news.example.com"),
        ("http://127.0.0.1:8123/a", "127.0.0.1:8123", "127.0.0.1:8123"),
        ("file:///tmp/a.txt", "", ""),
        ("http://[broken", "", ""),
    ],
)
def test_an_address_names_its_host_and_its_site(url: str, expected_host: str, expected_site: str) -> None:
    assert (host(url), site(url)) == (expected_host, expected_site)


_PIECES = st.lists(
    st.sampled_from(
        ["a", "B", "news", "2026", "amp", "amp.html", "index.php", "~me", "x.y", ".", "..", "", ".well-known", "%41"]
    ),
    max_size=5,
)


@given(
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["a.example", "www.a.example", "m.a.example", "A.example", "a-b.example", "host", "127.0.0.1"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":4431", ":0", ":99999"]),
    _PIECES,
    st.sampled_from(["", "/", "?a=1", "?utm_source=x", "#top", "/?"]),
)
def test_the_short_way_reads_an_address_as_the_long_way_does(
    scheme: str, host: str, port: str, pieces: list[str], rest: str
) -> None:
    url = f"{scheme}://{host}{port}/{'/'.join(pieces)}{rest}"
    assert read.__wrapped__(url) == _thoroughly_read(url)
