"""The places that a sentence names, so that one town's toll is not held against another's. English only."""

import re
from functools import lru_cache

from worker.stages.text.fold import fold

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s(?:the\s)?((?:[a-z]+\s){0,3}?[^\W\d_a-z][\w-]+(?:\s[^\W\d_a-z][\w-]+)*)"
)
_PREFIX = 4  # letters by which Turkish and Turkey are one place
_NO_PLACE = frozenset(  # "in November" names no place
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday "
        "january february march april may june july august september october november december",
    )
)


@lru_cache(maxsize=4096)
def places_in(sentence: str) -> frozenset[str]:
    """The first letters of the names that stand after "in", "at", "near": the Turkish city of Izmir, Turkey."""
    names = (word for found in _PLACE.finditer(sentence) for word in re.findall(r"[^\W\d_a-z][\w-]+", found[1]))
    return frozenset(fold(name)[:_PREFIX] for name in names if fold(name) not in _NO_PLACE)


def are_elsewhere(sentence: str, other: str) -> bool:
    """Whether both sentences name places, and none in common."""
    places, others = places_in(sentence), places_in(other)
    return bool(places) and bool(others) and places.isdisjoint(others)
