import pytest

from worker.stages.text.stems import name_key, name_stem, stem


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("en", "talks", "talk"),
        ("en", "policies", "policy"),
        ("en", "crashes", "crash"),
        ("en", "Zelenskyy", "zelenskiy"),
        ("en", "Erdoğan", "erdogan"),
        ("en", "U.S.", "US"),
        ("uk", "переговорів", "переговори"),
        ("uk", "Україні", "Україна"),
        ("ru", "переговоров", "переговоров"),
        ("tr", "Ankara'dan", "Ankara"),
        ("fr", "négociations", "négociation"),
    ],
)
def test_forms_of_a_word_share_a_stem(code: str, one: str, other: str) -> None:
    assert stem(one, code) == stem(other, code)


@pytest.mark.parametrize(
    ("code", "word", "expected"),
    [
        ("en", "crisis", "crisis"),  # no plural
        ("en", "press", "pres"),  # doubled letters are a matter of spelling
        ("en", "virus", "virus"),
        ("en", "news", "news"),
        ("en", "gas", "gas"),  # too short to tell
        ("de", "Haus", "haus"),  # plurals are otherwise in German
        ("uk", "Тимошенко", "timoshenko"),  # a surname without cases
    ],
)
def test_what_looks_like_an_ending_stays(code: str, word: str, expected: str) -> None:
    assert stem(word, code) == expected


def test_a_final_s_stays_in_names() -> None:
    assert name_stem("Williams", "en") != name_stem("William", "en")


def test_cyrillic_case_endings_meet_the_latin_spelling() -> None:
    forms = ["Зеленський", "Зеленського", "Зеленському", "Зеленським", "Zelenskiy"]
    assert {name_stem(form, "uk") for form in forms} == {"zelensky"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Recep Tayyip Erdoğan", ("recep", "tayip", "erdogan")),
        ("The Hague", ("hague",)),
        ("Bashar al Assad", ("bashar", "asad")),
        ("El Paso", ("el", "paso")),
        ("Donald J Trump", ("donald", "trump")),
        ("Halderman Holdings Inc", ("halderman",)),
        ("Inc", ("inc",)),  # never nothing
    ],
)
def test_a_name_key_leaves_out_what_comes_and_goes(name: str, key: tuple[str, ...]) -> None:
    assert name_key(name.split(), "en") == key
