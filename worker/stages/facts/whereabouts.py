"""Where something happens: the place of an event in a sentence.

A `Whereabouts` becomes a Fact with the same slot, value None, `said` (the place, as people read it) and the qualifier
("at" or "near"); `slot` is "where:…". A place has a name (Port Selim), or is a spot without one (a loading dock); the
two say different things and are never held against each other. Nor are a place and one in which it may lie.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from worker.stages.facts import date_words, place_words
from worker.stages.facts.events import (
    BREAK,
    CONDITION,
    FUTURE,
    HEDGES,
    NOT,
    SAYS,
    Labels,
    Span,
    Stated,
    Word,
    arguments,
    by_language,
    clause,
    kinds_in,
    name_other_things,
    names_apart,
    read,
    roles_in,
    shared,
)
from worker.stages.facts.lexicon import (
    AT,
    HAPPENING,
    LOCATED,
    NEAR,
    OCCURS,
    PREPOSITION,
    SPOT,
    happenings,
    marked,
    marks_in,
    prepositions,
    spots,
)
from worker.stages.names.known import countries, key_of
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import primary

_PREFIX = "where:"
_WILL, _IS = "will", "is"
_REACH = 8  # words from what happens to its place
_NOUN_REACH = 4  # from "the blast", which has no verb of its own
_SPOT_REACH = 3  # words that may stand between "the" and the spot
_NAME_WORDS = 4
_LETTERS = 5

# One story may have several of these.
_COMMON = frozenset(["meet", "attack", "arrest", "sign", "trial", "concert", "died", "born"])
_MOVES_ABOUT = frozenset(["fire", "quake", "storm", "flood", "attack"])  # near two towns at once
_ABOUT = {
    "meet": "place of the meeting", "explosion": "place of the explosion", "fire": "place of the fire",
    "attack": "place of the attack", "crash": "place of the accident", "wedding": "place of the wedding",
    "funeral": "place of the funeral", "discover": "place of the discovery", "land": "place of the landing",
    "born": "place of birth", "died": "place of death", "arrest": "place of the arrest", "sign": "place of the signing",
    "concert": "place of the event", "final": "place of the match", "sink": "place of the sinking",
    "trial": "place of the hearing", "launch": "place of the launch",
}  # fmt: skip
_ARTICLES = frozenset(
    """
    the a an its his her their der die das dem den einer einem einen le la les un une l el los las
    una il lo i gli uno o os as um uma het een de
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
_NOT_OF_NAMES = {  # "on the Aldis" may be anything that bears a name
    "en": frozenset(["on", "aboard", "inside"]),
    "de": frozenset(["an", "auf", "am", "vor"]),
    "fr": frozenset(["sur"]),
    "it": frozenset(["su", "sul", "sulla"]),
    "nl": frozenset(["op", "aan"]),
    "uk": frozenset(["na", "pid"]),
    "ru": frozenset(["na", "pod"]),
}
_WITHIN_NAME = frozenset(["de", "da", "do", "del", "la", "las", "los", "al", "el", "di", "du"])


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`slot` is "where:" with what happens, whether it is to come, the sort of place, and who and what."""

    slot: str
    said: str
    qualifier: str
    hedged: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a sentence: from its preposition to its last word. `sort` is "" of a name, else that of a spot."""

    first: int
    end: int
    said: str
    is_near: bool
    sort: str = ""
    spot: str = ""


# --- Finding ---


def cues_in(text: str, language: str) -> list[int]:
    """Where in the text words stand without which a sentence places nothing: for `cues.holding`."""
    words, starts, marks, cues = marked(text, language)
    is_turkish = primary(language) == "tr"  # the verb comes last
    return [
        starts[place]
        for place in cues
        if marks[words[place]] & HAPPENING and (is_turkish or _may_place(words, marks, place))
    ]


def _may_place(words: Sequence[str], marks: Mapping[str, int], happens: int) -> bool:
    """Whether, soon after what happens, a preposition stands before a name or a spot."""
    for place in range(happens + 1, min(len(words), happens + _REACH + 1)):
        if marks[words[place]] & PREPOSITION:
            behind = words[place + 1 : place + 1 + _SPOT_REACH + 1]
            if any(marks[word] & SPOT or word[0].isupper() for word in behind):
                return True
    return False


def find_whereabouts(sentence: str, language: str) -> tuple[Whereabouts, ...]:
    """Where the sentence says something happens, in reading order: of names the first, and of spots."""
    code = primary(language)
    words = read(sentence, language)
    found: dict[str, Whereabouts] = {}
    for place in _places(words, code):
        if where := _placed(words, place, code):
            found.setdefault(where.slot.split(":")[1] + place.sort, where)
    return tuple(found.values())


def _places(words: Sequence[Word], code: str) -> Iterator[_Place]:
    """The places after a preposition, and before a Turkish ending, in order."""
    if code == "tr":
        yield from _turkish_places(words)
        return
    known, marks = prepositions(code), marks_in(code)
    end = 0
    for at, word in enumerate(words):
        if at < end or at + 1 >= len(words) or not marks[word.text] & PREPOSITION:
            continue
        labels = known.of[word.folded] or known.with_next(word.folded, words[at + 1].folded)
        if labels and (place := _place_after(words, at, code, is_near=NEAR in labels)):
            end = place.end
            yield place


def _place_after(words: Sequence[Word], at: int, code: str, *, is_near: bool) -> _Place | None:
    begin = at + 1
    while begin < len(words) and (words[begin].folded in _ARTICLES or words[begin].folded in ("to", "of", "de")):
        begin += 1
    return _spot_at(words, at, begin, code, is_near=is_near) or _name_at(words, at, begin, code, is_near=is_near)


def _spot_at(words: Sequence[Word], at: int, begin: int, code: str, *, is_near: bool) -> _Place | None:
    """ "at the tank farm": the first spot within reach, with no sign, verb or preposition before it."""
    known, before = spots(code), prepositions(code)
    for place in range(begin, min(len(words), begin + _SPOT_REACH)):
        word = words[place]
        if word.roles & BREAK or word.roles & SAYS or (place > begin and before.of[word.folded]):
            return None
        if word.is_capitalised and code != "de":
            return None
        follows = words[place + 1].folded if place + 1 < len(words) else ""
        labels, length = known.with_next(word.folded, follows), 2
        if not labels:
            labels, length = known.of[word.folded], 1
        # "the bus driver" is no bus: the last of two spots in a row is meant.
        is_compound = code == "en" and (known.of[follows] or (place + 1 < len(words) and words[place + 1].kinds))
        if labels and (length == 2 or not is_compound):
            sort, _, spot = labels[0].partition(" ")
            said = " ".join(one.text for one in words[begin : place + length] if one.folded not in _ARTICLES)
            return _Place(at, place + length, said, is_near, sort, spot)
    return None


def _name_at(words: Sequence[Word], at: int, begin: int, code: str, *, is_near: bool) -> _Place | None:
    """ "in Port Selim", "near the town of Brenn", "au large de Saint-Malo"."""
    if words[at].folded in _NOT_OF_NAMES.get(code, ()):
        return None
    while begin < len(words) and begin <= at + _SPOT_REACH and not words[begin].is_capitalised:
        if words[begin].roles or words[begin].kinds or words[begin].text[0].isdigit():
            return None
        begin += 1
    end = begin
    while end < len(words) and end < begin + _NAME_WORDS and _goes_on(words, begin, end):
        end += 1
    while end > begin and not words[end - 1].is_capitalised:
        end -= 1
    if end == begin or words[begin].roles or _is_no_place(words, begin, end, code):
        return None
    near = is_near or any(word.folded in _areas() and not word.is_capitalised for word in words[at : end + 1])
    return _Place(at, end, " ".join(word.text for word in words[begin:end]), near)


def _goes_on(words: Sequence[Word], begin: int, place: int) -> bool:
    word = words[place]
    if word.is_capitalised:
        return not word.kinds
    return place > begin and word.folded in _WITHIN_NAME and place + 1 < len(words) and words[place + 1].is_capitalised


def _is_no_place(words: Sequence[Word], begin: int, end: int, code: str) -> bool:
    """Days and months have a capital as well; "in Brenn's kitchen" is not Brenn, and German nouns are no names."""
    word, last = words[begin], words[end - 1]
    if word.folded.partition("'")[0][:_LETTERS] in _dates() or last.text.endswith(("'s", "’s")):
        return True
    follows = words[end] if end < len(words) else None
    if code == "de":
        return word.folded in _ordinary_german() or bool(spots(code).of[word.folded])
    # "in Merkel said": a speaker follows; "in Russian territory" an adjective.
    return follows is not None and follows.folded in ("forces", "troops", "police", "officials")


def _turkish_places(words: Sequence[Word]) -> Iterator[_Place]:
    """ "Port Selim'de", "Harun Kale kentinde", "liman yakınlarında"."""
    near = frozenset(map(fold, by_language(place_words.NEAR)["tr"]))
    towns = frozenset(place_words.TURKISH_TOWNS.split())
    known = spots("tr")
    for at, word in enumerate(words):
        stem, _, ending = word.text.partition("'" if "'" in word.text else "’")
        in_place = ending[:2].lower() in ("da", "de", "ta", "te") and word.is_capitalised
        if in_place or word.folded in towns or word.folded in near:
            begin = at
            while begin > 0 and _is_name_before(words[begin - 1]) and at - begin < _NAME_WORDS - 1:
                begin -= 1
            names = [one.text for one in words[begin:at]] + ([stem] if in_place else [])
            if names and fold(names[0])[:_LETTERS] not in _dates():
                yield _Place(begin, at + 1, " ".join(names), word.folded in near)
        elif word.folded.endswith(("da", "de", "ta", "te")) and (labels := known.of[word.folded]):
            sort, _, spot = labels[0].partition(" ")
            yield _Place(at, at + 1, word.text, False, sort, spot)


def _is_name_before(word: Word) -> bool:
    return word.is_capitalised and word.text.isalpha() and word.folded[:_LETTERS] not in _dates()


def _placed(words: Sequence[Word], place: _Place, code: str) -> Whereabouts | None:
    span = clause(words, place.first)
    roles = roles_in(words, span)
    if any(word.roles & (CONDITION | NOT) for word in words[span.first : place.first]):
        return None
    kind = _kind_there(words, span, place, code)
    if not kind:
        return None
    time = _WILL if roles & FUTURE or (words[max(0, place.first - 2)].folded == "to") else _IS
    parts = {fold(part)[:_LETTERS] for part in place.said.replace("-", " ").split()}
    keys = [key for key in arguments(words, span, code) if key.lower() not in parts and key.lower() not in _dates()]
    sort = f"{place.sort} {place.spot}" if place.sort else ""
    slot = f"{_PREFIX}{kind}:{time}:{sort}:{','.join(keys)}"
    return Whereabouts(slot, place.said, NEAR if place.is_near else AT, bool(roles & HEDGES))


def _kind_there(words: Sequence[Word], span: Span, place: _Place, code: str) -> str:
    """What happens at a place: the nearest event just before it, or any of which a verb says that it happens."""
    happens = happenings(code)
    if code == "tr":  # where the verb comes last
        kinds = [kind for kind in kinds_in(words, span) if kind in LOCATED]
        return kinds[0] if kinds else ""
    for at in range(place.first - 1, max(span.first, place.first - _REACH) - 1, -1):
        labels = _labels_at(happens, words, at)
        if OCCURS in labels:
            kinds = [kind for kind in kinds_in(words, Span(span.first, place.first)) if kind in LOCATED]
            kinds = kinds or [kind for kind in kinds_in(words, Span(0, len(words))) if kind in LOCATED]
            return kinds[-1] if kinds else ""
        kinds = [kind for kind in words[at].kinds if kind in LOCATED]
        if kinds and (place.first - at <= _NOUN_REACH or _is_verb_like(words, at)):
            return kinds[0]
    return ""


def _labels_at(labels: Labels, words: Sequence[Word], at: int) -> tuple[str, ...]:
    follows = words[at + 1].folded if at + 1 < len(words) else ""
    return (*labels.with_next(words[at].folded, follows), *labels.of[words[at].folded])


def _is_verb_like(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].folded not in _ARTICLES and bool(words[at - 1].roles & FUTURE)


# --- Words ---


@cache
def _areas() -> frozenset[str]:
    return frozenset(map(fold, place_words.AREAS.split()))


@cache
def _dates() -> frozenset[str]:
    """The beginnings of names of days and months, in all languages."""
    words = (
        " ".join((*date_words.MONTHS.values(), *date_words.WEEKDAYS.values()))
        .replace("|", " ")
        .replace("*", "")
        .split()
    )
    return frozenset(fold(word)[:_LETTERS] for word in words if len(word) > 3 or word in ("may", "mai"))


@cache
def _ordinary_german() -> frozenset[str]:
    return frozenset(
        """
        anfang ende mitte rahmen zusammenhang fall folge jahr jahre tag woche monat nacht morgen
        abend mittag haft lage ordnung gefahr sicherheit zukunft vergangenheit kraft regierung
        partei prozess frage hinblick bezug anspruch not richtung auftrag stadt land gemeinde region
        """.split()  # noqa: SIM905 - a list of words reads better without its marks
    )


# --- Comparing ---


@dataclass(frozen=True, slots=True)
class _Subject:
    kind: str
    time: str
    sort: str
    spot: str
    keys: tuple[str, ...]


def _subject(fact: Stated) -> _Subject:
    kind, time, sort, keys = ((fact.slot or "").removeprefix(_PREFIX).split(":") + [""] * 4)[:4]
    of_place, _, spot = sort.partition(" ")
    return _Subject(kind, time, of_place, spot, tuple(key for key in keys.split(",") if key))


def may_be_one(fact: Stated, other: Stated) -> bool:
    """Whether both may place the same event, by a place of the same sort."""
    if not ((fact.slot or "").startswith(_PREFIX) and (other.slot or "").startswith(_PREFIX)):
        return False
    ours, theirs = _subject(fact), _subject(other)
    if (ours.kind, ours.time, ours.sort) != (theirs.kind, theirs.time, theirs.sort):
        return False
    names, words = shared(ours.keys, theirs.keys)
    if ours.kind in _COMMON:
        return (names > 0 or words > 1) and not names_apart(ours.keys, theirs.keys)
    return names + words > 0 or not name_other_things(ours.keys, theirs.keys)


def agree(fact: Stated, other: Stated) -> bool | None:
    """Whether both can be true; None where one may lie in the other."""
    ours, theirs = _subject(fact), _subject(other)
    if ours.sort:
        return _same_spot(fact, other, ours, theirs)
    words, their_words = _name_words(fact.said), _name_words(other.said)
    if words & their_words:
        return True
    if _is_country(fact.said) != _is_country(other.said):
        return None
    if _is_told_beside(words, other.text) or _is_told_beside(their_words, fact.text):
        return None
    if NEAR in (fact.qualifier, other.qualifier) and (ours.kind in _MOVES_ABOUT or fact.qualifier != other.qualifier):
        return None
    return False


def _same_spot(fact: Stated, other: Stated, ours: _Subject, theirs: _Subject) -> bool | None:
    if ours.spot == theirs.spot:
        return True
    head, their_head = (fold(said.split()[-1]) for said in (fact.said, other.said))
    if head in fold(other.text) or their_head in fold(fact.text):
        return None
    return False


@lru_cache(maxsize=4096)
def _name_words(said: str) -> frozenset[str]:
    parts = fold(said.replace("-", " ")).split()
    return frozenset(part[:_LETTERS] for part in parts if len(part) > 2 and part not in _WITHIN_NAME) or frozenset(
        parts
    )


def _is_told_beside(words: frozenset[str], text: str) -> bool:
    low = fold(text)
    return any(word in low for word in words)


def _is_country(said: str) -> bool:
    return key_of(said) in _countries()


@cache
def _countries() -> frozenset[tuple[str, ...]]:
    return frozenset(key_of(name) for names in countries() for name in names[0])


def shown(fact: Stated) -> str:
    """As people read it: "Port Selim", "near Grenzau", "loading dock"."""
    return f"near {fact.said}" if fact.qualifier == NEAR else fact.said


def about(facts: Iterable[Stated]) -> str:
    """For people: "place of the explosion"."""
    kinds = [_subject(fact).kind for fact in facts]
    return _ABOUT.get(kinds[0], "place") if kinds else "place"
