"""Who wrote it: from the many ways of writing a byline to a tuple of names.

Does not decide which of a page's bylines to believe; `metadata` does.
"""

import html
import re
from collections.abc import Iterable

from worker.stages.extract.characters import one_line
from worker.stages.text.fold import fold

MOST_AUTHORS = 20
LONGEST_NAME = 80

_TAG = re.compile(r"<[^<>]{1,200}>")
_NOT_A_NAME = re.compile(
    r"\S+@\S+|https?\s*:?\s*//\S*|https?$|\bwww\.\S+|(?<!\w)@\w+"
    r"|\((?:[^()]{0,60})\)"  # what stands in brackets is the outlet, a role or an address
)
# "By" in the commonest languages; a name never begins with them, while "von" and "de" may stand inside one.
_BY = re.compile(
    r"^(?:written by|story by|reported by|by|von|par|por|di|door|av|af|yazan|haber|автор|текст)\s*:?\s+", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*[;|/•·\n]\s*|\s*,\s*|\s+(?:and|und|et|en|og|och|ve|та|и|with|&)\s+", re.IGNORECASE)
# These also join the two halves of one surname (Ortega y Gasset), so both sides must look like full names.
_BETWEEN_FULL_NAMES = re.compile(r"(?<=\w\s)(?P<left>\S+)\s+(?:y|e|i|і|й)\s+(?=\S+\s+\S+)")
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|journalist|columnist|redakteur(?:in)?|korrespondent(?:in)?|"
    r"journaliste|redactora?|corresponsal|muhabiri?|кореспондент(?:ка)?|корреспондент)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(["admin", "administrator", "editor", "editors", "staff", "author", "none", "null", "unknown", "na"])


def names(written: Iterable[str]) -> tuple[str, ...]:
    """The people and agencies named in bylines: "By Ann Lee and Bo Ek, Reuters" gives Ann Lee, Bo Ek, Reuters."""
    found: dict[str, str] = {}
    for byline in written:
        for name in _split(byline):
            key = fold(name).replace("-", " ")
            if key and key not in _NOBODY:
                found.setdefault(key, name)
    return tuple(found.values())[:MOST_AUTHORS]


def names_somebody(written: str) -> bool:
    """Whether it begins as a byline with a name does: "By Ann Lee", but not "By our own staff"."""
    by = _BY.match(written)
    return by is not None and not written[by.end() : by.end() + 1].islower()


def without_outlets(authors: tuple[str, ...], outlets: Iterable[str]) -> tuple[str, ...]:
    """The authors who are not the outlet itself under one of its names."""
    own = {outlet_key(outlet) for outlet in outlets}
    return tuple(author for author in authors if outlet_key(author) not in own)


def outlet_key(name: str) -> str:
    """One key for the ways an outlet is written: "The English Chronicle" and "English-Chronicle" share one."""
    return re.sub(r"[^a-z0-9]", "", fold(name.casefold().removeprefix("the ")))


def _split(byline: str) -> list[str]:
    text = _TAG.sub(" ", html.unescape(byline[:2000]))
    text = _NOT_A_NAME.sub(" ", _BY.sub("", text.strip()))
    text = _BETWEEN_FULL_NAMES.sub(r"\g<left>;", text)
    parts = [one_line(_BY.sub("", part.strip(" .,:;-–—\"'")), LONGEST_NAME + 1) for part in _BETWEEN.split(text)]
    return [part for part in parts if _is_name(part)]


def _is_name(part: str) -> bool:
    return 1 < len(part) <= LONGEST_NAME and any(character.isalpha() for character in part) and not _ROLE.search(part)
