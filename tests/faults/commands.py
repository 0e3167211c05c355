"""The `storytrail` command as real processes, each the leader of a group of its own, so that all of it can be killed.

    with Storytrail(folder, STORYTRAIL_TICK="0.5") as storytrail:
        up = storytrail.starts("up")
        up.is_killed()                      # kill -9, the whole group
        assert storytrail.does("doctor").returncode == 0

What was started is ended with the `with` block; and beside each process waits a guard, a shell that reads from a pipe
held by the tests and ends the group when the pipe closes, however the tests end.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.repository import ROOT

STOP_SECONDS = 60
COMMAND_SECONDS = 90
_GUARD = 'cat >/dev/null; kill -9 "-$1"'  # so spelled, all shells understand it


class Running:
    """One process that runs until it is stopped or killed."""

    def __init__(self, words: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                _command(words), cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", str(self._process.pid)],
            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Asked without taking notice of it: as long as nobody does, its number belongs to no other process."""
        if self._process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None

    @property
    def children(self) -> list[int]:
        """Processes that it has started itself."""
        listed = subprocess.check_output([shutil.which("ps") or "ps", "-A", "-o", "pid=,ppid="], text=True)
        pairs = [line.split() for line in listed.splitlines()]
        return [int(pid) for pid, parent in pairs if int(parent) == self._process.pid]

    def is_killed(self) -> int:
        """kill -9 for it and all that it started, and for what a leader left behind that had ended; its exit code."""
        if self._process.returncode is None:
            self._guard.kill()
            self._guard.communicate()
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        return self._process.returncode

    def stops(self) -> int:
        """Stop in order; the exit code. What does not stop is killed."""
        self._process.send_signal(signal.SIGTERM)
        comes_true(lambda: self.has_ended, STOP_SECONDS)
        return self.is_killed()


class Storytrail:
    """An installation: a folder and settings, given as environment variables."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self._environment = {**os.environ, "STORYTRAIL_DATA": str(folder), "PYTHONWARNINGS": "ignore", **settings}
        self._started: list[Running] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for running in self._started:
            running.is_killed()

    def starts(self, *words: str) -> Running:
        running = Running(words, self._environment, self.folder / f"{'-'.join(words[:3])}.log")
        self._started.append(running)
        return running

    def does(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            _command(words), cwd=ROOT, env=self._environment, capture_output=True, text=True, timeout=COMMAND_SECONDS
        )


def comes_true(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Wait until it is so; False if it is not after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pause)
    return condition()


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "cli.main", *words]
