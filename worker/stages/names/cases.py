"""What a word of a name may be a case form of, in languages written in Latin letters: Warszawie, Zelenského, Orbánnak.

It gives candidates; whether one of them is a name, the caller looks up. Cyrillic endings are taken off by `stems`.
"""

import re
from functools import lru_cache
from itertools import product

SLAVIC = frozenset(["pl", "cs", "sk", "hr", "bs", "sr", "sl"])
FINNIC = frozenset(["fi", "et"])
INFLECTED = SLAVIC | FINNIC | {"hu", "lt", "lv"}
MAX_WORDS = 3
_SHORTEST_STEM = 3

_ADJECTIVE = re.compile(r"(?:iego|ego|ého|iemu|emu|ému|ým|ém|im|ym)$")
_SLAVIC_ENDINGS = "owi ovi iem em om ou ie ą ę u y e ě a i"
_FINNIC_ENDINGS = "ssa ssä sta stä lla llä lta ltä lle ksi iin ään aan na nä sse st ni le lt ga ta in an en n a ä"
_HUNGARIAN_ENDINGS = """
ban ben ból ből nak nek val vel ról ről tól től hoz hez höz ért kal kel tal tel gal gel nál nél ba be ra re ot et öt
at on en ön ig t n
"""
_BALTIC_ENDINGS = "uje ui as is us ą ę o os ai ā ē ī am ei u i e"


@lru_cache(maxsize=16_384)
def nominatives(word: str, code: str) -> tuple[str, ...]:
    """The word itself, then what it may be a form of; the language says which endings there are."""
    found = dict.fromkeys([word])
    if code in SLAVIC:
        stem = _ADJECTIVE.sub("", word)
        if stem != word:
            found.update(dict.fromkeys([stem + "y", stem + "i"]))
    for ending in _endings(code):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            found.update(dict.fromkeys([stem, stem + "a"] if code in SLAVIC else [stem]))
    return tuple(found)


@lru_cache(maxsize=64)
def _endings(code: str) -> tuple[str, ...]:
    if code in SLAVIC:
        return tuple(_SLAVIC_ENDINGS.split())
    if code in FINNIC:
        return tuple(_FINNIC_ENDINGS.split())
    if code == "hu":
        return tuple(_HUNGARIAN_ENDINGS.split())
    return tuple(_BALTIC_ENDINGS.split()) if code in INFLECTED else ()


def readings(words: tuple[str, ...], code: str) -> tuple[tuple[str, ...], ...]:
    """All that a short name may be in the nominative, itself first; only itself where the language has no cases."""
    if code not in INFLECTED or len(words) > MAX_WORDS:
        return (words,)
    return tuple(product(*(nominatives(word, code) for word in words)))
