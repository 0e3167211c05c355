"""The `storytrail` command as tests use it: run it with some words, look at what it printed and how it ended.

done = storytrail("ingest", "articles/", "--json")
assert done.code == 0
assert [row["state"] for row in done.rows] == ["done"]
"""

import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fcntl import ioctl
from itertools import count
from pathlib import Path
from typing import Any

from tests.cli.zygote import LONGEST_SECONDS, Zygote
from tests.repository import ROOT

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Row]:
        """Standard output as JSON, an object a line; anything else on it is an error."""
        rows = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(row, dict) for row in rows), self.out
        return rows

    @property
    def table(self) -> list[list[str]]:
        """Standard output as a table without its heading."""
        return [line.split("\t") for line in self.out.splitlines()[1:]]

    @property
    def told(self) -> str:
        """Everything it said, for messages of failing tests."""
        return f"exit code {self.code}\n{self.out}\n{self.err}"


class Storytrail:
    """The command, in a folder of its own with a database of its own; `config/topics.yaml` there is its topics file."""

    def __init__(self, zygote: Zygote, folder: Path) -> None:
        self._zygote = zygote
        self._numbers = count(1)
        self.folder = folder
        self.data = folder / "data"
        self.settings: dict[str, str] = {"STORYTRAIL_DATA": str(self.data)}
        (folder / "config").mkdir(parents=True)

    def __call__(self, *words: str | Path, **settings: str) -> Done:
        """Run it. Settings are named without their prefix: `topics="other.yaml"`."""
        output = self.folder / f".output-{next(self._numbers)}"
        code, out, err = self._zygote.run(_words(words), self.folder, self._environment(settings), output)
        return Done(code, out.decode(), err.decode())

    def does(self, *words: str | Path, **settings: str) -> Done:
        """Run it; it must succeed."""
        done = self(*words, **settings)
        assert done.code == 0, done.told
        return done

    def follows(self, topics: str) -> None:
        self.write("config/topics.yaml", topics)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def really(self, *words: str | Path, environment: Mapping[str, str] | None = None, **options: Any) -> Done:
        """Start it as a user does, Python and all."""
        done = subprocess.run(
            _command(words),
            cwd=self.folder,
            env={**self._environment({}), **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            **options,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def begins(self, *words: str | Path, **settings: str) -> subprocess.Popen[str]:
        """Start it and leave it running; whoever asks ends it."""
        return subprocess.Popen(
            _command(words),
            cwd=self.folder,
            env=self._environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def at_a_terminal(self, *words: str | Path, columns: int = 80) -> Done:
        """Run it for a person who watches: what comes to the terminal, both streams, escape sequences and all."""
        return _at_a_terminal(_command(words), self.folder, {**self._environment({}), "TERM": "xterm"}, columns)

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        chosen = {f"STORYTRAIL_{name.upper()}": value for name, value in settings.items()}
        system = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        return {**system, **self.settings, **chosen}


def _words(words: Sequence[str | Path]) -> list[str]:
    return [str(word) for word in words]


def _command(words: Sequence[str | Path]) -> list[str]:
    """The module rather than the script beside Python: the tests are about this repository's own."""
    return [sys.executable, "-m", "cli.main", *_words(words)]


def _at_a_terminal(command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int) -> Done:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(command[0], list(command), dict(environment))  # noqa: S606 - our own command
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    written = _all_from(terminal, pid)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return Done(os.waitstatus_to_exitcode(status), written.decode(), "")


def _all_from(terminal: int, pid: int) -> bytes:
    written, end = b"", time.monotonic() + LONGEST_SECONDS
    while True:
        ready, _, _ = select.select([terminal], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            os.kill(pid, signal.SIGKILL)
            return written
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # how Linux says that the other side has closed
            return written
        if not piece:
            return written
        written += piece


def wait_until(is_so: Callable[[], bool], seconds: float = LONGEST_SECONDS) -> None:
    """Look until it is so; a test that waits too long fails."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"still not so after {seconds:.0f} s"
        time.sleep(0.05)
