"""Runs `storytrail` commands for the tests, each in a process of its own that has its libraries loaded already.

Starting Python and importing the pipeline takes a second; a fork of a process that has done so takes none. What a
command does, prints and exits with is the same. Tests of starting, terminals, pipes and signals run the real thing.

Run as a module, it reads an order a line on standard input and answers each with the exit code.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from tests.repository import ROOT
from worker.stages.aliases import NO_ALIASES
from worker.stages.language import identify
from worker.stages.names import find_names
from worker.stages.story import profile

LONGEST_SECONDS = 100  # below the limit for a test, so that a command that hangs dies first
_COMMANDS = (
    *("check", "demo", "doctor", "extract", "healthcheck", "ingest", "look", "poll", "revisions", "roles", "search"),
    *("sources", "story"),
)
_OUT, _ERR = "stdout", "stderr"


class Zygote:
    """The process that forks. Starts with the `with` block and ends with it."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", __name__]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], output: Path
    ) -> tuple[int, bytes, bytes]:
        """Run `storytrail WORDS` in a folder: exit code, standard output, standard error."""
        output.mkdir()
        order = {"words": words, "folder": str(folder), "environment": dict(environment), "output": str(output)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        written = (output / _OUT).read_bytes(), (output / _ERR).read_bytes()
        shutil.rmtree(output)
        return code, *written


def serve() -> None:
    """Load everything, then fork for each order."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    for name in _COMMANDS:
        import_module(f"cli.{name}")
    _read_once("Ferry to Tarn runs aground", "The ferry ran aground on Monday, said Ada Finch, the harbour master.")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_the_command(json.loads(line))
        _, status = os.waitpid(pid, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


def _read_once(title: str, text: str) -> None:
    """Load what stages load on first use, such as how common words are: longer than all the rest of a small command."""
    language = identify(title, text)
    names = find_names(title, text, language, NO_ALIASES)
    profile(title, text, names, language, datetime(2026, 3, 4, tzinfo=UTC))


def _be_the_command(order: Mapping[str, Any]) -> None:
    """Never returns."""
    signal.alarm(LONGEST_SECONDS)
    for name, number in ((_OUT, 1), (_ERR, 2)):
        file = os.open(f"{order['output']}/{name}", os.O_WRONLY | os.O_CREAT)
        os.dup2(file, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["storytrail", *order["words"]]
    code = _exit_code()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _exit_code() -> int:
    main = import_module("cli.main").main
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve()
