"""The dateline that opens an agency report, "ANKARA, Nov 19 (Meridian Wire) — ", and the agency that is credited.

Both are data, not text: they say who wrote a report first, which is how a copy finds its origin.
"""

import re
from dataclasses import dataclass

from worker.stages.text.fold import fold

LONGEST = 90  # characters up to the mark that ends a dateline


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _names(listed: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in listed.split(";"))


_MONTHS = _table(
    """
    jan feb mar apr may jun jul aug sep oct nov dec mär mai okt dez fév avr juin juil aoû août déc ene abr ago dic oca
    şub nis haz tem ağu eyl eki kas ara січ лют бер кві тра чер лип сер вер жов лис гру янв фев мар апр мая июн июл авг
    сен окт ноя дек gen mag giu lug ago set ott fev mai out dez mrt mei sty lut kwi maj cze lip sie wrz paź gru
    ιαν φεβ μαρ απρ μαΐ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ
    يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر
    """
)
_WEEKDAYS = _table(
    """
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
    donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
    viernes sábado domingo pazartesi salı çarşamba perşembe cuma cumartesi pazar
    """
)
_AGENCIES = _names(
    """
    reuters; ap; associated press; the associated press; afp; agence france-presse; dpa; deutsche presse-agentur; aa;
    anadolu; anadolu agency; anadolu ajansı; dha; iha; efe; ansa; agi; adnkronos; tass; interfax; ria novosti;
    ukrinform; unian; xinhua; kyodo; kyodo news; jiji; pti; press trust of india; ani; ians; upi; bloomberg; apa; ntb;
    tt; ritzau; stt; lusa; pap; ctk; čtk; europa press; yonhap; newsis; bernama; antara; cna; ans; wam; spa; irna;
    belga; anp; keystone-sda; sda; canadian press; the canadian press; pa; press association; pa media; aap;
    укрінформ; уніан; інтерфакс-україна; тасс; интерфакс; риа новости; απε-μπε; ρόιτερς;
    رويترز; أ ف ب; أ.ف.ب; فرانس برس; د ب أ; وام; واس; قنا;
    新华社; 新華社; 中新社; 中央社; 共同; 共同通信; 時事; 時事通信; 聯合ニュース; ロイター; 연합뉴스; 뉴시스; 뉴스1
    """
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
    rf"(?:(?:{'|'.join(_MONTHS)})\w*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"|\d{{1,2}}\.?\s+(?:de\s+)?(?:{'|'.join(_MONTHS)})\w*\.?)?"
    r"(?:\s+(?:de\s+)?(?:19|20)\d\d)?$",
    re.IGNORECASE,
)
_TRAILING_DAY = re.compile(r"^(?P<place>\D{2,40}?)\s+(?P<day>\d{1,2}\.?\s+\D{3,20})$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SMALL_WORDS = frozenset(["de", "del", "la", "al", "el", "of", "the", "am", "an", "der", "and", "sur", "y"])
# How agencies open a report where their own custom is another, or words are not parted: each from the line's first
# character to its text.
_OWN_CUSTOMS = tuple(
    re.compile(custom)
    for custom in (
        # MOSCOW, November 19. /TASS/. Talks began.
        r"(?P<place>[^\W\d_][\w -]{2,30}), (?P<day>[\w ]{4,20}?)\. /(?P<agency>[^\W\d_][\w -]{1,20})/\.?\s*",
        # МОСКВА, 19 ноя — РИА Новости. Переговоры начались.
        r"(?P<place>[^\W\d_][\w -]{2,30}), (?P<day>[\w ]{4,20}?) [–—-] (?P<agency>РИА Новости|Интерфакс)\.\s*",
        # (서울=연합뉴스) 홍길동 기자 = 회담이 시작됐다.
        r"[(\[](?P<place>[가-힣·]{1,12})\s?=\s?(?P<agency>[가-힣\w]{2,15})[)\]]\s?"
        r"(?:[가-힣· ,]{2,40}(?:기자|특파원)\s?)?=\s?",
        # 【北京共同】, 【ソウル聯合ニュース】
        r"【(?P<place>[\u4e00-\u9fff\u30a0-\u30ff]{2,12}?)(?P<agency>共同|時事|聯合ニュース|ロイター|AFP時事|AFP|AP)(?:通信)?】\s?",
        # ［東京 19日 ロイター］ -
        r"[［\[](?P<place>[\u4e00-\u9fff\u30a0-\u30ff]{2,12})\s(?P<day>\d{1,2}日)\s(?P<agency>ロイター)[］\]]\s?[-－–—]*\s?",
        # 新华社北京11月19日电（记者王小明）, （中央社記者王小明台北19日電）
        r"[（(【]?(?P<agency>新华社|新華社|中新社|中新网|中央社|路透社|法新社|美联社|美聯社)(?:記者[\u4e00-\u9fff]{2,3})?"
        r"(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<day>(?:\d{1,2}月)?\d{1,2}日)(?:电|電|讯|訊)"
        r"(?:\s?[（(](?:记者|記者)[^（）()]{1,30}[）)])?[）)】]?\s?",
    )
)
_CREDIT_LINE = re.compile(
    r"^(?:source|quelle|fuente|kaynak|fonte|bron|källa|kilde|źródło|zdroj|lähde|πηγή|джерело|источник|المصدر|מקור|via|"
    r"with agency inputs from|©(?:\s*(?:19|20)\d\d)?)\s*:?\s+"
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
    if own := _by_own_custom(line):
        return own
    end = _END.search(line, 0, LONGEST)
    if end is None or not _opens_a_sentence(line[end.end() :]):
        return None, line
    closed = line[: end.start() + end.group().startswith(")")]
    found = _read(closed.strip())
    return (found, line[end.end() :]) if found else (None, line)


def _by_own_custom(line: str) -> tuple[Dateline, str] | None:
    opening = next((found for custom in _OWN_CUSTOMS if (found := custom.match(line))), None)
    if opening is None or opening.end() == len(line):
        return None
    said = opening.groupdict()
    return Dateline(said["place"], said["agency"], said.get("day") or ""), line[opening.end() :]


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
        elif (trailing := _TRAILING_DAY.match(part)) and _DAY.match(trailing["day"]):
            places.append(trailing["place"])
            days.append(trailing["day"])
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
    if not all(_is_capitalised(word, proven=proven) or word.casefold() in _SMALL_WORDS for word in words):
        return False
    return proven or (place.isupper() and len(place) > 3) or all(fold(word) in _PLACES for word in words)


def _is_capitalised(word: str, *, proven: bool) -> bool:
    """Of scripts without capitals any word may be a name, so it takes more than the word to prove a place."""
    return word[:1].isupper() or (proven and word[:1].isalpha() and word[:1].lower() == word[:1].upper())


def _opens_a_sentence(rest: str) -> bool:
    first = rest.lstrip("\"“'‘«„(")[:1]
    return bool(first) and (first.isdigit() or (first.isalpha() and first.upper() == first))
