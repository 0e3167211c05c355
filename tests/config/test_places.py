from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.places import Place
from config.yaml_file import read_document
from tests.config.written import write


def place_of(folder: Path, content: str, word: str) -> Place:
    """Where the word of the text under `query` is said to stand."""
    written = read_document(write(folder, content)).written(("query",))
    assert written is not None
    line, column = position(written.value, word)
    return written.place_at(line, column)


def position(text: str, word: str) -> tuple[int, int]:
    """Line and column, from 1, at which the word begins."""
    before = text[: text.index(word)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(
    "content",
    [
        "query: one AND two AND target OR x\n",
        "query:   'one AND two AND target OR x'\n",
        'query: "one AND two AND target OR x"\n',
        # Plain and quoted texts may go on below, where line breaks become spaces.
        "query: one AND\n   two AND\n     target OR x\n",
        "query: 'one AND   \n\n   two AND target'\n",
        'query: "one AND\n   two AND target"\n',
        # A quote within quotes is written double, or with a backslash.
        "query: 'it''s ''one'' AND target'\n",
        'query: "\\"one\\" AND \\u0042\\x41\\U00000043 \\t AND target"\n',
        # A backslash joins two lines without a space.
        'query: "one AND t\\\n   wo AND target"\n',
        "query: |\n  one AND\n    two AND\n  target OR x\n",
        "query: |\n\n  one AND\n\n  two AND target\n",
        # Head lines with a sign for the indentation, for the last break, and with a comment.
        "query: |2-  # as it stands\n    one AND\n  two AND target\n",
        "query: >\n  one AND\n  two AND\n\n  target OR x\n",
        # More indented lines keep their breaks in a folded block.
        "query: >+\n  one AND\n    two\n    AND target\n  OR x\n\n",
        # An anchor or a tag before the text.
        "query: &this !!str 'one AND target'\n",
        "shared: &it |\n  one AND\n  target\nquery: *it\n",
        "query: |\r\n  one AND\r\n  two AND target\r\n",
        "query: один І target\n",
    ],
)
def test_a_word_of_a_query_is_found_in_the_file(tmp_path: Path, content: str) -> None:
    line, column = position(content.replace("\r\n", "\n"), "target")
    assert place_of(tmp_path, content, "target") == Place(line, column)


def test_a_position_beyond_the_text_is_its_end(tmp_path: Path) -> None:
    written = read_document(write(tmp_path, "query: 'one two'\nother: 1\n")).written(("query",))
    assert written is not None
    assert written.place_at(7, 300) == Place(1, 16)


WORDS = st.lists(st.text("ab(:*\"'\\é", min_size=1, max_size=5), min_size=1, max_size=8)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\n  "])


@given(WORDS, st.lists(GAPS, min_size=8, max_size=8), st.sampled_from(["'", "|", ">"]))
def test_every_character_stands_where_it_is_said_to(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], gaps: list[str], style: str
) -> None:
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False)).strip()
    content = f"query: {_in_style(text, style)}\n"
    written = read_document(write(tmp_path_factory.getbasetemp(), content)).written(("query",))
    assert written is not None
    lines = content.split("\n")
    for index, char in enumerate(written.value):
        if not char.isspace():
            place = written.place_of(index)
            assert lines[place.line - 1][place.column - 1] == char


def _in_style(text: str, style: str) -> str:
    if style == "'":
        return "'" + text.replace("'", "''").replace("\n", "\n  ") + "'"
    return f"{style}2\n  " + text.replace("\n", "\n  ")
