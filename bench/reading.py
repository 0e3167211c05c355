"""What reading an article costs: CPU time of each stage and of the transaction, on the demo's pages or your own.

    python -m bench.reading                      the pages of seeds/world
    python -m bench.reading articles.jsonl 500   so many lines of a file as `storytrail ingest` takes

CPU milliseconds for each article, as medians over the articles; the database is a fresh SQLite file. Figures from a
busy machine compare only with others from the same run.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from config.settings import load_settings
from seeds.pages import Pages
from seeds.world import load_world
from storage.articles import Listed, store_article
from storage.migrate import migrate
from storage.tables import ArticleState
from worker.runtime import Runtime
from worker.stages.address import address_hash, host
from worker.stages.aliases import NO_ALIASES
from worker.stages.clean import clean
from worker.stages.duplicate import fingerprint
from worker.stages.extract import Extracted, Given, extract_given, extract_page
from worker.stages.facts import find_facts
from worker.stages.keywords import term_counts
from worker.stages.language import identify
from worker.stages.names import find_names
from worker.steps.read import read_article

T = TypeVar("T")


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


def main() -> None:
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
            article_id = store(run, listed(piece.given, extracted))
            clock.time("whole step, without extract", partial(read_article, run, article_id))
        run.close()


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
    print(f"{'':28}  median   9 in 10 below")
    for name, values in clock.milliseconds.items():
        print(f"{name:28}{median(values):8.2f}{sorted(values)[int(len(values) * 0.9)]:12.2f}")


if __name__ == "__main__":
    main()
