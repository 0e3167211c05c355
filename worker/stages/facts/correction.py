"""What a later revision of an article changed of what the earlier one said, or a later report of the same outlet.

Added sentences are no correction: they are facts, judged as such. Nor is "today" that became "on Wednesday" when the
day was over. A sentence that was reworded without touching a figure stands after those in which one changed; whether
to tell anyone is `alert`'s matter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from worker.stages.facts import TITLE, Fact, content_words
from worker.stages.facts.alignment import agree
from worker.stages.facts.counts import CASUALTIES
from worker.stages.text.words import sentences, split

SAME_SENTENCE_SHARE = 0.5  # of content words, for a sentence and what became of it
MAX_SENTENCES = 500  # compared of each revision

_CORRECTS = re.compile(  # says that what was said before is not so
    r"\b(?:correct(?:ed|ion|ing|s)|revised|lowered|mistaken|miscount\w*|wrongly|earlier (?:figure|number|count|report)"
    r"|korrigier\w*|berichtig\w*|irrtümlich|corrig\w*|rectifi\w*|erreur|por error|düzelt\w*|yanlış)\b"
    r"|виправ|уточн|исправ|помилков|ошибоч",
    re.IGNORECASE,
)
_RELATIVE = frozenset(
    [
        "today",
        "tonight",
        "yesterday",
        "tomorrow",
        "this",
        "last",
        "morning",
        "afternoon",
        "evening",
        "night",
        "now",
        "earlier",
    ]
)
_DATES = frozenset(
    [
        "on",
        "the",
        "morning",
        "afternoon",
        "evening",
        "night",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence before and after; `after` is empty when it was withdrawn."""

    before: str
    after: str
    changes_figure: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """The changes of a revision, those that changed a figure first; `is_of_report`: of another report instead."""

    changes: tuple[Change, ...]
    is_of_report: bool = False

    @property
    def changes_figure(self) -> bool:
        return any(change.changes_figure for change in self.changes)


def find_correction(old_text: str, new_text: str) -> Correction | None:
    """What the new text says otherwise or no longer; None when everything said still stands."""
    old = [sentence.text for sentence in sentences(old_text)[:MAX_SENTENCES]]
    new = [sentence.text for sentence in sentences(new_text)[:MAX_SENTENCES]]
    changes = sorted(_changes(old, new), key=lambda change: not change.changes_figure)
    return Correction(tuple(changes)) if changes else None


def find_report_correction(facts: Iterable[Fact], said_before: Iterable[Fact]) -> Correction | None:
    """What a report says otherwise than its outlet said in its last reports, oldest first.

    A toll that rises is none, nor is another figure of the same kind, unless the report says that it corrects.
    """
    last = {fact.slot: fact for fact in said_before if fact.value is not None and fact.start != TITLE}
    changes = {
        last[fact.slot].text: Change(last[fact.slot].text, fact.text, changes_figure=True)
        for fact in facts
        if fact.start != TITLE and fact.slot in last and _takes_back(fact, last[fact.slot])
    }
    return Correction(tuple(changes.values()), is_of_report=True) if changes else None


def _takes_back(fact: Fact, before: Fact) -> bool:
    if fact.value is None or before.value is None or agree(fact, before) is not False:
        return False
    if _CORRECTS.search(fact.text):
        return True
    is_told_outright = not fact.hedged and fact.qualifier == before.qualifier == "exactly"
    return fact.slot in CASUALTIES and is_told_outright and before.value / 2 <= fact.value < before.value


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    kept = frozenset(new)  # a sentence that only moved was not changed
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in ("replace", "delete"):
            gone = [sentence for sentence in old[old_start:old_end] if sentence not in kept]
            yield from _pairs(gone, list(new[new_start:new_end]))


def _pairs(gone: Sequence[str], came: list[str]) -> Iterator[Change]:
    """Each sentence that is gone with the one it became, as far as one of those that came resembles it."""
    for before in gone:
        after = max(came, key=lambda sentence: _likeness(before, sentence), default="")
        if after and _likeness(before, after) >= SAME_SENTENCE_SHARE:
            came.remove(after)
        else:
            after = ""
        if after and _is_redated(before, after):
            continue
        yield Change(before, after, changes_figure=_figures(before) != _figures(after))


def _is_redated(before: str, after: str) -> bool:
    """Whether only the day is named in place of "today" or "last night"."""
    old, new = (Counter(word.folded for word in split(sentence)) for sentence in (before, after))
    gone, came = old - new, new - old
    return bool(gone) and gone.keys() <= _RELATIVE and all(word in _DATES or word.isdigit() for word in came)


def _likeness(one: str, other: str) -> float:
    words, others = content_words(one), content_words(other)
    return len(words & others) / max(1, len(words | others))


def _figures(sentence: str) -> frozenset[str]:
    return frozenset(word.folded for word in split(sentence) if word.folded[:1].isdigit())
