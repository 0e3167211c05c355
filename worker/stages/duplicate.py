"""Copies: one text under several addresses, whole or in good part, and which of them was first.

Two steps. `fingerprint` gives what is stored and looked up: a digest for texts that are equal, MinHash bands for those
that may be alike. `judge` compares with the few candidates that share a band, by containment: which share of the
smaller text's shingles stands in the other. A wire report cut to a third by its copier still has all its shingles in
the original, while its Jaccard similarity is a third; independent reports of one event share hardly any.

MinHash: Broder, "On the resemblance and containment of documents", 1997.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rensa import RMinHash

from worker.stages.text.fold import fold

SHINGLE_WORDS = 5
SHORTEST_WITH_BANDS = 8  # words; below, a text is too short to be like another by more than chance
SHORTEST_COMPARED = 30  # words; below, only an equal text is a copy
# Simulated syndication (dateline changed, first third kept, paragraphs dropped, words edited) stays above 0.4, real
# reports of one event by different outlets below 0.36.
COPY_CONTAINMENT = 0.4

# Two rows a band let a text that is a third of another through in all but one case of a thousand: the price is
# candidates that are not copies, and `judge` is cheap.
BANDS, ROWS = 64, 2
_SEED = 20_251_119  # stored bands compare only with bands of the same seed: never change it
_BAND_STEP = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: spreads band numbers over all bits
_MASK = (1 << 64) - 1
# Words by the simplest rule that treats every script alike. `words.split` knows more, of possessives and initials,
# and takes five times as long; for copies it only matters that equal texts give equal words.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\\W_])+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is stored of a text: the digest of its folded words, its bands (signed 64 bit), how many words it has."""

    digest: str
    bands: tuple[int, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as it is compared. `credit` is the agency that its dateline or last line names."""

    id: int
    outlet: str
    published: datetime
    text: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of which origin the piece is a copy, and which stored origins turn out to be copies of the piece.

    Never both: a copy points to an origin, and an origin is no copy. `share` is the containment behind the verdict.
    """

    copy_of: int | None = None
    share: float = 0.0
    becomes_copy: tuple[int, ...] = ()


def fingerprint(text: str) -> Fingerprint:
    """The digest and bands of a text; equal for texts that differ in case, diacritics and punctuation only."""
    words = _words(text)
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
    if len(words) < SHORTEST_WITH_BANDS:
        return Fingerprint(digest, (), len(words))
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update([" ".join(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1)])
    return Fingerprint(digest, tuple(_bands(sketch.digest())), len(words))


def judge(piece: Piece, candidates: Sequence[Piece]) -> Judgement:
    """Decide about a piece and the origins that share a band or the digest with it.

    `candidates` are origins only. If the piece is the older one or is credited by a candidate, the candidate becomes
    its copy, unless the piece is a copy of another itself.
    """
    words = _words(piece.text)
    shares = {other.id: _share(words, _words(other.text)) for other in candidates if other.id != piece.id}
    alike = [other for other in candidates if shares.get(other.id, 0.0) >= COPY_CONTAINMENT]
    origins = [other for other in alike if not _comes_before(piece, other)]
    if origins:
        origin = max(origins, key=lambda other: (shares[other.id], -other.published.timestamp(), -other.id))
        return Judgement(copy_of=origin.id, share=shares[origin.id])
    copies = tuple(sorted(other.id for other in alike))
    return Judgement(share=max((shares[other] for other in copies), default=0.0), becomes_copy=copies)


def _words(text: str) -> list[str]:
    return [fold(word) or word for word in _WORD.findall(text.lower())]


def _bands(sketch: Sequence[int]) -> Iterable[int]:
    """One signed 64-bit number a band, mixed with its place, so that equal rows in different bands do not meet."""
    for band in range(BANDS):
        first, second = sketch[band * ROWS : (band + 1) * ROWS]
        mixed = (((first << 32) | second) ^ (band + 1) * _BAND_STEP) & _MASK
        yield mixed - (1 << 64) if mixed >> 63 else mixed


def _share(words: list[str], others: list[str]) -> float:
    """The share of the smaller text's shingles that the other has; 0 or 1 where one is too short for shares."""
    if min(len(words), len(others)) < SHORTEST_COMPARED:
        return float(bool(words) and words == others)
    ours, theirs = _shingles(words), _shingles(others)
    return len(ours & theirs) / min(len(ours), len(theirs))


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))


def _comes_before(one: Piece, other: Piece) -> bool:
    """Whether the first of two alike is the origin: credited by the other, else published first, else known first."""
    is_credited, gives_credit = _credits(other, one), _credits(one, other)
    if is_credited != gives_credit:
        return is_credited
    return (one.published, one.id) < (other.published, other.id)


def _credits(one: Piece, other: Piece) -> bool:
    """Whether one names the other's outlet as its source: "Meridian Wire", "AFP" for "AFP News"."""
    credit, outlet = set(_words(one.credit)), set(_words(other.outlet))
    return bool(credit and outlet) and (credit <= outlet or outlet <= credit)
