"""Places put together as sets, against trying every combination of places."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.query.spans import (
    Span,
    Starts,
    chains,
    first_places,
    has_window,
    near,
    places_in,
    rows,
    set_of,
    window_starts,
    windows,
)

Pair = tuple[int, int]  # where a span starts, and how long it is


def starts_of(pairs: set[Pair]) -> Starts:
    lengths = {length for _, length in pairs}
    return {length: set_of(sorted(start for start, other in pairs if other == length)) for length in lengths}


def pairs_of(starts: Starts) -> set[Pair]:
    return {(start, length) for length, members in starts.items() for start in places_in(members)}


def gap(one: Pair, other: Pair) -> int:
    """Words between two spans; negative when they overlap."""
    return max(one[0], other[0]) - min(sum(one), sum(other))


def words_at(places: set[int]) -> list[Span]:
    return [Span(place, place + 1, "word", "w") for place in sorted(places)]


PLACES = st.sets(st.integers(0, 25), max_size=8)
SPANS = st.sets(st.tuples(st.integers(0, 20), st.integers(1, 3)), max_size=8)
DISTANCE = st.integers(0, 12)


@settings(deadline=None)  # a loaded machine is no failure
@given(st.sets(st.integers(0, 300)), st.integers(0, 5))
def test_a_set_gives_back_its_places(places: set[int], most: int) -> None:
    assert list(places_in(set_of(sorted(places)))) == sorted(places)
    assert first_places(set_of(sorted(places)), most) == sorted(places)[:most]


@settings(deadline=None)
@given(SPANS, SPANS, DISTANCE)
def test_near_keeps_every_span_with_a_neighbour(one: set[Pair], other: set[Pair], distance: int) -> None:
    expected = {span for span in other if any(0 <= gap(span, neighbour) <= distance for neighbour in one)}
    assert pairs_of(near(starts_of(one), starts_of(other), distance)) == expected


@settings(deadline=None)
@given(SPANS, SPANS, SPANS, DISTANCE, DISTANCE)
def test_chains_keep_every_span_of_every_chain(
    one: set[Pair], two: set[Pair], three: set[Pair], first: int, second: int
) -> None:
    whole = [
        chain
        for chain in product(one, two, three)
        if 0 <= gap(chain[0], chain[1]) <= first and 0 <= gap(chain[1], chain[2]) <= second
    ]
    kept = chains(list(map(starts_of, (one, two, three))), [first, second])
    assert list(map(pairs_of, kept)) == [{chain[part] for chain in whole} for part in range(3)]


@settings(deadline=None)
@given(PLACES, PLACES, PLACES, st.integers(1, 3), DISTANCE)
def test_a_window_is_found_where_any_choice_of_words_fits(
    one: set[int], two: set[int], three: set[int], times: int, between: int
) -> None:
    one, two = one - two - three, two - three  # a place holds one word
    choices = [[a, *b, c] for a in one for b in combinations(sorted(two), times) for c in three]
    fits = any(max(choice) - min(choice) + 1 - len(choice) <= between for choice in choices)
    assert bool(windows([(words_at(one), 1), (words_at(two), times), (words_at(three), 1)], between, "w")) is fits
    parts = [({1: set_of(sorted(places))}, count) for places, count in ((one, 1), (two, times), (three, 1))]
    assert bool(window_starts(parts, between)) is fits
    assert has_window(parts, between) is fits


@settings(deadline=None)
@given(SPANS, SPANS, st.integers(1, 2), DISTANCE)
def test_no_window_is_lost_and_none_is_promised_in_vain(
    one: set[Pair], two: set[Pair], times: int, between: int
) -> None:
    """Of spans of several lengths: what is found for certain is there, and what is there is not ruled out."""
    if not one or not two:
        return
    several = [b for b in combinations(sorted(two), times) if len(dict(b)) == times]  # of one start, they are one
    choices = [[a, *b] for a in one for b in several]
    widths = [max(map(sum, choice)) - min(choice)[0] - sum(length for _, length in choice) for choice in choices]
    fits = any(width <= between for width in widths)
    parts = [(starts_of(one), 1), (starts_of(two), times)]
    assert bool(window_starts(parts, between)) >= fits >= has_window(parts, between)


@settings(deadline=None)
@given(SPANS, SPANS, SPANS)
def test_rows_join_what_touches(one: set[Pair], two: set[Pair], three: set[Pair]) -> None:
    expected = {(a[0], a[1] + b[1] + c[1]) for a, b, c in product(one, two, three) if sum(a) == b[0] and sum(b) == c[0]}
    assert pairs_of(rows(map(starts_of, (one, two, three)))) == expected
