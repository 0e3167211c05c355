"""Each file parsed in this process, without a network: our answer, feedparser's count, and what was expected."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from time import perf_counter
from urllib.parse import urljoin, urlsplit

import feedparser

from bench.feeds.answers import Answer, answer
from bench.feeds.expectation import Equation, read_expectation
from bench.feeds.quirk import Quirk
from worker.stages.feed import Feed, NotAFeed, parse_feed, parse_feed_swiftly, parse_feed_thoroughly

SERVED_FROM = "http://127.0.0.1:8097/tests/"
"""The address that the files expect to be served from. Nothing is asked for there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read. `seen`: the entries that feedparser by itself sees, or None when it breaks.

    `others`: expected values that are not ours to give; `unread`: clauses that are no equations.
    """

    quirk: Quirk
    parsed: Feed | NotAFeed
    seconds: float
    is_swift: bool
    is_swift_the_same: bool
    seen: int | None
    answers: Sequence[Answer]
    others: Sequence[Equation]
    unread: int


def read(quirk: Quirk) -> Reading:
    url, content_type = _address(quirk), quirk.headers.get("content-type", "")
    began = perf_counter()
    parsed = parse_feed(quirk.body, url=url, content_type=content_type)
    seconds = perf_counter() - began
    swift = parse_feed_swiftly(quirk.body, url=url, content_type=content_type)
    thorough = parse_feed_thoroughly(quirk.body, url=url, content_type=content_type)
    expected = read_expectation(quirk.expects)
    judged = [(equation, answer(quirk, equation, parsed, url)) for equation in expected.equations]
    return Reading(
        quirk,
        parsed,
        seconds,
        is_swift=swift is not None,
        is_swift_the_same=swift in (None, thorough),
        seen=_seen(quirk.body, quirk.headers),
        answers=[judgement for _, judgement in judged if judgement is not None],
        others=[equation for equation, judgement in judged if judgement is None],
        unread=expected.unread,
    )


def _address(quirk: Quirk) -> str:
    """Where it came from, and there Content-Location counts as it does for the files. We go by redirects alone."""
    served_from = SERVED_FROM + quirk.name
    told = urljoin(served_from, quirk.headers.get("content-location", ""))
    return told if urlsplit(told).scheme in ("http", "https") else served_from


def _seen(body: bytes, headers: Mapping[str, str]) -> int | None:
    with warnings.catch_warnings(action="ignore"):
        try:
            return len(feedparser.parse(BytesIO(body), response_headers=dict(headers)).entries)
        except Exception:
            return None
