"""Aliases: groups of names that mean the same."""

import pytest

from worker.stages.aliases import NO_ALIASES, Aliases, is_acronym

GROUPS = [
    ["Zelensky", "Zelenskiy", "Зеленський"],
    ["UN", "United Nations", "ООН"],
    ["Georgia", "Sakartvelo"],
    ["Georgia", "GA"],
    ["東京", "Tokyo"],
    ["👍", "thumbs up"],
]


@pytest.mark.parametrize(
    ("phrase", "canonical"),
    [
        ("Zelenskiy", "zelensky"),
        ("zelenskyy", "zelensky"),  # not written in the group, but spelled alike
        ("Зеленський", "zelensky"),
        ("United Nations", "un"),
        ("united  nations", "un"),  # case and spaces do not count
        ("U.N.", "un"),
        ("un", None),  # the French word is no acronym
        ("Nations", None),  # part of a member is not the member
        ("Georgia", "georgia"),
        ("GA", "georgia"),
        ("Tokyo", "東 京"),  # one word for each character
        ("thumbs up", "thumbs up"),  # the emoji, which has no words, is left out
        ("👍", None),
        ("", None),
        ("Erdogan", None),
    ],
)
def test_a_phrase_has_the_first_member_of_its_group_as_canonical_form(phrase: str, canonical: str | None) -> None:
    assert Aliases(GROUPS).canonical(phrase) == canonical


def test_variants_are_all_members_as_written() -> None:
    assert Aliases(GROUPS).variants("u.n.") == ()
    assert Aliases(GROUPS).variants("U.N.") == ("UN", "United Nations", "ООН")


def test_two_groups_with_a_common_member_stay_two() -> None:
    aliases = Aliases(GROUPS)
    assert aliases.variants("Georgia") == ("Georgia", "Sakartvelo", "GA")
    assert aliases.variants("Sakartvelo") == ("Georgia", "Sakartvelo")


def test_without_groups_nothing_is_known() -> None:
    assert NO_ALIASES.variants("UN") == ()
    assert NO_ALIASES.canonical("UN") is None
    assert Aliases([[], ["👍"]]).groups == ()


@pytest.mark.parametrize("text", ["US", "U.S.", "WHO", "MPs", "США", "IDs", "U.S.A."])
def test_short_words_in_capitals_are_acronyms(text: str) -> None:
    assert is_acronym(text)


@pytest.mark.parametrize(
    "text",
    [
        "us",
        "Us",  # the s is no plural of a single letter
        "A",
        "NATO",  # four letters: newspapers also write Nato
        "G7",
        "東京",  # no capitals in this script
        "",
    ],
)
def test_other_words_are_no_acronyms(text: str) -> None:
    assert not is_acronym(text)
