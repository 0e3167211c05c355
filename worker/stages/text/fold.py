"""Folding: the form in which words are compared, whatever their script, case or diacritics.

`fold` makes Erdoğan and Erdogan, Зеленський and Zelenskiy comparable; `spelling_key` goes one step further, for
names only, and removes what transliterations differ in. Neither is shown to people.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Endings by which the same Slavic surname is written in Latin script, the longest first.
_SLAVIC_ENDING = re.compile(r"(?:iyi|iy|yy|ij|ii|yj|yi|y|i)$")
_DOUBLED = re.compile(r"([b-z])\1")  # not aa: Shaanxi is not Shanxi
SHORTEST_SPELLING = 5  # below this, endings carry too much of a word: Lori is not Lory


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Latin letters, lower case, no diacritics: "Erdoğan" -> "erdogan", "Łódź" -> "lodz".

    Characters without a Latin form vanish. Words in Chinese or Japanese characters are left to `words.split`,
    which keeps each character as it is.
    """
    return _plain(text) if text.isascii() else unicodedata.normalize("NFC", text).translate(_LATIN)


def _plain(text: str) -> str:
    return text.lower().replace("'", "").replace("`", "")


class _Latin(dict[int, str]):
    """Characters by their code points, folded, as they are met."""

    def __missing__(self, character: int) -> str:
        folded = self[character] = _plain(anyascii(chr(character).casefold()))
        return folded


_LATIN = _Latin()


@lru_cache(maxsize=65_536)
def spelling_key(folded: str) -> str:
    """One key for the spellings of a name: zelensky, zelenskiy, zelenskyy and zelenskij share one.

    Takes a folded word. Meant for names alone: ordinary words that differ in a doubled letter are different words.
    """
    if len(folded) < SHORTEST_SPELLING:
        return folded
    key = _SLAVIC_ENDING.sub("y", folded) if folded.endswith(("y", "i", "j")) else folded
    return key if _DOUBLED.search(key) is None else _DOUBLED.sub(r"\1", key)
