"""The command `python -m bench.feeds`: a folder of feed quirks through the real poll path. `--help` says how."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.feeds.polling import poll_twice
from bench.feeds.quirk import FOLDER, Quirk, read_folder
from bench.feeds.reading import Reading, read
from bench.feeds.report import Outcome, as_lines, as_object

EVERY = 200  # files between two lines of progress
DESCRIPTION = """\
Serves every file of a folder on loopback with the headers it asks for, polls all of them as sources of a fresh
database, and polls them again with other bytes that say the same. No exception may be logged, no entry lost that
feedparser sees, and nothing added by the second poll. Then holds our parser to the values that the files expect, as far
as they are ours to give. Exits 1 when anything of that is wrong.

The files are those of feedparser's tests, or others in the same form: a comment at the top with lines of `Header:` and
`Expect:`.
"""


def main() -> None:
    options = _options(sys.argv[1:])
    quirks = read_folder(options.feeds)
    if not quirks:
        _say(f"there are no feeds in {options.feeds}, so there is nothing to measure")
        return
    readings = _read_all(quirks)
    outcome = Outcome(readings, poll_twice(quirks, _Progress("polls", 2 * len(quirks)).step))
    if options.json:
        print(json.dumps(as_object(outcome), ensure_ascii=False))
    else:
        for line in as_lines(outcome):
            print(line)
    sys.exit(1 if outcome.wrong else 0)


def _read_all(quirks: Sequence[Quirk]) -> Sequence[Reading]:
    readings: list[Reading] = []
    progress = _Progress("files read", len(quirks))
    for quirk in quirks:
        readings.append(read(quirk))
        progress.step()
    return readings


class _Progress:
    """A line now and then of how far it is."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0

    def step(self) -> None:
        self._done += 1
        if self._done % EVERY == 0 or self._done == self._total:
            _say(f"{self._done} of {self._total} {self._what}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.feeds", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=Path, default=FOLDER, metavar="FOLDER", help=f"where they are ({FOLDER})")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
