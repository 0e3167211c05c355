"""Where names stand in text without capitals: Chinese, Japanese, Korean, Arabic, Hebrew.

Known names are recognised wherever they stand. Others only where something shows them: a title or a form of address
beside a family name that is common (岸田首相, 김철수 의원), the point between the parts of a foreign name in
katakana, a title before an Arabic name. What nothing shows is left out; a wrong name costs more than a missing one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from anyascii import anyascii

from worker.stages.names.eastern import japanese_families, japanese_readings, korean_families, latin_of_han
from worker.stages.names.known import KNOWN_UNCASED, PERSON, Known, bare
from worker.stages.names.sightings import Sighting
from worker.stages.text.fold import fold, spelling_key

LANGUAGES = frozenset(["zh", "ja", "ko", "ar", "fa", "he", "ur", "yue", "wuu"])
MAX_CHARACTERS = 100_000

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff々・·]{2,}")
_HANGUL = re.compile("[\uac00-\ud7af]{2,30}")
_ABJAD_WORD = re.compile('[\u05d0-\u05ea\u0620-\u06d3\u06fa-\u06ff\u200c\u064b-\u0652"]{2,30}')
_LONGEST = 14  # characters of a known name without spaces

_FOREIGN = re.compile("[ァ-ヴー]{2,15}(?:[・＝][ァ-ヴー]{2,15}){1,3}")
_CHINESE_FAMILY = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇"
    "魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴"
)
_CHINESE_TITLE = (
    "国家主席|主席|总统|總統|总理|總理|副总理|外长|外長|部长|部長|院长|院長|书记|書記|省长|市长|市長|议员|議員|发言人|發言人|总裁|總裁"
    "|董事长|董事長|大使|将军|將軍|教授|博士|主任|律师|律師|先生|女士"
)
_AFTER_CHINESE = "说|說|表示|指出|称|稱|宣布|宣佈|强调|強調|认为|認為|在|对|對|和|与|與|将|將|，|。|、|（|的|$"
_CHINESE = [
    re.compile(f"(?:{_CHINESE_TITLE})(?P<name>[{_CHINESE_FAMILY}][\u4e00-\u9fff]{{1,2}}?)(?={_AFTER_CHINESE})"),
    re.compile(
        f"(?:^|(?<=[，。、（\\s对對和与與]))(?P<name>[{_CHINESE_FAMILY}][\u4e00-\u9fff]{{1,2}}?)(?={_CHINESE_TITLE})"
    ),
]
_JAPANESE = re.compile(
    "(?P<name>[\u4e00-\u9fff々]{2,6}?)"
    "(?=氏|さん|首相|元首相|外相|財務相|防衛相|官房長官|長官|大臣"
    "|議員|知事|市長|社長|会長|選手|容疑者|被告|教授|監督|総裁|代表)"
)
_KOREAN_TITLES = (
    "대통령|전 대통령|총리|위원장|장관|차관|의원|대표|회장|사장"
    "|교수|총장|시장|지사|감독|선수|기자|씨|대변인|의장|실장|총재"
)
_KOREAN = re.compile(f"(?<![\uac00-\ud7af])(?P<name>[\uac00-\ud7af]{{3}})(?= ?(?:{_KOREAN_TITLES}))")
_KOREAN_AFTER = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|까지|부터|측|씨|이라고|라고|에는|에도|이나|보다|처럼|대통령|총리|정부|군|산|발)?$"
)
_ARABIC_BEFORE = re.compile("^(?:و|ف)?(?:ب|ل|ك)?")
_HEBREW_BEFORE = re.compile("^[ובלמשהכ]{1,2}")
_ARABIC = re.compile(
    "(?:الرئيس|رئيس الوزراء|وزير الخارجية|وزير الدفاع|الملك|ولي العهد|الأمير|الشيخ|الجنرال"
    "|المتحدث باسم \\S+|السيد|النائب)"
    "(?: ال\\S{2,12}ي)? (?P<name>(?!ال)[\u0620-\u064a]{3,12} (?:(?:بن|أبو|عبد) )?[\u0620-\u064a]{3,14})"
)
_NO_ARABIC_NAMES = "في من على إلى الى عن أن إن مع بعد قبل هذا هذه التي الذي قال قالت أكد خلال اليوم أمس إنه كان وقد"
_ARABIC_STOPS = frozenset(_NO_ARABIC_NAMES.split())


def look_uncased(text: str, code: str) -> Iterator[Sighting]:
    """The names that a text without capitals shows, in no order."""
    text = text[:MAX_CHARACTERS]
    known = [*_known_unspaced(text), *_known_korean(text), *_known_spaced(text)]
    yield from known
    told = " ".join({sighting.shown for sighting in known})
    yield from (sighting for sighting in _shown_by_neighbours(text, code) if sighting.shown not in told)


def _shown_by_neighbours(text: str, code: str) -> Iterator[Sighting]:
    if code in ("zh", "yue", "wuu"):
        yield from (
            _shown(match["name"], latin_of_han(match["name"])) for form in _CHINESE for match in form.finditer(text)
        )
    elif code == "ja":
        yield from _japanese(text)
    elif code == "ko":
        yield from _korean(text)
    elif code == "ar":
        yield from _arabic(text)


def is_uncased(text: str) -> bool:
    """Whether a text is written mostly without capitals, to judge by its beginning."""
    beginning = text[:400]
    return not beginning.isascii() and len(_UNCASED_LETTER.findall(beginning)) * 3 > len(beginning)


_UNCASED_LETTER = re.compile("[\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _shown(written: str, latin: Iterable[str], *, is_titled: bool = True) -> Sighting:
    return Sighting(tuple(spelling_key(fold(word)) for word in latin) or (written,), written, is_titled)


def _of_known(known: Known, written: str) -> Sighting:
    return Sighting(known.key, written, known.kind == PERSON)


# --- Known names, by script ---


@cache
def _by_beginning() -> Mapping[str, list[str]]:
    """Known names without spaces under their first two characters, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in KNOWN_UNCASED:
        if _UNSPACED.fullmatch(name) and len(name) <= _LONGEST:
            found[name[:2]].append(name)
    return {beginning: sorted(names, key=len, reverse=True) for beginning, names in found.items()}


_MOST_WORDS = 4


def _known_unspaced(text: str) -> Iterator[Sighting]:
    for run in _UNSPACED.finditer(text):
        at, end = run.span()
        while at < end - 1:
            names = _by_beginning().get(text[at : at + 2], ())
            name = next((name for name in names if text.startswith(name, at)), "")
            if name:
                yield _of_known(KNOWN_UNCASED[name], name)
            at += len(name) or 1


def _known_korean(text: str) -> Iterator[Sighting]:
    """Known names at the beginning of a word, what follows being a particle or a title."""
    for word in _HANGUL.finditer(text):
        written = word.group()
        for length in range(min(len(written), _LONGEST), 1, -1):
            known = KNOWN_UNCASED.get(written[:length])
            if known is not None and _KOREAN_AFTER.match(written, length):
                yield _of_known(known, written[:length])
                break


def _known_spaced(text: str) -> Iterator[Sighting]:
    """Known Arabic and Hebrew names, of one word or several; short words that run into the next are taken off."""
    words = _ABJAD_WORD.findall(text)
    at = 0
    while at < len(words):
        length, known = _longest_known(words, at)
        if known is not None:
            yield _of_known(known, " ".join(words[at : at + length]))
        at += length or 1


def _longest_known(words: list[str], at: int) -> tuple[int, Known | None]:
    for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        written = bare(" ".join(words[at : at + length]))
        for form in dict.fromkeys([written, _ARABIC_BEFORE.sub("", written), _HEBREW_BEFORE.sub("", written)]):
            known = KNOWN_UNCASED.get(form)
            if known is not None and (length > 1 or len(form) > 2):
                return length, known
    return 0, None


# --- Other names, where something shows them ---


def _japanese(text: str) -> Iterator[Sighting]:
    for foreign in _FOREIGN.finditer(text):
        written = foreign.group()
        yield _shown(written, anyascii(written.replace("＝", "・")).replace("-", " ").split(), is_titled=False)
    for match in _JAPANESE.finditer(text):
        written = match["name"]
        readings = japanese_readings(written)
        if readings:
            family, given = readings[0]
            yield _shown(written, (given, family))
        elif written in japanese_families():
            yield _shown(written, (japanese_families()[written],))


def _korean(text: str) -> Iterator[Sighting]:
    for match in _KOREAN.finditer(text):
        syllables = re.findall("[A-Z][a-z]*", anyascii(match["name"]))
        if syllables and syllables[0].lower() in korean_families():
            yield _shown(match["name"], (syllables[0], "".join(syllables[1:])))


def _arabic(text: str) -> Iterator[Sighting]:
    for match in _ARABIC.finditer(text):
        words = match["name"].split()
        if not _ARABIC_STOPS.intersection(words):
            yield _shown(match["name"], words)
