"""The one error of the query language: what is wrong, where, and what to write instead."""

import unicodedata

_PICTURE_WIDTH = 76  # characters of the query shown around the place


class QuerySyntaxError(ValueError):
    """A query that cannot be read. `line` and `column` count from 1 within the query; `suggestion` may be None."""

    def __init__(self, message: str, query: str, offset: int, suggestion: str | None = None) -> None:
        super().__init__(message, query, offset, suggestion)
        self.message = _visible(message)  # it may quote the query
        self.query = query
        self.offset = offset
        self.suggestion = _visible(suggestion) if suggestion else None
        self.line = query.count("\n", 0, offset) + 1
        self.column = offset - _line_start(query, offset) + 1

    def __str__(self) -> str:
        advice = f" ({self.suggestion})" if self.suggestion else ""
        return f"{self.line}:{self.column}: {self.message}{advice}"

    @property
    def picture(self) -> str:
        """The line of the query with a caret under the place, cut to a terminal's width."""
        start = _line_start(self.query, self.offset)
        end = self.query.find("\n", self.offset)
        first = max(start, self.offset - _PICTURE_WIDTH // 2)
        last = min(len(self.query) if end < 0 else end, first + _PICTURE_WIDTH)
        before = ("…" if first > start else "") + _visible(self.query[first : self.offset])
        return f"{before}{_visible(self.query[self.offset : last])}\n{' ' * _columns(before)}^"


def field_in_field(query: str, offset: int, *, outer: str, inner: str) -> QuerySyntaxError:
    """The error for title:author:x and title:(author:x)."""
    message = f"the field {inner}: stands inside {outer}:"
    return QuerySyntaxError(message, query, offset, f'if it is no field, put quotation marks: {outer}:"{inner}:…"')


def _line_start(query: str, offset: int) -> int:
    return query.rfind("\n", 0, offset) + 1


def _visible(text: str) -> str:
    """Tabs and control characters as one space, so that the caret stays under its place."""
    return "".join(" " if unicodedata.category(character).startswith("C") else character for character in text)


def _columns(text: str) -> int:
    """How many terminal columns the text takes: East Asian characters two, combining marks none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
