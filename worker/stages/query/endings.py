"""Endings that words take, by language, taken off the same way on both sides: talks and talk, Länder and Land.

A word of a query and a word of an article meet where both have the same key in the article's language. Keys are
compared, never shown, so a wrong cut (Paris -> pari) does no harm unless it leaves another word's letters; what does
that often is left alone. These are plurals, cases, definite and possessive endings, a few clitics: light on purpose.
They do not bring a verb's forms together, nor a noun and its adjective. `=word` in a query asks for none of this.

An article whose language is not known is read as English; languages that are not listed have no endings here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from worker.stages.text.fold import fold
from worker.stages.text.words import fold_word

_SHORTEST = 4
_LONGEST = 40  # letters: what is longer is no word, and would make the work below depend on its length
_REMEMBERED = 32_768  # keys of a language: about 4 MB
_KEPT = frozenset(["news", "does", "goes"])  # not new, doe, go
_IN_IE = frozenset(["movies", "cookies", "rookies", "calories", "zombies", "ties", "lies", "dies", "pies"])
_WITH_E = ("ches", "shes", "sses", "xes")  # churches, dishes, classes, taxes
_SHORTEST_IN_OES = 6  # heroes, not shoes


@lru_cache(maxsize=65_536)
def singular(folded: str) -> str:
    """The folded English word without a plural's ending; words in -ss and the few in `_KEPT` stay as they are."""
    if len(folded) < _SHORTEST or not folded.endswith("s") or folded.endswith("ss") or folded in _KEPT:
        return folded
    if folded.endswith("ies") and folded not in _IN_IE:
        return folded[:-3] + "y"
    if folded.endswith(_WITH_E) or (folded.endswith("oes") and len(folded) >= _SHORTEST_IN_OES):
        return folded[:-2]
    return folded[:-1]


# --- The table ---


@dataclass(frozen=True, slots=True)
class _Rule:
    """What takes the place of an ending. Of a language's rules the first that fits is used, once.

    `not_in_names`: of words in small letters only, since many surnames end so (Лавров).
    """

    ending: re.Pattern[str]
    instead: str = ""
    not_in_names: bool = False


def _rule(ending: str, instead: str = "", *, stem: int = 3) -> _Rule:
    """`ending`: a pattern of folded letters, with at least `stem` letters before it."""
    return _Rule(re.compile(rf"(?<=\w{{{stem}}})(?:{ending})$"), instead)


def _cases(endings: str, *, stem: int = 4, not_in_names: bool = False) -> _Rule:
    """Endings as the language writes them; folded here, so that Анкарі and Ankara meet across scripts."""
    folded = sorted({fold(ending) for ending in endings.split()}, key=lambda ending: (-len(ending), ending))
    return _Rule(re.compile(rf"(?<=\w{{{stem}}})(?:{'|'.join(folded)})$"), "", not_in_names)


_DANISH = (_cases("ernes erne enes ene erens eren ens ets ers en et er es e s"),)

_ENDINGS: dict[str, Sequence[_Rule]] = {
    "es": (
        _rule("ces?", "z", stem=2),  # luces, luz
        _rule("(?<=[nrldyjsxz])es?"),  # elecciones; a final e goes, too, so that clases meets clase
        _rule("(?<=[aeiou])s", stem=4),  # gobiernos; not país
    ),
    "pt": (
        _rule("[oa]es|aos", "ao", stem=2),  # eleições, mãos
        _rule("ais", "al"),  # nacionais
        _rule("eis", "el"),
        _rule("ens", "em", stem=2),  # homens
        _rule("(?<=[rzsn])es?"),  # mulheres, países
        _rule("(?<=[aeiou])s"),
    ),
    "fr": (
        _rule("(?<=eau)x|(?<=[eo]u)x", stem=2),  # bureaux, jeux
        _rule("aux", "al"),  # journaux
        _rule("(?<![su])s"),
    ),
    "it": (
        _rule("chi", "co", stem=2),  # banchi; the vowel tells the gender: porto and porti are not porta and porte
        _rule("che", "ca", stem=2),
        _rule("ghi", "go", stem=2),
        _rule("ghe", "ga", stem=2),
        _rule("(?:(?<=[^m]ent)|(?<=ion)|(?<=al)|(?<=il)|(?<=es))[ei]", "e"),  # presidenti, elezioni, nazionali
        _rule("[oi]", "o"),
        _rule("[ae]", "a"),
    ),
    "de": (
        _rule("nisse[sn]?", "nis"),
        _rule("(?<=[ln]d)ern?", stem=4),  # Kinder, Ländern; not Minister, Messer
        _rule("en|es|em|e", stem=4),
        _rule("(?<=e)n", stem=4),  # Raten; Rate is too short to lose its e
        _rule("(?<![siu])s", stem=4),  # Merkels; not Paris, Status
    ),
    "nl": (
        _rule(r"([bdfgklmnprst])\1en", r"\1"),  # gesprekken
        _rule("en", stem=4),
        _rule("(?<![siu])s", stem=4),
    ),
    "sv": (_cases("arnas ernas ornas arna erna orna erns ern ens ets ars ers ors ans en et ar er or an a s"),),
    "da": _DANISH,
    "no": _DANISH,
    "nb": _DANISH,
    "nn": (_cases("anes enes ane ene ar er en et a e s"),),
    "tr": (
        _rule("l[ae]r(?:[iu]n?|[dt][ae]n?|[ae])?", stem=4),
        _rule("n?[iu]n|n?[dt]en?|n?dan?|(?<!s)tan?|y?[iu]", stem=5),  # not Pakistan
    ),
    "ru": (
        _cases(
            "иями иях иям ием ией ии ия ию ие ье ья ью ьи ами ями ого его ому ему ыми ими ая яя ое ее ой ей ою ею"
            " ую юю ый ий ые ым им ых их ом ем ам ям ах ях а я о е ы и у ю й y yy iy ij"
        ),
        _cases("ов ев", not_in_names=True),
    ),
    "uk": (
        _cases(
            "іями іях іям ією ії ія ію ами ями ого ього ому ьому ими іми ої ій ою ею єю ую юю ий ім им их іх ові еві"
            " єві ом ем єм ам ям ах ях а я о е є и і ї у ю й y yy iy ij"
        ),
        _cases("ів їв", not_in_names=True),
    ),
    "pl": (
        _cases(
            "iego iemu iami iach iem imi ich iej ami ach ego emu owi owie ymi ych ej ym im ie om em a ą e ę i o u y"
        ),
        _cases("ów", stem=5, not_in_names=True),
    ),
    "cs": (_cases("ami emi ách ích ech ých ého ému ými ovi ové ům ou em ým ím a á e é ě i í o u ů y ý"),),
}
# The letters of endings: a word that ends in none of them has no ending. What stands before an ending is no part of it.
_BEFORE = re.compile(r"\(\?<[=!].*?\)|\\w|\(\?:")
_LETTERS = {
    code: frozenset("".join(_BEFORE.sub("", rule.ending.pattern) for rule in rules)) for code, rules in _ENDINGS.items()
}
_WITH_SUFFIXES_BEHIND_APOSTROPHES = frozenset(["tr", "az"])
_SUFFIX_BEHIND_APOSTROPHE = re.compile(r"(?<=[^\W\d_]{2})['’ʼ][^\W\d_]{1,8}$")  # Ankara'da, ABD'nin; not O'Brien
_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]{0,2}ال|[وف]?لل)(?=\w{3})")
_ARABIC_CLITICS = re.compile(r"^[وبل]{1,2}(?=\w{4})")  # of Beirut, too, so that it meets "to Beirut"
# Taken off as long as there are some: a noun may end like a particle (회의) and take one, too (회의에서).
_KOREAN_PARTICLES = re.compile(r"(?<=[가-힣]{2})(?:에서|은|는|이|가|을|를|의|에)+$")
_ENGLISH = "en"
_UNLIKE = ("ar", "ko", "az", *(code for code in _ENDINGS if code not in {"no", "nb"}))  # those two are as Danish here
_LANGUAGES = frozenset([_ENGLISH, "no", "nb", *_UNLIKE])


# --- Keys ---


def keys_of(written: str, language: str) -> tuple[str, ...]:
    """The keys of a word, given as `split` writes it, in an article's language (en, pt-BR; "": not known).

    Words meet where they share one. Its folded form is among them, unless a key stands for all words of that form.
    """
    return keys_in(language)[written]


def keys_in(language: str) -> Mapping[str, tuple[str, ...]]:
    """The keys of all words in a language, as they are asked for."""
    code = _code(language)
    if code not in _KEYS:
        _KEYS[code] = _Keys(code)
    return _KEYS[code]


@lru_cache(maxsize=65_536)
def keys_in_any(written: str) -> frozenset[str]:
    """The keys of a word in all languages: whatever the article's, a word that meets it there has one of these."""
    folded = fold_word(written)
    keys = {folded, singular(folded)}
    if len(written) <= _LONGEST:
        keys.update(_without_clitics(written, folded, code) for code in _UNLIKE)
    return frozenset(keys)


def without_suffix(written: str, language: str) -> str:
    """The word without what Turkish writes behind an apostrophe, so that ABD'nin is seen to be in capitals."""
    if _code(language) in _WITH_SUFFIXES_BEHIND_APOSTROPHES:
        return _SUFFIX_BEHIND_APOSTROPHE.sub("", written)
    return written


class _Keys(dict[str, tuple[str, ...]]):
    """A plain table, as every word of every article is looked up here: `lru_cache` would also note each use."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        keys = self[written] = _keys(written, self._code)
        return keys


_KEYS: dict[str, _Keys] = {}


@lru_cache(maxsize=256)
def _code(language: str) -> str:
    """The language by which endings are known: pt for pt-BR; "" for those without any, such as Chinese."""
    code = language.replace("_", "-").partition("-")[0].lower() or _ENGLISH
    return code if code in _LANGUAGES else ""


def _keys(written: str, code: str) -> tuple[str, ...]:
    folded = fold_word(written)
    if code == _ENGLISH:
        return (singular(folded),)
    if not code or len(written) > _LONGEST:
        return (folded,)
    return tuple(dict.fromkeys([folded, _without_clitics(written, folded, code)]))


def _without_clitics(written: str, folded: str, code: str) -> str:
    """The word without its ending, or without what is run together with it."""
    if code == "ar":
        return fold_word(_ARABIC_CLITICS.sub("", _ARABIC_ARTICLE.sub("", written)))
    if code == "ko":
        return fold_word(_KOREAN_PARTICLES.sub("", written))
    if code in _WITH_SUFFIXES_BEHIND_APOSTROPHES:
        folded = fold_word(_SUFFIX_BEHIND_APOSTROPHE.sub("", written))
    if folded[-1:] not in _LETTERS.get(code, ()):
        return folded
    return _without_ending(folded, _ENDINGS.get(code, ()), is_capitalised=written[:1].isupper())


def _without_ending(folded: str, rules: Sequence[_Rule], *, is_capitalised: bool) -> str:
    if len(folded) < _SHORTEST or not (folded.isascii() and folded.isalpha()):
        return folded
    for rule in rules:
        if rule.ending.search(folded) and not (rule.not_in_names and is_capitalised):
            return rule.ending.sub(rule.instead, folded)
    return folded
