"""The index of known names: made of the tables as they stand."""

from worker.stages.names.known import KNOWN, KNOWN_UNCASED, key_of, lines
from worker.stages.names.tables import index


def test_the_index_fits_the_tables() -> None:
    """If not: python -m bench.tables.known, as its docstring says."""
    assert list(lines("index.txt")) == list(index())


def test_a_form_that_two_lines_have_stands_for_the_first() -> None:
    assert KNOWN[key_of("Genève")].shown == "Geneva"
    assert KNOWN[key_of("Georgia")].kind == "place"


def test_a_form_without_capitals_is_found_as_written_only() -> None:
    assert KNOWN_UNCASED["ウィーン"].shown == "Vienna"
    assert key_of("ウィーン") not in KNOWN
