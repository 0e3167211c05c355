"""Units that measure: lengths, weights, speeds, spans of time …, of several languages, brought to one of each kind.

A table, and how one is recognised behind a number. So ten miles and 16 kilometres can be compared. Which numbers
measure anything worth telling is for `counts`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from worker.stages.text.fold import fold
from worker.stages.text.table import Table

LENGTH, AREA, MASS, SPEED, TEMPERATURE, POWER, VOLUME, SPAN = (
    "length", "area", "mass", "speed", "temperature", "power", "volume", "span",
)  # fmt: skip
KINDS = (LENGTH, AREA, MASS, SPEED, TEMPERATURE, POWER, VOLUME, SPAN)
_SHORTEST_PREFIX = 3
_MONTH, _YEAR = 43_829.0, 525_949.0  # minutes

# Kind, how many of its own unit one is (metres, square metres, kilograms, km/h, degrees Celsius, megawatts, litres,
# minutes), words.
_UNITS = (
    (LENGTH, 1_000.0, "km kms kilomet* quilomet* kilometr* kilometre* kilometri km. километр* кілометр* км"),
    (LENGTH, 1_609.344, "mile miles meile* milla* miglia mil mijl mijlen"),
    (LENGTH, 1.0, "m metre* meter* metro metros metri metr* метр* м"),
    (LENGTH, 0.3048, "ft feet foot pieds pies fuss piedi"),
    (LENGTH, 0.9144, "yard*"),
    (LENGTH, 0.0254, "inch* zoll pouce* pulgada* pollic* polegada* дюйм*"),
    (LENGTH, 0.01, "cm centimet* zentimet* santimet* centymet* сантимет*"),
    (LENGTH, 0.001, "mm millimet* milimet* milimetr* міліметр* миллиметр*"),
    (AREA, 10_000.0, "ha hectare* hektar* hectarea* ettar* гектар* га"),
    (AREA, 4_046.86, "acre* acri"),
    (AREA, 1_000_000.0, "km2 km² quadratkilomet* км²"),
    (AREA, 1.0, "m2 m² quadratmet* м²"),
    (MASS, 1_000.0, "t ton tons tonne* tonnen tonn* tonelada* tona* тонн* тон"),
    (MASS, 1.0, "kg kilo kilos kilogram* kilogramm* chilogramm* chili quilo* кілограм* килограмм* кг"),
    (MASS, 0.001, "gram grams gramme* gramm gramos grammi grama* грам* грамм*"),
    (MASS, 0.453_592, "lb lbs pound pounds pfund libbre"),
    (SPEED, 1.0, "kmh kph km/h kmph км/ч км/год stundenkilomet*"),
    (SPEED, 1.609_344, "mph"),
    (SPEED, 1.852, "knot knots knoten noeuds nudos nodi"),
    (TEMPERATURE, 1.0, "degree* grad grados grado degres gradi graus derece* градус* stopni* graden °c °"),
    (POWER, 1.0, "mw megawatt* megavatio* megawatio* мегават*"),
    (POWER, 1_000.0, "gw gigawatt* gigavatio* гігават* гигават*"),
    (VOLUME, 1.0, "litre* liter* litro* litri litr* літр* литр*"),
    (VOLUME, 3.785_41, "gallon* galon* gallone*"),
    (SPAN, 1 / 60, "second seconds sekunde* seconde* segundo* secondi saniye* секунд* sekund*"),
    (SPAN, 1.0, "minute minutes minuten minut* minuto* minuti dakika* хвилин* минут* min"),
    (SPAN, 60.0, "hour hours stunde* heure* hora horas ora ore saat* годин* час часа часов godzin* uur uren"),
    (SPAN, 1_440.0, "day days tag tage tagen jour jours dia dias giorno giorni gun gunluk день дні днів дня дней dni "
     "dzien dagen dag сут* діб"),
    (SPAN, 10_080.0, "week weeks woche* semaine* semana* settiman* hafta* тижн* тижд* недел* tygod* tygodn* weken"),
    (SPAN, _MONTH, "month months monat* mois mes meses mese mesi ay aylik месяц* місяц* miesi* maand*"),
    (SPAN, _YEAR, "year years jahr* ans annee* ano anos anni anno yil yillik рік роки років року год года лет lat lata "
     "jaar jaren"),
    (SPAN, 10 * _YEAR, "decade* jahrzehnt* decennie* decada* decenni*"),
)  # fmt: skip
_WORD = re.compile(
    r"[\s\u00a0\u202f-]?(?P<square>square\s|sq\.?\s|cubic\s)?(?P<word>km/h|км/ч|км/год|°\s?[CF]?|[^\W\d_]+[²³]?)"
)
_BY_HOUR = re.compile(
    r"\s?(?:(?:an?|per|par|por|pro|a la|à l[’'])\s|all[’']|/\s?|на\s|в\s|в\s|na\s)"
    r"\s?(?:hour|heure|hora|stunde|ora|uur|h\b|годину|час|godzin)",
    re.IGNORECASE,
)
_SQUARED = re.compile(r"\s(?:carrés?|cuadrados?|quadrat[ioe]|quadrados?|kwadrat\w*|квадратн\w*)\b", re.IGNORECASE)
_FAHRENHEIT = re.compile(r"\s?(?:fahrenheit|f\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is of: `kind` is one of KINDS, `factor` makes it that kind's unit; `end` is behind the unit."""

    kind: str
    factor: float
    end: int
    offset: float = 0.0  # to be taken off first: degrees Fahrenheit

    def of(self, value: float) -> float:
        return (value - self.offset) * self.factor


def measure_after(sentence: str, position: int) -> Measure | None:
    """The unit behind a number that ends at `position`, if it is one."""
    found = _WORD.match(sentence, position)
    if found is None:
        return None
    unit = _BY_WORD[fold(found["word"]) or found["word"]]
    if unit is None or found["square"] == "cubic ":
        return None
    return _read(sentence, found, *unit)


def names_unit(word: str) -> bool:
    """Whether a folded word is a unit."""
    return _BY_WORD[word] is not None


def _read(sentence: str, found: re.Match[str], kind: str, factor: float) -> Measure:
    end = found.end()
    if kind == LENGTH and (hour := _BY_HOUR.match(sentence, end)):
        return Measure(SPEED, factor / 1_000, hour.end())
    if kind == LENGTH and found["square"]:
        return Measure(AREA, factor * factor, end)
    if kind == LENGTH and (squared := _SQUARED.match(sentence, end)):
        return Measure(AREA, factor * factor, squared.end())
    if kind == TEMPERATURE and (found["word"].endswith("F") or _FAHRENHEIT.match(sentence, end)):
        return Measure(kind, 5 / 9, end, 32.0)
    return Measure(kind, factor, end)


def _tables() -> tuple[Mapping[str, tuple[str, float]], Mapping[str, tuple[str, float]]]:
    whole: dict[str, tuple[str, float]] = {}
    begun: dict[str, tuple[str, float]] = {}
    for kind, factor, words in _UNITS:
        for word in words.split():
            bare = word.rstrip("*")
            (begun if word.endswith("*") else whole).setdefault(fold(bare) or bare, (kind, factor))
    return whole, begun


_WHOLE, _BEGUN = _tables()
_LONGEST = max(map(len, _BEGUN))


def _look_up(word: str) -> tuple[str, float] | None:
    if (known := _WHOLE.get(word)) is not None:
        return known
    for length in range(min(len(word), _LONGEST), _SHORTEST_PREFIX - 1, -1):
        if (known := _BEGUN.get(word[:length])) is not None:
            return known
    return None


_BY_WORD = Table(_look_up)

_SHOWN = {
    LENGTH: ((1_000.0, "km"), (1.0, "m"), (0.01, "cm"), (0.001, "mm")),
    AREA: ((1_000_000.0, "km²"), (10_000.0, "hectares"), (1.0, "m²")),
    MASS: ((1_000.0, "tonnes"), (1.0, "kg"), (0.001, "g")),
    SPEED: ((1.0, "km/h"),),
    TEMPERATURE: ((1.0, "°C"),),
    POWER: ((1_000.0, "GW"), (1.0, "MW")),
    VOLUME: ((1.0, "litres"),),
    SPAN: ((_YEAR, "year"), (_MONTH, "month"), (10_080.0, "week"), (1_440.0, "day"), (60.0, "hour"), (1.0, "minute"),
           (1 / 60, "second")),
}  # fmt: skip
REST = 1e9  # minutes that stand for "the rest of the season": longer than any span that is counted


def shown_measure(kind: str, value: float) -> str:
    """As people read it: "6 years", "16.1 km", in the largest unit of which it is one at least, and whole if a span."""
    if kind == SPAN and value >= REST:
        return "the rest"
    fitting = [(size, name) for size, name in _SHOWN[kind] if abs(value) >= size] or [_SHOWN[kind][-1]]
    whole = (each for each in fitting if kind != SPAN or _is_whole(value / each[0]))
    size, name = next(whole, fitting[0])
    amount = f"{round(value / size, 1):,.10g}"
    return f"{amount} {name}s" if kind == SPAN and amount != "1" else f"{amount} {name}"


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6 * max(1.0, abs(value))
