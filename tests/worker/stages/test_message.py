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
    QuietSource,
    ValueView,
    digest_payload,
    fitted,
    group_payload,
    payload,
    render,
    render_digest,
    render_group,
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


def test_a_message_leads_to_the_page_that_its_title_is_about() -> None:
    news = replace(VIEW, reason="new-fact", articles=(Carrier("Courier", "More", "https://courier.example/3"),))
    assert render_group([VIEW, news], 0).url == "https://herald.example/1"
    assert render_group([VIEW, news], 1).url == "https://courier.example/3"
    assert render(replace(VIEW, reason="quiet-source", articles=())).url == ""


def test_a_message_of_many_alerts_does_not_outgrow_its_receiver() -> None:
    story = tuple(Carrier("Outlet", "A headline of the usual length" * 3, f"https://o.example/{n}") for n in range(51))
    many = [replace(VIEW, articles=story)] * 100
    whole, digest = group_payload(many, "t", 1), digest_payload("Izmir", many, "daily")
    assert max(len(json.dumps(each)) for each in (whole, digest)) < 250_000
    assert len(whole["articles"]) == 51  # type: ignore[arg-type]  # JSON's own types
    assert whole["alerts"][0]["articles"][0]["url"] == "https://o.example/0"  # type: ignore[index]  # the same


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
    assert rendered.title == "Izmir – reports differ on the number killed: 14 or at least 19"
    lines = rendered.body.split("\n")
    assert lines[0] == "14 (The Herald, Courier); at least 19 (Tribune)."
    assert "- Tribune: “At least 19 are dead.”" in lines


def test_whether_someone_attends_reads_as_a_sentence() -> None:
    about = DisagreementView("whether Hale attends", (ValueView("uncertain", ("A",), "."),))
    rendered = render(replace(VIEW, reason="disagreement", disagreements=(about,)))
    assert rendered.title == "Izmir – reports differ on whether Hale attends: uncertain"
    assert rendered.body.startswith("uncertain (A).\n")


def test_a_correction_says_what_was_told_and_what_it_is_now() -> None:
    changes = (ChangeView("It killed 14.", "It killed 19."), ChangeView("The mayor resigned.", ""))
    rendered = render(replace(VIEW, reason="correction", changes=changes))
    assert rendered.title == "Izmir – corrected: It killed 19."
    assert rendered.body.startswith("Was told: “It killed 14.” Now: “It killed 19.”\nThe Herald\n")
    assert "- Withdrawn: “The mayor resigned.”" in rendered.body
    withdrawn = render(replace(VIEW, reason="correction", changes=changes[1:]))
    assert withdrawn.title == "Izmir – withdrawn: The mayor resigned."
    assert withdrawn.body.startswith("Withdrawn: “The mayor resigned.”\n")


@pytest.mark.parametrize(
    ("about", "settled", "title", "lead"),
    [
        (
            "number killed",
            "at least 19",
            "settled: at least 19 killed, not 14",
            "Now at least 19 (Tribune); before 14 (The Herald, Courier).",
        ),
        ("number of boats lost", "14", "settled: 14 boats lost, not at least 19", None),
        ("whether Hale attends", "14", "settled: whether Hale attends: 14, not at least 19", None),
        # settled on what none of the values is
        ("number killed", "17", "settled: 17 killed, not 14 or at least 19", "Before 14 (The Herald, Courier); at"),
    ],
)
def test_what_is_settled_says_what_it_is_and_what_it_is_not(
    about: str, settled: str, title: str, lead: str | None
) -> None:
    rendered = render(replace(VIEW, reason="settled", disagreements=(replace(DIFFER, about=about, settled=settled),)))
    assert rendered.title == f"Izmir – {title}"
    assert lead is None or rendered.body.startswith(lead)


@pytest.mark.parametrize(("days", "title"), [(23, "back after 23 days"), (1, "back after 1 day"), (0, "back")])
def test_a_story_that_is_back_says_after_how_long(days: int, title: str) -> None:
    assert render(replace(VIEW, reason="revival", quiet_days=days)).title == f"Izmir – {title}: Blast in Izmir"


def test_an_independent_report_is_told_by_its_outlet() -> None:
    assert render(replace(VIEW, reason="new-origin")).title == "Izmir – also reported by The Herald: Blast in Izmir"
    assert render(replace(VIEW, reason="new-origin", articles=())).title.startswith("Izmir – also reported elsewhere")


def test_quiet_sources_are_named_with_since_when_and_why() -> None:
    sources = (QuietSource("Herald", VIEW.created, "answers 503"), *(QuietSource(name) for name in "BCDE"))
    rendered = render(replace(VIEW, reason="quiet-source", sources=sources, articles=(), new=()))
    assert rendered.title == "Izmir – quiet: Herald, B, C and 2 more"
    assert "- Herald since 19 Nov 12:00 UTC (answers 503)\n- B\n" in rendered.body


def test_reasons_without_what_they_are_about_still_say_something() -> None:
    for reason in ("disagreement", "settled", "correction", "quiet-source", "revival", "anything"):
        rendered = render(replace(VIEW, reason=reason))
        assert rendered.title.startswith("Izmir – ")
        assert "The Herald" in rendered.body


def test_an_alert_with_nothing_to_say_still_says_which_story() -> None:
    bare = replace(VIEW, new=(), articles=())
    assert render(bare).body == "Gas tank explodes in Izmir"


def test_the_title_is_the_headline_of_the_report_that_raised_it() -> None:
    long = replace(VIEW, reason="new-fact", new=("A gas tank blew up in Izmir, and it went on for hours " * 2,))
    assert render(long).title == "Izmir – new: Blast in Izmir"
    untitled = (Carrier("The Herald", "", "https://herald.example/1"),)
    assert render(replace(VIEW, articles=untitled)).title == "Izmir – new story: Gas tank explodes in Izmir"


def test_news_stand_under_the_headline_of_their_report() -> None:
    rendered = render(replace(VIEW, reason="new-fact", new=("She lost 1.1 percent.", "Schools are shut.")))
    assert rendered.title == "Izmir – new: Blast in Izmir"
    assert rendered.body.startswith(
        "She lost 1.1 percent.\nThe Herald\nhttps://herald.example/1\n\n- Schools are shut.\n"
    )


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


RESIGNED = replace(
    VIEW,
    id=13,
    reason="new-fact",
    new=("The mayor resigned.",),
    articles=(Carrier("The Herald", "Mayor resigns", "https://herald.example/1"),),
)
DISPUTED = replace(VIEW, id=14, reason="disagreement", disagreements=(DIFFER,))


def test_alerts_of_a_story_go_together_under_the_weightiest() -> None:
    rendered = render_group([VIEW, DISPUTED, RESIGNED], 0)
    assert rendered.title == render(VIEW).title
    headings = [line for line in rendered.body.split("\n") if line.startswith(("New", "Reports"))]
    assert headings == ["New: Mayor resigns", "Reports differ on the number killed: 14 or at least 19"]
    assert rendered.body.count("Also reported by:") <= 1


def test_an_update_is_numbered_and_says_what_is_newest() -> None:
    assert render_group([VIEW, DISPUTED, RESIGNED], 2).title == "Izmir – update 2: Mayor resigns"
    assert render_group([DISPUTED], 1).title.startswith("Izmir – update 1, reports differ on the number killed: 14 or")


def test_another_story_in_a_message_is_named() -> None:
    other = replace(RESIGNED, story=8, story_title="Strike at the port")
    assert "\nStrike at the port: New: Mayor resigns\nThe mayor resigned.\n" in render_group([other, VIEW], 0).body


def test_many_alerts_are_counted_and_not_all_told() -> None:
    body = render_group([RESIGNED] * 40 + [DISPUTED], 0).body
    assert body.endswith("And 32 earlier alerts.")


def test_no_alerts_are_no_message() -> None:
    with pytest.raises(ValueError, match="needs an alert"):
        render_group([], 0)


def test_a_digest_tells_stories_with_most_to_tell_first() -> None:
    other = replace(RESIGNED, story=8, story_title="Strike at the port")
    rendered = render_digest("Izmir", [other, VIEW, DISPUTED], "daily")
    assert rendered.title == "Izmir – daily digest: 3 alerts in 2 stories"
    assert rendered.body.startswith("Gas tank explodes in Izmir\nThe Herald\nhttps://herald.example/1\n")
    assert "- New story: Blast in Izmir (The Herald, 19 Nov 12:00 UTC)" in rendered.body
    assert rendered.body.index("Gas tank") < rendered.body.index("Strike at the port")


def test_a_digest_of_much_or_of_nothing_has_an_end() -> None:
    many = [replace(RESIGNED, story=number % 30) for number in range(300)]
    body = render_digest("Izmir", many, "weekly").body
    assert "- and 5 more" in body
    assert body.endswith("And 10 stories more.")
    assert render_digest("Izmir", [], "daily").title == "Izmir – daily digest: nothing new"


def test_html_says_the_same_and_nothing_in_it_is_anybody_elses_markup() -> None:
    hostile = "<script>alert('x')</script>"
    link = "javascript:alert(1)"
    view = replace(
        VIEW,
        new=(hostile, hostile),
        articles=(Carrier(hostile, hostile, link), Carrier("Tribune", hostile, "https://x.example/?a=1&b='\"")),
        disagreements=(DisagreementView(hostile, (ValueView(hostile, (hostile,), hostile),)),),
        story_title=hostile,
    )
    for reason in ("first", "disagreement", "new-fact", "settled"):
        html = render_group([replace(view, reason=reason), view], 1).html
        assert "<script" not in html
        assert f'href="{link}' not in html
        assert "&lt;script&gt;" in html
    assert '<a href="https://herald.example/1">The Herald</a>' in render(VIEW).html


ARABIC, HEBREW = "انفجار في إزمير", "פיצוץ באיזמיר"


def test_words_from_right_to_left_are_set_apart_from_ours() -> None:
    view = replace(VIEW, topic=HEBREW, articles=(Carrier("الجزيرة", ARABIC, "https://x.example/1"),))
    assert render(view).title == f"\u2068{HEBREW}\u2069 – new story: \u2068{ARABIC}\u2069"
    assert "\u2068" not in render(VIEW).title


def test_nobodys_marks_of_direction_reach_our_words() -> None:
    rendered = render(replace(VIEW, topic="Izmir\u202e", new=("\u2067Turned\u202d",)))
    assert not set("\u202d\u202e\u2067") & set(rendered.title + rendered.body)


def test_isolates_are_closed_wherever_a_text_is_cut() -> None:
    view = replace(VIEW, articles=(Carrier("A", f"{ARABIC} " * 20, "https://x.example/1"),), new=(f"{ARABIC} " * 99,))
    rendered = render(view)
    for text in (rendered.title, *rendered.body.split("\n")):
        assert text.count("\u2068") == text.count("\u2069")


@pytest.mark.parametrize("text", ["", " ", "x" * 5_000_000, "爆発 " * 1_000, "\x00" * 9_000, "🧨" * 5_000, "\ud800a"])
def test_any_text_makes_a_message_that_can_be_sent(text: str) -> None:
    view = replace(
        VIEW,
        topic=text[:100],
        new=(text,) * 3,
        articles=(Carrier(text, text, text),) * 20,
        disagreements=(DisagreementView(text, (ValueView(text, (text,) * 9, text),) * 9),),
        story_title=text,
    )
    for reason in ("first", "disagreement", "settled", "new-fact", "correction"):
        rendered = render(replace(view, reason=reason))
        assert len(rendered.title) <= 200
        assert len(rendered.body) + len(rendered.html) < 30_000
        assert len(rendered.title.encode()) > 0
        assert "\n" not in rendered.title


@pytest.mark.parametrize(
    ("body", "limit", "kept"),
    [
        ("short", None, "short"),
        ("short", 5, "short"),
        ("one two three " * 9, 60, "one two three one two three one two three one two three…"),
        ("one " * 40, 80, "one " * 10),
    ],
)
def test_a_body_is_cut_between_words(body: str, limit: int | None, kept: str) -> None:
    cut = fitted(body, limit, "")
    assert cut.startswith(kept)
    assert limit is None or len(cut) <= limit


def test_a_body_that_is_cut_keeps_its_link() -> None:
    link = "https://herald.example/1"
    body = render(VIEW).body + "\n- more" * 100
    assert fitted(body, 120, link).count(link) == 1
    assert fitted("word " * 100, 120, link).endswith(f"…\n{link}")
    assert all(len(fitted("word " * 100, limit, link)) <= limit for limit in range(1, 200))


def test_an_update_is_an_event_of_its_own_that_names_its_thread() -> None:
    first, update = group_payload([VIEW], "t", 0), group_payload([VIEW, RESIGNED], "t", 1)
    assert (first["type"], first["thread"], first["update"]) == ("story.alert", "t", 0)
    assert (update["type"], update["thread"], update["update"]) == ("story.alert.updated", "t", 1)
    assert (update["id"], update["reason"]) == (13, "new-fact")
    assert update["alerts"] == [payload(VIEW), payload(RESIGNED)]
    assert payload(VIEW).items() <= first.items()


def test_what_only_some_reasons_have_is_in_their_payload() -> None:
    quiet = replace(VIEW, reason="quiet-source", sources=(QuietSource("Herald", VIEW.created, "answers 503"),))
    assert payload(quiet)["sources"] == [{"name": "Herald", "since": "2025-11-19T12:00:00Z", "reason": "answers 503"}]
    assert payload(replace(VIEW, quiet_days=23))["quiet_days"] == 23
    settled = payload(replace(VIEW, disagreements=(replace(DIFFER, settled="14"),)))["disagreements"]
    assert isinstance(settled, list)
    assert settled[0]["settled"] == "14"


def test_a_digest_is_json_with_its_alerts() -> None:
    event = json.loads(json.dumps(digest_payload("Izmir", [VIEW, DISPUTED], "daily")))
    assert (event["type"], event["period"], [alert["id"] for alert in event["alerts"]]) == (
        "story.digest",
        "daily",
        [12, 14],
    )
