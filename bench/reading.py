"""What reading an article costs: CPU time of each stage and of the transaction, on the demo's pages or your own.

    python -m bench.reading                      the pages of seeds/world
    python -m bench.reading articles.jsonl 500   so many lines of a file as `storytrail ingest` takes

CPU milliseconds for each article, as medians over the articles; the database is a fresh SQLite file. Figures from a
busy machine compare only with others from the same run.

The stages are measured twice: each by itself, and all of them as they run within the step, where they share what they
know of a text. What the step takes besides them is what storing costs: claim, transactions, statements, and what is
asked of the database to compare an article with others.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
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
from worker.stages.aliases import NO_ALIASES
from worker.stages.clean import clean
from worker.stages.duplicate import fingerprint
from worker.stages.extract import Extracted, Given, extract_given, extract_page
from worker.stages.facts import find_facts
from worker.stages.keywords import term_counts
from worker.stages.language import identify
from worker.stages.names import find_names
from worker.steps import group, read, study
from worker.steps.read import read_article

T = TypeVar("T")

# What the step calls of the stages, by the module that calls it. The first are all but extraction.
STAGES: Mapping[ModuleType, tuple[str, ...]] = {
    read: ("clean", "identify", "text_terms", "media_topics", "find_facts", "prepare"),
    study: ("find_names", "fingerprint", "term_counts", "profile"),
    group: ("judge", "keywords", "probe_keys", "choose", "add", "open_story", "remove", "counted_keys", "index_keys"),
}
WITHIN, STORING, WHOLE = "sum of the stages", "storing", "whole step"  # without extraction, each
EXTRACTION: Mapping[ModuleType, tuple[str, ...]] = {read: ("_extract",)}


@dataclass(frozen=True)
class Piece:
    """One article to read: a page, or text that was given."""

    given: Given
    page: bytes | None = None


class Clock:
    """Adds up CPU time by name."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, list[float]] = defaultdict(list)

    def time(self, name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        self.milliseconds[name].append((time.process_time() - start) * 1000)
        return result

    def total(self, name: str) -> float:
        return sum(self.milliseconds[name])


def main() -> None:
    collect_rarely()
    pieces = list(lines(Path(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else _demo_pages())
    clock = Clock()
    for piece in pieces[:3]:  # libraries load their tables at their first use
        _stages(piece, Clock())
    texts = [_stages(piece, clock) for piece in pieces]
    _whole_step(pieces, texts, clock)
    _report(clock, len(pieces))


def _stages(piece: Piece, clock: Clock) -> Extracted:
    page = piece.page
    if page is not None:
        extracted = clock.time("extract", lambda: extract_page(page, piece.given))
    else:
        extracted = clock.time("extract", lambda: extract_given(piece.given))
    title = extracted.title
    text = clock.time("clean", lambda: clean(extracted.text, title=title)).text
    language = clock.time("language", lambda: identify(title, text, declared=extracted.language))
    clock.time("fingerprint", lambda: fingerprint(text))
    clock.time("names", lambda: find_names(title, text, language, NO_ALIASES))
    clock.time("terms", lambda: term_counts(title, text, language))
    clock.time("facts", lambda: find_facts(title, text, language))
    return extracted


def _whole_step(pieces: list[Piece], texts: list[Extracted], clock: Clock) -> None:
    """The step as a worker runs it, but for extraction: the texts are given."""
    with tempfile.TemporaryDirectory() as folder:
        run = Runtime(load_settings({"STORYTRAIL_DATA": folder}))
        migrate(run.database)
        for piece, extracted in zip(pieces, texts, strict=True):
            _read_and_part(run, store(run, listed(piece.given, extracted)), clock)
        run.close()


def _read_and_part(run: Runtime, article_id: int, clock: Clock) -> None:
    """Read one article, and part what it took: all stages but extraction, and storing."""
    own = Clock()
    with watched(own, "stages", STAGES), watched(own, "extraction", EXTRACTION):
        own.time("step", lambda: read_article(run, article_id))
    step = own.total("step") - own.total("extraction")
    clock.milliseconds[WITHIN].append(own.total("stages"))
    clock.milliseconds[STORING].append(step - own.total("stages"))
    clock.milliseconds[WHOLE].append(step)


@contextmanager
def watched(clock: Clock, name: str, functions: Mapping[ModuleType, tuple[str, ...]]) -> Iterator[None]:
    """While this is open, what these modules call by these names is timed under `name`."""

    def timed(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **named: clock.time(name, lambda: function(*given, **named))

    with ExitStack() as patched:
        for module, names in functions.items():
            for own in names:
                patched.enter_context(patch.object(module, own, timed(getattr(module, own))))
        yield


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
        for line, _ in zip(written, range(most), strict=False):
            row = json.loads(line)
            yield Piece(Given(url=row["url"], title=row.get("title", ""), text=row.get("text", "")))


def _report(clock: Clock, count: int) -> None:
    print(f"CPU milliseconds for each article, {count} articles")
    print(f"{'':28}  median   9 in 10 below    mean")
    for name, values in clock.milliseconds.items():
        if name == WITHIN:
            print("the step as a worker runs it, without extraction")
        below = sorted(values)[int(len(values) * 0.9)]
        print(f"{name:28}{median(values):8.2f}{below:12.2f}{mean(values):12.2f}")


if __name__ == "__main__":
    main()
