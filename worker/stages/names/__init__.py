"""Names: which people, places and organisations an article speaks of, found without a model.

`runs` finds where names stand, `uncased` does so in scripts without capitals; here the mentions of one name are joined
(Volodymyr Zelensky ... Zelensky), other names for what `known` has brought to one (Kiev, Kyiv), and each gets a kind.
Different people who share a part of a name stay apart: with Barack and Michelle Obama in one article, "Obama" is
joined to neither. Whether two spellings from two articles are of one entity, `same` judges.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from worker.stages.names.known import KNOWN, ORGANISATION, PERSON, PLACE, Folds, Key, by_first_word
from worker.stages.names.runs import ORGANISATION_WORDS, PARTICLES, Seen, Sighting, look, recognise
from worker.stages.names.uncased import LANGUAGES, is_uncased, look_uncased
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.stopwords import primary

MAX_CHARACTERS = 200_000  # of the text; names that matter come before
MAX_NAMES = 100  # of an article, the most mentioned
_MAX_NAMESAKES = 30  # in a list of so many Smiths, "Smith" alone is nobody's
_ORGANISATION_KEYS = frozenset(spelling_key(word) for word in ORGANISATION_WORDS)
_SHORTEST_INITIALS = 3  # fewer letters are the initials of too much
_FAR_MORE = 3
_OFTEN_WITHIN = 3  # a place has "in" before it at least every third time
_NOT_IN_TEXT = 1_000_000

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an article with all its mentions."""

    key: str  # spelling keys of its words, or of the name that stands for it and its other names
    shown: str  # the fullest form in the article
    kind: str  # person, place, organisation, or "" where nothing tells
    count: int
    in_title: bool


@dataclass(slots=True)
class _Mentions:
    """What was seen of one name so far."""

    forms: dict[str, int] = field(default_factory=dict)
    count: int = 0
    titled: int = 0
    spoke: int = 0
    within: int = 0
    in_title: bool = False
    first: int = _NOT_IN_TEXT  # how many sightings the text had before

    def is_someone_else_than(self, fuller: "_Mentions") -> bool:
        """Reports give a full name first: President Trump, named before and far more often, is not Ivanka Trump."""
        is_more = self.count > _FAR_MORE * fuller.count
        return is_more and self.first < fuller.first and self.titled > 0 and not fuller.titled

    def note(self, sighting: Sighting, *, in_title: bool) -> None:
        self.forms[sighting.shown] = self.forms.get(sighting.shown, 0) + 1
        self.count += 1
        self.titled += sighting.is_titled
        self.spoke += sighting.speaks
        self.within += sighting.is_within
        self.in_title |= in_title

    def take(self, other: "_Mentions") -> None:
        for form, count in other.forms.items():
            self.forms[form] = self.forms.get(form, 0) + count
        self.count += other.count
        self.titled += other.titled
        self.spoke += other.spoke
        self.within += other.within
        self.in_title |= other.in_title
        self.first = min(self.first, other.first)


def find_names(title: str, text: str, language: str, aliases: Folds) -> tuple[Name, ...]:
    """The names of an article, the most mentioned first; at most `MAX_NAMES`."""
    code = primary(language)
    seen_in_title, seen_in_text = look([title, text[:MAX_CHARACTERS]], code)
    if code in LANGUAGES or is_uncased(text):
        seen_in_title, seen_in_text = _with_uncased(title, seen_in_title, code), _with_uncased(text, seen_in_text, code)
    mentions = _mentions(seen_in_title, seen_in_text, code)
    joined = _joined(mentions)
    names = (_name(key, seen) for key, seen in _under_one_key(joined, aliases).items())
    return tuple(sorted(names, key=lambda name: -name.count)[:MAX_NAMES])


def _with_uncased(text: str, seen: Seen, code: str) -> Seen:
    return Seen((*seen.sure, *look_uncased(text, code)), seen.unsure)


def _mentions(title: Seen, text: Seen, code: str) -> dict[Key, _Mentions]:
    """First the sure sightings; then, knowing these, the rest."""
    mentions: dict[Key, _Mentions] = defaultdict(_Mentions)
    for sighting in title.sure:
        mentions[sighting.key].note(sighting, in_title=True)
    for order, sighting in enumerate(text.sure):
        mention = mentions[sighting.key]
        mention.note(sighting, in_title=False)
        mention.first = min(order, mention.first)
    known = by_first_word([*mentions, *(key[-1:] for key in mentions if _may_be_person(key))])
    for seen in (title, text):
        for stretch in seen.unsure:
            for sighting in recognise(stretch, known, code):
                mentions[sighting.key].note(sighting, in_title=seen is title)
    mentions.pop((), None)
    return _without_known_before(mentions)


def _without_known_before(mentions: Mapping[Key, _Mentions]) -> dict[Key, _Mentions]:
    """Take "Germany Richard Grenell" apart where Richard Grenell is named by himself."""
    found = dict(mentions)
    for key in mentions:
        if not _may_be_person(key) or key in KNOWN:
            continue
        cuts = (cut for cut in range(1, len(key) - 1) if key[cut:] in found and _is_place(key[:cut]))
        cut = next(cuts, 0)
        if cut:
            count = found.pop(key).count
            for part in (key[:cut], key[cut:]):
                seen = found.setdefault(part, _Mentions())
                shown = _fullest_first(seen)[0] if seen.forms else KNOWN[part].shown
                seen.forms[shown] = seen.forms.get(shown, 0) + count
                seen.count += count
    return found


def _is_place(key: Key) -> bool:
    known = KNOWN.get(key)
    return known is not None and known.kind == PLACE


# --- Joining: which mentions are of one name ---


def _joined(mentions: Mapping[Key, _Mentions]) -> dict[Key, _Mentions]:
    """Each mention goes to the one longer name that it can be short for, if there is exactly one."""
    homes: dict[Key, Key] = {}
    namesakes: dict[str, list[Key]] = defaultdict(list)
    initials = _initials(mentions)
    for key in sorted(mentions, key=len, reverse=True):
        longer = namesakes[key[-1]] if len(namesakes[key[-1]]) <= _MAX_NAMESAKES else []
        fuller = {homes[long] for long in longer if _is_short_for(key, long, mentions)}
        fuller |= {homes.get(long, long) for long in initials.get(key, ())}
        home = fuller.pop() if len(fuller) == 1 else key
        homes[key] = key if len(key) == 1 and mentions[key].is_someone_else_than(mentions[home]) else home
        namesakes[key[-1]].append(key)
    return _merged((homes[key], seen) for key, seen in mentions.items())


T = TypeVar("T")


def _merged(mentions: Iterable[tuple[T, _Mentions]]) -> dict[T, _Mentions]:
    """The mentions under each key made one; it changes them, since nothing needs them apart any more."""
    found: dict[T, _Mentions] = {}
    for key, seen in mentions:
        if key in found:
            found[key].take(seen)
        else:
            found[key] = seen
    return found


def _is_short_for(short: Key, long: Key, mentions: Mapping[Key, _Mentions]) -> bool:
    """Erdogan and Recep Erdogan are short for Recep Tayyip Erdogan; America is not for Bank of America."""
    if len(short) == len(long):
        return False
    if len(short) > 1:
        return long[-len(short) :] == short or (long[0] == short[0] and _may_be_person(long))
    return _may_be_person(long) and (_may_be_surname(short, mentions[short]) or mentions[long].titled > 0)


def _may_be_surname(key: Key, seen: _Mentions) -> bool:
    """Not what is known to be something else, but for cities that share their names with people: Houston."""
    known = KNOWN.get(key)
    return known is None or known.kind == PERSON or (known.is_minor and not seen.within)


def _may_be_person(key: Key) -> bool:
    known = KNOWN.get(key)
    if known is not None:
        return known.kind == PERSON
    return "of" not in key and not any(word in _ORGANISATION_KEYS for word in key)


def _initials(keys: Iterable[Key]) -> dict[Key, list[Key]]:
    """Names of several words under the acronym that their first letters make: European Medicines Agency, EMA."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        letters = "".join(word[0] for word in key if word not in PARTICLES)
        if len(letters) >= _SHORTEST_INITIALS:
            found[(spelling_key(letters),)].append(key)
    return found


# --- One key for all other names, and the name that comes of it ---


def _under_one_key(joined: Mapping[Key, _Mentions], aliases: Folds) -> dict[str, _Mentions]:
    return _merged((_canonical(key, seen, aliases), seen) for key, seen in joined.items())


def _canonical(key: Key, seen: _Mentions, aliases: Folds) -> str:
    """What the user calls one comes first, the fullest form before its short ones; then the built-in tables."""
    for form in _fullest_first(seen):
        named = aliases.canonical(form)
        if named is not None:
            return " ".join(map(spelling_key, named.split()))
    return " ".join(KNOWN[key].key if key in KNOWN else key)


def _fullest_first(seen: _Mentions) -> list[str]:
    """Most words first; of as many, mixed case before capitals only, then the more common."""
    return sorted(seen.forms, key=lambda form: (-len(form.split()), form.isupper(), -seen.forms[form], form))


def _name(key: str, seen: _Mentions) -> Name:
    shown = _fullest_first(seen)[0]
    return Name(key, shown, _kind(key, shown, seen), seen.count, seen.in_title)


def _kind(key: str, shown: str, seen: _Mentions) -> str:
    words = tuple(key.split())
    if words in KNOWN:
        return KNOWN[words].kind
    if any(fold(word) in ORGANISATION_WORDS for word in shown.split()):
        return ORGANISATION
    if seen.titled or (seen.spoke and len(words) > 1):
        return PERSON
    return PLACE if seen.within * _OFTEN_WITHIN >= seen.count else UNKNOWN
