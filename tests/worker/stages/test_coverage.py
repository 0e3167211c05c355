"""What silence is worth: values worked out by hand from the formulas, and a world of which the truth is known."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.coverage import (
    BURST,
    FEWEST_SHARED,
    FEWEST_SILENCES,
    FEWEST_STORIES,
    Interval,
    chao,
    chapman,
    missed_stories,
    silence,
    wilson,
)

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def rounded(interval: Interval) -> tuple[float, float, float]:
    return round(interval.estimate, 4), round(interval.low, 4), round(interval.high, 4)


# --- How many were missed ---


@pytest.mark.parametrize(
    ("first", "second", "both", "expected"),
    [
        # 21 x 16 / 11 - 1 = 29.545; of 25 seen 4.545 were missed. Variance 21 x 16 x 10 x 5 / (11^2 x 12) = 11.570;
        # factor exp(1.96 sqrt(ln(1 + 11.570 / 4.545^2))) = 3.695: from 25 + 4.545 / 3.695 to 25 + 4.545 x 3.695
        (20, 15, 10, (29.5455, 26.2301, 41.7957)),
        # All that the second has the first has too: 21 x 11 / 11 - 1 = 20, nothing was missed
        (20, 10, 10, (20, 20, 20)),
        # Nothing in common: 6 x 5 / 1 - 1 = 29, with a variance of 6 x 5 x 5 x 4 / (1 x 2) = 300; factor 4.3327
        (5, 4, 0, (29, 13.6160, 95.6547)),
    ],
)
def test_two_lists_are_estimated_as_chapman_does(
    first: int, second: int, both: int, expected: tuple[float, float, float]
) -> None:
    assert rounded(chapman(first, second, both)) == expected


@pytest.mark.parametrize(
    ("once", "twice", "more", "alone", "expected"),
    [
        # (8^2 - 4^2 - 2^2 - 1 - 1) / (2 x 6) = 3.5 missed; 42 / 56 = 3/4;
        # variance 3.5 + 9/16 x (8 x 15^2 / (4 x 6^2) + 8^2 x 5 x 7^2 / (4 x 6^4)) = 12.2326; factor 5.1087
        (8, 5, 2, [4, 2, 1, 1], (18.5, 15.6851, 32.8804)),
        # None was caught twice, which the plain form could not be divided by: 24 / 2 = 12 missed; 4/5 of 6 x 5;
        # variance 12 + 16/25 x 6 x 11^2 / 4 = 128.16; factor 4.7768
        (6, 0, 3, [2, 2, 2], (21, 11.5121, 66.3217)),
        # All that was caught once one list has: it alone reaches them, which says nothing of the others
        (6, 4, 0, [6], (10, 10, 10)),
    ],
)
def test_several_lists_give_a_lower_bound_as_chao_does(
    once: int, twice: int, more: int, alone: Sequence[int], expected: tuple[float, float, float]
) -> None:
    assert rounded(chao([1] * once + [2] * twice + [3] * more, alone)) == expected


LISTS = ((0.2,) * 8, (0.5, 0.3, 0.2, 0.15, 0.1), (0.4, 0.5))


@pytest.mark.parametrize("seed", [20260304])
@pytest.mark.parametrize("chances", LISTS, ids=["alike", "unlike", "two"])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(chances: Sequence[float], seed: int) -> None:
    chance, cases, stories = random.Random(seed), 400, 120  # noqa: S311 -- it makes up a world, and no secret
    held = 0
    for _ in range(cases):
        histories = {
            story: [f"list {number}" for number, p in enumerate(chances) if chance.random() < p]
            for story in range(stories)
        }
        total = missed_stories(histories).total
        assert total is not None
        held += total.low <= stories <= total.high
    assert 0.92 <= held / cases <= 0.98


@pytest.mark.parametrize("seed", [20260304])
def test_taking_unlike_lists_to_be_alike_would_put_the_bound_above_the_truth(seed: int) -> None:
    chance, corrected, plain = random.Random(seed), 0.0, 0.0  # noqa: S311 -- the same
    chances, stories, cases = (0.6, 0.2, 0.1, 0.05), 300, 100
    for _ in range(cases):
        caught = [[number for number, p in enumerate(chances) if chance.random() < p] for _ in range(stories)]
        captures = [len(by) for by in caught if by]
        alone = [sum(by == [number] for by in caught) for number in range(len(chances))]
        corrected += chao(captures, alone).estimate / cases
        once, twice = captures.count(1), captures.count(2)
        plain += (len(captures) + 3 / 4 * once * (once - 1) / (2 * (twice + 1))) / cases
    assert abs(corrected - stories) < 0.03 * stories
    assert plain > 1.2 * stories


def histories(alone: int, shared: int, by: Sequence[str] = ("a", "b", "c")) -> dict[int, Sequence[str]]:
    """So many stories that one outlet has, in turn, and so many that two have."""
    single = {story: [by[story % len(by)]] for story in range(alone)}
    return {**single, **{alone + story: [by[story % len(by)], by[(story + 1) % len(by)]] for story in range(shared)}}


@pytest.mark.parametrize(
    ("captured", "why"),
    [
        ({}, "fewer than two outlets"),
        (histories(30, 0, by=["a"]), "fewer than two outlets"),
        (histories(0, FEWEST_STORIES - 1), f"there were {FEWEST_STORIES - 1}"),
        (histories(30, FEWEST_SHARED - 1), f"had, and there were {FEWEST_SHARED - 1}"),
        # Every story was had twice: no number of missed ones, and no bound for it, follows from that
        (histories(0, 30), "nothing points to others"),
    ],
)
def test_with_too_little_to_say_nothing_is_said(captured: dict[int, Sequence[str]], why: str) -> None:
    missed = missed_stories(captured)
    assert (missed.total, missed.unseen, missed.method) == (None, None, "")
    assert why in missed.why


def test_at_the_least_that_it_takes_there_is_an_estimate() -> None:
    missed = missed_stories(histories(9, FEWEST_SHARED))
    assert (missed.method, missed.seen, missed.lists, missed.once, missed.twice) == ("chao", 16, 3, 9, 7)
    assert missed.unseen is not None
    assert missed.unseen.estimate == pytest.approx((81 - 27) / 16)
    assert 0 < missed.unseen.low < missed.unseen.estimate < missed.unseen.high
    assert missed_stories(histories(9, FEWEST_SHARED, by=["a", "b"])).method == "chapman"


def test_a_story_that_only_copies_tell_of_was_caught_by_nobody() -> None:
    assert missed_stories({**histories(9, 7), 99: []}).seen == 16


# --- How long a silence is ---


def reports(*hours_ago: float) -> list[datetime]:
    return [NOW - timedelta(hours=hours) for hours in hours_ago]


def test_wilsons_interval() -> None:
    # (0.1 + 0.0960) / 1.1921 = 0.1645, and 1.96 sqrt(0.0045 + 0.0024) / 1.1921 = 0.1366 to both sides
    assert rounded(wilson(2, 20)) == (0.1, 0.0279, 0.3010)
    assert rounded(wilson(0, 10)) == (0, 0, 0.2775)
    assert rounded(wilson(10, 10)) == (1, 0.7225, 1)


def test_a_silence_is_held_against_those_between_bursts() -> None:
    """Ten bursts of two reports, a day apart, and the last of them two days ago."""
    times = [hours for day in range(2, 12) for hours in (24 * day, 24 * day + 1)]
    found = silence(reports(*times), NOW)
    assert found is not None
    assert (found.lasts, found.longer, found.of) == (timedelta(days=2), 0, 9)
    assert found.is_unusual
    a_day = silence(reports(*times), NOW - timedelta(days=1))
    assert a_day is not None
    assert (a_day.longer, a_day.is_unusual) == (0, True)  # 24 hours, when it was never more than 23
    usual = silence(reports(*times), NOW - timedelta(hours=26))
    assert usual is not None
    assert (usual.longer, usual.of, usual.is_unusual) == (9, 9, False)


def test_of_a_few_silences_nothing_is_said() -> None:
    few = silence(reports(*(24 * day for day in range(2, 2 + FEWEST_SILENCES))), NOW)
    enough = silence(reports(*(24 * day for day in range(2, 3 + FEWEST_SILENCES))), NOW)
    assert few is not None
    assert enough is not None
    assert (few.of, few.share, few.is_unusual) == (FEWEST_SILENCES - 1, None, False)
    assert enough.share is not None


def test_a_topic_with_a_report_just_now_is_not_silent() -> None:
    found = silence([*reports(*(24 * day for day in range(1, 20))), NOW - BURST + timedelta(seconds=1)], NOW)
    assert found is not None
    assert found.share is None
    assert silence([], NOW) is None
    late = silence([NOW + timedelta(hours=1)], NOW)  # by a clock that goes before
    assert late is not None
    assert late.lasts == timedelta(0)
