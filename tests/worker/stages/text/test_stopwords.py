import pytest

from worker.stages.text.stopwords import primary, stopwords


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "the"),
        ("en", "said"),  # newsroom English
        ("en-GB", "reported"),  # a region changes nothing
        ("fr", "meme"),  # folded: même
        ("uk", "bulo"),  # folded: було
        ("tr", "icin"),  # folded: için
        ("", "the"),  # unknown: English
        ("xx", "the"),
    ],
)
def test_function_words_are_stop_words(language: str, word: str) -> None:
    assert word in stopwords(language)


def test_what_an_article_is_about_is_no_stop_word() -> None:
    assert not stopwords("en") & {"ankara", "peace", "minister", "earthquake", "election"}


@pytest.mark.parametrize(("language", "code"), [("en-GB", "en"), ("zh_Hant", "zh"), ("UK", "uk"), ("", "")])
def test_a_language_is_compared_without_its_region(language: str, code: str) -> None:
    assert primary(language) == code
