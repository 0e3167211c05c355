"""A query that can be asked of documents, and its verdicts."""

from dataclasses import dataclass
from functools import cached_property

from worker.stages.aliases import NO_ALIASES, Aliases
from worker.stages.query.clauses import Clause, Hit
from worker.stages.query.compile import compile_tree
from worker.stages.query.document import PreparedDocument
from worker.stages.query.parse import parse
from worker.stages.query.patterns import Anchors
from worker.stages.query.tree import Node


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a document matched; where, in the query's order; or, when it did not, the clause that failed."""

    matched: bool
    hits: tuple[Hit, ...]
    missing: str | None


class Query:
    """A compiled query; make it with `compile_query`. `str(query)` is its canonical text.

    `anchors`: sets of keys; of each, a document must have one for the query to match. Empty when it may without.
    """

    def __init__(self, tree: Node, aliases: Aliases = NO_ALIASES) -> None:
        self.tree = tree
        self._clause: Clause = compile_tree(tree, aliases)

    @cached_property
    def anchors(self) -> Anchors:
        return self._clause.anchors()

    @property
    def clause(self) -> Clause:
        """What `tree` was compiled to, node by node; a `Field` adds no clause of its own."""
        return self._clause

    def match(self, document: PreparedDocument, *, holds: bool | None = None) -> Verdict:
        """Cost: linear in the article's words for each word of the query. `holds`: as far as that is known already."""
        clause = self._clause
        if clause.holds(document) if holds is None else holds:
            return Verdict(matched=True, hits=tuple(dict.fromkeys(clause.hits(document))), missing=None)
        return Verdict(matched=False, hits=(), missing=clause.missing(document))

    def __str__(self) -> str:
        return str(self.tree)

    def __repr__(self) -> str:
        return f"Query({str(self)!r})"


def compile_query(text: str, aliases: Aliases = NO_ALIASES) -> Query:
    """Parse and compile. Raises QuerySyntaxError, and nothing else, whatever the text."""
    return Query(parse(text), aliases)
