"""What reading an article costs: CPU time of each stage and of each transaction, on the demo's pages or your own.

    python -m bench.reading                      the pages of seeds/world
    python -m bench.reading articles.jsonl 500   so many lines of a file as `storytrail ingest` takes
    python -m bench.reading articles.jsonl 300 --against ../older   and those of another tree, read at the same time

CPU milliseconds for each article, medians and means; the database is a fresh SQLite file. Figures from a busy machine
compare only with others from the same run, which is what `--against` is for: both trees read the same articles side by
side, each in a process of its own.

The step is taken as a worker takes it, garbage collection and all, and parted: what it calls of the stages, what its
transactions take besides, and what is left. The first articles are read before the clock runs: they fill the tables of
words, and find a database without stories. Extraction is measured by itself: the articles come with their text.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import mean, median
from types import ModuleType
from typing import Any, TypeVar
from unittest.mock import patch

from config.settings import load_settings
from seeds.pages import Pages
from seeds.world import load_world
from storage.articles import Listed, store_article
from storage.migrate import migrate
from storage.tables import ArticleState
from worker.runtime import Runtime, collect_rarely
from worker.stages.address import address_hash, host
from worker.stages.extract import Extracted, Given, extract_given, extract_page
from worker.steps import group, read, study, tell
from worker.steps.read import read_article
from worker.steps.tidy import tidy

T = TypeVar("T")
Costs = Mapping[str, Sequence[float]]  # milliseconds of each article, by what took them

WARMING = 100  # articles that are read before the clock runs, where there are as many again
BATCH = 20  # articles that a worker reads before it puts in order what they left
# What the step calls of the stages, by the module that calls it: all but extraction.
STAGES: Mapping[ModuleType, tuple[str, ...]] = {
    read: ("clean", "identify", "text_terms", "media_topics", "find_facts", "prepare"),
    study: ("find_names", "fingerprint", "term_counts", "profile"),
    group: ("judge", "keywords", "probe_keys", "choose", "add", "open_story", "remove", "counted_keys", "index_keys"),
    tell: ("find_correction", "find_disagreements", "decide", "make_receipt"),
}
EXTRACTION: Mapping[ModuleType, tuple[str, ...]] = {read: ("_extract",)}
TRANSACTION, TOGETHER = "transaction %d, without stages", "all transactions"
EXTRACT, WITHIN, STORING, WHOLE, TIDY = (
    "extract",
    "all stages but extraction",
    "storing: the step without stages",
    "whole step, without extraction",
    "put in order afterwards",
)


@dataclass(frozen=True)
class Piece:
    """One article to read: a page, or text that was given."""

    given: Given
    page: bytes | None = None


class Clock:
    """Adds up CPU time by name. What runs within something else that is timed is not counted to that."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = defaultdict(float)
        self._within = [0.0]

    def time(self, name: str, work: Callable[[], T]) -> T:
        self._within.append(0.0)
        start = time.process_time()
        try:
            return work()
        finally:
            taken = (time.process_time() - start) * 1000
            self.milliseconds[name] += taken - self._within.pop()
            self._within[-1] += taken


def main() -> None:
    given = _arguments()
    collect_rarely()
    if given.against:
        _beside(given)
        return
    pieces = list(lines(given.file, WARMING + given.count) if given.file else _demo_pages())
    costs = measure(pieces, WARMING if len(pieces) >= 2 * WARMING else 0)
    if given.json:
        print(json.dumps(costs))
        return
    print(f"CPU milliseconds for each article, {len(costs[WHOLE])} articles")
    print(f"{'':34}  median   9 in 10 below    mean")
    for name, values in costs.items():
        print(f"{name:34}{median(values):8.2f}{_most_below(values):12.2f}{mean(values):12.2f}")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path, nargs="?")
    arguments.add_argument("count", type=int, nargs="?", default=300)
    arguments.add_argument("--against", type=Path, metavar="TREE", help="another tree of this project")
    arguments.add_argument("--json", action="store_true", help="all figures, for a program")
    return arguments.parse_args()


def _most_below(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.9)]


# --- Measuring ---


def measure(pieces: Sequence[Piece], warming: int) -> Costs:
    """What each of the pieces after the first `warming` ones took, by stage, transaction and sum."""
    costs: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        run = Runtime(load_settings({"STORYTRAIL_DATA": folder}))
        migrate(run.database)
        ids: list[int] = []
        for number, piece in enumerate(pieces):
            if number % BATCH == 0:
                print(f"read {number} of {len(pieces)}", file=sys.stderr)
            ids.append(_one(run, piece, costs if number >= warming else defaultdict(list)))
            if len(ids) == BATCH or number == len(pieces) - 1:
                _put_in_order(run, ids, costs if number - len(ids) >= warming - 1 else defaultdict(list))
                ids = []
        run.close()
    return _complete(costs)


def _one(run: Runtime, piece: Piece, costs: dict[str, list[float]]) -> int:
    start = time.process_time()
    extracted = _extracted(piece)
    costs[EXTRACT].append((time.process_time() - start) * 1000)
    article_id = store(run, listed(piece.given, extracted))
    for name, milliseconds in read_and_part(run, article_id).items():
        missed = len(costs[WHOLE]) - len(costs[name])
        costs[name] += [0.0] * missed + [milliseconds]  # it did not take place for some
    costs[WHOLE].append(sum(costs[name][-1] for name in (WITHIN, STORING)))
    return article_id


def read_and_part(run: Runtime, article_id: int) -> Mapping[str, float]:
    """Read one article, and part what it took."""
    clock = Clock()
    with _watched(clock, STAGES), _watched(clock, EXTRACTION), _watched_transactions(run, clock):
        clock.time(STORING, lambda: read_article(run, article_id))
    found = dict(clock.milliseconds)
    for name in [name for names in EXTRACTION.values() for name in names]:
        found.pop(name, None)
    stages = [name for names in STAGES.values() for name in names if name in found]
    transactions = [name for name in found if name not in stages and name != STORING]
    found[TOGETHER] = sum(found[name] for name in transactions)
    found[STORING] += found[TOGETHER]
    return {**found, WITHIN: sum(found[name] for name in stages)}


@contextmanager
def _watched(clock: Clock, functions: Mapping[ModuleType, tuple[str, ...]]) -> Iterator[None]:
    """While this is open, what these modules call by these names is timed under them; an older tree lacks some."""

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **named: clock.time(name, lambda: function(*given, **named))

    with ExitStack() as patched:
        for module, names in functions.items():
            for own in (name for name in names if hasattr(module, name)):
                patched.enter_context(patch.object(module, own, timed(own, getattr(module, own))))
        yield


@contextmanager
def _watched_transactions(run: Runtime, clock: Clock) -> Iterator[None]:
    """While this is open, each transaction is timed under its number."""
    number = 0
    write = run.database.write

    def timed(work: Callable[..., Any]) -> Any:
        nonlocal number
        number += 1
        return clock.time(TRANSACTION % number, lambda: write(work))

    with patch.object(run.database, "write", timed):
        yield


def _put_in_order(run: Runtime, ids: Sequence[int], costs: dict[str, list[float]]) -> None:
    start = time.process_time()
    tidy(run, len(ids), ids)
    costs[TIDY] += [(time.process_time() - start) * 1000 / len(ids)] * len(ids)


def _complete(costs: Mapping[str, list[float]]) -> Costs:
    """In the order of a report, each with a figure for every article."""
    sums = [EXTRACT, WITHIN, TOGETHER, STORING, WHOLE, TIDY]
    stages = [name for names in STAGES.values() for name in names if name in costs]
    others = sorted(name for name in costs if name not in stages and name not in sums)
    count = len(costs[WHOLE])
    return {name: costs[name] + [0.0] * (count - len(costs[name])) for name in (*stages, *others, *sums)}


# --- Another tree beside ---


def _beside(given: argparse.Namespace) -> None:
    """Both at the same time, so that what else the machine does slows both."""
    trees = (Path.cwd(), given.against)
    running = [_started(tree.resolve(), given) for tree in trees]
    ours, theirs = (json.loads(process.communicate()[0]) for process in running)
    print(f"CPU milliseconds for each article, {len(ours[WHOLE])} articles, here and in {given.against}")
    print(f"{'':34}  median   there   ratio    mean   there   ratio")
    for name, values in ours.items():
        columns = [_compared(statistic, values, theirs.get(name)) for statistic in (median, mean)]
        print(f"{name:34}{''.join(columns)}")


def _started(tree: Path, given: argparse.Namespace) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(Path(__file__).resolve()), "--json"]
    if given.file:
        command += [str(given.file.resolve()), str(given.count)]
    return subprocess.Popen(  # noqa: S603 -- this file, in the tree that was named
        command, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, stdout=subprocess.PIPE
    )


def _compared(statistic: Callable[[Sequence[float]], float], ours: Sequence[float], theirs: Sequence[float]) -> str:
    own, other = statistic(ours), statistic(theirs) if theirs else 0.0
    return f"{own:8.2f}{other:8.2f}" + (f"{own / other:8.2f}" if other else f"{'':8}")


# --- The articles ---


def store(run: Runtime, waiting: Listed) -> int:
    return run.database.write(lambda session: store_article(session, waiting, run.now()))[0]


def listed(given: Given, extracted: Extracted, when: datetime | None = None) -> Listed:
    """An article that waits to be read, its text extracted before; published at `when`, or as it says."""
    published = when or extracted.published or datetime.now(UTC)
    return Listed(
        uid=given.url,
        url=given.url,
        url_hash=address_hash(given.url),
        host=host(given.url),
        title=extracted.title,
        published=published,
        event_time=published,
        content_digest="",
        state=ArticleState.READ,
        given={"title": extracted.title, "text": extracted.text, "published": published.isoformat()},
    )


def _extracted(piece: Piece) -> Extracted:
    return extract_given(piece.given) if piece.page is None else extract_page(piece.page, piece.given)


def _demo_pages() -> Iterator[Piece]:
    world = load_world()
    pages = Pages("http://127.0.0.1:1")
    for article in sorted(world.articles, key=lambda article: article.published):
        outlet = world.outlet(article.outlet)
        page = pages.article(outlet, article, world.of(outlet))
        yield Piece(Given(url=f"http://127.0.0.1:1{article.path}"), page.encode())


def lines(path: Path, most: int) -> Iterator[Piece]:
    """The articles of a file as `storytrail ingest` takes."""
    with path.open(encoding="utf-8") as written:
        for line in islice(written, most):
            row = json.loads(line)
            yield Piece(Given(url=row["url"], title=row.get("title", ""), text=row.get("text", "")))


if __name__ == "__main__":
    main()
