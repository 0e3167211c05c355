"""Keywords: which words and phrases an article is about, weighed by how rare they are.

`term_counts` is also what stories are grouped by. It knows words only; who and where is the work of `names`, whose
finds may be given to `keywords`. How rare a word is comes from the caller (`background.idf_of`).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from operator import itemgetter
from typing import Protocol

from worker.stages.text.dateline import is_agency
from worker.stages.text.fold import fold
from worker.stages.text.stems import stem
from worker.stages.text.stopwords import primary, stop_pairs, stopwords
from worker.stages.text.table import Table
from worker.stages.text.words import HAS_CJK, Pieces, pieces

MAX_TERMS = 80
MAX_CHARACTERS = 200_000  # of the text: a long book chapter; what follows would not change the heaviest words
MAX_PHRASES = 40
TITLE_WEIGHT = 2.0
PRIOR_DOCUMENTS = 1000  # an archive of ten articles must not take a word seen in five of them for a common one
_SHORTEST_TERM = 2
_SHORTEST_KEYWORD = 3  # letters, unless it is written in capitals: EU
_OFTEN = 2  # times that neighbours meet in a phrase
_PAIR = 2  # words
_SHARE_OF_WORD = 0.25  # of the rarer word's mentions that are in the phrase
_OF_BOTH = 0.75
_OF_RAREST = 1.2
_SHORTEST_STEM = 4  # letters
_SAME_SHARE = 0.8  # of the shorter word's letters, from its first
_FIRST_CJK = "\u3040"
_FIRST_KANJI = "\u3400"
# Not hiragana, in which Japanese writes endings and particles.
_ONE_SCRIPT = re.compile("[\u30a0-\u30ff]{2}|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2}")
_RUN = re.compile("[\u30a0-\u30ff]{3,20}|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{3,200}")
_LONGEST_COMPOUND = 8  # characters
_RUN_LENGTHS = (3, 4, 5)
_MAX_RUNS = 20_000  # characters of text in which they are looked for
_TWO_OF_THEM = re.compile(b"\1(?=\1)")  # among words of which each is told by 1 or 0
_JOINTS = frozenset([" ", "-", "\u00a0"])  # what may stand between the words of a phrase
# What Korean joins to its nouns; what nouns end with as often only after three syllables.
_KOREAN_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에서|으로|에게|께서|까지|부터|은|는|을|를)$|(?<=[가-힣]{3})(?:이|가|의|에|로|와|과|도)$"
)
_ARABIC_ARTICLE = re.compile("^[وبفلك]?ال(?=\\w{3})")


class Named(Protocol):
    """A name of the article, as `names.Name` is."""

    @property
    def shown(self) -> str: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together, under the keys of these; weighed as words are."""

    keys: tuple[str, ...]
    shown: str
    weight: float


@dataclass(frozen=True, slots=True)
class Terms(Mapping[str, float]):
    """Counted words under their keys, the heaviest first, with the form in which each was mostly written."""

    counts: Mapping[str, float]
    forms: Mapping[str, str]
    phrases: tuple[Phrase, ...] = field(default=())
    code: str = ""

    def __getitem__(self, key: str) -> float:
        return self.counts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    # What a mapping has of itself goes through `__getitem__` for each word.
    def __contains__(self, key: object) -> bool:
        return key in self.counts

    def items(self) -> ItemsView[str, float]:
        return self.counts.items()

    def values(self) -> ValuesView[float]:
        return self.counts.values()

    def shown(self, key: str) -> str:
        """The word as people write it; the key itself for a word that is not among these."""
        return self.forms.get(key, key)


@lru_cache(maxsize=8)  # one article is counted for its keywords and again for its story
def term_counts(title: str, text: str, language: str) -> Terms:
    """Count the words of an article under their `term_key`; a word in the title counts double.

    Without stop words and numbers. Chinese and Japanese characters count in pairs of neighbours.
    At most `MAX_TERMS`; of equally heavy words the earlier stay, since news comes first in a report.
    """
    code = primary(language)
    title, text = title[:MAX_CHARACTERS], text[:MAX_CHARACTERS]
    parts = [_part(title, TITLE_WEIGHT, code), _part(text, 1.0, code)]
    counts: dict[str, float] = {}
    forms: dict[str, tuple[int, str]] = {}
    for part in parts:
        for _, key, times in part.terms:
            counts[key] = counts.get(key, 0.0) + part.weight * times
    heaviest = {key: counts[key] for key in sorted(counts, key=counts.__getitem__, reverse=True)[:MAX_TERMS]}
    for part in parts:
        for form, key, times in part.terms:
            if key in heaviest and (key not in forms or _is_better(form, times, forms[key], code)):
                forms[key] = times, form
    return Terms(heaviest, {key: forms[key][1] for key in heaviest}, _phrases(parts, heaviest, code), code)


def idf(document_frequency: int, documents: int, prior: float = 1 / PRIOR_DOCUMENTS) -> float:
    """Inverse document frequency: log (n + m) / (df + m p), with m = `PRIOR_DOCUMENTS` imagined documents.

    `prior` is p, the share of documents expected to hold the word before any is seen (a Dirichlet prior: Zhai and
    Lafferty 2004). It decides while the archive is small; with ten times m documents it hardly counts.
    """
    return math.log((documents + PRIOR_DOCUMENTS) / (max(document_frequency, 0) + PRIOR_DOCUMENTS * prior))


def term_key(form: str, code: str) -> str:
    """The key of a word as written, by `stems.stem`; "" for a stop word, a number or a single character."""
    if not form[:1].isalpha() or _is_cjk(form) or _folded(form) in stopwords(code):
        return ""
    key = stem(without_particles(form, code), code)
    return key if len(key) >= _SHORTEST_TERM else ""


def _folded(form: str) -> str:
    return form.lower() if form.isascii() and form.isalnum() else fold(form.replace(".", ""))


def keywords(
    counts: Terms,
    idf_of: Callable[[str], float],
    top: int = 8,
    *,
    names: Iterable[Named] = (),
    outlet: str = "",
) -> tuple[str, ...]:
    """The words, phrases and names that set an article apart, as people write them, the strongest first.

    No two share a word. `names` may be given, to be shown whole; an outlet and the agencies do not tell what a report
    is about.
    """
    taken = _Taken(map(_keys(counts.code).__getitem__, pieces(outlet).counts))
    found: list[str] = []
    for _, keys, shown in sorted(_candidates(counts, idf_of, names), key=itemgetter(0), reverse=True):
        if len(found) == top:
            break
        if not any(map(taken.has_akin, keys)):
            taken.add(keys)
            found.append(shown)
    return tuple(found)


class _Taken:
    """Keys by how they begin, as only those that begin alike can be akin."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        self.add(keys)

    def add(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._by_beginning[key[:_SHORTEST_STEM]].append(key)

    def has_akin(self, key: str) -> bool:
        others = self._by_beginning.get(key[:_SHORTEST_STEM])
        return others is not None and any(key == other or _are_akin(key, other) for other in others)


# --- Keys ---


@lru_cache(maxsize=16)
def _keys(code: str) -> Table[str]:
    """The keys of a language's words as written."""
    return Table(partial(term_key, code=code))


# --- Counting ---


@dataclass(frozen=True, slots=True)
class _Part:
    """The title or the text, with the words that count: written form, key, times, in order of appearance."""

    weight: float
    pieces: Pieces
    terms: Sequence[tuple[str, str, int]]
    runs: Sequence[tuple[tuple[str, ...], str]]


def _part(text: str, weight: float, code: str) -> _Part:
    found, keys = pieces(text), _keys(code)
    terms = [(form, key, times) for form, times in found.counts.items() if (key := keys[form])]
    if text.isascii() or not HAS_CJK.search(text):
        return _Part(weight, found, terms, ())
    stops = stop_pairs(code)
    terms += [(pair, pair, times) for pair, times in Counter(_character_pairs(found, stops)).items()]
    return _Part(weight, found, terms, tuple(_runs(text, code, stops)))


def _character_pairs(found: Pieces, stops: Collection[str]) -> Iterator[str]:
    for (left, right), gap in zip(pairwise(found.words), found.gaps[1:], strict=False):
        if not gap and _is_cjk(left) and _is_cjk(right):
            pair = left + right
            if _ONE_SCRIPT.fullmatch(pair) and not (pair in stops or left in stops or right in stops):
                yield pair


def _is_cjk(text: str) -> bool:
    return len(text) == 1 and text >= _FIRST_CJK and HAS_CJK.match(text) is not None


def _is_better(form: str, times: int, other: tuple[int, str], code: str) -> bool:
    """Whether a written form is to be shown instead: the more common, in Korean that without a particle."""
    return len(form) < len(other[1]) if code == "ko" else times > other[0]


def without_particles(form: str, code: str) -> str:
    """A word as written without the article or the particle that its language joins to it."""
    if code == "ko":
        return _KOREAN_PARTICLE.sub("", form)
    return _ARABIC_ARTICLE.sub("", form) if code in ("ar", "fa", "ur") else form


# --- Phrases ---


def _phrases(parts: Sequence[_Part], counts: Mapping[str, float], code: str) -> tuple[Phrase, ...]:
    """Words that stand together at least twice, the heaviest first."""
    met = [[*_neighbours(part, counts), *part.runs] for part in parts]
    times = Counter(keys for phrases in met for keys, _ in phrases)
    often = {keys for keys, count in times.items() if count >= _OFTEN}
    weights, shown = dict.fromkeys(often, 0.0), dict.fromkeys(often, "")
    for part, phrases in zip(parts, met, strict=True):
        for keys, form in phrases:
            if keys in often:
                weights[keys] += part.weight
                shown[keys] = form  # the text's form rather than the title's, which may be in capitals
    longer = (keys for keys in often if len(keys) > _PAIR)
    parts_of_longer = {part for keys in longer for part in (keys[:-1], keys[1:]) if times.get(part) == times[keys]}
    found = [keys for keys in often - parts_of_longer if _holds_together(keys, weights[keys], counts)]
    found.sort(key=lambda keys: (-weights[keys], keys))
    return tuple(Phrase(keys, _phrase_shown(shown[keys], code), weights[keys]) for keys in found[:MAX_PHRASES])


def _phrase_shown(form: str, code: str) -> str:
    return without_particles(form, code) if code == "ko" else form


def _holds_together(keys: tuple[str, ...], weight: float, counts: Mapping[str, float]) -> bool:
    return weight >= _SHARE_OF_WORD * min(counts.get(key, 0.0) for key in keys)


def _neighbours(part: _Part, counts: Mapping[str, float]) -> Iterator[tuple[tuple[str, ...], str]]:
    often = {form: key for form, key, _ in part.terms if counts.get(key, 0.0) >= _OFTEN}
    words, gaps = part.pieces.words, part.pieces.gaps
    for pair in _TWO_OF_THEM.finditer(bytes(map(often.__contains__, words))):
        place = pair.start()
        before, gap, word = words[place], gaps[place + 1], words[place + 1]
        left, right = often[before], often[word]
        if left != right and gap in _JOINTS:
            yield (left, right), f"{before}{gap}{word}"


def _runs(text: str, code: str, stops: Collection[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Longer words of Chinese and Japanese, under the keys of their pairs: 大統領 is 大統 and 統領."""
    for run in _RUN.finditer(text, 0, _MAX_RUNS):
        written = run.group()
        for form in (written,) if code == "ja" else _stretches(written, stops):
            if len(form) <= _LONGEST_COMPOUND or form[0] < _FIRST_KANJI:
                yield tuple(map("".join, pairwise(form))), form


def _stretches(run: str, stops: Collection[str]) -> Iterator[str]:
    """What may be a word: Chinese has no endings between words, in which a run would end as it does in Japanese."""
    for length in _RUN_LENGTHS:
        for start in range(len(run) - length + 1):
            form = run[start : start + length]
            if not any(character in stops for character in form):
                yield form


# --- Weighing ---


_Candidate = tuple[float, tuple[str, ...], str]  # its weight, its keys, and how it is shown


def _candidates(counts: Terms, idf_of: Callable[[str], float], names: Iterable[Named]) -> Iterator[_Candidate]:
    """Weighted; names before the phrases and words that weigh as much."""
    rarity = {key: idf_of(key) for key in counts}
    for name in names:
        if keys := _counted_keys(name, counts):
            heaviest = max(rarity[key] for key in keys if key in rarity)
            yield math.log1p(_weight_of_name(name, keys, counts)) * heaviest, keys, name.shown
    for phrase in counts.phrases:
        if rarity.keys() >= set(phrase.keys):
            yield math.log1p(phrase.weight) * _together([rarity[key] for key in phrase.keys]), phrase.keys, phrase.shown
    for key, weight in counts.items():
        shown = counts.forms[key]
        if len(shown) >= _SHORTEST_KEYWORD or shown.isupper() or shown >= _FIRST_KANJI:
            yield math.log1p(weight) * rarity[key], (key,), shown


def _are_akin(key: str, other: str) -> bool:
    """Whether two words are likely forms of one, or of one family: Golf and Golfs, abusar and abuso."""
    alike = max(_SHORTEST_STEM, math.ceil(_SAME_SHARE * min(len(key), len(other))))
    return key[:alike] == other[:alike]


def _together(rarities: Sequence[float]) -> float:
    """The rarity of a phrase: more than that of its rarest part, less than that of its ends together."""
    return max(_OF_RAREST * max(rarities), _OF_BOTH * (rarities[0] + rarities[-1]))


def _counted_keys(name: Named, counts: Terms) -> tuple[str, ...]:
    """The keys of a name of several words; none for agencies, and where no word of it was counted."""
    keys = _keys_of_name(name.shown, counts.code)
    if len(keys) < _OFTEN or counts.counts.keys().isdisjoint(keys) or is_agency(name.shown):
        return ()
    return keys


def _weight_of_name(name: Named, keys: Sequence[str], counts: Terms) -> float:
    """Its mentions. Where most mentions of a surname are its own, as many as of that word, whose place it takes."""
    own, surname = float(name.count), counts.get(keys[-1], 0.0)
    return max(own, surname) if own > surname / 2 else own


@lru_cache(maxsize=16_384)
def _keys_of_name(name: str, code: str) -> tuple[str, ...]:
    is_plain = name.isascii() and name.replace(" ", "").isalpha()  # as most are
    return tuple(filter(None, map(_keys(code).__getitem__, name.split() if is_plain else pieces(name).words)))
