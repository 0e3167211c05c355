"""A configuration file that was read: plain values, each of which still knows its place.

`Findings` gathers everything that is wrong with a document, so that the user sees all of it at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.errors import ConfigError, Problem
from config.messages import follows_from_others, sentence, unknown
from config.nodes import Flaw, Value, is_empty, place_of
from config.places import Loc, Place, WrittenText
from config.shape import known_keys

Model = TypeVar("Model", bound=BaseModel)

EACH: Final = "*"  # in a pattern for `find`: every key or item
KEY: Final = "[key]"  # at the end of a location: the key itself and not its value, as pydantic writes it


@dataclass(frozen=True, slots=True)
class Document:
    """The values of one file and the way back to their places. `file` is the path as the user gave it."""

    file: str
    digest: str  # SHA-256 of the file's bytes
    text: str = field(default="", repr=False)
    root: Node | None = field(default=None, repr=False)
    data: Value = field(default_factory=dict, repr=False)
    flaws: tuple[Flaw, ...] = ()

    def find(self, *pattern: str) -> Iterator[tuple[Loc, Value]]:
        """Locations and values that fit: `find("topics", EACH, "name")`. What has another shape is passed over."""
        return _find(self.data, pattern, ())

    def place(self, loc: Loc) -> Place:
        """Where the value stands; its key's place when nothing is written there; the mapping's if it is missing."""
        key, node = self._nodes(loc)
        wants_key = loc[-1:] == (KEY,) or (node is not None and is_empty(node))
        chosen = key if wants_key and key else node
        return place_of(chosen) if chosen else Place(1, 1)

    def written(self, loc: Loc) -> WrittenText | None:
        """The text at this location, able to say where each of its characters stands. None if there is no text."""
        _, node = self._nodes(loc)
        if not isinstance(node, ScalarNode):
            return None
        source = self.text[node.start_mark.index : node.end_mark.index]
        return WrittenText(node.value, source, node.style, place_of(node))

    def span(self, key: str) -> tuple[int, int] | None:
        """Where a key of the whole document begins in its text and the key's value ends; None if it is not there."""
        below = _below(self.root, key)
        return (below[0].start_mark.index, below[1].end_mark.index) if below else None

    def _nodes(self, loc: Loc) -> tuple[Node | None, Node | None]:
        """The key and the value at a location, or of the nearest that holds it."""
        key, node = None, self.root
        for step in loc:
            below = _below(node, step)
            if below is None:
                break
            key, node = below
        return key, node


def _below(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    return None


def _find(value: Value, pattern: tuple[str, ...], loc: Loc) -> Iterator[tuple[Loc, Value]]:
    if not pattern:
        yield loc, value
        return
    for step, child in _children(value):
        if pattern[0] in (EACH, step):
            yield from _find(child, pattern[1:], (*loc, step))


def _children(value: Value) -> Iterator[tuple[str | int, Value]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


class Findings:
    """What is wrong with a document. Of several things about one value the first is told: the rest follow from it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._told: dict[Loc, Problem] = {}

    def tell(self, loc: Loc, message: str, place: Place | None = None) -> None:
        """Something is wrong at this location; `place` is given when it is known more exactly."""
        self._told.setdefault(loc, self._problem(place or self._document.place(loc), message))

    def tell_repeated(self, what: str, *pattern: str, same: Callable[[str], str]) -> None:
        """Tells of texts that stand twice, where `same` gives equal texts for what counts as one."""
        lines: dict[str, int] = {}
        for loc, text in self._document.find(*pattern):
            if not isinstance(text, str):
                continue
            if same(text) in lines:
                self.tell(loc, f"{what} stands already on line {lines[same(text)]}")
            else:
                lines[same(text)] = self._document.place(loc).line

    def shaped(self, model: type[Model], data: Value) -> Model:
        """The data as a model, if nothing at all was found wrong. Raises ConfigError otherwise."""
        try:
            shaped = model.model_validate(data)
        except ValidationError as error:
            shaped = None
            for detail in error.errors(include_url=False):
                self._tell_detail(model, detail)
        flaws = [self._problem(flaw.place, flaw.message) for flaw in self._document.flaws]
        if shaped is None or flaws or self._told:
            raise ConfigError(*flaws, *self._told.values())
        return shaped

    def _tell_detail(self, model: type[BaseModel], detail: ErrorDetails) -> None:
        loc = detail["loc"]
        if follows_from_others(detail):
            return
        if detail["type"] == "extra_forbidden":
            self.tell((*loc, KEY), unknown("key", str(loc[-1]), known_keys(model, loc[:-1])))
        else:
            self.tell(loc, sentence(detail))

    def _problem(self, place: Place, message: str) -> Problem:
        return Problem(self._document.file, place.line, place.column, message)
