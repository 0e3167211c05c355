"""When something happens: which days are meant, of what, and when two of them contradict each other."""

import time
from datetime import date

import pytest

from tests.worker.stages.facts.stating import WEDNESDAY, dated
from worker.stages.facts.dates import about, agree, cues_in, find_dates, may_be_one, shown


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The bridge will open on 15 September.", "en", "15 September 2025"),
        ("The bridge will open on September 15, 2026.", "en", "15 September 2026"),
        ("The bridge will open on Tuesday.", "en", "16 September 2025"),
        ("The bridge opened on Tuesday.", "en", "9 September 2025"),
        ("The bridge will open tomorrow.", "en", "11 September 2025"),
        ("The bridge will open on 15 September at 8:30 am.", "en", "15 September 2025, 08:30"),
        ("The funeral will be held in January.", "en", "January 2026"),  # the next one, not the last
        ("Production will start in 2027.", "en", "2027"),
        ("Die Brücke wird am 15. September eröffnet.", "de", "15 September 2025"),
        ("Le procès s'ouvrira le 1er octobre.", "fr", "1 October 2025"),
        ("El juicio comenzará el 3 de noviembre.", "es", "3 November 2025"),
        ("Il ponte riaprirà il 1 ottobre.", "it", "1 October 2025"),
        ("A ponte reabrirá em 1 de outubro.", "pt", "1 October 2025"),
        ("De brug gaat op 1 oktober weer open.", "nl", "1 October 2025"),
        ("Köprü 1 Ekim'de açılacak.", "tr", "1 October 2025"),
        ("Вибори відбудуться 14 вересня.", "uk", "14 September 2025"),
        ("Выборы пройдут 14 сентября.", "ru", "14 September 2025"),
        ("Most zostanie otwarty 1 października.", "pl", "1 October 2025"),
    ],
)
def test_a_day_is_resolved_against_the_day_of_publication(sentence: str, language: str, expected: str) -> None:
    assert [shown(fact) for fact in dated(sentence, language)] == [expected]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The bridge is open, the ministry said on Tuesday.", "en"),
        ("The ministry said on Tuesday that the bridge was open.", "en"),
        ("Police on Monday said the bridge was open.", "en"),
        ("On Monday, the ministry said the bridge was open.", "en"),
        ("Die Brücke ist offen, sagte der Landrat am Dienstagabend.", "de"),
        ("The bridge will not open on 15 September.", "en"),  # then when?
        ("The bridge will open after 15 September.", "en"),
        ("If the bridge opens on 15 September, there will be cake.", "en"),
        ("The people march and may vote.", "en"),  # no months
        ("Внаслідок вибуху загинули четверо робітників.", "uk"),  # four, not Thursday
        ("The bridge will open on 31 February.", "en"),
        ("", "en"),
        ("橋は九月十五日に開通する。", "ja"),
    ],
)
def test_days_on_which_somebody_speaks_and_days_that_are_denied_date_nothing(sentence: str, language: str) -> None:
    assert dated(sentence, language) == []


@pytest.mark.parametrize(
    ("sentence", "language", "other", "other_language"),
    [
        ("Production will start in 2027.", "en", "Das Batteriewerk soll erst 2028 produzieren.", "de"),
        ("The agency will launch a probe on 12 May 2026.", "en", "The probe will lift off on 14 May 2026.", "en"),
        (
            "The trial of Ana Kord will begin on 3 November.",
            "en",
            "Der Prozess gegen Kord beginnt am 10. November.",
            "de",
        ),
        ("Выборы пройдут 14 сентября.", "ru", "The election will be held on 21 September.", "en"),
        ("The bridge will open on 15 October.", "en", "Most zostanie otwarty 1 października.", "pl"),
        ("Karl Vint was arrested on Monday.", "en", "Vint was detained on Tuesday.", "en"),
    ],
)
def test_two_days_of_one_event_differ(sentence: str, language: str, other: str, other_language: str) -> None:
    one, another = dated(sentence, language)[0], dated(other, other_language)[0]
    assert may_be_one(one, another)
    assert agree(one, another) is False


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("The bridge will open on 15 October.", "The bridge will open in October."),
        ("The bridge will open on 15 October.", "The bridge will open in 2025."),
        ("The bridge will open on 16 September.", "The bridge will open on Tuesday."),
    ],
)
def test_a_day_within_a_month_or_year_agrees_with_it(sentence: str, other: str) -> None:
    one, another = dated(sentence)[0], dated(other)[0]
    assert may_be_one(one, another)
    assert agree(one, another) is True


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("The strike will begin on 15 September.", "The strike will end on 20 September."),
        ("The road is closed until Friday.", "The road is closed on Saturday."),
        ("The run-off will be held on 30 September.", "The election was held on 9 September."),
        ("Karl Vint was arrested on Monday.", "Ina Brod was arrested on Tuesday."),
        ("Brun met Kard on Monday.", "Brun met Volt on Tuesday."),  # two meetings
        ("The bridge will open on 15 October.", "The tunnel will open on 20 October."),
        ("The summit opened on Tuesday.", "The summit will open on 20 September."),  # planned and past are not compared
    ],
)
def test_days_of_different_things_are_not_compared(sentence: str, other: str) -> None:
    assert not any(may_be_one(one, another) for one in dated(sentence) for another in dated(other))


def test_a_day_that_was_put_off_contradicts_nobody() -> None:
    one, another = (
        dated("The launch was postponed to 20 September.")[0],
        dated("The launch is planned for 14 September.")[0],
    )
    assert agree(one, another) is None


def test_what_a_date_is_of_is_said_for_people() -> None:
    facts = [*dated("Production will start in 2027."), *dated("Das Werk soll 2028 produzieren.", "de")]
    assert about(facts) == "start of production"


def test_cues_point_at_dates_near_something_that_happens() -> None:
    text = "The ministry said on Tuesday that it rained. The bridge will open on 15 September."
    assert cues_in(text, "en") == [text.index("September")]


@pytest.mark.parametrize(
    "text",
    [
        "on 15 " * 20_000,
        "September " * 50_000,
        "\0\ud800 15 September",
        "١٥ September opens",
        "🎈 15 September " * 9_000,
    ],
)
def test_bad_text_takes_bounded_time(text: str) -> None:
    begin = time.process_time()
    cues_in(text, "en")
    find_dates(text, "en", WEDNESDAY)
    find_dates(text, "tr", date(1, 1, 1))
    assert time.process_time() - begin < 2
