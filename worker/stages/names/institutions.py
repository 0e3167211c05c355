"""Whether two names are of one institution, otherwise put: Foreign Ministry, Ministry of Foreign Affairs, МЗС.

Names of institutions are made of common words, so they are translated and turned round: what counts is which ideas they
are made of. It knows no names; `same` does.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache

from worker.stages.names.known import lines
from worker.stages.names.vocabulary import words_of
from worker.stages.text.fold import fold

_MOST_WORDS = 12
_LONGEST_PHRASE = 3
_SHORTEST_ACRONYM = 3

_HEADS = words_of("""
ministry department centralbank nationalbank university parliament government supremecourt constitutionalcourt
generalstaff airforce armedforces academy police embassy
""")
# Two American universities share each of these names, told apart by the order.
_BOTH_WAYS = words_of("washington miami boston indiana california york")
_WEAK = words_of("""
of the and for in a de la le les du des del el los las di della der des für und et y e i й та и і of's d l da do al
""")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’ʼ`.-](?=[^\W_]))*")
_ELIDED = re.compile("^[dl]['’]|['’]s?$|['’]s$")
_ACRONYM = re.compile(r"[^\W\d_]{3,6}")
_OF_A_LAND = re.compile("(?:ians?|ans?|ese|ish|i|n|a|ia|ine)$")
_SHORTEST_STEM = 4


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines("institutions.txt"):
        ideas, phrases = line.split(":")
        for phrase in phrases.split(","):
            found[tuple(_bare(phrase))] = tuple(ideas.split())
    return found


def _bare(name: str) -> list[str]:
    """The folded words of a name, without those that only join others."""
    words = (fold(_ELIDED.sub("", word)) for word in _WORD.findall(name)[:_MOST_WORDS])
    return [word for word in words if word and word not in _WEAK]


@cache
def _idea_words() -> Set[str]:
    return {idea for ideas in _phrases().values() for idea in ideas}


def is_institution(name: str) -> bool:
    """Whether one of the words says that this is an institution, in any of the languages."""
    return any(idea in _HEADS for idea, _ in _ideas(name))


def same_institution(one: str, other: str, is_same: Callable[[str, str], bool]) -> bool:
    """Whether two names are made of the same ideas, in their order, or turned round where that changes nothing.

    `is_same` judges two words that are no common ones, as written.
    """
    mine, theirs = _ideas(one), _ideas(other)
    if not mine or len(mine) != len(theirs) or not any(idea in _idea_words() for idea, _ in mine):
        return False
    if all(_agree(*pair, is_same) for pair in zip(mine, theirs, strict=True)):
        return True
    ideas = {idea for idea, _ in mine}
    if ideas.isdisjoint(_HEADS) or ("university" in ideas and not ideas.isdisjoint(_BOTH_WAYS)):
        return False
    return _have_likes(mine, theirs, is_same)


Idea = tuple[str, str]  # the idea, or the folded word; and the word as written


@lru_cache(maxsize=4096)
def _ideas(name: str) -> tuple[Idea, ...]:
    return tuple(_read(_bare(name)))


def _read(words: Sequence[str]) -> Iterator[Idea]:
    at = 0
    while at < len(words):
        phrase = next(
            (words[at : at + n] for n in range(_LONGEST_PHRASE, 0, -1) if tuple(words[at : at + n]) in _phrases()), None
        )
        if phrase is None:
            yield words[at], words[at]
            at += 1
        else:
            yield from ((idea, idea) for idea in _phrases()[tuple(phrase)])
            at += len(phrase)


def _have_likes(one: Sequence[Idea], other: Sequence[Idea], is_same: Callable[[str, str], bool]) -> bool:
    left = list(other)
    for mine in one:
        like = next((theirs for theirs in left if _agree(mine, theirs, is_same)), None)
        if like is None:
            return False
        left.remove(like)
    return True


def _agree(one: Idea, other: Idea, is_same: Callable[[str, str], bool]) -> bool:
    if one[0] == other[0]:
        return True
    if one[0] in _idea_words() or other[0] in _idea_words():
        return False
    return _is_of_land(one[0], other[0]) or is_same(one[1], other[1])


def _is_of_land(one: str, other: str) -> bool:
    """Brazil and Brazilian, Japan and Japanese."""
    first, second = (_OF_A_LAND.sub("", word) for word in (one, other))
    return min(len(one), len(other)) >= _SHORTEST_STEM and (
        first == other or second == one or (first == second and len(first) >= _SHORTEST_STEM)
    )


def is_short_for(acronym: str, name: str) -> bool:
    """Whether capitals are the first letters of the words of a name, those that only join counted or not."""
    if not acronym.isupper() or not _ACRONYM.fullmatch(acronym):
        return False
    words = [word for part in _WORD.findall(name)[:_MOST_WORDS] for word in part.split("-")]
    letters = ("".join(word[0] for word in kept) for kept in (words, [w for w in words if fold(w) not in _WEAK]))
    return len(words) >= _SHORTEST_ACRONYM and acronym in {spelled.upper() for spelled in letters}
