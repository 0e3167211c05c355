"""What single characters are read as in names: by Japanese, 剛 as take or tsuyoshi, and in Hong Kong, 王 as wong.

It reads names that no table has whole; `eastern` asks the tables of whole names first.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from anyascii import anyascii

from worker.stages.names.known import lines

MAX_CHARACTERS = 7
_TWO_WORDS = 2
# One vowel for a long one, and n before lips as Hepburn once wrote it.
_LONG = [(re.compile(old), new) for old, new in (("o[uoh](?![aeiou])", "o"), ("uu", "u"), ("m(?=[bpm])", "n"))]
# How a syllable that is not the first may begin instead: Yamasaki, Yamazaki.
_VOICED = [("sh", "j"), ("ch", "j"), ("ts", "z"), ("k", "g"), ("s", "z"), ("t", "d"), ("h", "b"), ("f", "b")]


@cache
def _japanese() -> Mapping[str, frozenset[str]]:
    table = list(lines("japanese.txt"))
    readings = (line.split() for line in table[table.index("character") + 1 :])
    return {character: frozenset(readings) for character, *readings in readings}


@cache
def _cantonese() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines("cantonese.txt"):
        spelling, characters = line.split()
        if "-" not in spelling:
            for character in characters:
                found[character].add(spelling)
    return {character: frozenset(spellings) for character, spellings in found.items()}


# --- Japanese ---


def is_japanese(han: str, tokens: Sequence[str]) -> bool:
    """Whether two folded Latin words, in either order, are what the characters of a name may be read as."""
    if len(tokens) != _TWO_WORDS or not _TWO_WORDS <= len(han) <= MAX_CHARACTERS:
        return False
    family_first = (tuple(tokens), tuple(reversed(tokens)))
    return any(
        is_read_as(han[:cut], family) and is_read_as(han[cut:], given)
        for cut in range(1, len(han))
        for family, given in family_first
    )


def may_be_given(characters: str, token: str) -> bool:
    """Whether a word may be a given name of which one character at least has readings we do not know."""
    if all(character in _japanese() for character in characters):
        return is_read_as(characters, token)
    first, last = (_japanese().get(character, frozenset([""])) for character in (characters[0], characters[-1]))
    return any(map(token.startswith, first)) and any(token.endswith(end) for end in last)


@lru_cache(maxsize=16_384)
def is_read_as(characters: str, token: str) -> bool:
    """Whether a word is made of one reading of each character."""
    return any(_consumes(characters, word, is_first=True) for word in {token, _short(token)})


def _short(token: str) -> str:
    for long, short in _LONG:
        token = long.sub(short, token)
    return token


def _consumes(characters: str, token: str, *, is_first: bool) -> bool:
    if not characters or not token:
        return not characters and not token
    before = characters[0]
    return any(
        token.startswith(reading) and _consumes(characters[1:], token[len(reading) :], is_first=False)
        for reading in _spoken(before, is_first)
    )


@lru_cache(maxsize=4096)
def _spoken(character: str, is_first: bool) -> frozenset[str]:
    readings = _japanese().get(character, frozenset())
    if is_first:
        return readings
    return readings | {
        voiced + reading.removeprefix(plain)
        for reading in readings
        for plain, voiced in _VOICED
        if reading.startswith(plain)
    }


# --- Cantonese ---


def is_cantonese(han: str, tokens: Sequence[str]) -> bool:
    """Whether Latin syllables, the family name first or last, are the characters of a name as Hong Kong spells them."""
    if not tokens or len(han) != len(tokens):
        return False
    orders = (tokens, [tokens[-1], *tokens[:-1]])
    return any(
        all(token in _cantonese().get(character, ()) for character, token in zip(han, order, strict=True))
        for order in orders
    )


@cache
def _in_pinyin() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for character, spellings in _cantonese().items():
        for spelling in spellings:
            found[spelling].add(anyascii(character).lower())
    return {spelling: frozenset(syllables) for spelling, syllables in found.items()}


def pinyin_of_cantonese(tokens: Sequence[str]) -> Iterator[frozenset[str]]:
    """What each syllable that Hong Kong spells so may be in Pinyin; an empty set for one that is not of Hong Kong."""
    return (_in_pinyin().get(token, frozenset()) for token in tokens)
