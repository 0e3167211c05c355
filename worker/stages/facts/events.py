"""What a sentence says happens: its words, those that name events brought to one word of all languages.

Two outlets that write of one event word it differently and in different languages; what they share are the kind of
event and the names. No dates, places or yes and no are found here: see `dates`, `whereabouts`, `decisions`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple, Protocol

from worker.stages.facts import event_words, role_words
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import primary, stopwords
from worker.stages.text.table import Table

LANGUAGES = frozenset(["en", "de", "fr", "es", "it", "pt", "nl", "tr", "uk", "ru", "pl"])
MAX_WORDS = 120  # of a sentence; what is longer is a table or a list

START, END = "start", "end"  # aspects: of what begins or ends a date or place is told

# What a word does in its sentence, as bits: sentences are many, and sets of names slow.
SAYS, FUTURE, NOT, DENIES, HEDGES, UNCLEAR, CONDITION, BEGINS, ENDS, BREAK = (1 << bit for bit in range(10))
_ROLES = {
    SAYS: role_words.REPORTS,
    FUTURE: role_words.TO_COME,
    NOT: role_words.NOT,
    DENIES: role_words.DENIES,
    HEDGES: role_words.HEDGES,
    UNCLEAR: role_words.UNCLEAR,
    CONDITION: role_words.CONDITIONS,
    BEGINS: event_words.START,
    ENDS: event_words.END,
}
NO_EVENT = "none"  # "fire chief" is no fire
_SHORTEST_FUTURE = 5  # letters that a word with an ending of the future has more than
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:()—–«»“”„\"]")
_SHORTEST_KEY = 3
_LETTERS_OF_NAME = 4
_LETTERS = 5  # of a word, by which its inflected forms and its spellings in other languages meet
_FUTURE_ENDINGS = {
    "fr": ("era", "eront", "ira", "iront", "dra", "dront"),
    "es": ("ara", "aran", "era", "eran", "ira", "iran", "dra", "dran"),
    "it": ("era", "eranno", "ira", "iranno", "ra", "ranno"),
    "pt": ("ara", "arao", "era", "erao", "ira", "irao"),
    "tr": ("acak", "ecek", "acaklar", "ecekler"),
}
_NEGATED = {"tr": re.compile(r"m[aei](?:d[iu]|y?[ae]ca[kg]|mi?s|yor|z(?:lar|ler)?$)")}
_WEAK = frozenset(  # words of which every report has some: sharing them says nothing
    fold(word)[:_LETTERS]
    for word in """
    president minister ministry police court spokesman spokeswoman government official officials
    company people country city town state region national authorities report reports statement news
    year years week month day days time today first second morning afternoon evening night early
    late place three four five leader leaders agency office former prasident ministerin polizei
    regierung sprecher sprecherin stadt land uhr jahr woche monat gouvernement ministre president
    porte-parole ville pays annee semaine mois gobierno ministro presidente policia portavoz ciudad
    pais semana polizia governo citta paese settimana anno policia cidade semana governo regering
    politie woordvoerder stad hukumet bakan bakani polis sehir hafta milletvekili уряд міністр
    президент поліція monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december montag dienstag mittwoch
    donnerstag freitag samstag sonntag місто країна правительство министр президент полиция город
    страна rzad minister prezydent policja miasto
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)


class Stated(Protocol):
    """What `dates`, `decisions` and `whereabouts` compare: a `Fact`, of which they read these."""

    @property
    def slot(self) -> str | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def hedged(self) -> bool: ...
    @property
    def said(self) -> str: ...


class Word(NamedTuple):
    """A word of a sentence, or a sign that parts clauses. `kinds` are events it may name, `roles` what it does there,
    `keys` its first letters where it may tell who or what is spoken of. With some next words it means something else.
    """

    text: str
    folded: str
    kinds: tuple[str, ...]
    roles: int
    keys: tuple[str, ...]
    is_capitalised: bool
    may_pair: bool


# --- Words of a table ---


class _Pairs(dict[str, tuple[tuple[str, str], ...]]):
    """The second words, with labels, of each first word; of other words none, and nothing is remembered of them."""

    def __missing__(self, word: str) -> tuple[tuple[str, str], ...]:
        return ()


class Labels:
    """Labels of words, as the tables give them: whole words, beginnings, and two words in a row."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self.whole: dict[str, tuple[str, ...]] = {}
        self.begins: dict[str, tuple[str, ...]] = {}
        self.pairs = _Pairs()
        for label, entry in entries:
            self._add(label, entry)
        self._lengths = sorted({len(begin) for begin in self.begins if len(begin) > 1}, reverse=True)
        self.of: Table[tuple[str, ...]] = Table(self._labels)

    def __contains__(self, word: str) -> bool:
        return bool(self.of[word]) or word in self.pairs

    def with_next(self, word: str, follows: str) -> tuple[str, ...]:
        """The labels of the pair that a word makes with the next one."""
        if word not in self.pairs:
            return ()
        return tuple(label for second, label in self.pairs[word] if is_form(follows, second))

    def _add(self, label: str, entry: str) -> None:
        if "_" in entry:
            first, second, *_ = (fold(part) for part in entry.split("_"))
            self.pairs[first] = (*self.pairs[first], (second, label))
        elif entry.endswith("*"):
            begin = fold(entry[:-1])
            self.begins[begin] = (*self.begins.get(begin, ()), label)
        else:
            word = fold(entry)
            self.whole[word] = (*self.whole.get(word, ()), label)

    def _labels(self, word: str) -> tuple[str, ...]:
        if (whole := self.whole.get(word)) is not None:
            return whole
        for length in self._lengths:
            # A word shorter than that is cut to itself, and may be a beginning all the same.
            if (found := self.begins.get(word[:length])) is not None:
                return found
        return ()


def is_form(word: str, entry: str) -> bool:
    """Whether a word is what a table lists: the word itself, or a beginning of it that ends in *."""
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry


def by_language(table: str) -> Mapping[str, list[str]]:
    """The entries of a table that gives each language after its code; see `event_words`."""
    entries: dict[str, list[str]] = {}
    current: list[str] = []
    for word in table.replace(";", " ").split():
        if word in LANGUAGES and word not in entries:
            current = entries.setdefault(word, [])
        else:
            current.append(word)
    return entries


def by_kind(table: str) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Each kind of a table with its words by language."""
    for kind, words in re.findall(r"^([\w-]+): (.*(?:\n .*)*)", table, re.MULTILINE):
        yield kind, by_language(words)


def kinds_labels(code: str) -> Iterator[tuple[str, str]]:
    """Each kind of event with each of its words in a language."""
    return ((kind, entry) for kind, words in by_kind(event_words.KINDS) for entry in words.get(code, ()))


@cache
def event_kinds(code: str) -> Labels:
    return Labels(kinds_labels(code))


@cache
def role_labels(code: str) -> Labels:
    """What words do in a sentence, each role under its number."""
    return Labels((str(role), entry) for role, table in _ROLES.items() for entry in by_language(table).get(code, ()))


# --- Sentences ---


@lru_cache(maxsize=256)  # each kind of fact reads the same sentence
def read(sentence: str, language: str) -> tuple[Word, ...]:
    """The words of a sentence and the signs between its clauses; none in a language whose words are not known."""
    code = primary(language)
    if code not in LANGUAGES:
        return ()
    words = list(map(_words(code).__getitem__, _TOKEN.findall(sentence)[:MAX_WORDS]))
    for place in range(len(words) - 1):
        if words[place].may_pair:
            words[place] = _paired(words[place], words[place + 1].folded, code)
    return tuple(words)


@cache
def _words(code: str) -> Table[Word]:
    return Table(partial(_word, code))


def _word(code: str, text: str) -> Word:
    """A word as it is wherever it stands."""
    if not text[0].isalnum():
        return Word(text, text, (), BREAK, (), is_capitalised=False, may_pair=False)
    plain = text.replace("’", "'")
    folded = fold(plain.partition("'")[0] or plain) if code == "tr" else fold(plain)  # Port Selim'de: the suffix apart
    kinds, roles = event_kinds(code), role_labels(code)
    found = _roles_of(text, folded, code)
    kinds_of = kinds.of[folded]
    keys = () if found or kinds_of or folded in stopwords(code) or not text[0].isalpha() else tuple(_keys(folded))
    may_pair = bool(kinds.pairs[folded] or roles.pairs[folded])
    return Word(text, folded, kinds_of, found, keys, text[0].isupper(), may_pair)


def _roles_of(text: str, folded: str, code: str) -> int:
    if text == "May":  # more often the month
        return 0
    labels = role_labels(code).of[folded]
    found = sum(map(int, set(labels))) if labels else 0
    if len(folded) > _SHORTEST_FUTURE and folded.endswith(_FUTURE_ENDINGS.get(code, ())):
        found |= FUTURE
    if (negated := _NEGATED.get(code)) and negated.search(folded, 2):
        found |= NOT
    return found


def _keys(folded: str) -> Iterator[str]:
    for part in folded.split("-"):
        if len(part) >= _SHORTEST_KEY and (key := part[:_LETTERS]) not in _WEAK:
            yield key


def _paired(word: Word, follows: str, code: str) -> Word:
    """A word with what it means together with the next one."""
    kinds, roles = _of_pair(word.folded, follows, code)
    if not kinds and not roles:
        return word
    of_word = () if NO_EVENT in kinds else (*kinds, *word.kinds)
    return word._replace(kinds=of_word, roles=word.roles | roles)


@lru_cache(maxsize=16_384)  # the same few words before the same few, in most sentences
def _of_pair(word: str, follows: str, code: str) -> tuple[tuple[str, ...], int]:
    """The kinds and roles of two words in a row."""
    roles = role_labels(code).with_next(word, follows)
    return event_kinds(code).with_next(word, follows), sum(map(int, set(roles)))


# --- Who and what ---


@dataclass(frozen=True, slots=True)
class Span:
    """Words from `first` to before `end`."""

    first: int
    end: int


def clause(words: Sequence[Word], place: int) -> Span:
    """The clause around a word: to the next sign or verb of saying to both sides."""
    first = place
    while first > 0 and not words[first - 1].roles & _CLAUSE_ENDS:
        first -= 1
    end = place + 1
    while end < len(words) and not words[end].roles & _CLAUSE_ENDS:
        end += 1
    return Span(first, end)


_CLAUSE_ENDS = BREAK | SAYS


def arguments(words: Sequence[Word], span: Span, language: str) -> tuple[str, ...]:
    """Who and what a sentence speaks of, besides the speaker: the first letters of its names, with a capital, and of
    its other content words.
    """
    skipped = _speaking(words, span)
    is_german = primary(language) == "de"
    keys: dict[str, None] = {}
    for place, word in enumerate(words):
        if word.keys and place not in skipped:
            is_name = not is_german and word.is_capitalised and _is_name(words, place)
            for key in word.keys:
                keys[_as_name(key) if is_name else key] = None
    return tuple(keys)


def _as_name(key: str) -> str:
    return key[0].upper() + key[1:]


def _is_name(words: Sequence[Word], place: int) -> bool:
    """Whether a capital marks a name: not at the beginning, unless the next word has one too. German nouns all have."""
    if words[place].kinds:
        return False
    begins = place == 0 or words[place - 1].text in '«“„":'
    return not begins or (place + 1 < len(words) and words[place + 1].is_capitalised)


def _speaking(words: Sequence[Word], span: Span) -> set[int]:
    """The words that say who speaks, of each stretch between two signs in which somebody does."""
    skipped: set[int] = set()
    begin = 0
    saying: list[int] = []
    for place, word in enumerate(words):
        if word.roles & SAYS:
            saying.append(place)
        elif word.roles & BREAK:
            if saying:
                skipped.update(_of_speaker(words, range(begin, place), saying, span))
            begin, saying = place + 1, []
    if saying:
        skipped.update(_of_speaker(words, range(begin, len(words)), saying, span))
    return skipped.difference(range(span.first, span.end)) if skipped else skipped


def _of_speaker(words: Sequence[Word], inside: range, saying: Sequence[int], span: Span) -> range:
    """Which words between two signs name the speaker: those before "said the pass is closed", else all that tell of
    no event, else those from "said" on.
    """
    if span.first > saying[-1] or any(words[at].kinds for at in range(saying[-1], inside.stop)):
        return range(inside.start, saying[-1] + 1)
    if not any(words[at].kinds for at in range(inside.start, saying[0])) and span.first not in inside:
        return inside
    return range(saying[0], inside.stop)


def kinds_in(words: Sequence[Word], span: Span) -> tuple[str, ...]:
    """The kinds of events in a clause, each once."""
    return tuple(dict.fromkeys(kind for word in words[span.first : span.end] for kind in word.kinds))


def roles_in(words: Sequence[Word], span: Span) -> int:
    """What the words of a clause do there, all together."""
    roles = 0
    for word in words[span.first : span.end]:
        roles |= word.roles
    return roles


def aspect_in(words: Sequence[Word], span: Span) -> str:
    """START or END where a clause speaks of the one only, else ""."""
    aspects = roles_in(words, span) & (BEGINS | ENDS)
    return {BEGINS: START, ENDS: END}.get(aspects, "")


def shared(one: Iterable[str], other: Iterable[str]) -> tuple[int, int]:
    """How many names and how many other words two subjects share. A name in one may be a plain word in the other, and
    has endings in some languages: Orun, Оруну.
    """
    ours, theirs = list(one), list(other)
    names = _named(ours) | _named(theirs)
    in_both = {_short(key) for key in ours} & {_short(key) for key in theirs}
    words = {key.lower() for key in ours} & {key.lower() for key in theirs}
    return len(in_both & names), sum(_short(key) not in names for key in words)


def _short(key: str) -> str:
    return key[:_LETTERS_OF_NAME].lower()


def _named(keys: Iterable[str]) -> set[str]:
    return {_short(key) for key in keys if key[0].isupper()}


def name_other_things(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether both name somebody or something, and nothing in common."""
    ours, theirs = _named(one), _named(other)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def names_apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether each names somebody or something that the other does not: two meetings of one minister."""
    ours, theirs = list(one), list(other)
    return bool(_named(ours) - set(map(_short, theirs))) and bool(_named(theirs) - set(map(_short, ours)))
