import pytest

from worker.stages.facts import find_facts
from worker.stages.facts.attendance import CUES, may_attend
from worker.stages.facts.count_words import COUNT_WORDS
from worker.stages.facts.counts import may_count_few
from worker.stages.facts.cues import cue_places, holding, may_count
from worker.stages.facts.lexicon import marked, predicates
from worker.stages.facts.numbers import SMALL, number_words, small_number_words
from worker.stages.text.words import sentences, split


def read(text: str, language: str = "en") -> list[str]:
    pieces = sentences(text)
    places = (place for place, _ in cue_places(text, number_words(language)))
    return list(dict.fromkeys(pieces[index].text for index in holding(pieces, places)))


@pytest.mark.parametrize("language", COUNT_WORDS)
def test_every_number_word_is_a_cue(language: str) -> None:
    for word in COUNT_WORDS[language].numbers:
        assert read(f"Xx. {word.capitalize()} xx. Xx.", language) == [f"{word.capitalize()} xx."]


@pytest.mark.parametrize(
    "number",
    ["5", "$5", "2,500", "covid19", "x5", "5th", "５", "٥", "one’s", "l'un, 1"],  # fullwidth and Arabic digits as well
)
def test_every_digit_is_a_cue(number: str) -> None:
    assert read(f"Nothing here. Here {number} stands. Nothing there.") == [f"Here {number} stands."]


def test_a_sentence_is_read_once_and_those_without_a_cue_are_passed_over() -> None:
    assert read("Two of 14 died. It rained.\nThree more fell.") == ["Two of 14 died.", "Three more fell."]
    assert read("") == read("It rained.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Moroz is not expected to attend.",
        "Moroz won't join the meeting.",
        "Moroz isn't planning to meet the envoys.",
        "Moroz declined to send anyone.",
        "There are no plans to take part.",
        "Moroz is not expected.",
        "Moroz is not coming to the talks.",
        "Moroz is not travelling to Ankara.",
        "Moroz stayed away.",
        "Moroz skipped the summit.",
        "Moroz will skip it, he ruled out joining.",
        "Moroz pulled out of the talks.",
        "Moroz withdrew from the summit.",
        "It is unclear whether Moroz will be present.",
        "Moroz may participate.",
        "Her participation is uncertain.",
        "There are mixed signals about her attendance.",
        "Moroz hopes to hold talks.",
        "Moroz is expected in Ankara.",
        "Moroz would sit down with him.",
        "Moroz agreed to attend.",
        "It will involve Moroz.",
        "Moroz confirmed her participation.",
        "She will be represented by Moroz.",
        "No Russian representatives will be present.",
    ],
)
def test_every_statement_of_attendance_holds_a_cue(sentence: str) -> None:
    assert may_attend(sentence)
    assert cue_places(sentence, CUES)


# Each holds one small number that is spelled.
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "One was killed."),  # beside a casualty
        ("en", "It rose by two percent in May."),  # with a unit
        ("en", "It costs $two million."),
        ("en", "Two million voters came."),  # made larger
        ("en", "She gave five dollars."),
        ("fr", "La hausse est de deux pour cent."),
        ("es", "Subió un tres por ciento."),
        ("tr", "Yüzde beş arttı."),
        ("tr", "Üç milyar lira."),
        ("uk", "Загинули двоє, троє поранені, одну врятували."),
        ("uk", "Ціна п’ять гривень."),
    ],
)
def test_a_sentence_is_read_for_one_small_number_beside_what_it_may_count(language: str, sentence: str) -> None:
    assert may_count_few(sentence, language)


@pytest.mark.parametrize("sentence", ["The two sides met.", "One of them left.", "They were there for three reasons."])
def test_a_sentence_is_passed_over_that_only_points_back(sentence: str) -> None:
    assert not may_count_few(sentence, "en")
    assert not find_facts("", f"It rained. {sentence}", "en")


@pytest.mark.parametrize("language", COUNT_WORDS)
def test_no_word_is_small_that_may_be_more(language: str) -> None:
    large = [word for word, number in COUNT_WORDS[language].numbers.items() if number >= SMALL]
    alone = {folded[0] for word in large if len(folded := [part.folded for part in split(word)]) == 1}
    assert alone.isdisjoint(small_number_words(language))


def test_a_fact_is_found_wherever_its_sentence_stands() -> None:
    dull = "It rained on the island for a while. "
    alone = find_facts("", "At least 20 people were killed.", "en")
    assert [fact.key for fact in find_facts("", f"{dull * 20}At least 20 people were killed. {dull * 20}", "en")] == [
        fact.key for fact in alone
    ]
    assert alone


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("2018, it said", False),
        ("2018", False),
        ("2018 and then", False),
        ("5th of them", False),
        ("1990s were", False),
        ("9/11 was", False),
        ("2018 people", True),
        ("2018,5 km", True),  # no year
        ("2000 tonnes", True),
        ("$2018.", True),
        ("$ 2018.", True),
        ("5 tonnes", True),
        ("five", True),
    ],
)
def test_a_year_an_ordinal_and_a_date_count_nothing(text: str, *, may: bool) -> None:
    place = next(at for at, sign in enumerate(text) if sign.isalnum())
    assert may_count(text, place) is may


def test_a_word_that_decides_with_the_next_one_is_a_cue_before_that_one_only() -> None:
    pair, _ = next(iter(predicates("en").pairs.items()))
    second = predicates("en").pairs[pair][0][0].rstrip("*")
    assert marked(f"Xx {pair} {second} xx.", "en").cues
    assert not marked(f"Xx {pair} xx.", "en").cues
