"""The piece of a text that is shown: it holds what was found, marked in its place, and ends between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.stages.query import Document, prepare
from worker.stages.search import read_search
from worker.stages.snippet import LONGEST, Snippet, snippet

ORLA = (
    "The ferry Orla ran aground off Tarn Head early on Wednesday and 14 people were injured, the coastguard said.\n\n"
    "The ship had left the port of Brannock at dawn with 212 passengers on board. She struck a ledge of rock three "
    "miles from the harbour mouth, in calm water and good visibility.\nLifeboats from Brannock and Skelby took "
    "everybody off within two hours."
)


def show(text: str, query: str, longest: int = LONGEST) -> Snippet:
    hits = read_search(query).query.match(prepare(Document("a title", text))).hits
    return snippet(text, hits, longest)


def marked(piece: Snippet) -> list[str]:
    return [piece.text[start:end] for start, end in piece.marks]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("orla", ["Orla"]),
        ("Skelby lifeboats", ["Lifeboats", "Skelby"]),  # near the end of the text
        ("passenger rock Brannock", ["Brannock", "passengers", "rock"]),  # of several places the one that has most
        ('"ledge of rock"', ["ledge of rock"]),
        ("title:title", []),  # found elsewhere: the text's beginning
    ],
)
def test_it_shows_what_was_found(query: str, expected: list[str]) -> None:
    piece = show(ORLA, query)
    assert marked(piece) == expected
    assert len(piece.text) <= LONGEST + len("… ") + len(" …")


def test_it_ends_between_words_and_says_that_there_is_more() -> None:
    piece = show(ORLA, "passengers", longest=60)
    assert piece.text == "… at dawn with 212 passengers on board. She struck a ledge of …"
    assert show("One short line.", "short").text == "One short line."


def test_it_is_one_line_without_control_characters() -> None:
    piece = show("one\r\n\x00\x1b[31mtwo\u2028three", "three")
    assert piece.text == "one   " + " [31mtwo three"
    assert marked(piece) == ["three"]


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    piece = show("東" * 500 + "京都" + "東" * 500, "京都")
    assert marked(piece) == ["京都"]
    assert len(piece.text) <= LONGEST + 4


def test_thousands_of_hits_take_no_long_time() -> None:
    text = " ".join(f"w{number}x" for number in range(3_000))
    assert marked(show(text, " OR ".join(f"w{number}x" for number in range(1_000))))


@given(
    st.text(alphabet="ab \n東x", max_size=120), st.sampled_from(["a", "b", "東", '"a b"', "ab*"]), st.integers(1, 40)
)
def test_marks_are_where_the_words_are(text: str, query: str, longest: int) -> None:
    piece = show(text, query, longest)
    for start, end in piece.marks:
        assert 0 <= start < end <= len(piece.text)
    assert list(piece.marks) == sorted(piece.marks)
    if longest > 20 and query in "ab東":
        assert set(marked(piece)) <= {query, query.upper()}
