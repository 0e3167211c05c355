"""What crosses the pipe comes out as it went in. No process is started here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from worker.confine.form import form_of
from worker.stages.extract import Extracted, Given, Method, extract_page
from worker.stages.feed import Entry, Feed, NotAFeed, discover_feeds, parse_feed


@dataclass(frozen=True, slots=True)
class Seen:
    """What arrived."""

    size: int
    given: Given | None
    words: tuple[str, ...]
    when: datetime | None
    flags: frozenset[str]
    counts: dict[str, int]


def see(
    body: bytes,
    given: Given | None = None,
    *,
    words: tuple[str, ...] = (),
    when: datetime | None = None,
    flags: frozenset[str] = frozenset(),
    counts: dict[str, int] | None = None,
) -> Seen:
    return Seen(len(body), given, words, when, flags, counts or {})


FEED = form_of(parse_feed)
PAGE = form_of(extract_page)
SEEN = form_of(see)

EARLIEST, LATEST = (datetime(year, 1, 1) for year in (1900, 2200))  # noqa: DTZ001 -- as hypothesis wants them

zones = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.none() | st.datetimes(EARLIEST, LATEST, timezones=zones)
texts = st.text(max_size=30)
names = st.lists(texts, max_size=3).map(tuple)
entries = st.builds(
    Entry, uid=texts, url=texts, title=texts, published=moments, published_raw=texts, updated=moments, authors=names,
    summary=texts, content=texts, language=texts, guid=texts, content_digest=texts,
)  # fmt: skip
feeds = st.builds(
    Feed, title=texts, language=texts, link=texts, kind=texts, entries=st.lists(entries, max_size=3).map(tuple),
    ttl_minutes=st.none() | st.integers(0, 10**9), truncated=st.none() | texts, hub=texts, own_url=texts,
)  # fmt: skip
articles = st.builds(
    Extracted, title=texts, authors=names, published=moments, language=texts, outlet=texts, text=texts,
    method=st.sampled_from(get_args(Method)),
)  # fmt: skip
givens = st.builds(
    Given, url=texts, title=texts, text=texts, html=texts, authors=names, published=moments, published_raw=texts,
    language=texts, outlet=texts,
)  # fmt: skip


@for_all(feeds | st.builds(NotAFeed, texts))
def test_a_feed_comes_back_equal(feed: Feed | NotAFeed) -> None:
    back = FEED.read_result(FEED.write_result(feed))
    assert back == feed
    assert type(back) is type(feed)


@for_all(articles)
def test_an_article_comes_back_equal_with_its_offset(article: Extracted) -> None:
    back = PAGE.read_result(PAGE.write_result(article))
    assert back == article
    if article.published is not None:
        assert back.published.isoformat() == article.published.isoformat()


@for_all(givens, texts)
def test_arguments_come_back_equal(given: Given, content_type: str) -> None:
    back = PAGE.read_arguments(PAGE.write_arguments((given,), {"content_type": content_type}))
    assert back == {"given": given, "content_type": content_type}


@pytest.mark.parametrize(
    "seen",
    [
        Seen(0, None, (), None, frozenset(), {}),
        Seen(1, Given("u"), ("a", ""), datetime(2025, 1, 1, tzinfo=UTC), frozenset("abc"), {"a": 1, "": -1}),
        Seen(2**70, None, (), EARLIEST, frozenset(), {}),  # a number beyond 64 bits; a date without a zone
        Seen(1, None, ("\x00\x1f\u2028\U0010ffff\ufeff",), None, frozenset(), {}),  # what JSON escapes, or may not
    ],
)
def test_every_kind_of_value_comes_back_equal(seen: Seen) -> None:
    assert SEEN.read_result(SEEN.write_result(seen)) == seen


def test_defaults_are_the_functions_own() -> None:
    assert FEED.read_arguments(FEED.write_arguments((), {"url": "u"})) == {
        "url": "u", "content_type": "", "body_truncated": False, "max_entries": 2000,
    }  # fmt: skip


def test_arguments_may_go_by_position() -> None:
    form = form_of(discover_feeds)
    assert form.read_arguments(form.write_arguments(("u",), {})) == {"url": "u"}


@pytest.mark.parametrize(
    ("positional", "named"),
    [
        ((), {}),  # the address is missing
        ((), {"url": "u", "adress": "v"}),
        (("u",), {"url": "u"}),
        (("u", "v"), {}),
    ],
)
def test_a_call_that_could_not_be_made_is_a_type_error(positional: tuple[str, ...], named: dict[str, str]) -> None:
    with pytest.raises(TypeError):
        form_of(discover_feeds).write_arguments(positional, named)


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    feed = Feed("a\ud800", "", "", "", (Entry("\udfff", "u", "t", authors=("x\ud83d",)),))
    assert FEED.read_result(FEED.write_result(feed)) == Feed("a?", "", "", "", (Entry("?", "u", "t", authors=("x?",)),))
    seen = Seen(1, Given("\ud800"), (), None, frozenset(["\ud800"]), {"\ud800": 1})
    assert SEEN.read_result(SEEN.write_result(seen)) == Seen(1, Given("?"), (), None, frozenset("?"), {"?": 1})


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00",
        b"\x00null",
        b"\x09{}",  # there is no such member of the union
        b'\x00{"reason": "x"}',  # the other member's
        b'\x01{"reason": 1}',
        b'\x00{"title": "", "language": "", "link": "", "kind": "", "entries": [], "ttl_minutes": "5"}',  # no number
        b'\x01{"reason": "\\ud800"}',
        b'\x01{"reason": "' + b"\xff" + b'"}',
        b"\x01" + b"[" * 100_000,
        b"\x80\x04N.",  # a pickle
    ],
)
def test_what_is_no_result_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- of one kind or another; callers tell none apart
        FEED.read_result(text)


def test_a_result_of_another_type_is_refused_before_it_is_sent() -> None:
    with pytest.raises(TypeError, match="dict"):
        FEED.write_result({})
