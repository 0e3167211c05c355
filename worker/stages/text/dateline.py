"""The dateline that opens an agency report, "ANKARA, Nov 19 (Meridian Wire) — ", and the agency that is credited.

Both are data, not text: they say who wrote a report first, which is how a copy finds its origin.
"""

import re
from dataclasses import dataclass

from worker.stages.text.fold import fold

LONGEST = 90  # characters up to the mark that ends a dateline


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTHS = _table(
    """
    jan feb mar apr may jun jul aug sep oct nov dec mär mai okt dez fév avr juin juil aoû août déc ene abr ago dic oca
    şub nis haz tem ağu eyl eki kas ara січ лют бер кві тра чер лип сер вер жов лис гру янв фев мар апр мая июн июл авг
    сен окт ноя дек
    """
)
_WEEKDAYS = _table(
    """
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
    donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
    viernes sábado domingo pazartesi salı çarşamba perşembe cuma cumartesi pazar
    """
)
_AGENCIES = frozenset(
    [
        *("reuters", "ap", "associated press", "the associated press", "afp", "dpa", "aa", "anadolu", "dha", "iha"),
        *(
            "efe",
            "ansa",
            "tass",
            "interfax",
            "ukrinform",
            "unian",
            "xinhua",
            "kyodo",
            "kyodo news",
            "pti",
            "ani",
            "upi",
        ),
        *("bloomberg", "apa", "ntb", "tt", "lusa", "pap", "europa press", "yonhap", "bernama", "antara", "cna", "ans"),
        *("укрінформ", "уніан", "інтерфакс-україна", "тасс", "интерфакс", "agence france-presse", "anadolu agency"),
        *("anadolu ajansı", "deutsche presse-agentur", "press trust of india", "canadian press", "the canadian press"),
    ]
)
# A place written like any other word counts only if it is known: "Erdogan: we are ready" has no dateline.
_PLACES = _table(
    """
    abuja abu dhabi accra addis ababa algiers amman amsterdam ankara athens baghdad baku bangkok beijing beirut belgrade
    berlin bern bogota brasilia bratislava brussels bucharest budapest buenos aires cairo canberra caracas chicago
    chisinau colombo copenhagen dakar damascus delhi dhaka doha donetsk dubai dublin dnipro frankfurt gaza geneva
    hamburg hanoi harare havana helsinki hong kong houston islamabad istanbul izmir jakarta jerusalem johannesburg
    kabul kampala karachi kathmandu kharkiv kherson khartoum kiev kyiv kuala lumpur kuwait city lagos lahore lima lisbon
    ljubljana london los angeles luanda lusaka luxembourg lviv madrid manila mexico city miami minsk montreal moscow
    mumbai munich muscat nairobi new delhi new york nicosia odesa odessa oslo ottawa paris podgorica prague pretoria
    pristina pyongyang quito ramallah reykjavik riga rio de janeiro riyadh rome san francisco santiago sao paulo
    sarajevo seoul shanghai singapore skopje sofia stockholm strasbourg sydney taipei tallinn tashkent tbilisi tehran
    tel aviv the hague tirana tokyo toronto tripoli tunis united nations vatican city vienna vilnius warsaw washington
    wellington yerevan zagreb zaporizhzhia zurich wien prag rom kiew moskau brüssel paris londres bruxelles moscou
    київ харків одеса львів москва
    """
)
_NOT_PLACES = _table(
    """
    analysis breaking comment correction editorial exclusive explainer explained factbox focus interview just in live
    new news note nato opec fifa uefa opinion photos poll review spoiler update updated urgent video warning watch
    """
)
_END = re.compile(r"\)\.?\s*[-–—:]+\s*|\s+(?:[-–—]|--)\s+|\.[-–—]+\s*|:\s+")
_BRACKETS = re.compile(r"\(([^()]{2,40})\)?\s*\.?\s*$")
_DAY = re.compile(
    rf"^(?:(?:{'|'.join(_WEEKDAYS)})\.?,?\s*)?"
    rf"(?:(?:{'|'.join(_MONTHS)})\w*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.?\s+(?:de\s+)?(?:{'|'.join(_MONTHS)})\w*\.?)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SMALL_WORDS = frozenset(["de", "del", "la", "al", "el", "of", "the", "am", "an", "der", "and", "sur", "y"])
_CREDIT_LINE = re.compile(
    r"^(?:source|quelle|fuente|kaynak|джерело|источник|via|with agency inputs from|©(?:\s*(?:19|20)\d\d)?)\s*:?\s+"
    r"(?P<agency>[^\W\d_][\w .&'/-]{1,40}?)\.?$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^[-–—(\[]*\s*(?P<agency>[^\W\d_][\w .&'-]{1,40}?)\s*[)\]]*\.?$")
_AT_THE_END = re.compile(r"(?<=[.!?”\"])\s*[(\[–—-]\s*(?P<agency>[^\W\d_][\w .&'-]{1,40}?)\s*[)\]]?\s*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed, by which agency, on which day: each as written, or "" where it is not said."""

    place: str
    agency: str = ""
    day: str = ""


def split_dateline(line: str) -> tuple[Dateline | None, str]:
    """The dateline that opens a line, and the rest of the line; None and the whole line if there is none."""
    end = _END.search(line, 0, LONGEST)
    if end is None or not _opens_a_sentence(line[end.end() :]):
        return None, line
    closed = line[: end.start() + end.group().startswith(")")]
    found = _read(closed.strip())
    return (found, line[end.end() :]) if found else (None, line)


def split_credit(line: str) -> tuple[str, str]:
    """The agency that a last line credits, and the rest of the line: ("AFP", "") for "Source: AFP"."""
    if len(line) <= LONGEST:
        if (named := _CREDIT_LINE.match(line)) is not None:
            return named["agency"].strip(), ""
        if (alone := _ALONE.match(line)) is not None and is_agency(alone["agency"]):
            return alone["agency"], ""
    if (tail := _AT_THE_END.search(line)) is not None and is_agency(tail["agency"]):
        return tail["agency"], line[: tail.start()].rstrip()
    return "", line


def is_agency(name: str) -> bool:
    """Whether it is a news agency that is known by name."""
    return name.strip().casefold() in _AGENCIES


def _read(head: str) -> Dateline | None:
    bracketed = _BRACKETS.search(head)
    agency = bracketed.group(1).strip() if bracketed else ""
    if agency and not (agency[0].isupper() or is_agency(agency)):
        return None
    places, days = [], []
    before = head[: bracketed.start()] if bracketed else head
    for part in filter(None, map(str.strip, before.split(","))):
        if _DAY.match(part) or _YEAR.match(part):
            days.append(part)
        elif is_agency(part) and not agency:
            agency = part
        else:
            places.append(part)
    place = ", ".join(places)
    proven = bool(agency or days)
    if not _is_place(place, proven=proven) and not (agency and not place):
        return None
    return Dateline(place, agency, ", ".join(days))


def _is_place(place: str, *, proven: bool) -> bool:
    words = re.split(r"[\s/]+", place)
    if not place or len(words) > 6 or place.casefold() in _NOT_PLACES or any(ch.isdigit() for ch in place):
        return False
    if not all(word[:1].isupper() or word.casefold() in _SMALL_WORDS for word in words):
        return False
    return proven or (place.isupper() and len(place) > 3) or all(fold(word) in _PLACES for word in words)


def _opens_a_sentence(rest: str) -> bool:
    first = rest.lstrip("\"“'‘«„(")[:1]
    return bool(first) and (first.isdigit() or (first.isalpha() and first.upper() == first))
