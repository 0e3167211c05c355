from pathlib import Path

import pytest

from config.document import EACH, Document
from config.nodes import MAX_DEPTH, Value
from config.places import Place
from config.yaml_file import MAX_FILE_BYTES, read_document
from tests.config.written import refused, write


def read(folder: Path, content: str | bytes) -> Document:
    return read_document(write(folder, content))


def refused_content(folder: Path, content: str | bytes) -> list[str]:
    return refused(lambda: read(folder, content), folder)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),  # Norwegian; a boolean in YAML 1.1
        ("on", "on"),
        ("22:00", "22:00"),  # 1320 in YAML 1.1
        ("2026-02-31", "2026-02-31"),  # no date, and no reason to fail
        ("0755", 755),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ("~", None),
        ("", None),
        ("''", ""),
        ("12", 12),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("-1.5e3", -1500.0),
        (".", "."),
        # Too long to be a number of ours; Python would refuse to convert it.
        pytest.param("9" * 5000, "9" * 5000, id="5000 nines"),
        ("[a, {b: c}]", ("a", {"b": "c"})),
    ],
)
def test_values_follow_the_core_schema(tmp_path: Path, written: str, value: Value) -> None:
    data = read(tmp_path, f"key: {written}\n").data
    assert data == {"key": value}
    assert isinstance(data, dict)
    assert type(data["key"]) is type(value)


def test_a_directive_does_not_bring_the_old_schema_back(tmp_path: Path) -> None:
    assert read(tmp_path, "%YAML 1.1\n---\nkey: no\n").data == {"key": "no"}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"---\n", b"\xef\xbb\xbf"])
def test_a_file_without_content_is_an_empty_mapping(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content).data == {}


def test_a_byte_order_mark_does_not_move_columns(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfkey: a\n").place(("key",)) == Place(1, 6)


def test_a_missing_file_is_empty_unless_it_is_required(tmp_path: Path) -> None:
    missing = tmp_path / "topics.yaml"
    assert read_document(missing, required=False).data == {}
    assert refused(lambda: read_document(missing), tmp_path) == ["topics.yaml does not exist"]


def test_a_file_that_cannot_be_read_is_refused_even_if_it_is_not_required(tmp_path: Path) -> None:
    assert refused(lambda: read_document(tmp_path, required=False)) == [f"{tmp_path} cannot be read: Is a directory"]


def test_the_digest_follows_the_bytes(tmp_path: Path) -> None:
    first = read(tmp_path, "a: 1\n").digest
    assert read(tmp_path, "a: 1\n").digest == first
    assert read(tmp_path, "a: 1 \n").digest != first


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a:\n\t- b\n", ":2:1 a tab cannot be used here: indent with spaces"),
        ("a: b: c\n", ":1:5 a second `:` on this line: put the value in quotes"),
        ("a:\n  b: 'c\n\nd: e\n", ":2:6 this quote is never closed"),
        ("a:\n  - b: c\n   d: e\n", ":3:4 this line is not indented as those above it"),
        ("a: b\nc\nd: e\n", ":2:1 this line has no `:` and no `-`"),
        ("a: [b,\n  c\n", ":1:4 this `[` is not closed, or a comma is missing"),
        ("a: {b: c\n", ":1:4 this `{` is not closed, or a comma is missing"),
        ("a: {b: [c}\n", ":1:8 this `[` is not closed, or a comma is missing"),
        ("a: - b\n", ":1:4 `- ` and `? ` cannot begin a value: put it in quotes"),
        ("a: @b\n", ":1:4 a value cannot begin with this character: put it in quotes"),
        ('a: "\\q"\n', ":1:6 a wrong escape: use single quotes, where `\\` means nothing"),
        ("--- {}\n--- {}\n", ":2:1 a second document (`---`) begins here: one file holds one"),
        ("a: b\nc: \x07\n", ":2:4 a control character cannot be used here"),
        (b"a: b\nc: d\xe9\n", ":2:5 is not UTF-8 text: save the file as UTF-8"),
        ("a: b".encode("utf-16"), ":1:1 is not UTF-8 text: save the file as UTF-8"),
        # The parser has no error of its own for these.
        ('a: "\\UFFFFFFFF"', " is not valid YAML: a wrong `\\U` escape or `%` line"),
        ("%YAML 1.9\n---\na: b\n", " is not valid YAML: a wrong `\\U` escape or `%` line"),
        ("%YAML 3.0\n---\na: b\n", ":1:1 a line that begins with `%` is an instruction to YAML, and this one is wrong"),
        ("a: b\n c\n  d: e\n", ":3:4 a second `:` on this line: put the value in quotes"),
        ("  a: b\nc: d\n", ":2:1 this line is not indented as those above it"),
        ("- " * 3000, " is nested too deeply"),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_place(tmp_path: Path, content: str | bytes, problem: str) -> None:
    assert refused_content(tmp_path, content) == [f"topics.yaml{problem}"]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ('a: "b c" OR d\n', 1, 10),  # how a query that begins with a phrase goes wrong
        ("a: *star\n", 1, 4),  # and one that begins with a wildcard
        ("a: b\n  c: d\n", 2, 4),
    ],
)
def test_ambiguous_slips_are_told_at_their_place(tmp_path: Path, content: str, line: int, column: int) -> None:
    (problem,) = refused_content(tmp_path, content)
    assert problem.startswith(f"topics.yaml:{line}:{column} ")
    assert "not valid YAML" not in problem


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    content = b"#" * (MAX_FILE_BYTES + 1)
    assert refused_content(tmp_path, content) == ["topics.yaml is larger than 5 MiB"]


def test_aliases_that_multiply_are_refused(tmp_path: Path) -> None:
    levels = "".join(f"k{level + 1}: &k{level + 1} [{', '.join([f'*k{level}'] * 10)}]\n" for level in range(9))
    (problem,) = refused_content(tmp_path, f"k0: &k0 [lol]\n{levels}")
    assert "more than 500000 values" in problem


def test_an_alias_to_what_holds_it_is_refused(tmp_path: Path) -> None:
    (problem,) = refused_content(tmp_path, "a: &a\n  - b\n  - *a\n")
    assert problem == "topics.yaml:1:4 this value contains itself through an alias (`*name`)"


def test_depth_has_a_limit(tmp_path: Path) -> None:
    (problem,) = refused_content(tmp_path, "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2))
    assert problem.startswith(f"topics.yaml:1:{MAX_DEPTH + 2} nested")


def test_an_alias_repeats_a_value(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &a [b]\nc: *a\n").data == {"a": ("b",), "c": ("b",)}


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", Place(3, 1), "key `a` stands already on line 1"),
        ("a: {b: 1,\n  b: 2}\n", Place(2, 3), "key `b` stands already on line 1"),
        ("1: a\n'1': b\n", Place(2, 1), "key `1` stands already on line 1"),
        ("? [a]\n: b\n", Place(1, 3), "a key must be plain text"),
        ("a: !command b\n", Place(1, 4), "tags (`!name`) are not used here"),
        ("a: !!python/object:os.system b\n", Place(1, 4), "tags (`!name`) are not used here"),
        ("a: !!set {b}\n", Place(1, 4), "tags (`!name`) are not used here"),
        ('a: "\\0"\n', Place(1, 4), "a control character or half a surrogate pair cannot be used"),
        ('"\\ud800": a\n', Place(1, 1), "a control character or half a surrogate pair cannot be used"),
    ],
)
def test_what_yaml_allows_and_we_do_not_is_a_flaw(tmp_path: Path, content: str, place: Place, message: str) -> None:
    (flaw,) = read(tmp_path, content).flaws
    assert (flaw.place, flaw.message) == (place, message)


def test_values_are_found_by_pattern_with_their_places(tmp_path: Path) -> None:
    document = read(tmp_path, "topics:\n  - name: a\n  - 5\n  - name: b\n    like: [c]\nother: d\n")
    found = list(document.find("topics", EACH, "name"))
    assert found == [(("topics", 0, "name"), "a"), (("topics", 2, "name"), "b")]
    assert [document.place(loc) for loc, _ in found] == [Place(2, 11), Place(4, 11)]


def test_what_is_missing_has_the_place_of_what_should_hold_it(tmp_path: Path) -> None:
    document = read(tmp_path, "topics:\n  - name: a\n    query:\n")
    assert document.place(("topics", 0, "like")) == Place(2, 5)
    assert document.place(("topics", 7)) == Place(2, 3)
    # Nothing is written behind the key, so that the key is what can be pointed at.
    assert document.place(("topics", 0, "query")) == Place(3, 5)
