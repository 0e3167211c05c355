"""The sums of a run."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.mutants.trial import Path, Trial

SLOW_SECONDS = 2.0
MOST_SHOWN = 20


@dataclass(slots=True)
class Tally:
    """What became of the mutants so far. `here`, `elsewhere`: seconds and number of the slowest."""

    mutants: int = 0
    by_path: Counter[Path] = field(default_factory=Counter)
    refused: int = 0
    entries: int = 0
    limits: Counter[str] = field(default_factory=Counter)
    limited: list[int] = field(default_factory=list)
    died: int = 0
    faulty: dict[int, list[str]] = field(default_factory=dict)
    here: tuple[float, int] = (0.0, 0)
    elsewhere: tuple[float, int] = (0.0, 0)
    slow: list[int] = field(default_factory=list)

    def add(self, number: int, trial: Trial) -> None:
        self.mutants += 1
        self.by_path[trial.path] += 1
        self.refused += trial.is_refused
        self.entries += trial.entries
        self.died += trial.has_died
        self.here = max(self.here, (trial.here, number))
        self.elsewhere = max(self.elsewhere, (trial.elsewhere, number))
        if trial.elsewhere > SLOW_SECONDS:
            self.slow.append(number)
        if trial.limit:
            self.limits[trial.limit] += 1
            self.limited.append(number)
        if trial.faults:
            self.faulty[number] = list(trial.faults)


def as_lines(tally: Tally, seed: int) -> Iterator[str]:
    (here, here_number), (elsewhere, elsewhere_number) = tally.here, tally.elsewhere
    paths = ", ".join(f"{name} {count}" for name, count in tally.by_path.most_common())
    limits = ", ".join(f"{name} {count}" for name, count in tally.limits.most_common()) or "0"
    yield f"mutants: {tally.mutants} of seed {seed}, answered by: {paths}"
    yield f"entries found in them: {tally.entries}; refused with a reason: {tally.refused}"
    yield f"limits that were hit: {limits}{_numbers(tally.limited)}"
    yield f"workers that died: {tally.died}"
    yield f"slowest in this process: {here:.3f} s of processor time, number {here_number}"
    yield f"slowest in a child: {elsewhere:.2f} s by the clock, number {elsewhere_number}"
    yield f"slower than {SLOW_SECONDS:g} s in a child: {len(tally.slow)}{_numbers(tally.slow)}"
    yield f"mutants with faults: {len(tally.faulty)}{_numbers(list(tally.faulty))}"


def as_object(tally: Tally, seed: int) -> Mapping[str, Any]:
    return {
        "mutants": tally.mutants,
        "seed": seed,
        "by_path": dict(tally.by_path),
        "entries": tally.entries,
        "refused": tally.refused,
        "limits": dict(tally.limits),
        "limited": tally.limited,
        "died": tally.died,
        "slowest_here": tally.here,
        "slowest_elsewhere": tally.elsewhere,
        "slow": tally.slow,
        "faults": {str(number): faults for number, faults in tally.faulty.items()},
    }


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:MOST_SHOWN]))
    return f" ({shown}{', …' if len(numbers) > MOST_SHOWN else ''})" if numbers else ""
