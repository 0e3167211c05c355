"""How long a story is followed, and how drift is told from a report that looks at another side."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.drift import FEWEST_NAMES, Kinship, drift_reason, has_drifted, kinship
from worker.stages.follow import FOLLOWED_FOR, Coverage, follow_reason, is_followed

FIRST = datetime(2026, 3, 4, tzinfo=UTC)
COVERED = Coverage(FIRST, FIRST + timedelta(days=10))
DAY = timedelta(days=1)
NEAR, FAR = Kinship(6, 9), Kinship(1, 9)


@pytest.mark.parametrize(
    ("when", "followed", "told"),
    [
        (COVERED.last + timedelta(hours=3), True, "less than a day before"),
        (COVERED.last + DAY, True, "1 day before"),
        (COVERED.last + FOLLOWED_FOR, True, "30 days before"),
        (COVERED.last + FOLLOWED_FOR + DAY, False, "31 days before"),
        (FIRST + 5 * DAY, True, "less than a day before"),  # amid the coverage: read late
        (FIRST - DAY, True, "1 day before"),
        (FIRST - FOLLOWED_FOR - DAY, False, "31 days before"),  # as long before all of it as after it
    ],
)
def test_a_story_is_followed_until_it_has_been_quiet_for_so_long(when: datetime, followed: bool, told: str) -> None:
    assert is_followed(COVERED, when) is followed
    assert follow_reason(COVERED, when) == f"last covered {told} (followed for 30 quiet days)"


@pytest.mark.parametrize(
    ("days", "later", "followed", "told"),
    [
        (90, 89 * DAY, True, "89 days before (followed for 90 quiet days)"),
        (1, DAY, True, "1 day before (followed for 1 quiet day)"),
        (1, 2 * DAY, False, "2 days before (followed for 1 quiet day)"),
    ],
)
def test_a_topic_may_follow_for_longer_or_shorter(days: int, later: timedelta, followed: bool, told: str) -> None:
    when, quiet = COVERED.last + later, timedelta(days=days)
    assert is_followed(COVERED, when, quiet) is followed
    assert follow_reason(COVERED, when, quiet) == f"last covered {told}"


@pytest.mark.parametrize(
    ("latest", "drifted"),
    [
        ([FAR, FAR, FAR], True),
        ([FAR, FAR, FAR, NEAR], True),  # what was followed before them does not count
        ([FAR, FAR], False),
        ([FAR, NEAR, FAR], False),
        ([NEAR, FAR, FAR, FAR], False),  # it came back
        ([FAR, FAR, Kinship(0, FEWEST_NAMES - 1)], False),  # so few names say nothing
        ([], False),
    ],
)
def test_several_distant_articles_in_a_row_are_drift(latest: list[Kinship], drifted: bool) -> None:
    assert has_drifted(latest) is drifted


def test_a_fifth_of_the_names_is_few_and_more_is_not() -> None:
    assert kinship({1, 2, 3, 4, 5}, {1, 9}) == Kinship(1, 5)
    assert Kinship(1, 5).is_distant
    assert not Kinship(2, 9).is_distant
    assert drift_reason(FAR) == "this story now shares few names with your topic (1 of 9)"
