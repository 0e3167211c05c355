"""A story in a few words: its title and its summary, chosen from what its own reports say.

Nothing is worded here: a title is one of the reports' titles, a summary is sentences as they stand in the reports'
openings. A title wins by saying what most reports say, plainly; sentences by saying the most of what is not said yet
(greedy coverage of weighted words, as in SumBasic and its successors). Of a long story only the beginning and the
newest reports are looked at, and of each report its opening, so that a new one costs little.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, repeat
from typing import NamedTuple

from worker.stages.text.fold import fold
from worker.stages.text.stopwords import primary, stopwords
from worker.stages.text.words import sentences

Keys = frozenset[str]
Weights = Mapping[str, float]

MAX_SENTENCE = 240  # characters
OPENING = 1500  # characters of a report; further on it fills in
EARLIEST, NEWEST = 10, 20  # reports of a long story that are looked at

HALF_LIFE = timedelta(days=3)  # in which a report loses half its say in what the story is called now
CLEARLY_BETTER = 1.4  # times the present title's score; with less, the story keeps its name

_PREFIX = 6  # letters of a word that count: injured and injuries, Zelensky and Zelenskiy, Ukraine and Ukrainian
_FEWEST_KEYS_OF_TITLE, _MOST_CHARACTERS_OF_TITLE = 3, 110
_SHORTEST_SENTENCE, _FEWEST_KEYS = 40, 4
_MOST_SENTENCES = 10  # of an opening
_SAME = 0.6  # of a sentence's words: with more of them said already, it says nothing new
_USED_AGAIN = 0.8  # what a second sentence of one report counts
_QUOTED = 0.4  # of a sentence: with more of it in quotation marks, it needs its speaker's context

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORDS = re.compile(rf"[{_CJK}]{{1,40}}|[^\W_{_CJK}]{{1,40}}")
_IS_CJK = re.compile(f"[{_CJK}]")
_CLOSING = "\"”’)]»'"
_ENDS = (".", "!", "…", "。", "！", "۔", "।")
_QUOTATION = re.compile(r"[\"“„«「][^\"“”„«»「」]{0,400}[\"”“»」]")
_QUOTES = re.compile('["“”„«»「」]')
# Of pages, not of reports. Looked for one by one, which takes a tenth of the time of one pattern.
_CLUTTER = (
    *("http:", "https:", "www.", "@", "©", "click", "subscribe", "sign up", "read more", "newsletter"),
    *("photo by", "photograph by", "getty images", "…", "..."),
)
_LABEL = re.compile(
    r"(?:(?:live|watch|video|audio|listen|photos|pictures|gallery|opinion|analysis|comment|column|editorial|letters?|"
    r"explainer|explained|factbox|fact check|q&a|quiz|review|podcast|briefing|recap|timeline|exclusive|breaking|"
    r"perspective|interview|profile|liveblog|live blog|live updates?|as it happened|en direct|en vivo|liveticker|"
    r"kommentar|meinung|opini[oó]n|an[aá]lisis|analyse|opinione|мнение|видео|онлайн|думка|відео)\b\s*[:|–—-]"
    r"|.{0,120}\blive[ -]?(?:blog|ticker|updates)\b|update \d"
    r"|.{0,120}[:|–—-]\s*(?:live|live updates?|live blog|as it happened|opinion|analysis|video|explained|explainer)$)",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:how|why|what|when|who|where|here(?:'|’)?s|here are|this is|these are|inside|meet|everything"
    r"|\d+ (?:things|ways|reasons|takeaways)|wie|warum|was|pourquoi|comment|c[oó]mo"
    r"|por qu[eé]|perch[eé]|как|почему|що|чому)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:I|I['’]m|(?i:my|you|your|we|our))\b")

_SOMEONE = re.compile(r"The \d{1,3}-year-old\b")  # who was named before

# Words by which a sentence leans on the one before it, so that it cannot stand alone.
_LEANING: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "he she they it his her hers their its this that these those but and or so yet however meanwhile also "
        "then there here we i you our my who which such both another others him them instead still thus therefore "
        "moreover earlier later afterwards asked speaking according not nor because",
        "de": "er sie es ihr ihre sein seine dies diese dieser dieses aber und doch jedoch dabei damit dafür darum "
        "deshalb wir ich auch zudem außerdem",
        "fr": "il elle ils elles ce cette ces cela mais et son sa ses leur leurs nous je on cependant toutefois aussi",
        "es": "él ella ellos ellas esto eso pero y su sus también nosotros yo además sin",
        "it": "lui lei loro egli ma e questo questa ciò suo sua anche noi io inoltre però",
        "pt": "ele ela eles elas isso isto mas e seu sua também nós eu além porém",
        "nl": "hij zij ze maar en dit zijn haar hun ook wij we ik bovendien",
        "pl": "on ona oni one ale i jego jej ich też my ja jednak także",
        "sv": "han hon de men och hans hennes deras också vi jag",
        "ru": "он она они оно это но и его её ее их также мы я однако кроме",
        "uk": "він вона вони воно це але і й його її їх також ми я однак проте",
        "tr": "o onlar bu ama ve ancak bunun onun biz ben ayrıca",
        "ar": "هو هي هم هذا هذه لكن كما",
        "zh": "他 她 它 这 那 但 也",
        "ja": "彼 彼女 それ しかし また",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Report:
    """An independent article of a story. Of `text` the opening is enough; `when` is the article's own time."""

    id: int
    outlet: str
    title: str
    when: datetime
    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a summary, as it stands in `article`."""

    text: str
    article: int
    outlet: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a story is called, and what happened in it."""

    title: str
    summary: tuple[Sentence, ...]


def describe(reports: Iterable[Report], present: str = "", most: int = 3) -> Description:
    """Title and summary in one go, which costs less than one after the other; see `title_of` and `summary_of`."""
    coverage = _Coverage(reports)
    return Description(_title_of(coverage, present), _summary_of(coverage, most))


def title_of(reports: Iterable[Report], present: str = "") -> str:
    """The title that says best what the reports say now; `present` stays unless another is clearly better.

    `present` counts only while it is the title of one of the reports. Empty when no report has a title.
    """
    return _title_of(_Coverage(reports), present)


def summary_of(reports: Iterable[Report], most: int = 3) -> tuple[Sentence, ...]:
    """What happened, the latest development, the detail that most reports carry; at most `most` sentences.

    Each is at most `MAX_SENTENCE` characters. Fewer, or none, when the reports have no sentences that can stand alone.
    """
    return _summary_of(_Coverage(reports), most)


# --- Reading the openings ---


class _Opening(NamedTuple):
    """What of one report is looked at: the keys of its words, and the sentences that can stand alone."""

    report: Report
    title_keys: Keys
    keys: Keys
    pieces: Sequence[tuple[str, Keys]]  # sentences and their keys, in order


def _openings(reports: Iterable[Report]) -> list[_Opening]:
    """In event order; of many, the earliest and the newest."""
    ordered = sorted(reports, key=lambda report: (report.when, report.id))
    if len(ordered) > EARLIEST + NEWEST:
        ordered = ordered[:EARLIEST] + ordered[-NEWEST:]
    return [_Opening(report, *_read(report.title, report.text[:OPENING], report.language)) for report in ordered]


@lru_cache(maxsize=512)  # a new report comes beside those of its story that were looked at before
def _read(title: str, text: str, language: str) -> tuple[Keys, Keys, Sequence[tuple[str, Keys]]]:
    in_title = _keys(title[:OPENING], language)
    said = [(sentence.text, _keys(sentence.text, language)) for sentence in sentences(text)[:_MOST_SENTENCES]]
    leaning = _LEANING.get(primary(language), _LEANING["en"])
    alone = [(text, keys) for text, keys in said if _is_whole(text) and not _leans(text, leaning)]
    return in_title, in_title.union(*(keys for _, keys in said)), alone


def _keys(text: str, language: str) -> Keys:
    """What the words of a text are compared by, without function words."""
    words = set(_WORDS.findall(text))
    return frozenset(chain.from_iterable(map(_keys_of, words, repeat(language))))


@lru_cache(maxsize=32_768)
def _keys_of(word: str, language: str) -> tuple[str, ...]:
    if _IS_CJK.match(word):  # no spaces between words: neighbours are the nearest to one
        return tuple(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    folded = fold(word)
    says_nothing = folded in stopwords(language) or (len(folded) < 2 and not folded.isdigit())
    return () if says_nothing else (folded[:_PREFIX],)


def _is_whole(text: str) -> bool:
    """A statement from its first letter to its full stop, of readable length; a Chinese one takes half the signs."""
    shortest = _SHORTEST_SENTENCE // 2 if _IS_CJK.search(text) else _SHORTEST_SENTENCE
    if not shortest <= len(text) <= MAX_SENTENCE or not text.rstrip(_CLOSING).endswith(_ENDS):
        return False
    if not text[0].isalnum() or text[0].islower():
        return False
    lower = text.lower()
    return not any(clutter in lower for clutter in _CLUTTER)


def _leans(text: str, leaning: frozenset[str]) -> bool:
    first = _WORDS.match(text)
    word = first.group().casefold() if first else ""
    if word in leaning or (word and _IS_CJK.match(word) and word.startswith(tuple(leaning))) or _SOMEONE.match(text):
        return True
    if len(_QUOTES.findall(text)) % 2:
        return True
    return sum(map(len, _QUOTATION.findall(text))) > _QUOTED * len(text)


# --- Weighing ---


class _Coverage:
    """A story's reports beside each other. The weight of a word says how much of the story has it.

    `everywhere` counts all reports alike, `now` the newer ones more. What only one of several reports says has no
    weight; a word of a title counts twice.
    """

    def __init__(self, reports: Iterable[Report]) -> None:
        self.openings = _openings(reports)
        times: Counter[str] = Counter()
        for opening in self.openings:
            times.update(opening.keys)
        fewest = 2 if len(self.openings) > 1 else 1
        self.shared = frozenset([key for key, number in times.items() if number >= fewest])
        for opening in self.openings:
            times.update(opening.title_keys)
        self.everywhere: Weights = times
        self.now: Weights = self._faded() if self._half_lives(0) else times

    def in_main_language(self) -> Sequence[_Opening]:
        """The reports in the language of most of them; of two with as many, the one in which the story began."""
        counts = Counter(primary(opening.report.language) for opening in self.openings)
        main = counts.most_common(1)[0][0] if counts else ""
        return [opening for opening in self.openings if primary(opening.report.language) == main]

    def _faded(self) -> Weights:
        weights: dict[str, float] = defaultdict(float)
        for place, opening in enumerate(self.openings):
            weight = 0.5 ** self._half_lives(place)
            for keys in (opening.keys, opening.title_keys):
                for key in keys & self.shared:
                    weights[key] += weight
        return weights

    def _half_lives(self, place: int) -> int:
        """How old a report is beside the newest one, in whole half-lives."""
        if not self.openings:
            return 0
        return (self.openings[-1].report.when - self.openings[place].report.when) // HALF_LIFE


# --- Choosing a title ---


def _title_of(coverage: _Coverage, present: str) -> str:
    worth: dict[str, float] = {}
    for opening in coverage.in_main_language():
        title = opening.report.title.strip()
        if title and title not in worth:
            worth[title] = _worth_of_title(title, opening.title_keys, coverage)
    best = max(worth, key=lambda title: worth[title], default="")
    kept = worth.get(present.strip())
    return present.strip() if kept is not None and worth[best] <= CLEARLY_BETTER * kept else best


def _worth_of_title(title: str, keys: Keys, coverage: _Coverage) -> float:
    """How much of what the reports share it says, less for whatever makes it teaser, label or noise."""
    said = sum(map(coverage.now.__getitem__, keys & coverage.shared))
    return (0.01 + said) / math.sqrt(len(keys) + 2) * _plainness(title, len(keys))


@lru_cache(maxsize=2048)
def _plainness(title: str, keys: int) -> float:
    faults = (
        (title.rstrip(_CLOSING).endswith(("?", "？", "؟")), 0.4),
        (title.endswith(("…", "...")), 0.5),
        ("!" in title, 0.7),
        (bool(_LABEL.match(title)), 0.4),
        (bool(_TEASER.match(title)), 0.5),
        (bool(_PERSONAL.search(title)), 0.6),
        (title[0] in "\"“‘«'", 0.8),
        (" | " in title, 0.7),
        (_is_shouted(title), 0.5),
        (keys < _FEWEST_KEYS_OF_TITLE, 0.6),
        (len(title) > _MOST_CHARACTERS_OF_TITLE, 0.7),
    )
    worth = math.prod(factor for is_so, factor in faults if is_so)
    return worth * (1.1 if any(map(str.isdigit, title)) else 1.0)


def _is_shouted(title: str) -> bool:
    """All capitals, in a script that has them."""
    return title.isupper() and sum(map(str.isalpha, title)) > 5


# --- Choosing sentences ---


class _Candidate(NamedTuple):
    """A sentence that may be taken."""

    text: str
    keys: Keys
    shared: Keys  # those that other reports have too
    place: int  # among its report's sentences
    report: Report


def _summary_of(coverage: _Coverage, most: int) -> tuple[Sentence, ...]:
    choice, openings = _Choice(coverage), coverage.openings
    newest = max(1, len(openings) // 3)
    choice.take(coverage.everywhere, among=openings[:-newest])
    choice.take(coverage.now, among=openings[-newest:])
    while len(choice.taken) < most and choice.take(coverage.everywhere, by_place=0.05):
        pass
    return tuple(Sentence(c.text, c.report.id, c.report.outlet) for c in choice.taken[:most])


class _Choice:
    """The sentences taken so far, and what they say."""

    def __init__(self, coverage: _Coverage) -> None:
        self.taken: list[_Candidate] = []
        self._said: set[str] = set()
        self._left = [
            _Candidate(text, keys, keys & coverage.shared, place, opening.report)
            for opening in coverage.in_main_language()
            for place, (text, keys) in enumerate(opening.pieces)
            if len(keys) >= _FEWEST_KEYS
        ]

    def take(self, weights: Weights, among: Iterable[_Opening] = (), by_place: float = 0.25) -> bool:
        """Take the sentence that adds most; one from `among` these openings, if one of theirs adds anything.

        `by_place`: how much less each sentence counts than the one before it.
        """
        wanted = {opening.report.id for opening in among}
        said = self._said
        self._left = [c for c in self._left if len(c.keys & said) <= _SAME * len(c.keys)]
        pool = [c for c in self._left if c.report.id in wanted] or self._left
        if not pool:
            return False
        used = {taken.report.id for taken in self.taken}
        worths = [self._worth(c, weights, by_place) * (_USED_AGAIN if c.report.id in used else 1.0) for c in pool]
        best = pool[worths.index(max(worths))]
        self.taken.append(best)
        self._said |= best.keys
        return True

    def _worth(self, candidate: _Candidate, weights: Weights, by_place: float) -> float:
        adds = sum(map(weights.__getitem__, candidate.shared - self._said))
        return adds / math.sqrt(len(candidate.keys) + 4) / (1 + by_place * candidate.place)
