"""The poll benchmark's own promises: it counts what it says, and refuses to give figures of anything else."""

import ast
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import mean

import pytest

from bench.cpu import PROC, Usage
from bench.poll.__main__ import READER_SCRIPT
from bench.poll.feeds import make_feeds
from bench.poll.measure import PHASES, ROOT, Contender, Run, WrongMeasureError, measure, run_once
from bench.poll.report import Measured, Spread, as_lines, as_object
from bench.poll.site import DIRECT, SiteProcess
from worker.stages.feed import Feed, parse_feed

pytestmark = pytest.mark.skipif(not PROC.exists(), reason="CPU times are read from /proc")

NEWEST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OURS = Contender("ours", (sys.executable, "-m", "bench.poll.contenders.ours"), imports_from=ROOT)

# A contender in a few lines: how it polls and what it claims to have stored is filled in.
SMALL = """
import sys, urllib.request
fetch = urllib.request.build_opener(urllib.request.ProxyHandler({{}})).open
def told(word): print(word, flush=True); sys.stdin.readline()
def ask(url, known):
    request = urllib.request.Request(url, headers={{"If-None-Match": known}} if known else {{}})
    try: return fetch(request).headers["ETag"]
    except urllib.error.HTTPError: return known
urls = open(sys.argv[2]).read().split()
told("start"); told("add")
tags = [ask(url, "") for url in urls]
told("cold")
{second}
told("unchanged"); told("{entries}")
"""
POLITE = "for url, tag in zip(urls, tags): ask(url, tag)"


@pytest.fixture(scope="module")
def site() -> Iterator[SiteProcess]:
    with SiteProcess(feeds=3, entries=2, hosts=2) as site:
        yield site


def small(second: str = POLITE, entries: int = 6) -> Contender:
    return Contender("small", (sys.executable, "-c", SMALL.format(second=second, entries=entries)))


def test_our_own_polling_is_measured_and_counted(site: SiteProcess) -> None:
    ours, small_one = run_once(site, OURS), run_once(site, small())

    assert (ours.entries, ours.statuses) == (6, {200: 3, 304: 3})
    assert list(ours.phases) == list(PHASES)
    assert all(ours.phases[phase].whole > 0 for phase in PHASES)
    assert ours.milliseconds("start") > small_one.milliseconds("start")  # it has a database to open


def test_rounds_are_interleaved_and_the_first_is_not_counted(site: SiteProcess) -> None:
    said: list[str] = []
    first, second = small(), Contender("other", small().command)
    rounds = measure(site, [first, second], 2, said.append)

    assert said == [
        "warming up: small", "warming up: other",
        "round 1 of 2: other", "round 1 of 2: small",
        "round 2 of 2: small", "round 2 of 2: other",
    ]  # fmt: skip
    assert [[run.contender for run in runs] for runs in rounds] == [["small", "other"]] * 2


@pytest.mark.parametrize(
    ("contender", "complaint"),
    [
        (small(entries=5), "small stored 5 entries instead of 6"),
        (small(second="for url in urls: ask(url, '')"), "3 of 3 feeds were not answered 200 once and 304 once"),
        (small(second=f"urls.pop()\n{POLITE}"), "1 of 3 feeds"),  # one was left out
        (small(second=f"ask(urls[0], tags[0])\n{POLITE}"), "1 of 3 feeds"),  # one was asked three times
        (small(second="sys.exit()"), "ended before its time"),
        (small(second="sys.exit('no space left')"), "(?s)ended before its time.*no space left"),
        (small(second="told('pardon')"), "said 'pardon' instead of 'unchanged'"),
    ],
)
def test_what_is_no_measurement_gives_no_figures(site: SiteProcess, contender: Contender, complaint: str) -> None:
    with pytest.raises(WrongMeasureError, match=complaint):
        run_once(site, contender)


def made_run(contender: str, cold: float) -> Run:
    phases = {phase: Usage(0.0, 0.0) for phase in PHASES}
    phases |= {"start": Usage(1.0, 0.0), "cold": Usage(cold, 0.5), "unchanged": Usage(0.25, 0.0)}
    return Run(contender, phases, 40, {200: 2, 304: 2})


ROUNDS = [[made_run("ours", cold), made_run("reader", peer)] for cold, peer in ((0.5, 2.5), (1.5, 3.5), (0.3, 3.5))]
MEASURED = Measured(ROUNDS, feeds=2, entries_each=20, mean_bytes=18_000, hosts=1)


def test_figures_are_medians_for_each_feed_with_children() -> None:
    assert MEASURED.each_feed("ours", "cold") == Spread(500, 400, 1000)  # ms, half of it in children
    assert MEASURED.start("ours") == Spread(1000, 1000, 1000)


def test_ratios_compare_runs_of_the_same_round() -> None:
    assert MEASURED.ratio("reader", "ours", "cold") == Spread(3.0, 2.0, 5.0)


def test_the_report_has_a_line_for_each_contender_and_each_comparison() -> None:
    lines = list(as_lines(MEASURED, "reader"))
    rows = {line.split("   ")[0].strip(): line for line in lines}
    assert rows["ours"].split() == [
        "ours", "500", "(400-1000)", "125", "(125-125)", "1000", "(900-1500)", "0.00", "(0.00-0.00)",
        "1000", "(1000-1000)", "40", "2",
    ]  # fmt: skip
    assert "3.00 (2.00-5.00)" in rows["reader / ours"]
    assert not any("/ ours" in line for line in as_lines(MEASURED, None))


def test_the_object_holds_the_same() -> None:
    read = json.loads(json.dumps(as_object(MEASURED, "reader")))
    assert read["contenders"]["ours"]["cpu_ms_per_feed"]["cold"] == [500, 400, 1000]
    assert read["contenders"]["ours"]["statuses"] == {"200": 2, "304": 2}
    assert read["ratios"] == {
        "ours": {"cold": [3, 2, 5], "unchanged": [1, 1, 1], "start, add, cold": [2.0, 1.6667, 2.7778]}
    }


def test_feeds_are_of_the_size_and_the_kinds_that_are_promised() -> None:
    feeds = make_feeds(50, 20, NEWEST)
    assert 16_000 < mean(len(feed.body) for feed in feeds) < 20_000
    assert {feed.content_type.split("+")[0] for feed in feeds} == {"application/rss", "application/atom"}
    for feed in feeds[:6]:
        parsed = parse_feed(feed.body, url=f"https://outlet.example{feed.path}")
        assert isinstance(parsed, Feed)
        assert len({entry.uid for entry in parsed.entries}) == len({entry.url for entry in parsed.entries}) == 20
        assert all(entry.title and entry.content and entry.published for entry in parsed.entries)


def test_a_seed_gives_the_same_feeds_each_time_and_another_seed_others() -> None:
    assert make_feeds(3, 2, NEWEST, seed=7) == make_feeds(3, 2, NEWEST, seed=7)
    assert make_feeds(3, 2, NEWEST, seed=7)[0].body != make_feeds(3, 2, NEWEST, seed=8)[0].body


def status(url: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with DIRECT.open(urllib.request.Request(url, headers=named)) as answer:  # noqa: S310 - our own site
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_site_answers_304_to_who_knows_what_it_has(site: SiteProcess) -> None:
    url = site.urls[0]
    with DIRECT.open(url) as answer:
        tag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    age = datetime.now(UTC) - parsedate_to_datetime(modified)

    assert status(url, If_None_Match=tag) == 304
    assert status(url, If_Modified_Since=modified) == 304
    assert status(url, If_None_Match='"another"', If_Modified_Since=modified) == 200  # the ETag decides
    assert age < timedelta(days=1)  # a source whose last news is old is another case
    assert status(f"{site.base}/robots.txt") == 404


def test_the_reader_contender_needs_nothing_of_ours() -> None:
    tree = ast.parse(Path(READER_SCRIPT).read_text(encoding="utf-8"))
    froms = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {module.split(".")[0] for module in froms | plain} <= sys.stdlib_module_names
