"""Words meet in the endings of the article's language, and the index never loses one that does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.match import Match, Topic, judge
from worker.stages.query import Document, compile_query, prepare
from worker.stages.query.endings import keys_in_any, keys_of
from worker.stages.topic_index import TopicIndex

# In each line forms of one word: each is a query, and each other a text, which must match.
FORMS = [
    ("en", "talk talks talk's"),
    ("es", "elección elecciones"),
    ("es", "gobierno gobiernos"),
    ("es", "luz luces"),
    ("es", "país países"),
    ("es-MX", "clase clases"),
    ("fr", "journal journaux"),
    ("fr", "négociation négociations"),
    ("fr", "bureau bureaux"),
    ("pt", "eleição eleições"),
    ("pt-BR", "nacional nacionais"),
    ("pt", "homem homens"),
    ("it", "governo governi"),
    ("it", "elezione elezioni"),
    ("it", "banca banche"),
    ("it", "presidente presidenti"),
    ("de", "Krieg Kriegs Krieges Kriege"),
    ("de", "Land Länder Ländern Landes"),
    ("de", "Regierung Regierungen"),
    ("de", "Ergebnis Ergebnisse"),
    ("nl", "gesprek gesprekken"),
    ("nl", "verkiezing verkiezingen"),
    ("sv", "regering regeringen regeringens regeringar"),
    ("nb", "forhandling forhandlinger forhandlingene"),
    ("da", "regering regeringen regeringens"),
    ("tr", "Ankara Ankara'da Ankara’nın"),
    ("tr", "ABD ABD'nin"),  # short words in capitals, too
    ("tr", "hükümet hükümetin hükümeti"),
    ("tr", "görüşme görüşmeler görüşmelerde"),
    ("ru", "Россия России Россию Россией"),
    ("ru", "Лавров Лаврова Лаврову Лавровым"),
    ("ru", "переговоры переговоров переговорами"),
    ("uk", "Україна України Україні Україною"),
    ("uk", "Зеленський Зеленського Зеленському Zelensky"),  # across scripts
    ("pl", "Ukraina Ukrainy Ukrainie Ukrainę"),
    ("pl", "rozmowy rozmów rozmowach"),
    ("cs", "prezident prezidenta prezidentovi"),
    ("ar", "حكومة الحكومة والحكومة للحكومة بالحكومة"),
    ("ar", "واشنطن لواشنطن وواشنطن"),  # a name that begins like a clitic
    ("ko", "한국 한국은 한국에서 한국의"),
    ("ko", "정상회의 정상회의에서"),  # a noun that ends like a particle
]


def matches(query: str, text: str, language: str) -> bool:
    return compile_query(query).match(prepare(Document("", text, language=language))).matched


@pytest.mark.parametrize(("language", "forms"), FORMS, ids=[forms for _, forms in FORMS])
def test_forms_of_a_word_meet_in_their_language(language: str, forms: str) -> None:
    words = forms.split()
    for query in words:
        for text in words:
            assert matches(query, f"… {text}, …", language), (query, text)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("Regierung", "Regierungen", "en"),  # of the article's language, not of the word's
        ("elección", "elecciones", "zh"),  # a language that is not listed
        ("talk", "talks", "ja"),
        ("=Regierung", "Regierungen", "de"),  # = takes the very form
        ("=Ankara", "Ankara'da", "tr"),
        ("Messe", "Messer", "de"),
        ("Minister", "Ministerium", "de"),
        ("porto", "porta", "it"),
        ("Iwan", "Iwanow", "ru"),
        ("Иван", "Иванов", "ru"),  # many surnames end like a genitive plural
        ("Pakistan", "Pakis", "tr"),
        ("O'Brien", "O", "tr"),
        ("Gates", "gate", "de"),
        ("Wahl", "wahlen", "de"),  # a word with a capital meets other endings only with one
        ("은", "한국은", "ko"),
    ],
)
def test_other_words_do_not_meet(query: str, text: str, language: str) -> None:
    assert not matches(query, text, language)


def test_a_hit_says_that_the_ending_was_another() -> None:
    found = compile_query("Ankara").match(prepare(Document("", "Ankara'da", language="tr"))).hits
    assert [(hit.found, hit.by) for hit in found] == [("Ankara'da", "ending")]


def test_phrases_and_nearness_take_endings_too() -> None:
    assert matches('"Deutsche Regierung"', "die deutschen Regierungen", "de") is False  # capitals
    assert matches('"deutsche regierung"', "die deutschen Regierungen", "de")
    assert matches("переговоры NEAR/2 Анкара", "переговоров в Анкаре", "ru")


LANGUAGES = ["", "en", "es", "fr", "pt", "it", "de", "nl", "sv", "nb", "da", "nn", "tr", "az", "ru", "uk", "pl", "cs"]
LANGUAGES += ["ar", "ko", "ja", "zh-Hant", "hu", "pt_BR"]
ALPHABET = "aeinosrtlcgmkuzABEIS'éäøıİßабвийоуяєїАЛОالوبحكمة한국은에서を東0123."
LETTERS = st.text(alphabet=ALPHABET, min_size=1, max_size=9)
KNOWN = st.sampled_from(sorted({word for _, forms in FORMS for word in forms.split()}))
WORDS = KNOWN | LETTERS


@settings(deadline=None)  # a loaded machine is no failure
@given(WORDS, st.sampled_from(LANGUAGES))
def test_a_word_has_few_keys_and_the_index_knows_them(word: str, language: str) -> None:
    keys = keys_of(word, language)
    assert 1 <= len(keys) <= 2
    assert set(keys) <= keys_in_any(word)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(LANGUAGES))
def test_the_index_finds_every_article_that_a_word_matches(data: st.DataObject, language: str) -> None:
    """Whatever the language of the article; queries are made of forms of its words."""
    words = data.draw(st.lists(WORDS, min_size=1, max_size=4))
    kept = st.sampled_from(words).flatmap(lambda word: st.sampled_from([word, word[:-1], word + "s", word.lower()]))
    queries = data.draw(st.lists(kept | WORDS, min_size=1, max_size=3))
    document = prepare(Document("", " ".join(words), language=language))
    for text in queries:
        for form in (f'"{text}"', f'="{text}"', f'"{text} {words[0]}"~3'):
            alone = topic(form)
            if alone is None:
                continue
            verdict = judge(alone, document)
            found = TopicIndex([alone]).judge(document)
            assert found == ((verdict,) if isinstance(verdict, Match) else ())


def topic(query: str) -> Topic | None:
    try:
        return Topic("t", "", compile_query(query, Aliases([["Київ", "Kiev"]])))
    except ValueError:  # it holds no word, or a * or ? where none may stand
        return None


@pytest.mark.parametrize("ending", ["a", "ий", "lar", "은", "و", "'s", "e\u0301"])
def test_an_endless_word_keeps_its_ending(ending: str) -> None:
    """The work is bounded: what is longer than any word is looked for as it stands."""
    for language in LANGUAGES:
        assert len(keys_of(ending * 1_000, language)) == 1
