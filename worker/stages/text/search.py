"""What an archive is searched by: the terms of a text, the same for every database and for every kind of script.

A term is a word as it is folded ("erdogan", so that `erdo*` finds it), or a key under which its endings, as its
language has them, and its spellings meet ("zelensky" for Zelenskyy, "talk" for talks). A short word in capitals has one
more, with a point before it (".us"), so that US is not us. Chinese and Japanese are written without spaces: there each
pair of neighbours is a term, and the last character of a run by itself, so that every character begins one.

Terms hold no sign at which a database could part them. Where a word stands they do not tell: they find the articles
that may have what is looked for, and `worker.stages.query` says which of them do (see `worker.stages.search`).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from sys import intern

from worker.stages.aliases import acronym_letters, is_acronym
from worker.stages.query.endings import keys_of, without_suffix
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.stopwords import primary
from worker.stages.text.table import MOST_WORDS, Table
from worker.stages.text.words import FOLDED, pieces

LONGEST_TERM = 60  # characters: what is longer is cut, in texts and in queries alike
_CAPITALS = "."  # stands before the term of a short word in capitals
_MOST_LANGUAGES = 16  # whose words are remembered, the least used of them forgotten


def terms_of(text: str, language: str = "") -> set[str]:
    """The terms of a stretch of text in this language (en, pt-BR; "": not known), each once."""
    forms = pieces(text).counts
    terms = set(chain.from_iterable(map(_terms_in(primary(language)).__getitem__, forms)))
    if not text.isascii() and any(is_unspaced(FOLDED[form]) for form in forms if not form.isascii()):
        terms.update(filter(None, _unspaced_terms(pieces(text).words)))
    return terms


@lru_cache(maxsize=_MOST_LANGUAGES)
def _terms_in(code: str) -> Table[tuple[str, ...]]:
    """The terms of a language's words as written. One language is mostly the archive's own; of others fewer words are
    remembered, so that all together take no more than 100 MB.
    """
    return Table(partial(_terms_of_form, code=code), MOST_WORDS if code == "en" else MOST_WORDS // 2)


def _terms_of_form(written: str, code: str) -> tuple[str, ...]:
    folded = FOLDED[written]
    own = () if is_unspaced(folded) else (plain_term(folded), *map(key_term, keys_of(written, code)))
    # Most words are in small letters, and none of them is an acronym.
    in_capitals = "" if written.islower() else acronym_term(without_suffix(written, code))
    return tuple({intern(term) for term in (*own, in_capitals) if term})


def plain_term(folded: str) -> str:
    """The term of a folded word, or of the beginning of one: letters and digits alone."""
    return (folded if folded.isalnum() else "".join(filter(str.isalnum, folded)))[:LONGEST_TERM]


def key_term(key: str) -> str:
    """The term of a key under which words meet (see `endings`), one for all spellings of a name."""
    return plain_term(spelling_key(key))


def acronym_term(text: str) -> str:
    """The term of a short word as written in capitals: ".us" for US and U.S.; "" for any other word."""
    return term_in_capitals(fold(acronym_letters(text))) if is_acronym(text) else ""


def term_in_capitals(folded: str) -> str:
    return _CAPITALS + plain_term(folded)


def is_unspaced(folded: str) -> bool:
    """Is it a character of a script without spaces? Only these keep their own form when words are folded."""
    return not folded.isascii()


def _unspaced_terms(words: Iterable[str]) -> Iterator[str]:
    """Of the characters 東, 京, 都 the terms 東京, 京都 and 都; of words there are none."""
    before = ""
    for folded in map(FOLDED.__getitem__, words):
        own = folded if is_unspaced(folded) else ""
        if before:
            yield plain_term(before + own)
        before = own
    if before:
        yield plain_term(before)
