"""Alerts in words and as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from worker.stages.message import (
    AlertView,
    Carrier,
    ChangeView,
    DisagreementView,
    ValueView,
    payload,
    render,
)

VIEW = AlertView(
    id=12,
    key="5f" * 32,
    topic="Izmir",
    story=7,
    story_title="Gas tank explodes in Izmir",
    reason="first",
    created=datetime(2025, 11, 19, 12, tzinfo=UTC),
    new=("A gas tank blew up in Izmir.", "The blast killed 14 people."),
    disagreements=(),
    articles=(
        Carrier("The Herald", "Blast in Izmir", "https://herald.example/1"),
        Carrier("Tribune", "Izmir mourns", "https://tribune.example/2"),
    ),
    receipt={"matched": ["izmir"]},
)
DIFFER = DisagreementView(
    "number killed",
    (
        ValueView("14", ("The Herald", "Courier"), "The blast killed 14 people."),
        ValueView("at least 19", ("Tribune",), "At least 19 are dead."),
    ),
)


def test_a_first_alert_reads_topic_news_outlet_link_details() -> None:
    rendered = render(VIEW)
    assert rendered.title == "Izmir – new story: Blast in Izmir"
    assert rendered.body == (
        "A gas tank blew up in Izmir.\n"
        "The Herald\n"
        "https://herald.example/1\n"
        "\n"
        "- The blast killed 14 people.\n"
        "\n"
        "Also reported by:\n"
        "- Tribune: Izmir mourns"
    )


def test_a_disagreement_says_in_its_first_line_who_gives_what() -> None:
    rendered = render(replace(VIEW, reason="disagreement", disagreements=(DIFFER,)))
    assert rendered.title == "Izmir – reports differ on the number killed"
    lines = rendered.body.split("\n")
    assert lines[0] == "Reports differ on the number killed: 14 (The Herald, Courier); at least 19 (Tribune)."
    assert "- Tribune: “At least 19 are dead.”" in lines


def test_whether_someone_attends_reads_as_a_sentence() -> None:
    about = DisagreementView("whether Hale attends", (ValueView("uncertain", ("A",), "."),))
    body = render(replace(VIEW, reason="disagreement", disagreements=(about,))).body
    assert body.startswith("Reports differ on whether Hale attends: uncertain (A).")


def test_a_correction_says_what_it_is_now_and_what_was_said() -> None:
    changes = (ChangeView("It killed 14.", "It killed 19."), ChangeView("The mayor resigned.", ""))
    body = render(replace(VIEW, reason="correction", changes=changes)).body
    assert body.startswith("Now: “It killed 19.” Before: “It killed 14.”\nThe Herald\n")
    assert "- Withdrawn: “The mayor resigned.”" in body


def test_an_alert_with_nothing_to_say_still_says_which_story() -> None:
    bare = replace(VIEW, new=(), articles=())
    assert render(bare).body == "Gas tank explodes in Izmir"


def test_the_title_is_the_headline_of_the_report_that_raised_it() -> None:
    assert render(replace(VIEW, reason="new-fact")).title == "Izmir – new: Blast in Izmir"
    assert render(replace(VIEW, reason="correction")).title == "Izmir – corrected: Blast in Izmir"
    untitled = (Carrier("The Herald", "", "https://herald.example/1"),)
    assert render(replace(VIEW, articles=untitled)).title == "Izmir – new story: Gas tank explodes in Izmir"


def test_a_title_that_is_the_first_line_cut_short_is_not_said_twice() -> None:
    cut = (Carrier("The Herald", "A gas tank blew up…", "https://herald.example/1"),)
    assert render(replace(VIEW, articles=cut)).title == "Izmir – new story"


def test_a_title_fits_a_lock_screen_and_ends_at_a_word() -> None:
    title = render(replace(VIEW, articles=(), story_title="explosion " * 40)).title
    assert len(title) <= 100
    assert title.endswith("explosion…")
    assert len(render(replace(VIEW, articles=(), story_title="x" * 500)).title) == 100  # no word to end at


def test_line_breaks_and_controls_cannot_leave_their_line() -> None:
    hostile = replace(
        VIEW,
        topic="Izmir\r\nBcc: all@example.org",
        new=("One\n\nTwo\x00\x1b[31m",),
        articles=(Carrier("Out\nlet", "t", "https://x.example/\r\n1"),),
    )
    rendered = render(hostile)
    assert "\n" not in rendered.title
    assert "\r" not in rendered.title
    assert rendered.body == "One Two [31m\nOut let\nhttps://x.example/ 1"


@pytest.mark.parametrize(
    ("outlets", "also"),
    [
        (["Herald"], []),
        (["Herald", "Tribune", "Courier"], ["- Tribune: title 1", "- Courier: title 2"]),
        # each outlet once, and not the one that raised it
        (["Herald", "Tribune", "Herald", "Tribune"], ["- Tribune: title 1"]),
        (["Herald", ""], ["- unnamed: title 1"]),
        # no more than three, the rest in number
        (["Herald", "A", "B", "C", "D", "E", "A"], ["- A: title 1", "- B: title 2", "- C: title 3", "- and 2 more"]),
    ],
)
def test_who_else_reports_it_stands_at_the_end(outlets: list[str], also: list[str]) -> None:
    articles = tuple(Carrier(name, f"title {n}", f"https://x.example/{n}") for n, name in enumerate(outlets))
    lines = render(replace(VIEW, articles=articles)).body.split("\n")
    assert lines[lines.index("Also reported by:") + 1 :] == also if also else "Also reported by:" not in lines


def test_the_payload_is_json_with_all_there_is() -> None:
    view = replace(VIEW, disagreements=(DIFFER,), changes=(ChangeView("a", "b"),))
    assert json.loads(json.dumps(payload(view))) == {
        "type": "story.alert",
        "id": 12,
        "key": "5f" * 32,
        "topic": "Izmir",
        "story": {"id": 7, "title": "Gas tank explodes in Izmir"},
        "reason": "first",
        "created": "2025-11-19T12:00:00Z",
        "new": ["A gas tank blew up in Izmir.", "The blast killed 14 people."],
        "disagreements": [
            {
                "about": "number killed",
                "values": [
                    {
                        "value": "14",
                        "outlets": ["The Herald", "Courier"],
                        "sentence": "The blast killed 14 people.",
                    },
                    {"value": "at least 19", "outlets": ["Tribune"], "sentence": "At least 19 are dead."},
                ],
            }
        ],
        "changes": [{"before": "a", "after": "b"}],
        "articles": [
            {"outlet": "The Herald", "title": "Blast in Izmir", "url": "https://herald.example/1"},
            {"outlet": "Tribune", "title": "Izmir mourns", "url": "https://tribune.example/2"},
        ],
        "receipt": {"matched": ["izmir"]},
    }


def test_an_instant_of_another_zone_is_written_in_utc() -> None:
    kyiv = VIEW.created.astimezone(timezone(timedelta(hours=2)))
    assert payload(replace(VIEW, created=kyiv))["created"] == "2025-11-19T12:00:00Z"
