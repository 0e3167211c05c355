"""Media topics: an article's subjects in the public scheme of the IPTC, by rule.

Each language has words that speak for a topic (`cues`). Their weights are added up, so that every topic can say because
of which words it was given. One to three topics, none where nothing is clear or the language has no table. It sorts
articles roughly, as a desk does; what the user tracks is the work of `query`.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from worker.stages.keywords import Terms, term_key
from worker.stages.media_topics.cues import CUES
from worker.stages.media_topics.scheme import MEDIA_TOPICS
from worker.stages.text.fold import fold

MOST = 3  # topics of an article
SHOWN = 5  # words in a reason
_STRONG, _PLAIN = 2.0, 1.0
_FEWEST_WORDS = 2  # of a topic; one alone may mean something else
_LEAST = 0.06  # of the weight of all words; below, nothing is clear
_BESIDE_BEST = 0.35  # of the best topic's weight, for a topic to be given beside it
_SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """One topic: identifier and English name, its share of the weight of all words, and the words that say so."""

    id: str
    name: str
    score: float
    because: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    weight: float = 0.0
    words: dict[str, float] = field(default_factory=dict)

    def add(self, word: str, weight: float) -> None:
        self.weight += weight
        self.words[word] = weight


def media_topics(counts: Terms) -> tuple[MediaTopic, ...]:
    """The topics of an article from its words, as `keywords.term_counts` gives them; the clearest first."""
    tallies: dict[str, _Tally] = {}
    for word, weight in _weighted(counts):
        for topic, strength in _topics_of(word, counts.code):
            tallies.setdefault(topic, _Tally()).add(word, strength * weight)
    whole = sum(map(math.log1p, counts.values()))
    return _clearest({topic: tally for topic, tally in tallies.items() if _is_clear(tally, whole)}, whole)


def _weighted(counts: Terms) -> Iterator[tuple[str, float]]:
    forms = counts.forms
    for key, count in counts.items():
        yield forms.get(key, key), math.log1p(count)
    for phrase in counts.phrases:
        yield phrase.shown, math.log1p(phrase.weight)


def _is_clear(tally: _Tally, whole: float) -> bool:
    return len(tally.words) >= _FEWEST_WORDS and tally.weight >= _LEAST * whole


def _clearest(tallies: Mapping[str, _Tally], whole: float) -> tuple[MediaTopic, ...]:
    ranked = sorted(tallies, key=lambda topic: -tallies[topic].weight)[:MOST]
    best = max((tally.weight for tally in tallies.values()), default=0.0)
    return tuple(
        MediaTopic(topic, MEDIA_TOPICS[topic], tallies[topic].weight / whole, _strongest(tallies[topic]))
        for topic in ranked
        if tallies[topic].weight >= _BESIDE_BEST * best
    )


def _strongest(tally: _Tally) -> tuple[str, ...]:
    return tuple(sorted(tally.words, key=lambda word: -tally.words[word])[:SHOWN])


# --- The table of a language ---

_Says = tuple[str, float]  # a topic, and how strongly a word speaks for it


@dataclass(frozen=True, slots=True)
class _Table:
    """The cues of one language: whole words by their key, and the beginnings of words, folded."""

    words: Mapping[str, tuple[_Says, ...]]
    beginnings: Mapping[str, tuple[_Says, ...]]


@lru_cache(maxsize=65_536)
def _topics_of(word: str, code: str) -> tuple[_Says, ...]:
    """What a word as written speaks for; of several beginnings the longest counts."""
    table = _table(code)
    if " " in word or "-" in word:
        return table.words.get(_joined(word), ())
    if says := table.words.get(term_key(word, code)):
        return says
    folded = fold(word)
    ends = range(len(folded), _SHORTEST_PREFIX, -1)
    return next((says for end in ends if (says := table.beginnings.get(folded[:end]))), ())


@lru_cache(maxsize=len(CUES) + 1)
def _table(code: str) -> _Table:
    """The table of a language, made at its first use; empty where there is none."""
    words: dict[str, tuple[_Says, ...]] = {}
    beginnings: dict[str, tuple[_Says, ...]] = {}
    for topic, cues in CUES.get(code, {}).items():
        strong, _, plain = cues.partition("|")
        for listed, strength in ((strong, _STRONG), (plain, _PLAIN)):
            for cue in listed.split():
                key, place = (fold(cue[:-1]), beginnings) if cue.endswith("*") else (_key(cue, code), words)
                place[key] = (*place.get(key, ()), (f"medtop:{topic}000000", strength))
    return _Table(words, beginnings)


def _key(cue: str, code: str) -> str:
    return _joined(cue) if "-" in cue else term_key(cue, code) or fold(cue)


def _joined(words: str) -> str:
    return fold(words).replace(" ", "-")
