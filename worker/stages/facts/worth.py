"""Which of an article's sentences are news by themselves. The others are kept, compared and shown, and wake nobody.

Each sentence that states something gets a probability that an editor would tell it to readers who know what they were
told: a logit over a few features of the sentence, its place, and how much of it was told (see `novelty`). The weights
are derived by `bench/quality/worth_weights.py`; nothing here is trained on any reader.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from worker.stages.facts import TITLE, Fact
from worker.stages.facts.colour import (
    AHEAD,
    BACKGROUND,
    HOMELY,
    OFFICES,
    PERSONS,
    PRONOUNS,
    REPORTED,
)
from worker.stages.facts.concepts import EVENTS
from worker.stages.facts.counts import CASUALTIES
from worker.stages.facts.novelty import Coverage, Known
from worker.stages.facts.opening import OPENING_SENTENCES
from worker.stages.facts.places import are_elsewhere
from worker.stages.facts.statements import Gist, gist
from worker.stages.text.fold import fold

TELLS = 0.38  # probability from which a sentence is told, beside one that wakes
WAKES = 0.55  # from which it is told by itself
JUST_TOLD = 0.54  # the most of what is told beside other news only
OF_ANOTHER_ORDER = 100  # times; a war's dead say nothing of a night's, nor the other way round
MOST_OF_ONE = 3  # of a kind of sign in a sentence; more of them say no more

_QUOTES = "\"“„«‘'"
_OTHER_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20[0-2]\d)\b")
_TO_COME = re.compile(r"\b(?:is|are|was|were) (?:\w+ )?to \w|\w(?:acak|ecek|acağ|eceğ)\w{0,5}\b")
_LOWERED = re.compile(
    r"\b(?:lowered|reduced|cut|revised|corrected|downgraded)\b[^.;]{0,60}\b(?:to|down|from)\b", re.IGNORECASE
)
FURTHER_ON = 4  # sentences after the lead
MOST = 0.6  # of a sentence's terms
SHORT, LONG = 10, 24  # words
_NO_NUMBERS = frozenset(["date", "whether", "where"])
_WORDS_OF_LENGTH = 20
_LONGEST = 40

# A logit: what each feature adds. Positive speaks for news.
WEIGHTS: Mapping[str, float] = {
    "always": -2.72,
    "is the lead": 1.53,
    "is the second": 0.83,
    "stands further on": -1.06,
    "is of a first article": -0.15,
    "told by the nearest": -0.73,
    "told for the most part": -1.30,
    "lead told by the nearest": -0.58,
    "turns what was told": 0.91,
    "new figures": 0.86,
    "told figures": -1.84,
    "new value": 0.94,
    "new names": 0.24,
    "new events": 0.79,
    "has figures": 1.01,
    "names a day": 0.63,
    "attributes": 1.05,
    "names an office": 0.51,
    "looks ahead": 0.63,
    "looks back": -0.93,
    "is quoted": -1.36,
    "says I or you": -0.54,
    "points back": -0.29,
    "homely words": -0.24,
    "is short": 1.04,
    "is long": 1.03,
    "length": -0.89,
    "title was told": 0.06,
    "title has an event": 0.38,
    "title speaks of it": 0.31,
    "lead names a day": 0.79,
    "lead was told": -0.65,
}


@dataclass(frozen=True, slots=True)
class News:
    """A sentence by its facts, the first one the most telling, and how likely it is worth telling."""

    facts: tuple[Fact, ...]
    probability: float

    @property
    def fact(self) -> Fact:
        return self.facts[0]


@dataclass(frozen=True, slots=True)
class Sight:
    """All that is looked at of one sentence. `place` counts from the lead; `lead` and `title` are of its article."""

    facts: tuple[Fact, ...]
    place: int
    said: Gist
    coverage: Coverage
    told: Known
    title: Gist
    title_coverage: Coverage
    lead: Gist
    lead_coverage: Coverage

    @property
    def text(self) -> str:
        return self.facts[0].text

    def says(self, words: frozenset[str]) -> bool:
        return not self.said.words.isdisjoint(words)

    @property
    def new_events(self) -> int:
        """How many kinds of events it speaks of that were not told."""
        return min(MOST_OF_ONE, sum(term in EVENTS and self.told.lacks(term) for term in self.said.terms))

    @property
    def has_new_toll(self) -> bool:
        """News wherever it stands: no reader wants to have slept through it."""
        return any(fact.slot in CASUALTIES and _is_new(fact, self.told) for fact in self.facts)

    @property
    def only_describes(self) -> bool:
        """Figures of how things are, after the opening: of a ferry's length nobody need know at night."""
        says = self.said.has_event or self.said.is_dated or self.says(REPORTED) or self.says(AHEAD)
        return self.place >= OPENING_SENTENCES and bool(self.said.figures) and not says

    @property
    def has_old_toll(self) -> bool:
        """A toll lower than one that was told: it is older, or of a part."""
        return any(
            fact.slot in CASUALTIES and not self.told.covers(fact) and not _is_toll_news(fact, self.told)
            for fact in self.facts
        )

    @property
    def has_new_value(self) -> bool:
        return any(_is_new(fact, self.told) for fact in self.facts if fact.slot is not None)


def features(sight: Sight) -> Mapping[str, float]:
    """What speaks for a sentence's being news, and against it, each by its name in `WEIGHTS`."""
    return {name: float(of(sight)) for name, of in _FEATURES.items()}


_FEATURES: Mapping[str, Callable[[Sight], float]] = {
    # its place
    "is the lead": lambda s: s.place == 0,
    "is the second": lambda s: s.place == 1,
    "stands further on": lambda s: s.place >= FURTHER_ON,
    # what was told of it
    "is of a first article": lambda s: s.told.is_empty,
    "told by the nearest": lambda s: s.coverage.nearest,
    "told for the most part": lambda s: s.coverage.nearest > MOST,
    "lead told by the nearest": lambda s: s.coverage.nearest if s.place == 0 else 0.0,
    "turns what was told": lambda s: s.coverage.turns,
    "new figures": lambda s: min(MOST_OF_ONE, s.coverage.new_figures),
    "told figures": lambda s: s.coverage.new_figures < len(s.said.figures),
    "new value": lambda s: s.has_new_value,
    "new names": lambda s: min(MOST_OF_ONE, s.coverage.new_names),
    "new events": lambda s: s.new_events,
    # how it speaks
    "has figures": lambda s: bool(s.said.figures),
    "names a day": lambda s: s.said.is_dated,
    "attributes": lambda s: s.says(REPORTED),
    "names an office": lambda s: s.says(OFFICES),
    "looks ahead": lambda s: s.says(AHEAD) or _TO_COME.search(s.text) is not None,
    "looks back": lambda s: s.says(BACKGROUND) or _OTHER_YEAR.search(s.text) is not None,
    "is quoted": lambda s: s.text[:1] in _QUOTES,
    "says I or you": lambda s: s.says(PERSONS),
    "points back": lambda s: fold(s.text.partition(" ")[0].strip(_QUOTES)) in PRONOUNS,
    "homely words": lambda s: min(MOST_OF_ONE, len(s.said.words & HOMELY)),
    "is short": lambda s: s.said.length < SHORT,
    "is long": lambda s: s.said.length > LONG,
    "length": lambda s: min(s.said.length, _LONGEST) / _WORDS_OF_LENGTH,
    # its article
    "title was told": lambda s: s.title_coverage.together,
    "title has an event": lambda s: s.title.has_event,
    "title speaks of it": lambda s: min(MOST_OF_ONE, len(s.said.terms & s.title.terms)),
    "lead names a day": lambda s: s.lead.is_dated,
    "lead was told": lambda s: s.lead_coverage.together,
}


def find_news(facts: Iterable[Fact], title: str, told: Known) -> tuple[News, ...]:
    """The sentences with a fact, the most probable first, to readers who know so much."""
    found = [News(sight.facts, probability(sight)) for sight in sights(facts, title, told)]
    return tuple(sorted(found, key=lambda news: (-news.probability, news.fact.start)))


def sights(facts: Iterable[Fact], title: str, told: Known) -> Iterator[Sight]:
    """Each sentence with what is looked at. What only the title states is looked at as if the title were the lead."""
    by_start: dict[int, list[Fact]] = {}
    for fact in facts:
        by_start.setdefault(fact.start, []).append(fact)
    groups = [tuple(group) for start, group in sorted(by_start.items()) if start != TITLE]
    titled = _only_titled(by_start.get(TITLE, ()), groups)
    titles = gist(title)
    lead = gist(groups[0][0].text) if groups else titles
    title_coverage, lead_coverage = told.coverage(titles), told.coverage(lead)
    for place, group in [*([(0, titled)] if titled else []), *enumerate(groups)]:
        said = gist(group[0].text)
        coverage = told.coverage(said)
        yield Sight(group, place, said, coverage, told, titles, title_coverage, lead, lead_coverage)


def probability(sight: Sight) -> float:
    """That a sentence is worth telling, from 0 to 1; 0 for what was told word for word, and for old tolls."""
    if sight.told.has_told(sight.facts):
        return 0.0
    if sight.place and sight.has_old_toll and not sight.has_new_toll:
        return 0.0
    logit = WEIGHTS["always"] + sum(WEIGHTS[name] * value for name, value in features(sight).items())
    found = 1 / (1 + exp(-logit))
    if sight.has_new_toll:
        return max(found, WAKES)
    return min(found, JUST_TOLD) if sight.only_describes else found


def _only_titled(titled: Sequence[Fact], groups: Iterable[Sequence[Fact]]) -> tuple[Fact, ...]:
    """The numbers of the title that no sentence states; the rest of a title the text says in full."""
    in_text = {None} | {_number(fact) for group in groups for fact in group}
    return tuple(fact for fact in titled if _number(fact) not in in_text)


def _number(fact: Fact) -> tuple[str, float] | None:
    kind = (fact.slot or "").partition(":")[0]
    if fact.figure is None or fact.value is None or kind in _NO_NUMBERS:
        return None
    return fact.figure.compared_by, fact.value


def _is_new(fact: Fact, told: Known) -> bool:
    if told.covers(fact):
        return False
    return fact.slot not in CASUALTIES or _is_toll_news(fact, told)


def _is_toll_news(fact: Fact, told: Known) -> bool:
    """A toll is news when it is the first, or higher; a lower one is older or of a part, unless it is said to be new.

    Far from all that was told it is of something else: of the whole war, or of the latest night.
    """
    value, known = fact.value or 0.0, told.values_of(fact)
    near = known[bisect_left(known, value / OF_ANOTHER_ORDER) : bisect_right(known, value * OF_ANOTHER_ORDER)]
    if not near:
        return not known or value < known[0]
    return value > near[-1] or _LOWERED.search(fact.text) is not None or _is_elsewhere(fact, told)


def _is_elsewhere(fact: Fact, told: Known) -> bool:
    """Whether all that was told of this toll names places, and none of the fact's."""
    known = told.counting(fact.slot or "")
    return bool(known) and all(are_elsewhere(fact.text, text) for text in known)
