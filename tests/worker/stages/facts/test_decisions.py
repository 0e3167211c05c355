"""Yes against no: what is said to be so or not, and of whom."""

import time

import pytest

from tests.worker.stages.facts.stating import decided
from worker.stages.facts.decisions import about, agree, cues_in, find_decisions, may_be_one, shown


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The crossing at Paso Alto is open.", "en", "open"),
        ("The crossing at Paso Alto is not open.", "en", "closed"),
        ("Guards deny that Paso Alto is shut.", "en", "open"),  # a denied no is a yes
        ("El paso está cerrado.", "es", "closed"),
        ("Le tunnel de Varn est fermé.", "fr", "closed"),
        ("His lawyer said Brandt will appeal.", "en", "will appeal"),
        ("Brandt will not appeal.", "en", "will not appeal"),
        ("Ministerin Ola Brun ist nicht zurückgetreten.", "de", "does not resign"),
        ("Министр Ола Брун не подала в отставку.", "ru", "does not resign"),
        ("Kaya istifa etmedi.", "tr", "does not resign"),
        ("Ambasador Nowak nie podpisał umowy.", "pl", "not signed"),
        ("It is unclear whether Brun will resign.", "en", "unclear"),
        ("The fire in Tarn was arson.", "en", "deliberate"),
        ("The singer Lia Moor is alive.", "en", "alive"),
        ("The blackout in Tarn was caused by a lightning strike.", "en", "lightning"),
        ("No ransom was paid.", "en", "no ransom paid"),
        ("Вода прийшла без попередження.", "uk", "not warned"),
        ("Troops never attacked the Dorra valley.", "en", "no"),  # whatever it is that did not happen
    ],
)
def test_a_sentence_says_yes_or_no(sentence: str, language: str, expected: str) -> None:
    assert [shown(fact) for fact in decided(sentence, language)] == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ola Brun may resign.",
        "The opposition demanded that Brun resign.",
        "Brun should resign.",
        "Is the crossing at Paso Alto open?",
        "The road is open again.",  # a change is news
        "The road was closed on Monday and opened on Tuesday.",  # both
        "Petra Olm pleaded not guilty.",
        "26 hurt in school bus accident",  # how many is not whether
        "Prosecutors opened an inquiry into Balder Lines.",
        "If the road is closed, take the train.",
        "Thousands of homes had no electricity.",  # what is lacked is not denied
        "The minister stands by her word on ransom.",
        "",
    ],
)
def test_what_is_open_or_wanted_decides_nothing(sentence: str) -> None:
    assert decided(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "language", "other", "other_language"),
    [
        ("Ola Brun denied reports that she had resigned.", "en", "Minister Ola Brun has resigned.", "en"),
        ("Ministerin Ola Brun ist zurückgetreten.", "de", "Ola Brun has not resigned, her office said.", "en"),
        ("Парламент Мероні схвалив закон про воду.", "uk", "Parliament in Meroni rejected the water law.", "en"),
        ("Der Brand in Tarn war Brandstiftung.", "de", "The fire in Tarn was an accident.", "en"),
        ("The festival in Brook has been cancelled.", "en", "The Brook festival will go ahead.", "en"),
        ("The tap water in Lund is safe to drink.", "en", "The water in Lund is contaminated.", "en"),
    ],
)
def test_yes_and_no_of_one_thing_differ(sentence: str, language: str, other: str, other_language: str) -> None:
    one, another = decided(sentence, language)[0], decided(other, other_language)[0]
    assert may_be_one(one, another)
    assert agree(one, another) is False


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("The bridge at Sorn is closed.", "The bridge at Vell is open."),
        (
            "The narrow road between the village and the church is closed.",
            "The road along the northern lake shore is open.",
        ),
        ("Brandt has not appealed.", "Brandt will appeal."),  # not so far
        ("Ola Brun has resigned.", "Ola Brun was arrested."),
    ],
)
def test_different_things_are_not_compared(sentence: str, other: str) -> None:
    assert not any(may_be_one(one, another) for one in decided(sentence) for another in decided(other))


def test_what_is_asked_is_said_for_people() -> None:
    crossing = [*decided("The border crossing is closed."), *decided("El paso está abierto.", "es")]
    assert about(crossing) == "whether the crossing is open"
    appeal = [
        *decided("His lawyer said Brandt will appeal."),
        *decided("The minister will not appeal against the verdict."),
    ]
    assert about(appeal) == "whether Brandt appeals"


def test_cues_point_at_what_decides_about_something() -> None:
    text = "it was open to all, and nobody came when it began to rain and the wind rose. The bridge is closed."
    assert cues_in(text, "en") == [text.index("closed")]


@pytest.mark.parametrize(
    "text", ["not closed road " * 20_000, "Brun denied " * 20_000, "\0 closed \ud800 road", "دولة closed 🎈"]
)
def test_bad_text_takes_bounded_time(text: str) -> None:
    begin = time.process_time()
    cues_in(text, "en")
    find_decisions(text, "en")
    assert time.process_time() - begin < 2
