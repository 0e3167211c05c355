"""English plurals taken off, simply and the same way on both sides: talks and talk, countries and country.

Both words being cut alike, a wrong cut (Paris -> pari) does no harm unless another word is left with the same letters;
the few common cases of that are kept whole. Words of three letters and fewer stay as they are.
"""

from functools import lru_cache

_SHORTEST = 4
_KEPT = frozenset(["news", "does", "goes"])  # not new, doe, go
_IN_IE = frozenset(["movies", "cookies", "rookies", "calories", "zombies", "ties", "lies", "dies", "pies"])
_WITH_E = ("ches", "shes", "sses", "xes")  # churches, dishes, classes, taxes
_SHORTEST_IN_OES = 6  # heroes, not shoes


@lru_cache(maxsize=65_536)
def singular(folded: str) -> str:
    """The folded word without a plural's ending; words in -ss and the few in `_KEPT` are returned as they are."""
    if len(folded) < _SHORTEST or not folded.endswith("s") or folded.endswith("ss") or folded in _KEPT:
        return folded
    if folded.endswith("ies") and folded not in _IN_IE:
        return folded[:-3] + "y"
    if folded.endswith(_WITH_E) or (folded.endswith("oes") and len(folded) >= _SHORTEST_IN_OES):
        return folded[:-2]
    return folded[:-1]
