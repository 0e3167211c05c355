"""Names in text without capitals."""

import pytest

from worker.stages.aliases import NO_ALIASES
from worker.stages.names import find_names


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "国家主席习近平和美国总统特朗普在北京会谈。",
         {"xi jinping", "united states", "donald trump", "beijing"}),
        ("zh", "商务部部长王文涛说，天气很好。", {"wang wentao"}),  # unknown, behind a title
        ("zh", "王文涛部长出席。", {"wang wentao"}),  # before one
        ("zh", "他说天气很好，主席台很高。", set()),
        ("ja", "岸田首相は東京で話した。", {"kishida", "tokyo"}),
        ("ja", "田中健一氏は、リチャード・プリムソル氏と話した。", {"kenichy tanaka", "richiyado purimusoru"}),
        ("ja", "日本首相は話した。", {"japan"}),  # a country before a title is no family name
        ("ko", "김정은 위원장은 평양에서 푸틴 대통령과 회담했다.", {"kim jong un", "pyongyang", "vladimir putin"}),
        ("ko", "김철수 의원이 말했다.", {"gim cheolsu"}),
        ("ko", "날씨가 좋다. 국회의원이 말했다.", set()),
        ("ar", "التقى الرئيس التركي رجب طيب أردوغان بالرئيس فولوديمير زيلينسكي في أنقرة.",
         {"recep tayip erdogan", "volodymyr zelensky", "ankara"}),
        ("ar", "قال الرئيس إن الطقس جميل", set()),
        ("he", "בנימין נתניהו נפגש בירושלים", {"benjamin netanyahu", "jerusalem"}),  # "in" written onto the name
        ("", "泽连斯基抵达安卡拉", {"volodymyr zelensky", "ankara"}),  # by the script, without a language
    ],
)  # fmt: skip
def test_names_are_found_without_capitals(language: str, text: str, expected: set[str]) -> None:
    assert {name.key for name in find_names("", text, language, NO_ALIASES)} == expected


def test_titles_are_searched_too() -> None:
    (name,) = find_names("习近平讲话", "天气很好。", "zh", NO_ALIASES)
    assert (name.key, name.kind, name.in_title) == ("xi jinping", "person", True)


@pytest.mark.parametrize("text", ["习" * 100_000, "ا" * 100_000, "ア・" * 50_000, "김" * 100_000, "王部长" * 30_000])
def test_long_runs_take_bounded_time(text: str) -> None:
    assert len(find_names("", text, "zh", NO_ALIASES)) <= 100
