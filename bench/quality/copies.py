"""Copies: simulated syndication among real articles, decided the way the product decides.

    python -m bench.quality.copies --data FOLDER [--wrong]      lists what was folded wrongly, and what was not found

Real articles pass in order of time, and among them what is made from some of them: **copies** as outlets make them
(dateline and boilerplate added, the first part kept, paragraphs dropped, words edited, and several of these together),
articles of another outlet that hold half of one, and what only looks like a copy: independent reports that quote one
statement, and forms filled in twice. The real articles bring independent reports of one event with them, and a few
real copies, which were read and labelled by hand.

Outlets are divided in two halves. Thresholds were read off the development half.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.quality.table import Row, show
from worker.stages.duplicate import LEAST_RARITY, Fingerprint, Piece, fingerprint, judge
from worker.steps.group import COPY_CANDIDATES

NOT_HERE = "not measured: no data"
HALVES = ("development", "held out")
ORIGINALS = 60  # articles of each half that are syndicated
CARRIERS, QUOTING = 3, 2  # articles for each original: to be put into, and to quote a statement
WORDS_OF_ORIGINALS = (150, 2000)
SAME_EVENT_DAYS, SAME_EVENT_COSINE = 2, 0.5
USUAL_JACCARD, USUAL_BITS = 0.7, 3

Paragraphs = list[str]
Article = dict[str, str]  # url, source, published, text
Stream = Sequence["Item"]
Pairs = set[tuple[int, int]]  # the earlier item's place in the stream, and the later one's
Roots = list[int]  # of each item of the stream, the place of the one it is folded to: its own, if it is an origin

# Real pairs that are one text, told from their titles and both texts by eye: (the later, the earlier), each by the
# first eight digits of the SHA-256 of its address.
LABELLED = frozenset(
    [
        ("136c83c9", "1eb35b92"),  # Newsmax prints Bloomberg
        ("0df81d7a", "db27bf89"),  # The Guardian, from the Associated Press
        ("3f842130", "5118cce2"),  # Reuters and The Guardian, from one report
        ("40b8797c", "59af63c9"),  # CBS News, from the Associated Press
        ("29b55d13", "29b55d13"),  # The Washington Times prints Reuters
        ("c98063bc", "c98063bc"),  # Townhall, twice
        ("b3bdc7b4", "b3bdc7b4"),  # National Review, twice
        ("8109ccfa", "c1c11f22"),  # "contains material from Reuters"
    ]
)


@dataclass(frozen=True, slots=True)
class Item:
    """An article of the stream. Copies are of their origin's group; `made` says how, and is "" of real ones."""

    outlet: str
    published: datetime
    text: str
    group: str
    made: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of a stream: which items fold to one, which of them only in part."""

    roots: Roots
    parts: frozenset[int] = frozenset()
    asked: float = 0.0  # candidates that an article was compared with, on average


# --- What outlets do to a text ---


def add_dateline(text: Paragraphs, chance: random.Random) -> Paragraphs:
    place = chance.choice(["LONDON", "GENEVA", "NAIROBI", "LIMA, Peru", "SEOUL"])
    return [
        f"{place}, {chance.choice(['Jan', 'May', 'Nov'])} {chance.randint(1, 28)} (Quay Wire) - {text[0]}",
        *text[1:],
    ]


def add_boilerplate(text: Paragraphs, chance: random.Random) -> Paragraphs:
    return [
        "Share this story with your friends, or save it and read it later when you have more time.",
        *text,
        f"The {chance.choice(['Mirror', 'Post'])} is read by many thousands of people every day. Subscribe to"
        " our morning letter and never miss what matters in your town. All rights reserved, and all that is printed"
        " here may be printed elsewhere only if we agree to it in writing.",
    ]


def keep_first(text: Paragraphs, _: random.Random, share: float) -> Paragraphs:
    """Whole paragraphs while they fit, and the words of the next one that still do, as editors cut."""
    left = round(sum(len(paragraph.split()) for paragraph in text) * share)
    kept = []
    for paragraph in text:
        words = paragraph.split()[:left]
        left -= len(words)
        if words:
            kept.append(" ".join(words))
    return kept


def drop_paragraphs(text: Paragraphs, chance: random.Random) -> Paragraphs:
    kept = [paragraph for paragraph in text if chance.random() > 0.3]
    return kept or text[:1]


def edit_words(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Of a hundred words, eight are left out, doubled by another or replaced by one."""
    known = [word for paragraph in text for word in paragraph.split()]

    def edited(word: str) -> str:
        if chance.random() >= 0.08:
            return word
        return chance.choice(["", chance.choice(known), f"{word} {chance.choice(known)}"])

    return [" ".join(edited(word) for word in paragraph.split()) for paragraph in text]


def embed_half(text: Paragraphs, chance: random.Random, carrier: Paragraphs) -> Paragraphs:
    """Half of its paragraphs, one run of them, in the middle of an article of another's."""
    begin = chance.choice([0, len(text) // 2])
    half = text[begin : begin + max(len(text) // 2, 1)]
    middle = len(carrier) // 2
    return [*carrier[:middle], *half, *carrier[middle:]]


Edit = Callable[[Paragraphs, random.Random], Paragraphs]

# The kinds of copies, each a chain of edits.
EDITS: dict[str, tuple[Edit, ...]] = {
    "dateline changed": (add_dateline,),
    "first 60 % kept": (partial(keep_first, share=0.6),),
    "first 35 % kept": (partial(keep_first, share=0.35),),
    "paragraphs dropped": (drop_paragraphs,),
    "words edited": (edit_words,),
    "dateline, 60 %, boilerplate": (partial(keep_first, share=0.6), add_dateline, add_boilerplate),
    "35 %, edited": (partial(keep_first, share=0.35), edit_words, add_dateline),
    "dropped, edited, boilerplate": (drop_paragraphs, edit_words, add_boilerplate),
}
# And what is done to an article after half of another was put into it.
EMBEDDED: dict[str, tuple[Edit, ...]] = {"half embedded": (), "half embedded, edited": (edit_words,)}


# --- The stream ---


def stream(articles: Sequence[Article], half: str, originals: int = ORIGINALS) -> list[Item]:
    """The real articles of one half of the outlets, and all that is made of them, in order of time."""
    real = [article for article in articles if half_of(article["source"]) == half]
    chance = random.Random(f"copies, {half}")  # noqa: S311 -- a simulation, the same each time
    fit = [article for article in real if _is_fit(article["text"])]
    chosen = chance.sample(fit, originals * (1 + CARRIERS + QUOTING))
    syndicated, others = chosen[:originals], chosen[originals:]  # others come changed, and not as they are
    carriers, quoting = others[: originals * CARRIERS], others[originals * CARRIERS :]
    gone = {article["url"] for article in others}
    items = [_real(article) for article in real if article["url"] not in gone]
    for original in syndicated:
        items += _copies(original, carriers, chance)
    items += _quotations(quoting, syndicated, chance)
    items += _forms(chance)
    return sorted(items, key=lambda item: (item.published, item.group, item.made))


def half_of(outlet: str) -> str:
    return HALVES[hashlib.sha256(outlet.encode()).digest()[0] % 2]


def _is_fit(text: str) -> bool:
    least, most = WORDS_OF_ORIGINALS
    return least <= len(text.split()) <= most and len(_paragraphs(text)) >= 6


def _paragraphs(text: str) -> Paragraphs:
    return [paragraph for paragraph in text.split("\n") if paragraph.strip()]


def _address(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:8]


def _when(article: Article) -> datetime:
    return datetime.fromisoformat(article["published"]).replace(tzinfo=UTC)


def _real(article: Article) -> Item:
    return Item(article["source"], _when(article), article["text"], _address(article["url"]))


def _copies(original: Article, carriers: list[Article], chance: random.Random) -> Iterator[Item]:
    """One of each kind. A carrier is an article of another outlet's, and serves once."""
    for made, chain in {**EDITS, **EMBEDDED}.items():
        text, outlet = _paragraphs(original["text"]), f"The {made} Post"
        if made in EMBEDDED:
            carrier = next(other for other in carriers if other["source"] != original["source"])
            carriers.remove(carrier)
            text, outlet = embed_half(text, chance, _paragraphs(carrier["text"])), carrier["source"]
        for edit in chain:
            text = edit(text, chance)
        published = _when(original) + timedelta(hours=chance.uniform(1, 60))
        yield Item(outlet, published, "\n".join(text), _address(original["url"]), made)


def _quotations(reports: Sequence[Article], sources: Sequence[Article], chance: random.Random) -> Iterator[Item]:
    """Two independent reports with one statement in both, and short ones in which it is a third of the words."""
    for number, (one, other) in enumerate(zip(reports[::2], reports[1::2], strict=False)):
        words = re.sub('["“”]', "", sources[number % len(sources)]["text"]).split()
        begin = chance.randrange(max(len(words) - 60, 1))
        statement = " ".join(words[begin : begin + chance.randint(30, 60)])
        for report in (one, other):
            most = chance.choice([3, 6, 1000])
            text = _paragraphs(report["text"])[:most]
            text.insert(1, f"“{statement},” the minister said.")
            yield Item(report["source"], _when(one), "\n".join(text), _address(report["url"]), "shared quotation")


# Reports that are filled in, told in the same words of different days, places and people.
FORMS = {
    "weather": """
        Weather for {place}: {sky} on {day} with a high of {a} degrees and a low of {b} degrees. Winds will come from
        the {way} at {c} to {d} kilometres an hour, and the chance of rain stands at {e} per cent. The sun rises at {f}
        and sets at {g}. On the following day the temperature in {place} is expected to reach {h} degrees, with {sky}
        in the afternoon. Motorists in {place} are asked to drive carefully and to listen to the forecast before they
        set out. The next forecast will be issued by the weather office in {place} at {f}.
    """,
    "market": """
        Shares in {place} closed {way} on {day}, with the leading index at {a}{b} points, a change of 0.{c} per cent
        from the day before. The most traded paper was {name}, which ended the session at {d}.{e} a share. Among the
        losers of the day was {other}, down {f} per cent after it told investors that profit for the quarter would come
        to {g} million. Gold was traded at {a}{h} an ounce, and the barrel of oil at {d} dollars. Traders in {place}
        said that they would wait for the figures of {name}, which are due next week.
    """,
    "match": """
        {place} beat {elsewhere} by {a} to {b} on {day} in front of {c}{d} spectators. {name} gave the home side the
        lead in minute {e} with a shot from {f} metres, and {other} made it two shortly before the break. The visitors
        had their best chance in minute {g}, when the goalkeeper of {place} had to leave his line. With this result
        {place} move up to place {h} in the table, while {elsewhere} stay where they were. The coach of {elsewhere}
        said after the match that his team had been punished for its mistakes in defence.
    """,
}
_PLACES = ["Harwick", "Dunmore", "Port Ellery", "Quenby", "Sula", "Anstey", "Lorne", "Maravilla", "Tarn", "Oldbridge"]
_NAMES = [
    "Brannock",
    "Okafor",
    "Lindqvist",
    "Halderman",
    "Petrosyan",
    "Yamada",
    "Oduya",
    "Castellane",
    "Fernley",
    "Wray",
]
FILLED_IN = 6


def _forms(chance: random.Random) -> Iterator[Item]:
    for form, words in FORMS.items():
        for number in range(FILLED_IN):
            places, names = chance.sample(_PLACES, 2), chance.sample(_NAMES, 2)
            text = " ".join(words.split()).format(
                place=places[0], elsewhere=places[1], name=names[0], other=names[1],
                day=chance.choice(["Monday", "Wednesday", "Friday", "Sunday"]),
                sky=chance.choice(["sunny spells", "light snow", "heavy clouds", "morning fog"]),
                way=chance.choice(["higher", "lower", "unchanged"]),
                **{letter: chance.randint(2, 99) for letter in "abcdefgh"},
            )  # fmt: skip
            published = datetime(2018, 11, 1 + number, 7, tzinfo=UTC)
            yield Item(f"{form} office {number}", published, text, f"{form} {number}", "form filled in")


# --- Deciding ---


@dataclass(slots=True)
class Archive:
    """What the database holds: the stored bands, and who is nobody's copy."""

    pieces: list[Piece] = field(default_factory=list)
    by_band: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    copy_of: dict[int, int] = field(default_factory=dict)
    part_of: dict[int, int] = field(default_factory=dict)
    asked: int = 0  # candidates in all

    def candidates(self, found: Fingerprint) -> list[Piece]:
        """As `storage.articles.copy_candidates`: origins that share bands, rare ones first."""
        rarity: dict[int, float] = defaultdict(float)
        for holding in filter(None, map(self.by_band.get, found.probes)):
            for number in holding:
                rarity[number] += 1 / len(holding)
        enough = [number for number, together in rarity.items() if together >= LEAST_RARITY]
        alike = sorted(enough, key=lambda number: (-rarity[number], number))[:COPY_CANDIDATES]
        self.asked += len(alike)
        return [self.pieces[number] for number in alike]

    def reads(self, piece: Piece) -> None:
        found = fingerprint(piece.text)
        verdict = judge(piece, self.candidates(found))
        self.pieces.append(piece)
        if verdict.copy_of is None:
            for band in found.bands:
                self.by_band[band].append(piece.id)
        if verdict.copy_of is not None:
            self.copy_of[piece.id] = verdict.copy_of
        if verdict.part_of is not None:
            self.part_of[piece.id] = verdict.part_of
        for copy in verdict.becomes_copy:
            self._turns(copy, piece.id)
        for part in verdict.becomes_part:
            self.part_of.setdefault(part.id, piece.id)

    def _turns(self, copy: int, origin: int) -> None:
        for table in (self.copy_of, self.part_of):
            table.update({number: origin for number, of in table.items() if of == copy})
        for band in fingerprint(self.pieces[copy].text).bands:
            self.by_band[band].remove(copy)
        self.copy_of[copy] = origin
        self.part_of.pop(copy, None)

    def root(self, number: int) -> int:
        """The one it is a copy of, or partly."""
        number = self.copy_of.get(number, number)
        origin = self.part_of.get(number, number)
        return self.copy_of.get(origin, origin)


def decide(items: Stream) -> Verdicts:
    """As the product does: one article after the other."""
    archive = Archive()
    for number, item in enumerate(items):
        archive.reads(Piece(number, item.outlet, item.published, item.text))
    roots = [archive.root(number) for number in range(len(items))]
    return Verdicts(roots, frozenset(archive.part_of), archive.asked / max(len(items), 1))


def by_jaccard(items: Stream) -> Verdicts:
    """The usual rule: of all 5-word shingles of two texts, most in common. The first such one is the origin."""
    known: dict[int, list[int]] = defaultdict(list)
    sizes: list[int] = []
    roots: Roots = []
    for number, item in enumerate(items):
        words = item.text.lower().split()
        shingles = {hash(shingle) for shingle in zip(*(words[start:] for start in range(5)), strict=False)}
        shared = Counter(other for shingle in shingles for other in known.get(shingle, ()))
        alike = [n for n, both in shared.items() if both >= USUAL_JACCARD * (len(shingles) + sizes[n] - both)]
        roots.append(roots[min(alike)] if alike else number)
        sizes.append(len(shingles))
        for shingle in shingles:
            known[shingle].append(number)
    return Verdicts(roots)


def by_simhash(items: Stream) -> Verdicts:
    """SimHash: of 64 bits, each the sign of a sum over the words; at most three differ."""
    prints = np.zeros(len(items), np.uint64)
    roots: Roots = []
    for number, item in enumerate(items):
        prints[number] = _simhash(item.text)
        distances = np.bitwise_count(prints[:number] ^ prints[number])
        near = np.flatnonzero(distances <= USUAL_BITS)
        roots.append(roots[int(near[0])] if len(near) else number)
    return Verdicts(roots)


def _simhash(text: str) -> int:
    words = re.findall(r"\w+", text.lower())
    digests = b"".join(hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words)
    bits = np.unpackbits(np.frombuffer(digests, np.uint8).reshape(-1, 8), axis=1).astype(np.int32)
    return int.from_bytes(np.packbits((2 * bits - 1).sum(axis=0) > 0).tobytes(), "big")


# --- Scoring ---


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs that were folded to one origin against those that are of one origin."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.true)


def truth(items: Stream) -> list[str]:
    """The group of each item, where real copies are of the group of their origin."""
    of = dict(LABELLED)
    return [of.get(item.group, item.group) for item in items]


def pairs(labels: Sequence[object]) -> Pairs:
    members: dict[object, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        members[label].append(number)
    return {pair for same in members.values() for pair in combinations(same, 2)}


def score(items: Stream, verdicts: Verdicts) -> Score:
    found, true = pairs(verdicts.roots), pairs(truth(items))
    return Score(len(found & true), len(found), len(true))


def taken_wrongly(items: Stream, verdicts: Verdicts) -> tuple[Pairs, Pairs]:
    """The pairs that are not of one origin and were taken for it: folded as copies, and told as parts."""
    false = pairs(verdicts.roots) - pairs(truth(items))
    parts = {pair for pair in false if verdicts.parts.intersection(pair)}
    return false - parts, parts


def recall_by_edit(items: Stream, verdicts: Verdicts) -> dict[str, float]:
    """Of each kind of copy, the share that is folded to its own origin."""
    origins = {item.group: number for number, item in enumerate(items) if not item.made}
    kinds: dict[str, list[bool]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.made and item.group in origins:
            kinds[item.made].append(verdicts.roots[number] == verdicts.roots[origins[item.group]])
    return {made: sum(right) / len(right) for made, right in kinds.items()}


def same_event(items: Stream) -> Pairs:
    """Real reports of different outlets, near in time and in words (cosine of TF-IDF), that are not one text."""
    real = [number for number, item in enumerate(items) if not item.made]
    vectors = _vectors([items[number].text for number in real])
    near = np.argwhere(np.triu(vectors @ vectors.T >= SAME_EVENT_COSINE, 1))
    labels = truth(items)
    found = set()
    for one, other in near:
        first, second = real[one], real[other]
        apart = items[second].published - items[first].published
        is_other_outlet = items[first].outlet != items[second].outlet
        if is_other_outlet and apart <= timedelta(days=SAME_EVENT_DAYS) and labels[first] != labels[second]:
            found.add((first, second))
    return found


def _vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """TF-IDF, the words hashed to so many places: enough to tell which reports are of one event."""
    places = 1 << 13
    counts = np.zeros((len(texts), places), np.float32)
    for row, text in enumerate(texts):
        for word, times in Counter(re.findall(r"[^\W\d_]{3,}", text.lower())).items():
            counts[row, int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big") % places] += times
    weights = np.log1p(counts) * np.log(len(texts) / (1 + (counts > 0).sum(axis=0)).clip(1))
    weights = weights.clip(0)
    return np.asarray(weights / np.linalg.norm(weights, axis=1, keepdims=True).clip(1e-9), np.float32)


def independent(items: Stream) -> Pairs:
    """All pairs that look alike and are not: reports of one event, of one statement, and of one form."""
    made = [n for n, item in enumerate(items) if item.made in ("shared quotation", "form filled in")]
    labels = truth(items)
    return same_event(items) | {pair for pair in combinations(made, 2) if labels[pair[0]] != labels[pair[1]]}


# --- The table ---


def measure(data: Path | None) -> list[Row]:
    """The rows of the quality table. `data` is the folder of the development data, None where it is absent."""
    if data is None:
        return [Row("copies: pair F1", None, goal=0.95, note=NOT_HERE)]
    articles = load(data)
    rows = []
    for half in HALVES:
        print(f"copies: {half}", file=sys.stderr)
        rows += _rows(stream(articles, half), half)
    return rows


def load(data: Path) -> list[Article]:
    with gzip.open(data / "articles" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _rows(items: Stream, half: str) -> list[Row]:
    ours = decide(items)
    others = {"Jaccard >= 0.7": by_jaccard(items), "SimHash": by_simhash(items)}
    scores = {name: score(items, verdicts) for name, verdicts in others.items()}
    found = score(items, ours)
    copies, parts = taken_wrongly(items, ours)
    theirs = {name: float(len(taken_wrongly(items, verdicts)[0])) for name, verdicts in others.items()}
    rows = [
        Row(f"copies: pair F1, {half}", found.f1, goal=0.95, others={name: of.f1 for name, of in scores.items()},
            note=f"{found.true} pairs, precision {found.precision:.3f}, recall {found.recall:.3f};"
            f" {ours.asked:.1f} candidates compared for each article"),
        Row(f"copies: independent reports taken for copies, {half}", float(len(copies)), goal=0.0, unit="pairs",
            others=theirs, more_is_better=False,
            note=f"of {len(independent(items))} that look alike; {len(parts)} taken for parts"),
    ]  # fmt: skip
    by_edit = {name: recall_by_edit(items, verdicts) for name, verdicts in others.items()}
    for made, share in sorted(recall_by_edit(items, ours).items()):
        rows.append(Row(f"  recall, {made}, {half}", share, others={name: of[made] for name, of in by_edit.items()}))
    return rows


def wrong(items: Stream) -> Iterator[str]:
    """The pairs that should not have been folded or should have been, one a line."""
    verdicts = decide(items)
    found, true = pairs(verdicts.roots), pairs(truth(items))
    for kind, among in (("not one text", found - true), ("not found", true - found)):
        for one, other in sorted(among):
            yield f"{kind}: {_told(items[one])} | {_told(items[other])}"


def _told(item: Item) -> str:
    return f"{item.published:%Y-%m-%d} {item.outlet} {item.group} [{item.made or 'real'}] {item.text[:60]!r}"


def _main() -> None:
    parser = argparse.ArgumentParser(description="How well copies are told from independent reports.")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds `articles`")
    parser.add_argument("--wrong", action="store_true", help="list the wrong pairs")
    asked = parser.parse_args()
    if asked.wrong:
        articles = load(asked.data)
        for half in HALVES:
            print(f"--- {half}", *wrong(stream(articles, half)), sep="\n")
    else:
        show(measure(asked.data))


if __name__ == "__main__":
    _main()
