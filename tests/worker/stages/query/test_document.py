"""The article as queries see it, made as far as they ask."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.query import Document, document, prepare
from worker.stages.query.spans import places_in

TALKS = Document(title="Talks in Ankara", text="Zelenskyy flew to Ankara. The talk, and the talks after it, failed.")


def test_a_document_that_nobody_asks_about_is_not_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "split", lambda text: pytest.fail(f"split {text!r}"))
    assert prepare(TALKS).document is TALKS


def test_places_of_a_word_are_those_of_all_its_endings_in_order() -> None:
    text = prepare(TALKS).zones("")[1]
    assert list(places_in(text.of_key("talk"))) == [5, 8]
    assert list(text.keys)[:3] == ["zelenskyy", "flew", "to"]
    assert text.of_key("nothing") == 0


WORDS = st.sampled_from(["talk", "talks", "tall", "ta", "talking", "toll", "Talks", "é", "東"])
SHAPES = st.sampled_from(["ta", "tal", "talk", "t?ll", "?all", "ta?", "x", "?", ""])


@settings(deadline=None)  # a loaded machine is no failure
@given(words=st.lists(WORDS, max_size=40), letters=SHAPES, is_open=st.booleans())
def test_a_shape_is_found_as_by_looking_at_every_word(*, words: list[str], letters: str, is_open: bool) -> None:
    def fits(form: str) -> bool:
        is_long_enough = len(form) >= len(letters) if is_open else len(form) == len(letters)
        return is_long_enough and all(mine in ("?", theirs) for mine, theirs in zip(letters, form, strict=False))

    zone = prepare(Document("", " ".join(words))).zones("")[1]
    expected = [place for place, word in enumerate(zone.words) if fits(word.folded)]
    assert list(places_in(zone.of_shape(letters, is_open=is_open))) == expected


def test_many_words_of_one_beginning_are_found_all() -> None:
    """So many that whole blocks of neighbours in the alphabet are among them, and parts of blocks at both ends."""
    words = [f"{beginning}{number:03}x" for beginning in ("aa", "ab", "ac") for number in range(200)]
    zone = prepare(Document("", " ".join(words))).zones("")[1]
    for beginning in ("a", "ab", "ab1", "ab19", "ac", "b"):
        expected = [place for place, word in enumerate(words) if word.startswith(beginning)]
        assert list(places_in(zone.of_shape(beginning, is_open=True))) == expected


def test_anchors_are_spellings_and_beginnings_of_title_and_text() -> None:
    anchors = prepare(TALKS).anchors
    assert {"zelensky", "zel*", "talk", "tal*", "ankara", "in", "in*"} <= anchors
    assert "talks" not in anchors
