import pytest

from worker.stages.names.cases import nominatives, readings


@pytest.mark.parametrize(
    ("word", "code", "nominative"),
    [
        ("Warszawie", "pl", "Warszawa"),
        ("Zełenskiego", "pl", "Zełensky"),
        ("Tuskem", "cs", "Tusk"),
        ("Helsingissä", "fi", "Helsingi"),
        ("Orbánnak", "hu", "Orbán"),
        ("Vilniuje", "lt", "Vilni"),
    ],
)
def test_case_endings_come_off(word: str, code: str, nominative: str) -> None:
    assert nominative in nominatives(word, code)


def test_the_word_itself_comes_first() -> None:
    assert nominatives("Praha", "cs")[0] == "Praha"


def test_languages_without_cases_have_one_reading() -> None:
    assert readings(("Donalda", "Tuska"), "en") == (("Donalda", "Tuska"),)
    assert ("Donald", "Tusk") in readings(("Donalda", "Tuska"), "pl")


def test_long_names_are_not_tried_in_all_cases() -> None:
    words = ("Jana", "Pawla", "Adama", "Piotra")
    assert readings(words, "pl") == (words,)
