"""The article as queries see it, made as far as they ask."""

import pytest

from worker.stages.query import Document, document, prepare

TALKS = Document(title="Talks in Ankara", text="Zelenskyy flew to Ankara. The talk, and the talks after it, failed.")


def test_a_document_that_nobody_asks_about_is_not_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "split", lambda text: pytest.fail(f"split {text!r}"))
    assert prepare(TALKS).document is TALKS


def test_places_of_a_word_are_those_of_all_its_endings_in_order() -> None:
    text = prepare(TALKS).zones("")[1]
    assert list(text.places_of("talk")) == [5, 8]
    assert list(text.keys)[:3] == ["zelenskyy", "flew", "to"]
    assert text.places_of("nothing") == ()


def test_anchors_are_spellings_and_beginnings_of_title_and_text() -> None:
    anchors = prepare(TALKS).anchors
    assert {"zelensky", "zel*", "talk", "tal*", "ankara", "in", "in*"} <= anchors
    assert "talks" not in anchors
