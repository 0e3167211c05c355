"""A query as a tree, and the tree as text. `parse(str(tree)) == tree` for every tree that `parse` gives.

What a word of it means is decided in `compile.py`. `at` is the place in the query text, for errors; it does not count
when trees are compared. `all_of`, `any_of` and `negation` keep trees flat and free of repetition.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

_SENTENCE_ENDS = "?!.…"


@dataclass(frozen=True, slots=True)
class Term:
    """One word as written, such as talks, talk*, wom?n, C++, AT&T; `exact`: it was written =word."""

    text: str
    exact: bool = False
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"={self.text}" if self.exact else self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; with `within`, in any order with at most that many other words between them."""

    text: str
    exact: bool = False
    within: int | None = None
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        mark, reach = "=" if self.exact else "", "" if self.within is None else f"~{self.within}"
        return f'{mark}"{self.text}"{reach}'

    @property
    def pieces(self) -> list[str]:
        """What stands between its spaces; a question mark that ends a word there is punctuation, no wildcard."""
        return [_without_question_mark(piece) for piece in self.text.split()]


@dataclass(frozen=True, slots=True)
class Near:
    """Each operand at most so many words from the one before it: a NEAR/5 b NEAR/3 c has distances (5, 3)."""

    operands: tuple["Node", ...]
    distances: tuple[int, ...]
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        first, *others = (_inside(operand, Or, And, Not, Near) for operand in self.operands)
        pairs = zip(self.distances, others, strict=True)
        return first + "".join(f" NEAR/{distance} {operand}" for distance, operand in pairs)


@dataclass(frozen=True, slots=True)
class Not:
    clause: "Node"
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"NOT {_inside(self.clause, And, Or, Near)}"


@dataclass(frozen=True, slots=True)
class And:
    clauses: tuple["Node", ...]
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return " AND ".join(_inside(clause, Or) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Or:
    clauses: tuple["Node", ...]
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return " OR ".join(_inside(clause, And) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Field:
    """A clause that is asked of one field of the article, such as title:talks."""

    name: str
    clause: "Node"
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.name}:{_inside(self.clause, And, Or, Not, Near)}"


Node: TypeAlias = Term | Phrase | Near | Not | And | Or | Field


def all_of(clauses: Iterable[Node], at: int = 0) -> Node:
    """The clauses joined by AND, flat and each once."""
    parts = _distinct(part for clause in clauses for part in (clause.clauses if isinstance(clause, And) else (clause,)))
    return parts[0] if len(parts) == 1 else And(parts, at)


def any_of(clauses: Iterable[Node], at: int = 0) -> Node:
    """The clauses joined by OR, flat and each once."""
    parts = _distinct(part for clause in clauses for part in (clause.clauses if isinstance(clause, Or) else (clause,)))
    return parts[0] if len(parts) == 1 else Or(parts, at)


def negation(clause: Node, at: int = 0) -> Node:
    """NOT of the clause; NOT NOT x is x."""
    return clause.clause if isinstance(clause, Not) else Not(clause, at)


def _distinct(clauses: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(clauses))


def _inside(node: Node, *bracketed: type[Node]) -> str:
    return f"({node})" if isinstance(node, bracketed) else str(node)


def _without_question_mark(piece: str) -> str:
    bare = piece.rstrip(_SENTENCE_ENDS)
    return bare if "?" in piece[len(bare) :] else piece
