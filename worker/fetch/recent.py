"""Values kept by when they were used last, up to a total weight: for what strangers decide the size of."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")

_OWN_WEIGHT = 256  # of an entry, whatever it holds


class Recent(Generic[T]):
    """For many threads. Weights and `most` in one unit of the caller's, such as bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._kept: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> T | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: str, value: T, weight: int) -> None:
        """Keep it, and let go of what was used longest ago. What alone weighs too much is not kept."""
        weight += _OWN_WEIGHT
        with self._lock:
            self._weight -= self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (value, weight)
            self._weight += weight
            while self._weight > self._most:
                self._weight -= self._kept.popitem(last=False)[1][1]
