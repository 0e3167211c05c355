"""Topics as people write them, made from what articles hold: each is about one article's names and words.

One topic in ten is about an article at hand; the others are about what is elsewhere in the news, and their names stand
in no article but by chance: of a hundred thousand people, few follow what one paper writes. Who follows a story names
what tells it from others: of several names or words at hand, the one that fewest articles hold is taken.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

import wordfreq

from worker.stages.query import Document, QuerySyntaxError, parse

SEED = 20_261_124
READ = 4_000  # characters of an article
TERMS_AT_HAND = 5
AT_HAND = 0.1
RARE = 1e-5  # of all words

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_FULL_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,} [A-Z][a-z]{3,}\b")
_WORD = re.compile(r"\b[a-z]{5,}\b")
_PAIR = re.compile(r"\b[a-z]{4,} [a-z]{5,}\b")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article can be followed by."""

    names: Sequence[str]
    full_names: Sequence[str]
    words: Sequence[str]
    pairs: Sequence[str]
    title: Sequence[str]
    host: str
    outlet: str

    @property
    def is_rich(self) -> bool:
        return min(map(len, (self.names, self.full_names, self.words, self.pairs, self.title))) > 0


def subject_of(article: Document) -> Subject:
    text = article.text[:READ]
    return Subject(
        names=_NAME.findall(text),
        full_names=_FULL_NAME.findall(text),
        words=_WORD.findall(text),
        pairs=_PAIR.findall(text),
        title=re.findall(r"\b[A-Za-z]{4,}\b", article.title),
        host=article.site,
        outlet=article.source,
    )


def queries(articles: Sequence[Document], count: int, at_hand: float = AT_HAND) -> list[str]:
    """So many different queries, the same each time from the same articles; a share is about one `at_hand`."""
    subjects = [subject for subject in map(subject_of, articles) if subject.is_rich]
    assert subjects, "the articles hold no names"
    return list(islice(_distinct(_Writer(subjects, at_hand)), count))


def _distinct(writer: "_Writer") -> Iterator[str]:
    seen: set[str] = set()
    while True:
        query = writer.query()
        if query not in seen and _is_accepted(query):
            seen.add(query)
            yield query


def _is_accepted(query: str) -> bool:
    try:
        parse(query)
    except QuerySyntaxError:
        return False
    return True


def _names_elsewhere() -> Sequence[str]:
    """Words that are met in one of a hundred to a thousand articles, as names are."""
    words = wordfreq.get_frequency_dict("en", "small")
    return [word.capitalize() for word, often in words.items() if word.isalpha() and len(word) > 3 and often < RARE]


class _Writer:
    """One person after the other, each with an article before them."""

    def __init__(self, subjects: Sequence[Subject], at_hand: float) -> None:
        self._at_hand = at_hand
        self._random = Random(SEED)  # noqa: S311 - the same topics each time, not secrets
        self._subjects = subjects
        self._holding = Counter(
            term for of in subjects for term in {*of.names, *of.full_names, *of.words, *of.pairs, *of.title}
        )
        self._elsewhere = _names_elsewhere()
        self._ways, self._weights = zip(*_WAYS, strict=True)

    def query(self) -> str:
        self._subject = self._random.choice(self._subjects)
        self._is_at_hand = self._random.random() < self._at_hand
        way: Callable[[_Writer], str] = self._random.choices(self._ways, self._weights)[0]
        return way(self)

    def name(self) -> str:
        return self._telling(self._subject.names) if self._is_at_hand else self._random.choice(self._elsewhere)

    def full_name(self) -> str:
        if self._is_at_hand:
            return f'"{self._telling(self._subject.full_names)}"'
        return f'"{self.name()} {self.name()}"'

    def word(self) -> str:
        return self._telling(self._subject.words)

    def pair(self) -> str:
        return f'"{self._telling(self._subject.pairs)}"'

    def title_word(self) -> str:
        return self._telling(self._subject.title)

    def common_word(self) -> str:
        return self._random.choice(self._subject.words)

    def _telling(self, terms: Sequence[str]) -> str:
        at_hand = self._random.choices(terms, k=TERMS_AT_HAND)
        return min(at_hand, key=lambda term: (self._holding[term], term))

    def one_of(self, *options: str) -> str:
        return f"({' OR '.join(dict.fromkeys(options))})"

    def names(self) -> str:
        return self.one_of(*(self.name() for _ in range(self._random.randint(2, 3))))

    def words(self) -> str:
        return self.one_of(*(self.word() for _ in range(self._random.randint(2, 3))))

    def host(self) -> str:
        return self._subject.host

    def path(self) -> str:
        return self._random.choice(["politics", "world", "2018", "opinion", "business", "sport"])


# How topics are written, and how many of a thousand are.
_WAYS: Sequence[tuple[Callable[[_Writer], str], int]] = (
    (lambda by: f"{by.names()} AND {by.names()} AND {by.words()}", 330),
    (lambda by: f"{by.name()} AND {by.words()}", 120),
    (lambda by: f"{by.full_name()} AND {by.words()}", 120),
    (lambda by: f"{by.one_of(by.full_name(), by.full_name())} {by.word()}", 60),
    (lambda by: f"{by.name()} NEAR/10 {by.words()} AND {by.name()}", 60),
    (lambda by: f"{by.names()} AND {by.word()} AND {by.name()} NOT {by.word()}", 80),
    (lambda by: f"{by.name()} AND {by.word()[:5]}* AND {by.name()}", 60),
    (lambda by: f"title:{by.title_word()} AND {by.name()}", 60),
    (lambda by: f"{by.pair()}~3 AND {by.name()}", 40),
    (lambda by: f"{by.pair()} OR ({by.name()} {by.name()} {by.word()})", 30),
    (lambda by: f"{by.common_word()} AND {by.common_word()} AND {by.common_word()} AND {by.name()}", 20),
    (lambda by: f"url:{by.path()} AND {by.name()} AND {by.name()}", 10),
    (lambda by: f"site:{by.host()} AND {by.title_word()} AND {by.name()}", 10),
)
