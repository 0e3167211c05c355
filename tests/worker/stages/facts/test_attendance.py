"""Who attends: statements of what is to come, and whom they are about."""

import pytest

from worker.stages.facts.attendance import find_attendance, find_persons, is_named, shown_name

PERSONS = find_persons("President Olena Moroz. Foreign Minister Petro Bondar. US envoy Steve Hale. Mr Karim Aydın.")


def read(sentence: str, before: str = "") -> dict[str, tuple[float, bool]]:
    return {each.who: (each.value, each.hedged) for each in find_attendance(sentence, before, PERSONS)}


YES, LIKELY, OPEN, UNLIKELY, NO = (1.0, False), (1.0, True), (0.5, True), (0.0, True), (0.0, False)


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Hale will attend the talks.", {"hale": YES}),
        ("Hale is set to attend.", {"hale": YES}),
        ("Moroz is due to meet envoy Steve Hale in Ankara.", {"moroz": YES, "hale": YES}),
        ("Moroz is expected to take part.", {"moroz": LIKELY}),
        ("Hale may be represented by Bondar.", {"bondar": OPEN}),
        ("Hale could still join the session.", {"hale": OPEN}),
        ("Hale's attendance was uncertain.", {"hale": OPEN}),
        ("It is unclear whether Hale will attend.", {"hale": OPEN}),
        ("Officials gave mixed statements about Hale's participation.", {"hale": OPEN}),
        ("Hale will not take part.", {"hale": NO}),
        ("Hale won’t attend.", {"hale": NO}),
        ("Hale is not expected to attend.", {"hale": UNLIKELY}),
        ("Bondar ruled out attending.", {"bondar": NO}),
        ("Moroz has no plans to meet Hale.", {"hale": UNLIKELY}),  # she may attend all the same
        ("The talks will involve Hale.", {"hale": YES}),
        ("No Russian representatives will attend the meeting.", {"russia": NO}),
        ("The Kremlin confirmed it will not participate.", {"russia": NO}),
        ("Russia declined to send a delegation.", {"russia": NO}),
        ("Hale is not coming.", {"hale": NO}),
        ("Hale, the envoy, is not travelling to Ankara.", {"hale": NO}),
        ("Bondar was not expected.", {"bondar": UNLIKELY}),
        ("Hale stayed away.", {"hale": NO}),
        ("Hale skipped the trip.", {"hale": NO}),
        ("Hale is expected in the Turkish capital.", {"hale": LIKELY}),
        ("Hale is expected in Ankara.", {"hale": LIKELY}),
        ("Hale is expected in May.", {}),
        ("Russia is not going well.", {}),
        # what had been said has been overtaken
        ("Officials had said on Tuesday that envoy Hale would attend.", {}),
        # anybody
        ("An American will attend.", {}),
        # the last word counts
        ("Hale was expected to attend, but it is now unclear whether he will join.", {"hale": OPEN}),
        # who speaks is not who attends
        ("Bondar said leaders would meet in May.", {}),
        ("Bondar said Hale would attend.", {"hale": LIKELY}),
        # what nobody said says nothing
        ("No Turkish official has suggested that Russia will join soon.", {}),
        # history is not attendance
        ("Moroz and Hale have not met since May.", {}),
        ("Moroz met Hale in Alaska in August.", {}),
        # nor is a place
        ("Bondar will hold talks in Turkey.", {"bondar": YES}),
        # a name nobody introduced
        ("Delacroix will attend.", {}),
    ],
)
def test_statements_are_read(sentence: str, stated: dict[str, tuple[float, bool]]) -> None:
    assert read(sentence) == stated


def test_a_pronoun_means_who_was_named_last() -> None:
    assert read("Later he said his attendance was uncertain.", "The envoy, Steve Hale, was in Kyiv.") == {"hale": OPEN}


def test_a_pronoun_means_the_speaker_only_when_nobody_else_was_named() -> None:
    assert read("Bondar said he would attend.", "Hale was in Kyiv.") == {"hale": LIKELY}
    assert read("Bondar said he would attend.") == {"bondar": LIKELY}


def test_persons_are_known_by_a_title_and_keyed_by_spelling() -> None:
    assert find_persons("President Volodymyr Zelenskiy spoke.") == find_persons("President Zelensky spoke.")
    assert find_persons("Foreign Minister spoke. The Secretary of State left. Steve Hale came.") == frozenset()
    assert find_persons("President George W. Bush") == {"bush"}


def test_who_is_only_a_pronoun_is_not_named() -> None:
    assert is_named("hale", "Hale is not coming.")
    assert is_named("russia", "The Kremlin confirmed it.")
    assert not is_named("hale", "Officials said that he was not expected.")


def test_a_name_is_shown_as_a_sentence_writes_it() -> None:
    [key] = find_persons("envoy Steve Witkoff")
    assert shown_name(key, ["He may come.", "Steve Witkoff will attend."]) == "Witkoff"
    assert shown_name(key, ["He may come."]) == key.capitalize()
    assert shown_name("usa", ["American officials may come."]) == "the United States"
