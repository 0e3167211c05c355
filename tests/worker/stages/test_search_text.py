"""The terms of a text: words as folded, what their spellings share, and pairs where there are no spaces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.text.search import LONGEST_TERM, terms_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("🙂 … !", set()),
        ("Ankara", {"ankara"}),
        ("Zelenskyy's", {"zelenskyy", "zelensky"}),  # as folded, and what its spellings share
        ("talks", {"talks", "talk"}),
        ("Łódź Żółć", {"lodz", "zolc"}),
        ("Erdoğan ERDOGAN", {"erdogan"}),
        ("US us", {"us", ".us"}),  # a short word in capitals has a term of its own
        ("U.S.", {"us", ".us"}),
        ("us", {"us"}),
        ("NATO", {"nato"}),  # not short: newspapers write Nato, too
        ("東京", {"東京", "京"}),
        ("東京都と京都", {"東京", "京都", "都と", "と京", "都"}),
        ("核", {"核"}),
        ("A股 2024年", {"a", "股", "2024", "年"}),
        ("3,000 3.5 -5", {"3000", "35", "5"}),  # no sign at which a database could part them
        ("a@b.example", {"a", "b", "example"}),
    ],
)
def test_a_text_has_these_terms(text: str, expected: set[str]) -> None:
    assert terms_of(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("talks", "en-GB", {"talks", "talk"}),
        ("talks", "ja", {"talks"}),  # no endings are known of it
        ("Ländern", "de", {"landern", "land"}),
        ("elecciones", "es-MX", {"elecciones", "eleciones", "elecion"}),  # one c, as in spellings of a name
        ("Анкарі", "uk", {"ankari", "ankary", "ankar"}),  # as folded, a spelling of that, and without its case
        ("ABD'nin", "tr", {"abdnin", "abd", ".abd"}),  # capitals, whatever stands behind the apostrophe
        ("ABD'nin", "en", {"abdnin"}),
        ("회의에서", "ko", {"hoeuieseo", "hoeuy"}),
        ("東京", "ko", {"東京", "京"}),
    ],
)
def test_a_word_has_the_keys_of_its_language(text: str, language: str, expected: set[str]) -> None:
    assert terms_of(text, language) == expected


@settings(max_examples=50)
@given(st.text(max_size=40), st.sampled_from(["", "en", "ar", "de", "ko", "tr", "uk", "zh"]))
def test_terms_are_letters_and_digits_whatever_the_text(text: str, language: str) -> None:
    for term in terms_of(text, language):
        assert term.removeprefix(".").isalnum()
        assert len(term) <= LONGEST_TERM + 1
        assert term == term.lower()


def test_a_term_is_never_long() -> None:
    assert max(map(len, terms_of("x" * 100_000 + " " + "年" * 10 + "٣" * 1_000))) <= LONGEST_TERM


def test_each_term_is_there_once_however_often_its_word_is() -> None:
    assert terms_of("talk " * 10_000) == {"talk"}
