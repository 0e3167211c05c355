from pathlib import Path

import pytest

from config.environment import MAX_VALUE_BYTES, Unfilled, VariableError, fill, variable


def test_a_value_is_taken_from_the_variable() -> None:
    assert variable({"TOKEN": "a"}, "TOKEN") == "a"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"sesame", "sesame"),
        (b"sesame\n", "sesame"),
        (b"sesame\r\n", "sesame"),
        # Blanks belong to the secret; line breaks at the end come from the editor.
        (b" sesame \n", " sesame "),
        (b"\n", None),
    ],
)
def test_a_value_is_taken_from_the_file_that_the_twin_names(tmp_path: Path, content: bytes, value: str | None) -> None:
    (tmp_path / "token").write_bytes(content)
    assert variable({"TOKEN_FILE": str(tmp_path / "token")}, "TOKEN") == value


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from the file")
    assert variable({"TOKEN": "", "TOKEN_FILE": ""}, "TOKEN") is None
    assert variable({"TOKEN": "", "TOKEN_FILE": str(tmp_path / "token")}, "TOKEN") == "from the file"


def test_a_variable_and_its_twin_together_are_refused() -> None:
    with pytest.raises(VariableError, match="given twice") as caught:
        variable({"TOKEN": "sesame", "TOKEN_FILE": "/x"}, "TOKEN")
    assert "sesame" not in str(caught.value)


def test_a_twin_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * (MAX_VALUE_BYTES + 1))
    (tmp_path / "latin").write_bytes(b"sesam\xe9")
    for path, why in (
        (tmp_path / "none", "No such file"),
        (tmp_path, "Is a directory"),
        (tmp_path / "large", "larger than 64 KiB"),
        (tmp_path / "latin", "not UTF-8"),
        ("a\0b", "null byte"),
    ):
        with pytest.raises(VariableError, match=why) as caught:
            variable({"TOKEN_FILE": str(path)}, "TOKEN")
        assert caught.value.name == "TOKEN_FILE"
        assert "sesam" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${A}", "one"),
        ("x${A}-${B_2}y", "xone-twoy"),
        ("costs $$5, $${A}", "costs $5, ${A}"),
        ("$$${A}", "$one"),
        # A dollar sign with nothing behind it means itself.
        ("a$b $", "a$b $"),
        # What was filled in is not filled in again.
        ("${C}", "${A}"),
        ("no dollar", "no dollar"),
    ],
)
def test_references_are_filled_in(text: str, filled: str) -> None:
    assert fill(text, {"A": "one", "B_2": "two", "C": "${A}"}) == (filled, [])


def test_what_cannot_be_filled_in_is_listed_with_its_place() -> None:
    text, unfilled = fill("ab${A}${NONE}", {"A": "one"})
    assert text == "abone${NONE}"
    assert unfilled == [Unfilled(6, "NONE is not set in the environment (nor is NONE_FILE)")]


@pytest.mark.parametrize("text", ["${}", "${A-B}", "${A:-x}", "${A", "${ A }", "${2}"])
def test_a_reference_that_is_written_wrongly_is_listed(text: str) -> None:
    _, unfilled = fill(text, {"A": "one"})
    assert ["must be written ${NAME}" in gap.message for gap in unfilled] == [True]
