"""Why a query matched an article or did not, clause by clause, for people: nothing is decided here.

    explain(query, document) ─▶ Explanation, a tree like the query's ─lines─▶ text

Each clause says whether it holds, where, and by what; or what stands there instead. *Decisive* are the smallest
clauses whose change would turn the verdict: of an AND that fails, those that fail; of an OR that fails, the alternative
that lacks least, or the OR itself where all lack the same; where the query matches, the clauses without which it would
not. What has to be absent, and is, decides nothing: a match is told by what is there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from worker.stages.query.clauses import AllOf, AnyOf, Clause, Hit, NearWords, Without
from worker.stages.query.document import PreparedDocument
from worker.stages.query.evaluate import Query
from worker.stages.query.nearest import place_of, quoted, why_not
from worker.stages.query.tree import And, Field, Near, Node, Not, Or, Phrase

MAX_NEAREST = 10  # clauses of which it is looked for what stands nearest to them
MAX_CLAUSES = 400  # told of one query; of the others the group that holds them says how many there are
LONGEST_TEXT = 200  # characters of a clause
HITS_TOLD = 3  # in words; `hits` has more
_INDENT = "  "
_HOW = {
    "exact": "this very form",
    "word": "",
    "ending": "another ending",
    "prefix": "it begins so",
    "pattern": "it fits",
    "spelling": "another spelling",
    "alias": "an alias",
    "value": "",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clause: as written, whether it holds, whether the verdict hangs on it, why, its hits, and its own clauses."""

    text: str
    holds: bool
    decisive: bool
    why: str
    hits: tuple[Hit, ...]
    parts: tuple["Explanation", ...]


def explain(query: Query, document: PreparedDocument) -> Explanation:
    """The tree of reasons. At most `MAX_CLAUSES` clauses, each bounded in size."""
    root = _judged(query.tree, query.clause, document, "")
    return _Telling(document, _decisive(root)).told(root)


def lines(explanation: Explanation) -> list[str]:
    """The tree as indented lines: + holds, - does not, and "decisive" behind the clauses on which the verdict hangs."""
    return list(_lines(explanation, ""))


def _lines(explanation: Explanation, indent: str) -> Iterator[str]:
    why = f": {explanation.why}" if explanation.why else ""
    decisive = " (decisive)" if explanation.decisive else ""
    yield f"{indent}{'+' if explanation.holds else '-'} {explanation.text}{why}{decisive}"
    for part in explanation.parts:
        yield from _lines(part, indent + _INDENT)


# --- Which clauses hold ---

_Kind: TypeAlias = Literal["all", "any", "not", "near", "leaf"]


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A clause with its node and verdict. `flips`: how many leaves would have to change for it to change."""

    kind: _Kind
    node: Node
    field: str
    clause: Clause
    holds: bool
    flips: int
    parts: tuple["_Judged", ...] = ()


def _judged(node: Node, clause: Clause, document: PreparedDocument, field: str) -> _Judged:
    if isinstance(node, Field):
        return _judged(node.clause, clause, document, node.name)
    if isinstance(node, And) and isinstance(clause, AllOf):
        return _group("all", node, clause, document, field)
    if isinstance(node, Or) and isinstance(clause, AnyOf):
        return _group("any", node, clause, document, field)
    if isinstance(node, Not) and isinstance(clause, Without):
        part = _judged(node.clause, clause.clause, document, field)
        return _Judged("not", node, field, clause, not part.holds, part.flips, (part,))
    parts: tuple[_Judged, ...] = ()
    if isinstance(node, Near) and isinstance(clause, NearWords):
        pairs = zip(node.operands, clause.operands, strict=True)
        parts = tuple(_Judged("leaf", operand, field, words, words.holds(document), 1) for operand, words in pairs)
    kind: _Kind = "near" if parts else "leaf"
    return _Judged(kind, node, field, clause, clause.holds(document), _near_flips(parts), parts)


def _near_flips(operands: Sequence[_Judged]) -> int:
    return max(1, sum(not operand.holds for operand in operands))


def _group(kind: _Kind, node: And | Or, clause: AllOf | AnyOf, document: PreparedDocument, field: str) -> _Judged:
    pairs = zip(node.clauses, clause.clauses, strict=True)
    parts = tuple(_judged(part, inner, document, field) for part, inner in pairs)
    holds = all(part.holds for part in parts) if kind == "all" else any(part.holds for part in parts)
    needs_every = holds != (kind == "all")  # an AND that fails, an OR that holds: each such part would have to change
    same = [part.flips for part in parts if part.holds == holds]
    return _Judged(kind, node, field, clause, holds, sum(same) if needs_every else min(same), parts)


# --- Which of them decide ---


def _decisive(root: _Judged) -> frozenset[_Judged]:
    """The smallest clauses whose change would turn the verdict of the root."""
    return frozenset(_deciding(root))


def _deciding(judged: _Judged) -> Iterator[_Judged]:
    within = _deciding_parts(judged)
    if not within:
        yield judged
    for part in within:
        yield from _deciding(part)


def _deciding_parts(judged: _Judged) -> Sequence[_Judged]:
    """The parts on which a clause hangs; none where it is the clause as a whole."""
    if judged.kind == "leaf":
        return ()
    if judged.kind == "near":
        return [part for part in judged.parts if not part.holds]
    if judged.kind == "not":
        return () if _leaves_out_one(judged) else judged.parts
    alike = [part for part in judged.parts if part.holds == judged.holds]
    if judged.holds != (judged.kind == "all"):
        return alike
    if judged.holds:
        alike = [part for part in alike if part.kind != "not"] or alike
    fewest = min(part.flips for part in alike)
    nearest = [part for part in alike if part.flips == fewest]
    is_all_alike = len(nearest) == len(judged.parts) and all(part.kind == "leaf" for part in nearest)
    return () if not judged.holds and is_all_alike else nearest


# --- How they are told ---


class _Telling:
    """Writes the explanations. Of a group too large to be told, those that decide and those that hold are kept."""

    def __init__(self, document: PreparedDocument, decisive: frozenset[_Judged]) -> None:
        self._document = document
        self._decisive = decisive
        self._left = MAX_CLAUSES
        self._nearest = MAX_NEAREST

    def told(self, judged: _Judged) -> Explanation:
        self._left -= 1
        shown = self._shown(judged)
        return Explanation(
            text=_written(judged),
            holds=judged.holds,
            decisive=judged in self._decisive,
            why=self._why(judged, len(judged.parts) - len(shown)),
            hits=self._hits(judged),
            parts=tuple(map(self.told, shown)),
        )

    def _shown(self, judged: _Judged) -> Sequence[_Judged]:
        """The parts that are told: not that of NOT word, which would say the same again."""
        if _leaves_out_one(judged):
            return ()
        room = max(0, self._left)
        if len(judged.parts) <= room:
            return judged.parts
        first = sorted(judged.parts, key=lambda part: (part not in self._decisive, not part.holds))[:room]
        kept = set(first)
        return [part for part in judged.parts if part in kept]

    def _hits(self, judged: _Judged) -> tuple[Hit, ...]:
        """Of words and values alone: a group's are those of its parts."""
        if _leaves_out_one(judged):
            judged = judged.parts[0]
        is_told = judged.holds and judged.kind in {"leaf", "near"}
        return tuple(dict.fromkeys(judged.clause.hits(self._document))) if is_told else ()

    def _why(self, judged: _Judged, hidden: int) -> str:
        why = self._reason(judged)
        return f"{why}; {hidden} more are not shown" if hidden > 0 and judged.kind in {"all", "any"} else why

    def _reason(self, judged: _Judged) -> str:
        if judged.kind in {"all", "any"}:
            return _counted(judged)
        if judged.kind == "not":
            return self._why_left_out(judged) if _leaves_out_one(judged) else ""
        return _found(self._hits(judged)) if judged.holds else self._why_not(judged)

    def _why_not(self, judged: _Judged) -> str:
        if judged.kind == "near" or isinstance(judged.node, Phrase):
            self._nearest -= 1
            if self._nearest < 0:
                return judged.clause.missing(self._document)
        return why_not(judged.clause, self._document)

    def _why_left_out(self, judged: _Judged) -> str:
        return "it is not there" if judged.holds else _found(self._hits(judged))


def _leaves_out_one(judged: _Judged) -> bool:
    """Is it NOT of a word, a phrase, a value or a nearness, which has no explanation of its own?"""
    return judged.kind == "not" and judged.parts[0].kind in {"leaf", "near"}


def _counted(judged: _Judged) -> str:
    there = sum(part.holds for part in judged.parts)
    if judged.kind == "any":
        return f"{there} of {len(judged.parts)} hold" if there else f"none of {len(judged.parts)} holds"
    return "all hold" if judged.holds else f"{len(judged.parts) - there} of {len(judged.parts)} do not hold"


def _found(hits: Sequence[Hit]) -> str:
    told = []
    for hit in hits[:HITS_TOLD]:
        how = f" ({_HOW[hit.by]})" if _HOW[hit.by] else ""
        told.append(f"{quoted(hit.found)} in {place_of(hit.field)}{how}")
    rest = len(hits) - len(told)
    return ", ".join(told) + (f" and {rest} more" if rest > 0 else "")


def _written(judged: _Judged) -> str:
    text = str(Field(judged.field, judged.node)) if judged.field and judged.kind != "not" else str(judged.node)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
