"""The written stories, grouped as they come."""

from collections import defaultdict
from random import Random

import pytest

from bench.quality import story_sets as sets
from bench.quality.stories import b_cubed, grouped

CONFUSABLE = [
    ("train-vardmoen", "train-oxmoor"),  # two train accidents in one week
    ("water-talks-lindau", "water-talks-trieste"),  # two rounds of the same talks
    ("cup-first-leg", "cup-second-leg"),  # two matches of the same teams, two weeks apart
]
HELD_OUT_CONFUSABLE = [
    ("flood-casalverde", "flood-penwick"),  # two floods in one week
    ("port-strike-first", "port-strike-tugs"),  # two strikes in one port
]


@pytest.fixture(scope="module")
def reports() -> dict[str, sets.Reports]:
    return {part: sets.written(part) for part in (sets.TO_DERIVE, sets.HELD_OUT)}


def stories_of(reports: sets.Reports) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for one, story in zip(reports, grouped(reports), strict=True):
        found[one.story].add(story)
    return found


@pytest.mark.parametrize("part", [sets.TO_DERIVE, sets.HELD_OUT])
def test_written_stories_hold_together_and_stay_apart(part: str, reports: dict[str, sets.Reports]) -> None:
    _, _, score = b_cubed(grouped(reports[part]), [one.story for one in reports[part]])
    assert score >= 0.9


@pytest.mark.parametrize(("one", "other"), [*CONFUSABLE, *HELD_OUT_CONFUSABLE])
def test_events_of_one_kind_are_two_stories(one: str, other: str, reports: dict[str, sets.Reports]) -> None:
    found = {**stories_of(reports[sets.TO_DERIVE]), **{
        story: {-1 - place for place in places} for story, places in stories_of(reports[sets.HELD_OUT]).items()
    }}  # fmt: skip
    assert not found[one] & found[other]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_within_a_story_hardly_matters(seed: int, reports: dict[str, sets.Reports]) -> None:
    """Somewhat: a follow-up that comes before the news it follows may open a story of its own."""
    mixed = list(reports[sets.TO_DERIVE])
    Random(seed).shuffle(mixed)  # noqa: S311 -- no secret
    _, _, score = b_cubed(grouped(mixed), [one.story for one in mixed])
    assert score >= 0.88
