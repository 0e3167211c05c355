from datetime import UTC, datetime

import pytest

from worker.stages.extract import extract_plain

NIGHT = datetime(2025, 11, 20, 3, 15, tzinfo=UTC)
SENTENCE = "The night ferry to the islands was stopped on Wednesday after inspectors found a crack."
LONG = (
    "The night ferry to the islands was stopped on Wednesday after inspectors sent by the master found a crack "
    "as long as a hand in its hull."
)


def published(text: str, path: str = "/in/ferry.txt") -> datetime | None:
    return extract_plain(text.encode(), path).published


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ferry stopped\n\n{SENTENCE}", "Ferry stopped"),
        (f"\n\n\n{SENTENCE} It will sail again.", SENTENCE),
        # Dates and bylines come before the headline.
        (
            f"Published: 19 November 2025 Wednesday . The Quay Desk\nBy Ann Lee\nFerry stopped\n{SENTENCE}",
            "Ferry stopped",
        ),
        # A first line that ends in a full stop is a sentence, not a headline.
        (f"{SENTENCE}\nIt will sail again.", SENTENCE),
        # Too long: cut between words.
        (LONG, LONG[:118] + "…"),
        # Initials do not end the sentence.
        ("He met senior U.S. Army officials. They left.", "He met senior U.S. Army officials."),
        # The place of a dateline is no part of what happened.
        (f"Istanbul: {SENTENCE} It will sail again.", SENTENCE),
        (f"PORT ELLIS, Nov 19 (Quay Wire) - {SENTENCE}\nMore follows.", SENTENCE),
        ("Erdogan: We are ready to help.", "Erdogan: We are ready to help."),  # who speaks is no place
        # One line only: the text is all there is, so it is no headline above a text.
        ("Ferry stopped", "Ferry stopped"),
        ("東京で" + "長い" * 100, "東京で" + "長い" * 58 + "…"),
        ("", ""),
    ],
)
def test_the_title_is_the_headline_or_the_first_sentence(text: str, title: str) -> None:
    found = extract_plain(text.encode(), "/in/ferry.txt").title
    assert found == title
    assert len(found) <= 160


@pytest.mark.parametrize(
    ("text", "path", "day"),
    [
        (f"Published: 19 November 2025 Wednesday . The Quay Desk. Quay Online\n{SENTENCE}", "/in/a.txt", 19),
        (f"Ferry stopped\n19.11.2025\n{SENTENCE}", "/in/a.txt", 19),
        (f"Опубліковано: 19 листопада 2025\n{SENTENCE}", "/in/a.txt", 19),
        (f"Ferry stopped\n{SENTENCE}", "/in/2025-11-19_ferry.txt", 19),
        ("The ferry was stopped on Wednesday, November 19, 2025, officials said.", "/in/a.txt", 19),
        # The line says it, the file's name says something else: the article's own word counts.
        (f"Published: November 18, 2025\n{SENTENCE}", "/in/2025-11-19_ferry.txt", 18),
    ],
)
def test_the_date_is_found_where_it_stands(text: str, path: str, day: int) -> None:
    assert published(text, path) == datetime(2025, 11, day, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was stopped on Wednesday, November 19, officials said.",  # no year anywhere near
        "The peninsula was taken on 18 March 2014, and talks go on.",  # the date of something else
        SENTENCE,
        "",
    ],
)
def test_a_date_is_not_guessed(text: str) -> None:
    assert published(text) is None


@pytest.mark.parametrize(
    ("text", "now", "day"),
    [
        # the weekday fits one of the years before now
        ("The ferry was stopped on Wednesday, November 19, officials said.", NIGHT, datetime(2025, 11, 19, tzinfo=UTC)),
        (
            "The ferry was stopped on Wednesday, November 19, officials said.",
            datetime(2027, 1, 1, tzinfo=UTC),
            datetime(2025, 11, 19, tzinfo=UTC),
        ),
        (
            "The ferry was stopped on Saturday 31 December, officials said.",
            datetime(2023, 1, 1, tzinfo=UTC),
            datetime(2022, 12, 31, tzinfo=UTC),
        ),
        # none of them: too long ago, or still to come
        ("The ferry was stopped on Wednesday, November 19, officials said.", datetime(2030, 12, 1, tzinfo=UTC), None),
        ("The ferry was stopped on Wednesday, November 19, officials said.", datetime(2025, 11, 18, tzinfo=UTC), None),
        # a year that is named decides
        ("The ferry was stopped on Wednesday, November 19, 2014.", NIGHT, datetime(2014, 11, 19, tzinfo=UTC)),
        # no weekday to tell by
        ("The ferry was stopped on November 19, officials said.", NIGHT, None),
        (SENTENCE, NIGHT, None),
    ],
)
def test_a_weekday_tells_the_year_that_is_left_out(text: str, now: datetime, day: datetime | None) -> None:
    found = extract_plain(text.encode(), "/in/a.txt", now=now).published
    assert found == day


def test_the_fallback_date_is_taken_only_when_the_text_names_none() -> None:
    assert extract_plain(SENTENCE.encode(), "/in/a.txt", fallback=NIGHT).published == NIGHT
    dated = extract_plain(f"Published: 19 November 2025\n{SENTENCE}".encode(), "/in/a.txt", fallback=NIGHT)
    assert dated.published == datetime(2025, 11, 19, tzinfo=UTC)


def test_byline_outlet_and_address_are_kept() -> None:
    text = f"Published: 19 November 2025 . The Quay Chronicle Desk. The Quay Chronicle Online\nBy Ann Lee\n{SENTENCE}"
    found = extract_plain(text.encode(), "/in/a story.txt")
    assert found.authors == ("Ann Lee",)
    assert found.outlet == "The Quay Chronicle"
    assert found.url == "file:///in/a%20story.txt"
    assert found.text == text


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_in_common_charsets_are_read(charset: str) -> None:
    text = "Fähre gestoppt\nDie Fähre blieb am Mittwoch im Hafen."
    assert extract_plain(text.encode(charset), "/in/a.txt").text == text


def test_a_huge_file_without_a_line_break_is_read() -> None:
    found = extract_plain(b"word " * 1_200_000, "/in/a.txt")
    assert len(found.title) <= 120
    assert found.text.startswith("word word")
