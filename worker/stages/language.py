"""Which language a text is written in, as ISO 639-1.

The script tells some languages by itself, and a few letters or words tell others; only what is left is put to the
model. What a source declares is a template's default often enough to be only a hint: it decides where the text is too
short to tell, and only between languages that the text could be.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

import py3langid.langid as langid


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHORT = 60  # letters; a headline has fewer, a paragraph more
LONG = 300  # characters; from here on a declaration says nothing more
FIRST_CHARACTERS = 200  # mostly enough
MOST_FOR_WORDS = 600  # words are looked up far faster than the model reads
MOST_CHARACTERS = 1000  # more text does not change the answer
_SURE = 0.9  # of the likeliest language; below, more of the text is read
# In a text that is not long a language counts as possible if it is this likely beside the likeliest.
_POSSIBLE_IF_DECLARED = 0.2
_POSSIBLE_IF_DECLARED_AND_NOT_SHORT = 0.5
_POSSIBLE_IF_WIDESPREAD = 0.5
# Short headlines look like small languages close to a large one (Aragonese, Frisian) more often than they are.
_WIDESPREAD = _table(
    "ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sr sv th tr uk vi zh"
)
_MOSTLY = 0.6  # of the letters are of one script
_KANA_AMONG_HAN = 0.05  # Japanese has far more, Chinese none
# Words that are common in English and no words of other languages.
_ENGLISH = _table(
    "the of and that with was from this have which were his their been who would by it are not but they after about"
    " said when will"
)
_ENOUGH_ENGLISH = 5
_SHARE_OF_ENGLISH = 0.15  # of the words
_LATIN, _CYRILLIC, _HAN, _KANA = "latin", "cyrillic", "han", "kana"
# From which code point on a script's letters stand, with the language where only one is written in it; "" where several
# are, or what stands there is rare.
_SCRIPTS: Sequence[tuple[int, str]] = (
    (0x0000, _LATIN), (0x0370, "el"), (0x0400, _CYRILLIC), (0x0530, "hy"), (0x0590, "he"), (0x0600, ""),
    (0x0A00, "pa"), (0x0A80, "gu"), (0x0B00, "or"), (0x0B80, "ta"), (0x0C00, "te"), (0x0C80, "kn"), (0x0D00, "ml"),
    (0x0D80, "si"), (0x0E00, "th"), (0x0E80, "lo"), (0x0F00, ""), (0x1000, "my"), (0x10A0, "ka"), (0x1100, "ko"),
    (0x1200, ""), (0x1780, "km"), (0x1800, ""), (0x1E00, _LATIN), (0x1F00, "el"), (0x2000, ""), (0x3040, _KANA),
    (0x3100, ""), (0x3400, _HAN), (0xA000, ""), (0xAC00, "ko"), (0xD7B0, ""), (0xF900, _HAN), (0xFB00, ""),
    (0xFF21, _LATIN), (0xFF66, _KANA), (0xFFA0, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _SCRIPTS]
_OF_OTHER_CYRILLIC = re.compile("[ўјљњџђћѓќѕәөүұқғңһҳҷӣӯҡҙҫӑӗҥѐѝ]", re.IGNORECASE)
_OF_RUSSIAN = re.compile("[ыэё]", re.IGNORECASE)
_OF_UKRAINIAN = re.compile("[їєґ]", re.IGNORECASE)
_OF_UKRAINIAN_OR_BELARUSIAN = re.compile("[і]", re.IGNORECASE)
_ENOUGH_LETTERS_OF = 2


def identify(title: str, text: str, *, declared: str = "") -> str:
    """Two letters, or "" if there is not a single letter in the title and the text.

    A text of some length decides alone: its headline may be in another language. `declared` is what the page or feed
    says, such as "en" or "pt-BR". For the language of a headline itself, give it without a text, and the language of
    its text as declared.
    """
    text = text[:MOST_CHARACTERS]
    letters = _letters(text)
    if len(letters) < SHORT:
        text = f"{title[:MOST_CHARACTERS]}\n{text}"
        letters = _letters(text)
    if not letters:
        return ""
    return _by_script(letters, text) or _by_model(text, len(letters), declared.strip().lower()[:2])


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text[:FIRST_CHARACTERS])) or "".join(filter(str.isalpha, text))


# --- What letters and words tell ---


def _by_script(letters: str, text: str) -> str:
    """The language where the letters or a few words leave no doubt, else ""."""
    script, share = _script(letters)
    if share < _MOSTLY:
        return ""
    if script == _LATIN:
        return "en" if _is_english(text[:MOST_FOR_WORDS]) else ""
    if script == _CYRILLIC:
        return _of_cyrillic(letters)
    return {_HAN: "zh", _KANA: "ja"}.get(script, script)


def _script(letters: str) -> tuple[str, float]:
    """The script of most letters, and its share of them."""
    if letters.isascii():
        return _LATIN, 1.0
    counts = Counter(_SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1] for letter in letters)
    japanese = counts[_KANA] + counts[_HAN]
    if counts[_KANA] > _KANA_AMONG_HAN * japanese:
        return _KANA, japanese / len(letters)
    script, count = counts.most_common(1)[0]
    return script, count / len(letters)


def _of_cyrillic(letters: str) -> str:
    """Ukrainian or Russian by the letters that one has and the other lacks; "" where neither has enough of them."""
    if _OF_OTHER_CYRILLIC.search(letters):
        return ""
    russian = len(_OF_RUSSIAN.findall(letters))
    ukrainian = len(_OF_UKRAINIAN.findall(letters))
    shared = len(_OF_UKRAINIAN_OR_BELARUSIAN.findall(letters))
    if not russian and ukrainian and ukrainian + shared >= _ENOUGH_LETTERS_OF:
        return "uk"
    return "ru" if russian >= _ENOUGH_LETTERS_OF and not (ukrainian or shared) else ""


def _is_english(text: str) -> bool:
    words = text.lower().split()
    common = sum(map(_ENGLISH.__contains__, words))
    return common >= _ENOUGH_ENGLISH and common >= _SHARE_OF_ENGLISH * len(words)


# --- What the model tells ---


def _by_model(text: str, letters: int, declared: str) -> str:
    ranked = _identifier().rank(text[:FIRST_CHARACTERS])
    if ranked[0][1] < _SURE and len(text) > FIRST_CHARACTERS:
        ranked = _identifier().rank(text)
    if len(text) >= LONG and letters >= SHORT:
        return str(ranked[0][0])
    return _of_short_text(ranked, declared, is_short=letters < SHORT)


def _of_short_text(ranked: list[tuple[str, float]], declared: str, *, is_short: bool) -> str:
    likeliest, best = ranked[0]
    enough = _POSSIBLE_IF_DECLARED if is_short else _POSSIBLE_IF_DECLARED_AND_NOT_SHORT
    for language, share in ranked:
        if language == declared and share >= best * enough:
            return language
    possible = (language for language, share in ranked if share >= best * _POSSIBLE_IF_WIDESPREAD)
    return next((language for language in possible if language in _WIDESPREAD), likeliest)


@cache
def _identifier() -> langid.LanguageIdentifier:
    """The model, loaded at first use (a second, 100 MB), for the languages that have a two-letter code."""
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
