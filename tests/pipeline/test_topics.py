"""Topics that can be trusted: how long a story is followed, what receipts say, and why an article matched or not."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest
from starlette.testclient import TestClient

from storage import marks
from storage.marks import NewMark
from storage.tables import Match
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_COPIED,
    AGROUND_CORRECTED,
    FERRY,
    SCHOOL,
    STEERING,
    Outlet,
    Report,
)
from tests.pipeline.pipeline import Pipeline
from web.wiring import page_of
from worker.stages.match import Match as Matched
from worker.steps.explain import Account, explain_article, near_addresses, why_not_yet
from worker.steps.named import find_named

ORLA = {"name": "Orla", "query": "Orla AND aground"}
# Of the same event in words of its own, weeks later, and near enough to it to be put into its story.
INQUIRY = Report(
    "inquiry",
    "Inquiry into ferry Orla and Tarn Head opens in Brannock",
    (
        "The Maritime Safety Board opened its inquiry into the ferry Orla in Brannock, where lifeboats had brought the "
        "injured passengers from the ledge of rock off Tarn Head that the ship struck.",
        "Captain Ruth Halloran said the steering of the Orla failed minutes before the ferry struck the ledge with 212 "
        "passengers on board. Lifeboats from Skelby and Brannock took them off Tarn Head.",
        "The coastguard told the Maritime Safety Board that 14 people were injured off Tarn Head, and the county "
        "hospital that most had broken bones.",
    ),
)
BROKEN = 'topics:\n  - name: Orla\n    query: "(Orla AND"\n'


@pytest.fixture
def following(either_pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """The Herald and the Courier, polled from an hour at which everything has been published."""
    return _polling(either_pipeline, herald, courier)


@pytest.fixture
def polling(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """As `following`, on SQLite alone."""
    return _polling(pipeline, herald, courier)


def _polling(pipeline: Pipeline, *outlets: Outlet) -> Pipeline:
    pipeline.waits(days=100)
    pipeline.polls(*(outlet.feed_url for outlet in outlets))
    return pipeline


def publishes(pipeline: Pipeline, outlet: Outlet, report: Report, *, days: float = 0) -> str:
    """Publish, so many days after the story began, and read."""
    address = outlet.publishes(report.later(days * 24 * 60))
    pipeline.polls_again()
    return address


def match_of(pipeline: Pipeline, address: str) -> Match | None:
    article = pipeline.article(address)
    return next((match for match in pipeline.matches() if match.article_id == article.id), None)


# --- Receipts ---


def test_a_receipt_says_in_which_sentence_of_which_revision_each_word_stands(
    following: Pipeline, herald: Outlet
) -> None:
    following.follows(FERRY)
    address = publishes(following, herald, AGROUND)
    match, article = match_of(following, address), following.article(address)
    assert match is not None
    assert match.receipt["revision"] == article.revision == 1
    in_text = [hit for hit in match.receipt["hits"] if hit["field"] == "text"]
    assert in_text
    for hit in in_text:
        sentence = article.text[hit["sentence"]["start"] : hit["sentence"]["end"]]
        assert hit["found"] in sentence
        assert sentence.endswith(".")
    assert [alert.receipt for alert in following.alerts()] == [match.receipt]


# --- Following ---


@pytest.mark.parametrize(("days", "quiet_days", "follows"), [(20, 30, True), (50, 30, False), (20, 10, False)])
def test_a_story_is_followed_until_it_goes_quiet(
    following: Pipeline, herald: Outlet, courier: Outlet, days: float, quiet_days: int, follows: bool
) -> None:
    following.follows({**ORLA, "follow": True if quiet_days == 30 else {"quiet_days": quiet_days}})
    first = publishes(following, herald, AGROUND)
    address = publishes(following, courier, INQUIRY, days=days)
    assert following.article(address).story_id == following.article(first).story_id
    match = match_of(following, address)
    assert (match is not None) is follows
    if match:
        assert match.by == "follow"
        assert match.receipt["reason"].endswith(f"last covered {days} days before (followed for 30 quiet days)")
        [score] = match.receipt["scores"]
        assert score == {"what": "days since the last coverage", "value": days, "limit": 30}


def test_what_is_followed_carries_the_following_on(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """The second is 40 days from what the topic found, and 20 from what it followed."""
    polling.follows(ORLA)
    publishes(polling, herald, AGROUND)
    publishes(polling, courier, INQUIRY, days=20)
    last = publishes(polling, herald, replace(INQUIRY, slug="again", title="Orla inquiry at Brannock ends"), days=40)
    match = match_of(polling, last)
    assert match is not None
    assert match.by == "follow"


def test_a_mark_alone_ends_no_following_and_is_told(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    polling.follows(ORLA)
    first = publishes(polling, herald, AGROUND)
    polling.database.write(
        lambda session: marks.store_mark(session, marked(polling, first, is_right=False), polling.now)
    )
    address = publishes(polling, courier, INQUIRY, days=1)
    account = explained(polling, address)["Orla"]
    assert match_of(polling, address) is not None
    assert "an article of it marked wrong: a mark alone ends no following" in account.following


def marked(pipeline: Pipeline, address: str, *, is_right: bool) -> NewMark:
    return NewMark("Orla", "v1", pipeline.article(address).id, is_right=is_right)


# --- Explaining ---


def explained(pipeline: Pipeline, address: str, only: str | None = None) -> Mapping[str, Account]:
    article, topics = pipeline.article(address), pipeline.runtime.topics.current()
    accounts = pipeline.database.read(lambda session: explain_article(session, article, topics, only))
    return {account.topic: account for account in accounts}


def test_filters_are_told_besides_the_query(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(
        {**FERRY, "languages": ["tr"]},
        {**FERRY, "name": "Elsewhere", "sources": {"except": ["127.0.0.1"]}},
        {**FERRY, "name": "Here", "languages": ["en"], "sources": {"only": ["127.0.0.1"]}},
    )
    accounts = explained(polling, publishes(polling, herald, AGROUND))
    assert {name: account.verdict.reason for name, account in accounts.items()} == {
        "Orla": "language en is not among tr",
        "Elsewhere": "source Herald is left out (127.0.0.1)",
        "Here": "Orla, Ferry, rock (for rocks)",
    }
    assert [each.lets_in for account in accounts.values() for each in account.filters] == [False, False, True, True]
    assert all(account.query is not None and account.query.holds for account in accounts.values())


def test_following_is_told_as_it_was_when_the_article_was_read(
    polling: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    polling.follows(
        ORLA,
        {**ORLA, "name": "Never", "follow": False},
        {**ORLA, "name": "Long", "follow": {"quiet_days": 60}},
    )
    first = publishes(polling, herald, AGROUND)
    late = publishes(polling, courier, INQUIRY, days=50)
    assert explained(polling, first)["Orla"].following == (
        "no other article of its story had been matched when it was read"
    )
    account = explained(polling, late)["Orla"]
    assert not isinstance(account.verdict, Matched)
    assert "last covered 50 days before (followed for 30 quiet days), which has gone quiet since" in account.following
    assert explained(polling, late)["Never"].following == "the topic follows no stories"
    longer = explained(polling, late)["Long"]
    assert longer.stored is not None
    assert longer.stored.receipt["scores"][0]["limit"] == 60
    assert "last covered 50 days before (followed for 60 quiet days)" in longer.following


def test_a_followed_article_is_told_with_its_receipt_and_what_its_query_lacks(
    polling: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    polling.follows(ORLA)
    publishes(polling, herald, AGROUND)
    account = explained(polling, publishes(polling, courier, INQUIRY, days=3))["Orla"]
    assert isinstance(account.verdict, Matched)
    assert account.verdict.by == "follow"
    assert account.query is not None
    assert [part.text for part in account.query.parts if part.decisive] == ["aground"]
    assert "last covered 3 days before" in account.following
    assert account.stored is not None
    assert account.changed == ""


def test_examples_are_told_for_a_topic_that_has_some(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    example, other = publishes(polling, herald, AGROUND), publishes(polling, courier, SCHOOL)
    polling.follows({"name": "Like this", "like": [example]}, ORLA)
    assert "an example is in its story" in explained(polling, example)["Like this"].examples
    assert explained(polling, other)["Like this"].examples == "none of the topic's examples is in its story"
    assert explained(polling, other)["Orla"].examples == ""


def test_how_like_an_example_an_article_is_is_told_with_the_limit(
    polling: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    example, other = publishes(polling, herald, AGROUND), publishes(polling, courier, SCHOOL)
    polling.follows({"name": "Like this", "like": [example], "like_at_least": 0.4})
    for address, figure in ((example, "1.00"), (other, "0.")):
        told = explained(polling, address)["Like this"].examples
        assert f"; {figure}" in told
        assert told.endswith(f" like the example {example}, and at least 0.40 is asked for")


def test_a_topic_that_has_changed_is_told_with_the_version_that_matched(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(ORLA)
    address = publishes(polling, herald, AGROUND)
    before = explained(polling, address)["Orla"]
    assert before.changed == ""
    polling.follows({**ORLA, "query": "Orla AND submarine"})
    after = explained(polling, address)["Orla"]
    when = f"matched on {polling.now:%Y-%m-%d} by version {before.version}"
    assert after.changed == f"{when}; the topic has changed since, and it would not match now"
    assert after.version != before.version
    polling.follows({**ORLA, "query": "Orla AND ledge"})
    assert explained(polling, address)["Orla"].changed == f"{when}; the topic has changed since"


def test_a_topic_that_is_newer_than_the_article_is_told_so(polling: Pipeline, herald: Outlet) -> None:
    address = publishes(polling, herald, AGROUND)
    polling.follows(ORLA)
    account = explained(polling, address)["Orla"]
    assert (account.stored, account.changed) == (
        None,
        "it did not match when it was read: the topic has changed since",
    )


def test_a_topic_that_is_gone_still_has_its_receipt(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(ORLA)
    address = publishes(polling, herald, AGROUND)
    polling.follows(FERRY | {"name": "Ferry"})
    account = explained(polling, address)["Orla"]
    assert account.changed.endswith("; the topic is not in the topics file any more")
    assert account.stored is not None
    assert [raised.alert.reason for raised in account.alerts] == ["first"]
    assert explained(polling, address, only="Ferry").keys() == {"Ferry"}


def test_a_revised_article_is_told_with_the_revision_that_matched(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(ORLA)
    address = publishes(polling, herald, AGROUND)
    herald.corrects(AGROUND, AGROUND_CORRECTED)
    polling.polls_again()
    assert explained(polling, address)["Orla"].changed.endswith(", in revision 1 of 2")


def test_a_copy_says_what_its_origin_did(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    polling.follows(FERRY, {"name": "Schools", "query": "school"})
    origin = publishes(polling, herald, AGROUND)
    copy = publishes(polling, courier, AGROUND_COPIED)
    accounts, number = explained(polling, copy), polling.article(origin).id
    assert polling.article(copy).copy_of == number
    assert accounts["Orla"].origin == f"a copy of article {number}, which matched by its words"
    assert accounts["Orla"].silent == f"a copy of article {number}: it says what its origin said"
    assert accounts["Schools"].origin == f"a copy of article {number}, which did not match"


def test_an_article_that_raised_no_alert_says_why(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(FERRY, {**FERRY, "name": "Corrections", "alert": {"on": ["correction"]}})
    publishes(polling, herald, AGROUND)
    nothing_new = replace(INQUIRY, title=f"{AGROUND.title}, coastguard says", paragraphs=INQUIRY.paragraphs[1:])
    again = publishes(polling, herald, nothing_new, days=1)
    assert match_of(polling, again) is not None
    accounts = explained(polling, again)
    assert accounts["Orla"].silent.startswith("nothing in it that was not told already, first on")
    assert accounts["Corrections"].silent == "it would have been told as first, and the topic asks for correction"


def test_an_article_that_raised_alerts_tells_what_became_of_them(
    polling: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    polling.follows(FERRY)
    publishes(polling, herald, AGROUND)
    account = explained(polling, publishes(polling, courier, STEERING))["Orla"]
    assert [raised.alert.reason for raised in account.alerts] == ["disagreement"]
    assert {delivery.status for raised in account.alerts for delivery in raised.deliveries} == {"sent"}
    assert account.silent == ""


def test_an_unknown_address_has_near_ones_and_an_unread_article_its_state(polling: Pipeline, herald: Outlet) -> None:
    address = herald.publishes(AGROUND)
    polling.runs("poll")
    assert why_not_yet(polling.article(address)) == "it has not been read yet"
    polling.runs()
    assert why_not_yet(polling.article(address)) == ""
    wrong = address.replace("aground", "agroundd") + "?utm_source=mail"
    assert polling.database.read(lambda session: find_named(session, wrong)) is None
    assert polling.database.read(lambda session: near_addresses(session, wrong)) == [address]
    for nothing in ("17", "https://elsewhere.example/aground", "\0", "http://[::1"):
        assert not polling.database.read(partial(near_addresses, named=nothing))


# --- A file that is broken ---


def test_a_broken_topics_file_is_told_on_the_page_whether_or_not_there_is_a_good_version(
    pipeline: Pipeline, herald: Outlet
) -> None:
    pipeline.follows(FERRY)
    page = TestClient(page_of(pipeline.runtime), base_url="http://127.0.0.1")
    assert "Not taken" not in page.get("/").text
    pipeline.writes(pipeline.topics_file, BROKEN)
    assert "topics.yaml:3:" in page.get("/").text
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    pipeline.runs()
    assert pipeline.reasons("Orla") == ["first"]

    pipeline.restarts()
    answer = TestClient(page_of(pipeline.runtime), base_url="http://127.0.0.1").get("/")
    assert answer.status_code == 200
    assert "topics.yaml:3:" in answer.text
