import time

import pytest

from worker.stages.language import identify

# A headline, and a paragraph.
WRITTEN = {
    "en": (
        "Inspectors find crack in ferry hull",
        "The night ferry to the islands was stopped after inspectors found a crack in its hull, officials said.",
    ),
    "de": (
        "Prüfer finden Riss im Rumpf der Fähre",
        "Die Nachtfähre zu den Inseln wurde gestoppt, nachdem Prüfer einen Riss im Rumpf gefunden hatten.",
    ),
    "fr": (
        "Une fissure découverte dans la coque du ferry",
        "Le ferry de nuit vers les îles a été arrêté après la découverte d’une fissure dans sa coque.",
    ),
    "es": (
        "Los inspectores hallan una grieta en el casco",
        "El ferry nocturno a las islas fue detenido después de que los inspectores hallaran una grieta en el casco.",
    ),
    "it": (
        "Gli ispettori trovano una crepa nello scafo",
        "Il traghetto notturno per le isole è stato fermato dopo che gli ispettori hanno trovato una crepa.",
    ),
    "pt": (
        "Inspetores encontram uma rachadura no casco",
        "A balsa noturna para as ilhas foi parada depois que os inspetores encontraram uma rachadura no seu casco.",
    ),
    "nl": (
        "Inspecteurs vinden scheur in romp van veerboot",
        "De nachtboot naar de eilanden werd stilgelegd nadat inspecteurs een scheur in de romp hadden gevonden.",
    ),
    "sv": (
        "Inspektörer hittade en spricka i skrovet",
        "Nattfärjan till öarna stoppades efter att inspektörerna hade hittat en spricka i skrovet, säger myndigheten.",
    ),
    "da": (
        "Inspektører fandt en revne i færgens skrog",
        "Natfærgen til øerne blev stoppet, efter at inspektørerne havde fundet en revne i skroget.",
    ),
    "fi": (
        "Tarkastajat löysivät halkeaman lautan rungosta",
        "Yölautta saarille pysäytettiin sen jälkeen, kun tarkastajat olivat löytäneet halkeaman sen rungosta.",
    ),
    "pl": (
        "Inspektorzy znaleźli pęknięcie w kadłubie promu",
        "Nocny prom na wyspy został zatrzymany po tym, jak inspektorzy znaleźli pęknięcie w jego kadłubie.",
    ),
    "cs": (
        "Inspektoři našli v trupu trajektu trhlinu",
        "Noční trajekt na ostrovy byl zastaven poté, co inspektoři našli v jeho trupu trhlinu, uvedlo ministerstvo.",
    ),
    "hu": (
        "Repedést találtak a komp testében az ellenőrök",
        "A szigetekre tartó éjszakai kompot leállították, miután az ellenőrök repedést találtak a hajótesten.",
    ),
    "ro": (
        "Inspectorii au găsit o fisură în coca feribotului",
        "Feribotul de noapte spre insule a fost oprit după ce inspectorii au găsit o fisură în coca acestuia.",
    ),
    "tr": (
        "Müfettişler feribotun gövdesinde çatlak buldu",
        "Müfettişler gövdede bir çatlak bulunca adalara giden gece feribotu durduruldu, dedi yetkililer.",
    ),
    "id": (
        "Petugas menemukan retakan di lambung kapal feri",
        "Kapal feri malam menuju pulau-pulau itu dihentikan setelah petugas menemukan retakan di lambungnya.",
    ),
    "vi": (
        "Thanh tra phát hiện vết nứt trên thân phà",
        "Chuyến phà đêm ra đảo đã bị dừng sau khi các thanh tra phát hiện một vết nứt trên thân phà.",
    ),
    "uk": (
        "Інспектори знайшли тріщину в корпусі порома",
        "Нічний пором до островів зупинили після того, як інспектори знайшли тріщину в його корпусі.",
    ),
    "ru": (
        "Инспекторы нашли трещину в корпусе парома",
        "Ночной паром на острова остановили после того, как инспекторы нашли трещину в его корпусе.",
    ),
    "bg": (
        "Инспектори откриха пукнатина в корпуса на ферибота",
        "Нощният ферибот до островите беше спрян, след като инспекторите откриха пукнатина в корпуса му.",
    ),
    "sr": (
        "Инспектори су нашли пукотину у трупу трајекта",
        "Ноћни трајект за острва је заустављен пошто су инспектори нашли пукотину у његовом трупу.",
    ),
    "el": (
        "Ρωγμή στο κύτος του πλοίου βρήκαν οι επιθεωρητές",
        "Το νυχτερινό πλοίο προς τα νησιά σταμάτησε αφού οι επιθεωρητές βρήκαν ρωγμή στο κύτος του.",
    ),
    "he": (
        "הפקחים מצאו סדק בגוף המעבורת",
        "המעבורת הלילית לאיים הופסקה לאחר שהפקחים מצאו סדק בגוף הספינה, כך נמסר ממשרד התחבורה.",
    ),
    "ar": (
        "المفتشون يجدون صدعا في هيكل العبارة",
        "أوقفت العبارة الليلية المتجهة إلى الجزر بعد أن وجد المفتشون صدعا في هيكلها، بحسب مسؤولين.",
    ),
    "fa": (
        "بازرسان شکافی در بدنه کشتی پیدا کردند",
        "کشتی شبانه به سوی جزیره‌ها پس از آنکه بازرسان شکافی در بدنه آن پیدا کردند متوقف شد.",
    ),
    "hi": (
        "निरीक्षकों को नौका के ढांचे में दरार मिली",
        "द्वीपों को जाने वाली रात की नौका को निरीक्षकों द्वारा उसके ढांचे में दरार पाए जाने के बाद रोक दिया गया।",
    ),
    "ka": (
        "ინსპექტორებმა ბორნის კორპუსში ბზარი იპოვეს",
        "კუნძულებისკენ მიმავალი ღამის ბორანი გააჩერეს მას შემდეგ, რაც ინსპექტორებმა კორპუსში ბზარი იპოვეს.",
    ),
    "th": ("เจ้าหน้าที่พบรอยร้าวในตัวเรือ", "เรือข้ามฟากเที่ยวกลางคืนไปยังเกาะถูกหยุดหลังจากเจ้าหน้าที่ตรวจพบรอยร้าวในตัวเรือ"),
    "ja": (
        "フェリーの船体に亀裂、検査官が発見",
        "検査官が船体に亀裂を見つけたため、島へ向かう夜行フェリーは水曜日に運航を停止した。",
    ),
    "zh": ("检查员在渡轮船体发现裂缝", "交通部周三表示，检查员在船体发现裂缝后，前往群岛的夜间渡轮停止运行。"),
    "ko": (
        "검사관들, 여객선 선체에서 균열 발견",
        "검사관들이 선체에서 균열을 발견한 뒤 섬으로 가는 야간 여객선의 운항이 중단됐다.",
    ),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_a_paragraph_tells_its_language_whatever_is_declared(language: str) -> None:
    assert identify("", " ".join(WRITTEN[language] * 3), declared="fr") == language
    assert identify("", " ".join(WRITTEN[language])) == language


@pytest.mark.parametrize("language", WRITTEN)
def test_a_headline_is_in_the_declared_language_if_it_can_be(language: str) -> None:
    title = WRITTEN[language][0]
    assert identify(title, "", declared=f"{language}-XX") == language
    assert identify(" ".join(title.split()[:4]), "", declared=language) == language


@pytest.mark.parametrize("language", ["uk", "de", "ja"])
def test_a_text_tells_its_language_under_a_headline_in_another(language: str) -> None:
    assert identify(WRITTEN["en"][0], WRITTEN[language][1], declared="en") == language
    assert identify(WRITTEN["en"][0], "", declared=language) == "en"  # the headline itself


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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Президент Zelensky зустрівся з Erdogan в Анкарі, повідомив його офіс у вівторок, 18 листопада.", "uk"),
        ("新型iPhone 17とApple Watchを発表、価格はUSDで799から", "ja"),  # half of it in Latin letters
        ("东京地震后，NHK称无人受伤，JR部分线路停运。", "zh"),  # no kana
        ("Компанія Apple", "uk"),
        ("ПЕРЕГОВОРИ В АНКАРІ: ЄВРОПА ЧЕКАЄ НА РІШЕННЯ", "uk"),
        ("Ўрад Беларусі заявіў, што перамовы ў Анкары пройдуць у снежні, паведамляе агенцтва.", "be"),
        ("Қазақстан Президенті Анкараға сапармен барды, деп хабарлады баспасөз қызметі.", "kk"),
    ],
)
def test_scripts_may_be_mixed(text: str, language: str) -> None:
    assert identify(text, "", declared=language) == language


def test_a_long_text_is_read_from_its_beginning_in_bounded_time() -> None:
    before = time.process_time()
    assert identify("", "\u0435" * 5_000_000) != ""
    assert time.process_time() - before < 2


def test_naughty_texts_have_some_language() -> None:
    assert len(identify("x" * 100_000, "\u202e\ufffd")) == 2
