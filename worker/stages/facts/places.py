"""The places and names that a sentence holds, so that one town's toll is not held against another's.

Names are kept by their first letters, folded, by which Turkish and Turkey, Kyiv's and Києва are near enough.
"""

import re
from functools import lru_cache

from worker.stages.text.fold import fold

_NAME = r"[^\W\d_a-zà-ÿа-яіїєґąćęłńóśźżčšžğış][\w-]+"
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Bb]ei|[Nn]ahe|[Ee]n|[Àà]|[Pp]rès de|[Cc]erca de|[Vv]icino a|[Pp]erto de"
    r"|[Ee]m|[Nn]o|[Nn]a|[Nn]abij|[Bb]ij|[УуВв]|[Вв]о|[Вв]і?д|[Бб]іля|[Пп]ід|[Пп]од|[Вв]озле|[Ww]|[Ww]e|[Pp]od)\s"
    rf"(?:the\s|der\s|la\s|los\s|las\s)?((?:[a-z]+\s){{0,3}}?{_NAME}(?:\s{_NAME})*)"
)
_LOCATIVE = re.compile(rf"({_NAME})[’'][dt][ae]n?\b")  # Turkish: Ankara'da
_WRITTEN_AS_NAME = re.compile(_NAME)
_PREFIX = 4  # letters by which Turkish and Turkey are one place
_NO_PLACE = frozenset(  # "in November" names no place
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday "
        "january february march april may june july august september october november december "
        "januar februar marz april mai juni juli august september oktober november dezember "
        "the sie er es haft krankenhaus jahr",
    )
)


@lru_cache(maxsize=4096)
def places_in(sentence: str) -> frozenset[str]:
    """The first letters of the names that stand after "in", "at", "near": the Turkish city of Izmir, Turkey."""
    found = [match[1] for match in _PLACE.finditer(sentence)]
    if "'" in sentence or "’" in sentence:
        found += [match[1] for match in _LOCATIVE.finditer(sentence)]
    names = (fold(word) for phrase in found for word in _WRITTEN_AS_NAME.findall(phrase))
    return frozenset(name[:_PREFIX] for name in names if name not in _NO_PLACE)


@lru_cache(maxsize=4096)
def names_in(sentence: str) -> frozenset[str]:
    """The first letters of everything written with a capital behind the first word."""
    return frozenset(fold(word)[:_PREFIX] for word in _WRITTEN_AS_NAME.findall(sentence, 1)) | places_in(sentence)


def are_elsewhere(sentence: str, other: str) -> bool:
    """Whether both sentences name places, and none in common."""
    places, others = places_in(sentence), places_in(other)
    return bool(places) and bool(others) and places.isdisjoint(others)
