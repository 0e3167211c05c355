"""Aliases: the other names which a user says mean the same, such as [UN, United Nations] or [Kyiv, Kiev].

Groups are taken as written and compared folded. Spellings that `spelling_key` already brings together (Zelensky,
Zelenskiy) need no alias. This knows nothing of queries or articles; the query and the names stage ask it.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.words import Word, split

_ACRONYM_LETTERS = (2, 3)  # from four letters on, newspapers also write Nato and Unicef


def is_acronym(text: str) -> bool:
    """Is the word written as a short acronym: US, U.S., WHO, MPs? Such a word is not its lower-case twin: us, who."""
    letters = acronym_letters(text)
    shortest, longest = _ACRONYM_LETTERS
    return shortest <= len(letters) <= longest and letters.isalpha() and letters.isupper()


def acronym_letters(text: str) -> str:
    """The letters alone, without points and the plural's s: "U.S." -> "US", "MPs" -> "MP"."""
    return text.replace(".", "").removesuffix("s")


class Aliases:
    """Groups of words or phrases, each group one meaning.

    A phrase that stands in two groups means either: `variants` gives the members of both, while the groups stay apart
    (Georgia may be Sakartvelo or GA; Sakartvelo is never GA). A member without any word, such as an emoji, is ignored.
    """

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._groups = tuple(group for group in (_members(group) for group in groups) if group)
        self._groups_by_key: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for group in self._groups:
            for key in dict.fromkeys(map(_key, group)):
                self._groups_by_key[key].append(group)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return self._groups

    def canonical(self, phrase: str) -> str | None:
        """The folded first member of the (first) group that holds the phrase, its words parted by one space."""
        groups = self._groups_by_key.get(_key(phrase)) if self._groups_by_key else None
        return " ".join(word.folded for word in split(groups[0][0])) if groups else None

    def variants(self, phrase: str) -> tuple[str, ...]:
        """Every member, as written, of the groups that hold the phrase, itself among them; () when none does."""
        groups = self._groups_by_key.get(_key(phrase), ())
        return tuple(dict.fromkeys(member for group in groups for member in group))


def _members(group: Iterable[str]) -> tuple[str, ...]:
    return tuple(member for member in group if _key(member))


@lru_cache(maxsize=16_384)
def _key(phrase: str) -> str:
    return " ".join(map(_word_key, split(phrase)))


def _word_key(word: Word) -> str:
    """Acronyms keep their capitals, which no folded word has, so that UN and the French "un" are two."""
    return fold(acronym_letters(word.text)).upper() if is_acronym(word.text) else spelling_key(word.folded)


NO_ALIASES = Aliases()
