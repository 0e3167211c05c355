"""Command lines as the real command understands them; nothing is run, and files that they name need not be there."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import typer.main

from cli.main import app

ROOT_COMMAND: Any = typer.main.get_command(app)


def _let_files_be_missing(command: Any) -> None:
    for parameter in command.params:
        parameter.type_descriptor.parameter_info.exists = False
    for below in getattr(command, "commands", {}).values():
        _let_files_be_missing(below)


_let_files_be_missing(ROOT_COMMAND)


def parse(line: str) -> Mapping[str, Any]:
    """The options of a `storytrail …` command line, up to a pipe or the like. Raises when it is not one."""
    program, *words = takewhile(lambda word: word[0] not in "<>|&;", shlex.split(line, comments=True))
    if program != "storytrail":
        raise ValueError(f"not the command: {program}")
    command, context = ROOT_COMMAND, ROOT_COMMAND.make_context(program, list(words))
    while hasattr(command, "resolve_command") and (below := [*context._protected_args, *context.args]):
        name, command, rest = command.resolve_command(context, below)
        context = command.make_context(name, rest, parent=context)
    options: Mapping[str, Any] = context.params
    return options


def all_commands(command: Any = ROOT_COMMAND, path: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command and group, those of `storytrail` itself (none) first."""
    yield tuple(path)
    for name, below in getattr(command, "commands", {}).items():
        yield from all_commands(below, (*path, name))
