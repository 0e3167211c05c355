"""Full names in some case and in the nominative: Володимира Зеленського, Andrzeja Kowalskiego, Gitano Nausėdos.

Case endings go through a whole name; women's names keep them apart from men's of the same family. What a word may be
the case form of, `parts` says; that two names are of one person, `same` judges by this, and `joining` in an article.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import partial

from worker.stages.names.cases import FINNIC, INFLECTED
from worker.stages.names.cases import nominatives as forms_before_case
from worker.stages.names.known import KNOWN, Key
from worker.stages.names.mentions import Mentions, may_be_person
from worker.stages.names.parts import Part, families, parts_of
from worker.stages.text.fold import spelling_key

LANGUAGES = INFLECTED | {"uk", "ru", "be", "bg"}
_AGGLUTINATIVE = FINNIC | {"hu"}
_WOMANS = re.compile("[oe]va$")
_WOMANS_ALONE = re.compile("(?:[oe][vw]|sk|ck|n)a$")
_CONSONANTS = tuple("bcdfghjklmnpqrstvwxz")
_MAX_ALIKE = 30  # names that begin alike; in a list of more, none are compared
_LETTERS_ALIKE = 2  # however a name is declined, it begins with these


def may_be_declined(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    """Case endings go through a whole name: Donalda Tuska, not Donald Tuska. Oleksandra Kubrakova is a woman."""
    if not (one[-1].script or other[-1].script) and any(
        words[0].folded in families() and _WOMANS.search(words[-1].folded) and not words[-1].marks
        for words in (one, other)
    ):
        return False
    return any(
        all(part.declined or part.is_initial or part.script == "cyrillic" or part.folded[-1] == "o" for part in words)
        for words in (one, other)
    )


def are_man_and_woman(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    """Roman Melnyk and Romana Melnyk: the a is no case, as a man's family name would have an ending too."""
    if len(one) != len(other) or one[-1].folded != other[-1].folded or not one[-1].folded.endswith(_CONSONANTS):
        return False
    given = {one[0].folded, other[0].folded}
    return given in ({word, word + "a"} for word in given)


def without_cases_of_women(words: tuple[Part, ...]) -> tuple[Part, ...]:
    """Nováková is a woman's name in the nominative, so the names beside it are in no case either."""
    if not words[-1].marked.endswith("ová"):
        return words
    return tuple(part if part.marked.endswith("ová") else replace(part, declined=()) for part in words)


# --- Within an article ---


def nominatives(mentions: Mapping[Key, Mentions], code: str) -> dict[Key, Key]:
    """For the names of an article that stand in some case, those that they are of, as far as the article has them.

    Family names alone are looked for where they are written in Latin letters; in Cyrillic, endings are off already.
    """
    if code not in LANGUAGES:
        return {}
    full = [key for key in mentions if len(key) > 1 and key not in KNOWN and may_be_person(key)]
    shown = {key: mentions[key].fullest_first()[0] for key in full}
    is_case_of = partial(_has_ending, code=code) if code in _AGGLUTINATIVE else _is_case_of
    found = _only_ones((key, other) for key, other in _alike(full) if is_case_of(shown[key], shown[other]))
    if code in INFLECTED:
        families_of = {key[-1] for key in full if key not in found}
        alone = [key for key in mentions if len(key) == 1 and key not in KNOWN and key[0] not in families_of]
        found |= _only_ones((key, (name,)) for key in alone for name in _families_of(key[0], families_of))
    return found


def _alike(keys: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """Each two names that begin alike, both ways."""
    groups: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in keys:
        groups[tuple([word[:_LETTERS_ALIKE] for word in key])].append(key)
    for group in groups.values():
        if len(group) <= _MAX_ALIKE:
            yield from ((one, other) for one in group for other in group if one != other)


def _only_ones(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """Of what may be a case form of several names nothing is said."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for key, name in pairs:
        found[key].add(name)
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1 and names.isdisjoint(found)}


def _has_ending(written: str, name: str, *, code: str) -> bool:
    """Whether a name is another with an ending behind its last word, as in languages that decline no more of it."""
    words, others = written.split(), name.split()
    return words[:-1] == others[:-1] and others[-1] in forms_before_case(words[-1], code)


def _is_case_of(written: str, name: str) -> bool:
    words, others = without_cases_of_women(parts_of(written).words), parts_of(name).words
    if not words or len(words) != len(others):
        return False
    if not may_be_declined(words, words) or are_man_and_woman(words, others):
        return False
    return all(map(_may_be_of, words, others))


def _may_be_of(word: Part, nominative: Part) -> bool:
    return word.folded == nominative.folded or any(_is_spelled(form, nominative.folded) for form in word.declined)


def _is_spelled(one: str, other: str) -> bool:
    return spelling_key(one) == spelling_key(other)


def _families_of(word: str, families_of: Set[str]) -> Iterator[str]:
    """The family names that a word alone may be a case form of; a woman's name is none."""
    if _WOMANS_ALONE.search(word):
        return
    for part in parts_of(word).words[:1]:
        forms = {spelling_key(form) for form in part.declined}
        yield from (form for form in forms if form in families_of)
