"""Which facts are worth an alert by themselves. The others are kept, compared and shown, and wake nobody.

Worth it, wherever it stands: a toll that rises, and who attends. Any other figure is background unless its report opens
with it; sums, shares, votes and seats count as well where the sentence speaks of what the report's own title does. A
ferry's length and a minister's weight are never news.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from worker.stages.facts import TITLE, Fact, Figure, content_words
from worker.stages.facts.counts import CASUALTIES, find_counts
from worker.stages.facts.opening import opening_end
from worker.stages.facts.places import are_elsewhere
from worker.stages.text.fold import fold

OF_ANOTHER_ORDER = 100  # times; a war's dead say nothing of a night's, nor the other way round
WORDS_OF_TITLE = 2  # in a sentence that speaks of what the title does


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_BALLOTS = _folded(
    """
    votes seats ballots delegates mandates voix sièges votos escaños oy oyla sandalye milletvekili мандатів мандати
    голосів голоси
    """
)
_MEASURES = _folded(
    """
    metres meters kilometres kilometers miles yards inches feet centimetres centimeters kilos kilograms kilogrammes
    pounds ounces storeys stories floors degrees times mètres kilomètres metros kilómetros metre kilometre metrelik
    kilometrelik метрів кілометрів кілограмів
    """
)
_UNITS = _folded("percent per cent pence pounds dollars euros million billion trillion")
_LOWERED = re.compile(
    r"\b(?:lowered|reduced|cut|revised|corrected|downgraded)\b[^.;]{0,60}\b(?:to|down|from)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Known:
    """What readers were told: keys of facts, and sentences."""

    keys: Collection[str] = ()
    texts: Sequence[str] = ()

    def tolls(self) -> Mapping[str, Sequence[float]]:
        """The values told of each kind of casualties."""
        found: dict[str, list[float]] = {}
        for key in self.keys:
            if key.partition("|")[0] in CASUALTIES and (figure := Figure.read(key)) is not None:
                found.setdefault(figure.slot, []).append(figure.value)
        return found


NOTHING = Known()


def worth_telling(facts: Iterable[Fact], title: str, text: str, known: Known = NOTHING) -> tuple[Fact, ...]:
    """Of an article's new facts those that are news by themselves, to readers who know so much."""
    opening = opening_end(text)
    titled = _subject(title)
    tolls = known.tolls()
    return tuple(
        fact
        for fact in facts
        if (_is_toll_news(fact, tolls, known, opening) if fact.slot in CASUALTIES else _is_news(fact, titled, opening))
    )


def _is_news(fact: Fact, titled: frozenset[str], opening: int) -> bool:
    kind, _, rest = (fact.slot or "").partition(":")
    if kind == "attendance":
        return True
    if not kind or rest in _MEASURES:
        return False
    is_of_title = len(_subject(fact.text) & titled) >= WORDS_OF_TITLE
    return _is_opening(fact, opening) or (is_of_title and (kind != "count" or rest in _BALLOTS))


def _is_toll_news(fact: Fact, tolls: Mapping[str, Sequence[float]], known: Known, opening: int) -> bool:
    """A toll is news when it is the first, or higher; a lower one is older or of a part, unless it is said to be new.

    Far from all that was told it is of something else: of the whole war, or of the latest night.
    """
    value, told = fact.value or 0.0, tolls.get(fact.slot or "", ())
    near = [each for each in told if value / OF_ANOTHER_ORDER <= each <= value * OF_ANOTHER_ORDER]
    if not near:
        return not told or _is_opening(fact, opening) or value < min(told)
    return value > max(near) or _LOWERED.search(fact.text) is not None or _is_elsewhere(fact, known)


def _is_opening(fact: Fact, opening: int) -> bool:
    return fact.start == TITLE or fact.start < opening


def _is_elsewhere(fact: Fact, known: Known) -> bool:
    """Whether all that was told of this toll names places, and none of the fact's."""
    told = [text for text in known.texts if any(count.slot == fact.slot for count in find_counts(text, "en"))]
    return bool(told) and all(are_elsewhere(fact.text, text) for text in told)


def _subject(text: str) -> frozenset[str]:
    """The words that say what a sentence is about, singular and plural alike, without figures and units."""
    return frozenset(word.rstrip("s") for word in content_words(text) - _UNITS if not word[0].isdigit())
