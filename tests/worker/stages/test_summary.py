"""What a story is called, and what is said of it, chosen from what its reports say."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.summary import EARLIEST, MAX_SENTENCE, NEWEST, Report, describe, summary_of, title_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def report(number: int, title: str, text: str = "", hours: float | None = None, language: str = "en") -> Report:
    when = NOON + timedelta(hours=number if hours is None else hours)
    return Report(number, f"Outlet {number}", title, when, text, language)


def titled(*titles: str, language: str = "en") -> list[Report]:
    return [report(number, title, language=language) for number, title in enumerate(titles, 1)]


AGROUND = "Ferry Orla runs aground off Tarn Head, 14 injured"
FERRY = titled(
    AGROUND,
    "Passengers tell of fear on the rocks",
    "Ferry Orla hits rocks at Tarn Head, injuring 14",
    "Steering failure blamed as ferry Orla runs aground",
)

LEAD = "The ferry Orla ran aground off Tarn Head early on Wednesday and 14 people were injured, the coastguard said."
STEERING = "A failure of the steering sent the ferry Orla onto the rocks at Tarn Head, her captain told investigators."
LIFEBOATS = "Lifeboats from Brannock and Skelby took all 212 passengers off the Orla within two hours."
ALSO_LIFEBOATS = "All 212 passengers had been taken to Brannock by lifeboats from Skelby two hours later."
TUGS = "Two tugs stood by off Brannock on Thursday to pull the Orla from the ledge at the next spring tide."
CAPTAIN = "Captain Ruth Halloran was questioned by inspectors for four hours about the steering of the ferry."
REPORTS = [
    report(1, AGROUND, f"{LEAD} {LIFEBOATS} The weather was calm."),
    report(2, "Ferry Orla on the rocks off Tarn Head", f"{STEERING} {ALSO_LIFEBOATS}"),
    report(3, "Passengers saved from ferry Orla", f"Passengers of the ferry Orla were in shock. {ALSO_LIFEBOATS}"),
    report(30, "Tugs wait for spring tide to move Orla", f"{TUGS} {CAPTAIN}"),
]


def test_a_story_of_one_report_is_called_as_that_is() -> None:
    assert title_of(titled("How I learned to love herring")) == "How I learned to love herring"


def test_the_title_says_what_most_reports_say() -> None:
    assert title_of(FERRY) in (AGROUND, FERRY[2].title)


@pytest.mark.parametrize(
    "title",
    [
        "Why did the ferry Orla run aground off Tarn Head, injuring 14 people?",  # a question
        "Live: Ferry Orla runs aground off Tarn Head, 14 injured",
        "Opinion: Ferry Orla run aground off Tarn Head, 14 injured, and nobody cares",
        "Ferry Orla runs aground off Tarn Head, 14 injured - live updates",
        "What we know about the ferry Orla run aground off Tarn Head, 14 injured",  # a teaser
        "FERRY ORLA RUNS AGROUND OFF TARN HEAD, 14 INJURED",
        "My night on the ferry Orla aground off Tarn Head, 14 injured",
        "Ferry Orla runs aground off Tarn Head, 14 injured...",  # cut
        "Orla ferry",  # short
    ],
)
def test_a_plain_title_is_preferred_to(title: str) -> None:
    assert title_of([*titled(title), *FERRY[1:]]) == FERRY[2].title


def test_a_story_keeps_its_title_unless_another_is_clearly_better() -> None:
    alike = titled(AGROUND, "Ferry Orla runs aground near Tarn Head, 14 injured", "Ferry Orla runs aground, 14 injured")
    assert {title_of(alike, present=each.title) for each in alike} == {each.title for each in alike}
    assert title_of(FERRY, present="Passengers tell of fear on the rocks") != "Passengers tell of fear on the rocks"


def test_a_title_that_no_report_has_any_more_is_not_kept() -> None:
    assert title_of(FERRY[:1], present="Ferry Orla runs aground off Tarn Head, 3 injured") == AGROUND


def test_a_story_that_has_moved_on_is_called_by_its_present_state() -> None:
    at_first = [report(n, AGROUND, hours=n) for n in range(4)]
    weeks_later = [
        report(n, title, hours=24 * 20 + n)
        for n, title in enumerate(["Captain of Orla charged over grounding", "Orla captain Halloran charged"], 10)
    ]
    assert title_of([*at_first, *weeks_later], present=AGROUND) == "Captain of Orla charged over grounding"


def test_the_title_is_in_the_language_of_most_reports() -> None:
    turkish = titled("Orla feribotu karaya oturdu, 14 yaralı", language="tr")
    german = [
        report(n, title, language="de") for n, title in enumerate(["Fähre Orla läuft auf Grund", "Orla auf Grund"], 5)
    ]
    assert title_of([*turkish, *german]) == "Fähre Orla läuft auf Grund"
    assert all(sentence.article != 1 for sentence in summary_of([*turkish, *german]))


def test_the_summary_says_what_happened_what_is_new_and_what_most_say() -> None:
    happened, latest, detail = summary_of(REPORTS)
    assert (happened.text, happened.article, happened.outlet) in [(LEAD, 1, "Outlet 1"), (STEERING, 2, "Outlet 2")]
    assert latest.text in (TUGS, CAPTAIN)
    assert latest.article == 30
    assert detail.text in (LIFEBOATS, ALSO_LIFEBOATS)


def test_a_summary_does_not_say_one_thing_twice() -> None:
    again = [report(n, AGROUND, LEAD) for n in range(5)]
    assert [sentence.text for sentence in summary_of(again)] == [LEAD]


def test_a_summary_is_as_long_as_was_asked() -> None:
    assert [len(summary_of(REPORTS, most)) for most in (0, 1, 2, 4)] == [0, 1, 2, 4]


@pytest.mark.parametrize(
    "sentence",
    [
        "He told the harbour office that the steering of the ferry Orla had failed off Tarn Head.",  # who?
        "But the ferry Orla ran aground off Tarn Head all the same, with 14 people injured.",  # than what?
        "“The ferry Orla ran aground off Tarn Head like a stone, and 14 were hurt,” the captain said.",  # a quote
        "The ferry Orla ran aground off Tarn Head, the captain said, and “the rest is history.",  # half a quote
        "Click here to subscribe to news of the ferry Orla that ran aground off Tarn Head.",
        "The ferry Orla ran aground off Tarn Head and 14 people were injured",  # a caption, or cut
        "the ferry Orla ran aground off Tarn Head and 14 people were injured.",  # begins in the middle
        "Ferry Orla aground off Tarn.",  # says too little
        f"The ferry Orla ran aground off Tarn Head {'and 14 people were injured ' * 10}on Wednesday.",  # too long
    ],
)
def test_what_cannot_stand_alone_is_in_no_summary(sentence: str) -> None:
    assert [each.text for each in summary_of([report(1, AGROUND, f"{sentence}\n{LIFEBOATS}")])] == [LIFEBOATS]


def test_a_chinese_report_has_a_summary_too() -> None:
    happened = "渡轮奥拉号星期三清晨在塔恩角附近触礁，造成十四人受伤，海岸警卫队表示。"
    leaning = "他说舵机失灵，事故原因仍在调查之中，请等待进一步消息。"
    (sentence,) = summary_of([report(1, "渡轮触礁十四人受伤", happened + leaning, language="zh")])
    assert sentence.text == happened


def test_of_a_long_story_the_beginning_and_the_newest_are_looked_at() -> None:
    many = [
        report(n, f"Report {n} of the ferry", f"The ferry Orla was seen at buoy {n} by fishermen.") for n in range(400)
    ]
    looked_at = {*range(EARLIEST), *range(400 - NEWEST, 400)}
    assert {sentence.article for sentence in summary_of(many, most=50)} <= looked_at


@pytest.mark.parametrize("reports", [[], titled(""), titled(" ", "\t"), [report(1, "", "", language="")]])
def test_where_nothing_is_said_nothing_is_made_up(reports: Sequence[Report]) -> None:
    assert describe(reports).title == ""
    assert describe(reports).summary == ()


def test_all_that_is_said_stands_in_the_reports() -> None:
    described = describe(REPORTS)
    by_id = {each.id: each for each in REPORTS}
    assert described.title in {each.title for each in REPORTS}
    assert described.title == title_of(REPORTS)
    assert described.summary == summary_of(REPORTS)
    for sentence in described.summary:
        assert sentence.text in by_id[sentence.article].text
        assert len(sentence.text) <= MAX_SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5_000_000,
        "Wort " * 500_000,
        "“" * 100_000,
        "live: " * 50_000,
        "مرحبا بالعالم. " * 10_000,
        "日本" * 100_000,
        "\0 \ud800 👩‍👩‍👧‍👦. " * 10_000,
        "A. " * 100_000,
    ],
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    """The suite's own limit of time is the measure: each would take minutes if anything grew with its square."""
    described = describe([report(1, text, text), report(2, text[1:], text[1:])])
    assert described.title in (text.strip(), text[1:].strip())
