"""Every attack as the source that is polled: it ends in time and in little memory, the source says what happened, what
is good of it is stored, and the source after it gets its entries.
"""

import gzip
import re

import pytest

from bench.hostile import ATTACKS
from bench.hostile.wellmade import NEIGHBOUR_AFTER, NEIGHBOUR_BEFORE
from tests.hostile.conftest import Neighbour, Tell
from tests.hostile.elsewhere import Elsewhere
from tests.hostile.measure import Cost
from tests.hostile.through import poll_now
from tests.pipeline.newsroom import feed
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from worker.steps.poll import poll_sources

BOTH = {NEIGHBOUR_BEFORE, NEIGHBOUR_AFTER}
WELL = "healthy: $"
IN_TIME = "failing: 127.0.0.1 did not finish its answer in time"
BROKE_OFF = "failing: 127.0.0.1 broke off its answer: .*"
NO_FEED = "failing: it is in no format of feeds that is known"
# On a busy machine feedparser may be stopped before it is through.
STOPPED = "failing: parsing took longer than 10 s and was stopped"
CUT = "healthy: not all of it was taken: "

SAYS = {
    # wire
    "drip-body": IN_TIME,
    "drip-chunks": IN_TIME,
    "drip-headers": IN_TIME,
    "endless-body": NO_FEED,
    "endless-chunks": f"{STOPPED}|{NO_FEED}",
    "endless-headers": BROKE_OFF,
    "silent": IN_TIME,
    "silent-after-headers": IN_TIME,
    "huge-header": BROKE_OFF,
    "many-headers": BROKE_OFF,
    "many-interim-answers": IN_TIME,
    "chunk-extension": NO_FEED,  # the five bytes that it announces are taken
    "chunk-size-not-a-number": BROKE_OFF + "illegal chunk header",
    "chunk-size-negative": BROKE_OFF + "illegal chunk header",
    "chunk-size-huge": BROKE_OFF,
    "closes-at-once": BROKE_OFF,
    "closes-halfway": BROKE_OFF + r".*received \d+ bytes, expected",
    "length-too-short": NO_FEED,  # the ten bytes that it announces are taken
    "length-too-long": IN_TIME,
    "length-not-a-number": BROKE_OFF + "bad Content-Length",
    "two-lengths": BROKE_OFF + "conflicting Content-Length",
    "without-status-line": BROKE_OFF,
    "tls-garbage": BROKE_OFF,
    "gzip-bomb": "failing: .* made to flood",
    "gzip-of-gzip": "failing: the server packed its answer as gzip, gzip, but only gzip was offered",
    "gzip-cut": CUT + "the answer broke off",
    "gzip-in-name-only": "failing: the server sent gzip that cannot be unpacked",
    "brotli": "failing: the server packed its answer as br, but only gzip was offered",
    "chained-encodings": "failing: the server packed its answer as gzip, gzip, gzip, but only gzip was offered",
    "redirect-loop": "failing: .* redirects more than 5 times",
    "redirect-chain": "failing: .* redirects more than 5 times",
    "redirect-file": "failing: only http and https are fetched, not 'file:",
    "redirect-gopher": "failing: only http and https are fetched, not 'gopher:",
    "redirect-mapped-address": "failing: .* leads to .*, which is not a public address",
    "redirect-canary": "failing: 127.0.0.2 leads to 127.0.0.2, which is not a public address",
    "redirect-without-location": "failing: the server answered 301",
    "redirect-endless-body": WELL,
    "not-modified-unasked": "failing: the server answered 304",
    "status-401": "failing: the server answered 401",
    "status-403": "failing: the server answered 403",
    "status-404": "failing: the server answered 404",
    "status-410": "retired: its server says that it is gone for good",
    "status-429": "failing: the server answered 429",
    "status-500": "failing: the server answered 500",
    "status-503": "failing: the server answered 503",
    "status-999": "failing: the server answered 999",
    "status-429-seconds": "failing: the server answered 429",
    "status-429-date": "failing: the server answered 429",
    "status-503-seconds": "failing: the server answered 503",
    "status-503-date": "failing: the server answered 503",
    # feeds
    "billion-laughs": WELL,
    "quadratic-entities": WELL,
    "external-entity-file": WELL,
    "external-entity-canary": WELL,
    "external-dtd-canary": WELL,
    "parameter-entity-canary": WELL,
    "doctype-backslash": WELL,
    "reference-surrogate": WELL,
    "reference-beyond": WELL,
    "reference-huge": WELL,
    "reference-nul": WELL,
    "nul": WELL,
    "gml-srs-name": CUT + "1 entries that cannot be parsed",
    "slow-author": WELL,
    "many-entries": f"{CUT}the answer was too long and is cut; the first 2|{STOPPED}",
    "huge-feed": f"{CUT}the answer was too long and is cut|{STOPPED}",
    "nested-tags": CUT + "1 entries of more than 20000 elements",
    "many-attributes": WELL,
    "unclosed": WELL,
    "one-guid": WELL,
    "no-guid-no-link": WELL,
    "new-guids": WELL,
    "odd-dates": WELL,
    "wrong-charset": WELL,
    "utf16-as-utf8": WELL,
    "charset-unknown": WELL,
    "charset-unicode-escape": WELL,
    "charset-rot13": NO_FEED,
    "charset-zlib": NO_FEED,
    "charset-idna": WELL,
    "script-titles": WELL,
    "javascript-links": WELL,
    "svg-links": WELL,
    "page-for-feed": "failing: it is an HTML page, not a feed",
    "empty-feed": "failing: the answer is empty",
    "picture-for-feed": NO_FEED,
    "nested-json": "failing: it looks like JSON and cannot be read as such",
}
"""For each attack the state of its source afterwards and the beginning of what it says, as a pattern."""

STORED = {
    "gzip-cut": 0,  # not even the first entry is whole
    "external-dtd-canary": 2,
    "parameter-entity-canary": 2,
    "redirect-endless-body": 2,
    "gml-srs-name": 2,
    "nested-tags": 2,
    "one-guid": 5,
    "new-guids": 5,
    "script-titles": 5,
    "javascript-links": 7,
    "odd-dates": 7,
}
"""How many entries are kept, where it is not three: the trouble between two that are well."""

ALONE = {"gzip-cut", "many-entries", "huge-feed", "one-guid", "no-guid-no-link", "new-guids", "odd-dates"}
"""Those that have no good entries on either side."""


def test_each_attack_that_a_source_can_make_has_a_row() -> None:
    assert set(SAYS) == {name for name, attack in ATTACKS.items() if attack.kind != "page"}


@pytest.mark.parametrize("name", SAYS)
def test_a_hostile_source_is_left_in_time_and_says_why(
    pipeline: Pipeline, elsewhere: Elsewhere, neighbour: Neighbour, tells: Tell, name: str
) -> None:
    hostile, (outlet, report) = elsewhere.attack(name), neighbour(f"source-{name}")
    pipeline.polls(hostile, outlet.feed_url)
    ids = [pipeline.source(url).id for url in (hostile, outlet.feed_url)]

    with Cost(pipeline.runtime.confined) as cost:
        list(poll_sources(pipeline.runtime, ids))

    tells(f"source {name}", cost)
    cost.is_bearable()
    source = pipeline.source(hostile)
    assert re.match(SAYS[name], f"{source.state}: {source.reason}"), source.reason
    assert titles(pipeline, outlet.feed_url) == [report.title]
    found = titles(pipeline, hostile)
    if source.last_error:
        assert found == []
        assert (source.failures, source.next_poll > pipeline.now) == (1, True)
    else:
        assert len(found) == STORED.get(name, 3) or "the answer was too long" in source.reason
        assert set(found) >= BOTH or name in ALONE


def test_what_broke_off_is_asked_for_again_as_if_it_were_new(
    pipeline: Pipeline, site: Site, neighbour: Neighbour
) -> None:
    outlet, report = neighbour("broken-off")
    whole = gzip.compress(feed(outlet.name, [(report, outlet.url(report))]).encode())
    headers = {"ETag": '"1"', "Content-Encoding": "gzip"}
    pipeline.polls(outlet.feed_url)
    site.serves(outlet.feed_path, whole[: len(whole) // 2], headers=headers)
    assert "broke off" in poll_now(pipeline, outlet.feed_url).reason
    assert titles(pipeline, outlet.feed_url) == []  # half an entry is none

    site.serves(outlet.feed_path, whole, headers=headers)
    assert poll_now(pipeline, outlet.feed_url).reason == ""
    assert titles(pipeline, outlet.feed_url) == [report.title]


def titles(pipeline: Pipeline, url: str) -> list[str]:
    source = pipeline.source(url)
    return [entry.title for entry in pipeline.entries() if entry.source_id == source.id]
