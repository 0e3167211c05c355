"""Numbers in rows of unequal length, one behind the other in one array: lists of lists without an object for each.

For what is looked up by the thousand at once. Rows cannot be changed.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]


class Rows:
    """Rows by their number from 0. `bounds`: where each begins in `values`, and at last where the last one ends."""

    def __init__(self, values: Numbers, bounds: Numbers) -> None:
        self.values = values
        self._bounds = bounds

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Rows":
        return cls(numbers(chain.from_iterable(rows)), numbers(accumulate(map(len, rows), initial=0)))

    @classmethod
    def by_key(cls, keys: Numbers, values: Numbers, count: int) -> "Rows":
        """The rows 0 up to, without, `count`: in each the values whose key is its number, in their order."""
        order = np.argsort(keys, kind="stable")
        return cls(values[order], np.searchsorted(keys[order], np.arange(count + 1)).astype(np.int32))

    def joined(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The values of these rows, one row behind the other, and how many each has."""
        starts, lengths = self._bounds[rows], self._bounds[rows + 1] - self._bounds[rows]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return self.values[np.arange(total) + np.repeat(starts - ends + lengths, lengths)], lengths


def numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int32)


def any_in_each(flags: Flags, lengths: Numbers) -> Flags:
    """For each stretch of flags, none of which is empty: is any of them set?"""
    return np.logical_or.reduceat(flags, _beginnings(lengths))


def all_in_each(flags: Flags, lengths: Numbers) -> Flags:
    """For each stretch of flags, none of which is empty: are all of them set?"""
    return np.logical_and.reduceat(flags, _beginnings(lengths))


def _beginnings(lengths: Numbers) -> Numbers:
    return np.cumsum(lengths) - lengths
