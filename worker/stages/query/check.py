"""What the grammar cannot say: where * may stand, what a field takes, which queries would match nearly everything.

Spellings of other query languages that would be read as something else here are refused with the right one.
"""

import re
from collections import Counter

from worker.stages.query.dates import span_of
from worker.stages.query.errors import QuerySyntaxError, field_in_field
from worker.stages.query.fields import DATE_FIELDS, FIELDS, SIGNS, TITLE_AND_TEXT, VALUE_FIELDS, nearest_field
from worker.stages.query.tree import And, Field, Near, Node, Not, Or, Phrase, Term
from worker.stages.query.values import host_of
from worker.stages.text.words import split

MAX_WILDCARDS = 100  # each may match a good part of an article's words
MAX_OPEN = 20  # of them with ?, for which the article's words are gone through
MAX_SIGNED = 20  # words such as C++, whose places in the text are looked at
MAX_LOOSE = 50  # phrases with ~n
MAX_NEAR = 400  # words, phrases and groups that stand beside NEAR
MAX_PHRASE_WORDS = 50
MAX_LOOSE_WORDS = 10  # of a phrase with ~n
SHORTEST_STEM = 2  # letters that * and ? need beside them

_SIGNS_ELSEWHERE = {
    "&": "write AND",
    "+": "words side by side must all be there",
    "ANDNOT": "write AND NOT",
    "!": "write NOT",
    "-": "write -word without a space to leave a word out",
    "=": "write =word without a space for the exact word",
}
_NEAR_ELSEWHERE = re.compile(
    r"O?NEAR[/~]?\d*[A-Za-z]?|(?i:o?near|around|within|pre|adj|w|n|p)?/\d{1,4}|[wW]/[sp]|~\d*|ADJ\d+"
)
_WEIGHT = re.compile(r"\^\d+(?:\.\d+)?$")
_FUZZY = re.compile(r"~(?:0?\.\d+|\d*)$")
_REGEX = re.compile(r"/.+/")
_DASHES = "–—−"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
_WILDCARD = re.compile(r"[*?]")


def check(tree: Node, query: str) -> None:
    """Raise QuerySyntaxError for the first thing in the tree that cannot be asked."""
    _Check(query).visit(tree, field="")
    if not _looks_for_something(tree):
        raise QuerySyntaxError(
            "the query only leaves out or says when, so it would match nearly everything",
            query,
            tree.at,
            "say what to look for: words AND NOT other",
        )


def _looks_for_something(node: Node) -> bool:
    """Can the query match only where something that it names is found?"""
    if isinstance(node, Not):
        return False
    if isinstance(node, And):
        return any(map(_looks_for_something, node.clauses))
    if isinstance(node, Or):
        return all(map(_looks_for_something, node.clauses))
    if isinstance(node, Field):
        return node.name not in DATE_FIELDS and _looks_for_something(node.clause)
    return True


def _is_plain(word: str) -> bool:
    """Is it sure at a glance that nothing about the word can be wrong? Nearly all are so."""
    return word.isascii() and word.isalpha() and word not in {"AROUND", "ANDNOT"} and "NEAR" not in word


class _Check:
    """One walk over a tree; `field` is the name of the field around, "" for title and text."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._counts: Counter[str] = Counter()

    def visit(self, node: Node, field: str) -> None:
        if isinstance(node, Term):
            self._term(node, field)
        elif isinstance(node, Phrase):
            self._phrase(node, field)
        elif isinstance(node, Field):
            self._field(node, field)
        elif isinstance(node, Near):
            self._near(node, field)
        elif isinstance(node, Not):
            self.visit(node.clause, field)
        else:
            for clause in node.clauses:
                self.visit(clause, field)

    def _refuse(self, node: Node, message: str, suggestion: str | None = None) -> QuerySyntaxError:
        return QuerySyntaxError(message, self._query, node.at, suggestion)

    def _count(self, node: Node, what: str, most: int) -> None:
        """Of what costs most to look for, a query may have so many: this bounds the time that an article takes."""
        self._counts[what] += 1
        if self._counts[what] > most:
            raise self._refuse(node, f"more than {most} {what}", "make two topics of it")

    def _field(self, node: Field, outer: str) -> None:
        if outer:
            raise field_in_field(self._query, node.at, outer=outer, inner=node.name)
        if node.name not in FIELDS:
            raise self._unknown_field(node)
        self.visit(node.clause, node.name)

    def _unknown_field(self, node: Field) -> QuerySyntaxError:
        if node.name.lower() in FIELDS:
            return self._refuse(node, "fields are written in small letters", f"write {node.name.lower()}:")
        if node.name.lower() in TITLE_AND_TEXT:
            return self._refuse(
                node, f"there is no field {node.name}:", f"without {node.name}: title and text are searched"
            )
        nearest = nearest_field(node.name)
        if nearest:
            return self._refuse(node, f"there is no field {node.name}:", f"did you mean {nearest}:?")
        known = " ".join(f"{field}:" for field in FIELDS)
        advice = f'as words to look for, put them in quotation marks: "{node.name}: …"'
        return self._refuse(node, f"there is no field {node.name}: among {known}", advice)

    def _near(self, node: Near, field: str) -> None:
        if field in VALUE_FIELDS:
            raise self._refuse(node, f"{field}: has no words that could be near each other")
        for operand in node.operands:
            self._count(node, "words or groups with NEAR", MAX_NEAR)
            self._near_operand(operand)
            self.visit(operand, field)

    def _near_operand(self, node: Node) -> None:
        if isinstance(node, Field):
            inner = f"{node.name}:(… NEAR/5 …)"
            raise self._refuse(node, "a field goes around NEAR, not inside it", f"write {inner}")
        if isinstance(node, And | Not | Near):
            raise self._refuse(
                node,
                "NEAR stands between words, phrases and groups such as (talks OR summit)",
                "use OR inside its brackets",
            )
        if isinstance(node, Or):
            for clause in node.clauses:
                self._near_operand(clause)

    def _term(self, node: Term, field: str) -> None:
        if field in VALUE_FIELDS:
            self._value(node, node.text, field)
            return
        if _is_plain(node.text):
            return
        self._spelling_of_elsewhere(node)
        self._wildcard(node, node.text, exact=node.exact)
        if not split(_WILDCARD.sub("", node.text)):
            raise self._refuse(node, f"“{node.text}” holds no word to look for", "take it away")

    def _phrase(self, node: Phrase, field: str) -> None:
        if field in VALUE_FIELDS:
            if node.within is not None:
                raise self._refuse(node, f"{field}: has no words that could be near each other")
            self._value(node, node.text, field)
            return
        if node.within is not None:
            self._count(node, "phrases with ~", MAX_LOOSE)
        words = split(_WILDCARD.sub("", node.text))
        if not words:
            raise self._refuse(node, "this phrase holds no word to look for", "put words in it, or take it away")
        most = MAX_PHRASE_WORDS if node.within is None else MAX_LOOSE_WORDS
        if len(words) > most:
            raise self._refuse(node, f"this phrase has {len(words)} words; at most {most} are read")
        for piece in node.pieces:
            self._wildcard(node, piece, exact=node.exact)

    def _value(self, node: Node, value: str, field: str) -> None:
        """A value that is taken whole; of url: anything but nothing."""
        if not value:
            raise self._refuse(node, f"{field}: takes a value, and this one is empty")
        if field == "lang" and not _LANGUAGE.fullmatch(value):
            raise self._refuse(node, "lang: takes the code of a language", "such as lang:en or lang:pt-BR")
        if field == "site":
            self._site(node, value)
        if field in DATE_FIELDS and span_of(field, value) is None:
            example = "date:2026-01-01..2026-02-15" if field == "date" else f"{field}:2026-03-01, {field}:2026-03"
            raise self._refuse(node, f"{field}: takes a date", f"such as {example} or {field}:2026")

    def _site(self, node: Node, value: str) -> None:
        host = host_of(value)
        if _WILDCARD.search(host):
            bare = host.replace("*.", "").strip("*?.")
            raise self._refuse(node, "site: takes no * or ?", f"site:{bare} covers its subdomains too")
        if "/" in value:
            raise self._refuse(node, "site: takes a host", f"write site:{host}, or url:{value} for a part of it")
        if not host:
            raise self._refuse(node, "site: takes a host", "such as site:example.org")

    def _spelling_of_elsewhere(self, node: Term) -> None:
        text = node.text
        if text in _SIGNS_ELSEWHERE:
            raise self._refuse(node, f"“{text}” alone means nothing here", _SIGNS_ELSEWHERE[text])
        if _NEAR_ELSEWHERE.fullmatch(text) or (text == "AROUND" and self._query.startswith("(", node.at + len(text))):
            what = "NEAR needs a number of words" if text.startswith("NEAR") else f"“{text}” is no operator here"
            raise self._refuse(node, what, "write NEAR and a number up to 999: talks NEAR/5 peace")
        if text.startswith(("!", *_DASHES)) and text.strip(_DASHES):
            raise self._refuse(node, f"“{text[0]}” does not leave words out here", f"write -{text[1:]}")
        if text.startswith(("[", "{")):
            message = "ranges and groups are not written in such brackets"
            raise self._refuse(node, message, "group with ( ); dates are date:2026-01-01..2026-02-15")
        if text.startswith(("+", "~")) and text[1:2].isalpha():
            raise self._refuse(node, f"“{text[0]}” says nothing before a word", f"write {text[1:]}")
        if _REGEX.fullmatch(text):
            raise self._refuse(node, "regular expressions are not part of the query language", "use * and ?")
        if "://" in text:
            raise self._refuse(node, "an address is not looked for in the text", f"write url:{text}")
        for mark, what in ((_WEIGHT, "weights such as ^2"), (_FUZZY, "words with ~")):
            if mark.search(text):
                raise self._refuse(node, f"{what} are not part of the query language", f"write {mark.sub('', text)}")

    def _wildcard(self, node: Node, word: str, *, exact: bool) -> None:
        if not SIGNS.isdisjoint(word):
            self._count(node, "words with +, # or &", MAX_SIGNED)
        if not _WILDCARD.search(word):
            return
        self._count(node, "words with * or ?", MAX_WILDCARDS)
        if "?" in word:
            self._count(node, "words with ?", MAX_OPEN)
        if exact:
            raise self._refuse(node, "an exact word (=) takes no * or ?", "take = away")
        self._star(node, word)
        stem = _WILDCARD.sub("", word)
        if "?" in word and [part.text for part in split(stem)] != [stem]:
            raise self._refuse(node, "? stands for one letter inside a single word", "such as wom?n")
        if sum(map(str.isalnum, stem)) < SHORTEST_STEM:
            raise self._refuse(node, f"* and ? need at least {SHORTEST_STEM} letters beside them", "such as talk*")

    def _star(self, node: Node, word: str) -> None:
        if word == "*":
            raise self._refuse(node, "* alone stands for no word", 'for any word between two, write "first second"~1')
        if "*" in word.removesuffix("*"):
            beginning = word.strip("*").partition("*")[0]
            raise self._refuse(node, f"* may only end a word, unlike in “{word}”", f"write {beginning}*")
