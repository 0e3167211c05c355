"""How much of a text stands in another, word for word: the evidence on which `judge` decides.

Words count that stand in shingles the two share, and the odd word between such, which was edited. What stands in
quotation marks counts on neither side: it is the speaker's, and independent reports quote the same statement. And where
the words between hold figures and names, and the other text has none of those, two texts share a form that was filled
in twice, as weather and match reports are, and neither copies the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.stages.duplicate.shingles import LONGEST_COMPARED, Shingled, shingled, written_words

LEAST_SHARED = 0.08  # of the smaller text's shingles; below, there is no need to look closer
LONGEST_EDIT = 3  # words between shared ones that count as edited
LONGEST_SLOT = 12  # words between shared ones that may be what a form was filled in with
FORM_FACTS = 4  # filled in differently, at least, to speak of a form
FORM_SHARE = 0.4  # of the figures and names in the shared passages; an edited copy keeps nearly all
LEAST_OWN = 0.25  # of the words must stand outside quotation marks, else it is a text of quotations, and all count

# Speakers that go on in the next paragraph have no closing mark in this one. Elsewhere a mark that opens ends the
# search for the one that closes: of marks never closed, each would be searched for to the end.
_QUOTATION = re.compile(
    r"^[^\n]*\(@\w{1,40}\)[^\n]*$"  # a post of a social network, set into the text: … — Name (@name) October 18
    r"|“[^”“\n]*(?:”|$)"
    r"|\"[^\"\n]*(?:\"|$)"
    r"|«[^«»\n]*»|„[^„“”\n]*[“”]|「[^「」\n]*」|『[^『』\n]*』"
    r"|‘[^‘\n]{0,2000}?’(?!\w)",
    re.MULTILINE,
)

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: how many words of its own it has, and how many of them stand in the other."""

    words: int
    shared: int
    is_whole: bool = False  # the texts are equal, however short
    is_of_quotations: bool = False  # and so they count too: it has little else

    @property
    def share(self) -> float:
        return self.shared / self.words if self.words else 0.0


NOTHING = Side(0, 0)


def overlap(one: str, other: str) -> tuple[Side, Side]:
    """What each of two texts shares with the other."""
    ours, theirs = shingled(one), shingled(other)
    if len(ours.words) and np.array_equal(ours.words, theirs.words):
        return (whole := Side(len(ours.words), len(ours.words), is_whole=True)), whole
    common = ours.known.intersection(theirs.hashes.tolist())
    if not common or len(common) < LEAST_SHARED * min(len(ours.known), len(theirs.hashes)):
        return NOTHING, NOTHING
    covered = _covered(ours, common)
    if _is_filled_in(one, ours, theirs, covered):
        return NOTHING, NOTHING
    return _side(one, covered), _side(other, _covered(theirs, common))


def _side(text: str, covered: Mask) -> Side:
    shared = _bridged(covered)
    own = ~_quoted(text, len(shared))
    if own.sum() < LEAST_OWN * len(own):
        return Side(len(own), int(shared.sum()), is_of_quotations=True)
    return Side(int(own.sum()), int((shared & own).sum()))


def _covered(text: Shingled, common: frozenset[int]) -> Mask:
    """Which words stand in a shared shingle."""
    begins = np.fromiter((number in common for number in text.hashes.tolist()), bool, len(text.hashes))
    covered = np.zeros(len(text.words), bool)
    for width in np.unique(text.widths):
        starts = begins & (text.widths == width)
        for place in range(width):
            covered[place : place + len(starts)] |= starts
    return covered


def _bridged(covered: Mask) -> Mask:
    """With the few words between that an editor changed."""
    bridged = covered.copy()
    for start, end in _gaps(covered):
        if end - start <= LONGEST_EDIT:
            bridged[start:end] = True
    return bridged


def _gaps(covered: Mask) -> Iterator[tuple[int, int]]:
    """Where the runs of words between covered ones begin and end."""
    places = np.flatnonzero(covered)
    for before in np.flatnonzero(np.diff(places) > 1):
        yield int(places[before]) + 1, int(places[before + 1])


def _quoted(text: str, count: int) -> Mask:
    """Which of the words stand in quotation marks."""
    quoted = np.zeros(count, bool)
    place = 0
    for piece, is_quotation in _pieces(text[:LONGEST_COMPARED]):
        words = len(written_words(piece))
        quoted[place : place + words] = is_quotation
        place += words
    return quoted


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order, cut where quotations begin and end: (piece, is it a quotation)."""
    end = 0
    for quotation in _QUOTATION.finditer(text):
        yield text[end : quotation.start()], False
        yield quotation.group(), True
        end = quotation.end()
    yield text[end:], False


def _is_filled_in(text: str, ours: Shingled, theirs: Shingled, covered: Mask) -> bool:
    """Whether what is shared is a form, filled in with figures and names that the other text does not know."""
    gaps = [(start, end) for start, end in _gaps(covered) if end - start <= LONGEST_SLOT]
    if not gaps:
        return False
    slots = np.concatenate([np.arange(start, end) for start, end in gaps])
    is_changed = np.zeros(len(covered), bool)
    is_changed[slots[~np.isin(ours.words[slots], theirs.words)]] = True
    figures, names = _figures_and_names(text, len(covered))
    return any(_are_others(facts & is_changed, facts & covered) for facts in (figures, figures | names))


def _are_others(changed: Mask, kept: Mask) -> bool:
    count = int(changed.sum())
    return count >= FORM_FACTS and count > FORM_SHARE * (count + int(kept.sum()))


def _figures_and_names(text: str, count: int) -> tuple[Mask, Mask]:
    """Which words begin with a digit, and which with a capital."""
    words = written_words(text[:LONGEST_COMPARED])
    figures = np.fromiter((word[0].isdigit() for word in words), bool, count)
    return figures, np.fromiter((word[0].isupper() for word in words), bool, count)
