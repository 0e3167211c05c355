import time
from dataclasses import dataclass

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


# --- Phrases, names, and what is left out ---

FERRY = "The ferry hull cracked. Inspectors looked at the ferry hull, and talks followed. The talk went on."


def test_words_that_stand_together_twice_are_one_keyword() -> None:
    found = keywords(term_counts("", FERRY, "en"), lambda _: 1.0)
    assert "ferry hull" in found
    assert not {"ferry", "hull"} & set(found)


def test_words_on_both_sides_of_a_mark_are_no_phrase() -> None:
    assert term_counts("", "A ferry. Hull. The ferry, hull.", "en").phrases == ()


def test_two_forms_of_a_word_are_one_keyword() -> None:
    found = keywords(term_counts("", FERRY, "en"), lambda _: 1.0)
    assert sum(word.startswith("talk") for word in found) == 1
    assert len(keywords(term_counts("", "Der Golf, des Golfs", "de"), lambda _: 1.0)) == 1


@dataclass(frozen=True)
class Name:
    shown: str
    count: int


def test_a_name_is_shown_whole_and_once() -> None:
    counts = term_counts("Moroz sails", "Olena Moroz sailed. Moroz said the sea was calm, and Moroz slept.", "en")
    found = keywords(counts, lambda _: 1.0, names=[Name("Olena Moroz", 4)])
    assert found[0] == "Olena Moroz"
    assert "Moroz" not in found


def test_a_name_of_whom_others_share_the_surname_does_not_take_its_place() -> None:
    counts = term_counts("", "Moroz and Moroz and Moroz and Moroz met Olena Moroz.", "en")
    found = keywords(counts, lambda key: 5.0 if key == "moroz" else 1.0, names=[Name("Olena Moroz", 1)])
    assert found[0] == "Moroz"


@pytest.mark.parametrize(
    ("names", "outlet", "unwanted"),
    [
        ([Name("Associated Press", 9)], "", "Associated Press"),  # an agency is in every report
        ([], "Harbour Gazette", "Gazette"),
    ],
)
def test_who_reports_is_no_keyword(names: list[Name], outlet: str, unwanted: str) -> None:
    text = "Gazette, Gazette. Associated, Associated. The Associated Press saw a ferry."
    assert unwanted not in keywords(term_counts("", text, "en"), lambda _: 1.0, names=names, outlet=outlet)


# In each language: what the report is about is found, and its function words are not.
REPORTS = {
    "de": ("Nachtfähre gestoppt", "Die Fähre liegt im Hafen. Prüfer fanden an der Fähre einen Riss.", "Fähre", "die"),
    "fr": ("Ferry à l’arrêt", "Le ferry reste au port. Les inspecteurs du ferry ont vu une fissure.", "ferry", "les"),
    "es": ("Ferry detenido", "El ferry sigue en puerto. Los inspectores del ferry vieron una grieta.", "ferry", "los"),
    "tr": ("Feribot durduruldu", "Feribot limanda kaldı. Feribot için müfettişler geldi.", "Feribot", "için"),
    "uk": ("Пором зупинили", "Пором стоїть у порту. Інспектори знайшли на поромі тріщину.", "Пором", "на"),
    "ru": ("Паром остановили", "Паром стоит в порту. Инспекторы нашли на пароме трещину.", "Паром", "на"),
    "ar": ("توقف العبارة", "العبارة في الميناء. وجد المفتشون صدعا في العبارة.", "العبارة", "في"),
    "el": ("Σταμάτησε το πλοίο", "Το πλοίο μένει στο λιμάνι. Βρήκαν ρωγμή στο πλοίο.", "πλοίο", "στο"),
    "zh": ("渡轮出事", "渡轮停在港口。检查员在渡轮上发现裂缝。", "渡轮", "在港"),
    "ja": ("フェリー運航停止", "フェリーは港にいる。フェリーの船体に亀裂が見つかった。", "フェリー", "ェリ"),
    "ko": ("여객선 운항 중단", "여객선은 항구에 있다. 여객선에서 균열을 찾았다.", "여객선", "여객선은"),
}


@pytest.mark.parametrize("language", REPORTS)
def test_keywords_come_in_any_language(language: str) -> None:
    title, text, wanted, unwanted = REPORTS[language]
    found = keywords(term_counts(title, text, language), lambda _: 1.0)
    assert wanted in found
    assert unwanted not in [word.lower() for word in found]


def test_longer_words_of_characters_come_whole() -> None:
    found = keywords(
        term_counts("", "大統領府は発表した。大統領府によると、会談は大統領府で行う。", "ja"), lambda _: 1.0
    )
    assert found[0] == "大統領府"
    assert "統領" not in found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("a" * 5_000_000, "b " * 300_000),
        ("", "東" * 60_000),
        ("Olena " * 10_000, "Moroz Olena " * 10_000),
        ("\u202eشرق\u202c east 東", "\x00\ud800 mixed смесь ملف 文字"),
    ],
)
def test_hostile_text_is_counted_in_bounded_time(title: str, text: str) -> None:
    before = time.process_time()
    counts = term_counts(title, text, "ja")
    assert len(keywords(counts, lambda _: 1.0, names=[Name("Olena Moroz", 1)] * 100)) <= 8
    assert time.process_time() - before < 5


def test_idf_leans_on_the_background_while_the_archive_is_small() -> None:
    assert idf(0, 0, prior=0.2) < idf(0, 0, prior=0.001)
    # A common word that a large archive does not have, and a rare one that it is full of.
    assert idf(0, 50_000, prior=0.2) > idf(20_000, 50_000, prior=0.001)
