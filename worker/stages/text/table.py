"""What is worked out for a word once and looked up ever after, as most words of a text have been met before.

A plain table: `lru_cache` would also note each use, and every word of every article is looked up in several.
"""

from collections.abc import Callable
from sys import intern
from typing import TypeVar

T = TypeVar("T")

MOST_WORDS = 65_536  # remembered: with what is worked out for them, 10 to 15 MB


class Table(dict[str, T]):
    """Filled as words are met; emptied when it is full, since the common words are soon back."""

    def __init__(self, work: Callable[[str], T], most: int = MOST_WORDS) -> None:
        super().__init__()
        self.work = work
        self.most = most

    def __missing__(self, word: str) -> T:
        if len(self) >= self.most:
            self.clear()
        # One object for a word in all tables: where one has been looked up, the others find it at hand.
        word = intern(word)
        found = self[word] = self.work(word)
        return found
