"""Since when each copy was one: an origin may be read after its copies, and until then they spoke for themselves.

What is stored is of which origin an article is a copy now. Where that was read first, its copies were copies from the
beginning. Where it came late, those read before it are compared with each other again, in the order of reading.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from worker.stages.duplicate import Piece, judge


@dataclass(frozen=True, slots=True)
class CopyHistory:
    """`born`: articles that were copies when they were read; `turned`: which an article made copies by being read."""

    born: frozenset[int] = frozenset()
    turned: Mapping[int, tuple[int, ...]] = field(default_factory=dict, hash=False)


def late_origins(order: Sequence[int], copy_of: Mapping[int, int]) -> Mapping[int, Sequence[int]]:
    """The origins that were read after a copy of theirs, each with those that were read before it, in order."""
    return {origin: before for origin, (before, _) in _families(order, copy_of).items() if before}


def copy_history(
    order: Sequence[int], copy_of: Mapping[int, int], pieces: Mapping[int, Piece], revised: Collection[int] = ()
) -> CopyHistory:
    """`order`: the articles as they were first read; `pieces`: of the families of `late_origins`, as they were then.

    `revised`: articles that have changed since, and may have become copies by that.
    """
    born: set[int] = set()
    turned: dict[int, tuple[int, ...]] = {}
    for origin, (before, after) in _families(order, copy_of).items():
        born.update(after)
        speaking: list[int] = []
        for article in before:
            judged = judge(pieces[article], [pieces[one] for one in speaking])
            if judged.copy_of is not None:
                born.add(article)
                continue
            if judged.becomes_copy:
                turned[article] = judged.becomes_copy
                speaking = [one for one in speaking if one not in judged.becomes_copy]
            speaking.append(article)
        turning = [one for one in speaking if one not in revised or _turns(pieces[one], pieces[origin])]
        if turning:
            turned[origin] = tuple(turning)
    return CopyHistory(frozenset(born), turned)


def _turns(piece: Piece, origin: Piece) -> bool:
    return bool(judge(origin, [piece]).becomes_copy)


def _families(order: Sequence[int], copy_of: Mapping[int, int]) -> Mapping[int, tuple[list[int], list[int]]]:
    """For each origin its copies that were read before it, and those read after."""
    place = {article: number for number, article in enumerate(order)}
    found: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for article, origin in _in_order(order, copy_of):
        is_after = place.get(origin, -1) < place[article]
        found[origin][is_after].append(article)
    return found


def _in_order(order: Sequence[int], copy_of: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    return ((article, copy_of[article]) for article in order if article in copy_of)
