"""Who will be there: statements that a person or a country's side attends, may attend, or stays away.

Only what is still to come is read: "is set to meet" is a statement about the event at hand, "have not met since May" is
history. English only, by its verb phrases; other languages give no statements yet. Persons are known by a title
somewhere in the article ("envoy Steve Witkoff"), countries and seats of government by a small table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from worker.stages.text.fold import fold, spelling_key

ATTENDS, OPEN, STAYS_AWAY = 1.0, 0.5, 0.0

_SUBJECT_REACH = 70  # characters between a name and its verb
_OBJECT_REACH = 80

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_TITLE = (
    r"(?:[Pp]resident|[Mm]inister|[Pp]remier|[Cc]hancellor|[Ee]nvoy|[Aa]mbassador|[Ss]ecretary(?:[ -]General)?"
    r"|[Ss]pokes(?:man|woman|person)|[Ll]eader|[Cc]hief|[Gg]overnor|[Mm]ayor|[Ss]enator|[Gg]eneral|[Kk]ing|[Qq]ueen"
    r"|[Pp]rince|[Pp]rincess|[Pp]ope|[Dd]irector|[Cc]hair(?:man|woman)?|[Cc]ommissioner|[Nn]egotiator|[Aa]dvis[eo]r"
    r"|[Aa]ide|[Cc]oach|[Mm]inistress|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sen\.?|Gen\.?)"
)
_NAME_WORD = rf"[{_CAPITAL}](?:[\w-]|[’'](?!s\b))+"
_TITLED = re.compile(  # "envoy Steve Witkoff", "President George W. Bush", "his envoy, Steve Witkoff,"
    rf"\b{_TITLE}(?:\s|,\s(?={_NAME_WORD}\s{_NAME_WORD},))((?:{_NAME_WORD}\s(?:[{_CAPITAL}]\.\s)?){{0,3}}{_NAME_WORD})"
)
_NAME = re.compile(rf"\b{_NAME_WORD}")
_NOT_A_SURNAME = frozenset(  # what may follow a title and be no name: "Foreign Minister", "Secretary of State"
    re.findall(
        r"\w+",
        "affairs assembly council defence defense foreign general house interior minister ministry office party "
        "president prime secretary state states trade union",
    )
)

# Country as it is keyed: what news text calls it or its side.
_PARTIES = {
    name: country
    for country, names in {
        "russia": "russia russian russians kremlin moscow",
        "ukraine": "ukraine ukrainian ukrainians kyiv kiev",
        "turkey": "turkey turkish turkiye",
        "usa": "american americans",
        "china": "china chinese beijing",
        "iran": "iran iranian tehran",
        "israel": "israel israeli",
        "hamas": "hamas",
        "india": "india indian",
        "pakistan": "pakistan pakistani",
        "france": "france french",
        "germany": "germany german",
        "britain": "britain british",
        "egypt": "egypt egyptian",
        "qatar": "qatar qatari",
        "syria": "syria syrian",
        "serbia": "serbia serbian",
        "kosovo": "kosovo",
        "armenia": "armenia armenian",
        "azerbaijan": "azerbaijan azerbaijani",
    }.items()
    for name in names.split()
}

_SHOWN = {"usa": "the United States"}  # countries whose name is more than their key with a capital

_GO = (
    r"(?:attend|join|participate|take part|be present|be (?:personally |indirectly )?represented|hold talks"
    r"|meet(?: with)?|sit down with)\b"
)
# A name with a capital, though the phrases ignore case: "expected in Ankara", not "in May" nor "going well".
_PLACE = (
    r"(?-i:(?!January|February|March|April|May|June|July|August|September|October|November|December"
    rf"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[{_CAPITAL}]\w)"
)
_BE = r"(?:is|are|was|were)"
_ALSO = r"(?:\s(?:also|still|now|personally|then))?"
_HIS = r"(?:his|her|their|its)"
# Each phrase with what it states, whether that is hedged, and words of which it holds at least one: plain search for
# these is far faster than the phrase. The first that fits at a place is taken, so what turns a phrase round ("is not
# expected to attend") stands before the phrase itself.
_NOT = ("not", "n't", "n’t")
_PHRASES: tuple[tuple[re.Pattern[str], float, bool, tuple[str, ...]], ...] = tuple(
    (re.compile(expression, re.IGNORECASE), value, hedged, cues)
    for expression, value, hedged, cues in (
        (rf"\b{_BE}(?:\snot|n[’']t)\s(?:expected|likely)\sto\s{_GO}", STAYS_AWAY, True, ("expected", "likely")),
        (rf"\b(?:(?:will|would|does|do)(?:\snot|n[’']t)|won[’']t){_ALSO}\s{_GO}", STAYS_AWAY, False, _NOT),
        (rf"\b{_BE}(?:\snot|n[’']t)\s(?:set|due|going|planning|scheduled)\sto\s{_GO}", STAYS_AWAY, False, _NOT),
        (rf"\b(?:declined|refused)\sto\s(?:{_GO}|send\b)", STAYS_AWAY, False, ("declined", "refused")),
        (rf"\bno\splans?\sto\s{_GO}", STAYS_AWAY, True, ("plan",)),
        (rf"\b{_BE}(?:\snot|n[’']t)\sexpected\b(?!\sto\b)", STAYS_AWAY, True, ("expected",)),
        (rf"\b{_BE}(?:\snot|n[’']t)\s(?:coming|going|travell?ing)\b(?=\s(?:to\s(?:the\b|{_PLACE})|there\b)|[.,;:]|$)",
         STAYS_AWAY, False, _NOT),
        (r"\b(?:stayed\saway|skipped\sthe\s(?:trip|talks|meeting|summit))\b", STAYS_AWAY, False, ("stayed", "skipped")),
        (r"\b(?:will\sskip|ruled\sout\s(?:attending|joining|taking\spart|meeting))\b", STAYS_AWAY, False,
         ("skip", "ruled")),
        (r"\b(?:pulled\sout\sof|withdrew\sfrom)\sthe\s(?:talks|meeting|summit)", STAYS_AWAY, False,
         ("pulled", "withdrew")),
        (rf"\b(?:unclear|uncertain|undecided|not\s(?:yet\s)?(?:clear|known|decided|confirmed))\s(?:whether|if)\b"
         rf"[^.;]{{0,60}}?\b(?:will|would|can)\s{_GO}", OPEN, True, ("whether", "if")),
        (rf"\b(?:may|might|could)(?:\snot)?{_ALSO}\s{_GO}", OPEN, True, ("may", "might", "could")),
        (r"\b(?:attendance|participation|presence)\b[^.;]{0,40}?\b(?:uncertain|unclear|in\sdoubt|unconfirmed"
         r"|not\s(?:yet\s)?(?:been\s)?confirmed)\b", OPEN, True, ("attendance", "participation", "presence")),
        (r"\b(?:mixed|conflicting|contradictory)\s(?:statements|signals|reports)\s(?:about|on|over)\b[^.;]{0,30}?"
         r"\b(?:attendance|participation|presence)\b", OPEN, True, ("attendance", "participation", "presence")),
        (rf"\b(?:{_BE}{_ALSO}\s(?:expected|likely)|hopes?|hoping)\sto\s{_GO}", ATTENDS, True,
         ("expected", "likely", "hop")),
        (rf"\b{_BE}{_ALSO}\sexpected\s(?:in|at)\s(?:the\s(?:\w+\s)?(?:capital|talks|meeting|summit)\b|{_PLACE})",
         ATTENDS, True, ("expected",)),
        (rf"\bwould{_ALSO}\s{_GO}", ATTENDS, True, ("would",)),
        (rf"\b(?:{_BE}{_ALSO}\s(?:set|due|scheduled|going)|plans?|agreed)\sto\s{_GO}", ATTENDS, False,
         ("set", "due", "scheduled", "going", "plan", "agreed")),
        (rf"\bwill{_ALSO}\s(?:{_GO}|involve\b)", ATTENDS, False, ("will",)),
        (rf"\bconfirmed\s(?:{_HIS}\s)?(?:attendance|participation)\b", ATTENDS, False, ("confirmed",)),
    )
)  # fmt: skip
# Every phrase holds one of these. Most sentences hold none, and plain search is the fastest way to see it.
_HINTS = (
    "attend",
    "join",
    "participat",
    "take part",
    "taking part",
    "present",
    "presence",
    "hold talks",
    "the talks",
    "the meeting",
    "the summit",
    "meet",
    "involve",
    "send",
    "skip",
    "sit down with",
    "stayed away",
    "expected",
    "not coming",
    "n't coming",
    "n’t coming",
    "not going",
    "n't going",
    "n’t going",
    "travel",
)
# One of these words, folded, stands in every phrase.
CUES = frozenset(
    [
        *("attend", "attending", "attendance", "join", "joining", "participate", "participation", "part"),
        *("present", "presence", "represented", "talks", "meet", "meeting", "sit", "involve", "send", "expected"),
        *("coming", "going", "traveling", "travelling", "stayed", "skip", "skipped", "ruled", "pulled", "withdrew"),
    ]
)
_NOBODY_OF = re.compile(
    rf"\bno\s({_NAME_WORD})\s(?:representatives?|delegat(?:es?|ion)|officials?|envoys?|side)\s"
    rf"(?:will|would|to|is|are)\s(?:be\spresent|(?:going|expected|set|due)\sto\s{_GO}|{_GO})",
    re.IGNORECASE,
)
# "No official has suggested that Russia will join" says nothing of Russia; "officials had said that he would" has been
# overtaken.
_UNSAID = re.compile(
    r"\bhad\s(?:said|announced|indicated|suggested|stated|confirmed|let it be known)\b[^;]*$"
    r"|\b(?:no\s\w+(?:\s\w+){0,2}|nobody|nor|not|never|\w+n[’']t)\s(?:(?:has|have|had|been|yet)\s)*"
    r"(?:suggest|sa(?:id|y)|confirm|indicat|announc|stat|claim)\w*\s(?:that\s)?[^,;.]*$",
    re.IGNORECASE,
)
# "in Turkey" is a place, "an American" may be anybody.
_NO_PARTY = re.compile(
    r"\b(?:an?|(?:in|to|from|at|near|of|with|across|for|against|outside)\s(?:the\s)?)\s?$", re.IGNORECASE
)
_TAKES_OBJECT = re.compile(r"(?:meet(?:\swith)?|involve|sit down with)$", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\s*(?:through|by)\s", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(he|she|his|her|him|it|its|they|their)\b", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\s(?:has\s|also\s)?(?:said|says|confirmed|told|added|announced|stated|suggested)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """`value` is ATTENDS, OPEN or STAYS_AWAY; `hedged` when it is only expected, hoped for, or open."""

    who: str
    value: float
    hedged: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or a country's side, named in a sentence."""

    who: str
    is_person: bool
    start: int
    end: int


def find_persons(text: str) -> frozenset[str]:
    """The surnames, as keys, of those the text calls by a title at least once."""
    surnames = (_surname(found[1]) for found in _TITLED.finditer(text))
    return frozenset(name for name in surnames if len(name) > 2 and name not in _PARTIES)


def find_attendance(sentence: str, before: str, persons: frozenset[str]) -> tuple[Attendance, ...]:
    """Who is said to attend or not, once for each; the sentence's last word on someone counts.

    `before` is the sentence before, to which "he" and "his" may point. `persons` comes from `find_persons`.
    """
    if not may_attend(sentence):
        return ()
    mentions = tuple(_mentions(sentence, persons))
    earlier = tuple(_mentions(before, persons))
    stated = {each.who: each for each in _statements(sentence, mentions, earlier)}
    return tuple(stated.values())


def may_attend(sentence: str) -> bool:
    """Whether a sentence may state who attends: cheap, to be asked before persons are looked for."""
    lower = sentence.lower()
    if not any(hint in lower for hint in _HINTS):
        return False
    return any(phrase.search(sentence) for phrase, *_ in _possible(lower)) or _NOBODY_OF.search(sentence) is not None


def _possible(lower: str) -> Iterator[tuple[re.Pattern[str], float, bool]]:
    """The phrases of which a sentence, in small letters, holds a word."""
    for phrase, value, hedged, cues in _PHRASES:
        if any(cue in lower for cue in cues):
            yield phrase, value, hedged


def is_named(who: str, sentence: str) -> bool:
    """Whether a sentence names the one it is about, and not only as "he" or "it"."""
    words = [found.group() for found in _NAME.finditer(sentence)]
    return any(_key(word) == who or _PARTIES.get(fold(word)) == who for word in words)


def shown_name(who: str, sentences: Iterable[str]) -> str:
    """A name as one of the sentences writes it; else its key with a capital."""
    if who in _SHOWN:
        return _SHOWN[who]
    for sentence in sentences:
        for found in _NAME.finditer(sentence):
            if _key(found.group()) == who:
                return found.group()
    return who.capitalize()


def _statements(sentence: str, mentions: tuple[Mention, ...], earlier: tuple[Mention, ...]) -> Iterator[Attendance]:
    nobody = {found.span(): found for found in _NOBODY_OF.finditer(sentence)}
    for found in nobody.values():
        if who := _PARTIES.get(fold(found[1])):
            yield Attendance(who, STAYS_AWAY, hedged=False)
    for start, end, value, hedged in _phrases(sentence):
        if any(left <= start < right for left, right in nobody) or _UNSAID.search(sentence, 0, start):
            continue
        for mention in _concerned(sentence, start, end, value, mentions, earlier):
            yield Attendance(mention.who, value, hedged)


def _phrases(sentence: str) -> Iterator[tuple[int, int, float, bool]]:
    """The phrases in the sentence, in order; where two overlap, the one that stands first in the table."""
    taken: list[tuple[int, int, float, bool]] = []
    for phrase, value, hedged in _possible(sentence.lower()):
        for found in phrase.finditer(sentence):
            if all(found.end() <= start or end <= found.start() for start, end, _, _ in taken):
                taken.append((found.start(), found.end(), value, hedged))
    yield from sorted(taken)


def _concerned(
    sentence: str, start: int, end: int, value: float, mentions: tuple[Mention, ...], earlier: tuple[Mention, ...]
) -> Iterator[Mention]:
    """Whom a phrase speaks of: its subject, and whom the subject meets or is represented by.

    Who will not meet someone may still attend; then only the other one is concerned.
    """
    phrase = sentence[start:end]
    has_object = _TAKES_OBJECT.search(phrase) is not None or _STANDS_FOR.match(sentence, end) is not None
    target = _object(sentence, end, mentions) if has_object else None
    if target is not None:
        yield target
    if has_object and (value == STAYS_AWAY or "represented" in phrase or "involve" in phrase):
        return
    subject = _subject(sentence, start, end, mentions, earlier)
    if subject is not None and subject != target:
        yield subject


def _object(sentence: str, end: int, mentions: tuple[Mention, ...]) -> Mention | None:
    for mention in mentions:
        between = sentence[end : mention.start]
        if mention.is_person and 0 <= mention.start - end <= _OBJECT_REACH and not re.search(r"[.;]", between):
            return mention
    return None


def _subject(
    sentence: str, start: int, end: int, mentions: tuple[Mention, ...], earlier: tuple[Mention, ...]
) -> Mention | None:
    """The nearest name before the phrase, or inside it ("unclear whether Moroz will join"), or whom a pronoun means."""
    inside = [m for m in mentions if start <= m.start < end]
    if inside:
        return inside[-1]
    named = [m for m in mentions if m.end <= start]
    reach_from = max(named[-1].end if named else 0, start - _SUBJECT_REACH)
    pronouns = list(_PRONOUN.finditer(sentence, reach_from, end))
    if pronouns:
        return _meant(pronouns[-1].group(), sentence, named, earlier)
    if not named or start - named[-1].end > _SUBJECT_REACH:
        return None
    # "Tusk said leaders would meet": he speaks of others.
    return None if _SPEAKS.match(sentence, named[-1].end) else named[-1]


def _meant(pronoun: str, sentence: str, named: list[Mention], earlier: tuple[Mention, ...]) -> Mention | None:
    """Whom a pronoun means: the last of its kind named before, a speaker only when there is no other."""
    is_person = pronoun.lower() in ("he", "she", "his", "her", "him")
    here = [m for m in named if m.is_person == is_person]
    others = [m for m in here if not is_person or not _SPEAKS.match(sentence, m.end)]
    before = [m for m in earlier if m.is_person == is_person]
    for group in (others, before, here):
        if group:
            return group[-1]
    return None


def _mentions(sentence: str, persons: frozenset[str]) -> Iterator[Mention]:
    for found in _NAME.finditer(sentence):
        key = _key(found.group())
        if key in persons:
            yield Mention(key, True, found.start(), found.end())
        elif (country := _PARTIES.get(fold(found.group()))) and not _NO_PARTY.search(sentence, 0, found.start()):
            yield Mention(country, False, found.start(), found.end())


def _surname(name: str) -> str:
    words = [word for word in name.split() if fold(word) not in _NOT_A_SURNAME]
    return _key(words[-1]) if words and len(words) == len(name.split()) else ""


def _key(word: str) -> str:
    return spelling_key(fold(word))
