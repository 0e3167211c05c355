"""What is counted has one name in all languages."""

import pytest

from worker.stages.facts.counted import KNOWN_NOUNS, NOUNS, SUBJECTS
from worker.stages.text.fold import fold


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trucks", "lorries camiones Lastwagen вантажівок ciężarówek"),
        ("jobs", "jobs Arbeitsplätze emplois puestos"),
        ("people", "people Menschen personnes осіб человек ludzi kişi"),
        ("children", "children Kinder enfants дітей dzieci"),
        ("votes", "votes Stimmen голосів votos"),
    ],
)
def test_a_thing_has_one_name_in_all_languages(name: str, words: str) -> None:
    assert {NOUNS[fold(word)] for word in words.split()} == {name}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("turnout", "turnout Wahlbeteiligung participation"),
        ("prison", "sentenced Haft cárcel hapis"),
        ("damage", "damage Schaden збитки dégâts"),
        ("queue", "queue cola Stau kuyruk"),
    ],
)
def test_what_a_measure_is_of_has_one_name_too(name: str, words: str) -> None:
    assert {SUBJECTS[fold(word)] for word in words.split()} == {name}


def test_other_words_have_no_name() -> None:
    assert {NOUNS[word] or SUBJECTS[word] for word in ("quickly", "blue", "", "x" * 10_000)} == {""}


def test_people_can_be_anybody() -> None:
    assert "people" not in KNOWN_NOUNS
