"""What the command says of itself, and that it says it quickly."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence

import pytest

from cli.failure import MISUSED
from cli.main import Queue
from tests.cli.command import Storytrail
from tests.cli.commandline import all_commands, parse
from tests.repository import ROOT
from worker.app import QUEUES

COMMANDS = list(all_commands())
CONTRACT = {
    *("demo", "up", "poll", "worker", "scheduler", "web", "migrate", "check", "ingest", "extract", "articles"),
    *("stories", "alerts", "doctor", "healthcheck", "sources add", "sources list", "sources import", "sources export"),
}

# What takes long to import: `--help` must not wait for it.
SLOW = ("celery", "sqlalchemy", "lxml", "trafilatura", "pydantic", "apprise", "httpx2", "structlog", "redis")


def each(commands: list[tuple[str, ...]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("words", commands, ids=lambda words: " ".join(words) or "storytrail")


def test_every_command_of_the_contract_is_there() -> None:
    assert {" ".join(words) for words in COMMANDS} >= CONTRACT


@each(COMMANDS)
def test_help_says_what_it_does_and_gives_an_example_that_works(words: Sequence[str], storytrail: Storytrail) -> None:
    (example,) = re.findall(r"Example: (storytrail .+?)\s*$", storytrail.does(*words, "--help").out, re.MULTILINE)
    parse(example)
    assert example.startswith(" ".join(["storytrail", *words]))


@each([words for words in COMMANDS if words])
def test_the_first_sentence_fits_the_list_of_commands(words: Sequence[str], storytrail: Storytrail) -> None:
    group = storytrail.does(*words[:-1], "--help").out
    first = re.sub(r"\s+", " ", re.split(r"\n\s*\n", storytrail.does(*words, "--help").out)[1]).strip()
    assert first.endswith(".")
    assert len(first) <= 90
    assert first.split(".")[0] in re.sub(r"[\s│]+", " ", group)


def test_options_of_the_contract_are_there() -> None:
    for line in (
        "storytrail demo --once --port 0",
        "storytrail poll --all",
        "storytrail ingest README.md --json",
        "storytrail extract README.md --url https://example.org/ --json",
        "storytrail stories --topic T --json",
        "storytrail alerts --topic T --json",
        "storytrail articles --topic T --json",
        "storytrail sources list --json",
    ):
        parse(line)


def test_the_version_is_the_projects(storytrail: Storytrail) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert storytrail.does("--version").out == f"storytrail {version}\n"


def test_without_words_it_shows_its_help(storytrail: Storytrail) -> None:
    done = storytrail()
    assert done.code == MISUSED
    assert "Usage: storytrail" in done.out + done.err


def test_the_queues_are_the_workers() -> None:
    assert tuple(Queue) == QUEUES


def test_help_does_not_wait_for_the_pipeline() -> None:
    """Everything else it could be slow for lies in what it imports."""
    show_help = """
import sys
from cli.main import main
sys.argv = ["storytrail", "--help"]
try:
    main()
except SystemExit:
    print("IMPORTED", *sorted(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", show_help], cwd=ROOT, capture_output=True, text=True)
    imported = done.stdout.splitlines()[-1].split()
    assert imported[0] == "IMPORTED", done.stderr
    assert "cli.main" in imported
    assert not set(SLOW) & set(imported)
