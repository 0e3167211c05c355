"""From query text to a checked tree. Lark does the grammar; this file bounds the work and asks for good errors.

The parser keeps its own stack, and what it finds is put together step by step, so brackets cannot exhaust Python's;
the limits below bound every later walk.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TypeAlias

from lark import Lark, Token, Tree, UnexpectedToken

from worker.stages.query.advice import unclosed_quotation, unexpected
from worker.stages.query.check import check
from worker.stages.query.errors import QuerySyntaxError
from worker.stages.query.tree import Field, Near, Node, Phrase, Term, all_of, any_of, negation

MAX_CHARACTERS = 10_000
MAX_DEPTH = 50  # brackets within brackets
_MAX_SHAPE = 100  # tokens of a query whose shape is remembered

_Step: TypeAlias = tuple[Callable[..., Node], tuple[int, ...]]

_QUOTES = re.compile('["“”„‟＂«»「」『』]+')


def parse(text: str) -> Node:
    """The tree of a query. Raises QuerySyntaxError, and nothing else, whatever the text."""
    if len(text) > MAX_CHARACTERS:
        raise QuerySyntaxError(
            f"the query has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read", text, MAX_CHARACTERS
        )
    tokens = _tokens(text)
    if not tokens:
        raise QuerySyntaxError("the query is empty", text, 0, "say what to look for")
    _check_depth(text, tokens)
    tree = _tree(text, tokens)
    check(tree, text)
    return tree


@cache
def _grammar() -> Lark:
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr", lexer="basic")


@cache
def _scanner() -> re.Pattern[str]:
    """The grammar's terminals in lark's own order of trying them, as one pattern.

    As lark's lexer does, without what it notes of lines and columns: queries come by the hundred thousand.
    """
    lexer = _grammar().parse_interactive("").lexer_thread.lexer
    return re.compile("|".join(f"(?P<{one.name}>{one.pattern.to_regexp()})" for one in lexer.terminals))  # type: ignore[attr-defined]  # lark's basic lexer has them


def _tokens(text: str) -> list[Token]:
    match, place, tokens = _scanner().match, 0, list[Token]()
    while place < len(text):
        found = match(text, place)
        if found is None or found.lastgroup is None:
            raise unclosed_quotation(text, place)
        if not found.lastgroup.startswith("__IGNORE"):
            tokens.append(Token(found.lastgroup, found[0], place))
        place = found.end()
    return tokens


def _check_depth(text: str, tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += {"OPEN": 1, "CLOSE": -1}.get(token.type, 0)
        if depth > MAX_DEPTH:
            raise QuerySyntaxError(f"brackets nest deeper than {MAX_DEPTH}", text, _at(token))


def _tree(text: str, tokens: list[Token]) -> Node:
    kinds = tuple(token.type for token in tokens)
    steps = _steps(kinds) if len(kinds) <= _MAX_SHAPE else _steps.__wrapped__(kinds)
    if isinstance(steps, int):
        raise unexpected(text, tokens, steps)
    built: list[Node] = []
    for work, parts in steps:
        built.append(work(*[tokens[part] if part >= 0 else built[part] for part in parts]))
    return built[-1]


@lru_cache(maxsize=4_096)
def _steps(kinds: tuple[str, ...]) -> tuple[_Step, ...] | int:
    """How tokens of these kinds are put together, innermost first; or the place of the first that cannot stand there.

    The grammar looks at kinds alone, and most queries have one of a few shapes: each is parsed once.
    """
    parser = _grammar().parse_interactive()
    place = 0
    try:
        for place, kind in enumerate(kinds):
            parser.feed_token(Token(kind, str(place)))
        place = len(kinds)
        shape: Tree[Token] = parser.feed_token(Token("$END", ""))
    except UnexpectedToken:
        return place
    subtrees = list(shape.iter_subtrees())
    number = {id(subtree): step for step, subtree in enumerate(subtrees)}
    return tuple(
        (
            getattr(_BUILDER, subtree.data),
            # Tokens by their place from 0 on, what earlier steps gave by how far back it is.
            tuple(int(part) if isinstance(part, Token) else number[id(part)] - step for part in subtree.children),
        )
        for step, subtree in enumerate(subtrees)
    )


def _at(token: Token) -> int:
    return token.start_pos or 0


class _Builder:
    """What each rule makes of its tokens, and of what the rules inside it made."""

    def start(self, tree: Node) -> Node:
        return tree

    def either(self, *parts: Node | Token) -> Node:
        clauses = _clauses(parts)
        return any_of(clauses, clauses[0].at)

    def all(self, *parts: Node | Token) -> Node:
        clauses = _clauses(parts)
        return all_of(clauses, clauses[0].at)

    def negated(self, sign: Token, clause: Node) -> Node:
        return negation(clause, _at(sign))

    def near(self, *parts: Node | Token) -> Node:
        signs = [part for part in parts if isinstance(part, Token)]
        distances = tuple(int(sign.lstrip("NEAR/~")) for sign in signs)
        return Near(tuple(_clauses(parts)), distances, _at(signs[0]))

    def word(self, *parts: Token) -> Node:
        return Term(str(parts[-1]), exact=parts[0].type == "EXACT", at=_at(parts[0]))

    def phrase(self, *parts: Token) -> Node:
        by_kind = {part.type: part for part in parts}
        within = int(by_kind["WITHIN"].removeprefix("~")) if "WITHIN" in by_kind else None
        return Phrase(_unquoted(by_kind["QUOTED"]), "EXACT" in by_kind, within, _at(parts[0]))

    def fielded(self, field: Token, clause: Node) -> Node:
        return Field(field.removesuffix(":"), clause, _at(field))

    def group(self, opened: Token, clause: Node, closed: Token) -> Node:  # noqa: ARG002 - the brackets have done their work
        return clause


_BUILDER = _Builder()


def _clauses(parts: tuple[Node | Token, ...]) -> list[Node]:
    return [part for part in parts if not isinstance(part, Token)]


def _unquoted(quoted: Token) -> str:
    """The phrase without any quotation mark, inner ones included, so that it can be printed between plain ones."""
    return " ".join(_QUOTES.sub(" ", quoted).split())
