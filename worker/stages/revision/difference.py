"""What became of a text, sentence by sentence, as people compare two versions: one that only moved has not changed.

Not `difflib`: it takes the square of a text's length where sentences repeat, and would tell a moved paragraph as one
taken out and one put in.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.stages.revision.said import Said, is_same_text, say_the_same, what_is_said

# Of its words and those of the sentence that it became, the share that is in both. Two sentences on one event that say
# different things share a third at most, most of it function words.
SAME_SENTENCE_SHARE = 0.5
# Those of a text that are held against each other to find which became which, as each is compared with each. With more
# of them changed at once it is another text, and what is left is told as taken out and put in.
MAX_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence before and after. Without `before` it was put in, without `after` it was taken out."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a text: its titles, and its edits in the order in which a reader of the later version meets them.

    Two titles that say the same are given as they are.
    """

    title_before: str
    title_after: str
    edits: tuple[Edit, ...]

    @property
    def removed(self) -> tuple[str, ...]:
        return tuple(edit.before for edit in self.edits if not edit.after)

    @property
    def added(self) -> tuple[str, ...]:
        return tuple(edit.after for edit in self.edits if not edit.before)

    @property
    def changed(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.before and edit.after)


def says_the_same(before_title: str, before_text: str, after_title: str, after_text: str) -> bool:
    """Whether nothing that is said has changed. The one rule for whether there is a new revision."""
    if not is_same_text(before_title, after_title):
        return False
    return before_text == after_text or not difference(before_title, before_text, after_title, after_text).edits


def difference(before_title: str, before_text: str, after_title: str, after_text: str) -> Difference:
    """Compare two versions. The time grows with the length of the texts and a bounded number of comparisons."""
    titles = {sentence.key for title in (before_title, after_title) for sentence in what_is_said(title)}
    old, new = (
        [sentence for sentence in what_is_said(text) if sentence.key not in titles]
        for text in (before_text, after_text)
    )
    edits = () if say_the_same(old, new) else tuple(_edits(old, new))
    return Difference(before_title, after_title, edits)


def _edits(old: Sequence[Said], new: Sequence[Said]) -> Iterator[Edit]:
    places, came = _kept(old, new)
    gone = [number for number, place in enumerate(places) if place is None]
    became = _became(old, gone, new, came)
    for number, place in became.items():
        places[number] = place
    arrived = {place: number for number, place in became.items()}
    edits = [(place, -1, Edit(old[arrived[place]].text if place in arrived else "", new[place].text)) for place in came]
    edits += [(place, number, Edit(old[number].text, "")) for place, number in _removed(places)]
    yield from (edit for _place, _number, edit in sorted(edits, key=lambda each: each[:2]))


def _kept(old: Sequence[Said], new: Sequence[Said]) -> tuple[list[int | None], list[int]]:
    """For each old sentence where it stands now, or None; and the places of the new ones that are not among them."""
    waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for place, sentence in enumerate(new):
        waiting[sentence.key].append(place)
    places = [waiting[sentence.key].popleft() if waiting.get(sentence.key) else None for sentence in old]
    return places, sorted(place for left in waiting.values() for place in left)


def _became(old: Sequence[Said], gone: Sequence[int], new: Sequence[Said], came: Sequence[int]) -> dict[int, int]:
    """Which of the sentences that are gone became which of those that came: the most alike first."""
    olds = [(number, frozenset(old[number].key)) for number in gone[:MAX_COMPARED]]
    news = [(place, frozenset(new[place].key)) for place in came[:MAX_COMPARED]]
    pairs = [(_likeness(one, other), number, place) for number, one in olds for place, other in news]
    alike = sorted((pair for pair in pairs if pair[0] >= SAME_SENTENCE_SHARE), key=lambda pair: (-pair[0], *pair[1:]))
    became: dict[int, int] = {}
    taken: set[int] = set()
    for _share, number, place in alike:
        if number not in became and place not in taken:
            became[number] = place
            taken.add(place)
    return became


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _removed(places: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """The old sentences that are gone, each with the place of the one that it followed: there it is missed."""
    last = -1
    for number, place in enumerate(places):
        if place is None:
            yield last, number
        else:
            last = place
