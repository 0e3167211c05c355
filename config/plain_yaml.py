"""The nodes of a plain YAML file by libyaml, some twenty times as fast as by ruamel, which reads what is not plain.

Plain is a file without tags, anchors, aliases, directives and the rare characters that YAML 1.1 and 1.2 take otherwise.
Of anything else, errors among it, nothing is said here: ruamel is to say it, as it knows YAML 1.2 and the better words.
"""

import re
from typing import Any

import yaml
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tag import Tag

from config.nodes import MAX_DEPTH

# Tabs, directives, control characters, and line breaks that only YAML 1.1 knows.
_NOT_PLAIN = re.compile(
    r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff\ud800-\udfff]|^%|^---|^\.\.\.", re.MULTILINE
)
_EVENTS: Any = getattr(yaml, "CSafeLoader", None)  # absent where PyYAML was built without libyaml
_TAGS = {name: Tag(suffix=f"tag:yaml.org,2002:{name}") for name in ("value", "str", "seq", "map")}


def plain_nodes(text: str) -> Node | None:
    """The root node, or None where ruamel is to be asked."""
    if _EVENTS is None or _NOT_PLAIN.search(text):
        return None
    parser = _EVENTS(text)
    try:
        return _composed(parser)
    except (yaml.YAMLError, UnicodeError):
        return None
    finally:
        parser.dispose()


def _composed(parser: Any) -> Node | None:
    """Without recursion: libyaml's own composer overruns the stack on deep files."""
    open_nodes: list[Node] = []
    root: Node | None = None
    while True:
        event = parser.get_event()
        kind = type(event)
        if kind in _ENDS:
            node = open_nodes.pop()
            node.end_mark = event.end_mark
            if isinstance(node, MappingNode):
                node.value = list(zip(node.value[::2], node.value[1::2], strict=True))
        elif kind in _BEGINNINGS:
            if event.anchor is not None or event.tag is not None or len(open_nodes) > MAX_DEPTH:
                return None
            node = _BEGINNINGS[kind](event)
            if open_nodes:
                open_nodes[-1].value.append(node)
            else:
                root = node
            if kind is not yaml.ScalarEvent:
                open_nodes.append(node)
        elif kind is yaml.AliasEvent:
            return None
        elif kind is yaml.StreamEndEvent:
            return root


def _scalar(event: Any) -> Node:
    # What a plain scalar is, a number or a text, `nodes` tells by its text.
    tag = _TAGS["value" if event.implicit[0] else "str"]
    return ScalarNode(tag, event.value, event.start_mark, event.end_mark, style=event.style or None)


def _sequence(event: Any) -> Node:
    return SequenceNode(_TAGS["seq"], [], event.start_mark, event.end_mark, flow_style=event.flow_style)


def _mapping(event: Any) -> Node:
    return MappingNode(_TAGS["map"], [], event.start_mark, event.end_mark, flow_style=event.flow_style)


_BEGINNINGS = {yaml.ScalarEvent: _scalar, yaml.SequenceStartEvent: _sequence, yaml.MappingStartEvent: _mapping}
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
