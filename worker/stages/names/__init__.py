"""Names: which people, places and organisations an article speaks of, found without a model.

    look (sightings) → gather (mentions) → joined (joining) → one key for all other names → Name

`sightings` finds where names stand, `uncased` does so in scripts without capitals; the mentions of one name are joined
(Volodymyr Zelensky ... Zelensky), other names for what `known` has are brought to one (Kiev, Kyiv), and each gets a
kind. Whether two spellings from two articles are of one entity, `same` judges.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from worker.stages.names.joining import joined, merged
from worker.stages.names.known import KNOWN, ORGANISATION, PERSON, PLACE, Folds, Key
from worker.stages.names.mentions import Mentions, gather
from worker.stages.names.sightings import Seen, look
from worker.stages.names.tokens import ORGANISATION_WORDS
from worker.stages.names.uncased import LANGUAGES, is_uncased, look_uncased
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.stopwords import primary

MAX_CHARACTERS = 200_000  # of the text; names that matter come before
MAX_NAMES = 100  # of an article, the most mentioned
_OFTEN_WITHIN = 3  # a place has "in" before it at least every third time

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an article with all its mentions."""

    key: str  # spelling keys of its words, or of the name that stands for it and its other names
    shown: str  # the fullest form in the article
    kind: str  # person, place, organisation, or "" where nothing tells
    count: int
    in_title: bool


def find_names(title: str, text: str, language: str, aliases: Folds) -> tuple[Name, ...]:
    """The names of an article, the most mentioned first; at most `MAX_NAMES`."""
    code = primary(language)
    seen_in_title, seen_in_text = look([title, text[:MAX_CHARACTERS]], code)
    if code in LANGUAGES or is_uncased(text):
        seen_in_title, seen_in_text = _with_uncased(title, seen_in_title, code), _with_uncased(text, seen_in_text, code)
    mentions = joined(gather(seen_in_title, seen_in_text, code), code)
    found = sorted(_under_one_key(mentions, aliases).items(), key=lambda name: -name[1].count)
    return tuple([_name(key, seen) for key, seen in found[:MAX_NAMES]])


def _with_uncased(text: str, seen: Seen, code: str) -> Seen:
    return replace(seen, sure=[*seen.sure, *look_uncased(text, code)])


def _under_one_key(mentions: Mapping[Key, Mentions], aliases: Folds) -> dict[str, Mentions]:
    return merged([(_canonical(key, seen, aliases), seen) for key, seen in mentions.items()])


def _canonical(key: Key, seen: Mentions, aliases: Folds) -> str:
    """What the user calls one comes first, the fullest form before its short ones; then the built-in tables."""
    for form in seen.fullest_first():
        named = aliases.canonical(form)
        if named is not None:
            return " ".join(map(spelling_key, named.split()))
    return " ".join(KNOWN[key].key if key in KNOWN else key)


def _name(key: str, seen: Mentions) -> Name:
    shown = seen.fullest_first()[0]
    return Name(key, shown, _kind(key, shown, seen), seen.count, seen.in_title)


def _kind(key: str, shown: str, seen: Mentions) -> str:
    told = _told_kind(key, shown)
    if told:
        return told
    if seen.titled or (seen.spoke and " " in key):
        return PERSON
    return PLACE if seen.within * _OFTEN_WITHIN >= seen.count else UNKNOWN


@lru_cache(maxsize=32_768)
def _told_kind(key: str, shown: str) -> str:
    """The kind that the tables or the words of a name tell; "" where they tell none."""
    known = KNOWN.get(tuple(key.split()))
    if known is not None:
        return known.kind
    return ORGANISATION if any(fold(word) in ORGANISATION_WORDS for word in shown.split()) else UNKNOWN
