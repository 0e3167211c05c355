"""Chinese, Japanese and Korean names: one syllable apart is another person, and one name has several romanisations.

Han characters are read as Pinyin, and as Japanese where a table knows the name; Hangul as Revised Romanisation. Latin
spellings are brought to these: Wade-Giles to Pinyin (Teng Hsiao-ping), Korean vowels and initials to classes that
McCune-Reischauer and passports share (Pak Kŭnhye, Park Geun-hye).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from anyascii import anyascii

from worker.stages.names.characters import is_cantonese, is_japanese, is_read_as, may_be_given, pinyin_of_cantonese
from worker.stages.names.known import lines
from worker.stages.names.parts import families
from worker.stages.names.sounds import distance, sounds
from worker.stages.names.vocabulary import words_of
from worker.stages.text.fold import fold

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_KANA = re.compile("[\u3040-\u30ff]")
_SPELLED_SYLLABLE = re.compile("[A-Z][a-z]*")
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ`ʻ])*")

_PINYIN = re.compile(
    r"(?:[bpmf](?:a|o|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)|[dtnl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia"
    r"|ie|iao|iu|ian|in|iang|ing|u|uo|ui|uan|un|v|ve|ue)|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un"
    r"|uang)|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|(?:zh|ch|sh|[rzcs])(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng"
    r"|ong|u|ua|uo|uai|ui|uan|un|uang)|y(?:a|e|ao|ou|an|ang|ong|i|in|ing|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)"
    r"|a|e|ai|ei|ao|ou|an|en|ang|er)"
)
# What some characters are read as in names, or as often.
_OTHER_PINYIN: Mapping[str, str] = {
    "佛": "fo", "乐": "le yue", "樂": "le yue", "曾": "zeng", "单": "shan", "單": "shan", "仇": "qiu", "查": "zha",
    "解": "xie",
    "区": "ou", "區": "ou", "盖": "ge", "朴": "piao pu", "翟": "zhai", "尉": "wei yu", "长": "chang", "長": "chang",
    "重": "chong", "行": "hang", "藏": "cang", "都": "du", "传": "zhuan", "沈": "shen", "任": "ren", "祭": "zhai",
}  # fmt: skip
_CHINESE_FAMILIES = words_of("""
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang han feng
deng cao peng zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei lv lu ding ren shen yao cui zhong tan fan
jin shi liao jia xia fu fang bai zou meng xiong qin qiu hou yin xue yan duan lei long tao mao hao gu gong shao wan
qian xi hua kong qi wen mo kang ouyang sima bo jiao ai bao chu ge
""")
# From Wade-Giles as newspapers print it, often without its apostrophes, to what Pinyin may have in its place.
_WADE_INITIALS = [
    ("hs", ("x",)), ("ch", ("zh", "j", "ch", "q")), ("tz", ("z", "c")), ("ts", ("z", "c")), ("ss", ("s",)),
    ("t", ("d", "t")), ("p", ("b", "p")), ("k", ("g", "k")), ("j", ("r",)),
]  # fmt: skip
_WADE_FINALS = {
    "ung": ("ong",), "ieh": ("ie",), "ien": ("ian",), "ueh": ("ue",), "ih": ("i",), "e": ("e", "i"),
    "o": ("e", "uo", "o"), "u": ("u", "i"), "iung": ("iong",), "uei": ("ui",), "erh": ("er",), "eh": ("e",),
    "en": ("en", "an"),
}  # fmt: skip
_WADE_SYLLABLES = {"i": ("yi",), "ih": ("yi",), "ing": ("ying",), "in": ("yin",), "yu": ("you",), "je": ("zhe",)}
_ONLY_WADE = re.compile(r"^hs|^ts[eo]?|^tz|ung$|ieh$|ien$|ueh$|h$|['’ʼ`ʻ]")

# The spelling that stands for a family name, then its others.
_KOREAN_SPELLINGS = """
kim gim|lee yi rhee ri i li|park pak bak bag|choi choe|jung jeong chung chong|kang gang|cho jo|yoon yun youn|jang chang
lim im rim|han|oh o|seo suh so|shin sin|kwon gwon|hwang|ahn an|song|yoo yu ryu|hong|jeon jun chun chon|ko go koh
moon mun|son sohn|yang|bae pae|baek paik paek baeg|heo hur huh ho|roh noh no|nam|shim sim|ha|joo ju chu choo|koo ku gu
min|chae|na|byun byeon|ban pan|woo u oo|bang pang|bong|cha|ji chi|jin chin|do|pyo|um eom|won|seol|sung seong
"""
_KOREAN_FAMILIES: Mapping[str, str] = {
    spelling: group.split()[0]
    for group in _KOREAN_SPELLINGS.strip().replace("\n", "|").split("|")
    for spelling in group.split()
}
_KOREAN_SYLLABLE = re.compile(
    r"(?P<initial>kk|tt|pp|ss|jj|ch|sh|[gkndtrlmbpsjhc])?(?P<glide>[yw])?(?P<vowel>[aeiou]+(?:h(?![aeiouyw]))?)"
    r"(?P<final>ng|[nmlkgptrb](?![aeiouyw]))?"
)
_KOREAN_INITIALS = {
    "g": "k", "kk": "k", "d": "t", "tt": "t", "b": "p", "pp": "p", "j": "c", "ch": "c", "jj": "c", "l": "r", "ss": "s",
    "sh": "s",
}  # fmt: skip
_KOREAN_FINALS = {"g": "k", "b": "p", "r": "l", "d": "t"}
_ROMAJI = re.compile(
    "(?:(?:[kgsztdnhbpmryjfw]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|kk|tt|ss|pp|tch|ssh)?[aeiou]h?|n){2,12}"
)
_SYLLABLES_IN_NAME = range(2, 5)
_FAMILY_AND_TWO_SYLLABLES = 3
_HYPHENATED = re.compile("[a-z]-[a-z]", re.IGNORECASE)  # the given name, outside of the mainland: En-lai, Kar-wai


def same_in_the_east(one: str, other: str) -> bool | None:
    """Whether two names of which one at least is Chinese, Japanese or Korean are one; None where neither surely is."""
    if _KANA.search(one + other) and not (_HAN.search(one) or _HAN.search(other)):
        return None  # spelled by sound
    if _HANGUL.search(one) or _HANGUL.search(other):
        return _agree(_korean(one), _korean(other))
    written = [bool(_HAN.search(name)) for name in (one, other)]
    if all(written):
        return _pinyin_of_han(one) == _pinyin_of_han(other)
    if any(written):
        han, latin = (one, other) if written[0] else (other, one)
        return _is_read_as(han, latin)
    korean = _korean(one), _korean(other)
    if all(korean):
        return _agree(*korean)
    chinese = _chinese(one), _chinese(other)
    return _share(*chinese) if all(chinese) else None


def family_place(words: Sequence[str]) -> int | None:
    """Where the family name stands in a Chinese or Korean name of folded Latin words; None: it looks like neither."""
    if len(words) not in _SYLLABLES_IN_NAME:
        return None
    name = " ".join(words)
    for at in (0, len(words) - 1):
        is_chinese = words[at] in _CHINESE_FAMILIES and bool(_readings(name, False))
        if is_chinese or (words[at] in _KOREAN_FAMILIES and bool(_korean(name))):
            return at
    return None


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one.isdisjoint(other)


# --- Chinese ---

Syllables = tuple[frozenset[str], ...]  # what each syllable may be in Pinyin


def _pinyin_of_han(name: str) -> list[str]:
    return _SPELLED_SYLLABLE.findall(anyascii("".join(_HAN.findall(name))))


def latin_of_han(name: str) -> tuple[str, ...]:
    """A Chinese name of two or three characters in Pinyin: 王文涛 -> (wang, wentao)."""
    family, *given = _pinyin_of_han(name)
    return (family.lower(), "".join(given).lower())


def _is_read_as(han: str, latin: str) -> bool:
    spelled = tuple(
        frozenset([anyascii(character).lower(), *_OTHER_PINYIN.get(character, "").split()])
        for character in _HAN.findall(han)
    )
    if any(_fits(spelled, reading) for is_wade in (False, True) for reading in _readings(latin, is_wade)):
        return True
    characters = "".join(_HAN.findall(han))
    spoken = [fold(token) for token in _TOKEN.findall(latin)]
    if is_cantonese(characters, spoken) or (
        spoken and spoken[0] in families() and is_cantonese(characters, spoken[1:])
    ):
        return True  # also behind a Western name: Agnes Chow Ting
    tokens = [fold(token) for token in _TOKEN.findall(latin.replace("-", ""))]  # Kore-eda
    readings = japanese_readings(han)
    if any(_is_japanese(reading, tokens) for reading in readings) or is_japanese(characters, tokens):
        return True
    return not readings and _has_family(han, tokens)


def _share(one: frozenset[Syllables], other: frozenset[Syllables]) -> bool:
    return any(_fits(mine, theirs) for mine in one for theirs in other)


def _fits(one: Syllables, other: Syllables) -> bool:
    return len(one) == len(other) and all(not a.isdisjoint(b) for a, b in zip(one, other, strict=True))


def _chinese(name: str) -> frozenset[Syllables]:
    """The readings of a Latin name that looks Chinese; none if it does not."""
    tokens = [fold(token) for token in _TOKEN.findall(name)]
    is_family = bool(tokens) and any(token in _CHINESE_FAMILIES for token in (tokens[0], tokens[-1]))
    is_wade = any(_ONLY_WADE.search(token.lower()) for token in _TOKEN.findall(name))
    plain = _readings(name, is_wade) if is_family or is_wade else frozenset()
    if len(tokens) != _FAMILY_AND_TWO_SYLLABLES or not _HYPHENATED.search(name):
        return plain
    return plain | _readings(name, True) | _cantonese_readings(tuple(tokens))


def _cantonese_readings(tokens: tuple[str, ...]) -> frozenset[Syllables]:
    """A name that Hong Kong may have spelled (Chow Yun-fat), in Pinyin."""
    syllables = tuple(pinyin_of_cantonese(tokens))
    if not all(syllables):
        return frozenset()
    return frozenset([syllables, (syllables[-1], *syllables[:-1])])


@lru_cache(maxsize=4096)
def _readings(name: str, is_wade: bool) -> frozenset[Syllables]:
    """A Latin name as Chinese syllables, the family name first or last; none if it cannot be read so."""
    written = [token.lower() for token in _TOKEN.findall(name)]
    if not written or len(written) > max(_SYLLABLES_IN_NAME):
        return frozenset()
    parts = [_wade(token) if is_wade else _pinyin(fold(token)) for token in written]
    if not all(parts) or sum(map(len, parts)) not in _SYLLABLES_IN_NAME:
        return frozenset()
    return frozenset([tuple(sum(parts, ())), tuple(sum([parts[-1], *parts[:-1]], ()))])


def _pinyin(token: str) -> Syllables:
    """The syllables of a Pinyin word; () where it is none. The longest first, and back where that leads nowhere."""
    if not token:
        return ()
    for length in range(min(6, len(token)), 0, -1):
        if _PINYIN.fullmatch(token[:length]):
            rest = _pinyin(token[length:])
            if rest or length == len(token):
                return (frozenset([token[:length]]), *rest)
    return ()


def _wade(token: str) -> Syllables:
    bare = fold(re.sub("['’ʼ`ʻ]", "", token))
    found = frozenset(syllable for syllable in _from_wade(bare) if _PINYIN.fullmatch(syllable))
    return (found,) if found else _pinyin(bare)


def _from_wade(syllable: str) -> Iterator[str]:
    """What a syllable in Wade-Giles may be in Pinyin."""
    initial, instead = next(((old, new) for old, new in _WADE_INITIALS if syllable.startswith(old)), ("", ("",)))
    final = syllable[len(initial) :]
    yield from _WADE_SYLLABLES.get(syllable, ())
    finals = [
        final,
        *(new for old, options in _WADE_FINALS.items() if final.endswith(old) for new in _ended(final, old, options)),
    ]
    for start, end in product(instead, finals):
        yield start + end


def _ended(final: str, old: str, options: tuple[str, ...]) -> Iterator[str]:
    for new in options:
        yield final[: len(final) - len(old)] + new


# --- Japanese ---


@cache
def _japanese() -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Readings of family names, and of given names."""
    tables: dict[str, dict[str, list[str]]] = {"family": defaultdict(list), "given": defaultdict(list)}
    current = tables["family"]
    for line in lines("japanese.txt"):
        characters, *readings = line.split()
        if characters == "character":
            break  # single characters are for `characters`
        if not readings:
            current = tables[characters]
        else:
            current[characters] += readings
    return tables["family"], tables["given"]


@lru_cache(maxsize=4096)
def japanese_readings(name: str) -> tuple[tuple[str, str], ...]:
    """How a name in Japanese characters may be read: (family, given); () where the tables do not know it."""
    bare, families_read = "".join(name.split()), _japanese()[0]
    return tuple(
        (family, given)
        for cut in range(len(bare) - 1, 0, -1)
        for family in families_read.get(bare[:cut], ())
        for given in _given_readings(bare[cut:])
    )


def _given_readings(characters: str) -> Sequence[str]:
    return _japanese()[1].get(characters, ()) if _HAN.search(characters) else [fold(characters)]


def _has_family(han: str, tokens: list[str]) -> bool:
    """Whether one of two Latin words is the family name, where the table lacks the given name beside it."""
    if len(tokens) != len(("family", "given")) or not all(map(_ROMAJI.fullmatch, tokens)):
        return False
    bare = "".join(han.split())
    return any(
        _is_family_read_as(bare[:cut], first) and may_be_given(bare[cut:], second)
        for cut in range(len(bare) - 1, 0, -1)
        for first, second in (tokens, reversed(tokens))
    )


def _is_family_read_as(characters: str, token: str) -> bool:
    readings = _japanese()[0].get(characters)
    if readings:
        return any(_sounds_alike(reading, token) for reading in readings)
    return len(characters) > 1 and is_read_as(characters, token)


@cache
def japanese_families() -> Mapping[str, str]:
    """The commonest reading of each Japanese family name that the table has."""
    return {characters: readings[0] for characters, readings in _japanese()[0].items()}


def _is_japanese(reading: tuple[str, str], tokens: list[str]) -> bool:
    orders = (reading, reading[::-1])
    return any(len(tokens) == len(order) and all(map(_sounds_alike, order, tokens)) for order in orders)


def _sounds_alike(reading: str, token: str) -> bool:
    return distance(sounds(reading), sounds(token)) <= 0.5  # long vowels: Otani, Ohtani, Ōtani


# --- Korean ---


def korean_families() -> Mapping[str, str]:
    """Family names in all their spellings, each with the one that stands for it."""
    return _KOREAN_FAMILIES


@lru_cache(maxsize=4096)
def _korean(name: str) -> frozenset[str]:
    """Keys of the syllables of a name that looks Korean, the family name first or last; none if it does not."""
    if _HANGUL.search(name):
        spelled = [syllable.lower() for syllable in _SPELLED_SYLLABLE.findall(anyascii("".join(_HANGUL.findall(name))))]
        return _korean_keys(spelled[0], spelled[1:]) if len(spelled) in _SYLLABLES_IN_NAME else frozenset()
    tokens = [fold(token).replace("wh", "hw") for token in _TOKEN.findall(name)]
    if not 1 < len(tokens) <= max(_SYLLABLES_IN_NAME):
        return frozenset()
    return _korean_keys(tokens[0], tokens[1:]) | _korean_keys(tokens[-1], tokens[:-1])


def _korean_keys(family: str, given: list[str]) -> frozenset[str]:
    first = _KOREAN_FAMILIES.get(family)
    syllables = [key for token in given for key in _korean_syllables(token)]
    if first is None or not given or "" in syllables or len(syllables) not in (1, 2):
        return frozenset()
    return frozenset([" ".join([first, *syllables])])


def _korean_syllables(token: str) -> list[str]:
    """The key of each syllable; an empty one where the word cannot be read as Korean."""
    keys: list[str] = []
    at = 0
    while at < len(token):
        match = _KOREAN_SYLLABLE.match(token, at)
        if match is None:
            return [""]
        keys.append(_korean_key(match))
        at = match.end()
    return keys


def _korean_key(syllable: re.Match[str]) -> str:
    """Initials without voice, vowels in three classes: what romanisations of Korean agree on."""
    initial, final = syllable["initial"] or "", syllable["final"] or ""
    vowel = syllable["vowel"].rstrip("h")
    if vowel in ("ui", "eui"):
        kind = "i"
    elif "o" in vowel or "u" in vowel:
        kind = "u"
    else:
        kind = "i" if vowel in ("i", "ee", "ie") else "a"
    start = _KOREAN_INITIALS.get(initial, initial)
    if not start and syllable["glide"] == "y" and kind != "i":
        start = "y"  # Nak-yeon is not Nak-won
    return start + kind + _KOREAN_FINALS.get(final, final)
