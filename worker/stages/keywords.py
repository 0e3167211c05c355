"""Keywords: which words an article is about, weighed by how rare they are in the archive.

`term_counts` is also what stories are grouped by. It knows words only; who and where is the work of `names`.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from worker.stages.text.stems import stem
from worker.stages.text.stopwords import primary, stopwords
from worker.stages.text.words import Word, split

MAX_TERMS = 80
MAX_CHARACTERS = 200_000  # of the text: a long book chapter; what follows would not change the heaviest words
TITLE_WEIGHT = 2.0
PRIOR_DOCUMENTS = 1000  # an archive of ten articles must not take a word seen in five of them for a common one
_SHORTEST_TERM = 2
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")  # those that `words.split` parts
_HIRAGANA_PAIR = re.compile("[\u3040-\u309f]{2}")  # Japanese endings and particles; nouns have other characters


@dataclass(frozen=True, slots=True)
class Terms(Mapping[str, float]):
    """Counted words under their keys, the heaviest first, with the form in which each was mostly written."""

    counts: Mapping[str, float]
    forms: Mapping[str, str]

    def __getitem__(self, key: str) -> float:
        return self.counts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def shown(self, key: str) -> str:
        """The word as people write it; the key itself for a word that is not among these."""
        return self.forms.get(key, key)


@lru_cache(maxsize=8)  # one article is counted for its keywords and again for its story
def term_counts(title: str, text: str, language: str) -> Terms:
    """Count the words of an article under their `stems.stem` keys; a word in the title counts double.

    Without stop words and numbers. Chinese and Japanese characters count in pairs of neighbours.
    At most `MAX_TERMS`; of equally heavy words the earlier stay, since news comes first in a report.
    """
    counts: dict[str, float] = {}
    forms: dict[str, dict[str, float]] = {}
    for part, weight in ((title, TITLE_WEIGHT), (text[:MAX_CHARACTERS], 1.0)):
        for form, key, times in _terms(part, language):
            counts[key] = counts.get(key, 0.0) + weight * times
            written = forms.setdefault(key, {})
            written[form] = written.get(form, 0.0) + times
    heaviest = dict(sorted(counts.items(), key=lambda item: -item[1])[:MAX_TERMS])
    return Terms(heaviest, {key: max(forms[key], key=forms[key].__getitem__) for key in heaviest})


def idf(document_frequency: int, documents: int) -> float:
    """Inverse document frequency, smoothed by a prior so that it holds from the first article on."""
    return math.log((documents + PRIOR_DOCUMENTS) / (document_frequency + 1))


def keywords(counts: Terms, idf_of: Callable[[str], float], top: int = 8) -> tuple[str, ...]:
    """The words that set an article apart, as people write them, the strongest first."""
    ranked = sorted(counts, key=lambda key: -math.log1p(counts[key]) * idf_of(key))
    return tuple(counts.shown(key) for key in ranked[:top])


def _terms(text: str, language: str) -> Iterator[tuple[str, str, int]]:
    """Written form, key and number of each word that counts, in order of appearance."""
    words = split(text)
    code, stops = primary(language), stopwords(language)
    folded = {word.text: word.folded for word in words if word.text[0].isalpha()}
    # Counting before stemming: a word is mostly met more than once.
    for form, times in Counter(word.text for word in words if word.text in folded).items():
        key = "" if folded[form] in stops or _is_cjk(form) else stem(form, code)
        if len(key) >= _SHORTEST_TERM:
            yield form, key, times
    for pair, times in Counter(_character_pairs(words)).items():
        yield pair, pair, times


def _character_pairs(words: tuple[Word, ...]) -> Iterator[str]:
    for left, right in pairwise(words):
        if _is_cjk(left.text) and _is_cjk(right.text) and left.end == right.start:
            pair = left.text + right.text
            if not _HIRAGANA_PAIR.fullmatch(pair):
                yield pair


def _is_cjk(text: str) -> bool:
    return len(text) == 1 and _CJK.match(text) is not None
