import pytest

from worker.stages.names.sounds import ABJAD, distance, sounds

NEAR, FAR = 0.66, 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("khrushchev", "chruschtschow"),
        ("gorbachev", "gorbatschow"),
        ("yeltsin", "jelzin"),
        ("poutine", "putin"),
        ("qaddafi", "gaddafi"),
        ("mitsotakis", "mitsotaki"),
        ("vucic", "vuchich"),
        ("mickoski", "mitskoski"),
        ("otani", "ohtani"),
    ],
)
def test_transliterations_are_near(one: str, other: str) -> None:
    assert distance(sounds(one), sounds(other)) <= NEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kowalska", "kowalski"),  # the ending tells man and woman apart
        ("navalny", "navalnaya"),
        ("obama", "osama"),
        ("petrov", "petersen"),
        ("malawi", "mali"),
        ("", "putin"),
    ],
)
def test_other_names_are_far(one: str, other: str) -> None:
    assert distance(sounds(one), sounds(other)) > FAR


def test_distance_is_symmetric_and_nothing_to_itself() -> None:
    for one, other in [("putin", "poutine"), ("kowalska", "kowalski"), ("", "putin")]:
        assert distance(sounds(one), sounds(other)) == pytest.approx(distance(sounds(other), sounds(one)))
        assert distance(sounds(one), sounds(one)) == 0


def test_vowels_cost_little_where_none_are_written() -> None:
    assert (
        distance(sounds("muhammad"), sounds("mhmd", ABJAD), ABJAD) < 0.3 < distance(sounds("muhammad"), sounds("mhmd"))
    )
