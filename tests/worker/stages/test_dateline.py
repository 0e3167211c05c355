import pytest

from worker.stages.text.dateline import Dateline, is_agency, split_credit, split_dateline


@pytest.mark.parametrize(
    ("line", "dateline", "rest"),
    [
        # A day without a comma before it, and with a year
        ("Madrid 19 nov (EFE).- Empezaron.", Dateline("Madrid", "EFE", "19 nov"), "Empezaron."),
        ("PARIS, 19 nov 2025 (AFP) - Les uns.", Dateline("PARIS", "AFP", "19 nov 2025"), "Les uns."),
        # Cyrillic, Greek, Arabic; of scripts without capitals a known agency proves the place
        ("МОСКВА, 19 ноября. /ТАСС/. Начались.", Dateline("МОСКВА", "ТАСС", "19 ноября"), "Начались."),
        ("МОСКВА, 19 ноя — РИА Новости. Начались.", Dateline("МОСКВА", "РИА Новости", "19 ноя"), "Начались."),
        ("ΑΘΗΝΑ, 19 Νοεμβρίου (Reuters) - Άρχισαν.", Dateline("ΑΘΗΝΑ", "Reuters", "19 Νοεμβρίου"), "Άρχισαν."),
        ("القاهرة (رويترز) - بدأت المحادثات.", Dateline("القاهرة", "رويترز"), "بدأت المحادثات."),
        ("أنقرة 19 نوفمبر (رويترز) - بدأت.", Dateline("أنقرة", "رويترز", "19 نوفمبر"), "بدأت."),
        # Korean, Japanese, Chinese
        ("(서울=연합뉴스) 홍길동 기자 = 시작됐다.", Dateline("서울", "연합뉴스"), "시작됐다."),
        ("【ソウル聯合ニュース】始まった。", Dateline("ソウル", "聯合ニュース"), "始まった。"),
        ("【北京共同】始まった。", Dateline("北京", "共同"), "始まった。"),
        ("［東京 19日 ロイター］ - 始まった。", Dateline("東京", "ロイター", "19日"), "始まった。"),
        ("新华社北京11月19日电（记者王小明）开始。", Dateline("北京", "新华社", "11月19日"), "开始。"),
        ("（中央社記者王小明台北19日電）開始。", Dateline("台北", "中央社", "19日"), "開始。"),
    ],
)
def test_datelines_of_many_scripts_are_read(line: str, dateline: Dateline, rest: str) -> None:
    assert split_dateline(line) == (dateline, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "新华社北京分社成立。",  # the agency is what the sentence is about
        "【北京】始まった。",
        "[서울] 시작됐다.",
        "الوزير (وعمره خمسون) - قال ذلك.",  # an aside, and no agency
        "Борис, 19 лет, – студент.",
        "【北京共同】",  # nothing follows
        "(" * 100_000,
        "A, " * 50_000,
    ],
)
def test_other_openings_are_left_alone(line: str) -> None:
    assert split_dateline(line) == (None, line)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Fonte: ANSA", "ANSA"),
        ("Źródło: PAP", "PAP"),
        ("Bron: ANP", "ANP"),
        ("Πηγή: ΑΠΕ-ΜΠΕ", "ΑΠΕ-ΜΠΕ"),
        ("المصدر: رويترز", "رويترز"),
        ("（共同）", ""),  # wide brackets are left alone
        ("(共同)", "共同"),
    ],
)
def test_credits_are_read_in_many_languages(line: str, credit: str) -> None:
    assert split_credit(line)[0] == credit


def test_agencies_are_known_however_they_are_written() -> None:
    assert is_agency(" REUTERS ")
    assert is_agency("Укрінформ")
    assert not is_agency("Harbour Herald")
