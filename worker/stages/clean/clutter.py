"""The lines that scraped articles carry and nobody wrote as news, told by their wording and shape.

Three kinds of wording, all of them whole lines: fixed phrases; labels, which point away from the article when a colon
follows ("Read also: ..."); forms, where something varies inside. A line of any other shape is left alone: losing a
sentence of the article is worse than keeping a button's caption. The tables are in `wording`.
"""

import re
from collections.abc import Iterator
from itertools import product

from worker.stages.clean.wording import CLOSING, EAST_ASIAN, FORMS, LABELS, PHOTO_AGENCY, PHOTO_CUES, PHRASES

MOST_CHARACTERS = 300
MOST_WORDS = 30  # behind a label; a line with more is a paragraph, whatever it begins with
MOST_WORDS_OF_FORM = 45

_SOCIAL = frozenset(
    [
        *("facebook", "twitter", "x", "whatsapp", "telegram", "email", "e-mail", "linkedin", "instagram", "pinterest"),
        *("reddit", "tumblr", "messenger", "viber", "threads", "bluesky", "print", "share", "tweet", "pin", "youtube"),
        *(
            "copy",
            "link",
            "more",
            "like",
            "this",
            "line",
            "xing",
            "flipboard",
            "mastodon",
            "vk",
            "weibo",
            "微信",
            "微博",
        ),
    ]
)
_MENU_MARKS = (" | ", " » ", " › ", " > ", " / ", " • ", " · ")
_FEWEST_ITEMS, _LONGEST_ITEM = 3, 3  # of a menu; the second in words
_LONG_PHRASE = 12  # characters; a shorter one may well end a real sentence
_LONGEST_TAIL, _LAST_WORD = 300, 40  # characters
_LONGEST_HEADING = 80
_SHORTEST_SAID_TWICE = 20  # characters
# The page's own settings, spilled into its text: "- isSubscriber:", "- false".
_LONGEST_SETTING = 60
_SETTING = re.compile(r"(?:- )?(?:[a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,4}:?|true|false)")

# Marks around a line, but for the full stop, which tells a sentence from a caption.
_EDGES = " \t-–—•·*»«>▶►→|([{)]}:：!✉📧👉🔗\"'“”【】＜＞《》〈〉■●◆▼▲◎☆★※"
# Letters written in two ways: Turkish headings in capitals hide the dot of an i, Greek ones the accents, and Arabic
# is written with or without hamza and vowel signs.
_ALIKE = str.maketrans("ıάέήίόύώϊϋΐΰأإآ", "iαεηιουωιυιυااا", "\u0307ًٌٍَُِّْ")
_LETTERS_ALIKE = tuple(map(chr, _ALIKE))
# What may stand before or behind a word of a form: lines are split at spaces only, which is fast.
_BEFORE_WORD, _BEHIND_WORD = ("", "(", "“", '"'), ("", ".", ",", "!", "?", ":", ";", ")", "*")
_LONGEST_COPYRIGHT, _LONGEST_PHOTO_CREDIT = 112, 150  # characters
_LONGEST_EAST_ASIAN = 130  # characters, which say more there


def is_clutter(line: str) -> bool:
    """Whether a line is of a known shape that is never part of the news."""
    if not line or len(line) > MOST_CHARACTERS or line.count(" ") >= MOST_WORDS_OF_FORM:
        return False
    written = _plain(line).strip(_EDGES)
    return (
        written.rstrip(".?") in _KNOWN_PHRASES
        or (_LABEL.match(written) is not None and line.count(" ") < MOST_WORDS)
        or _is_form(written)
        or (written.startswith(("©", "ⓒ")) and len(written) <= _LONGEST_COPYRIGHT)
        or _is_menu(line)
        or _is_said_twice(line)
        or (len(line) <= _LONGEST_SETTING and _SETTING.fullmatch(line) is not None)
        or _is_social(written)
    )


def heads_a_closing_list(line: str) -> bool:
    """Whether a line is what a list of other articles is headed by, such as "Related articles"."""
    return len(line) <= _LONGEST_HEADING and _CLOSING.fullmatch(_plain(line).strip(_EDGES)) is not None


def without_glued_tail(line: str) -> str:
    """The line without phrases run on behind its last full stop: "... the conflict.Leave a Comment Scroll to Top"."""
    if _plain(line[-_LAST_WORD:]).rstrip(" .*").rpartition(" ")[2] not in _LAST_WORDS:
        return line
    tail = _GLUED.search(line, max(0, len(line) - _LONGEST_TAIL))
    return line[: tail.start()] if tail else line


def _is_form(written: str) -> bool:
    return any(form.fullmatch(written) for form in _forms_to_try(written))


def _forms_to_try(written: str) -> Iterator[re.Pattern[str]]:
    """Those of which the line holds a cue; trying all would take most of the time of cleaning."""
    for word in _CUES.intersection(written.split()):
        yield from _CUED_FORMS[word]
    if len(written) <= _LONGEST_EAST_ASIAN and not written.isascii():
        yield from (form for cue, form in _EAST_ASIAN_FORMS if cue in written)
    if len(written) <= _LONGEST_PHOTO_CREDIT and any(map(written.__contains__, PHOTO_CUES)):
        yield _PHOTO_FORM


def _is_social(written: str) -> bool:
    if written.partition(" ")[0].strip(_EDGES) not in _SOCIAL:
        return False
    words = written.split()
    return len(words) > 1 and all(word.strip(_EDGES) in _SOCIAL for word in words)


def _is_menu(line: str) -> bool:
    """Whether a line is a row of sections: "Front | Foreign | Money", "Home » World » Europe". Table rows have bars
    at both ends and are not judged here.
    """
    if line[-1] in '.!?”"':
        return False
    mark = next((mark for mark in _MENU_MARKS if mark in line), None)
    if mark is None or line.startswith("|") or any(character.isdigit() or character in ".!?" for character in line):
        return False
    items = [item.strip() for item in line.split(mark)]
    return len(items) >= _FEWEST_ITEMS and all(
        item[:1].isupper() and len(item.split()) <= _LONGEST_ITEM for item in items
    )


def _is_said_twice(line: str) -> bool:
    """Whether a line is a teaser's headline behind its picture's description, which is the same."""
    half, odd = divmod(len(line), 2)
    return bool(odd) and half >= _SHORTEST_SAID_TWICE and line[half] == " " and line[:half] == line[half + 1 :]


def _plain(text: str) -> str:
    """Lower case, without what the same word is written with or without."""
    folded = text.casefold()
    # Plain search for each of a dozen letters takes less time than one pattern for all.
    return (
        folded.translate(_ALIKE) if not folded.isascii() and any(map(folded.__contains__, _LETTERS_ALIKE)) else folded
    )


def _phrases() -> frozenset[str]:
    phrases = (phrase for table in PHRASES.values() for phrase in _plain(table).split(";"))
    return frozenset(" ".join(phrase.split()) for phrase in phrases if phrase.strip())


def _glued_phrases() -> str:
    """A capital first and then the phrase, so that "asked them to leave a comment" is none."""
    long = sorted(_LONG_PHRASES, key=len, reverse=True)
    capitals = (re.escape(phrase[0].upper()) + f"(?i:{re.escape(phrase[1:])})" for phrase in long)
    fixed = r"Your e-?mail address will not be published\.?|Required fields are marked ?\*?"
    return "|".join((fixed, *capitals))


def _form(written: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_plain(written)})[.。]?")


def _cued_forms() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Cue by cue, the forms that always hold it."""
    table: dict[str, list[re.Pattern[str]]] = {}
    parted = [each for language, forms in FORMS.items() if language not in EAST_ASIAN for each in forms]
    for cues, form in parted:
        compiled = _form(form)
        for cue in _plain(cues).split("|"):
            for before, behind in product(_BEFORE_WORD, _BEHIND_WORD):
                table.setdefault(f"{before}{cue}{behind}", []).append(compiled)
    return {cue: tuple(forms) for cue, forms in table.items()}


def _any_of(tables: dict[str, str]) -> str:
    return _plain("|".join(tables.values()))


_KNOWN_PHRASES = _phrases()
_LONG_PHRASES = tuple(phrase for phrase in _KNOWN_PHRASES if len(phrase) >= _LONG_PHRASE)
_LAST_WORDS = frozenset(["published", "marked", *(phrase.rpartition(" ")[2] for phrase in _LONG_PHRASES)])
_LABEL = re.compile(rf"(?:{_any_of(LABELS)})\s*[:：|»→›]\s*\S")
_CLOSING = re.compile(_any_of(CLOSING))
_CUED_FORMS = _cued_forms()
_CUES = frozenset(_CUED_FORMS)
_EAST_ASIAN_FORMS = tuple((cue, _form(form)) for language in EAST_ASIAN for cue, form in FORMS[language])
_PHOTO_FORM = _form(PHOTO_AGENCY)
_GLUED = re.compile(rf"(?<=[.!?”\"’)])\s*(?:(?:{_glued_phrases()})\s*)+$")
