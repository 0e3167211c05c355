"""A text as what it says: its sentences, by their words, numbers and the few signs that change what is said.

Capitals, diacritics, punctuation and quotes do not count, nor do lines that say when a page was updated or how often
it was shared.
"""

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge

from worker.stages.extract.dates import is_calendar_word
from worker.stages.text.words import sentences, split

LONGEST_STAMP = 14  # words of a line that says when a page was updated
_SIGNS = re.compile(r"[%‰$€£¥₴₽₺₹₩]|(?<![\w.,-])[-−–](?=\d)")
# What stands around the times and counts that a page carries about itself, folded. Add a language by adding a line.
_STAMP_WORDS = {
    "en": "updated update last first published posted modified edited at on the as of time ago just now before am pm a"
    " m p second seconds s sec minute minutes min mins hour hours hr hrs h day days week weeks today yesterday"
    " share shares shared comment comments view views viewed like likes read reads reading reaction reactions times k",
    "de": "aktualisiert stand zuletzt veroffentlicht geandert uhr um am vom vor minuten stunden tagen heute gestern"
    " kommentar kommentare lesezeit mal geteilt aufrufe",
    "fr": "mis a jour le il y heure heures publie modifie partages commentaire commentaires lecture vues",
    "es": "actualizado actualizada publicado publicada el de a las hace hora horas minutos lectura lecturas comentario"
    " comentarios compartido veces",
    "it": "aggiornato pubblicato alle ore il fa commenti condivisioni",
    "tr": "guncelleme guncellendi son yayin yayinlanma tarihi tarih saat dakika once yorum goruntulenme okunma"
    " paylasim",
    "uk": "onovleno opublikovano ostannya zmina pereglyadiv komentariv khv godina godini godin tomu o",
    "ru": "obnovleno opublikovano prosmotrov kommentariev min chas chasa chasov nazad v",
    "zones": "utc gmt bst est edt et cst cdt pst pdt cet cest eet eest msk trt ist",
}
_STAMPS = frozenset(word for words in _STAMP_WORDS.values() for word in words.split())


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and what it is compared by."""

    text: str
    key: tuple[str, ...]


def is_same_text(before: str, after: str) -> bool:
    """Whether two texts, or two titles, say the same."""
    return before == after or say_the_same(what_is_said(before), what_is_said(after))


def say_the_same(old: Sequence[Said], new: Sequence[Said]) -> bool:
    """The same sentences in whatever order; or the same words, when only line breaks or full stops have changed."""
    if Counter(sentence.key for sentence in old) == Counter(sentence.key for sentence in new):
        return True
    return [word for sentence in old for word in sentence.key] == [word for sentence in new for word in sentence.key]


def what_is_said(text: str) -> Sequence[Said]:
    """The sentences that say something. The text is split into words as a whole, as other stages do as well."""
    words = ((word.start, word.folded) for word in split(text))
    signs = ((sign.start(), _plain_sign(sign.group())) for sign in _SIGNS.finditer(text))
    tokens = deque(merge(words, signs))
    found = []
    for sentence in sentences(text):
        key = []
        while tokens and tokens[0][0] < sentence.end:
            key.append(tokens.popleft()[1])
        if key and not _is_stamp(key):
            found.append(Said(sentence.text, tuple(key)))
    return found


def _plain_sign(sign: str) -> str:
    return "-" if sign in "−–" else sign


def _is_stamp(key: Sequence[str]) -> bool:
    """Whether a line says when the page was updated or how often it was shared, and nothing else."""
    if len(key) > LONGEST_STAMP or not (any(_is_number(word) for word in key) or "now" in key):
        return False
    return all(_is_number(word) or word in _STAMPS or is_calendar_word(word) for word in key)


def _is_number(word: str) -> bool:
    return word.removeprefix("h")[:1].isdigit()  # in French it is 10h30
