"""Reads a YAML file into a `Document`, or tells in a ConfigError why it cannot be read.

It knows bytes, text and YAML's grammar; what the values mean is the business of `topics` and `sources`.
"""

import hashlib
import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from config.document import Document
from config.errors import ConfigError, Problem
from config.nodes import TooMuchError, is_empty, read_nodes
from config.places import Place
from config.plain_yaml import plain_nodes

MAX_FILE_BYTES = 5 * 1024 * 1024

# What ruamel reports, by a part of its wording, in words that say what to do.
_TOLD = (
    (r"'\\t' that cannot start", "a tab cannot be used here: indent with spaces"),
    (r"cannot start any token", "a value cannot begin with this character: put it in quotes"),
    (r"mapping values are not allowed", "a second `:` on this line: put the value in quotes"),
    (r"(sequence entries|mapping keys) are not allowed", "`- ` and `? ` cannot begin a value: put it in quotes"),
    (
        r"expected <block end>, but found '<scalar>'",
        "text behind a closing quote, or a line not indented as those above",
    ),
    (r"expected (<block end>|'<document start>')", "this line is not indented as those above it"),
    (r"expected the node content", "a value is missing here"),
    (r"unknown escape|escape sequence", "a wrong escape: use single quotes, where `\\` means nothing"),
    (r"undefined alias", "this alias (`*name`) has no anchor (`&name`) above it: to begin with `*`, use quotes"),
    (r"directive|YAML document", "a line that begins with `%` is an instruction to YAML, and this one is wrong"),
    (r"another document", "a second document (`---`) begins here: one file holds one"),
)
# The same for what is reported at its end and better shown at its beginning.
_TOLD_AT_BEGINNING = (
    ("while scanning a quoted scalar", "this quote is never closed"),
    ("while scanning a simple key", "this line has no `:` and no `-`"),
    ("while parsing a flow sequence", "this `[` is not closed, or a comma is missing"),
    ("while parsing a flow mapping", "this `{` is not closed, or a comma is missing"),
    ("while scanning an alias", "`*` begins an alias: put the value in quotes"),
)


def read_document(path: Path, *, required: bool = True) -> Document:
    """The document in the file at `path`. A file that is empty, or missing and not required, is an empty mapping.

    Raises ConfigError.
    """
    file = str(path)
    text, digest = read_text(path, required=required)
    return document_of(text, file, digest)


def read_text(path: Path, *, required: bool = True) -> tuple[str, str]:
    """The file's text, "" when it is missing and not required, and the SHA-256 of its bytes. Raises ConfigError."""
    raw = _content(path, str(path), required=required)
    return _decoded(raw, str(path)), hashlib.sha256(raw).hexdigest()


def document_of(text: str, file: str, digest: str) -> Document:
    """The document in a text, told of as this file. Raises ConfigError."""
    root = plain_nodes(text) or _composed(text, file)
    if root is None or is_empty(root):
        return Document(file, digest)
    try:
        data, flaws = read_nodes(root)
    except TooMuchError as error:
        raise _failure(file, error.flaw.place, error.flaw.message) from error
    return Document(file, digest, text, root, data, flaws)


def _content(path: Path, file: str, *, required: bool) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        if required:
            raise ConfigError(Problem(file, None, None, "does not exist")) from error
        return b""
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(Problem(file, None, None, f"cannot be read: {reason}")) from error
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigError(Problem(file, None, None, f"is larger than {MAX_FILE_BYTES // 2**20} MiB"))
    return raw


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        # The cause would carry the whole file.
        raise _failure(file, _end_of(before), "is not UTF-8 text: save the file as UTF-8") from None


def _composed(text: str, file: str) -> Node | None:
    """The root node, or None for a text with comments alone. Causes are cut off: they quote the file."""
    yaml = YAML(typ="safe", pure=True)  # one for each call: it is not safe between threads
    yaml.version = (1, 2)
    yaml.composer.warn_double_anchors = False  # YAML allows them, and a warning would go past the user
    try:
        node: Node | None = yaml.compose(text)
    except ReaderError as error:
        message = "a control character cannot be used here"
        raise _failure(file, _end_of(text[: error.position]), message) from None
    except MarkedYAMLError as error:
        raise _failure(file, *_explained(error)) from None
    except RecursionError:
        raise ConfigError(Problem(file, None, None, "is nested too deeply")) from None
    except Exception:  # ruamel lets bare errors out for impossible escapes ("\UFFFFFFFF") and versions (%YAML 1.9)
        raise ConfigError(Problem(file, None, None, "is not valid YAML: a wrong `\\U` escape or `%` line")) from None
    return node


def _explained(error: MarkedYAMLError) -> tuple[Place, str]:
    problem, context = str(error.problem or ""), str(error.context or "")
    for part, told in _TOLD:
        if re.search(part, problem) and "flow" not in context:
            return _marked(error.problem_mark), told
    for beginning, told in _TOLD_AT_BEGINNING:
        if context.startswith(beginning):
            return _marked(error.context_mark), told
    return _marked(error.problem_mark or error.context_mark), f"is not valid YAML: {problem or context}"


def _marked(mark: StringMark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _end_of(text: str) -> Place:
    """The place right behind the text."""
    lines = text.replace("\r\n", "\n").split("\n")
    return Place(len(lines), len(lines[-1]) + 1)


def _failure(file: str, place: Place, message: str) -> ConfigError:
    return ConfigError(Problem(file, place.line, place.column, message))
