"""From a query's tree to clauses: here words get their meaning. The tree is checked, so nothing can fail.

Aliases are put in at compile time: a term that is a member of a group becomes a choice among the group's members.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from worker.stages.aliases import Aliases
from worker.stages.query.clauses import AllOf, AnyOf, Clause, NearWords, Published, Value, Without, Words
from worker.stages.query.dates import span_of
from worker.stages.query.fields import DATE_FIELDS, SIGNS, VALUE_FIELDS
from worker.stages.query.patterns import Pattern, Shape, pattern_of
from worker.stages.query.sources import Chain, Choice, Row, Run, Source, Window
from worker.stages.query.tree import And, Field, Near, Node, Not, Or, Phrase, Term
from worker.stages.text.fold import fold
from worker.stages.text.words import split

_NO_SIGNS = ".,;:!*"
_WILDCARDS = frozenset("*?")
_LONGEST_IN_REASON = 160  # characters
# Where short words in capitals match only such words. Elsewhere outlets and hosts are written anyhow: bbc.co.uk.
_ACRONYM_FIELDS = frozenset(["", "title", "name"])


def compile_tree(tree: Node, aliases: Aliases) -> Clause:
    return _Compiler(aliases, "").clause(tree)


class _Compiler:
    """Compiles what stands in one field; "" is title and text."""

    def __init__(self, aliases: Aliases, field: str) -> None:
        self._aliases = aliases
        self._field = field

    def clause(self, node: Node) -> Clause:
        if isinstance(node, And):
            return AllOf(tuple(map(self.clause, node.clauses)))
        if isinstance(node, Or):
            return AnyOf(tuple(map(self.clause, node.clauses)), self._lack(node))
        if isinstance(node, Not):
            return Without(self.clause(node.clause), f"excluded by {self._written(node.clause)}")
        if isinstance(node, Field):
            return _Compiler(self._aliases, node.name).clause(node.clause)
        if isinstance(node, Near):
            return NearWords(tuple(map(self._words, node.operands)), node.distances, self._words(node))
        if self._field in DATE_FIELDS and (span := span_of(self._field, node.text)):
            return Published(self._field, span, self._written(node), f"not {self._written(node)}")
        if self._field in VALUE_FIELDS:
            return Value(self._field, node.text, self._written(node), f"not {self._written(node)}")
        return self._words(node)

    def _words(self, node: Node) -> Words:
        return Words(self._field, self._source(node), self._lack(node))

    def _lack(self, node: Node) -> str:
        """How a reason says that none of it is there."""
        written = self._written(node)
        if isinstance(node, Or):
            return f"no word of ({written})"
        if isinstance(node, Near):
            return f"too far apart: {written}"
        return f"no {written}" if self._field else f"no {'phrase' if isinstance(node, Phrase) else 'word'} {written}"

    def _written(self, node: Node) -> str:
        """The node as the query writes it, cut to what a reason can hold."""
        text = str(Field(self._field, node)) if self._field else str(node)
        return text if len(text) <= _LONGEST_IN_REASON else text[: _LONGEST_IN_REASON - 1] + "…"

    def _source(self, node: Node) -> Source:
        """Of a node that stands for words: NEAR and its operands, a phrase, a term."""
        if isinstance(node, Near):
            return Chain(tuple(map(self._source, node.operands)), node.distances)
        if isinstance(node, Or):
            return Choice(tuple(map(self._source, node.clauses)))
        if isinstance(node, Phrase):
            return self._phrase(node)
        if isinstance(node, Term):
            return self._piece(node.text, str(node), exact=node.exact)
        raise AssertionError(f"check.py lets no {type(node).__name__} stand here")

    def _phrase(self, node: Phrase) -> Source:
        term = str(node)
        parts = [self._piece(piece, term, exact=node.exact) for piece in node.pieces if split(piece)]
        if node.within is not None:
            return Window(tuple(Counter(parts).items()), node.within, term)
        row = Row(tuple(parts), term)
        return row if node.exact else self._or_alias(row, node.text, term)

    def _piece(self, text: str, term: str, *, exact: bool) -> Source:
        """What stands between two spaces: mostly a word, or several without a space between them (well-known, 東京)."""
        run = self._run(text, term, exact=exact)
        return run if exact else self._or_alias(run, text, term)

    def _or_alias(self, source: Source, text: str, term: str) -> Source:
        """What the text says, or another member of its alias groups; a wildcard asks for its own letters."""
        variants = () if _WILDCARDS & set(text) else self._aliases.variants(text)
        others = [self._run(variant, term, is_alias=True) for variant in variants]
        return Choice((source, *others)) if others else source

    def _run(self, text: str, term: str, *, exact: bool = False, is_alias: bool = False) -> Run:
        return _run(text, term, exact, self._field in _ACRONYM_FIELDS, is_alias)


@lru_cache(maxsize=65_536)
def _run(text: str, term: str, exact: bool, acronyms: bool, is_alias: bool) -> Run:
    """One for all queries that have the word: among a hundred thousand topics, most words stand in many."""
    signs = _signs_of(text)
    acronyms = acronyms and not signs  # at&t is no mistake for another word
    return Run(tuple(_patterns(text, exact=exact, acronyms=acronyms)), term, signs, is_alias)


def _patterns(text: str, *, exact: bool, acronyms: bool) -> Iterable[Pattern]:
    is_open = text.endswith("*")
    bare = text.removesuffix("*")
    if "?" in bare:
        yield Shape("?".join(map(fold, bare.split("?"))), is_open)
        return
    words = split(bare)
    # Chinese and Japanese words have no ends, so * says nothing there, as it does behind "Zelensky's".
    cut = len(words) - 1 if is_open and words[-1].folded.isascii() and bare.endswith(words[-1].text) else len(words)
    for word in words[:cut]:
        yield pattern_of(word, exact=exact, acronyms=acronyms)
    for word in words[cut:]:
        yield Shape(word.folded, is_open=True)


def _signs_of(text: str) -> str:
    """The text from its first word on when signs are part of it, else ""."""
    words = split(text)
    written = text[words[0].start :].rstrip(_NO_SIGNS) if words else ""
    return written if SIGNS & set(written) else ""
