"""Example articles: what is like them, and that the index of examples loses none."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.examples import (
    DEFAULT_LIMIT,
    HIGHEST_LIMIT,
    LOWEST_LIMIT,
    Example,
    ExampleIndex,
    likeness,
    limit_between,
    listing,
)
from worker.stages.story import Profile


def about(terms: Mapping[str, float], names: Mapping[str, float] | None = None) -> Profile:
    return Profile(terms, names or {}, {}, frozenset(), datetime(2026, 3, 1, tzinfo=UTC), 100, "en")


FERRY = about({"ferry": 500, "pier": 400, "injured": 300}, {"sula dawn": 700, "port ellery": 300})
FERRY_AGAIN = about({"ferry": 450, "captain": 400, "injured": 200}, {"sula dawn": 600})
BUDGET = about({"budget": 500, "vote": 300}, {"parliament": 200})


def test_an_article_is_wholly_like_itself() -> None:
    assert likeness(FERRY, FERRY) == pytest.approx(1)


def test_articles_of_one_event_are_more_alike_than_of_two() -> None:
    assert likeness(FERRY, FERRY_AGAIN) > 0.5 > likeness(FERRY, BUDGET) == 0


@pytest.mark.parametrize("empty", [about({}), about({}, {"sula dawn": 1.0}), about({"ferry": 1.0})])
def test_what_has_no_words_or_names_is_compared_by_the_others(empty: Profile) -> None:
    assert 0 <= likeness(FERRY, empty) <= 0.5


def test_a_topic_is_found_by_the_example_that_is_most_alike() -> None:
    index = ExampleIndex([("ferry", 0.3, Example("1", FERRY_AGAIN)), ("ferry", 0.3, Example("2", FERRY))])
    found = index.alike(FERRY)["ferry"]
    assert (found.example, found.limit) == ("2", 0.3)


def test_an_article_below_the_limit_is_not_found() -> None:
    assert not ExampleIndex([("ferry", 0.9, Example("1", FERRY_AGAIN))]).alike(FERRY)


def test_an_example_is_listed_under_few_of_its_keys_when_its_limit_is_high() -> None:
    assert len(listing(FERRY, 0.9)) < len(listing(FERRY, 0.3)) <= 5


WEIGHTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 1000).map(float), max_size=6)
PROFILES = st.builds(about, WEIGHTS, WEIGHTS)
LIMITS = st.sampled_from([0.05, 0.25, 0.4, 0.5, 0.7, 0.999])


@settings(deadline=None)  # a loaded machine is no failure
@given(st.lists(st.tuples(LIMITS, PROFILES), max_size=8), PROFILES)
def test_the_index_finds_what_comparing_with_each_finds(kept: list[tuple[float, Profile]], article: Profile) -> None:
    examples = [(str(place), limit, Example("1", profile)) for place, (limit, profile) in enumerate(kept)]
    expected = {topic for topic, limit, example in examples if likeness(article, example.profile) >= limit}
    assert set(ExampleIndex(examples).alike(article)) == expected


def test_the_limit_lies_between_the_examples_story_and_all_else() -> None:
    limit = limit_between([Example("1", FERRY)], [FERRY, FERRY_AGAIN], [BUDGET])
    assert likeness(FERRY, BUDGET) < limit < likeness(FERRY, FERRY_AGAIN)


@pytest.mark.parametrize(
    ("examples", "outside", "limit"),
    [
        ([FERRY], [], DEFAULT_LIMIT),  # nothing to go by: it is alone in its story
        ([FERRY, FERRY], [FERRY_AGAIN], HIGHEST_LIMIT),  # two of one text would ask for a third of it
        ([FERRY, BUDGET], [], LOWEST_LIMIT),  # with nothing in common, they are like everything a little
    ],
)
def test_a_limit_stays_where_it_can_be_of_use(examples: list[Profile], outside: list[Profile], limit: float) -> None:
    labelled = [Example(str(place), profile) for place, profile in enumerate(examples)]
    assert limit_between(labelled, [], outside) == limit
