"""How common a word is in a language, before an archive can tell: the background that a word's rarity is held against.

The figures come from the packaged lists of `wordfreq` (Robyn Speer; CC BY-SA 4.0), those of words met more than once in
a million. A list is read at the first word of its language and kept under our keys: 0.1 to 0.7 s of CPU and, with what
the stems remember of it, 1 to 20 MB for each language, besides 10 MB for the library. Names get no background here: how
often one is in the news is for the archive to say.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise, repeat

from worker.stages.keywords import PRIOR_DOCUMENTS, idf, term_key
from worker.stages.text.stopwords import primary
from worker.stages.text.table import Table

RARE = 3e-4  # share of documents that hold a word which the list of its language does not
BY_CHANCE = 0.01  # the same of two characters that stand together in no listed word: most are parts of two words
UNLISTED = 1 / PRIOR_DOCUMENTS  # the same where nothing is known: a language without a list, a name
WORDS = 600  # of a report. Repeated words count once, so that not each of them finds another document.
_MARKED = ("n:", "l:", "#:")  # how the keys of names, languages and numbers begin
_PAIRED = frozenset(["zh", "ja"])  # read in pairs of characters
_PAIR = 2
_SHARED_LISTS = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh"}


def prior(key: str, code: str) -> float:
    """The share of reports in a language that hold a word, as far as the language alone tells.

    `key` is as `keywords.term_counts` gives it, `code` as `stopwords.primary` does.
    """
    shares = _shares(code)
    if not shares:
        return UNLISTED
    if code in _PAIRED and key not in shares and len(key) == _PAIR:
        return BY_CHANCE
    return max(shares.get(key, 0.0), RARE)


def idf_of(frequencies: Mapping[str, int], documents: int, language: str) -> Callable[[str], float]:
    """How rare a term is: the background of the language where the archive is small, then the archive itself.

    `frequencies` says in how many of the archive's `documents` a key is; one that is not given is in none of them.
    """
    expected = _expected(primary(language))

    def rarity(key: str) -> float:
        return idf(frequencies.get(key, 0), documents, expected[key])

    return rarity


@lru_cache(maxsize=32)
def _expected(code: str) -> Table[float]:
    """The share of reports that is expected for each key in a language."""
    return Table(lambda key: UNLISTED if key.startswith(_MARKED) else prior(key, code))


@lru_cache(maxsize=32)
def _shares(code: str) -> Mapping[str, float]:
    """Share of reports for each key of a language; empty for a language without a list."""
    found: dict[str, float] = defaultdict(float)
    for word, frequency in _words(code):
        for key in map("".join, pairwise(word)) if code in _PAIRED else (term_key(word, code),):
            found[key] += frequency
    found.pop("", None)
    return {key: _in_reports(frequency) for key, frequency in found.items()}


def _in_reports(frequency: float) -> float:
    """The share of reports with a word, from its share of all words.

    Words come in clusters, some reports full of one and most without it: as in a negative binomial with one success
    (Church and Gale 1995, "Poisson mixtures"), which fits news far better than independent draws.
    """
    expected = WORDS * frequency
    return expected / (1 + expected)


def _words(code: str) -> Iterator[tuple[str, float]]:
    """The words of a language with their shares of all words."""
    import wordfreq  # here, as a process that reads no article should not pay for it

    path = wordfreq.available_languages("small").get(_SHARED_LISTS.get(code, code))
    if path is None:
        return
    # The lists hold the words of each frequency together, in hundredths of a power of ten.
    for step, words in enumerate(wordfreq.read_cBpack(path)):
        yield from zip(words, repeat(wordfreq.cB_to_freq(-step)))
