"""What a file expects, read and not run: the equations of an expression over feedparser's result.

    not bozo and entries[0]['title'] == entries[1].get('title') == u'Example'

holds two of them, both of the value "Example". What is no equation with a value in it is counted and left alone.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
MISSING = None
"""The value of what is expected not to be there."""


class UnreadableError(Exception):
    """It is in a form that is not read here."""


@dataclass(frozen=True, slots=True)
class Equation:
    """`path` leads into feedparser's result: ("entries", 0, "title")."""

    path: Path
    value: Any

    def __str__(self) -> str:
        return f"{'/'.join(map(str, self.path))} = {self.value!r}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`unread`: how many clauses are no equations."""

    equations: Sequence[Equation]
    unread: int


def read_expectation(expression: str) -> Expectation:
    """An expression that is no Python is one clause that is no equation."""
    equations: list[Equation] = []
    unread = 0
    for clause in _clauses(expression):
        try:
            equations += _equations(clause)
        except UnreadableError:
            unread += 1
    return Expectation(equations, unread)


def _clauses(expression: str) -> Sequence[ast.expr]:
    try:
        body = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return [ast.Constant(value=expression)]
    return body.values if isinstance(body, ast.BoolOp) and isinstance(body.op, ast.And) else [body]


def _equations(clause: ast.expr) -> Iterator[Equation]:
    """Raises UnreadableError."""
    match clause:
        case ast.Compare(left=left, ops=operators) if all(isinstance(each, ast.Eq) for each in operators):
            *paths, value = left, *clause.comparators
            yield from (_equation(path, _value(value)) for path in paths)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call(func=ast.Attribute(holder, "has_key"), args=[name])):
            yield Equation((*_path(holder), _value(name)), MISSING)
        case _:
            raise UnreadableError


def _equation(side: ast.expr, value: Any) -> Equation:
    match side:
        case ast.Call(func=ast.Name("ord"), args=[inner]):
            return Equation(_path(inner), chr(value))
        case _:
            return Equation(_path(side), value)


def _path(node: ast.expr) -> Path:
    match node:
        case ast.Name(name):
            return (name,)
        case ast.Attribute(holder, name):
            return (*_path(holder), name)
        case ast.Subscript(holder, key):
            return (*_path(holder), _value(key))
        case ast.Call(func=ast.Attribute(holder, "get"), args=[key, *_]):
            return (*_path(holder), _value(key))
    raise UnreadableError


def _value(node: ast.expr) -> Any:
    """A literal, or texts that are added up."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _value(node.left) + _value(node.right)
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise UnreadableError from None
