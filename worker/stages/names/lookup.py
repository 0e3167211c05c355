"""Looking up words of a text among the known names, in whatever case and spelling they are written.

What it finds is certain by the tables alone; whether the words are a name otherwise, `segments` judges.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

from worker.stages.names.cases import INFLECTED, readings
from worker.stages.names.known import KNOWN, KNOWN_FIRST_WORDS, PERSON, Key, Known
from worker.stages.names.tokens import TOKENS, is_capital
from worker.stages.text.stems import name_key, name_stem
from worker.stages.text.stopwords import stopwords

MAX_WORDS_IN_NAME = 8
SURE_LENGTH = 4  # a known name shorter than this is recognised in capitals only: US, not us
_MOST_WORDS_IN_FORM = 3  # of a known name in a language with cases
_SHOUTED_WORDS = 3  # from this many words on, a line all in capitals has no acronyms

Texts = tuple[str, ...]  # neighbouring words as written


def key_in(texts: Texts, code: str) -> Key:
    """The key of a name in a text of some language; where it is a case form of a known name, that one's."""
    return _key_of_case(texts, code) if code in INFLECTED else name_key(texts, code)


@lru_cache(maxsize=32_768)
def _key_of_case(texts: Texts, code: str) -> Key:
    key = name_key(texts, code)
    if key in KNOWN:
        return key
    return next(
        (found for form in readings(texts, code) if (found := name_key(form, code)) in KNOWN and _is_long(found)), key
    )


def _is_long(key: Key) -> bool:
    """Whether a name is long enough to be recognised behind an ending."""
    return sum(map(len, key)) >= SURE_LENGTH


def known_in(texts: Texts, code: str) -> Known | None:
    """What the tables have under some words, if they have them."""
    return KNOWN.get(key_in(texts, code)) if texts and may_begin_known(texts, code) else None


def may_begin_known(texts: Texts, code: str) -> bool:
    """Whether some words may begin with a known name: quick to tell, and mostly false."""
    return code in INFLECTED or name_stem(texts[0], code) in KNOWN_FIRST_WORDS


def is_known(texts: Texts, code: str) -> bool:
    return known_in(texts, code) is not None


def is_no_person(texts: Texts, code: str) -> bool:
    """Whether these words are known to name a place or an organisation."""
    known = known_in(texts, code)
    return known is not None and known.kind != PERSON


# --- Where capitals are no evidence ---


def recognise(texts: Texts, known: Mapping[str, Set[Key]], code: str) -> Iterator[tuple[Key, int, int]]:
    """The names in neighbouring words that are in `known` (keys listed under their first word) or in the tables.

    Each with its first word and the one past its last.
    """
    shouts = len(texts) >= _SHOUTED_WORDS and all(text.isupper() for text in texts)
    at = 0
    while at < len(texts):
        length = _length_of_known(texts, at, known, code) if is_capital(texts[at]) else 0
        if length == 1 and _is_mere_word(texts[at], code, shouts=shouts):
            length = 0
        if length:
            yield key_in(texts[at : at + length], code), at, at + length
        at += length or 1


def recognised_alone(text: str, known: Mapping[str, Set[Key]], code: str) -> Key:
    """The key of a word that is a name by itself, as `recognise` would find it; () for none."""
    if not is_capital(text) or not _may_begin(name_stem(text, code), known, code):
        return ()
    key = key_in((text,), code)
    is_known = key in KNOWN or (bool(key) and key in known.get(key[0], ()))
    return key if is_known and not _is_mere_word(text, code, shouts=False) else ()


def _length_of_known(texts: Texts, at: int, known: Mapping[str, Set[Key]], code: str) -> int:
    """How many words from `at` on make up the longest known name there; 0 for none."""
    first = name_stem(texts[at], code)
    if not _may_begin(first, known, code):
        return 0
    for length in range(min(_MOST_WORDS_IN_FORM if code in INFLECTED else MAX_WORDS_IN_NAME, len(texts) - at), 0, -1):
        name = texts[at : at + length]
        if is_capital(name[-1]):
            key = key_in(name, code)
            if key in KNOWN or key in known.get(first, ()):
                return length
    return 0


def _may_begin(first: str, known: Mapping[str, Set[Key]], code: str) -> bool:
    return first in KNOWN_FIRST_WORDS or first in known or code in INFLECTED


def _is_mere_word(text: str, code: str, shouts: bool) -> bool:
    """Whether a short or common word would be a name only as an acronym, and is not meant as one: Us, Who."""
    token = TOKENS[text]
    is_ambiguous = len(token.folded) < SURE_LENGTH or token.folded in stopwords(code)
    return is_ambiguous and (shouts or not token.is_acronym)


def by_first_word(keys: Iterable[Key]) -> Mapping[str, Set[Key]]:
    """Keys listed under their first words, as `recognise` asks for them."""
    found: dict[str, set[Key]] = defaultdict(set)
    for key in keys:
        if key:
            found[key[0]].add(key)
    return found
