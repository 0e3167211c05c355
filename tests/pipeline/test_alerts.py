"""Alerts: who is told what of a story, why, and once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from seeds.world import load_world
from storage.tables import Match
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_COPIED,
    AGROUND_CORRECTED,
    FERRY,
    MORNING,
    REGATTA,
    SALVAGE,
    SCHOOL,
    STEERING,
    Outlet,
    Report,
)
from tests.pipeline.pipeline import Pipeline
from tests.site import Site

FOOTBALL = {"name": "Football", "query": "football AND goal"}


@pytest.fixture
def following(either_pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """The Herald and the Courier, polled from an hour at which everything has been published."""
    return _polling(either_pipeline, herald, courier)


@pytest.fixture
def polling(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """As `following`, on SQLite alone; it follows nothing yet."""
    return _polling(pipeline, herald, courier)


def _polling(pipeline: Pipeline, *outlets: Outlet) -> Pipeline:
    pipeline.waits(hours=30)
    pipeline.polls(*(outlet.feed_url for outlet in outlets))
    return pipeline


def match_of(pipeline: Pipeline, url: str) -> Match | None:
    article = pipeline.article(url)
    return next((match for match in pipeline.matches() if match.article_id == article.id), None)


def told(pipeline: Pipeline, reason: str) -> str:
    """All that alerts for this reason tell as new."""
    return " ".join(sentence for alert in pipeline.alerts() if alert.reason == reason for sentence in alert.new)


# --- Once for each story and reason ---


def test_a_story_is_told_once_as_new_and_then_by_what_is_new_in_it(
    following: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    following.follows(FERRY)
    herald.publishes(AGROUND)
    following.runs()
    assert following.reasons() == ["first"]
    courier.publishes(STEERING)
    following.polls_again()

    assert following.reasons() == ["first", "disagreement"]  # and with it what else is new
    assert "3 people of her crew were still missing" in told(following, "disagreement")
    [disagreement] = following.alerts()[-1].disagreements
    assert [value["value"] for value in disagreement["values"]] == ["14", "23"]


def test_a_report_that_says_nothing_new_is_not_told(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    polling.follows(FERRY)
    herald.publishes(AGROUND)
    polling.runs()
    courier.publishes(RETOLD)
    polling.polls_again()
    assert match_of(polling, courier.url(RETOLD)) is not None
    assert polling.article(courier.url(RETOLD)).copy_of is None
    assert polling.reasons() == ["first"]


RETOLD = Report(
    "retold",
    "14 people hurt as Orla ferry hits ledge at Tarn Head",
    (
        "Fourteen people were injured on Wednesday when the Brannock ferry Orla went onto a ledge at Tarn Head.",
        "According to the coastguard, 212 passengers were on the Orla when she left Brannock at first light.",
        "Her captain, Ruth Halloran, is said to have lost the steering shortly before. Crews of the Brannock and "
        "Skelby lifeboats brought everyone to land.",
    ),
    MORNING.replace(hour=11),
)


def test_each_topic_is_told_for_itself(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(FERRY, {"name": "Accidents", "query": "injured AND passengers"}, FOOTBALL)
    herald.publishes(AGROUND)
    polling.runs()
    assert {alert.topic for alert in polling.alerts()} == {"Orla", "Accidents"}
    assert len({alert.key for alert in polling.alerts()}) == 2


@pytest.mark.parametrize("wanted", ["first", "new-fact", "disagreement", "correction"])
def test_a_topic_is_told_for_the_reasons_it_asked_for_alone(
    polling: Pipeline, herald: Outlet, courier: Outlet, wanted: str
) -> None:
    """The others are told to a topic that asked for all: so there was something to tell."""
    polling.follows({**FERRY, "alert": {"on": [wanted]}}, {**FERRY, "name": "All"})
    herald.publishes(AGROUND)
    polling.runs()
    courier.publishes(STEERING)
    polling.polls_again()
    herald.corrects(AGROUND, AGROUND_CORRECTED)
    polling.polls_again()
    # What is new beside a disagreement is told with it.
    assert set(polling.reasons("All")) == {"first", "disagreement", "correction"}
    assert set(polling.reasons("Orla")) <= {wanted}


def test_an_alert_and_its_deliveries_are_one_for_each_channel(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(
        {**FERRY, "alert": {"to": ["log", "desk", "log"]}},
        channels={"desk": {"log": True}},
    )
    herald.publishes(AGROUND)
    polling.runs()
    [alert] = polling.alerts()
    assert [(row.alert_id, row.channel, row.status) for row in polling.deliveries()] == [
        (alert.id, "log", "sent"),
        (alert.id, "desk", "sent"),
    ]
    assert len(polling.lines) == 2


# --- Corrections ---


def test_a_correction_goes_to_the_topic_that_was_told_and_not_to_one_that_was_not(
    following: Pipeline, herald: Outlet
) -> None:
    following.follows(FERRY)
    address = herald.publishes(AGROUND)
    following.runs()
    following.follows(FERRY, {"name": "Rudders", "query": "Orla AND steering", "alert": {"on": ["correction"]}})
    herald.corrects(AGROUND, AGROUND_CORRECTED)

    following.polls_again()

    assert following.reasons("Orla") == ["first", "correction"]
    assert following.reasons("Rudders") == []
    assert {match.topic for match in following.matches()} == {"Orla", "Rudders"}
    alert = following.alerts()[-1]
    assert alert.article_id == following.article(address).id
    [change] = alert.changes
    assert "14 people" in change["before"]
    assert "17 people" in change["after"]
    assert change["changes_figure"]


def test_each_revision_is_told_by_itself(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(FERRY)
    herald.publishes(AGROUND)
    polling.runs()
    for figure in ("17", "18"):
        paragraphs = (AGROUND.paragraphs[0].replace("14", figure), *AGROUND.paragraphs[1:])
        herald.corrects(AGROUND, replace(AGROUND, paragraphs=paragraphs))
        polling.polls_again()
    assert polling.reasons() == ["first", "correction", "correction"]
    assert polling.article(herald.url(AGROUND)).revision == 3


def test_a_paragraph_that_was_added_is_no_correction(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(FERRY)
    herald.publishes(AGROUND)
    polling.runs()
    more = "One of the lifeboats came back at noon and reported that 2 people were killed on the car deck."
    herald.corrects(AGROUND, replace(AGROUND, paragraphs=(*AGROUND.paragraphs, more), summary="More to come."))
    polling.polls_again()
    assert polling.reasons() == ["first", "new-fact"]
    assert "2 people were killed" in told(polling, "new-fact")


# --- What matches, and the receipt for it ---


def test_a_match_has_a_receipt_that_says_what_was_found_for_what(polling: Pipeline, herald: Outlet) -> None:
    polling.follows(FERRY)
    address = herald.publishes(AGROUND)
    polling.runs()
    match = match_of(polling, address)
    assert match is not None
    assert match.by == "query"
    assert {(hit["term"], hit["found"]) for hit in match.receipt["hits"]} >= {("Orla", "Orla"), ("ferry", "ferry")}
    article = polling.article(address)
    for hit in match.receipt["hits"]:
        text = article.title if hit["field"] == "title" else article.text
        assert text[hit["start"] : hit["end"]] == hit["found"]
    [alert] = polling.alerts()
    assert alert.receipt == match.receipt
    assert match.version == polling.runtime.topics.current().by_name["Orla"].version


def test_what_a_topic_does_not_ask_for_does_not_match(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    polling.follows(FERRY, FOOTBALL)
    courier.publishes(replace(REGATTA, paragraphs=(REGATTA.paragraphs[0], REGATTA.paragraphs[2])))
    polling.runs()
    assert polling.matches() == []
    assert polling.alerts() == []


def test_a_followed_story_matches_when_its_words_change_and_the_receipt_says_so(
    following: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    topic = {"name": "Aground", "query": "Orla AND aground", "follow": True}
    following.follows(topic)
    herald.publishes(AGROUND)
    following.runs()
    address = courier.publishes(SALVAGE)
    following.polls_again()
    match = match_of(following, address)
    assert match is not None
    assert (match.by, match.receipt["hits"]) == ("follow", [])
    assert AGROUND.title in match.receipt["reason"]


def test_a_story_that_is_not_followed_matches_by_its_words_alone(
    polling: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    polling.follows({"name": "Aground", "query": "Orla AND aground", "follow": False})
    herald.publishes(AGROUND)
    polling.runs()
    address = courier.publishes(SALVAGE)
    polling.polls_again()
    assert polling.article(address).story_id == polling.article(herald.url(AGROUND)).story_id
    assert match_of(polling, address) is None


def test_an_example_brings_the_story_it_belongs_to(following: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """The topic has no query: what is like the example is what is told in its story."""
    example = herald.publishes(AGROUND)
    following.follows({"name": "Like this", "like": [example + "?utm_source=mail"], "follow": False})
    following.runs()
    other, unlike = courier.publishes(STEERING), courier.publishes(SCHOOL)
    following.polls_again()

    for address in (example, other):
        match = match_of(following, address)
        assert match is not None
        assert match.by == "like"
        assert AGROUND.title in match.receipt["reason"]
    assert match_of(following, unlike) is None
    assert following.reasons()[0] == "first"


def test_an_example_may_be_named_by_its_id(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    polling.runs()
    polling.follows({"name": "Like this", "like": [polling.articles()[0].id], "follow": False})
    other = courier.publishes(STEERING)
    polling.polls_again()
    match = match_of(polling, other)
    assert match is not None
    assert match.by == "like"


def test_names_match_by_the_spellings_the_user_lists(polling: Pipeline, herald: Outlet) -> None:
    report = replace(AGROUND, paragraphs=(f"{AGROUND.paragraphs[0]} She was bound for Kiev.", *AGROUND.paragraphs[1:]))
    address = herald.publishes(report)
    polling.follows(
        {"name": "Aliased", "query": "Orla AND Kyjiw"},
        {"name": "Exactly", "query": "Orla AND =Kyjiw"},
        aliases=[["Kyjiw", "Kiev"]],
    )
    polling.runs()
    match = match_of(polling, address)
    assert match is not None
    assert [m.topic for m in polling.matches()] == ["Aliased"]
    [hit] = [hit for hit in match.receipt["hits"] if hit["term"] == "Kyjiw"]
    assert hit["found"] == "Kiev"
    assert "Kiev (for Kyjiw)" in match.receipt["reason"]


# --- Filters ---


def test_a_topic_hears_its_languages_alone(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    label = "svitanok/zelenskyi-ta-erdohan-hovoriat-v-ankari"
    found = next(article for article in load_world().articles if article.label == label)
    ukrainian = Report(found.slug, found.title, tuple(p.text for p in found.paragraphs), MORNING, language="uk")
    courier.publishes(ukrainian)
    herald.publishes(replace(AGROUND, paragraphs=(*AGROUND.paragraphs, "A delegation from Ankara was on board.")))
    polling.follows(
        {"name": "Ukrainian", "query": "Ankara", "languages": ["uk"]},
        {"name": "English", "query": "Ankara", "languages": ["en"]},
        {"name": "Any", "query": "Ankara"},
        aliases=[["Ankara", "Анкара", "Анкарі"]],
    )

    polling.runs()

    of = {polling.article(herald.url(AGROUND)).id: "en", polling.article(courier.url(ukrainian)).id: "uk"}
    assert {(match.topic, of[match.article_id]) for match in polling.matches()} == {
        ("Ukrainian", "uk"),
        ("English", "en"),
        ("Any", "uk"),
        ("Any", "en"),
    }


@pytest.mark.parametrize(
    ("sources", "heard"),
    [
        ({"only": ["127.0.0.2"]}, {"Mirror"}),
        ({"except": ["127.0.0.2"]}, {"Herald"}),
        ({"except": ["example.com"]}, {"Herald", "Mirror"}),
        ({"only": ["example.com"]}, set()),
    ],
)
def test_a_topic_hears_the_outlets_it_listens_to(
    polling: Pipeline, herald: Outlet, sources: Mapping[str, Any], heard: set[str]
) -> None:
    with Site("127.0.0.2") as elsewhere:
        mirror = Outlet(elsewhere, "Mirror")
        polling.polls(mirror.feed_url)
        mirror.publishes(STEERING)
        herald.publishes(AGROUND)
        polling.follows({**FERRY, "sources": sources})
        polling.runs()
    outlets = {article.id: article.outlet for article in polling.articles()}
    assert set(outlets.values()) == {"Herald", "Mirror"}
    assert {outlets[match.article_id] for match in polling.matches()} == heard


# --- Copies ---


def test_a_copy_can_be_the_first_word_on_a_story(polling: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """The origin is from an outlet that the topic does not listen to."""
    with Site("127.0.0.2") as elsewhere:
        agency = Outlet(elsewhere, "Agency")
        polling.polls(agency.feed_url)
        agency.publishes(AGROUND)
        courier.publishes(AGROUND_COPIED)
        polling.follows({**FERRY, "sources": {"except": ["127.0.0.2"]}})
        polling.runs()
        copy = polling.article(courier.url(AGROUND_COPIED))
        assert copy.copy_of == polling.article(agency.url(AGROUND)).id
        assert [(alert.reason, alert.article_id) for alert in polling.alerts()] == [("first", copy.id)]
