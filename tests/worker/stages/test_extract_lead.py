import pytest
from lxml.html import document_fromstring

from worker.stages.extract.lead import with_lead

FIRST = "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull."
LEAD = "A crack as long as a hand keeps 340 people in the harbour. The union says it warned of it in May."


def read(above: str, *descriptions: str, text: str = FIRST, below: str = "") -> str:
    tree = document_fromstring(f"<body><h1>Ferry stopped</h1>{above}<div><p>{FIRST}</p></div>{below}</body>")
    return with_lead(text, tree, descriptions)


@pytest.mark.parametrize(
    ("above", "description"),
    [
        (f"<p>{LEAD}</p>", LEAD),
        (f"<header><div><h2> {LEAD} </h2></div></header>", LEAD),
        (f"<div><span>{LEAD}</span></div>", LEAD[:70] + "…"),  # descriptions are cut
        (f"<p>{LEAD}</p>", f"“{LEAD}”"),  # and quoted
    ],
)
def test_a_standfirst_above_the_text_is_put_before_it(above: str, description: str) -> None:
    assert read(above, "", description) == f"{LEAD}\n{FIRST}"


def test_lines_of_a_standfirst_stay_apart() -> None:
    lines = "선박 균열 발견<br>승객 삼백사십 명 호텔로<br>노조는 오월에 이미 균열을 경고했다고 밝혀 회사는 부인"
    assert read(f"<p>{lines}</p>", lines.replace("<br>", " ")) == f"{lines.replace('<br>', ' ')}\n{FIRST}"


@pytest.mark.parametrize(
    ("above", "descriptions", "text", "below"),
    [
        ("", (LEAD,), FIRST, ""),  # not shown to readers
        (f"<p>{LEAD}</p>", (), FIRST, ""),  # not said to be the page's description
        (f"<p>{LEAD}</p>", (LEAD,), f"{LEAD}\n{FIRST}", ""),  # found already
        ("", (LEAD,), FIRST, f"<footer><p>{LEAD}</p></footer>"),  # a slogan below the text
        ("<p>Islands</p>", ("Islands",), FIRST, ""),  # the name of a section
        (f"<p>{LEAD} {FIRST * 4}</p>", (LEAD,), FIRST, ""),  # it goes on: more than a standfirst
    ],
)
def test_nothing_else_is_taken_for_a_standfirst(
    above: str, descriptions: tuple[str, ...], text: str, below: str
) -> None:
    assert read(above, *descriptions, text=text, below=below) == text


@pytest.mark.timeout(10)
def test_deep_and_wide_pages_are_searched_in_bounded_time() -> None:
    deep = "<div>" * 250 + "".join(f"<p>{number} {LEAD[::-1]}</p>" for number in range(5000))
    assert read(deep, LEAD) == FIRST
