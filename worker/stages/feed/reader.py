"""One pass over a feed's XML, a level at a time: what is not expected where it stands ends it (UnsureError).

What is expected, and what is done with it, stands in `elements`; here is only the walk. It uses the XML parser that
feedparser uses (expat), so both agree on what is well-formed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from worker.stages.feed.absolute import absolute_base
from worker.stages.feed.bounded import Outcome
from worker.stages.feed.names import XHTML, Names, is_inert
from worker.stages.feed.unsure import Effort, UnsureError

MAX_DEPTH = 50
PLAIN, HTML, XHTML_TYPE = "text/plain", "text/html", "application/xhtml+xml"

_TYPES = {"text": PLAIN, "plain": PLAIN, "html": HTML, "xhtml": XHTML_TYPE}
_QUOTE = {'"': "&quot;"}


@dataclass(slots=True, eq=False)
class Level:
    """The elements that may stand inside one, by name. `others` is for those that are inert, where these may too."""

    parts: dict[str, "Part"] = field(default_factory=dict)
    others: "Part | None" = None


NOTHING = Level()


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An element that is expected: what its beginning and its end do, and what may stand inside it.

    `name` is the one under which feedparser keeps it. `markup` is the type of its text when it names none.
    """

    end: "Callable[[Reader], None] | None" = None
    name: str = ""
    markup: str = ""
    begin: "Callable[[Reader], None] | None" = None
    inside: Level = NOTHING


class Reader:
    """Where the pass is, and what feedparser would have in mind there."""

    def __init__(self, document: Level, *, url: str, max_entries: int) -> None:
        self.feed: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []
        self.version = ""
        self.max_entries = max_entries
        self.names = Names()
        self.effort = Effort()
        # The element that begins or has ended
        self.part = Part()
        self.attributes: Mapping[str, str] = {}
        self.text = ""
        # What it stands in
        self.base = url
        self.language: str | None = None
        self.opened: list[tuple[Part, Mapping[str, str], Level, str, str | None]] = []
        # What is kept in mind of the feed or entry that is being read
        self.fields = self.feed
        self.has_channel = self.has_content = False
        self.title_depth = -1
        self.depths: dict[str, int] = {}
        self.persons: list[str] = []
        self._level = document
        self._expected: dict[tuple[Level, str], Part] = {}
        self._pieces: list[str] = []
        self._depth_in_markup = 0

    def read(self, body: bytes) -> Outcome:
        """Read UTF-8; raises UnsureError, or ExpatError for what is not well-formed."""
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartNamespaceDeclHandler = self.names.declare
        self._expect_elements()
        self._parser.Parse(body, True)
        return Outcome(self.feed, tuple(self.entries), self.version)

    def _expect_elements(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._pieces.append

    def _start(self, key: str, given: Mapping[str, str]) -> None:
        level = self._level
        part = self._expected.get((level, key)) or self._expect(level, key)
        self.attributes = self.names.attributes(given) if given else given
        self.opened.append((part, self.attributes, level, self.base, self.language))
        if len(self.opened) > MAX_DEPTH:
            raise UnsureError("too many elements inside each other")
        self._level = part.inside
        self._pieces.clear()
        if given:
            self._set_scope(part)
        if part.begin is not None:
            part.begin(self)

    def _end(self, _key: str) -> None:
        self.part, self.attributes, self._level, base, language = self.opened.pop()
        if self.part.end is not None:
            self.text = "".join(self._pieces)
            self.part.end(self)
        self._pieces.clear()
        self.base, self.language = base, language

    def _expect(self, level: Level, key: str) -> Part:
        """The part that an element of this name is in this level."""
        name = self.names.name(key)
        part = level.parts.get(name)
        if part is None:
            part = level.others
            if part is None or not is_inert(name):
                raise UnsureError(f"{name} is not expected here")
        self._expected[level, key] = part
        return part

    def _set_scope(self, part: Part) -> None:
        """The base and the language that an element sets hold inside it; and XHTML is another thing than elements."""
        attributes = self.attributes
        base = attributes.get("xml:base", attributes.get("base"))
        if base:
            self.base = absolute_base(self.base, base)
        language = attributes.get("xml:lang", attributes.get("lang"))
        if language is not None:
            self.language = language or None
        if part.markup and self.version == "atom10" and text_type(attributes, part.markup) == XHTML_TYPE:
            self._expect_markup()

    # XHTML inside an element is written down again as text.

    def _expect_markup(self) -> None:
        self._parser.StartElementHandler = self._start_markup
        self._parser.EndElementHandler = self._end_markup
        self._parser.CharacterDataHandler = self._add_markup_text

    def _start_markup(self, key: str, given: Mapping[str, str]) -> None:
        self._depth_in_markup += 1
        if self._depth_in_markup > MAX_DEPTH:
            raise UnsureError("too many elements inside each other")
        self.effort.spend(1 + len(given) // 2)
        self._pieces.append(f"<{_xhtml_name(key)}{''.join(_written(given))}>")

    def _end_markup(self, key: str) -> None:
        if self._depth_in_markup:
            self._depth_in_markup -= 1
            self._pieces.append(f"</{_xhtml_name(key)}>")
            return
        self._expect_elements()
        self._pieces[:] = _without_frame(self._pieces)
        self._end(key)

    def _add_markup_text(self, text: str) -> None:
        self._pieces.append(escape(text))


def text_type(attributes: Mapping[str, str], usual: str) -> str:
    """The type of a text. What feedparser does not know it takes for base64."""
    kind = attributes.get("type", usual).lower()
    kind = _TYPES.get(kind, kind)
    if kind not in (PLAIN, HTML, XHTML_TYPE) or "mode" in attributes:
        raise UnsureError(f"text of another type: {kind[:100]}")
    return kind


def is_shown(kind: str) -> bool:
    """Whether a link leads to a page."""
    kind = kind.lower()
    return _TYPES.get(kind, kind) in (HTML, XHTML_TYPE)


def _refuse_doctype(*_declared: object) -> None:
    raise UnsureError("a document type")


@lru_cache(maxsize=256)
def _xhtml_name(key: str) -> str:
    uri, _, local = key.rpartition(" ")
    name = local.lower()
    if uri != XHTML or name == "svg" or not is_inert(f"xhtml_{name}"):
        raise UnsureError(f"no XHTML: {key[:100]}")
    return name


def _written(given: Mapping[str, str]) -> Iterator[str]:
    """Attributes as feedparser writes them."""
    for name, value in {key.lower(): value for key, value in given.items()}.items():
        if " " in name:
            raise UnsureError(f"an attribute of another namespace: {name[:100]}")
        yield f' {name}="{escape(value.lower() if name in ("rel", "type") else value, _QUOTE)}"'


def _without_frame(pieces: Sequence[str]) -> Sequence[str]:
    """Pieces of XHTML without the one div that all of it stands in."""
    told = [place for place, piece in enumerate(pieces) if piece.strip()]
    pieces = pieces[told[0] : told[-1] + 1] if told else ()
    is_framed = len(pieces) > 1 and (pieces[0] == "<div>" or pieces[0].startswith("<div ")) and pieces[-1] == "</div>"
    return pieces[1:-1] if is_framed and _stays_inside(pieces[:-1]) else pieces


def _stays_inside(pieces: Sequence[str]) -> bool:
    depth = 0
    for piece in pieces:
        if piece.startswith("<"):
            depth += -1 if piece.startswith("</") else 1
        if depth == 0:
            return False
    return True
