"""Reads the nodes of a YAML parser into plain values.

Nodes and not ruamel's constructed values, because nodes carry an exact mark for every key and item, because they
survive what no constructor accepts (`2026-02-31`), and because aliases can be counted before they are followed.
Values follow the core schema of YAML 1.2: `no` is Norwegian and `22:00` is a text. What values mean is not known here.
"""

import re
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.places import Place

Value = dict[str, "Value"] | tuple["Value", ...] | str | int | float | bool | None

MAX_DEPTH = 40
MAX_VALUES = 500_000  # an alias counts as often as it is followed

_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,300}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,2})?")
_UNUSABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # can come in by an escape such as "\0"
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in the document that YAML allows, or leaves open, and that is refused here."""

    place: Place
    message: str


class TooMuchError(Exception):
    """The document is so deep, large or circular that reading must stop."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def place_of(node: Node) -> Place:
    """Where a node begins."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def is_empty(node: Node) -> bool:
    """Nothing is written where the value should be: `key:`."""
    return isinstance(node, ScalarNode) and not node.value and not node.style


def read_nodes(root: Node) -> tuple[Value, tuple[Flaw, ...]]:
    """The document's value and its flaws. Of a key that stands twice, the first is kept.

    Raises TooMuchError.
    """
    reading = _Reading()
    value = reading.value(root, ())
    return value, tuple(Flaw(place, message) for place, message in reading.flaws.items())


class _Reading:
    """One walk over the nodes."""

    def __init__(self) -> None:
        self.flaws: dict[Place, str] = {}
        self._values = 0

    def value(self, node: Node, above: tuple[Node, ...]) -> Value:
        self._stop_at_limits(node, above)
        if node.tag not in _PLAIN_TAGS:
            self._flaw(node, "tags (`!name`) are not used here")
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode):
            return tuple(self.value(item, (*above, node)) for item in node.value)
        return self._mapping(node, (*above, node)) if isinstance(node, MappingNode) else None

    def _scalar(self, node: ScalarNode) -> Value:
        if _UNUSABLE.search(node.value):
            self._flaw(node, "a control character or half a surrogate pair cannot be used")
            return _UNUSABLE.sub("\ufffd", node.value)
        return scalar_value(node)

    def _mapping(self, node: MappingNode, above: tuple[Node, ...]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        first: dict[str, Place] = {}
        for key, item in node.value:
            if not isinstance(key, ScalarNode):
                self._flaw(key, "a key must be plain text")
            elif _UNUSABLE.search(key.value):
                self._flaw(key, "a control character or half a surrogate pair cannot be used")
            elif key.value in first:
                self._flaw(key, f"key `{key.value}` stands already on line {first[key.value].line}")
            else:
                first[key.value] = place_of(key)
                found[key.value] = self.value(item, above)
        return found

    def _stop_at_limits(self, node: Node, above: tuple[Node, ...]) -> None:
        self._values += 1
        if any(node is outer for outer in above):
            raise TooMuchError(Flaw(place_of(node), "this value contains itself through an alias (`*name`)"))
        if len(above) > MAX_DEPTH:
            raise TooMuchError(Flaw(place_of(node), f"nested more than {MAX_DEPTH} levels deep"))
        if self._values > MAX_VALUES:
            raise TooMuchError(Flaw(place_of(node), f"more than {MAX_VALUES} values, counting what aliases repeat"))

    def _flaw(self, node: Node, message: str) -> None:
        self.flaws.setdefault(place_of(node), message)


def scalar_value(node: ScalarNode) -> str | int | float | bool | None:
    """The value of a scalar. What was quoted, written as a block, or tagged `!!str` stays a text."""
    text: str = node.value
    if node.style or node.tag == "tag:yaml.org,2002:str":
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
