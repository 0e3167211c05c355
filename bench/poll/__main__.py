"""The command `python -m bench.poll`: CPU time of polling, ours beside lemon24/reader. `--help` says how."""

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.cpu import require_proc
from bench.poll.measure import ROOT, Contender, WrongMeasureError, measure
from bench.poll.profiling import profiles
from bench.poll.report import Measured, as_lines, as_object
from bench.poll.site import SiteProcess

READER = "reader"
READER_SCRIPT = Path(__file__).parent / "contenders" / "lemon24_reader.py"
CAN_IMPORT_READER = "import reader, sgmllib"  # its own copy of feedparser needs the latter, which it does not declare
HOW_TO_GET_READER = (
    "lemon24/reader is not measured: no interpreter that can import it. To get one:\n"
    "    python3 -m venv /tmp/reader && /tmp/reader/bin/pip install reader sgmllib3k\n"
    "    python -m bench.poll --reader-python /tmp/reader/bin/python"
)
DESCRIPTION = """\
What polling costs: a site of made feeds on loopback is polled twice, by our poll step and by lemon24/reader, each time
by a fresh process with a fresh database file. Nothing changes between the two polls. The figures are CPU time of the
whole process tree, and the ratios compare runs of the same round, which share the machine's mood. The run stops when a
contender did not store every entry, or did not get 304 for every feed the second time.

The pages that the entries point to are fetched by neither.
"""
EXAMPLES = """\
examples:
  python -m bench.poll --reader-python /tmp/reader/bin/python
  python -m bench.poll --feeds 20 --rounds 3           quick, ours alone
  python -m bench.poll --profile                       where our time goes
"""


def main() -> None:
    options = _options(sys.argv[1:])
    require_proc()
    try:
        with SiteProcess(feeds=options.feeds, entries=options.entries, hosts=options.hosts, seed=options.seed) as site:
            if options.profile:
                _print_all(profiles(site))
            else:
                _compare(site, options)
    except WrongMeasureError as error:
        sys.exit(f"not a measurement: {error}")


def _compare(site: SiteProcess, options: argparse.Namespace) -> None:
    reader_python = _reader_python(options.reader_python)
    contenders = [_ours(threads) for threads in options.threads]
    if reader_python is None:
        _say(HOW_TO_GET_READER)
    else:
        contenders.append(Contender(READER, (reader_python, str(READER_SCRIPT))))
    rounds = measure(site, contenders, options.rounds, _say)
    measured = Measured(rounds, options.feeds, options.entries, site.mean_bytes, options.hosts)
    peer = READER if reader_python else None
    if options.json:
        print(json.dumps(as_object(measured, peer)))
    else:
        _print_all(as_lines(measured, peer))


def _ours(threads: int) -> Contender:
    name = "ours, 1 thread" if threads == 1 else f"ours, {threads} threads"
    return Contender(name, (sys.executable, "-m", "bench.poll.contenders.ours"), (str(threads),), ROOT)


def _reader_python(given: str | None) -> str | None:
    """The interpreter for reader. One that is named must be able to import it; ours is used if it happens to be."""
    if given is None:
        return sys.executable if all(map(importlib.util.find_spec, ("reader", "sgmllib"))) else None
    if subprocess.run([given, "-c", CAN_IMPORT_READER], check=False).returncode:  # noqa: S603 - the user's own choice
        sys.exit(f"{given} cannot `{CAN_IMPORT_READER}`: pip install reader sgmllib3k")
    return given


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.poll",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--reader-python", metavar="PATH", help="an interpreter that can import reader")
    parser.add_argument("--feeds", type=_positive, default=200, metavar="N", help="how many feeds (200)")
    parser.add_argument("--entries", type=_positive, default=20, metavar="N", help="entries in each (20)")
    parser.add_argument("--rounds", type=_positive, default=5, metavar="N", help="runs of each contender (5)")
    parser.add_argument("--threads", type=_positive, nargs="+", default=[1, 8], metavar="N", help="ours with (1 8)")
    parser.add_argument(
        "--hosts", type=_positive, default=8, metavar="N",
        help="loopback addresses that the feeds are dealt out to (8); 1 where the system has only 127.0.0.1",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other feeds of the same kind (1)")
    parser.add_argument("--profile", action="store_true", help="show where our time goes instead of measuring")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _print_all(texts: Iterable[str]) -> None:
    for text in texts:
        print(text, flush=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
