import pytest

from worker.stages.language import identify

LONG = {
    "en": "The night ferry to the islands was stopped after inspectors found a crack in its hull, officials said.",
    "de": "Die Nachtfähre zu den Inseln wurde gestoppt, nachdem Prüfer einen Riss im Rumpf gefunden hatten.",
    "tr": "Müfettişler gövdede bir çatlak bulunca adalara giden gece feribotu durduruldu, dedi yetkililer.",
    "uk": "Нічний пором до островів зупинили після того, як інспектори знайшли тріщину в його корпусі.",
    "ru": "Ночной паром на острова остановили после того, как инспекторы нашли трещину в его корпусе.",
    "ja": "検査官が船体に亀裂を見つけたため、島へ向かう夜行フェリーは水曜日に運航を停止した。",
    "ar": "أوقفت العبارة الليلية المتجهة إلى الجزر بعد أن وجد المفتشون صدعا في هيكلها، بحسب مسؤولين.",
    "el": "Το νυχτερινό πλοίο προς τα νησιά σταμάτησε αφού οι επιθεωρητές βρήκαν ρωγμή στο κύτος του.",
}


@pytest.mark.parametrize("language", LONG)
def test_a_paragraph_tells_its_language_whatever_is_declared(language: str) -> None:
    assert identify("", LONG[language], declared="fr") == language


@pytest.mark.parametrize(
    ("title", "declared", "language"),
    [
        ("Zelensky to meet Witkoff in Ankara", "", "en"),  # alone, it looks Afrikaans by a hair
        ("Sánchez recibe a Zelenski en Madrid", "es", "es"),
        ("Kyiv strike kills 19", "en-US", "en"),
        ("Madrid", "es", "es"),
        # A declaration that the text cannot be in is a template's default.
        ("Macron reçoit le président à Paris", "en", "fr"),
        ("東京で地震", "en", "ja"),
        ("Путін не поїде до Анкари", "ru", "uk"),
    ],
)
def test_a_headline_is_helped_by_what_is_declared(title: str, declared: str, language: str) -> None:
    assert identify(title, "", declared=declared) == language


@pytest.mark.parametrize("text", ["", "123 – 456 %", "🚢🚢", "\n"])
def test_without_letters_there_is_no_language(text: str) -> None:
    assert identify(text, "", declared="en") == ""


def test_naughty_texts_have_some_language() -> None:
    assert len(identify("x" * 100_000, "\u202e\ufffd")) == 2
