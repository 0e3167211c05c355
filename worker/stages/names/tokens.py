"""What a single written word may be in a name: a title, a nationality, a particle, an acronym, or merely a word.

Words come again and again, so what is asked of each is answered once and remembered. It knows no whole names; `lookup`
does. The words themselves are listed in `vocabulary`.
"""

from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.vocabulary import words_of
from worker.stages.text.stems import name_stem
from worker.stages.text.table import Table
from worker.stages.text.words import fold_word

PARTICLES = words_of(vocabulary.PARTICLES)
ORGANISATION_WORDS = words_of(vocabulary.ORGANISATION_WORDS)
TITLES = words_of(vocabulary.TITLES)
_TITLE_PARTS = words_of(vocabulary.TITLE_PARTS)
_SURNAMES_LIKE_TITLES = words_of(vocabulary.SURNAMES_LIKE_TITLES)
_DEMONYMS = words_of(vocabulary.DEMONYMS) | {word + "s" for word in words_of(vocabulary.DEMONYMS)}
_CALENDAR = words_of(vocabulary.CALENDAR)
_NAMES_LIKE_MONTHS = frozenset(["april", "may", "june", "august", "jan"])
_CYRILLIC_PARTICLES = frozenset(vocabulary.CYRILLIC_PARTICLES.split())
_LEFT_OFF = frozenset(["the", "a", "an", "der", "die", "das", "den", "dem"])  # not La Paz, Los Angeles, Le Monde
# In the order of the fields of `Token`.
_ROLES = (
    TITLES, _TITLE_PARTS, _SURNAMES_LIKE_TITLES, _DEMONYMS, ORGANISATION_WORDS, _CALENDAR, _NAMES_LIKE_MONTHS,
    _LEFT_OFF,
)  # fmt: skip
LISTED = PARTICLES.union(*_ROLES)

_SHORTEST_CAMEL = 2  # longer than this: eBay, iPhone; not pH
_ACRONYM_LENGTHS = range(2, 7)


class Token(NamedTuple):
    """A word as written and folded, its stem, and what it may be."""

    text: str
    folded: str
    stem: str  # its part of the key of a name, in languages that take no more off than others
    is_acronym: bool
    is_listed: bool = False  # whether any of what follows is true; of most words nothing is
    is_particle: bool = False
    is_title: bool = False
    is_title_part: bool = False
    is_surname_like_title: bool = False
    is_demonym: bool = False
    is_organisation_word: bool = False
    is_date: bool = False  # a weekday or a month
    is_name_like_month: bool = False  # April, May, Jan
    is_left_off: bool = False  # an article

    @property
    def may_be_in_title(self) -> bool:
        return self.is_title or self.is_title_part or self.is_demonym


def _token(text: str) -> Token:
    folded = fold_word(text)
    if folded not in LISTED:
        return Token(text, folded, name_stem(text, ""), is_acronym(text))
    is_particle = folded in PARTICLES and text[0].islower() and (text.isascii() or text in _CYRILLIC_PARTICLES)
    roles = [folded in words for words in _ROLES]
    return Token(text, folded, name_stem(text, ""), is_acronym(text), True, is_particle, *roles)


def is_acronym(text: str) -> bool:
    """Two to six capitals: NATO, U.S., ЄС."""
    return text.isupper() and len(text.replace(".", "")) in _ACRONYM_LENGTHS


def is_capital(text: str) -> bool:
    """Written like a name: a capital first, or one inside as in eBay."""
    if text[0].isupper():
        return True
    return text[0].islower() and len(text) > _SHORTEST_CAMEL and not text.islower()


TOKENS = Table(_token, most=32_768)  # what words, given as `split` writes them, may be
