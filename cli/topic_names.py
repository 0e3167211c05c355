"""The topics that a command is to go through: the one that is named, or all that there are."""

from collections.abc import Collection, Sequence

import typer

from cli.failure import MISUSED
from cli.show import complain
from config.messages import unknown


def wanted_topics(name: str | None, known: Collection[str], advice: str = "") -> Sequence[str]:
    """The topic of this name, or all; ends the command where there is none such. `advice`: told where none are."""
    if name is None:
        if not known:
            complain("no topics are being followed" + advice)
        return list(known)
    if name not in known:
        complain(unknown("topic", name, known) if known else f"unknown topic `{name}`: none are being followed")
        raise typer.Exit(MISUSED)
    return [name]
