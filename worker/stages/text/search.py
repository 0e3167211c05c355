"""What an archive is searched by: the terms of a text, the same for every database and for every kind of script.

A term is a word as it is folded ("erdogan", so that `erdo*` finds it), or the key under which its endings and
spellings meet ("zelensky" for Zelenskyy, "talk" for talks). A short word in capitals has one more, with a point before
it (".us"), so that US is not us. Chinese and Japanese are written without spaces: there each pair of neighbours is a
term, and the last character of a run by itself, so that every character begins one.

Terms hold no sign at which a database could part them. Where a word stands they do not tell: they find the articles
that may have what is looked for, and `worker.stages.query` says which of them do (see `worker.stages.search`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter

from worker.stages.aliases import acronym_letters, is_acronym
from worker.stages.query.endings import singular
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.words import Word, fold_word

LONGEST_TERM = 60  # characters: what is longer is cut, in texts and in queries alike
_MAX_FORMS = 65_536  # of words, remembered: about 15 MB
_CAPITALS = "."  # stands before the term of a short word in capitals


def terms_of(words: Sequence[Word]) -> set[str]:
    """The terms of a stretch of text, each once."""
    forms = set(map(_WRITTEN, words))
    terms = set(chain.from_iterable(map(_TERMS.__getitem__, forms)))
    if any(is_unspaced(fold_word(form)) for form in forms if not form.isascii()):
        terms.update(_unspaced_terms(words))
    terms.discard("")
    return terms


_WRITTEN: Callable[[Word], str] = itemgetter(0)


class _Terms(dict[str, tuple[str, ...]]):
    """The terms of words as written, as they are met.

    A plain table, as every word of every article is looked up here: `lru_cache` would also note each use.
    """

    def __missing__(self, form: str) -> tuple[str, ...]:
        if len(self) >= _MAX_FORMS:
            self.clear()
        terms = self[form] = _terms_of_form(form)
        return terms


_TERMS = _Terms()


def _terms_of_form(written: str) -> tuple[str, ...]:
    folded = fold_word(written)
    own = () if is_unspaced(folded) else (plain_term(folded), key_term(folded))
    return tuple({term for term in (*own, acronym_term(written)) if term})


def plain_term(folded: str) -> str:
    """The term of a folded word, or of the beginning of one: letters and digits alone."""
    return (folded if folded.isalnum() else "".join(filter(str.isalnum, folded)))[:LONGEST_TERM]


def key_term(folded: str) -> str:
    """The term that all endings and spellings of a folded word share."""
    return plain_term(spelling_key(singular(folded)))


def acronym_term(text: str) -> str:
    """The term of a short word as written in capitals: ".us" for US and U.S.; "" for any other word."""
    return term_in_capitals(fold(acronym_letters(text))) if is_acronym(text) else ""


def term_in_capitals(folded: str) -> str:
    return _CAPITALS + plain_term(folded)


def is_unspaced(folded: str) -> bool:
    """Is it a character of a script without spaces? Only these keep their own form when words are folded."""
    return not folded.isascii()


def _unspaced_terms(words: Iterable[Word]) -> Iterator[str]:
    """Of the characters 東, 京, 都 the terms 東京, 京都 and 都; of words there are none."""
    before = ""
    for word in words:
        own = word.folded if is_unspaced(word.folded) else ""
        if before:
            yield plain_term(before + own)
        before = own
    if before:
        yield plain_term(before)
