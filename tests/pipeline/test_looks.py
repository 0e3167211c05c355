"""Pages are looked at again: what changes is told, what fails takes nothing back, and nobody is asked too often."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from storage import articles, looks
from storage.bodies import pack, store_body
from storage.claims import WORDLESS
from storage.tables import Article, ArticleState, Body, StageLog
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_COPIED,
    AGROUND_CORRECTED,
    FERRY,
    PIGEONS,
    Outlet,
    Report,
    page,
)
from tests.pipeline.pipeline import Pipeline
from worker.stages.address import address_hash
from worker.stages.extract.page import MAX_TAGS
from worker.stages.looks import STEPS
from worker.steps.fetch import Fetched, fetch_article

WEEK_AND_MORE = 12  # days
SMALL = 4096  # bytes
TEASER = replace(AGROUND, paragraphs=(AGROUND.paragraphs[0], "Subscribe to read on."))


@pytest.fixture
def following(pipeline: Pipeline, herald: Outlet) -> Pipeline:
    return _following(pipeline, herald)


@pytest.fixture
def following_on_either(either_pipeline: Pipeline, herald: Outlet) -> Pipeline:
    return _following(either_pipeline, herald)


@pytest.fixture
def small(tmp_path: Path, migrated_file: Path) -> Iterator[Pipeline]:
    """A pipeline that takes pages of a few kilobytes."""
    file = shutil.copy(migrated_file, tmp_path)
    pipeline = Pipeline(tmp_path, f"sqlite:///{file}", MAX_BODY_BYTES=str(SMALL))
    yield pipeline
    pipeline.close()


def _following(pipeline: Pipeline, herald: Outlet) -> Pipeline:
    """The ferry's story is followed, and the Herald's report of it has been read."""
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    serves(herald, AGROUND)
    pipeline.runs()
    assert pipeline.reasons() == ["first"]
    return pipeline


def serves(herald: Outlet, report: Report, *, tag: str = "") -> None:
    """List the report, and serve its page with an ETag if one is given."""
    herald.publishes(report)
    serves_page(herald, page(report), tag=tag)


def serves_page(herald: Outlet, body: str, *, tag: str = "") -> None:
    """Serve this in place of the ferry's page; the feed says nothing of it."""
    headers = {"Content-Type": "text/html; charset=utf-8"} | ({"ETag": tag} if tag else {})
    herald.site.serves(herald.path(AGROUND), body, headers=headers)


def the_article(pipeline: Pipeline, herald: Outlet) -> Article:
    return pipeline.article(herald.url(AGROUND))


def looks_again(pipeline: Pipeline, herald: Outlet) -> Article:
    """Let time pass until the next look, and do what is due but the polls; the article after it."""
    due = the_article(pipeline, herald).next_look
    assert due is not None
    assert due > pipeline.now
    pipeline.clock.now = due
    pipeline.runs("fetch", "read", "deliver")
    return the_article(pipeline, herald)


def times_asked(herald: Outlet, report: Report = AGROUND) -> int:
    return len(herald.site.asked(herald.path(report)))


def rounds_read(pipeline: Pipeline) -> int:
    return sum(log.stage == "read" for log in pipeline.all(StageLog))


def what_it_says(article: Article) -> tuple[object, ...]:
    return article.state, article.title, article.text, article.revision, article.story_id


# --- When ---


def test_a_page_is_looked_at_again_less_and_less_for_a_week(following: Pipeline, herald: Outlet) -> None:
    """The clock moves by the hour for twelve days; whatever is due is done."""
    before = the_article(following, herald)
    for _ in range(WEEK_AND_MORE * 24):
        following.waits(hours=1)
        following.runs("fetch", "read", "deliver")
    article = the_article(following, herald)
    assert times_asked(herald) == 1 + article.looks
    assert 5 <= article.looks <= len(STEPS)
    assert article.next_look is None
    assert what_it_says(article) == what_it_says(before)


def test_what_is_done_is_not_looked_at_before_its_time(following: Pipeline, herald: Outlet) -> None:
    following.waits(minutes=14)
    following.runs()
    assert times_asked(herald) == 1


def test_an_article_that_matched_nothing_is_not_looked_at(following: Pipeline, herald: Outlet) -> None:
    herald.publishes(PIGEONS)
    following.polls_again()
    following.waits(days=1)
    following.runs()
    assert following.article(herald.url(PIGEONS)).next_look is None
    assert times_asked(herald, PIGEONS) == 1
    assert times_asked(herald) >= 2


def test_a_copy_is_looked_at_for_its_own_sake(following: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """Each outlet corrects its own."""
    courier.publishes(AGROUND_COPIED)
    following.polls(courier.feed_url)
    following.polls_again()
    copy = following.article(courier.url(AGROUND_COPIED))
    assert copy.copy_of == the_article(following, herald).id
    following.waits(days=1)
    following.runs()
    assert times_asked(courier, AGROUND_COPIED) == 2


@pytest.mark.parametrize("link", ["", "http://192.168.77.1/aground"])
def test_what_was_read_without_a_page_is_not_looked_at(pipeline: Pipeline, herald: Outlet, link: str) -> None:
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    herald.lists(replace(AGROUND, summary=AGROUND.text), link)
    pipeline.runs()
    [article] = pipeline.articles()
    assert pipeline.reasons() == ["first"]
    assert article.next_look is None


def test_a_file_that_was_given_is_not_looked_at(pipeline: Pipeline) -> None:
    """Even if it is the page of an address: its user has it as it was."""
    pipeline.follows(FERRY)
    url, packed = "http://127.0.0.1:9/aground", pack(page(AGROUND).encode())
    item = articles.Listed(
        uid=url, url=url, url_hash=address_hash(url), host="127.0.0.1:9", title="", published=None,
        event_time=pipeline.now, content_digest="", given={"is_file": True}, state=ArticleState.READ,
        body_digest=packed.digest, content_type="text/html",
    )  # fmt: skip
    pipeline.database.write(lambda session: store_body(session, packed, pipeline.now))
    pipeline.database.write(lambda session: articles.store_given(session, item, pipeline.now))
    pipeline.runs("read")
    [article] = pipeline.articles()
    assert pipeline.reasons() == ["first"]
    assert article.next_look is None


def test_a_report_from_last_month_is_not_looked_at(pipeline: Pipeline, herald: Outlet) -> None:
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND.later(minutes=-60 * 24 * 30))
    pipeline.runs()
    assert pipeline.reasons() == ["first"]
    assert the_article(pipeline, herald).next_look is None


# --- A page that has not changed ---


def test_a_page_that_is_not_modified_costs_a_request_and_no_more(following_on_either: Pipeline, herald: Outlet) -> None:
    pipeline = following_on_either
    serves_page(herald, page(AGROUND), tag='"1"')
    looks_again(pipeline, herald)  # now we know its tag
    before = pipeline.snapshot()

    looks_again(pipeline, herald)

    assert herald.site.asked(herald.path(AGROUND))[-1].headers["if-none-match"] == '"1"'
    after = pipeline.snapshot()
    assert {name for name in before if before[name] != after[name]} == {"article"}  # when it is looked at next
    assert the_article(pipeline, herald).looks == 2
    assert rounds_read(pipeline) == 1


def test_the_same_page_again_is_not_read_again(following: Pipeline, herald: Outlet) -> None:
    """Its server knows of no conditions."""
    article = looks_again(following, herald)
    assert (article.looks, article.round, article.revision) == (1, 1, 1)
    assert rounds_read(following) == 1
    assert times_asked(herald) == 2


def test_a_page_that_differs_and_says_the_same_makes_no_revision(following: Pipeline, herald: Outlet) -> None:
    """Another advertisement, another time of update, other quotes."""
    before = the_article(following, herald)
    said = page(AGROUND).replace("<h1>", '<div class="ad">7</div><h1>').replace("</h1>", "</h1><p>Updated 10:31</p>")
    serves_page(herald, said.replace("Ferry", "“Ferry”"))
    article = looks_again(following, herald)
    assert article.round == 2
    assert article.body_digest != before.body_digest
    assert what_it_says(article) == what_it_says(before)
    assert following.revisions() == []
    assert following.reasons() == ["first"]


# --- A page that has changed ---


def test_a_correction_is_told_though_the_feed_says_nothing_of_it(following_on_either: Pipeline, herald: Outlet) -> None:
    pipeline = following_on_either
    before = the_article(pipeline, herald)
    serves_page(herald, page(AGROUND_CORRECTED))

    article = looks_again(pipeline, herald)

    assert pipeline.reasons() == ["first", "correction"]
    [_first, correction] = pipeline.alerts()
    assert [change["before"] for change in correction.changes] == [AGROUND.paragraphs[0]]
    assert [change["after"] for change in correction.changes] == [AGROUND_CORRECTED.paragraphs[0]]
    assert {delivery.status for delivery in pipeline.deliveries()} == {"sent"}
    assert (article.revision, article.round, article.title) == (2, 2, AGROUND_CORRECTED.title)
    [kept] = pipeline.revisions()
    assert (kept.number, kept.title, kept.text) == (1, before.title, before.text)
    pipeline.polls_again()
    assert pipeline.reasons() == ["first", "correction"]


def test_when_the_feed_tells_of_it_later_that_is_no_news(following: Pipeline, herald: Outlet) -> None:
    serves_page(herald, page(AGROUND_CORRECTED))
    looks_again(following, herald)
    herald.corrects(AGROUND, AGROUND_CORRECTED)
    following.polls_again()
    article = the_article(following, herald)
    assert (article.revision, article.round) == (2, 3)
    assert following.reasons() == ["first", "correction"]


def test_a_page_that_is_being_written_on_is_looked_at_sooner(following: Pipeline, herald: Outlet) -> None:
    for step in range(3):
        looks_again(following, herald)
        assert the_article(following, herald).looks == step + 1
    serves_page(herald, page(AGROUND_CORRECTED))
    article = looks_again(following, herald)
    assert article.next_look is not None
    assert timedelta(hours=4) < article.next_look - following.now < timedelta(hours=7)  # not sixteen


def test_each_change_is_a_revision_of_its_own(following: Pipeline, herald: Outlet) -> None:
    for injured in (15, 16, 17):
        serves_page(herald, page(AGROUND).replace("14", str(injured)))
        looks_again(following, herald)
    assert [revision.number for revision in following.revisions()] == [1, 2, 3]
    assert following.reasons() == ["first", *["correction"] * 3]
    assert the_article(following, herald).title == AGROUND_CORRECTED.title  # whatever the feed still calls it


def test_a_body_that_nobody_refers_to_any_more_is_deleted(following_on_either: Pipeline, herald: Outlet) -> None:
    serves_page(herald, page(AGROUND_CORRECTED))
    article = looks_again(following_on_either, herald)
    assert [body.digest for body in following_on_either.all(Body)] == [article.body_digest]


def test_a_body_of_another_article_too_is_kept(following: Pipeline, herald: Outlet) -> None:
    """The same page under two addresses, one of which is corrected."""
    herald.publishes(AGROUND.named("aground-2"))
    following.polls_again()
    serves_page(herald, page(AGROUND_CORRECTED))
    looks_again(following, herald)
    digests = {article.body_digest for article in following.articles()}
    assert len(digests) == 2
    assert {body.digest for body in following.all(Body)} == digests


# --- What its feed says of it ---


def test_another_summary_of_the_same_page_makes_no_revision(following: Pipeline, herald: Outlet) -> None:
    serves(herald, AGROUND, tag='"1"')
    looks_again(following, herald)
    serves(herald, replace(AGROUND, summary="Now with pictures."), tag='"1"')
    before = the_article(following, herald)

    following.polls_again()

    assert herald.site.asked(herald.path(AGROUND))[-1].headers["if-none-match"] == '"1"'
    article = the_article(following, herald)
    assert (article.round, article.given["text"]) == (2, "Now with pictures.")
    assert what_it_says(article) == what_it_says(before)
    assert article.next_look is not None
    assert article.next_look > following.now


def test_a_correction_that_the_feed_tells_of_is_a_revision_as_well(following: Pipeline, herald: Outlet) -> None:
    herald.corrects(AGROUND, AGROUND_CORRECTED)
    following.polls_again()
    article = the_article(following, herald)
    assert (article.revision, article.looks) == (2, 0)
    assert [revision.number for revision in following.revisions()] == [1]
    assert following.reasons() == ["first", "correction"]


def test_a_change_in_the_feed_takes_the_look_away(following: Pipeline, herald: Outlet) -> None:
    """While the page is on its way, its feed tells of another one; the late answer is dropped."""
    [article] = following.articles()
    old = page(AGROUND).replace("14", "15")

    def script(handler: BaseHTTPRequestHandler) -> None:
        herald.corrects(AGROUND, AGROUND_CORRECTED)
        following.database.write(lambda s: articles.send_again(s, article.id, _item(article), following.now))
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(old), old.encode()))

    herald.site.plays(herald.path(AGROUND), script)
    assert article.next_look is not None
    following.clock.now = article.next_look
    fetch_article(following.runtime, article.id)
    assert (the_article(following, herald).state, the_article(following, herald).revision) == ("fetch", 1)

    following.runs()
    assert "17 people" in the_article(following, herald).text
    assert following.reasons() == ["first", "correction"]


def _item(article: Article) -> articles.Listed:
    return articles.Listed(
        uid="aground", url=article.url, url_hash=article.url_hash, host=article.host, title=article.title,
        published=article.published, event_time=article.event_time, content_digest="2", given=article.given,
    )  # fmt: skip


# --- A look that fails ---


def answers_half(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n<html><p>The ferry")


@pytest.mark.parametrize(
    ("fails", "reason"),
    [
        (lambda herald: herald.site.fails(herald.path(AGROUND), 500), "500"),
        (lambda herald: herald.site.fails(herald.path(AGROUND), 403), "403"),
        (lambda herald: herald.site.fails(herald.path(AGROUND), 404), "404"),
        (lambda herald: herald.site.fails(herald.path(AGROUND), 410), "410"),
        (lambda herald: herald.site.moves(herald.path(AGROUND), "http://192.168.77.1/"), "192.168.77.1"),
        (lambda herald: herald.site.plays(herald.path(AGROUND), answers_half), "127.0.0.1"),
    ],
)
def test_a_look_that_fails_takes_nothing_back_and_says_why(
    following: Pipeline, herald: Outlet, fails: Callable[[Outlet], None], reason: str
) -> None:
    before = the_article(following, herald)
    fails(herald)

    article = looks_again(following, herald)

    assert times_asked(herald) == 2  # it is not tried again and again
    assert reason in article.last_error
    assert what_it_says(article) == what_it_says(before)
    assert article.body_digest == before.body_digest
    assert article.next_look is not None
    assert article.next_look >= following.now + timedelta(minutes=15)
    assert following.reasons() == ["first"]


def test_when_the_page_answers_again_what_failed_is_forgotten(following: Pipeline, herald: Outlet) -> None:
    herald.site.fails(herald.path(AGROUND), 404)
    assert looks_again(following, herald).page_error
    serves_page(herald, page(AGROUND))
    article = looks_again(following, herald)
    assert (article.page_error, article.last_error) == ("", "")


def test_a_page_that_is_gone_at_two_looks_is_left_alone_and_says_since_when(
    following: Pipeline, herald: Outlet
) -> None:
    herald.site.fails(herald.path(AGROUND), 404)
    since = f"{the_article(following, herald).next_look:%Y-%m-%d %H:%M}"
    first = looks_again(following, herald)
    herald.site.fails(herald.path(AGROUND), 500)  # says nothing of whether it is there
    looks_again(following, herald)
    herald.site.fails(herald.path(AGROUND), 410)
    article = looks_again(following, herald)
    assert article.next_look is None
    assert article.page_error == first.page_error == f"the page is gone since {since} UTC: the server answered 404"
    assert AGROUND.paragraphs[-1] in article.text
    following.waits(days=3)
    following.runs()
    assert times_asked(herald) == 4


def test_a_page_that_robots_txt_forbids_meanwhile_is_not_asked_for(following: Pipeline, herald: Outlet) -> None:
    herald.site.serves("/robots.txt", "User-agent: *\nDisallow: /herald/\n")
    following.restarts()
    following.waits(days=2)  # the old robots.txt is forgotten by then
    following.runs("fetch", "read")
    article = the_article(following, herald)
    assert times_asked(herald) == 1
    assert "robots.txt" in article.last_error
    assert article.state == "done"


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_is_left_alone_as_long_as_it_likes(
    following: Pipeline, herald: Outlet, status: int
) -> None:
    herald.site.fails(herald.path(AGROUND), status, headers={"Retry-After": "86400"})
    article = looks_again(following, herald)
    assert article.next_look is not None
    assert article.next_look >= following.now + timedelta(days=1)


def test_a_look_that_is_not_our_turn_is_put_off_and_not_counted(following: Pipeline, herald: Outlet) -> None:
    following.runtime.pace.backoff(the_article(following, herald).host, 600)
    article = looks_again(following, herald)
    assert times_asked(herald) == 1
    assert (article.looks, article.attempts) == (0, 0)
    assert article.next_look is not None
    assert article.next_look > following.now + timedelta(minutes=9)


@pytest.mark.parametrize("body", [page(TEASER), "<html><body><script>render()</script></body></html>", ""])
def test_a_wall_or_nothing_in_place_of_the_text_takes_nothing_back(
    following: Pipeline, herald: Outlet, body: str
) -> None:
    before = the_article(following, herald)
    serves_page(herald, body)
    article = looks_again(following, herald)
    assert what_it_says(article) == what_it_says(before)
    assert "what it held before is kept" in article.cut
    assert following.reasons() == ["first"]

    serves_page(herald, page(AGROUND))
    article = looks_again(following, herald)
    assert what_it_says(article) == what_it_says(before)
    assert article.cut == ""


# --- Workers that die or are late ---


def test_a_look_whose_worker_died_is_taken_up_by_another(following_on_either: Pipeline, herald: Outlet) -> None:
    pipeline = following_on_either
    serves_page(herald, page(AGROUND_CORRECTED))
    dies_over_the_look(pipeline, herald)
    pipeline.runs()
    assert the_article(pipeline, herald).revision == 1  # the dead one still holds it

    pipeline.waits(seconds=pipeline.runtime.lease.total_seconds() + 1)
    pipeline.runs()

    assert the_article(pipeline, herald).revision == 2
    assert pipeline.reasons() == ["first", "correction"]


def test_a_page_that_kills_whoever_looks_at_it_is_left_alone(following: Pipeline, herald: Outlet) -> None:
    before = the_article(following, herald)
    for _ in range(2):
        dies_over_the_look(following, herald)
        following.waits(seconds=following.runtime.lease.total_seconds() + 1)
    following.runs()
    article = the_article(following, herald)
    assert (article.next_look, article.last_error) == (None, WORDLESS)
    assert what_it_says(article) == what_it_says(before)
    assert times_asked(herald) == 1


def dies_over_the_look(pipeline: Pipeline, herald: Outlet) -> None:
    article = the_article(pipeline, herald)
    assert article.next_look is not None
    pipeline.clock.now = max(pipeline.now, article.next_look)
    lease = pipeline.runtime.lease
    assert pipeline.database.write(lambda session: looks.claim_look(session, article.id, pipeline.now, lease))


def test_a_late_look_changes_nothing(following_on_either: Pipeline, herald: Outlet) -> None:
    """It slept past its lease while another looked, and found an older page than that one."""
    pipeline = following_on_either
    older = page(AGROUND).replace("14", "15").encode()

    def script(handler: BaseHTTPRequestHandler) -> None:
        serves_page(herald, page(AGROUND_CORRECTED))
        pipeline.waits(seconds=pipeline.runtime.lease.total_seconds() + 1)
        pipeline.runs("fetch", "read")
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(older), older))

    herald.site.plays(herald.path(AGROUND), script)
    article = the_article(pipeline, herald)
    assert article.next_look is not None
    pipeline.clock.now = article.next_look

    assert fetch_article(pipeline.runtime, article.id) is Fetched.UNCHANGED

    pipeline.runs("fetch", "read", "deliver")
    assert "17 people" in the_article(pipeline, herald).text
    assert the_article(pipeline, herald).revision == 2


# --- What of a page is missing ---


def answers_half_of_the_gzip(herald: Outlet, report: Report) -> None:
    packed = gzip.compress(page(report).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html", "ETag": '"half"'}
    herald.site.serves(herald.path(AGROUND), packed[: len(packed) * 3 // 4], headers=headers)


def test_a_page_that_broke_off_says_so_and_is_asked_for_anew(pipeline: Pipeline, herald: Outlet) -> None:
    """Not as if we knew it: its server would answer that it has not changed."""
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    answers_half_of_the_gzip(herald, AGROUND)
    pipeline.runs()
    first = the_article(pipeline, herald)
    assert "broke off" in first.cut
    assert AGROUND.paragraphs[-1] not in first.text
    serves_page(herald, page(AGROUND), tag='"half"')

    article = looks_again(pipeline, herald)

    assert "if-none-match" not in herald.site.asked(herald.path(AGROUND))[-1].headers
    assert (article.cut, article.revision) == ("", 2)
    assert AGROUND.paragraphs[-1] in article.text
    assert pipeline.reasons() == ["first"]  # nothing was taken back


def test_half_a_page_does_not_take_the_place_of_a_whole_one(following: Pipeline, herald: Outlet) -> None:
    before = the_article(following, herald)
    answers_half_of_the_gzip(herald, AGROUND_CORRECTED)
    article = looks_again(following, herald)
    assert what_it_says(article) == what_it_says(before)
    assert "broke off" in article.last_error


def test_a_page_longer_than_is_fetched_says_where_it_was_cut(small: Pipeline, herald: Outlet) -> None:
    small.follows(FERRY)
    small.polls(herald.feed_url)
    serves(herald, AGROUND, tag='"1"')
    serves_page(herald, page(AGROUND).replace("</article>", f"</article><!-- {'x' * SMALL} -->"), tag='"1"')
    small.runs()
    article = the_article(small, herald)
    assert article.cut == f"the page was fetched up to {SMALL:,} bytes"
    assert AGROUND.paragraphs[-1] in article.text
    assert article.etag == ""


def test_a_page_of_more_elements_than_are_read_says_so(following: Pipeline, herald: Outlet) -> None:
    serves_page(herald, page(AGROUND_CORRECTED).replace("</body>", "<i></i>" * MAX_TAGS + "</body>"))
    assert "element" in looks_again(following, herald).cut
    serves_page(herald, page(AGROUND_CORRECTED))
    assert looks_again(following, herald).cut == ""
