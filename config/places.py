"""Where a piece of text stands in the file it was written in.

YAML has five ways to write a text: plain, in single or double quotes, as a block (`|`) and as a folded block (`>`).
What a query's compiler sees has lost indentation, quotes, escapes and line breaks; `WrittenText` finds the way back,
so that an error inside a query points into the file. It knows nothing of queries.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

Loc = tuple[str | int, ...]  # the way to a value in a document: keys and positions, as pydantic writes it

_BREAKS = "\n\r\x85\u2028\u2029"
_BLANKS = " \t" + _BREAKS
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")  # an anchor or a tag before the text
_ESCAPE_WIDTHS = {"x": 4, "u": 6, "U": 10}  # any other escape is the backslash and one character


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A YAML scalar as it was read (`value`) and as it stands in the file (`source`, from `start` on)."""

    value: str
    source: str = field(repr=False)
    style: str | None  # one of ' " | > or None for plain
    start: Place

    def place_at(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the value, both counted from 1.

        A position beyond the value is taken as its end. Exact for every character that is not blank.
        """
        before = self.value.split("\n")[: max(line - 1, 0)]
        return self.place_of(sum(len(text) + 1 for text in before) + max(column - 1, 0))

    def place_of(self, index: int) -> Place:
        """The place in the file of the value's character at `index`."""
        index = min(index, len(self.value))
        offset = next(islice(self._offsets(), index, None))
        above = self.source[:offset].replace("\r\n", "\n").split("\n")
        if len(above) == 1:
            return Place(self.start.line, self.start.column + offset)
        return Place(self.start.line + len(above) - 1, len(above[-1]) + 1)

    def _offsets(self) -> Iterator[int]:
        """For each character of the value, and for its end, the offset in the source.

        Both are walked side by side. Runs of blanks differ between them (folding, indentation), but the other
        characters stand in both in the same order, so that each of them sets the walk right again.
        """
        at = self._first()
        for char in self.value:
            if char not in _BLANKS:
                at = self._past_blanks(at)
            yield at
            at += self._width(at, char)
        yield at

    def _first(self) -> int:
        """Where the content begins: behind anchor, tag and opening quote, or below a block's head line."""
        properties = _PROPERTIES.match(self.source)
        at = properties.end() if properties else 0
        if self.style in ("|", ">"):
            return self.source.find("\n", at) + 1
        return at + 1 if self.style else at

    def _past_blanks(self, at: int) -> int:
        while at < len(self.source):
            if self.source[at] in _BLANKS:
                at += 1
            elif self._is_joined_line(at):
                at += 2
            else:
                break
        return at

    def _is_joined_line(self, at: int) -> bool:
        """In double quotes a backslash at the end of a line joins it to the next."""
        return self._is_escape(at) and self.source[at + 1 : at + 2] in tuple(_BREAKS)

    def _is_escape(self, at: int) -> bool:
        return self.style == '"' and self.source.startswith("\\", at)

    def _width(self, at: int, char: str) -> int:
        """How many characters of the source the value's character takes."""
        if self._is_escape(at):
            return _ESCAPE_WIDTHS.get(self.source[at + 1 : at + 2], 2)
        if self.style == "'" and self.source.startswith("''", at):
            return 2
        if char in _BLANKS:
            return int(self.source[at : at + 1] in tuple(_BLANKS))
        return int(at < len(self.source))
