"""The addresses of feeds, and what opens them."""

from urllib.parse import unquote

import pytest

from web.feed_address import FORMATS, feed_key, feed_path, feed_url, opens, read_path

TOKEN = "sixteen-letters-or-more"
TOPICS = ["Ankara talks", "anna/Київ", "a.rss", "100% & <b>?#", "..", "a/../b", "/a", "مصر", "a\\b", "."]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_path_says_topic_and_format(topic: str, form: str) -> None:
    path = feed_path(topic, form)
    assert path.isascii()
    assert not {" ", "?", "#", "\\"} & set(path)
    assert "/../" not in path
    assert read_path(unquote(path)) == (topic, form)


@pytest.mark.parametrize(
    "path", ["/feeds/", "/feeds/a", "/feeds/.rss", "/feeds/a.exe", "/other/a.rss", "/feeds/a.RSS", ""]
)
def test_what_is_no_feeds_path_is_none(path: str) -> None:
    assert read_path(path) is None


def test_each_topic_has_a_key_of_its_own_that_changes_with_the_token() -> None:
    keys = {feed_key(token, topic) for topic in TOPICS for token in (TOKEN, TOKEN + "x")}
    assert len(keys) == 2 * len(TOPICS)
    assert all(TOKEN not in key for key in keys)


def test_an_address_is_opened_by_its_own_key() -> None:
    url = feed_url("https://news.example/", "Ankara talks", "atom", TOKEN)
    path, _, query = url.removeprefix("https://news.example").partition("?")
    assert path == "/feeds/Ankara%20talks.atom"
    assert opens(TOKEN, unquote(path), query)
    assert opens(TOKEN, "/feeds/Ankara talks.rss", query)
    assert not opens(TOKEN, "/feeds/Ankara.rss", query)
    assert not opens(TOKEN + "x", unquote(path), query)
    assert not opens(TOKEN, "/", query)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "key=",
        "key",
        "key=%ff",
        "&".join(f"a{n}=1" for n in range(100)),  # more than anybody needs
        "&" * 999,
        "key=ключ",
        "a=" + "1" * 100_000,
    ],
)
def test_no_other_query_opens_an_address_or_stops_anybody(query: str) -> None:
    assert not opens(TOKEN, "/feeds/Ankara talks.atom", query)


def test_a_key_opens_among_other_fields() -> None:
    others = "&".join(f"a{n}=1" for n in range(20))
    assert opens(TOKEN, "/feeds/A.atom", f"{others}&key={feed_key(TOKEN, 'A')}")


def test_without_a_token_there_is_no_key() -> None:
    assert feed_url("http://127.0.0.1:8000", "a", "rss", None) == "http://127.0.0.1:8000/feeds/a.rss"
