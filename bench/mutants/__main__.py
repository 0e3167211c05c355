"""The command `python -m bench.mutants`: many broken feeds through the parsers. `--help` says how."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.feeds.quirk import FOLDER
from bench.mutants.corpus import Original, read_corpus
from bench.mutants.mutate import Mutant, numbered
from bench.mutants.tally import Tally, as_lines, as_object
from bench.mutants.trial import attempt
from worker.confine.pool import Confined

EVERY_SECONDS = 10.0  # between two lines of progress
PARSE_SECONDS, PARSE_MIB = 10.0, 512
"""The limits of one parse, as they are set in production unless the user sets others."""
DESCRIPTION = """\
Breaks feeds, sitemaps and pages at random and parses them as the poll step does: the swift way in this process, all
else in a child under limits. No parser may raise, no child may die, the swift way must answer what the thorough one
does, and every answer must keep its promises: distinct uids, addresses on the web, texts without controls, dates within
bounds. Exits 1 when anything of that is not so.

Mutant N of seed S is the same each time, as long as the corpus is: --first takes up a run where it ended, and --keep
writes those with faults to a folder.
"""


def main() -> None:
    options = _options(sys.argv[1:])
    corpus = _corpus(options.feeds)
    tally = _run(options, corpus)
    if options.json:
        print(json.dumps(as_object(tally, options.seed), ensure_ascii=False))
    else:
        for line in as_lines(tally, options.seed):
            print(line)
    sys.exit(1 if tally.faulty or tally.died else 0)


def _corpus(folder: Path) -> Sequence[Original]:
    if not folder.is_dir():
        _say(f"there are no feeds in {folder}: the corpus is our own alone")
    corpus = read_corpus(folder if folder.is_dir() else None)
    _say(f"{len(set(corpus))} originals")
    return corpus


def _run(options: argparse.Namespace, corpus: Sequence[Original]) -> Tally:
    tally, told = Tally(), time.monotonic()
    with Confined(seconds=PARSE_SECONDS, memory_mib=PARSE_MIB) as confined:
        for number in range(options.first, options.first + options.count):
            mutant = numbered(options.seed, number, corpus)
            tally.add(number, attempt(mutant, confined))
            if number in tally.faulty:
                _tell(number, mutant, tally.faulty[number], options.keep)
            if time.monotonic() - told > EVERY_SECONDS:
                told = time.monotonic()
                _say(f"{tally.mutants} of {options.count}, go on with --first {number + 1}; {_briefly(tally)}")
    return tally


def _briefly(tally: Tally) -> str:
    slowest = f"slowest {tally.here[0]:.2f} s here and {tally.elsewhere[0]:.1f} s in a child"
    return f"faults {len(tally.faulty)}, died {tally.died}, limits {tally.limits.total()}, {slowest}"


def _tell(number: int, mutant: Mutant, faults: Sequence[str], keep: Path | None) -> None:
    _say(f"FAULT in {number} ({mutant.made}), {mutant.kind} of {mutant.url}, {mutant.content_type!r}")
    for fault in faults[:5]:
        _say(f"    {fault}")
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{number}.{mutant.kind}").write_bytes(mutant.body)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.mutants", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000, metavar="N", help="how many (10000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which ones (1)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number to begin with (0)")
    parser.add_argument(
        "--feeds", type=Path, default=FOLDER, metavar="FOLDER", help=f"more originals, if there ({FOLDER})"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to write those with faults")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
