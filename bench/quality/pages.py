"""How well news pages are read: their text, title, date and authors, beside what trafilatura makes of them alone.

    python -m bench.quality.pages --data folder                 the table
    python -m bench.quality.pages --data folder --worst 20      the pages whose text differs most, and in which lines

The folder, for which QUALITY_DATA may stand as well, holds a folder `pages` with gold.jsonl and the pages it names
(gzip). Two sets stand in it, each with its own measure: `fundus` (labels of every kind; words of the text, F1 on each
page, then the mean) and `scrapinghub` (text only; its own measure by runs of four words). Everything is read from the
page alone, without a feed's help.

Outlets are divided in two by a hash of their names, so that a rule made for the one half can be tried on the other:
both are printed.
"""

import argparse
import gzip
import json
import os
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median
from typing import Any
from urllib.parse import urlsplit

from trafilatura import bare_extraction

from bench.quality.table import Row, show
from worker.stages.clean import clean
from worker.stages.extract import Given, extract_page
from worker.stages.extract.dates import read_stamp

GOALS = {"fundus text": 0.970, "scrapinghub text": 0.970, "title": 0.90, "date": 0.99, "author": 0.88}
PUBLISHED = {
    "fundus text": "trafilatura .90, Fundus .98 (ROUGE-LSum, other pages)",
    "scrapinghub text": "best .970: rs_trafilatura, AutoExtract",
}
RUN = 4  # words
CHARACTERS_SHOWN = 110

# Scripts without spaces between words: each character counts as one, or one wrong mark would make a sentence wrong.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_RUN_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what people say it holds; `None` where they do not say."""

    file: str
    collection: str
    outlet: str
    url: str
    body: bytes
    text: str
    title: str | None
    authors: tuple[str, ...] | None
    published: datetime | None

    @property
    def is_held_out(self) -> bool:
        return bool(zlib.crc32(self.outlet.encode()) & 1)


@dataclass(frozen=True, slots=True)
class Read:
    """What a method made of a page. `milliseconds` are of CPU time."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    milliseconds: float = 0.0


Reader = Callable[[Page], Read]
Pairs = Sequence[tuple[Page, Read]]
Measure = Callable[[Pairs], float | None]


def measure(data: Path | None) -> list[Row]:
    """The table's rows. Without data they say so."""
    if data is None:
        return [Row(what, None, goal, note="not measured: no data") for what, goal in GOALS.items()]
    pages = list(load_pages(data / "pages"))
    ours, plain = _read_all(pages, read_ours, "ours"), _read_all(pages, read_plainly, "trafilatura")
    return [
        row
        for name, collection, of in MEASURES
        for row in _rows(name, _of(ours, collection), _of(plain, collection), of)
    ]


def load_pages(folder: Path) -> Iterator[Page]:
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        yield Page(
            file=gold["file"],
            collection=gold["set"],
            outlet=_outlet(gold),
            url=gold["url"],
            body=gzip.decompress((folder / gold["file"]).read_bytes()),
            text=gold["body"] or "",
            title=gold.get("title"),
            authors=tuple(gold["authors"]) if gold.get("authors") else None,
            published=datetime.fromisoformat(gold["published"]) if gold.get("published") else None,
        )


def read_ours(page: Page) -> Read:
    """As `storytrail extract` reads it."""
    start = time.process_time()
    found = extract_page(page.body, Given(url=page.url))
    text = clean(found.text, title=found.title).text
    return Read(text, found.title, found.authors, found.published, _since(start))


def read_plainly(page: Page) -> Read:
    """As trafilatura reads it when asked for nothing but to leave readers' comments out."""
    start = time.process_time()
    found: Any = bare_extraction(page.body, url=page.url, include_comments=False, with_metadata=True)
    if found is None:
        return Read("", milliseconds=_since(start))
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    stamp = read_stamp(found.date or "")
    return Read(found.text or "", found.title or "", authors, stamp.moment if stamp else None, _since(start))


def word_f1(gold: str, found: str) -> float:
    """Harmonic mean of precision and recall of words, each as often as it occurs; 1 where both are empty."""
    wanted, got = Counter(words(gold)), Counter(words(found))
    if not (wanted or got):
        return 1.0
    return 2 * (wanted & got).total() / (wanted.total() + got.total())


def words(text: str) -> list[str]:
    """Folded in case; without soft hyphens, which mark where a word may be parted and are not shown."""
    return _WORD.findall(text.casefold().replace("\u00ad", ""))


def run_f1(texts: Sequence[tuple[str, str]]) -> float | None:
    """The measure of article-extraction-benchmark over pairs of gold and found text.

    On each page the runs of four words that are shared, extra and missing are counted and divided by their sum, so
    that pages weigh the same. Precision is the mean over pages where something was found, recall over those where
    something was to be found; F1 is made of these two means.
    """
    counts = [_run_counts(gold, found) for gold, found in texts]
    precisions = [shared / (shared + extra) for shared, extra, _ in counts if shared + extra]
    recalls = [shared / (shared + missing) for shared, _, missing in counts if shared + missing]
    if not (precisions and recalls):
        return None
    precision, recall = fmean(precisions), fmean(recalls)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def is_title_right(gold: str, found: str) -> bool:
    """The same words, each as often; marks and case do not count."""
    return Counter(words(gold)) == Counter(words(found))


def is_date_right(gold: datetime, found: datetime | None) -> bool:
    """The same day, as written or in UTC."""
    if found is None:
        return False
    utc = [moment.astimezone(UTC).date() for moment in (gold, found) if moment.tzinfo]
    return gold.date() == found.date() or (len(utc) == 2 and utc[0] == utc[1])


def is_an_author_right(gold: Sequence[str], found: Sequence[str]) -> bool:
    """Some author of the gold is among those found."""
    wanted = [Counter(words(name)) for name in gold]
    return any(Counter(words(name)) in wanted for name in found)


def _run_counts(gold: str, found: str) -> tuple[float, float, float]:
    wanted, got = _runs(gold), _runs(found)
    shared, extra, missing = (wanted & got).total(), (got - wanted).total(), (wanted - got).total()
    return shared, extra, missing


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words; a shorter text is one run of all it has."""
    found = _RUN_WORD.findall(text)
    if not found:
        return Counter()
    return Counter(tuple(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def _mean(right: Sequence[float]) -> float | None:
    return fmean(right) if right else None


def _text(pairs: Pairs) -> float | None:
    return _mean([word_f1(page.text, read.text) for page, read in pairs])


def _text_by_runs(pairs: Pairs) -> float | None:
    return run_f1([(page.text, read.text) for page, read in pairs])


def _title(pairs: Pairs) -> float | None:
    return _mean([is_title_right(page.title, read.title) for page, read in pairs if page.title])


def _date(pairs: Pairs) -> float | None:
    return _mean([is_date_right(page.published, read.published) for page, read in pairs if page.published])


def _author(pairs: Pairs) -> float | None:
    return _mean([is_an_author_right(page.authors, read.authors) for page, read in pairs if page.authors])


def _time(pairs: Pairs) -> float | None:
    return median(read.milliseconds for _, read in pairs) if pairs else None


MEASURES: tuple[tuple[str, str, Measure], ...] = (
    ("fundus text", "fundus", _text),
    ("scrapinghub text", "scrapinghub", _text_by_runs),
    ("title", "fundus", _title),
    ("date", "fundus", _date),
    ("author", "fundus", _author),
    ("CPU, a page", "", _time),
)


def _rows(name: str, ours: Pairs, plain: Pairs, of: Measure) -> Iterator[Row]:
    note = " / ".join(
        f"{half} {figure:.3f}" if (figure := of([pair for pair in ours if pair[0].is_held_out == is_held_out])) else ""
        for half, is_held_out in (("development", False), ("held out", True))
    )
    beside = of(plain)
    yield Row(
        what=f"{name} ({len(ours)} pages)",
        ours=of(ours),
        goal=GOALS.get(name),
        others={} if beside is None else {"trafilatura": beside},
        published=PUBLISHED.get(name, ""),
        unit="ms" if of is _time else "",
        note="median" if of is _time else note,
        more_is_better=of is not _time,
    )


def _of(pairs: Pairs, collection: str) -> Pairs:
    return [pair for pair in pairs if collection in ("", pair[0].collection)]


def _read_all(pages: Sequence[Page], reader: Reader, name: str) -> Pairs:
    reader(pages[0])  # libraries load their tables at their first use
    pairs = []
    for number, page in enumerate(pages, start=1):
        pairs.append((page, reader(page)))
        print(f"\rpages, {name}: {number}/{len(pages)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return pairs


def _since(start: float) -> float:
    return (time.process_time() - start) * 1000


def _outlet(gold: dict[str, Any]) -> str:
    """Whose page it is: the file's name before the date, or the host."""
    named = re.match(r"(\w+?)_(?:19|20)\d\d_", gold["file"])
    return named[1] if named else (urlsplit(gold["url"]).hostname or "").removeprefix("www.")


def _show_worst(data: Path, most: int) -> None:
    pairs = _read_all(list(load_pages(data / "pages")), read_ours, "ours")
    scored = sorted(((word_f1(page.text, read.text), page, read) for page, read in pairs), key=lambda each: each[0])
    for score, page, read in scored[:most]:
        print(f"\n{score:.3f}  {page.file}  {page.url}")
        for mark, lines in (("-", _only_in(page.text, read.text)), ("+", _only_in(read.text, page.text))):
            for line in lines:
                print(f"   {mark} {line[:CHARACTERS_SHOWN]}")


def _only_in(text: str, other: str) -> list[str]:
    """The lines of which most words, in their runs, are not in the other text."""
    known = _runs(other)
    lines = [line for line in text.split("\n") if line.strip()]
    return [line for line in lines if (runs := _runs(line)) and (runs & known).total() < runs.total() / 2]


def main() -> None:
    parser = argparse.ArgumentParser(description="measure how news pages are read")
    known = os.environ.get("QUALITY_DATA")
    parser.add_argument(
        "--data", type=Path, default=Path(known) if known else None, help="the folder that holds `pages`"
    )
    parser.add_argument("--worst", type=int, default=0, help="show so many pages whose text differs most")
    asked = parser.parse_args()
    if asked.worst and asked.data:
        _show_worst(asked.data, asked.worst)
    else:
        show(measure(asked.data))


if __name__ == "__main__":
    main()
