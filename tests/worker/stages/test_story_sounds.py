import pytest

from worker.stages.story.sounds import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("taras holub", "taras golub"),  # Ukrainian g is written h
        ("kostrava", "kostrav"),  # without its ending
        ("oksana melnyk", "oksan melnik"),
        ("elermere", "elermersky"),  # the adjective
        ("laleh tavana", "lalh tafana"),  # as read from Arabic, which has no v
        ("vasily kandinsky", "wassily kandinski"),
    ],
)
def test_two_spellings_of_a_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("taras holub", "taras melnyk"), ("port elery", "fort elery"), ("michele obama", "barack obama")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize("key", ["", " ", "osei", "li na", "東京", "😀", "\x00", "يوسف", "aeiou"])
def test_what_is_too_short_or_in_another_script_has_no_sound(key: str) -> None:
    assert sound(key) == ""


def test_a_long_name_is_bounded() -> None:
    assert len(sound("b" * 100_000 + " " + "bd" * 100_000)) <= 200
