import pytest

from worker.stages.text.stopwords import primary, stop_pairs, stopwords


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


@pytest.mark.parametrize(("language", "word"), [("ru", "voyna"), ("es", "empleo"), ("en", "computer")])
def test_what_a_packaged_list_holds_too_much_is_no_stop_word(language: str, word: str) -> None:
    assert word not in stopwords(language)


def test_what_an_article_is_about_is_no_stop_word() -> None:
    assert not stopwords("en") & {"ankara", "peace", "minister", "earthquake", "election"}


@pytest.mark.parametrize(("language", "code"), [("en-GB", "en"), ("zh_Hant", "zh"), ("UK", "uk"), ("", "")])
def test_a_language_is_compared_without_its_region(language: str, code: str) -> None:
    assert primary(language) == code


@pytest.mark.parametrize("language", ["nb", "nn-NO"])
def test_both_written_norwegians_are_one(language: str) -> None:
    assert stopwords(language) == stopwords("no")


def test_stop_words_of_characters_are_as_written() -> None:
    assert {"的", "我们"} <= stop_pairs("zh")
    assert not stop_pairs("xx")
