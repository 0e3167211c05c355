"""Why a query could not be parsed, said in its author's terms: from the token that did not fit to an error.

Only the grammar's errors are told here; what a word may look like is in check.py.
"""

from lark import Token

from worker.stages.query.errors import QuerySyntaxError, field_in_field

_JOINING = frozenset(["AND", "OR", "NEAR"])  # stand between two clauses
_LEADING = frozenset(["NOT", "MINUS", "FIELD", "EXACT"])  # stand before one


def unclosed_quotation(query: str, offset: int) -> QuerySyntaxError:
    """The error for a quotation mark that opens a phrase which never ends."""
    phrase = " ".join(query[offset + 1 :].split()[:2])
    advice = f'close the phrase, such as "{phrase}"' if phrase else "take it away"
    return QuerySyntaxError(f"the quotation mark {query[offset]} is never closed", query, offset, advice)


def unexpected(query: str, tokens: list[Token], index: int) -> QuerySyntaxError:
    """The error for the token at `index`, at which parsing stopped; `index` is len(tokens) at the query's end."""
    before = tokens[index - 1] if index else None
    if index == len(tokens):
        return _at_the_end(query, tokens)
    token = tokens[index]
    if token.type == "CLOSE":
        return _at_a_closing_bracket(query, tokens[:index], token)
    if before is not None and before.type in _LEADING | {"NEAR"}:
        return _behind_a_sign(query, before, token)
    return _without_left_side(query, before, token)


def _at_the_end(query: str, tokens: list[Token]) -> QuerySyntaxError:
    last = tokens[-1]
    if last.startswith("~"):
        return _unfinished_nearness(query, last)
    if last.type in _JOINING | _LEADING:
        return QuerySyntaxError(
            f"nothing follows {last}", query, _at(last), f"add what comes next, or take {last} away"
        )
    opened = _innermost_open(tokens)
    return QuerySyntaxError("this bracket is never closed", query, _at(opened), "add ) where the group ends")


def _unfinished_nearness(query: str, token: Token) -> QuerySyntaxError:
    return QuerySyntaxError(
        f"{token} belongs between two words, phrases or groups, or right behind a phrase in quotation marks",
        query,
        _at(token),
        f'write "first second"{token}, or between groups: (a OR b) NEAR/{token[1:]} (c OR d)',
    )


def _innermost_open(tokens: list[Token]) -> Token:
    """The last bracket without its partner; at the query's end there is one, or the query would have parsed."""
    waiting: list[Token] = []
    for token in tokens:
        if token.type == "OPEN":
            waiting.append(token)
        elif token.type == "CLOSE":
            waiting.pop()
    return waiting[-1]


def _at_a_closing_bracket(query: str, earlier: list[Token], token: Token) -> QuerySyntaxError:
    before = earlier[-1] if earlier else None
    if before is not None and before.type == "OPEN":
        return QuerySyntaxError("these brackets are empty", query, _at(before), "take them away, or put words in them")
    if before is not None and before.type in _JOINING | _LEADING:
        return QuerySyntaxError(
            f"nothing stands between {before} and the bracket", query, _at(before), f"take {before} away"
        )
    return QuerySyntaxError("this bracket was never opened", query, _at(token), "take it away, or open it with (")


def _behind_a_sign(query: str, sign: Token, token: Token) -> QuerySyntaxError:
    if sign.type == "EXACT":
        return QuerySyntaxError(
            "= stands before one word or phrase", query, _at(sign), 'such as =talks or ="peace talks"'
        )
    if sign.type == "FIELD" and token.type in {"NOT", "MINUS"}:
        return QuerySyntaxError(f"{token} stands before the field", query, _at(token), f"write -{sign}word")
    if sign.type == "FIELD" and token.type == "FIELD":
        return field_in_field(query, _at(token), outer=sign[:-1], inner=token[:-1])
    if sign.type == "NEAR" and token.type in {"NOT", "MINUS"}:
        return QuerySyntaxError(
            f"{sign} stands between words, phrases and groups of them; {token} cannot follow it",
            query,
            _at(token),
            "leave words out with AND NOT",
        )
    return QuerySyntaxError(f"{sign} cannot be followed by {token}", query, _at(token), "one of the two is too many")


def _without_left_side(query: str, before: Token | None, token: Token) -> QuerySyntaxError:
    if before is not None and before.type in _JOINING:
        return QuerySyntaxError(f"{before} and {token} follow each other", query, _at(token), "keep one of them")
    if token.type == "NEAR":
        advice = "such as talks NEAR/5 peace"
        return QuerySyntaxError(f"nothing stands before {token}", query, _at(token), advice)
    return QuerySyntaxError(
        f"nothing stands before {token}",
        query,
        _at(token),
        f"take {token} away; as a word to look for, write {token.lower()}",
    )


def _at(token: Token) -> int:
    return token.start_pos or 0
