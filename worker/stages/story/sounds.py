"""What a name sounds like: the same for its spellings in several scripts, as far as consonants tell.

"Taras Holub" and "Тарас Голуб" (read as "taras golub") are both "trs klb". The method is that of Soundex (Russell,
1918) in its principle: vowels are left out, and letters that stand for each other in transliterations are one.
"""

from functools import lru_cache

SOUND_PREFIX = "~"  # in no name
SHORTEST = 4  # consonants of a name; of fewer, too many sound alike
_LONGEST = 100  # characters of a name that are listened to

_DIGRAPHS = (("sch", "s"), ("sh", "s"), ("zh", "s"), ("ch", "s"), ("ts", "s"), ("kh", "k"), ("gh", "k"),
             ("ph", "f"), ("th", "t"), ("ck", "k"), ("ce", "s"), ("ci", "s"))  # fmt: skip
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("aeiouy'’- j", ""),
        **dict.fromkeys("cgqhx", "k"),
        "z": "s",
        "w": "v",
        "f": "v",
        "b": "p",
        "d": "t",
    }
)
_ENDING = "sk"  # of adjectives made from places


@lru_cache(maxsize=65_536)
def sound(key: str) -> str:
    """Of a name's key; "" for one that is too short, or of other letters than Latin ones."""
    found = " ".join(filter(None, map(_of_word, key[:_LONGEST].split())))
    return found if found.isascii() and len(found.replace(" ", "")) >= SHORTEST else ""


def _of_word(word: str) -> str:
    begins_with_vowel = word.startswith(("a", "e", "i", "o", "u"))
    for written, spoken in _DIGRAPHS:
        word = word.replace(written, spoken)
    consonants = word.translate(_LETTERS)
    once = "".join(letter for place, letter in enumerate(consonants) if consonants[place - 1 : place] != letter)
    if len(once) > SHORTEST and once.endswith(_ENDING):
        once = once[: -len(_ENDING)]
    return ("a" if begins_with_vowel else "") + once
