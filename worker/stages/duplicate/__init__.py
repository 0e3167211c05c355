"""Copies: one text under several addresses, whole or in part, and which of them was first.

Two steps. `fingerprint` gives what is stored and looked up: a digest for texts that are equal, and for those that may
be alike a sample of their shingles, the smallest of their hashes. What two texts share is among the smallest of both
too, so that two dozen numbers find a text cut to a third, and half of one within another. `judge` then compares the
texts themselves with the few candidates that have numbers in common.

A **copy** is mostly another's text: it points to its origin, and is no voice of its own. An article that takes over a
good part of another and adds as much of its own is **partly copied**: it is told and counted like any other, and says
whose text it holds, and how much of its own that is. Independent reports share a few phrases at most.

Samples by smallest hashes: Broder, "On the resemblance and containment of documents", 1997.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worker.stages.duplicate.origin import Piece, comes_before, is_credited, same_outlet
from worker.stages.duplicate.overlap import Side, overlap
from worker.stages.duplicate.shingles import LONGEST_COMPARED, Numbers, folded_words, shingled

__all__ = ["Fingerprint", "Judgement", "Part", "Piece", "fingerprint", "judge"]

BANDS = 24  # numbers stored of a text: of one cut to a third, eight stand among its origin's
PROBES = 64  # numbers a text is looked up by: a long one may hold a short one, of which more of the smallest are stored
LEAST_BANDS = 2  # numbers of each text, and how many a candidate has in common at least
# Or better: how rare they are together. One that an archive holds of n articles counts 1/n; of a common phrase and of
# what stands under everything an outlet prints n is large.
LEAST_RARITY = 0.5
SHORTEST_COMPARED = 20  # words; below, only an equal text is a copy
COPY_SHARE = 0.5  # of an article's words stand in another: it is mostly that one's
# Of a text below `SHORT` words a shared sentence is half already; quotations are anybody's; and an outlet repeats
# itself, in what it tells of the days before, and in what stands under everything it prints.
SHORT, STRICT_COPY_SHARE = 60, 0.8
# A part is told by the words copied times the share of either text that they make up: of a few, nearly all; of many, a
# good part. Documents and what stands under everything an outlet prints come to less.
PART_SHARE, PART_WEIGHT = 0.2, 30.0
REPRINT_SHARE = 0.8  # of one text in the other: an agency's that is printed, not one that quotes a newspaper's
AS_MUCH = 0.1  # origins whose shares differ by less are told apart by evidence


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is stored of a text, and how it is looked up.

    The digest of its folded words; the numbers it is found by and how many words it has; the numbers it is looked up
    by, which are the same and some more. Numbers are signed 64 bit, in a fixed order.
    """

    digest: str
    bands: tuple[int, ...]
    words: int
    probes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """An article that holds part of another's text, and how much of its own text that is, from 0 to 1."""

    id: int
    share: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of which origin the piece is a copy, or partly one; which stored origins turn out to be copies of the piece.

    A copy points to an origin, and an origin is no copy: all else is empty where `copy_of` is set. `share` is how much
    of the copying text stands in the other: the largest where several become copies; `part_share` goes with `part_of`.
    """

    copy_of: int | None = None
    share: float = 0.0
    becomes_copy: tuple[int, ...] = ()
    part_of: int | None = None
    part_share: float = 0.0
    becomes_part: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    """The piece and a candidate: how much of the later one stands in the earlier one, and what that makes it."""

    other: Piece
    is_later: bool  # the piece is, and not the candidate
    is_of_one_outlet: bool
    copied: Side
    taken: Side

    @property
    def is_copy(self) -> bool:
        if self.copied.is_whole:
            return True
        is_short = min(self.copied.words, self.taken.words) < SHORT
        is_strict = is_short or self.is_of_one_outlet or self.is_of_quotations
        least = STRICT_COPY_SHARE if is_strict else COPY_SHARE
        return self.copied.shared >= SHORTEST_COMPARED and self.copied.share >= least

    @property
    def is_part(self) -> bool:
        share, words = max(self.copied.share, self.taken.share), min(self.copied.shared, self.taken.shared)
        is_good_part = share >= PART_SHARE and share * words >= PART_WEIGHT
        return is_good_part and not (self.is_copy or self.is_of_one_outlet or self.is_of_quotations)

    @property
    def is_of_quotations(self) -> bool:
        return self.copied.is_of_quotations or self.taken.is_of_quotations


def fingerprint(text: str) -> Fingerprint:
    """The digest and bands of a text; equal for texts that differ in case, diacritics and punctuation only."""
    known = shingled(text)
    words = known.folded if len(text) <= LONGEST_COMPARED else folded_words(text)
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
    probes = _smallest(known.hashes) if len(words) >= SHORTEST_COMPARED else ()
    if words and len(probes) < LEAST_BANDS:
        probes = struct.unpack(
            f">{LEAST_BANDS}q", bytes.fromhex(digest)[: LEAST_BANDS * 8]
        )  # an equal text has them too
    return Fingerprint(digest, probes[:BANDS], len(words), probes)


def judge(piece: Piece, candidates: Sequence[Piece]) -> Judgement:
    """Decide about a piece and the origins that share a band or the digest with it.

    `candidates` are origins only. If the piece is the earlier one by the evidence, the candidate becomes its copy,
    unless the piece is a copy of another itself.
    """
    pairs = [_pair(piece, other) for other in candidates if other.id != piece.id]
    if origin := _chosen(piece, [pair for pair in pairs if pair.is_later and pair.is_copy]):
        return Judgement(copy_of=origin.other.id, share=origin.copied.share)
    part = _chosen(piece, [pair for pair in pairs if pair.is_later and pair.is_part])
    earlier = sorted((pair for pair in pairs if not pair.is_later), key=lambda pair: pair.other.id)
    copies = [pair for pair in earlier if pair.is_copy]
    return Judgement(
        share=max((pair.copied.share for pair in copies), default=0.0),
        becomes_copy=tuple(pair.other.id for pair in copies),
        part_of=part.other.id if part else None,
        part_share=part.copied.share if part else 0.0,
        becomes_part=tuple(Part(pair.other.id, pair.copied.share) for pair in earlier if pair.is_part),
    )


def _pair(piece: Piece, other: Piece) -> _Pair:
    ours, theirs = overlap(piece.text, other.text)
    is_reprint = max(ours.share, theirs.share) >= REPRINT_SHARE
    is_later, is_of_one_outlet = comes_before(other, piece, is_reprint=is_reprint), same_outlet(piece, other)
    copied, taken = (ours, theirs) if is_later else (theirs, ours)
    return _Pair(other, is_later, is_of_one_outlet, copied, taken)


def _chosen(piece: Piece, pairs: Sequence[_Pair]) -> _Pair | None:
    """The pair with the origin: of those about as much alike as the most alike, the one that the piece credits, else
    the first.
    """
    if not pairs:
        return None
    alike = max(pair.copied.share for pair in pairs) - AS_MUCH
    near = [pair for pair in pairs if pair.copied.share >= alike]
    return min(near, key=lambda p: (not is_credited(p.other, by=piece), p.other.published, p.other.id))


def _smallest(hashes: Numbers) -> tuple[int, ...]:
    """The smallest of the hashes, each once, as the signed numbers that databases store."""
    most = 2 * PROBES
    few = _in_order(np.partition(hashes, most)[:most] if len(hashes) > most else hashes)
    if len(few) < PROBES < len(hashes):  # a text that repeats itself
        few = _in_order(hashes)
    return tuple(few[:PROBES].view(np.int64).tolist())


def _in_order(hashes: Numbers) -> Numbers:
    """Each once. Sorting so few takes a third of the time of `np.unique`."""
    ordered = np.sort(hashes)
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]
