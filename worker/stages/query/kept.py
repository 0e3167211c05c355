"""A query that was parsed before, as a short text of its tree.

For topics by the hundred thousand, most of which never come near an article: such a query is compiled when it is first
asked, and only those asked last stay compiled. What is kept is good for the same program alone; to see to that is the
business of whoever keeps it.
"""

import json
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, get_args

from worker.stages.aliases import Aliases
from worker.stages.query.clauses import Clause
from worker.stages.query.compile import compile_tree
from worker.stages.query.evaluate import Query
from worker.stages.query.patterns import Anchors
from worker.stages.query.tree import Node

STAY_COMPILED = 30_000  # about 5 kB each

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Node)}
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS.values()}
_TUPLE, _DATE = "", "date"  # where a node has its kind


class KeptQuery(Query):
    """A query that is compiled when it is asked; the same as any other to whoever asks it."""

    def __init__(self, tree: str, aliases: Aliases) -> None:
        """From what `kept_tree` gave."""
        self._kept = tree
        self._aliases = aliases

    @property
    def tree(self) -> Node:  # type: ignore[override]  # an attribute of the parent, and as unchanging here
        return _tree(self._kept)

    @property
    def anchors(self) -> Anchors:  # whoever needs them often keeps them
        return self._clause.anchors()

    @property
    def _clause(self) -> Clause:  # type: ignore[override]  # the same
        return _compiled(self._kept, self._aliases)


def kept_tree(query: Query) -> str:
    """The query's tree as a text."""
    return json.dumps(_packed(query.tree), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=STAY_COMPILED)
def _compiled(tree: str, aliases: Aliases) -> Clause:
    return compile_tree(_tree(tree), aliases)


def _tree(kept: str) -> Node:
    tree: Node = _unpacked(json.loads(kept))
    return tree


def _packed(value: Any) -> Any:
    """Nodes, tuples and dates as lists that begin with what they are."""
    kind = type(value)
    if kind in _FIELDS:
        return [kind.__name__, *[_packed(getattr(value, name)) for name in _FIELDS[kind]]]
    if kind is tuple:
        return [_TUPLE, *map(_packed, value)]
    return [_DATE, value.isoformat()] if kind is date else value


def _unpacked(value: Any) -> Any:
    if type(value) is not list:
        return value
    kind, *parts = value
    if kind == _TUPLE:
        return tuple(map(_unpacked, parts))
    return date.fromisoformat(parts[0]) if kind == _DATE else _KINDS[kind](*map(_unpacked, parts))
