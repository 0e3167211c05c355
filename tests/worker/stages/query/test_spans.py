"""Merging places, against trying every combination."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.query.spans import Span, chains, near, rows, windows


def words_at(places: set[int]) -> list[Span]:
    return [Span(place, place + 1, "word", "w") for place in sorted(places)]


def gap(one: Span, other: Span) -> int:
    """Words between two spans; negative when they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


PLACES = st.sets(st.integers(0, 25), max_size=8)
SPANS = st.sets(st.tuples(st.integers(0, 20), st.integers(1, 3)), max_size=8).map(
    lambda pairs: sorted(Span(start, start + length, "word", "w") for start, length in pairs)
)
DISTANCE = st.integers(0, 6)


@settings(deadline=None)  # a loaded machine is no failure
@given(SPANS, SPANS, DISTANCE)
def test_near_keeps_every_span_with_a_neighbour(one: list[Span], other: list[Span], distance: int) -> None:
    expected = [span for span in other if any(0 <= gap(span, neighbour) <= distance for neighbour in one)]
    assert near(one, other, distance) == expected


@settings(deadline=None)  # a loaded machine is no failure
@given(SPANS, SPANS, SPANS, DISTANCE, DISTANCE)
def test_chains_keep_every_span_of_every_chain(
    one: list[Span], two: list[Span], three: list[Span], first: int, second: int
) -> None:
    expected = {
        span
        for chain in product(one, two, three)
        for span in chain
        if 0 <= gap(chain[0], chain[1]) <= first and 0 <= gap(chain[1], chain[2]) <= second
    }
    assert set(chains([one, two, three], [first, second])) == expected


@settings(deadline=None)  # a loaded machine is no failure
@given(PLACES, PLACES, PLACES, st.integers(1, 3), DISTANCE)
def test_a_window_is_found_where_any_choice_of_words_fits(
    one: set[int], two: set[int], three: set[int], times: int, between: int
) -> None:
    one, two = one - two - three, two - three  # a place holds one word
    parts = [(words_at(one), 1), (words_at(two), times), (words_at(three), 1)]
    choices = [[a, *b, c] for a in one for b in combinations(sorted(two), times) for c in three]
    fits = any(max(choice) - min(choice) + 1 - len(choice) <= between for choice in choices)
    assert bool(windows(parts, between, "w")) is fits


@settings(deadline=None)  # a loaded machine is no failure
@given(SPANS, SPANS)
def test_rows_join_what_touches(one: list[Span], two: list[Span]) -> None:
    expected = {(a.start, b.end) for a in one for b in two if a.end == b.start}
    assert {(row.start, row.end) for row in rows([one, two], "w")} == expected


def test_a_row_is_found_as_its_farthest_word_is() -> None:
    row = rows([[Span(0, 1, "alias", "w")], [Span(1, 2, "word", "w")]], "w")
    assert row == [Span(0, 2, "alias", "w")]
