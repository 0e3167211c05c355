"""How votes and matches end, and at what time of day something happened."""

import time

import pytest

from worker.stages.facts.numbers import find_numbers
from worker.stages.facts.tallies import are_one_time, ends, find_tallies, shown_tally


def read(sentence: str, language: str = "en") -> list[tuple[str, str]]:
    found = find_tallies(sentence, find_numbers(sentence, language))
    return [(tally.slot, shown_tally(tally.slot, tally.value)) for tally in found]


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The board voted five to two in favour.", "en", ("tally:vote", "5-2")),
        ("The jury voted 9-3 to convict.", "en", ("tally:vote", "9-3")),
        ("La rebaja se aprobó por cuatro votos contra tres.", "es", ("tally:vote", "4-3")),
        ("United beat Rovers 3-1 on Sunday.", "en", ("tally:score", "3-1")),
        ("The alarm went off at 3:40 on Monday.", "en", ("clock:warn", "3:40")),
        ("L'alarme a retenti à 4 h 55.", "fr", ("clock:warn", "4:55")),
        ("The blast came at 7 p.m. on Friday.", "en", ("clock:explo", "19:00")),
    ],
)
def test_two_figures_are_read_as_one(sentence: str, language: str, expected: tuple[str, str]) -> None:
    assert read(sentence, language) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The number of votes rose from 5 to 10.",  # a range is no result
        "He wore number 5 to the office.",
        "The rate is 3.40 now.",  # no time without "at" or a colon
        "Call 555-1234.",
        "",
    ],
)
def test_other_pairs_of_figures_are_left_out(sentence: str) -> None:
    assert read(sentence) == []


def test_times_are_one_when_rounded_or_told_in_halves_of_the_day() -> None:
    assert are_one_time(220.0, 225.0)
    assert are_one_time(5 * 60.0, 17 * 60.0)
    assert are_one_time(1_435.0, 5.0)  # over midnight
    assert not are_one_time(220.0, 295.0)


def test_a_result_reads_back() -> None:
    (tally,) = find_tallies("The board voted 2-5.", ())
    assert ends(tally.value) == (5, 2)


@pytest.mark.parametrize("text", ["3:40 " * 20_000, "voted 5-2 " * 10_000, "\0 3-1 \ud800 won"])
def test_bad_text_takes_bounded_time(text: str) -> None:
    begin = time.process_time()
    find_tallies(text[:100_000], ())
    assert time.process_time() - begin < 2
