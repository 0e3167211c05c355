import pytest

from worker.stages.background import RARE, UNLISTED, idf_of, prior
from worker.stages.keywords import term_key


@pytest.mark.parametrize(
    ("language", "common", "rare"),
    [
        ("en", "government", "ferry"),
        ("de", "Regierung", "Fähre"),
        ("uk", "президент", "пором"),
        ("zh", "政府", "渡轮"),
        ("ja", "政府", "亀裂"),
    ],
)
def test_a_common_word_is_expected_in_more_reports(language: str, common: str, rare: str) -> None:
    keys = [word if language in ("zh", "ja") else term_key(word, language) for word in (common, rare)]
    assert 1 > prior(keys[0], language) > 3 * prior(keys[1], language) >= RARE


def test_a_word_that_no_list_has_is_rare() -> None:
    assert prior("zzgrmbl", "en") == RARE


def test_two_characters_that_meet_by_chance_are_no_rare_word() -> None:
    assert prior("体裂", "zh") > prior("渡轮", "zh")


def test_without_a_list_all_words_are_alike() -> None:
    assert prior("umama", "zu") == prior("yena", "zu") == UNLISTED


def test_the_background_decides_in_an_empty_archive_and_the_archive_in_a_large_one() -> None:
    empty, large = idf_of({}, 0, "en"), idf_of({"fery": 9_000, "government": 5}, 10_000, "en-GB")
    assert empty("government") < empty("fery")
    assert large("government") > large("fery")


@pytest.mark.parametrize("key", ["n:government", "l:en", "#:government"])
def test_names_languages_and_numbers_have_no_background(key: str) -> None:
    assert idf_of({}, 0, "en")(key) == idf_of({}, 0, "zu")("umama")
