"""Yes against no: whether something is, was or will be so, in sentences of which others may say the opposite.

A `Decision` becomes a Fact with the same slot, value (1 yes, 0.5 open, 0 no) and hedged; its qualifier is "exactly".
What `decision_words` lists is known with whom or what it is said of. Of all else that happens only what is said not to
have happened is a decision, `GENERAL` before its event; who says that it has need not say yes (see `disagreement`).
What may, might or should be so is no statement. Who attends is told by `attendance`.

States change: a road closed on Monday may be open on Tuesday. Values that are STATE_HOLDS apart are news, and their
outlets do not disagree; who compares knows the times.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from worker.stages.facts import decision_words
from worker.stages.facts.concepts import CONCEPTS
from worker.stages.facts.events import (
    BREAK,
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
from worker.stages.facts.statements import gist
from worker.stages.text.stopwords import primary

YES, OPEN, NO = 1.0, 0.5, 0.0
STATE_HOLDS = timedelta(hours=12)

GENERAL = "~"  # before an event of `concepts`
_PREFIX = "whether:"
_UNDECIDED = "undecided"
_NOT = "not-"
_WILL, _IS = "will", "is"
# Of these not is no denial, or another kind of fact says how many.
_NOT_GENERAL = frozenset(
    """
    deny confirm announc admit report warn demand offer promis invit plan kill injur missing arrest reject ban cancel
    delay end close begin find investigat search correct withdraw approv win lose cost test help build free rise fall
    publish appeal sentenc convict resign attend land want
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
# What is without power has been hit, and denies nothing. Spanish "no" is a not.
_LACKS = frozenset(
    """
    without neither nor nothing none ohne weder kein keine keinen keiner keinem keines sans aucun aucune
    ni sin ningun ninguna ninguno
    senza nessun nessuna nessuno neppure sem nenhum nenhuma geen zonder без немає нет ні ни жодного
    bez zaden zadnego yok
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
_CAUSE = "cause"
_CAUSE_REACH = 9  # words
CAUSES_FROM = 2  # the value of the first cause, of more than yes and no
_GENERAL_BEHIND, _GENERAL_BEFORE = 4, 4  # words between "not" and what did not happen
_DENIAL_REACH = 10  # words between "denied" and what is denied
_NOT_REACH = 6  # words between "not" and what it turns round
_NOT_BEHIND = 3
# Of these the decision has fallen, though the thing itself is to come.
_TIMELESS = frozenset(["cancelled"])
_COPULA_REACH = 4
_FEW_KEYS = 2
_FEW_TERMS = 4
_SHARED_TERMS = 3  # the predicate among them
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
# A story has one of these, if any: which need not be said.
_ONE_OF_ITS_KIND = frozenset(["paid", "warned"])
_PAYS = (
    *("paid", "pay", "handed", "transfer", "zahlt", "floss", "flossen", "vers", "remis", "pag"),
    *("entreg", "consegn", "öde"),
    *("сплач", "заплат", "випла", "выпла", "передал", "zapłac", "betaal"),
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
    "warned": ("warned", "not warned"),
    "involved": ("involved", "not involved"),
    "violated": ("violated", "not violated"),
    "informed": ("informed", "not informed"),
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
    "paid": "was paid for", "sacked": "was dismissed", "banned": "is banned", "warned": "was warned",
    "involved": "is involved", "violated": "was violated", "informed": "was informed", "armed": "was armed",
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
    if not found and (decision := _not_so(words, code)):
        found[decision.slot] = decision
    return tuple(found.values())


def _not_so(words: Sequence[Word], code: str) -> Decision | None:
    """What the sentence says has not happened, whatever it is."""
    turning = [place for place, word in enumerate(words) if word.roles & (NOT | DENIES)]
    if len(turning) != 1 or any(word.roles & (CONDITION | UNCLEAR | FUTURE) for word in words):
        return None  # twice not may be anything
    event = _event_turned(words, turning[0], code)
    if event is None:
        return None
    span = clause(words, event)
    if _is_left_open(words, Span(min(span.first, turning[0]), span.end), code):
        return None
    keys = [key for key in arguments(words, span, code) if not words[event].folded.startswith(key.lower())]
    if not any(map(_is_name, keys)) and not things_in(words, span, code):
        return None
    slot = f"{_PREFIX}{GENERAL}{CONCEPTS[words[event].folded][0]}:{_IS}:{','.join(keys)}"
    return Decision(slot, NO, hedged=any(word.roles & HEDGES for word in words))


def _event_turned(words: Sequence[Word], place: int, code: str) -> int | None:
    """The event behind "not" or "denied", or just before it."""
    is_denial = bool(words[place].roles & DENIES)
    text = words[place].text.lower()
    if not is_denial and (text in _LACKS or (text == "no" and code == "en")):
        return None
    reach = _DENIAL_REACH if is_denial else _GENERAL_BEHIND
    behind = range(place + 1, min(len(words), place + 1 + reach))
    before = range(place - 1, max(-1, place - 1 - _GENERAL_BEFORE), -1)
    for places in (behind,) if is_denial else (behind, before):
        for at in places:
            if words[at].roles & BREAK and not is_denial:
                break
            concept, is_event = CONCEPTS[words[at].folded]
            if is_event:
                return None if concept in _NOT_GENERAL else at
    return None


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
    if said.predicate == _CAUSE:
        return None if roles & (NOT | CONDITION) else _caused(words, span, said, code)
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


def _caused(words: Sequence[Word], span: Span, said: _Said, code: str) -> Decision | None:
    """What brought something about, as its number among the causes that are known, from CAUSES_FROM on."""
    if _is_denied(words, said) or any(word.roles & (NOT | UNCLEAR) for word in words):
        return None
    near = range(max(0, said.place - _CAUSE_REACH), min(len(words), said.place + _CAUSE_REACH))
    table = _causes()
    found = (
        (abs(place - said.place), label)
        for place in near
        for label in (
            *table.of[words[place].folded],
            *(table.with_next(words[place].folded, words[place + 1].folded) if place + 1 < len(words) else ()),
        )
    )
    _, cause = min(found, default=(0, ""))
    if not cause:
        return None
    keys = ",".join(arguments(words, span, code))
    is_open = _is_left_open(words, span, code) or any(word.roles & HEDGES for word in words)
    return Decision(f"{_PREFIX}{_CAUSE}:{_IS}:{keys}", float(CAUSES_FROM + _CAUSES.index(cause)), is_open)


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
    joined = (place + 1 for place in range(said.place - 1, first - 1, -1) if words[place].text in _DENIAL_ENDS)
    first = next(joined, first)  # "sirens were not heard and water came without warning"
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
    if said.predicate == "paid":  # "her word on ransom" says nothing
        return any(word.roles & NOT or word.text.lower().startswith(_PAYS) for word in inside)
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
    if said.predicate in _ONE_OF_ITS_KIND:
        return True
    return begins or (bool(keys) and said.predicate not in _NEEDS_THING and said.predicate not in _OF_PERSONS)


# --- Words ---


@cache
def _causes() -> Labels:
    return Labels((kind, entry) for line in _cause_lines() for kind, words in (line,) for entry in words)


def _cause_lines() -> Iterator[tuple[str, list[str]]]:
    for line in decision_words.CAUSES.strip().replace("\n ", " ").splitlines():
        kind, _, words = line.partition(": ")
        yield kind, words.split()


_CAUSES = tuple(kind for kind, _ in _cause_lines())


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
    if ours.predicate.startswith(GENERAL):
        return _say_the_same_else(fact, other) or _say_little_else(fact, other)
    if ours.predicate == _CAUSE:
        return not name_other_things(ours.keys, theirs.keys)
    names, words = shared(ours.keys, theirs.keys)
    if names or ours.predicate in _ONE_OF_ITS_KIND:
        return True
    if name_other_things(ours.keys, theirs.keys) or _are_described_apart(ours, theirs, words):
        return False
    return bool(ours.things & theirs.things) or words > 1 or _say_the_same_else(fact, other)


def _say_the_same_else(fact: Stated, other: Stated) -> bool:
    """Whether two sentences, of two languages perhaps, share what they are about besides the predicate."""
    ours, theirs = gist(fact.text).terms, gist(other.text).terms
    return len(ours & theirs) >= max(_SHARED_TERMS, min(len(ours), len(theirs)) // 2)


def _are_described_apart(ours: _Subject, theirs: _Subject, common: int) -> bool:
    """Whether one word for a thing is all that two descriptions share: the road by the mill, the one by the lake."""
    return common == 1 and min(len(ours.keys), len(theirs.keys)) > _FEW_KEYS


def _say_little_else(fact: Stated, other: Stated) -> bool:
    """Whether a short sentence shares half of what it says."""
    ours, theirs = gist(fact.text).terms, gist(other.text).terms
    least = min(len(ours), len(theirs))
    return least <= _FEW_TERMS and 2 * len(ours & theirs) >= least and len(ours & theirs) > 1


def general_event(slot: str) -> str:
    """The event of which a slot says that it has not happened; "" for other slots."""
    event, _, _ = slot.removeprefix(_PREFIX).partition(":")
    return event[len(GENERAL) :] if slot.startswith(_PREFIX + GENERAL) else ""


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
    if subject.predicate == _CAUSE and fact.value is not None:
        return _CAUSES[int(fact.value) - CAUSES_FROM]
    words = (subject.time == _WILL and _SHOWN_TO_COME.get(subject.predicate)) or _SHOWN.get(
        subject.predicate, ("yes", "no")
    )
    return words[0] if fact.value == YES else words[1]


def about(facts: Iterable[Stated]) -> str:
    """For people: "whether the crossing is open", "whether Brandt appeals"."""
    given = list(facts)
    subjects = [_subject(fact) for fact in given]
    predicate = subjects[0].predicate if subjects else ""
    if predicate == _CAUSE:
        return "what caused it"
    if predicate.startswith(GENERAL):
        return f"whether it is so: {predicate[len(GENERAL) :]}"
    asked = _ASKED.get(predicate, "is so")
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
