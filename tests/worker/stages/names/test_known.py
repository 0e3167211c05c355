"""The tables of known names: whole, read as written, with their sources."""

from pathlib import Path

import pytest

from worker.stages.names import known
from worker.stages.names.known import COUNTRY_OF_CAPITAL, KNOWN, KNOWN_PLACES, KNOWN_UNCASED, key_of, lines

DATA = Path(known.__file__).parent / "data"


def test_every_table_says_where_it_comes_from() -> None:
    for table in DATA.glob("*.txt"):
        head = " ".join(line for line in table.read_text(encoding="utf-8").splitlines()[:3] if line.startswith("#"))
        assert "From general knowledge" in head or "CC BY 4.0" in head or "Unicode License" in head, table.name


@pytest.mark.parametrize(
    ("form", "shown", "kind"),
    [
        ("Burma", "Myanmar", "place"),
        ("Ungarn", "Hungary", "place"),
        ("Wien", "Vienna", "place"),
        ("Guangzhou", "Guangzhou", "place"),
        ("Xi Jinping", "Xi Jinping", "person"),
        ("ООН", "United Nations", "organisation"),
    ],
)
def test_other_names_stand_for_one(form: str, shown: str, kind: str) -> None:
    found = KNOWN[key_of(form)]
    assert (found.shown, found.kind) == (shown, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Guinea", "Equatorial Guinea"),
        ("Congo", "Congo-Brazzaville"),
        ("Sudan", "South Sudan"),
        ("Shanxi", "Shaanxi"),
        ("Austria", "Australia"),
    ],
)
def test_names_that_are_alike_stand_apart(one: str, other: str) -> None:
    assert KNOWN[key_of(one)].key != KNOWN[key_of(other)].key


@pytest.mark.parametrize("word", ["Victoria", "Some", "Van", "Sale"])
def test_lists_add_no_common_words(word: str) -> None:
    assert key_of(word) not in KNOWN


def test_capitals_have_their_country() -> None:
    assert COUNTRY_OF_CAPITAL["ankara"] == "turkey"
    assert {"ankara", "turkey"} <= KNOWN_PLACES


def test_names_without_capitals_are_looked_up_as_written() -> None:
    assert KNOWN_UNCASED["安卡拉"].shown == "Ankara"


def test_no_line_names_one_entity_twice() -> None:
    for table in ("people.txt", "organisations.txt", "places.txt"):
        firsts = [line.removeprefix("* ").split(", ")[0] for line in lines(table)]
        assert len(firsts) == len(set(firsts)), table
