"""Files that libyaml reads say what ruamel would have read in them, each value at the same place."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml.nodes import Node, ScalarNode

from config.errors import ConfigError
from config.nodes import is_empty, read_nodes
from config.plain_yaml import plain_nodes
from config.yaml_file import _composed

ROOT = Path(__file__).parent.parent.parent

STYLES = """\
plain: a b
   c d
numbers: [1, -2.5, 1e3, 0x10, 1_000, .5, "7", '8', ~, null, true, no, 22:00, 2026-02-31]
single: 'it''s'
double: "a\\
  b \\u00e9 é"
block: |
  x
   y
# a comment
folded: >-
  q
  r

  s
flow: {g: http://example.org/a?b=c#d, h: [a & b, "c: d"]}
empty:
list:
  - 1
  -
  - - 2
? key
: value
"""


def flat(node: Node) -> Any:
    """A node and all below it, with what the rest of the room looks at."""
    mark = node.start_mark
    where = (mark.index, mark.line, mark.column)
    if is_empty(node):  # stands nowhere: what is told of it is told of its key
        return None
    if isinstance(node, ScalarNode):
        return where, node.value, node.style, node.end_mark.index
    below = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
    return where, type(node).__name__, [flat(part) for part in below]


@pytest.mark.parametrize(
    "text",
    [
        STYLES,
        STYLES.replace("\n", "\r\n"),
        (ROOT / "config" / "topics.example.yaml").read_text(encoding="utf-8"),
        (ROOT / "seeds" / "topics.yaml").read_text(encoding="utf-8"),
    ],
)
def test_a_plain_file_is_read_as_ruamel_reads_it(text: str) -> None:
    ours, theirs = plain_nodes(text), _composed(text, "topics.yaml")
    assert ours is not None
    assert theirs is not None
    assert flat(ours) == flat(theirs)
    assert read_nodes(ours) == read_nodes(theirs)


@pytest.mark.parametrize(
    "text",
    [
        "a: !tag b",
        "a: &anchor b",
        "a: [b",  # an error, which ruamel is to tell
        "a:\tb",
        "%YAML 1.1\n---\na: b",
        "a: b\n---\nc: d",
        "a: b\x85c",  # a line break in YAML 1.1 alone
        "a: \0",
        "[" * 100_000,  # libyaml's own composer would end the process
        "- " * 100_000,
        "",
    ],
)
def test_what_is_not_plain_is_left_to_ruamel(text: str) -> None:
    assert plain_nodes(text) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from([*":-#,[]{}'\"|>?! \n", "a", "1", "é", "  ", "\n  ", ": ", "- "])).map("".join))
def test_whatever_libyaml_takes_ruamel_takes_alike(text: str) -> None:
    ours = plain_nodes(text)
    if ours is None:
        return
    try:
        theirs = _composed(text, "topics.yaml")
    except ConfigError:
        pytest.fail(f"ruamel refuses {text!r}")
    assert theirs is not None
    assert read_nodes(ours) == read_nodes(theirs)
