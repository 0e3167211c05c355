"""That what README.md tells people to type, set and look at is there and is understood."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.environment import TWIN
from config.settings import PREFIX, Settings
from config.sources import load_sources
from config.topics import load_topics
from tests import compose
from tests.cli.commandline import all_commands, parse
from tests.repository import ROOT, is_ignored
from worker.stages.aliases import Aliases
from worker.stages.query import compile_query
from worker.topics import compile_topics

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SPANS = sorted(set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL))))
PLACEHOLDER = f"{PREFIX}NAME"
FIRST_SCREEN = 40  # lines


def shell_lines() -> list[str]:
    """Each command line of the shell blocks, and each that stands in the text."""
    in_blocks = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line.strip()]
    return in_blocks + [span for span in SPANS if span.startswith(("storytrail ", "make "))]


def commands() -> Iterator[str]:
    """The `storytrail …` command lines, those behind `docker compose exec SERVICE` among them."""
    for line in shell_lines():
        if found := re.search(r"(?:^|/|exec [\w-]+ )(storytrail .+)", line):
            yield found[1]


def yaml_blocks() -> list[str]:
    return [block for kind, block in BLOCKS if kind == "yaml"]


def queries() -> list[str]:
    """The left column of the table of queries; `author:` and the like want a word behind them."""
    (table,) = re.findall(r"^\| written \| matches \|\n(.*?)\n\n", README, re.MULTILINE | re.DOTALL)
    spans = [span for row in table.splitlines() for span in re.findall(r"`([^`]+)`", row.split(" | ")[0])]
    return [span for span in spans if not span.endswith(":")]


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_a_command_is_understood(command: str) -> None:
    parse(command)


def test_every_command_is_told() -> None:
    groups = {path[:-1] for path in all_commands() if path}
    leaves = {" ".join(path) for path in all_commands() if path not in groups}
    assert [leaf for leaf in leaves if f"storytrail {leaf}" not in README] == []


def test_the_two_commands_stand_in_the_first_screen() -> None:
    shown = README.splitlines()[:FIRST_SCREEN]
    assert [
        command for command in ("make demo", "make test") if not any(line.startswith(command) for line in shown)
    ] == []


def test_what_make_is_asked_for_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = {shlex.split(line, comments=True)[1] for line in shell_lines() if line.startswith("make ")}
    assert asked >= {"demo", "test", "install"}
    assert asked <= targets


def test_services_that_are_asked_are_in_the_compose_file() -> None:
    asked = set(re.findall(r"docker compose exec ([\w-]+)", README))
    assert asked
    assert asked <= set(compose.services())


def test_files_are_there_or_are_the_users_own() -> None:
    """The users' own are those that git leaves alone."""
    named = {span for span in SPANS if re.fullmatch(r"\.?\w[\w.-]*(?:/[\w.-]+)*/?", span) and "/" in span}
    copied = {word for line in shell_lines() if line.startswith("cp ") for word in shlex.split(line, comments=True)[1:]}
    assert "worker/tasks.py" in named
    assert [name for name in sorted(named | copied) if not (ROOT / name).exists() and not is_ignored(name)] == []


def test_settings_are_known() -> None:
    named = {name.removesuffix(TWIN) for name in re.findall(rf"\b{PREFIX}[A-Z_]+\b", README)}
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    assert named - known <= {PLACEHOLDER}


@pytest.mark.parametrize("block", yaml_blocks(), ids=range(len(yaml_blocks())))
def test_a_file_as_shown_is_accepted(block: str, tmp_path: Path) -> None:
    path = tmp_path / "shown.yaml"
    path.write_text(block, encoding="utf-8")
    if re.search(r"^sources:", block, re.MULTILINE):
        assert load_sources(path).sources
    else:
        environ = dict.fromkeys(re.findall(r"\$\{(\w+)\}", block), "ntfy://localhost/a-long-enough-secret")
        in_force = compile_topics(load_topics(path, environ=environ), path)
        assert in_force.by_name


def test_topics_are_shown_with_channels() -> None:
    assert any("topics:" in block for block in yaml_blocks())
    assert any("apprise:" in block and "webhook:" in block for block in yaml_blocks())


@pytest.mark.parametrize("query", queries())
def test_a_query_as_shown_is_understood(query: str) -> None:
    """Beside a word, as one that only leaves out would be refused."""
    compile_query(f"peace AND ({query})", Aliases([]))
