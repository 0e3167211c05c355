"""Facts: what a sentence states that can be told once, be new, and be contradicted.

Those with a slot have a value: counted numbers ("at least 20 killed", see `counts`), who attends (`attendance`), when,
where and whether something happens (`dates`, `whereabouts`, `decisions`). Their key says the same whatever the wording,
and can be read back, so that what was told can be compared by value. Facts without a slot are a sentence each; how far
one was told already is for `novelty`, whether it is worth telling for `worth`. The stage knows no topics or stories.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from worker.stages.facts import dates, decisions, whereabouts
from worker.stages.facts.attendance import ATTENDS, STAYS_AWAY, find_attendance, find_persons, may_attend
from worker.stages.facts.attendance import CUES as ATTENDANCE_CUES
from worker.stages.facts.count_words import COUNT_WORDS
from worker.stages.facts.counts import CASUALTIES, find_counts, find_lone_death, may_count_few
from worker.stages.facts.cues import cue_places, holding, may_count
from worker.stages.facts.numbers import number_words, small_number_words
from worker.stages.facts.opening import OPENING_SENTENCES, lead_start
from worker.stages.facts.statements import telling_sentences
from worker.stages.facts.tallies import CLOCK, TALLY, shown_tally
from worker.stages.facts.units import KINDS, shown_measure
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import primary, stopwords
from worker.stages.text.words import Sentence, sentences, split

MAX_CHARACTERS = 100_000
MAX_SENTENCE = 1_000  # characters; what runs on longer is a table or a list, and comparing within it costs its square
MAX_FACTS = 100  # of one article, in reading order; lists of figures are no news
MAX_STATED = 30  # facts of an article that are kept, those of a sentence without values included
KEPT_PLAIN = 12  # of them at least so many without values, where there are
ABOUT_SHARE = 0.1  # how far "about 100" reaches to both sides
MOST_SAID = 200  # characters of a value as it is written
TITLE = -1  # the `start` of a fact that only the title states

_ATTENDANCE = "attendance:"
_SIGNS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"}
_LANGUAGES = ("en", "fr", "es", "tr", "uk")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value for a slot, comparable: the part of a fact that another fact may agree with or not."""

    slot: str
    value: float
    qualifier: str = "exactly"  # "exactly", "at least", "up to", "about"
    hedged: bool = False

    @property
    def key(self) -> str:
        return f"{self.slot}|{self.qualifier}|{self.value:.15g}{'|hedged' if self.hedged else ''}"

    @classmethod
    def read(cls, key: str) -> "Figure | None":
        """The figure that a key was made of; None for other keys."""
        slot, *rest = key.split("|")
        if len(rest) not in (2, 3) or not re.fullmatch(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", rest[1]):
            return None
        return cls(slot, float(rest[1]), rest[0], hedged=rest[2:] == ["hedged"])

    @property
    def is_attendance(self) -> bool:
        return self.slot.startswith(_ATTENDANCE)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that the figure allows."""
        match self.qualifier:
            case "at least":
                return self.value, float("inf")
            case "up to":
                return 0.0, self.value
            case "about":
                reach = max(1.0, abs(self.value) * ABOUT_SHARE)
                return self.value - reach, self.value + reach
            case _:
                return self.value, self.value

    @property
    def compared_by(self) -> str:
        """Under what told figures are looked up: a sum is the same sum whatever a sentence calls it."""
        kind, _, rest = self.slot.partition(":")
        return f"{kind}:{rest.partition(':')[0]}" if kind == "money" else self.slot

    def agrees_with(self, other: "Figure") -> bool:
        """Whether both can be true: "at least 20" and 23, not "at least 20" and 14.

        Of attendance: the same statement, or two that leave it open ("expected" and "uncertain").
        """
        if self.is_attendance:
            return self.value == other.value or (self.hedged and other.hedged and abs(self.value - other.value) < 1)
        (least, most), (other_least, other_most) = self.bounds, other.bounds
        return max(least, other_least) <= min(most, other_most)

    def covers(self, other: "Figure") -> bool:
        """Whether who was told this learns nothing from the other.

        The same number however qualified; whatever it implies (23 covers "at least 20", which covers "at least 14",
        but not 23); and what lies within "about".
        """
        if self.value == other.value:
            return True
        if self.is_attendance or self.slot != other.slot:
            return False
        (least, most), (other_least, other_most) = self.bounds, other.bounds
        implied = other_least <= least and most <= other_most
        return implied or ("about" in (self.qualifier, other.qualifier) and self.agrees_with(other))

    @property
    def shown(self) -> str:
        """As people read it: "at least 20", "€140 billion", "not attending"."""
        if self.is_attendance:
            return _shown_attendance(self.value, hedged=self.hedged)
        amount = _shown_amount(self.slot, self.value)
        return amount if self.qualifier == "exactly" else f"{self.qualifier} {amount}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. `slot` names what it is about, `value` and `qualifier` what it says of it.

    For "attendance:…" the value is 1 (attends), 0.5 (open) or 0 (stays away). `text` is the sentence; `start` its
    place in the text in characters, or TITLE. `hedged`: reported, feared, expected, not stated outright. `said` is the
    value as it is written: of a place, whose `value` is None, or of a measure ("six years").
    """

    key: str
    slot: str | None
    value: float | None
    qualifier: str
    text: str
    start: int
    hedged: bool
    said: str = ""

    @property
    def figure(self) -> Figure | None:
        """The comparable part; None when the fact has no value."""
        if self.slot is None or self.value is None:
            return None
        return Figure(self.slot, self.value, self.qualifier, self.hedged and self.slot.startswith(_ATTENDANCE))


def find_facts(
    title: str, text: str, language: str, *, year: int | None = None, published: date | None = None
) -> tuple[Fact, ...]:
    """The facts with a value that an article states, in reading order, each once; what only the title says comes first.

    `published` is the article's day: dates are resolved against it, and without it none is found. `year` is its year,
    where that is all that is known. A figure beside another year tells of another event and is no fact of this one;
    without a year, every year named is another.
    """
    year = published.year if published else year
    text, code = text[:MAX_CHARACTERS], primary(language)
    pieces = [piece for piece in sentences(text) if len(piece.text) <= MAX_SENTENCE]
    titled = Sentence(title[:MAX_SENTENCE], TITLE, TITLE)
    cues = cue_places(text, _cue_words(code))
    numbers = [(place, word) for place, word in cues if word not in ATTENDANCE_CUES and may_count(text, place)]
    with_numbers = _with_numbers(pieces, numbers, code)
    stated: dict[str, Fact] = {}
    for fact in _counted([*with_numbers, titled], code, year):
        stated.setdefault(fact.key, fact)
    if code == "en":
        on_attendance = sorted(set(holding(pieces, (place for place, word in cues if word in ATTENDANCE_CUES))))
        for fact in _attending(on_attendance, pieces, titled, text):
            stated.setdefault(fact.key, fact)
    for fact in _happening(pieces, titled, text, code, published):
        stated.setdefault(fact.key, fact)
    if all(fact.slot != "killed" for fact in stated.values()):
        stated |= {fact.key: fact for fact in _lone_death([*pieces[:OPENING_SENTENCES], titled], code, year)}
    return tuple(sorted(stated.values(), key=lambda fact: fact.start))[:MAX_FACTS]


def with_statements(facts: Sequence[Fact], text: str) -> tuple[Fact, ...]:
    """The facts and, of the sentences from the lead on, those that have none: facts without a slot.

    At most `MAX_STATED`, in reading order; what has a value comes before what has none.
    """
    lead = lead_start(text)
    facts = [fact for fact in facts if fact.start >= lead or fact.start == TITLE or not _is_of_line(fact)]
    valued = {fact.start for fact in facts}
    plain = [_plain(sentence) for sentence in telling_sentences(text) if sentence.start not in valued]
    kept = [*most_telling(facts)[: MAX_STATED - min(len(plain), KEPT_PLAIN)]]
    kept += plain[: MAX_STATED - len(kept)]
    return tuple(sorted(kept, key=lambda fact: fact.start))


def most_telling(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same facts, first what readers look for first: casualties, then who attends, then other figures."""
    return tuple(sorted(facts, key=lambda fact: (_weight(fact.slot), fact.start)))


@lru_cache(maxsize=8192)  # what was told is compared again with each new article of its story
def content_words(text: str) -> frozenset[str]:
    """The folded words of a text without function words of the languages we know; figures are content."""
    empty = _function_words()
    return frozenset(word.folded for word in split(text) if word.folded not in empty and len(word.folded) > 1)


@lru_cache(maxsize=len(COUNT_WORDS) + 1)
def _cue_words(code: str) -> frozenset[str]:
    return number_words(code) | ATTENDANCE_CUES if code == "en" else number_words(code)


def _with_numbers(pieces: Sequence[Sentence], cues: Sequence[tuple[int, str]], code: str) -> list[Sentence]:
    """The sentences that hold numbers, but for those whose only one is spelled, small, and counts nothing."""
    small = small_number_words(code)
    held = Counter(holding(pieces, (place for place, _ in cues)))
    telling = set(holding(pieces, (place for place, word in cues if word not in small)))
    return [
        pieces[index]
        for index, words in held.items()
        if words > 1 or index in telling or may_count_few(pieces[index].text, code)
    ]


def _counted(pieces: Iterable[Sentence], code: str, year: int | None) -> Iterator[Fact]:
    for piece in pieces:
        for count in find_counts(piece.text, code, year):
            yield _fact(
                Figure(count.slot, count.value, count.qualifier),
                piece,
                hedged=count.hedged,
                said=count.said[:MOST_SAID],
            )


def _lone_death(pieces: Iterable[Sentence], code: str, year: int | None) -> Iterator[Fact]:
    """At most one: a death told without a number, in what the report opens with. Beside numbers it is one of them."""
    for piece in pieces:
        if count := find_lone_death(piece.text, code, year):
            yield _fact(Figure(count.slot, count.value), piece, hedged=count.hedged)
            return


def _attending(worth_reading: Iterable[int], pieces: Sequence[Sentence], titled: Sentence, text: str) -> Iterator[Fact]:
    speaking = [(pieces[i], pieces[i - 1].text if i else "") for i in worth_reading]
    speaking = [(piece, last) for piece, last in (*speaking, (titled, "")) if may_attend(piece.text)]
    persons = find_persons(f"{titled.text}\n{text}") if speaking else frozenset()
    for piece, last in speaking:
        for statement in find_attendance(piece.text, last, persons):
            figure = Figure(f"{_ATTENDANCE}{statement.who}", statement.value, "exactly", statement.hedged)
            yield _fact(figure, piece, hedged=statement.hedged)


def _happening(
    pieces: Sequence[Sentence], titled: Sentence, text: str, code: str, published: date | None
) -> Iterator[Fact]:
    """When, whether and where something happens, in the sentences that hold a word without which none says so."""
    if published is not None:
        for piece in _holding(dates.cues_in, pieces, titled, text, code):
            for found in dates.find_dates(piece.text, code, published):
                yield _stated(found.slot, found.value, found.grain, piece, hedged=found.hedged)
    for piece in _holding(decisions.cues_in, pieces, titled, text, code):
        for one in decisions.find_decisions(piece.text, code):
            yield _stated(one.slot, one.value, "exactly", piece, hedged=one.hedged)
    for piece in _holding(whereabouts.cues_in, pieces, titled, text, code):
        for place in whereabouts.find_whereabouts(piece.text, code):
            yield _placed(place, piece)


def _holding(
    cues_in: Callable[[str, str], list[int]], pieces: Sequence[Sentence], titled: Sentence, text: str, code: str
) -> Iterator[Sentence]:
    yield from (pieces[index] for index in dict.fromkeys(holding(pieces, cues_in(text, code))))
    if cues_in(titled.text, code):
        yield titled


def _stated(slot: str, value: float, qualifier: str, sentence: Sentence, *, hedged: bool) -> Fact:
    key = f"{slot}|{qualifier}|{value:.15g}{'|hedged' if hedged else ''}"
    return Fact(key, slot, value, qualifier, sentence.text, sentence.start, hedged)


def _placed(place: whereabouts.Whereabouts, sentence: Sentence) -> Fact:
    key = f"{place.slot}|{place.qualifier}|{fold(place.said)}"
    return Fact(
        key, place.slot, None, place.qualifier, sentence.text, sentence.start, place.hedged, place.said[:MOST_SAID]
    )


def _fact(figure: Figure, sentence: Sentence, *, hedged: bool, said: str = "") -> Fact:
    return Fact(figure.key, figure.slot, figure.value, figure.qualifier, sentence.text, sentence.start, hedged, said)


def _is_of_line(fact: Fact) -> bool:
    """Whether it may be the date or place line above a report: "Published: 19 November 2025"."""
    return (fact.slot or "").partition(":")[0] in ("date", "where")


def _plain(sentence: Sentence) -> Fact:
    """What a sentence states besides values. Its key is the same for the same words."""
    said = " ".join(sentence.text.casefold().split()).encode("utf-8", "replace")
    return Fact(
        f"says|{blake2b(said, digest_size=12).hexdigest()}", None, None, "exactly", sentence.text, sentence.start, False
    )


def _weight(slot: str | None) -> int:
    if slot in CASUALTIES:
        return CASUALTIES.index(slot)
    if slot is not None and slot.startswith(_ATTENDANCE):
        return len(CASUALTIES)
    return len(CASUALTIES) + (1 if slot is not None else 2)


def _shown_attendance(value: float, *, hedged: bool) -> str:
    if value == ATTENDS:
        return "expected to attend" if hedged else "set to attend"
    if value == STAYS_AWAY:
        return "not expected to attend" if hedged else "not attending"
    return "uncertain"


def _shown_amount(slot: str, value: float) -> str:
    kind, _, rest = slot.partition(":")
    if kind in KINDS:
        return shown_measure(kind, value)
    if kind in (TALLY, CLOCK):
        return shown_tally(slot, value)
    is_price = slot.startswith("money") and value < 1000 and value != int(value)  # larger sums have words
    number = f"{value:,.2f}" if is_price else f"{value:,.10g}"
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            number = f"{value / size:,.4g} {word}"
            break
    if kind == "percent":
        return f"{number}%"
    if kind == "money":
        currency = rest.partition(":")[0]
        sign = _SIGNS.get(currency)
        return f"{sign}{number}" if sign else f"{number} {currency.upper()}"
    return number


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset().union(*(stopwords(language) for language in _LANGUAGES))
