"""Chapters and quiet periods, when two stories are one, and when one is two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.story_life import (
    CLOSED_AFTER,
    DEVELOPING_FOR,
    MERGE_LIKENESS,
    MERGE_WITHIN,
    Standing,
    Weights,
    chapters,
    should_merge,
    standing,
    suggest_split,
)
from worker.stages.summary import Report

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def weights(words: str) -> Weights:
    return dict.fromkeys(words.split(), 1.0)


def covered(*told: tuple[float, str]) -> tuple[list[Report], Mapping[int, Weights]]:
    """Reports at these days, with these words; the words are the title too."""
    reports = [
        Report(number, f"Outlet {number}", words, NOON + timedelta(days=day), language="en")
        for number, (day, words) in enumerate(told, 1)
    ]
    return reports, {report.id: weights(report.title) for report in reports}


def parts(*told: tuple[float, str]) -> list[tuple[int, ...]]:
    return [chapter.reports for chapter in chapters(*covered(*told))]


@pytest.mark.parametrize(
    ("silence", "stands"),
    [
        (timedelta(0), Standing.DEVELOPING),
        (-A_MINUTE, Standing.DEVELOPING),  # its last report has a clock that is fast
        (DEVELOPING_FOR, Standing.DEVELOPING),
        (DEVELOPING_FOR + A_MINUTE, Standing.QUIET),
        (CLOSED_AFTER, Standing.QUIET),
        (CLOSED_AFTER + A_MINUTE, Standing.CLOSED),
    ],
)
def test_a_story_becomes_quiet_and_then_looks_closed(silence: timedelta, stands: Standing) -> None:
    assert standing(NOON, NOON + silence) == stands


def test_what_is_reported_day_by_day_is_one_chapter() -> None:
    assert parts((0, "orla rocks injured"), (1, "orla rocks lifeboats"), (2.5, "orla steering captain")) == [(1, 2, 3)]


def test_other_words_after_a_pause_begin_a_chapter() -> None:
    told = (
        (0, "orla rocks injured"),
        (0.5, "orla rocks lifeboats"),
        (5, "orla captain court"),
        (6, "orla court charged"),
    )
    assert parts(*told) == [(1, 2), (3, 4)]


def test_the_same_words_after_a_pause_go_on_with_the_chapter() -> None:
    assert parts((0, "orla rocks injured"), (5, "orla rocks injured divers"), (9, "orla rocks injured")) == [(1, 2, 3)]


def test_a_long_pause_begins_a_chapter_whatever_is_said() -> None:
    assert parts((0, "orla rocks injured"), (11, "orla rocks injured")) == [(1,), (2,)]


def test_a_chapter_has_a_title_and_a_span() -> None:
    reports, words = covered(
        (20, "orla captain court"), (0, "orla rocks injured"), (20.5, "orla captain court charged")
    )
    first, second = chapters(reversed(reports), words)
    assert (first.title, first.first, first.last, first.reports) == ("orla rocks injured", NOON, NOON, (2,))
    assert second.title in (reports[0].title, reports[2].title)
    assert (second.first, second.last) == (reports[0].when, reports[2].when)
    assert second.reports == (1, 3)


def test_a_story_without_reports_has_no_chapters() -> None:
    assert chapters([], {}) == ()


def test_reports_of_which_nothing_is_known_go_by_their_time() -> None:
    reports, _ = covered((0, "orla"), (5, "orla"))
    assert [chapter.reports for chapter in chapters(reports, {})] == [(1,), (2,)]


@dataclass(frozen=True)
class Span:
    first: datetime
    last: datetime


def span(first: timedelta, last: timedelta) -> Span:
    return Span(NOON + first, NOON + last)


@pytest.mark.parametrize(
    ("likeness", "gap", "is_one"),
    [
        (MERGE_LIKENESS, timedelta(0), True),
        (MERGE_LIKENESS - 0.01, timedelta(0), False),
        (1.0, MERGE_WITHIN, True),
        (1.0, MERGE_WITHIN + A_MINUTE, False),
        (1.0, -MERGE_WITHIN * 5, True),  # one began while the other went on
    ],
)
def test_stories_that_are_alike_at_one_time_are_one(likeness: float, gap: timedelta, is_one: bool) -> None:
    day = timedelta(days=1)
    before, after = span(-20 * day, timedelta(0)), span(gap, gap + 20 * day)
    assert should_merge(likeness, before, after) is is_one
    assert should_merge(likeness, after, before) is is_one


FERRY = (
    "orla ferry rocks tarn injured",
    "orla ferry captain steering",
    "ferry tarn lifeboats orla",
    "orla tugs rocks ferry",
)
VOTE = ("vellinge council vote school", "school pupils vellinge parents", "council school teachers vellinge vote")


def members(*words: str) -> dict[int, Weights]:
    return {number: weights(each) for number, each in enumerate(words, 1)}


def test_a_story_that_is_two_falls_into_them() -> None:
    assert suggest_split(members(*FERRY, *VOTE)) == ((1, 2, 3, 4), (5, 6, 7))
    assert suggest_split(members(*VOTE, *FERRY)) == ((4, 5, 6, 7), (1, 2, 3))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("",) * 6,
        FERRY,
        FERRY[:1] + VOTE[:1],  # two reports tell nothing
        FERRY * 3,
        (*FERRY, VOTE[0]),  # one that strayed in is no part
        [f"{words} brannock harbour coastguard" for words in FERRY + VOTE],  # one event, seen from two sides
    ],
)
def test_a_story_of_one_piece_is_left_whole(words: Sequence[str]) -> None:
    assert suggest_split(members(*words)) is None


def test_of_a_long_story_older_reports_go_where_they_fit() -> None:
    split = suggest_split(members(*(FERRY + VOTE) * 100))
    assert split is not None
    assert [len(part) for part in split] == [400, 300]
    assert all(report % 7 in (5, 6, 0) for report in split[1])
