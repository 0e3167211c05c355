"""Words and sentences: where they begin and end, and how words are folded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.text import words
from worker.stages.text.words import fold_word, pieces, sentences, split

WORDS = [
    # text, words as written, folded, where the first begins
    ("Zelensky's talks", ["Zelensky", "talks"], ["zelensky", "talks"], 0),
    ("l’Ukraine dit", ["Ukraine", "dit"], ["ukraine", "dit"], 2),  # an elided article
    ("dell'Ucraina's", ["Ucraina"], ["ucraina"], 5),  # both at once
    ("O'Brien", ["O'Brien"], ["obrien"], 0),  # other apostrophes join
    ("d'un'or", ["un'or"], ["unor"], 2),  # one article is taken off, not two
    ("X's's", ["X's"], ["xs"], 0),  # and one ending
    ("U.S. troops", ["U.S.", "troops"], ["us", "troops"], 0),
    ("A. Smith", ["A", "Smith"], ["a", "smith"], 0),  # one initial is a word with a full stop
    ("2,500 of 3.5%", ["2,500", "of", "3.5"], ["2500", "of", "3.5"], 0),
    ("l'1er mai", ["1er", "mai"], ["1er", "mai"], 2),
    ("20th 4x4", ["20", "th", "4", "x4"], ["20", "th", "4", "x4"], 0),
    ("東京 Tokyo", ["東", "京", "Tokyo"], ["東", "京", "tokyo"], 0),
    ("Erdog\u0306an", ["Erdog\u0306an"], ["erdogan"], 0),  # the breve by itself
    ("Зеленський", ["Зеленський"], ["zelenskiy"], 0),
    ("\u0640 x", ["x"], ["x"], 2),  # a stroke that lengthens Arabic letters, and has no Latin form
    ("", [], [], 0),
]


@pytest.mark.parametrize(("text", "written", "folded", "first"), WORDS)
def test_words_are_split_and_folded(text: str, written: list[str], folded: list[str], first: int) -> None:
    found = split(text)
    assert [word.text for word in found] == written
    assert [word.folded for word in found] == folded
    assert all(text[word.start : word.end] == word.text for word in found)
    assert [word.start for word in found[:1]] == [first][: len(found)]


@pytest.mark.parametrize("text", [text for text, *_ in WORDS])
def test_a_word_by_itself_is_folded_as_in_its_text(text: str) -> None:
    assert [fold_word(word.text) for word in split(text)] == [word.folded for word in split(text)]


@settings(max_examples=200)
@given(st.text("aZ09é.,'’ʼ \u0301\u0640東・я²-", max_size=12))
def test_gaps_and_words_in_turns_are_the_text(text: str) -> None:
    found = pieces(text)
    assert "".join(found.all) == text
    assert list(found.all[1::2]) == list(found.words) == [word.text for word in split(text)]
    assert [(word.start, word.end) for word in split(text)] == list(zip(found.starts, found.ends, strict=True))


GAPS = [
    ("“Go”, he said.", ["“", "”, ", " ", "."]),  # a sign before a word is no word
    ("one – – two", ["", " – – ", ""]),  # a run of gaps is one
    ("end.\n\n Next", ["", ".\n\n ", ""]),
    ("end\n", ["", "\n"]),
    ("\n \n", ["\n \n"]),
    ("Ankara’s \u0640 mayor", ["", "’s \u0640 ", ""]),
]


@pytest.mark.parametrize(("text", "gaps"), GAPS)
def test_what_stands_between_two_words_is_one_gap(text: str, gaps: list[str]) -> None:
    assert list(pieces(text).gaps) == gaps


def test_words_are_counted_in_order_of_appearance() -> None:
    text = "Ankara's mayor met Ankara’s mayors; \u0640 the mayor left Ankara."
    expected = {"Ankara": 3, "mayor": 2, "met": 1, "mayors": 1, "the": 1, "left": 1}
    assert list(pieces(text).counts.items()) == list(expected.items())


@pytest.mark.parametrize("beside", ["", "\u3042", "\u0627"])  # texts with other scripts are split by other patterns
def test_every_character_is_read_alike_in_whatever_text_it_stands(beside: str) -> None:
    for start in range(0, 0x2200, 0x40):
        text = " ".join(f"{character}a1{character} {character}" for character in map(chr, range(start, start + 0x40)))
        assert [word.text for word in split(f"{text} {beside}")][: len(split(text))] == [w.text for w in split(text)]


def test_a_word_of_any_length_is_taken_in_pieces() -> None:
    found = split("a" * 250)
    assert [len(word.text) for word in found] == [101, 101, 48]


def test_a_full_table_of_words_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Three officials, four ministers' aides and Ankara's mayor met in three rooms (a. m.) "
    expected = split(text)
    monkeypatch.setattr(words.FOLDED, "most", 2)
    monkeypatch.setattr(words._STRETCHES, "most", 2)
    assert split(text + " ")[: len(expected)] == expected


SENTENCES = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    ("Mr. Smith met the U.S. Army. Then he left.", ["Mr. Smith met the U.S. Army.", "Then he left."]),
    ("“We won.” They cheered.", ["“We won.”", "They cheered."]),  # the closing mark belongs to the sentence
    ("It grew 3. of 4. and so on", ["It grew 3. of 4. and so on"]),  # a small letter opens none
    ("Really?! Yes… Well", ["Really?!", "Yes…", "Well"]),
    ("He said.\nand left", ["He said.", "and left"]),  # a line break always parts
    ("Mr.\nSmith", ["Mr.", "Smith"]),
    ("会談した。次は。", ["会談した。", "次は。"]),  # without spaces
    ("会談した。\n次", ["会談した。", "次"]),
    ('. "Quote', [".", '"Quote']),
    ("  \n \n", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_end_at_marks_and_lines(text: str, expected: list[str]) -> None:
    found = sentences(text)
    assert [sentence.text for sentence in found] == expected
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)


@pytest.mark.parametrize("piece", [". ", '."', "a'", "a.", "a\u0301", "\n", "。", "'s"])
def test_long_texts_of_one_sign_take_no_longer_than_others(piece: str) -> None:
    """A search that starts again at every sign would not end."""
    text = piece * 100_000
    assert all(text[word.start : word.end] == word.text for word in split(text)[:10])
    assert sum(len(sentence.text) for sentence in sentences(text)) <= len(text)
