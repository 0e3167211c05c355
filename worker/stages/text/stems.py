"""The key under which the written forms of one word meet: plural and case endings off, spellings made one.

Deliberately small: it takes off what inflection adds most often and never looks at meaning. Keys are compared, not
shown; `keywords.Terms` and `names.Name` remember how a word was written.
"""

import re
from collections.abc import Sequence
from functools import partial

from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.table import Table

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Case endings of nouns and of surnames like Зеленський. Not -о: Тимошенко has no cases.
_CYRILLIC_ENDING = re.compile(
    r"(?<=\w{3})(?:ього|ому|ого|его|ему|ими|ами|ями|ові|еві|єві|ою|ею|єю|ією|ів|їв|ий|ій|ый|ой|их|ых|им|ым|ом|ем|єм|ам|ям|ах|ях|"
    r"ая|яя|ое|ее|ої|ей|ию|ия|ії|ію|ія|ие|ью|[аяуюиіїеєыэьй])$"
)
# An adjective's stem gets back an ending, so that it meets its Latin spellings: Зеленського -> zelensky.
_ADJECTIVE_STEM = ("ськ", "ск", "цьк", "цк")
_PLURAL_IN_S = frozenset(["en", "es", "fr", "pt", "ca", "gl", ""])
_NO_PLURAL = ("ss", "us", "is", "news")
_PLURAL_IN_ES = ("sses", "ches", "shes", "xes", "zzes")
_SHORTEST_PLURAL = 4
_ARABIC_ARTICLES = frozenset(["al", "el"])  # Bashar al-Assad; but El Paso
_COMPANY_FORMS = frozenset(
    ["inc", "corp", "corporation", "ltd", "llc", "plc", "gmbh", "co", "ag", "nv", "spa", "holdings", "group"]
)
_NO_PART = frozenset(["", "the"])
_FIRST_AND_LAST = 2
_TURKISH_SUFFIX = re.compile(r"(?<=[^\W\d_]{2})['’ʼ][a-zçğıöşü]{1,7}$")


def stem(text: str, code: str) -> str:
    """The key of a word as written: talks -> talk, policies -> policy, Ankara'da -> ankara, переговорів -> peregovor.

    `code` is a language as `stopwords.primary` gives it.
    """
    return _spelled(text, code, plurals=code in _PLURAL_IN_S)


def name_stem(text: str, code: str) -> str:
    """The key of a word inside a name: as `stem`, but a final s stays, often being part of it (Williams, Texas)."""
    return _stems_in(code)[text]


def name_key(words: Sequence[str], code: str) -> tuple[str, ...]:
    """The key of a whole name: Recep Tayyip Erdoğan -> (recep, tayyip, erdogan).

    Without what comes and goes between reports: articles, middle initials, Inc. at the end of a company.
    """
    stems = list(map(_stems_in(code).__getitem__, words))
    if not _NO_PART.isdisjoint(stems):
        stems = [stemmed for stemmed in stems if stemmed not in _NO_PART]
    while len(stems) > 1 and stems[-1] in _COMPANY_FORMS:
        stems.pop()
    if len(stems) <= _FIRST_AND_LAST:
        return tuple(stems)
    return (stems[0], *[part for part in stems[1:-1] if len(part) > 1 and part not in _ARABIC_ARTICLES], stems[-1])


def _spelled(text: str, code: str, *, plurals: bool) -> str:
    if text.isascii() and text.isalnum():  # as most are
        folded = text.lower()
    elif _CYRILLIC.search(text):
        return spelling_key(_cyrillic(text.lower()))
    else:
        bare = _TURKISH_SUFFIX.sub("", text) if code == "tr" else text
        folded = fold(bare.replace(".", "").replace("’", "").replace("ʼ", ""))
    return spelling_key(_singular(folded) if plurals else folded)


def _cyrillic(lowered: str) -> str:
    bare = _CYRILLIC_ENDING.sub("", lowered)
    return fold(bare) + ("y" if bare.endswith(_ADJECTIVE_STEM) else "")


def _singular(folded: str) -> str:
    if len(folded) < _SHORTEST_PLURAL or not folded.endswith("s") or folded.endswith(_NO_PLURAL):
        return folded
    if folded.endswith("ies") and len(folded) > _SHORTEST_PLURAL:
        return folded[:-3] + "y"
    return folded[:-2] if folded.endswith(_PLURAL_IN_ES) else folded[:-1]


def _stems_in(code: str) -> Table[str]:
    """The keys of words inside names. Of all languages only Turkish takes anything off that is not taken off in all."""
    return _TURKISH_NAME_STEMS if code == "tr" else _NAME_STEMS


_NAME_STEMS = Table(partial(_spelled, code="", plurals=False))
_TURKISH_NAME_STEMS = Table(partial(_spelled, code="tr", plurals=False))
