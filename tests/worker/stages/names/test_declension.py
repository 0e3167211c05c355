"""Names in some case, joined within an article to the nominative that it has; people apart who only look declined."""

import pytest

from worker.stages.aliases import NO_ALIASES
from worker.stages.names import find_names

PEOPLE = [
    ("uk", "Вчора виступив Павло Гнатюк. Люди слухали Павла Гнатюка і говорили з Павлом Гнатюком.",
     {"pavlo gnatyuk": 3}),
    ("uk", "Вчора виступив Сергій Білан. Люди пишалися Сергієм Біланом.",
     {"serg bilan": 2}),
    # a vowel that comes and goes
    ("ru", "Вчера выступил Павел Грачёв. Люди видели Павла Грачёва и Павлом Грачёвым гордились.",
     {"pavel grachev": 3}),
    ("pl", "Wczoraj mówił Jan Kowalczewski. Ludzie słuchali Jana Kowalczewskiego.",
     {"jan kowalczewsky": 2}),
    # the family name alone, in a case
    ("pl", "Wczoraj mówił Jan Kowalczewski. Ludzie rozmawiali z Kowalczewskim.",
     {"jan kowalczewsky": 2}),
    ("cs", "Včera mluvil Miroslav Dvořáček. Lidé vítali Miroslava Dvořáčka.",
     {"miroslav dvoracek": 2}),
    ("lt", "Vakar kalbėjo Gintas Vėlavičius. Visi girdėjo Ginto Vėlavičiaus žodžius.",
     {"gintas velavicius": 2}),
    # only the last word has an ending
    ("hu", "Tegnap beszélt Zénó Kovácsi. Mindenki látta, hogy Zénó Kovácsinak igaza van.",
     {"zeno kovacsy": 2}),
    ("fi", "Eilen puhui Antero Virtala. Kaikki kuulivat, että Antero Virtalan puhe loppui.",
     {"antero virtala": 2}),
    # a woman's name is no man's in the genitive
    ("cs", "Včera mluvil Jan Dvořáček. Lidé vítali ženu, kterou je Jana Dvořáčková.",
     {"jan dvoracek": 1, "jana dvorackova": 1}),
    ("pl", "Wczoraj mówił Iwan Dornow. Ludzie widzieli, jak Dornowa się śmiała.",
     {"iwan dornow": 1, "dornowa": 1}),
    # of two, a case form is neither's
    ("pl", "Wczoraj mówił Jan Dorn. Ludzie słuchali, jak Jana Dorna wita Janek Dorna.",
     {"jan dorn": 2, "janek dorna": 1}),
    # a language without cases
    ("en", "Yesterday Roman Dornak spoke. They saw that Romana Dornaka was there.",
     {"roman dornak": 1, "romana dornaka": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), PEOPLE)
def test_case_forms_of_a_name_are_one_name(language: str, text: str, expected: dict[str, int]) -> None:
    assert {name.key: name.count for name in find_names("", text, language, NO_ALIASES)} == expected


def test_a_long_list_of_names_that_begin_alike_is_not_compared() -> None:
    names = [f"Jana Dorn{chr(97 + n // 26)}{chr(97 + n % 26)}ka" for n in range(600)]
    text = "Wczoraj spotkali się " + ", ".join(names) + " i nikt więcej."
    assert len(find_names("", text, "pl", NO_ALIASES)) == 100
