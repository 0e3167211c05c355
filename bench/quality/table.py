"""The table that `make quality` prints: what was measured, ours beside the goal and beside what others reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

NARROWEST = 160  # columns; a row is read across, and a file has no edge


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. `ours` is None where it could not be measured, and `note` says why.

    `others` are other methods on the same data, `published` what others report on data of the kind. All figures are
    shares between 0 and 1 unless `unit` says otherwise.
    """

    what: str
    ours: float | None
    goal: float | None = None
    others: Mapping[str, float] = field(default_factory=dict)
    published: str = ""
    unit: str = ""
    note: str = ""
    more_is_better: bool = True

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or nothing was measured."""
        if self.goal is None or self.ours is None:
            return None
        return self.ours >= self.goal if self.more_is_better else self.ours <= self.goal


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a table."""
    table = Table("what", "ours", "goal", "", "others, same data", "published", "note", box=None, pad_edge=False)
    for row in rows:
        met = {True: "met", False: "NOT MET", None: ""}[row.is_met]
        others = ", ".join(f"{name} {_figure(value, row.unit)}" for name, value in row.others.items())
        table.add_row(
            row.what, _figure(row.ours, row.unit), _figure(row.goal, row.unit), met, others, row.published, row.note
        )
    console = Console()
    console.width = max(console.width, NARROWEST)
    console.print(table)


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:.2f} {unit}" if unit else f"{value:.3f}"
