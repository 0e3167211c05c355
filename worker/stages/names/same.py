"""Whether two spellings name the same person, place or organisation: Zelensky and Зеленський do, the two Obamas do not.

    known to the tables?  →  both: compare what they stand for
                          →  else by parts: titles off, each part of the shorter name found in the longer one, in its
                             order or with the family name first, and a family name among what was found

Parts are compared by families of given names and by sound (`parts`, `sounds`), Chinese, Japanese and Korean ones by
syllables (`eastern`). It judges names alone and asks nothing about the articles they stand in.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product

from worker.stages.names.declension import are_man_and_woman, may_be_declined, without_cases_of_women
from worker.stages.names.eastern import family_place, same_in_the_east
from worker.stages.names.institutions import is_institution, is_short_for, same_institution
from worker.stages.names.known import (
    KNOWN,
    KNOWN_UNCASED,
    ORGANISATION,
    PERSON,
    Folds,
    Known,
    bare,
    forms_of,
    is_cased,
    key_of,
)
from worker.stages.names.parts import MAX_CHARACTERS, Part, Parts, families, is_same_part, parts_of
from worker.stages.names.sounds import distance, sounds
from worker.stages.names.vocabulary import COMPANY_FORMS, ORGANISATION_WORDS, words_of

_ORGANISATION_WORDS = words_of(ORGANISATION_WORDS) | words_of("united city republic real inter athletic")
_COMPANY_FORMS = words_of(COMPANY_FORMS) | words_of("fc cf afc sc fk")
# What before or behind a place's name makes another place of it.
_ELSEWHERE = words_of(
    """new old north south east west northern southern eastern western central upper lower great greater little saint
    san santa st equatorial port fort mount lake nova novo nueva nuevo nouvelle neu"""
)
_ACRONYM = re.compile(r"[^\W\d_]{2,6}")
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,3}")
_MOST_EXTRA = 3
_NEAR = 0.25
_SHORTEST_STEM = 3
# Endings that Hungarian puts behind the last word of a name: Orbánnak, Péterrel.
_HUNGARIAN = frozenset("áéíóöőúüű")
_HUNGARIAN_ENDING = re.compile(r"(?:n[ae]k|(?<=([b-z]))\1[ae]l|v[ae]l|r[o]l|t[o]l|h[oe]z|b[ae]n|ert)$")


def same_name(one: str, other: str, aliases: Folds | None = None) -> bool:
    """Whether two names are of one entity. What the user calls one (`aliases`) comes first.

    A short form counts as the same where it is the family name of the longer one: Obama and Barack Obama.
    """
    one, other = " ".join(one[:MAX_CHARACTERS].split()), " ".join(other[:MAX_CHARACTERS].split())
    if not one or not other:
        return False
    if one.casefold() == other.casefold():
        return True
    if aliases is not None:
        mine, theirs = aliases.canonical(one), aliases.canonical(other)
        if mine is not None and mine == theirs:
            return True
    return _same(*sorted((one, other)))


@lru_cache(maxsize=16_384)
def _same(one: str, other: str) -> bool:
    mine, theirs = known_as(one), known_as(other)
    if mine is not None and theirs is not None:
        return mine.key == theirs.key and not _middle_initials_differ(parts_of(one).words, parts_of(other).words)
    if mine is not None:
        return _is_known_entity(mine, one, other)
    return _is_known_entity(theirs, other, one) if theirs is not None else same_by_spelling(one, other)


def _is_known_entity(known: Known, written: str, name: str) -> bool:
    """Whether a name that the tables lack is one more spelling of what they have."""
    if known.kind == ORGANISATION and (_is_acronym(written) or _is_acronym(name) or is_institution(name)):
        return _same_organisation(written, name)
    if known.kind != PERSON:
        return _is_same_place(written, name)
    parts = parts_of(name)
    forms = [written, *(form for form in forms_of(known) if _script(parts_of(form)) == _script(parts))]
    numbers = {parts_of(form).number for form in forms} - {""}
    if parts.number and numbers and parts.number not in numbers:
        return False  # Charles II is not the Prince Charles whom the tables have
    return any(same_by_spelling(form, name) for form in forms if len(parts.words) == 1 or len(form.split()) > 1)


def _script(parts: Parts) -> str:
    return parts.words[0].script if parts.words else ""


def _is_same_place(one: str, other: str) -> bool:
    """As by spelling, but closer within a script: of known places the tables have most spellings (Granada, Grenada)."""
    mine, theirs = parts_of(one).words, parts_of(other).words
    if len(mine) != len(theirs) or not same_by_spelling(one, other):
        return False
    pairs = list(zip(mine, theirs, strict=True))
    if any(first.script != second.script for first, second in pairs):
        return True
    return all(distance(sounds(first.folded), sounds(second.folded)) <= _NEAR for first, second in pairs)


def known_as(name: str) -> Known | None:
    """What the tables have under a name, its titles taken off if they do not have it with them; else None."""
    if not is_cased(name):
        return KNOWN_UNCASED.get(bare(name))
    found = KNOWN.get(key_of(name))
    return found if found is not None else _known_without_case(name)


def _known_without_case(name: str) -> Known | None:
    """Found under the form that a name has in the nominative: Warszawie, Zełenskiego."""
    parts = parts_of(name)
    if parts.number or parts.suffix or not parts.words or not all(word.declined for word in parts.words):
        return None
    if len(parts.words) == 1:
        return next(
            (KNOWN[key] for form in parts.words[0].declined if (key := key_of(form)) in KNOWN and len(form) > 4), None
        )
    return None


# --- By spelling ---


def same_by_spelling(one: str, other: str) -> bool:
    """Whether two names are of one entity as far as spelling tells, without the tables of known names."""
    eastern = same_in_the_east(one, other)
    if eastern is not None:
        return eastern
    mine, theirs = parts_of(one), parts_of(other)
    if not mine.words or not theirs.words or mine.suffix != theirs.suffix:
        return False
    if mine.number and theirs.number and mine.number != theirs.number:
        return False
    if _only_one_is_a_son(mine, theirs):
        return False
    if mine.patronymic and theirs.patronymic and not is_same_part(Part(mine.patronymic), Part(theirs.patronymic)):
        return False
    if is_short_for(one, other) or is_short_for(other, one):
        return True
    if _is_organisation(one, mine) or _is_organisation(other, theirs):
        return _same_organisation(one, other)
    if _is_acronym(one) and _is_acronym(other):
        return False
    pairs = product(_variants(one, mine), _variants(other, theirs))
    return any(_same_parts(first, second) for first, second in pairs if _may_be_joined(first, second, mine, theirs))


def _only_one_is_a_son(one: Parts, other: Parts) -> bool:
    """Khalid bin Mohammed is not Khalid Sheikh Mohammed."""
    lengths = len(one.words), len(other.words)
    return one.is_son != other.is_son and _script(one) == _script(other) and 1 < min(lengths) < max(lengths)


def _may_be_joined(first: tuple[Part, ...], second: tuple[Part, ...], mine: Parts, theirs: Parts) -> bool:
    """Two words written as one are a name of one word: to be compared with such only (Mc Donald, McDonald)."""
    if len(first) == 1 < len(mine.words):
        return len(theirs.words) == 1
    return not len(second) == 1 < len(theirs.words) or len(mine.words) == 1


def _variants(name: str, parts: Parts) -> Iterator[tuple[Part, ...]]:
    """The parts of a name, with initials written together taken apart (JD Vance), or two parts written as one."""
    words = parts.words
    yield words
    for at in range(len(words) - 1):
        joined = words[at].folded + words[at + 1].folded
        if not words[at].is_initial and not words[at + 1].is_initial:
            yield (*words[:at], Part(joined, (), words[at].writing), *words[at + 2 :])
    if len(words) > 1 and words[-1].marks & _HUNGARIAN:
        stem = _HUNGARIAN_ENDING.sub("", words[-1].folded)
        if stem != words[-1].folded and len(stem) >= _SHORTEST_STEM:
            yield (*words[:-1], replace(words[-1], folded=stem, declined=()))
    first = name.split()[0]
    if len(words) > 1 and _CAPITALS.fullmatch(first) and not name.isupper():
        yield (*(Part(letter.lower()) for letter in first), *words[1:])


def _same_parts(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(longer) - len(shorter) > _MOST_EXTRA or _middle_initials_differ(shorter, longer):
        return False
    if len(shorter) == 1:
        return _is_family_name(shorter[0], longer)
    return any(_found_in(shorter, longer, declined=declined) for declined in (False, True))


def _middle_initials_differ(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    """George W. Bush is not George H. W. Bush."""
    mine, theirs = ([part.folded for part in words[1:-1] if part.is_initial] for words in (one, other))
    return bool(mine and theirs) and mine != theirs


def _is_family_name(part: Part, name: tuple[Part, ...]) -> bool:
    """Whether a name of one word is the family name of another, or all of it."""
    if part.is_initial or (len(name) > 1 and name[0].folded in _ELSEWHERE):
        return False
    places = _family_places(name) if len(name) > 1 else [0]
    return any(_is_same_alone(part, name[at]) for at in places if not name[at].is_initial)


def _is_same_alone(one: Part, other: Part) -> bool:
    """Whether two words without others beside them are one; in Latin letters an ending is then no case: Zelenska."""
    first, second = (part if part.script else replace(part, declined=()) for part in (one, other))
    return is_same_part(first, second, declined=True, strict=True)


def _family_places(name: tuple[Part, ...]) -> list[int]:
    """Where the family name of a longer name may stand: last, or before a second one; first in the East."""
    eastern = family_place([part.folded for part in name])
    if eastern is not None:
        return [eastern]
    return [at for at in range(1, len(name)) if at == len(name) - 1 or name[at].folded not in families()]


def _found_in(shorter: tuple[Part, ...], longer: tuple[Part, ...], *, declined: bool) -> bool:
    """Whether each part of the shorter name stands in the longer one, in this order or with the last part first."""
    if declined:
        if not may_be_declined(shorter, longer) or are_man_and_woman(shorter, longer):
            return False
        shorter, longer = without_cases_of_women(shorter), without_cases_of_women(longer)
    turned = (shorter[-1:] + shorter[:-1], shorter[1:] + shorter[:1])
    if _in_order(shorter, longer, declined=declined):
        return True
    if all(part.folded in families() for part in shorter):
        return False  # Ahmed Hassan is not Hassan Ahmed
    return len(shorter) == len(longer) and any(_in_order(order, longer, declined=declined) for order in turned)


def _in_order(shorter: tuple[Part, ...], longer: tuple[Part, ...], *, declined: bool) -> bool:
    """Whether the parts are found one after the other, with a full family name among them."""
    at = 0
    found: list[int] = []
    full = 0
    for part in shorter:
        while at < len(longer) and not is_same_part(part, longer[at], declined=declined):
            at += 1
        if at == len(longer):
            return False
        found.append(at)
        full += not (part.is_initial or longer[at].is_initial)
        at += 1
    if len(shorter) == len(longer):
        return full > 0
    is_anchored = found[0] == 0 or found[-1] == len(longer) - 1
    return full > 0 and is_anchored and longer[0].folded not in _ELSEWHERE - {shorter[0].folded}


# --- Organisations ---


def _is_organisation(name: str, parts: Parts) -> bool:
    words = [word.folded for word in parts.words]
    if any(word in _ORGANISATION_WORDS for word in words) or (len(words) > 1 and words[-1] in _COMPANY_FORMS):
        return True
    return is_institution(name)


def _same_organisation(one: str, other: str) -> bool:
    """Each word must have its like; The and Inc. may be missing; initials may stand for all."""
    if same_institution(one, other, _is_same_common_word) or is_short_for(one, other) or is_short_for(other, one):
        return True
    mine, theirs = _content(one), _content(other)
    if not mine or not theirs:
        return False
    if _is_acronym(one) or _is_acronym(other):
        return _letters(mine) == other.casefold() or _letters(theirs) == one.casefold()
    if len(mine) != len(theirs):
        return False
    return all(is_same_part(first, second, strict=True) for first, second in zip(mine, theirs, strict=True))


def _is_same_common_word(one: str, other: str) -> bool:
    first, second = parts_of(one).words, parts_of(other).words
    return bool(first and second) and is_same_part(first[0], second[0], strict=True)


def _content(name: str) -> tuple[Part, ...]:
    words = parts_of(name).words
    kept = tuple(word for word in words if word.folded not in _COMPANY_FORMS)
    return kept or words


def _letters(words: tuple[Part, ...]) -> str:
    return "".join(word.folded[0] for word in words)


def _is_acronym(name: str) -> bool:
    return name.isupper() and _ACRONYM.fullmatch(name) is not None
