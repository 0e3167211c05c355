"""The table of `make quality`: how well articles are read, and copies, names and stories found.

    python -m bench.quality                         with the development data in the folder that QUALITY_DATA names
    python -m bench.quality names copies            only these
    QUALITY_DATA=folder python -m bench.quality

Without the data, what needs none is measured, and the other rows say so. Exit code 1: a goal was measured and missed.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

from bench.quality.table import Row, show

SUBJECTS = ("pages", "copies", "names", "stories", "tags", "facts")


def main() -> int:
    wanted = sys.argv[1:] or list(SUBJECTS)
    if unknown := sorted(set(wanted) - set(SUBJECTS)):
        print(f"not a subject: {', '.join(unknown)}; there are {', '.join(SUBJECTS)}", file=sys.stderr)
        return 2
    folder = os.environ.get("QUALITY_DATA", "")
    data = Path(folder) if folder and Path(folder).is_dir() else None
    if data is None:
        print("QUALITY_DATA names no folder: what needs the development data is not measured", file=sys.stderr)
    rows = [row for subject in wanted for row in _measured(subject, data)]
    show(rows)
    return 1 if any(row.is_met is False for row in rows) else 0


def _measured(subject: str, data: Path | None) -> list[Row]:
    print(f"measuring {subject} ...", file=sys.stderr)
    return list(import_module(f"bench.quality.{subject}").measure(data))


if __name__ == "__main__":
    sys.exit(main())
