"""The mentions of each name of an article, gathered from its sightings: how often, in which forms, beside what."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from worker.stages.names.known import KNOWN, PERSON, PLACE, Key
from worker.stages.names.lookup import by_first_word
from worker.stages.names.sightings import Seen, Sighting
from worker.stages.names.tokens import ORGANISATION_WORDS
from worker.stages.text.fold import spelling_key

_ORGANISATION_KEYS = frozenset(spelling_key(word) for word in ORGANISATION_WORDS) | {"of"}
_FAR_MORE = 3
_NOT_IN_TEXT = 1_000_000


@dataclass(slots=True)
class Mentions:
    """What was seen of one name so far."""

    forms: dict[str, int] = field(default_factory=dict)
    count: int = 0
    titled: int = 0
    spoke: int = 0
    within: int = 0
    in_title: bool = False
    first: int = _NOT_IN_TEXT  # how many different sightings the text had before

    def is_someone_else_than(self, fuller: "Mentions") -> bool:
        """Reports give a full name first: President Trump, named before and far more often, is not Ivanka Trump."""
        is_more = self.count > _FAR_MORE * fuller.count
        return is_more and self.first < fuller.first and self.titled > 0 and not fuller.titled

    def note(self, sighting: Sighting, times: int = 1) -> None:
        _, shown, is_titled, speaks, is_within = sighting
        self.forms[shown] = self.forms.get(shown, 0) + times
        self.count += times
        if is_titled or speaks or is_within:
            self.titled += times * is_titled
            self.spoke += times * speaks
            self.within += times * is_within

    def take(self, other: "Mentions") -> None:
        for form, count in other.forms.items():
            self.forms[form] = self.forms.get(form, 0) + count
        self.count += other.count
        self.titled += other.titled
        self.spoke += other.spoke
        self.within += other.within
        self.in_title |= other.in_title
        self.first = min(self.first, other.first)

    def fullest_first(self) -> list[str]:
        """The forms, those of most words first; of as many, mixed case before capitals only, then the more common."""
        if len(self.forms) == 1:
            return list(self.forms)
        return sorted(self.forms, key=lambda form: (-len(form.split()), form.isupper(), -self.forms[form], form))


def gather(title: Seen, text: Seen, code: str) -> dict[Key, Mentions]:
    """First the sure sightings of an article in some language; then, knowing these, the rest."""
    mentions: dict[Key, Mentions] = defaultdict(Mentions)
    for sighting, times in Counter(title.sure).items():
        mentions[sighting.key].note(sighting, times)
    for order, (sighting, times) in enumerate(Counter(text.sure).items()):
        mention = mentions[sighting.key]
        mention.note(sighting, times)
        if order < mention.first:
            mention.first = order
    known = by_first_word([*mentions, *(key[-1:] for key in mentions if may_be_person(key))])
    for sighting in title.sure:
        mentions[sighting.key].in_title = True
    for seen in (title, text):
        for sighting in seen.recognised(known, code):
            mentions[sighting.key].note(sighting)
            mentions[sighting.key].in_title |= seen is title
    mentions.pop((), None)
    return _without_known_before(mentions)


def _without_known_before(mentions: Mapping[Key, Mentions]) -> dict[Key, Mentions]:
    """Take "Germany Richard Grenell" apart where Richard Grenell is named by himself."""
    found = dict(mentions)
    for key in mentions:
        if len(key) <= 2 or key in KNOWN or not may_be_person(key):
            continue
        cuts = (cut for cut in range(1, len(key) - 1) if key[cut:] in found and _is_place(key[:cut]))
        cut = next(cuts, 0)
        if cut:
            count = found.pop(key).count
            for part in (key[:cut], key[cut:]):
                seen = found.setdefault(part, Mentions())
                shown = seen.fullest_first()[0] if seen.forms else KNOWN[part].shown
                seen.forms[shown] = seen.forms.get(shown, 0) + count
                seen.count += count
    return found


def _is_place(key: Key) -> bool:
    known = KNOWN.get(key)
    return known is not None and known.kind == PLACE


@lru_cache(maxsize=32_768)
def may_be_person(key: Key) -> bool:
    """Not what is known to be something else, nor what has a word of an organisation in it."""
    known = KNOWN.get(key)
    if known is not None:
        return known.kind == PERSON
    return _ORGANISATION_KEYS.isdisjoint(key)
