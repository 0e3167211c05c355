"""Reads single variables of the environment, each with its twin `NAME_FILE` that names a file with the value.

The twin is for secrets that Compose or systemd lay down as files. What a variable means is not known here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TWIN = "_FILE"
MAX_VALUE_BYTES = 64 * 1024
_REFERENCE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>[^{}]*)\}|(?P<open>\{))")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class VariableError(ValueError):
    """A variable that cannot be used. `name` is the variable at fault; the sentence never holds its value."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A `${NAME}` that could not be filled in, and its index in the text."""

    index: int
    message: str


def variable(environ: Mapping[str, str], name: str) -> str | None:
    """The value of `name`, or what stands in the file that `name_FILE` names. An empty value counts as not set."""
    value, path = environ.get(name) or None, environ.get(name + TWIN) or None
    if value and path:
        raise VariableError(name, f"is given twice: also as {name}{TWIN}; keep one of them")
    if path is None:
        return value
    try:
        return _content(Path(path)) or None
    except OSError as error:
        raise VariableError(name + TWIN, f"names a file that cannot be read: {path}: {error.strerror}") from error
    except ValueError as error:
        raise VariableError(name + TWIN, f"names a file that cannot be used: {path}: {error}") from None


def _content(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(MAX_VALUE_BYTES + 1)
    if len(raw) > MAX_VALUE_BYTES:
        raise ValueError("it is larger than 64 KiB")
    try:
        return raw.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None  # the cause would quote the secret


def fill(text: str, environ: Mapping[str, str]) -> tuple[str, list[Unfilled]]:
    """The text with each `${NAME}` replaced by the variable's value and `$$` by one dollar sign.

    What cannot be filled in stays as it is and is listed. Values are not filled in again.
    """
    unfilled: list[Unfilled] = []

    def value(reference: re.Match[str]) -> str:
        if reference["dollar"]:
            return "$"
        try:
            return _referred(reference, environ)
        except VariableError as error:
            unfilled.append(Unfilled(reference.start(), f"{error.name} {error}".lstrip()))
            return reference[0]

    return _REFERENCE.sub(value, text), unfilled


def _referred(reference: re.Match[str], environ: Mapping[str, str]) -> str:
    name = reference["name"] or ""
    if not _NAME.fullmatch(name):
        raise VariableError("", "must be written ${NAME}, with letters, digits and _ in the name ($$ is a plain $)")
    value = variable(environ, name)
    if value is None:
        raise VariableError(name, f"is not set in the environment (nor is {name}{TWIN})")
    return value
