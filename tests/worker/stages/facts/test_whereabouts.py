"""Where something happens, by name or without one."""

import time

import pytest

from tests.worker.stages.facts.stating import placed
from worker.stages.facts.whereabouts import about, agree, cues_in, find_whereabouts, may_be_one, shown


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The meeting of leaders will be held in Port Selim, the council said.", "en", ["Port Selim"]),
        ("Orun liderleri 20 Mayıs'ta Harun Kale kentinde bir araya gelecek.", "tr", ["Harun Kale"]),
        ("A school bus turned over near Marlby.", "en", ["near Marlby"]),
        ("An explosion at the tank farm killed four workers.", "en", ["tank farm"]),
        ("Das Feuer brach im Keller aus.", "de", ["Keller"]),
        ("L'avion s'est écrasé près de Oster.", "fr", ["near Oster"]),
        ("Переговоры пройдут в Женеве.", "ru", ["Женеве"]),
        ("The leaders met on Monday in May.", "en", []),  # days and months are no places
        ("Fire on the Aldis killed nine.", "en", []),  # nor is whatever bears a name
        ("The talks will not be held in Geneva.", "en", []),
        ("Four die in refinery explosion", "en", []),  # in the explosion
        ("", "en", []),
    ],
)
def test_a_sentence_says_where(sentence: str, language: str, expected: list[str]) -> None:
    assert [shown(fact) for fact in placed(sentence, language)] == expected


@pytest.mark.parametrize(
    ("sentence", "language", "other", "other_language"),
    [
        ("Orun zirvesi Harun Kale'de toplanacak", "tr", "The Orun summit will be held in Port Selim.", "en"),
        ("The blast happened at the loading dock.", "en", "An explosion at the tank farm killed four.", "en"),
        ("Das Flugzeug stürzte bei Oster ab.", "de", "The plane crashed near Vell.", "en"),
        ("The body was found in a forest.", "en", "The body was discovered in a river.", "en"),
        ("The suspect Karl Vint was arrested at the airport.", "en", "Vint was arrested at his home.", "en"),
    ],
)
def test_two_places_of_one_event_differ(sentence: str, language: str, other: str, other_language: str) -> None:
    one, another = placed(sentence, language)[0], placed(other, other_language)[0]
    assert may_be_one(one, another)
    assert agree(one, another) is False


@pytest.mark.parametrize(
    ("sentence", "other", "expected"),
    [
        ("The plane crashed near Oster.", "The plane crashed in Oster.", True),
        ("The Orun talks will be held in Geneva.", "The Orun talks will be held in Switzerland.", None),  # within it
        ("The plane crashed near Oster.", "The plane crashed in Vell.", None),  # which may be near Oster
        ("The plane crashed in Oster.", "The plane crashed in Vell, a part of Oster.", None),
    ],
)
def test_a_place_within_or_near_another_does_not_contradict_it(
    sentence: str, other: str, expected: bool | None
) -> None:
    one, another = placed(sentence)[0], placed(other)[0]
    assert may_be_one(one, another)
    assert agree(one, another) is expected


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Brun met Kard in Paris.", "Brun met Volt in Rome."),  # two meetings
        ("The explosion happened in Oster.", "The explosion happened at the tank farm."),  # a town and a spot
        ("The blast happened in a factory.", "The blast happened at the tank farm."),  # which may be the factory's
        ("The Orun summit was held in Oster.", "The Orun summit will be held in Vell."),
    ],
)
def test_places_of_different_things_are_not_compared(sentence: str, other: str) -> None:
    assert not any(may_be_one(one, another) for one in placed(sentence) for another in placed(other))


def test_what_a_place_is_of_is_said_for_people() -> None:
    assert about(placed("The blast happened at the loading dock.")) == "place of the explosion"


def test_cues_point_at_what_happens_before_a_place() -> None:
    text = "It rained. A fire broke out in the kitchen."
    assert cues_in(text, "en") == [text.index("fire"), text.index("broke")]
    assert cues_in("There was a fire.", "en") == []


@pytest.mark.parametrize(
    "text", ["fire in the " * 30_000, "met in Port " * 30_000, "\0 fire in \ud800", "🎈 fire at مدينة"]
)
def test_bad_text_takes_bounded_time(text: str) -> None:
    begin = time.process_time()
    cues_in(text, "en")
    find_whereabouts(text, "en")
    find_whereabouts(text, "tr")
    assert time.process_time() - begin < 2
