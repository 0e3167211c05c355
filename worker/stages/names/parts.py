"""The parts of a name as written in any script, and whether two parts can be one: Serhiy and Sergei, V. and Vladimir.

Given names are compared by families (`data/given_names.txt`): what stands there in two families is two names, however
alike. Everything else is compared by sound.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from worker.stages.names import vocabulary
from worker.stages.names.known import lines
from worker.stages.names.respelled import respelled, with_marks_read
from worker.stages.names.sounds import ABJAD, KATAKANA, PLAIN, distance, sounds
from worker.stages.names.vocabulary import words_of
from worker.stages.text.fold import fold

MAX_PARTS = 8
MAX_CHARACTERS = 200

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u0300-\u036f\u0900-\u0963\u0980-\u0ddf\u064b-\u0652\u05b0-\u05c7'’ʼ`])*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,5}")
# The possessive, and Turkish case endings: Erdoğan'ın. Not Jun'ichi, O'Brien.
_ENDING = re.compile(r"['’ʼ](?:s|[ny]?[ıiuüae]n?|n[ıiuü]n|n?[dt][ae]n?|y?l[ae])?$")
_RUN_TOGETHER = re.compile(r"\b(D[ei]|L[ea]|V[ao]n|[AE]l)(?=[A-Z][a-z])")  # DeSantis, De Santis
_ROMAN = re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})")
_SCRIPTS = re.compile(
    "(?P<abjad>[\u0590-\u05ff\u0600-\u06ff\u0900-\u0ddf])|(?P<katakana>[\u30a0-\u30ff])|(?P<cyrillic>[\u0400-\u04ff])"
    "|(?P<greek>[\u0370-\u03ff])|(?P<caucasian>[\u0530-\u058f\u10a0-\u10ff])"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What Greek spells with two letters for one sound, and where.
_GREEK = [(re.compile(letters), latin) for letters, latin in [
    ("^μπ|(?<=[ρλ])μπ", "b"), ("^ντ", "d"), ("^γκ", "g"), ("τζ", "dz"), ("αυ", "av"), ("ευ", "ev"), ("ου", "u"),
    ("γγ", "ng"),
]]  # fmt: skip

_SUFFIXES = words_of("jr sr junior senior filho neto hijo")
_HONORIFICS = words_of(vocabulary.TITLES) | words_of(
    """shri sri smt shrimati pandit haji hajj hajji sayyid sayyed seyyed syed sheik shaikh mullah hojatoleslam
    rev reverend fr st saint hon rt mx mme mlle monsieur sayın bay hocaefendi san sama vladyka patriarch archduke duke
    duchess earl count countess baron tsar kaiser shah maharaja king queen prince princess pope dom swami guru"""
)
_TITLE_PARTS = words_of(vocabulary.TITLE_PARTS)
_PARTICLES = words_of(
    """al el ad as ar ash an at az es ul ur bin ibn ben bint bat de da do dos das del della di du des van von vom zu zur
    der den ter ten te la le les los las y e of the and af av und et"""
)
_SON = frozenset(["bin", "ibn", "bn"])
_ARTICLES = frozenset(["al", "el", "the"])  # also before all else: Al Gore
_FLAPPED = "़"  # the dot that makes an r of a Hindi d
_ARTICLE_IN_ARABIC = re.compile(r"^(?:وال|ال)(?=\w{3})")

_Cases = list[tuple[re.Pattern[str], tuple[str, ...]]]

# Case endings of Slavic names in Cyrillic and in Latin letters, and what a name may have had in their place.
_CYRILLIC_CASES = [
    (re.compile(r"(?:ого|ому|его|ему|ым|им|ім|ім)$"), ("y",)),
    (re.compile(r"(?:ої|ой|ій|ую|ою)$"), ("a", "aya", "")),
    (re.compile(r"(?:ом|ем|єм|ові|еві|єві|ею|єю|[уюеіїиы])$"), ("", "a", "o")),
    (re.compile(r"(?<!ск)(?<!ськ)(?<!цк)(?<!цьк)[ая]$"), ("", "o")),
]
_LATIN_CASES = [
    (re.compile(r"i?ej$"), ("a",)),
    (re.compile(r"(?:iego|ego|eho|iemu|emu|ym|im)$"), ("y",)),
    (re.compile(r"(?:owi|ovi|iem|em|om|ou|ie)$"), ("", "a")),
    (re.compile(r"[uye]$"), ("", "a")),
    (re.compile(r"i$"), ("ia", "a")),
    (re.compile(r"a$"), ("",)),
]
# Endings that only a language has whose letters the name shows.
_LITHUANIAN, _LATVIAN = frozenset("ėįų"), frozenset("āēīģķļņ")
_LITHUANIAN_CASES = [
    (re.compile(r"(?:os|ai|ą)$"), ("a",)),
    (re.compile(r"(?:es|ei)$"), ("e",)),
    (re.compile(r"io$"), ("is", "ys")),
    (re.compile(r"o$"), ("as",)),
    (re.compile(r"(?:aus|ui)$"), ("us", "as", "is")),
]
_LATVIAN_CASES = [
    (re.compile(r"(?:am|im|um|u)$"), ("s", "is", "a")),
    (re.compile(r"(?:es|ei)$"), ("e",)),
    (re.compile(r"as$"), ("a",)),
    (re.compile(r"a$"), ("s",)),
]
# Before e and i some consonants soften: Ользі is of Ольга, Barbarze of Barbara, Monice of Monika.
_SOFTENING = ("е", "і", "e")
_SOFTENED = [
    (re.compile(softened), hard)
    for softened, hard in [
        ("rz$", "r"), ("dz$", "d"), ("dz$", "g"), ("c$", "k"), ("c$", "t"), ("(?<![rd])z$", "g"),
        ("з$", "г"), ("ц$", "к"), ("с$", "х"),
    ]
]  # fmt: skip
_SHORTEST_STEM = 3
_WITH_PATRONYMIC = 3
_PATRONYMIC = re.compile(r"(?:[oei]v[iy](?:ch|c|tsch|tch)|[oei]vi?[hg]?na|[iy]nichna)a?$")
_FLEETING = re.compile(r"[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ]{2}$")
_SERVANT = re.compile(r"^abd[aeiou]?(?:l|([rsnzdt])(?=\1))?(?=[a-z]{3})")  # Abd al-Rahman, Abdelrahman, Abdurrahman

_OF_THE_FAITH = frozenset(["eddine", "eddin", "uddin", "addin", "uddine", "dine", "deen", "uldin", "ddin", "ddine"])
_SERVANTS = frozenset(["abd", "abed", "abdul", "abdel", "abdal", "bd"])
_OWN_ARTICLE = re.compile(r"^[aeu]?l(?=[^aeioulh])")

# How far two parts may be apart by sound, by the sounds of the longer one.
_LIMITS = (0.0, 0.0, 0.1, 0.25, 0.35, 0.42, 0.65, 0.8, 0.95)
_STRICTER, _SLIGHTLY_STRICTER, _SLIGHTLY_LOOSER, _LOOSER = 0.7, 0.85, 1.15, 1.5
_INITIALS_ALIKE = 0.2
_MISSPELLED = 0.26  # within one language's spelling
_HOPELESS = 3.5  # beyond this, no reading of a spelling is what was heard


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name: folded as written, what it is if that is a case form, and how it was written."""

    folded: str
    declined: tuple[str, ...] = ()
    writing: str = PLAIN
    script: str = ""  # cyrillic, greek, caucasian, abjad, katakana; "" for all others
    marks: frozenset[str] = frozenset()  # the letters with marks in the whole name, if in Latin letters
    marked: str = ""  # as written, in lower case, if in Latin letters of which some have marks

    @property
    def is_initial(self) -> bool:
        return len(self.folded) == 1


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: without titles, articles and particles."""

    words: tuple[Part, ...]
    number: str = ""  # of a king or a pope
    suffix: str = ""  # jr, sr
    patronymic: str = ""
    is_son: bool = False  # called after the father: Mohammed bin Salman


@cache
def families() -> Mapping[str, frozenset[int]]:
    """Given names, each with the numbers of the families of names that it is of: Volodymyr, Vladimir."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines("given_names.txt")):
        for word in line.split():
            found[_SERVANT.sub("abdul", fold(word))].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=16_384)
def parts_of(name: str) -> Parts:
    """Take a name apart; no words where there are none."""
    words = list(_words(_INVISIBLE.sub("", unicodedata.normalize("NFC", name[:MAX_CHARACTERS]))))[: 2 * MAX_PARTS]
    number = words.pop() if len(words) > 1 and _ROMAN.fullmatch(words[-1]) else ""
    folded = [(word, fold(word.replace("đ", "dj").replace("Đ", "Dj")).strip(".")) for word in words]
    suffix = ""
    while len(folded) > 1 and folded[-1][1] in _SUFFIXES and not _SCRIPTS.search(folded[-1][0]):  # סער is no senior
        suffix = folded.pop()[1][:2]
    while len(folded) > 1 and folded[0][1] in _HONORIFICS | _TITLE_PARTS and _is_title(folded):
        folded.pop(0)
    kept = [(word, text) for index, (word, text) in enumerate(folded) if text and not _is_particle(index, text)]
    patronymic = _take_patronymic(kept)
    marks = frozenset(letter for word, _ in folded for letter in word.lower() if not letter.isascii())
    parts = _servants(_of_god(_part(word, text, marks) for word, text in (kept or folded)[:MAX_PARTS] if text))
    return Parts(tuple(parts), number, suffix, patronymic, any(text in _SON for _, text in folded[1:-1]))


def _take_patronymic(words: list[tuple[str, str]]) -> str:
    """Take out the father's name of a full Slavic name, which stands in the middle, or last behind a family name."""
    if len(words) != _WITH_PATRONYMIC:
        return ""
    at = next((at for at in (1, 2) if _PATRONYMIC.search(words[at][1])), 0)
    return words.pop(at)[1] if at else ""


def _servants(parts: Iterable[Part]) -> Iterator[Part]:
    """Names that begin with Abd in one word and one spelling."""
    before = ""
    for part in parts:
        if before:
            yield Part(_servant_of(part), (), part.writing, part.script)
            before = ""
        elif part.folded in _SERVANTS:
            before = part.folded
        elif part.writing == PLAIN and part.folded.startswith("abd"):
            yield replace(part, folded=_SERVANT.sub("abdul", part.folded))
        else:
            yield _fathers(part)
    if before:
        yield Part(before)


def _of_god(parts: Iterable[Part]) -> Iterator[Part]:
    """Names that end in Allah in one word: Nasr Allah, خير الله."""
    before: Part | None = None
    for part in parts:
        if before is not None and part.folded in ("allah", "llh") and before.folded not in _SERVANTS:
            yield replace(before, folded=before.folded + part.folded, declined=(), marked="")
            before = None
            continue
        if before is not None:
            yield before
        before = part
    if before is not None:
        yield before


def _fathers(part: Part) -> Part:
    """Abu, which is also spelled with the article that follows: Aboul Gheit; and al-Din, written so: Eddine."""
    if part.folded in _OF_THE_FAITH:
        return replace(part, folded="din", declined=())
    return replace(part, folded="abu") if part.folded in ("aboul", "abul", "abou", "abo") else part


def _servant_of(part: Part) -> str:
    """In one spelling: Abd Allah, Abed Rabbo, Abdul Rahman; عبد الله, عبد الفتاح."""
    if part.folded in ("lh", "llh", "allah", "llah"):
        return "abdullah"
    return f"abdul{_OWN_ARTICLE.sub('', part.folded) if part.writing == PLAIN else part.folded}"


def _words(name: str) -> Iterator[str]:
    name = _RUN_TOGETHER.sub(r"\1 ", name)
    at = 0
    while match := (_INITIALS.match(name, at) or _WORD.search(name, at)):
        start = _INITIALS.search(name, at, match.end())
        if start is not None:
            match = start
        text = match.group()
        yield from re.findall(r"[^\W\d_]", text) if "." in text[:-1] else [_ENDING.sub("", text.rstrip("."))]
        at = match.end()


def _is_title(folded: list[tuple[str, str]]) -> bool:
    """Whether a first word that may be a title is one: "Foreign Minister X", not "Justice X" alone."""
    return folded[0][1] in _HONORIFICS or folded[1][1] in _HONORIFICS


def _is_particle(index: int, folded: str) -> bool:
    return folded in (_PARTICLES if index else _ARTICLES)


def _part(word: str, folded: str, marks: frozenset[str]) -> Part:
    script = _SCRIPTS.search(word)
    kind = (script.lastgroup or "") if script else ""
    if kind == "abjad":
        if _FLAPPED in word:
            word = re.sub(f".{_FLAPPED}", "र", word)
            folded = fold(word)
        return Part(fold(_ARTICLE_IN_ARABIC.sub("", word)) or folded, (), ABJAD, kind)
    if kind == "katakana":
        return Part(folded, (), KATAKANA, kind)
    if kind == "greek":
        return _greek_part(word)
    if kind == "caucasian":
        return Part(folded, script=kind)
    if kind == "cyrillic":
        return Part(folded, _nominatives(word.lower(), _CYRILLIC_CASES), script=kind)
    cases = _cases_in(marks)
    if word.isascii():
        return Part(folded, _nominatives(folded, cases), marks=marks)
    declined = (fold(word[: -len("ová")]),) if word.endswith("ová") else _nominatives(folded, cases)
    return Part(folded, declined, marks=marks, marked=word.lower())


def _cases_in(marks: frozenset[str]) -> _Cases:
    """The case endings of names in Latin letters: of the language that a name's letters show, else Slavic ones."""
    if marks & _LITHUANIAN:
        return _LITHUANIAN_CASES
    return _LATVIAN_CASES if marks & _LATVIAN else _LATIN_CASES


def _greek_part(word: str) -> Part:
    """Greek men's names lose their s in all cases but the first: Μητσοτάκης, Μητσοτάκη; Νίκος, Νίκου."""
    folded = fold(_greek(word))
    nominative = folded[:-1] + "os" if folded.endswith("u") else folded + "s" if folded[-1:] in "aio" else folded
    return Part(folded, (nominative,), script="greek")


def _greek(word: str) -> str:
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))
    for letters, latin in _GREEK:
        bare = letters.sub(latin, bare)
    return bare


def _nominatives(word: str, cases: _Cases) -> tuple[str, ...]:
    """What a word may be the case form of, folded; () where it has no such ending."""
    for ending, instead in cases:
        stem = ending.sub("", word)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            found = [fold(stem) + letters for letters in instead]
            if _FLEETING.search(stem):  # Pavla is of Pavel
                found.append(fold(stem[:-1]) + "e" + fold(stem[-1]))
            if word.endswith(_SOFTENING):
                found += [fold(softened.sub(hard, stem)) + "a" for softened, hard in _SOFTENED if softened.search(stem)]
            return tuple(found)
    return ()


def is_same_part(one: Part, other: Part, *, declined: bool = False, strict: bool = False) -> bool:
    """Whether two words can be the same part of a name; `declined`: where one of them may stand in a case."""
    if one.is_initial or other.is_initial:
        return _initials_agree(one, other)
    forms = [(one.folded, other.folded)]
    if declined:
        forms += [(form, other.folded) for form in one.declined] + [(one.folded, form) for form in other.declined]
    is_across = one.script != other.script
    if _are_in_one_orthography(one, other):
        return any(distance(sounds(first), sounds(second)) <= _MISSPELLED for first, second in forms)
    if any(_is_same_word(*pair, one.writing, other.writing, strict=strict, is_across=is_across) for pair in forms):
        return True
    if not is_across or (one.script and other.script):
        return False
    latin, foreign = (one, other) if not one.script else (other, one)
    if latin.folded in families() and foreign.folded in families():
        return False
    spelled = with_marks_read(latin.marked) if latin.marked else ""
    return any(
        _is_heard_as(latin.folded, fold(spelled), form, foreign.writing, strict=strict)
        for form in (foreign.folded, *(foreign.declined if declined else ()))
    )


def _are_in_one_orthography(one: Part, other: Part) -> bool:
    """Whether two names are written with the marks of one language, so that none is a transliteration: Güney, Günay."""
    return bool(one.marks and other.marks) and not one.marks.isdisjoint(other.marks)


def _initials_agree(one: Part, other: Part) -> bool:
    first, second = sounds(one.folded)[:1], sounds(other.folded)[:1]
    if one.folded[:1] == other.folded[:1]:
        return True
    return bool(first and second) and distance(first, second) <= _INITIALS_ALIKE


@lru_cache(maxsize=65_536)
def _is_same_word(one: str, other: str, written: str, other_written: str, *, strict: bool, is_across: bool) -> bool:
    if one == other:
        return True
    mine, theirs = families().get(one), families().get(other)
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    writing = max(written, other_written, key=(PLAIN, KATAKANA, ABJAD).index)
    first, second = sounds(one, written), sounds(other, other_written)
    limit = _limit(first, second, writing)
    if is_across:
        # a word in another script is more likely to be the same one than to be near by chance
        limit *= _SLIGHTLY_LOOSER if strict else _LOOSER
    elif mine or theirs or strict:
        limit *= _STRICTER if strict else _SLIGHTLY_STRICTER
    return distance(first, second, writing) <= limit


def _limit(one: str, other: str, writing: str) -> float:
    """How far two rows of sounds may be apart: by the longer one, or, without vowels, by the shorter one."""
    if writing == ABJAD:
        return _LIMITS[min(2 + min(len(one), len(other)), len(_LIMITS) - 1)] * _STRICTER
    return _LIMITS[min(max(len(one), len(other)), len(_LIMITS) - 1)]


@lru_cache(maxsize=65_536)
def _is_heard_as(latin: str, spelled: str, foreign: str, written: str, *, strict: bool) -> bool:
    """Whether a word of another script is what some language hears in a Latin spelling: Рено, Renault."""
    heard = sounds(foreign, written)
    if not heard or distance(sounds(latin), heard, written) > _HOPELESS:
        return False
    readings = {sounds(reading) for reading in (*respelled(latin), *([spelled] if spelled != latin else ()))}
    factor = _STRICTER if strict else 1.0
    return any(distance(reading, heard, written) <= factor * _limit(reading, heard, written) for reading in readings)
