"""Yes against no: whether something is, was or will be so, in sentences of which others may say the opposite.

A `Decision` becomes a Fact with the same slot, value (1 yes, 0.5 open, 0 no) and hedged; its qualifier is "exactly".
Only what `decision_words` lists is known, and only with whom or what it is said of. What may, might or should be so is
no statement. Who attends is told by `attendance`.

States change: a road closed on Monday may be open on Tuesday. Values that are STATE_HOLDS apart are news, and their
outlets do not disagree; who compares knows the times.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from worker.stages.facts import decision_words
from worker.stages.facts.events import (
    CONDITION,
    DENIES,
    FUTURE,
    HEDGES,
    LANGUAGES,
    NOT,
    UNCLEAR,
    Labels,
    Span,
    Stated,
    Word,
    arguments,
    by_language,
    clause,
    name_other_things,
    read,
    roles_in,
    shared,
)
from worker.stages.facts.lexicon import DECIDING, THING, THING_MARK, marked, marks_in, predicates, things, things_in
from worker.stages.facts.numbers import number_words
from worker.stages.text.stopwords import primary

YES, OPEN, NO = 1.0, 0.5, 0.0
STATE_HOLDS = timedelta(hours=12)

_PREFIX = "whether:"
_UNDECIDED = "undecided"
_NOT = "not-"
_WILL, _IS = "will", "is"
_DENIAL_REACH = 10  # words between "denied" and what is denied
_NOT_REACH = 6  # words between "not" and what it turns round
_NOT_BEHIND = 3
# Of these the decision has fallen, though the thing itself is to come.
_TIMELESS = frozenset(["cancelled"])
_COPULA_REACH = 4
_FEW_KEYS = 2
_COUNTED = frozenset(["dead", "injured", "arrest", "evacuated", "guilty"])
_COPULAS = frozenset(
    """
    was is as be been were war ist als fue es era sido etait est ete comme fu e stato foi sido como
    werd was byl byla bylo to це стало був була это стал был была olarak oldugu
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
_DENIAL_ENDS = frozenset(
    """
    but and aber und mais et pero y ma e mas maar en ve ama але і но и ale i
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
_NAME_REACH = 8
_SUBJECT_REACH = 9  # words between who or what and what is said of it

# Said of persons: who is not named is anybody.
_OF_PERSONS = frozenset(
    [
        "resign",
        "arrest",
        "dead",
        "guilty",
        "injured",
        "extradited",
        "candidate",
        "positive",
        "appeal",
        "confess",
        "sacked",
        "armed",
        "sober",
    ]
)
_NEEDS_THING = frozenset(
    """
    open safe approve sign deliberate cancelled agreed evacuated sold recalled
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
_PERSONS = frozenset(["minister", "president", "mayor", "coach", "driver", "captain", "suspect", "director"])
_SHOWN = {
    "open": ("open", "closed"),
    "appeal": ("appeals", "does not appeal"),
    "resign": ("resigns", "does not resign"),
    "arrest": ("arrested", "not arrested"),
    "dead": ("dead", "alive"),
    "approve": ("approved", "rejected"),
    "sign": ("signed", "not signed"),
    "guilty": ("guilty", "not guilty"),
    "deliberate": ("deliberate", "accident"),
    "cancelled": ("cancelled", "going ahead"),
    "agreed": ("agreed", "not agreed"),
    "evacuated": ("evacuated", "not evacuated"),
    "candidate": ("runs", "does not run"),
    "injured": ("injured", "unhurt"),
    "extradited": ("extradited", "not extradited"),
    "safe": ("safe", "not safe"),
    "sold": ("sold", "not sold"),
    "positive": ("tested positive", "tested negative"),
    "recalled": ("recalled", "not recalled"),
    "confess": ("confessed", "has not confessed"),
    "genuine": ("genuine", "fake"),
    "licensed": ("has a licence", "has no licence"),
    "paid": ("ransom paid", "no ransom paid"),
    "sacked": ("dismissed", "not dismissed"),
    "banned": ("banned", "not banned"),
    "armed": ("armed", "not armed"),
    "sober": ("sober", "drunk"),
}
_SHOWN_TO_COME = {
    "appeal": ("will appeal", "will not appeal"),
    "resign": ("will resign", "will not resign"),
    "approve": ("will be approved", "will be rejected"),
    "sign": ("will sign", "will not sign"),
    "candidate": ("will run", "will not run"),
    "open": ("to open", "to stay closed"),
    "sold": ("to be sold", "not to be sold"),
    "extradited": ("to be extradited", "not to be extradited"),
}
_ASKED = {
    "open": "is open", "appeal": "appeals", "resign": "resigns", "arrest": "was arrested", "dead": "is dead",
    "approve": "was approved", "sign": "was signed", "guilty": "is guilty", "deliberate": "was deliberate",
    "cancelled": "is cancelled", "agreed": "was agreed", "evacuated": "was evacuated", "candidate": "runs",
    "injured": "is injured", "extradited": "is extradited", "safe": "is safe", "sold": "is sold",
    "positive": "tested positive", "recalled": "is recalled",
    "confess": "confessed", "genuine": "is genuine", "licensed": "has a licence",
    "paid": "was paid for", "sacked": "was dismissed", "banned": "is banned", "armed": "was armed",
    "sober": "was sober",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """`slot` is "whether:" with what is decided, its time, and of whom or what; `value` is YES, OPEN or NO."""

    slot: str
    value: float
    hedged: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A word that decides something: its predicate, and whether it says yes."""

    place: int
    predicate: str
    is_yes: bool


# --- Finding ---


def cues_in(text: str, language: str) -> list[int]:
    """Where in the text words stand without which a sentence decides nothing: for `cues.holding`."""
    words, starts, marks, cues = marked(text, language)
    return [starts[place] for place in cues if marks[words[place]] & DECIDING and _may_decide(words, marks, place)]


def _may_decide(words: Sequence[str], marks: Mapping[str, int], place: int) -> bool:
    """Whether a thing of the tables stands near, or a name before."""
    if any(word[0].isupper() for word in words[max(0, place - _NAME_REACH) : place]):
        return True
    return any(marks[word] & THING for word in words[max(0, place - _SUBJECT_REACH) : place + _SUBJECT_REACH])


def find_decisions(sentence: str, language: str) -> tuple[Decision, ...]:
    """What the sentence says is or is not so, in reading order; nothing of what it says both."""
    code = primary(language)
    if code not in LANGUAGES or sentence.endswith("?"):
        return ()
    words = read(sentence, language)
    said = list(_said(words, code))
    both = {one.predicate for one in said if not one.is_yes} & {one.predicate for one in said if one.is_yes}
    found: dict[str, Decision] = {}
    for one in said:
        if one.predicate not in both and (decision := _decided(words, one, code)):
            found.setdefault(decision.slot, decision)
    return tuple(found.values())


def _said(words: Sequence[Word], code: str) -> Iterator[_Said]:
    labels, marks = predicates(code), marks_in(code)
    for place, word in enumerate(words):
        if not marks[word.text] & DECIDING:
            continue
        of_word = labels.of[word.folded]
        if labels.pairs[word.folded] and place + 1 < len(words):
            of_word = (*labels.with_next(word.folded, words[place + 1].folded), *of_word)
        for label in of_word[:1]:
            yield _Said(place, label.removeprefix(_NOT), not label.startswith(_NOT))


def _decided(words: Sequence[Word], said: _Said, code: str) -> Decision | None:
    span = clause(words, said.place)
    roles = roles_in(words, span)
    is_unclear = any(word.roles & UNCLEAR for word in words)
    if not is_unclear and (roles & CONDITION or _is_left_open(words, span, code)):
        return None
    keys = _keys(words, span, said, code)
    if not _says_of_whom(words, said, keys) or not _is_said_so(words, span, said, code):
        return None
    is_yes = said.is_yes ^ _is_negated(words, span, said) ^ _is_denied(words, said)
    value = OPEN if is_unclear else YES if is_yes else NO
    time = _WILL if roles & FUTURE and said.predicate not in _TIMELESS else _IS
    slot = f"{_PREFIX}{said.predicate}:{time}:{','.join(keys)}"
    return Decision(slot, value, bool(roles & HEDGES) or is_unclear)


def _is_left_open(words: Sequence[Word], span: Span, code: str) -> bool:
    left_open = _open_words(code)
    inside = words[span.first : span.end]
    return any(
        left_open.of[word.folded] or (left_open.pairs[word.folded] and left_open.with_next(word.folded, follows.folded))
        for word, follows in zip(inside, [*inside[1:], inside[-1]], strict=True)
        if word.text != "May"
    )


def _is_negated(words: Sequence[Word], span: Span, said: _Said) -> bool:
    first, end = max(span.first, said.place - _NOT_REACH), min(span.end, said.place + 1 + _NOT_BEHIND)
    return sum(bool(words[place].roles & NOT) for place in range(first, end)) % 2 == 1


def _is_denied(words: Sequence[Word], said: _Said) -> bool:
    """Whether somebody denies it: "denied that he had resigned", "dismissed reports of his resignation"."""
    for place in range(said.place - 1, max(-1, said.place - 1 - _DENIAL_REACH), -1):
        word = words[place]
        if word.text in _DENIAL_ENDS:
            return False
        if word.roles & DENIES:
            return True
    return False


def _keys(words: Sequence[Word], span: Span, said: _Said, code: str) -> tuple[str, ...]:
    """Of whom or what it is said: things of the tables near it, and names and other words of the sentence."""
    near = Span(max(span.first, said.place - _SUBJECT_REACH), min(span.end, said.place + _SUBJECT_REACH))
    own = words[said.place].folded
    found = [key for key in things_in(words, near, code) if key[1:] not in things(code).of[own]]
    named = arguments(words, span, code)
    if not found and not any(map(_is_name, named)) and any(word.roles & DENIES for word in words):
        named = arguments(words, Span(0, len(words)), code)  # "Brun denied that she had resigned"
    return tuple(dict.fromkeys((*found, *(key for key in named if not own.startswith(key.lower())))))


def _is_name(key: str) -> bool:
    return key[0].isupper()


def _is_said_so(words: Sequence[Word], span: Span, said: _Said, code: str) -> bool:
    """Whether a predicate is said of one thing as it stands: not of how many ("14 hurt"), nor as another's name ("a bus
    accident").
    """
    inside = words[span.first : span.end]
    if said.predicate in _COUNTED and any(
        word.text[0].isdigit() or word.folded in number_words(code) for word in inside
    ):
        return False
    before = words[max(span.first, said.place - _COPULA_REACH) : said.place]
    # The first word of a sentence has a capital anyway.
    is_first = int(before[:1] == words[:1] and not (len(before) > 1 and before[1].is_capitalised))
    if said.predicate == "deliberate":
        return any(word.folded in _COPULAS or word.roles & NOT for word in before)
    if said.predicate == "open":
        return any(things(code).of[word.folded] for word in inside) or any(
            word.is_capitalised for word in before[is_first:]
        )
    return True


def _says_of_whom(words: Sequence[Word], said: _Said, keys: Sequence[str]) -> bool:
    """Whether it is said of somebody or something that can be told from others. The first word may be a name."""
    if any(key.startswith(THING_MARK) or _is_name(key) for key in keys):
        return True
    begins = bool(words[0].keys) and words[0].keys[0] in keys
    return begins or (bool(keys) and said.predicate not in _NEEDS_THING and said.predicate not in _OF_PERSONS)


# --- Words ---


@cache
def _open_words(code: str) -> Labels:
    return Labels((_UNDECIDED, entry) for entry in by_language(decision_words.OPEN).get(code, ()))


# --- Comparing ---


@dataclass(frozen=True, slots=True)
class _Subject:
    predicate: str
    time: str
    things: frozenset[str]
    keys: tuple[str, ...]


def _subject(fact: Stated) -> _Subject:
    predicate, time, keys = ((fact.slot or "").removeprefix(_PREFIX).split(":") + [""] * 3)[:3]
    all_keys = [key for key in keys.split(",") if key]
    things = frozenset(key[1:] for key in all_keys if key.startswith(THING_MARK))
    return _Subject(predicate, time, things, tuple(key for key in all_keys if not key.startswith(THING_MARK)))


def may_be_one(fact: Stated, other: Stated) -> bool:
    """Whether both may speak of the same thing: one predicate at one time, of the same persons or things."""
    if not ((fact.slot or "").startswith(_PREFIX) and (other.slot or "").startswith(_PREFIX)):
        return False
    ours, theirs = _subject(fact), _subject(other)
    if (ours.predicate, ours.time) != (theirs.predicate, theirs.time):
        return False
    names, words = shared(ours.keys, theirs.keys)
    if names:
        return True
    if name_other_things(ours.keys, theirs.keys) or _are_described_apart(ours, theirs, words):
        return False
    return bool(ours.things & theirs.things) or words > 1


def _are_described_apart(ours: _Subject, theirs: _Subject, common: int) -> bool:
    """Whether one word for a thing is all that two descriptions share: the road by the mill, the one by the lake."""
    return common == 1 and min(len(ours.keys), len(theirs.keys)) > _FEW_KEYS


def agree(fact: Stated, other: Stated) -> bool | None:
    """Whether both can be true; None where they cannot be compared: both leave it open, or one does."""
    if fact.value is None or other.value is None:
        return None
    return fact.value == other.value


def shown(fact: Stated) -> str:
    """As people read it: "open", "closed", "will not appeal"."""
    subject = _subject(fact)
    if fact.value == OPEN:
        return "unclear"
    words = (subject.time == _WILL and _SHOWN_TO_COME.get(subject.predicate)) or _SHOWN.get(
        subject.predicate, ("yes", "no")
    )
    return words[0] if fact.value == YES else words[1]


def about(facts: Iterable[Stated]) -> str:
    """For people: "whether the crossing is open", "whether Brandt appeals"."""
    given = list(facts)
    subjects = [_subject(fact) for fact in given]
    asked = _ASKED.get(subjects[0].predicate, "is so") if subjects else "is so"
    return f"whether {_of_whom(given, subjects)} {asked}"


def _of_whom(given: Sequence[Stated], subjects: Sequence[_Subject]) -> str:
    things = frozenset.intersection(*(subject.things for subject in subjects)) if subjects else frozenset()
    common = [key for key in (subjects[0].keys if subjects else ()) if all(key in one.keys for one in subjects)]
    named = next((name for key in common if key[0].isupper() and (name := _as_written(key, given))), "")
    if subjects and subjects[0].predicate in _OF_PERSONS:
        others = (
            name for one in subjects for key in one.keys if key[0].isupper() and (name := _as_written(key, given))
        )
        named = named or next(others, "")
        things = things & _PERSONS
        return named or (f"the {min(things)}" if things else "somebody")
    if things:
        return f"the {min(things)}"
    return named or "it"


def _as_written(key: str, given: Iterable[Stated]) -> str:
    for fact in given:
        for word in fact.text.replace(",", " ").split():
            if word.lower().startswith(key.lower()):
                return word.strip(".;:'’\"").removesuffix("'s").removesuffix("’s")
    return ""
