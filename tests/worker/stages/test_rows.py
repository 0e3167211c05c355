"""Rows of numbers in one array."""

from hypothesis import given
from hypothesis import strategies as st

from worker.stages.rows import Rows, all_in_each, any_in_each, numbers

ROWS = st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=1, max_size=6)


@given(ROWS, st.data())
def test_joined_rows_stand_one_behind_the_other(rows: list[list[int]], data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=5))
    values, lengths = Rows.of(rows).joined(numbers(wanted))
    assert values.tolist() == [value for row in wanted for value in rows[row]]
    assert lengths.tolist() == [len(rows[row]) for row in wanted]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9))))
def test_rows_by_key_keep_the_order_of_values(pairs: list[tuple[int, int]]) -> None:
    rows = Rows.by_key(numbers(key for key, _ in pairs), numbers(value for _, value in pairs), 5)
    for key in range(5):
        assert rows.joined(numbers([key]))[0].tolist() == [value for at, value in pairs if at == key]


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=3), min_size=1))
def test_each_stretch_of_flags_is_asked_by_itself(stretches: list[list[bool]]) -> None:
    flags, lengths = numbers(flag for one in stretches for flag in one) > 0, numbers(map(len, stretches))
    assert any_in_each(flags, lengths).tolist() == [*map(any, stretches)]
    assert all_in_each(flags, lengths).tolist() == [*map(all, stretches)]
