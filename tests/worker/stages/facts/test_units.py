"""Units: what measures, whatever it is called, and how it is shown."""

import pytest

from worker.stages.facts.units import REST, measure_after, shown_measure


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10 miles", "length", 16_093.44),
        ("10 km", "length", 10_000),
        ("10 kilomètres", "length", 10_000),
        ("10 Kilometer pro Stunde", "speed", 10),
        ("10 km/h", "speed", 10),
        ("10 mph", "speed", 16.09344),
        ("10 square miles", "area", 10 * 1_609.344**2),
        ("10 kilómetros cuadrados", "area", 10_000_000),
        ("10 гектаров", "area", 100_000),
        ("10-inch hail", "length", 0.254),
        ("10 degrees Fahrenheit", "temperature", -110 / 9),
        ("10 °C", "temperature", 10),
        ("10 weeks", "span", 100_800),
        ("10 тижнів", "span", 100_800),
    ],
)
def test_a_measure_is_brought_to_one_unit(text: str, kind: str, value: float) -> None:
    measure = measure_after(text, 2)
    assert measure is not None
    assert measure.kind == kind
    assert measure.of(10) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["10 people", "10 cubic metres", "10 military aides", "10", "10 graduates", "10 an hour"]
)
def test_what_is_no_unit_measures_nothing(text: str) -> None:
    assert measure_after(text, 2) is None


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("length", 16_093.44, "16.1 km"),
        ("length", 0.051, "5.1 cm"),
        ("area", 900_000, "90 hectares"),
        ("mass", 850, "850 kg"),
        ("speed", 94, "94 km/h"),
        ("span", 6 * 525_949, "6 years"),
        ("span", 14 * 1_440, "2 weeks"),
        ("span", 90, "90 minutes"),  # no hour and a half
        ("span", 60, "1 hour"),
        ("span", REST, "the rest"),
        ("temperature", -12, "-12 °C"),
    ],
)
def test_a_measure_is_shown_in_the_unit_people_would_use(kind: str, value: float, shown: str) -> None:
    assert shown_measure(kind, value) == shown
