"""What a later revision of an article changed of what the earlier one said.

Added sentences are no correction: they are facts, judged as such. Nor is "today" that became "on Wednesday" when the
day was over. A sentence that was reworded without touching a figure stands after those in which one changed; whether
to tell anyone is `alert`'s matter.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from worker.stages.facts import content_words
from worker.stages.text.words import sentences, split

SAME_SENTENCE_SHARE = 0.5  # of content words, for a sentence and what became of it
MAX_SENTENCES = 500  # compared of each revision

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
    """The changes of a revision, those that changed a figure first."""

    changes: tuple[Change, ...]

    @property
    def changes_figure(self) -> bool:
        return any(change.changes_figure for change in self.changes)


def find_correction(old_text: str, new_text: str) -> Correction | None:
    """What the new text says otherwise or no longer; None when everything said still stands."""
    old = [sentence.text for sentence in sentences(old_text)[:MAX_SENTENCES]]
    new = [sentence.text for sentence in sentences(new_text)[:MAX_SENTENCES]]
    changes = sorted(_changes(old, new), key=lambda change: not change.changes_figure)
    return Correction(tuple(changes)) if changes else None


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
