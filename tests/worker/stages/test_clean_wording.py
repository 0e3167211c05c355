"""The wording of what stands around articles, in many languages, beside sentences that only look like it."""

import re

import pytest

from worker.stages.clean import clean
from worker.stages.clean.wording import EAST_ASIAN, FORMS

NEWS = (
    "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull.",
    "Some 340 passengers were taken to hotels, the harbour master said.",
    "The company called the inspection a formality.",
    "A smaller ship will sail on Thursday, and another one at the end of the week.",
    "The union of seamen had warned of the crack in May, and again in September.",
    "Nobody had answered its letters, it said.",
)
TEXT = "\n".join(NEWS)


def around(line: str) -> str:
    return "\n".join((*NEWS[:3], line, *NEWS[3:]))


@pytest.mark.parametrize(
    "line",
    [
        # English
        "Story continues below",
        "Ann Lee and Bo Ek contributed to this report.",
        "Additional reporting by Ann Lee",
        "Updated at 4:12 p.m.",
        "Click here to read the inspectors' report",
        "This article was originally published by the Quay Chronicle.",
        "We may earn a commission when you buy through links on our site.",
        "This copy is for your personal, non-commercial use only.",
        "Please log out and then log in again, you will be asked for your display name.",
        "Your browser does not support the video tag.",
        "Copyright © 2025 Quay Press",
        "xPhoto/Getty Images",
        # German, French, Spanish, Italian, Portuguese, Dutch
        "Empfohlener redaktioneller Inhalt",
        "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
        "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
        "Dieser Artikel erschien zuerst in der Hafenzeitung.",
        "Lesezeit: 3 Minuten",
        "Il vous reste 61 % de cet article à lire.",
        "Suivez-nous sur les réseaux",
        "Contenido exclusivo para suscriptores",
        "Leggi anche: Il traghetto fermato",
        "RIPRODUZIONE RISERVATA",
        "Iscriviti alla nostra newsletter",
        "Leia também: Navio parado",
        "Continua após a publicidade",
        "Lees ook: Veerboot ligt stil",
        "Schrijf je in voor onze nieuwsbrief",
        # Nordic
        "Läs också: Färjan stoppad",
        "Prenumerera på vårt nyhetsbrev",
        "Les også: Fergen stoppet",
        "Artiklen fortsætter under annoncen",
        "Lue myös: Lautta pysäytetty",
        # Polish, Czech, Turkish
        "Czytaj także: Prom zatrzymany",
        "Dalsza część artykułu pod materiałem wideo",
        "Čtěte také: Trajekt zastaven",
        "Haberin devamı",
        "Her hakkı saklıdır.",
        # Cyrillic, Greek
        "Новини за темою",
        "Все права защищены.",
        "Подпишитесь на наш телеграм-канал",
        "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ: Το πλοίο σταμάτησε",  # capitals carry no accents
        "Ακολουθήστε μας στο Google News και μάθετε πρώτοι τα νέα",
        # Right to left, with and without hamza and vowel signs
        "اقرأ أيضاً: توقف العبارة",
        "جميع الحقوق محفوظة",
        "קראו גם: המעבורת נעצרה",
        "כל הזכויות שמורות",
        # Scripts without spaces
        "【関連記事】",
        "関連記事：フェリー運航停止",
        "この記事は有料記事です。残り812文字",
        "有料会員になると続きをお読みいただけます。",
        "無断転載を禁じます",
        "관련기사",
        "무단전재 및 재배포 금지",
        "ⓒ 항구신문",
        "홍길동 기자 gildong@harbour.example",
        "相关阅读：渡轮停航",
        "责任编辑：王小明",
        "未经许可不得转载",
        # Shapes
        "The oldest ferries still at sea The oldest ferries still at sea",
        "- isSubscriber:",
        "- false",
    ],
)
def test_what_nobody_wrote_as_news_is_cut_in_many_languages(line: str) -> None:
    assert clean(around(line)).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "He contributed to this report's success, the minister said.",
        "The report was updated at the captain's request.",
        "The commission may earn trust if it listens, the union said.",
        "Click here, click there: nothing happened on the captain's screen.",
        "The article was first published in 1987, the year the ship was built, and it warned of cracks.",
        "Der Inhalt der Ladung ist unbekannt.",
        "Quellen in der Reederei sprechen von einem Riss.",
        "Der Autor des Berichts schweigt.",
        "Les abonnés du port attendent depuis mercredi.",
        "Publicidade enganosa, diz o sindicato.",
        "Реклама парома обернулась скандалом.",
        "Σχόλια δεν έκανε ο υπουργός.",
        "إعلان الشركة فاجأ الركاب.",
        "関連記事を読んだ乗客は驚いたと話した。",
        "사진을 본 승객들은 놀랐다고 말했다.",
        "评论员认为渡轮应停航。",
        "- The hull is cracked",
        "- True friends of the sea, she called them",
        "Row, row, row your boat.",
    ],
)
def test_sentences_with_the_same_words_stay(line: str) -> None:
    assert clean(around(line)).text == around(line)


@pytest.mark.parametrize(
    "closing",
    [
        ("Related articles", "Ten days without bread", "Union calls for a strike"),
        (
            "More from the Harbour Herald",
            "Ten days without bread",
            "Nobody knows when a baker will come.",
            "The strike",
        ),
        ("■関連記事", "島にパンがない日々", "船員組合がスト"),
        ("Материалы по теме",),
    ],
)
def test_a_list_of_other_articles_ends_the_text(closing: tuple[str, ...]) -> None:
    cleaned = clean("\n".join((*NEWS, *closing)))
    assert cleaned.text == TEXT
    assert cleaned.cut == closing


@pytest.mark.parametrize(
    "lines",
    [
        # The article goes on behind the heading, which alone is cut.
        (*NEWS[:4], "Related articles", *NEWS[4:]),
        # The heading stands too early to be the end.
        (NEWS[0], "Related articles", "Ten days without bread", *NEWS[1:]),
    ],
)
def test_an_article_that_goes_on_is_not_cut_off(lines: tuple[str, ...]) -> None:
    assert clean("\n".join(lines)).text == "\n".join(line for line in lines if line != "Related articles")


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [
        ("Write to Ann Lee at ann@harbour.example", True),
        ("Ann Lee is on Twitter: @annlee", True),
        ("Ann Lee can be reached at [email protected]", True),
        ("The address ann@harbour.example was found in the “secret” log book.", False),
        ("Where is @harbourmaster when you need him?", False),  # a post that the article quotes
    ],
)
def test_where_to_write_to_the_authors_is_cut_at_the_end_only(last: str, is_cut: bool) -> None:
    assert clean(f"{TEXT}\n{last}").text == (TEXT if is_cut else f"{TEXT}\n{last}")
    assert last in clean("\n".join((NEWS[0], last, *NEWS[1:]))).text


@pytest.mark.parametrize(
    ("second", "place", "rest"),
    [
        ("KYIV (Reuters) - Talks began.", "KYIV", "Talks began."),
        ("WASHINGTON — Talks began.", "WASHINGTON", "Talks began."),
        ("Istanbul: Talks began.", "", "Istanbul: Talks began."),  # further down it may be a list's
    ],
)
def test_a_dateline_is_found_behind_a_standfirst(second: str, place: str, rest: str) -> None:
    cleaned = clean(f"A crack stops the ferry\n{second}\n{NEWS[0]}")
    assert cleaned.text == f"A crack stops the ferry\n{rest}\n{NEWS[0]}"
    assert (cleaned.dateline.place if cleaned.dateline else "") == place


def test_odd_spaces_are_made_single_ones() -> None:
    assert (
        clean("The\u00a0ferry  was\tstopped.\n\u3000フェリー\u3000停止\n").text
        == "The ferry was stopped.\nフェリー 停止"
    )


@pytest.mark.parametrize(
    ("cue", "form"),
    [pair for language, forms in FORMS.items() if language not in EAST_ASIAN for pair in forms],
)
def test_a_form_is_tried_only_where_one_of_its_words_stands_so_it_must_hold_them(cue: str, form: str) -> None:
    assert all(" " not in word and word for word in cue.split("|"))
    literals = re.sub(r"\\.|[(){}\[\]?*+|^$]", " ", form)
    assert any(word[:3] in literals for word in cue.split("|"))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "sign up newsletter " * 15 + "\n" * 100_000,
        "Read more\n" * 100_000,
        "関連記事" * 100_000,
        "reporting by a b c d " * 12 + "editing by",
        "\0 \ud800 🚢 \u202e אבג \u200f abc 関連\n" * 2000,
        "Related articles\n" * 50_000,
        ". " * 1_000_000,
        "Facebook " * 40 + "\n@" * 50_000,
    ],
)
def test_texts_made_to_hurt_are_cleaned_in_bounded_time(text: str) -> None:
    assert len(clean(text, title="x" * 5000).text) <= len(text)
