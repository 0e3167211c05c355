"""Which mentions are of one name: Volodymyr Zelensky ... Zelensky; Recep Tayyip Erdogan ... Erdogan.

Different people who share a part of a name stay apart: with Barack and Michelle Obama in one article, "Obama" is joined
to neither. Whether two spellings from two articles are of one entity, `same` judges.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from worker.stages.names.declension import nominatives
from worker.stages.names.known import KNOWN, PERSON, Key
from worker.stages.names.mentions import Mentions, may_be_person
from worker.stages.names.tokens import PARTICLES
from worker.stages.text.fold import spelling_key

_MAX_NAMESAKES = 30  # in a list of so many Smiths, "Smith" alone is nobody's
_SHORTEST_INITIALS = 3  # fewer letters are the initials of too much


def joined(mentions: Mapping[Key, Mentions], code: str) -> dict[Key, Mentions]:
    """Each mention goes to the name that it is a case form of, and the one longer name that it can be short for."""
    of = nominatives(mentions, code)
    return _joined_to_longer(merged((of.get(key, key), seen) for key, seen in mentions.items()) if of else mentions)


def _joined_to_longer(mentions: Mapping[Key, Mentions]) -> dict[Key, Mentions]:
    """Each mention goes to the one longer name that it can be short for, if there is exactly one."""
    homes: dict[Key, Key] = {}
    namesakes: dict[str, list[Key]] = defaultdict(list)
    initials = _initials(mentions)
    for key in sorted(mentions, key=len, reverse=True):
        longer = namesakes[key[-1]]
        if not longer and key not in initials:  # as most
            homes[key] = key
            longer.append(key)
            continue
        fuller = {homes[long] for long in longer if _is_short_for(key, long, mentions)} if _is_few(longer) else set()
        fuller.update([homes.get(long, long) for long in initials.get(key, ())])
        home = fuller.pop() if len(fuller) == 1 else key
        homes[key] = key if len(key) == 1 and mentions[key].is_someone_else_than(mentions[home]) else home
        longer.append(key)
    return merged((homes[key], seen) for key, seen in mentions.items())


def _is_few(namesakes: list[Key]) -> bool:
    return 0 < len(namesakes) <= _MAX_NAMESAKES


T = TypeVar("T")


def merged(mentions: Iterable[tuple[T, Mentions]]) -> dict[T, Mentions]:
    """The mentions under each key made one; it changes them, since nothing needs them apart any more."""
    found: dict[T, Mentions] = {}
    for key, seen in mentions:
        if key in found:
            found[key].take(seen)
        else:
            found[key] = seen
    return found


def _is_short_for(short: Key, long: Key, mentions: Mapping[Key, Mentions]) -> bool:
    """Erdogan and Recep Erdogan are short for Recep Tayyip Erdogan; America is not for Bank of America."""
    if len(short) == len(long):
        return False
    if len(short) > 1:
        return long[-len(short) :] == short or (long[0] == short[0] and may_be_person(long))
    return may_be_person(long) and (_may_be_surname(short, mentions[short]) or mentions[long].titled > 0)


def _may_be_surname(key: Key, seen: Mentions) -> bool:
    """Not what is known to be something else, but for cities that share their names with people: Houston."""
    known = KNOWN.get(key)
    return known is None or known.kind == PERSON or (known.is_minor and not seen.within)


def _initials(keys: Iterable[Key]) -> dict[Key, list[Key]]:
    """Names of several words under the acronym that their first letters make: European Medicines Agency, EMA."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        acronym = _acronym_of(key) if len(key) >= _SHORTEST_INITIALS else ""
        if acronym:
            found[(acronym,)].append(key)
    return found


@lru_cache(maxsize=32_768)
def _acronym_of(key: Key) -> str:
    """The key of the first letters; "" where they are too few."""
    letters = [word[0] for word in key if word not in PARTICLES]
    return spelling_key("".join(letters)) if len(letters) >= _SHORTEST_INITIALS else ""
