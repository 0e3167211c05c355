"""Runs contenders against the site and reads their CPU time from outside, phase by phase.

A round is one run of each contender, in an order that turns from round to round. A run that did not do the work it was
timed for (entries missing, a feed asked twice, an answer other than 304 to the second poll) raises WrongMeasureError.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen

from bench.cpu import Usage, tree_usage
from bench.poll.site import SiteProcess

ROOT = Path(__file__).resolve().parents[2]
LOG_LINES = 20  # shown of what a contender logged when its run is no measurement
NOTHING = Usage(0.0, 0.0)
START, ADD, COLD, UNCHANGED = PHASES = ("start", "add", "cold", "unchanged")
"""start: from the first instruction until the database is there. cold and unchanged: the two polls of everything."""

Progress = Callable[[str], None]


class WrongMeasureError(Exception):
    """The figures would be of something else than they say."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Who polls: a name for the report and a command, to which a folder and a file of addresses are added.

    `imports_from`: a folder of modules beside those of its interpreter.
    """

    name: str
    command: tuple[str, ...]
    options: tuple[str, ...] = ()
    imports_from: Path | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one contender: CPU by phase, entries in its database, and how often it got which status."""

    contender: str
    phases: Mapping[str, Usage]
    entries: int
    statuses: Mapping[int, int]

    def milliseconds(self, *phases: str) -> float:
        """CPU of the whole process tree in these phases."""
        return sum(self.phases[phase].whole for phase in phases) * 1000


def measure(
    site: SiteProcess, contenders: Sequence[Contender], rounds: int, progress: Progress
) -> Sequence[Sequence[Run]]:
    """The runs of each round, in the order of `contenders`.

    One round before them is not counted: it writes byte code and warms the disk's cache.
    """
    counted: list[Sequence[Run]] = []
    for number in range(rounds + 1):
        runs: dict[str, Run] = {}
        turn = number % len(contenders)
        for contender in (*contenders[turn:], *contenders[:turn]):
            progress(f"round {number} of {rounds}: {contender.name}" if number else f"warming up: {contender.name}")
            runs[contender.name] = run_once(site, contender)
        counted += [[runs[contender.name] for contender in contenders]] if number else []
    return counted


def run_once(site: SiteProcess, contender: Contender) -> Run:
    """One process on a fresh folder. What goes wrong is raised together with the end of what it logged."""
    site.forget()
    with tempfile.TemporaryDirectory(prefix="bench-poll-") as folder:
        log = Path(folder, "log.txt")
        try:
            phases, entries = _polled(contender, Path(folder), site.urls, log)
            check(contender.name, entries, site)
        except WrongMeasureError as error:
            last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
            raise WrongMeasureError("\n".join([str(error), *last])) from error
    return Run(contender.name, phases, entries, _statuses(site))


def _polled(contender: Contender, folder: Path, urls: Sequence[str], log: Path) -> tuple[Mapping[str, Usage], int]:
    """CPU by phase, and how many entries it says it has."""
    listed = folder / "urls.txt"
    listed.write_text("\n".join(urls), encoding="utf-8")
    command = [*contender.command, str(folder), str(listed), *contender.options]
    with (
        log.open("w") as errors,
        Popen(  # noqa: S603 - our own scripts
            command, stdin=PIPE, stdout=PIPE, stderr=errors, text=True, cwd=folder, env=_environment(contender)
        ) as process,
    ):
        conversation = _Conversation(contender.name, process)
        phases = dict(conversation.phases())
        entries = int(conversation.hears())
        conversation.lets_go_on()
    if process.returncode:
        raise WrongMeasureError(f"{contender.name} ended with exit code {process.returncode}")
    return phases, entries


def _environment(contender: Contender) -> Mapping[str, str]:
    """Ours without the user's settings and proxies. Byte code is kept, as it is where a program is installed."""
    kept = {name: value for name, value in os.environ.items() if not _is_users(name.upper())}
    return kept | ({"PYTHONPATH": str(contender.imports_from)} if contender.imports_from else {})


def _is_users(name: str) -> bool:
    return name.startswith(("STORYTRAIL_", "PYTHON")) or name.endswith("_PROXY")


class _Conversation:
    """With a contender's process: it says what it has done and waits."""

    def __init__(self, name: str, process: "Popen[str]") -> None:
        assert process.stdin
        assert process.stdout
        self._name, self._pid = name, process.pid
        self._in, self._out = process.stdin, process.stdout

    def phases(self) -> Iterator[tuple[str, Usage]]:
        before = NOTHING
        for phase in PHASES:
            said = self.hears()
            if said != phase:
                raise WrongMeasureError(f"{self._name} said {said!r} instead of {phase!r}")
            now = tree_usage(self._pid)
            yield phase, now - before
            before = now
            self.lets_go_on()

    def hears(self) -> str:
        line = self._out.readline()
        if not line:
            raise WrongMeasureError(f"{self._name} ended before its time")
        return line.strip()

    def lets_go_on(self) -> None:
        self._in.write("\n")
        self._in.flush()


def check(name: str, entries: int, site: SiteProcess) -> None:
    """Raise WrongMeasureError unless every entry is stored and each feed was answered once whole and once with 304."""
    if entries != site.entries:
        raise WrongMeasureError(f"{name} stored {entries} entries instead of {site.entries}")
    answers = site.answers()
    wrong = [url for url in site.urls if answers.get(url) != {200: 1, 304: 1}]
    if wrong:
        raise WrongMeasureError(
            f"{name}: {len(wrong)} of {len(site.urls)} feeds were not answered 200 once and 304 once; "
            f"{wrong[0]} was answered {dict(answers.get(wrong[0], {}))}"
        )


def _statuses(site: SiteProcess) -> Mapping[int, int]:
    total: Counter[int] = Counter()
    for by_status in site.answers().values():
        total.update(by_status)
    return dict(total)
