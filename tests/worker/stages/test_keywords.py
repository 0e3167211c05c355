import pytest

from worker.stages.keywords import MAX_TERMS, idf, keywords, term_counts


def test_words_are_counted_under_their_stem_and_those_of_the_title_double() -> None:
    counts = term_counts("Ferry strikes pier", "There were two ferries. A ferry hit the pier.", "en")
    assert dict(counts) == {"fery": 4.0, "pier": 3.0, "strike": 2.0, "hit": 1.0}


def test_stop_words_and_numbers_are_left_out() -> None:
    assert dict(term_counts("", "He said that 14 of the 2,500 were told in 2024.", "en")) == {}


def test_chinese_and_japanese_characters_count_in_pairs_of_neighbours() -> None:
    counts = term_counts("", "東京で地震。東京は無事", "ja")
    assert counts["東京"] == 2.0
    assert "京地" not in counts  # not neighbours
    assert "でし" not in term_counts("", "東京でした", "ja")  # an ending in hiragana says nothing


def test_only_the_heaviest_terms_stay_and_of_equal_ones_the_first() -> None:
    words = [f"{chr(97 + i // 26)}{chr(97 + i % 26)}x{chr(97 + i % 26)}" for i in range(MAX_TERMS + 20)]
    counts = term_counts("", " ".join([*words, words[-1]]), "en")
    assert len(counts) == MAX_TERMS
    assert next(iter(counts)) == words[-1]
    assert words[0] in counts
    assert words[-2] not in counts


def test_a_term_is_shown_as_mostly_written() -> None:
    counts = term_counts("", "Erdoğan met Erdoğan, writes Erdogan.", "en")
    assert counts.shown("erdogan") == "Erdoğan"
    assert counts.shown("unheard") == "unheard"


def test_keywords_are_frequent_in_the_article_and_rare_in_the_archive() -> None:
    counts = term_counts(
        "", "The minister saw the volcano; the volcano woke. The minister fled the minister's car.", "en"
    )
    common = {"minister": 5_000}
    found = keywords(counts, lambda term: idf(common.get(term, 3), 10_000), top=2)
    assert found[0] == "volcano"
    assert len(found) == 2


def test_keywords_are_given_as_written_not_as_stems() -> None:
    assert keywords(term_counts("", "Переговорів чекали. Переговорів боялися.", "uk"), lambda _: 1.0, top=1) == (
        "Переговорів",
    )


@pytest.mark.parametrize(
    ("rarer", "commoner", "documents"), [(0, 1, 0), (1, 5, 10), (10, 900, 1_000), (3, 4_000, 200_000)]
)
def test_idf_falls_with_frequency_and_never_below_nothing(rarer: int, commoner: int, documents: int) -> None:
    assert idf(rarer, documents) > idf(commoner, documents) > 0


def test_in_a_tiny_archive_no_word_is_common() -> None:
    assert idf(5, 10) > 0.7 * idf(0, 10)


@pytest.mark.parametrize("text", ["", "😀", "\x00", "123 456", "'’"])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert dict(term_counts(text, text, "en")) == {}
