"""The name pairs: enough of them, over enough origins, and judged as the goal asks."""

from bench.quality.names import _HALVES as HALVES
from bench.quality.names import _HERE as HERE
from bench.quality.names import GOAL, OTHERS, measure, read_pairs, share_right
from bench.tables import cities, territories


def test_both_halves_meet_the_goal() -> None:
    rows = measure(None)
    assert [row.is_met for row in rows if row.goal is not None] == [True, True]


def test_pairs_are_many_and_of_many_origins() -> None:
    pairs = [pair for name in HALVES.values() for pair in read_pairs(HERE / name)]
    assert len(pairs) >= 300
    assert len({pair.origin for pair in pairs}) >= 8
    assert 0.3 < sum(pair.is_same for pair in pairs) / len(pairs) < 0.7


def test_no_pair_of_one_half_stands_in_the_other() -> None:
    first, second = ({frozenset([p.one, p.other]) for p in read_pairs(HERE / name)} for name in HALVES.values())
    assert not first & second


def test_common_measures_do_worse() -> None:
    pairs = read_pairs(HERE / HALVES["held out"])
    assert all(share_right(judge, pairs) < GOAL for judge in OTHERS.values())


def test_the_table_of_cities_keeps_names_that_newspapers_print() -> None:
    city = {
        "name": "Wien",
        "countrycode": "AT",
        "population": 2_000_000,
        "alternatenames": ["", "VIE", "Vienna", "WIEN", "Wean (x)", "Вена", "Вієна, AT", "维也纳", "Vídeň", "Wien"],
    }
    assert cities.names_of(city) == ["Wien", "Vienna", "Vídeň", "Вена", "维也纳"]


def test_an_english_speaking_city_has_no_old_latin_names() -> None:
    city = {"name": "El Paso", "countrycode": "US", "population": 700_000, "alternatenames": ["Franklin", "Эль-Пасо"]}
    assert cities.names_of(city) == ["El Paso", "Эль-Пасо"]


def test_the_table_of_countries_has_each_name_once() -> None:
    names = territories.names_of("AT")
    assert names[0] == "Austria"
    assert {"Österreich", "Австрия", "奥地利"} <= set(names)
    assert len(names) == len(set(names))
