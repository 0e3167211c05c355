"""Tags: language, keywords' background, and media topics of articles; and what the stages that find them cost.

    python -m bench.quality.tags

Media topics were labelled by hand for sixty articles of the development data, from title and first lines. The rule was
made with the first half in view; the held-out half is only counted. Articles are named by a hash of their address.
"""

import csv
import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from urllib.parse import urlsplit

from bench.quality.table import Row, show
from worker.stages.background import idf_of
from worker.stages.facts import find_facts
from worker.stages.keywords import idf, keywords, term_counts
from worker.stages.language import identify
from worker.stages.media_topics import media_topics
from worker.stages.text.words import sentences, split

HASH = 10  # hexadecimal digits of SHA-256
TIMED = 300  # articles
FEW, STEP = 50, 7  # articles of a young archive; one in so many headlines is read with a wrong declaration
# The language of outlets under a country's domain; countries with several languages of news are left out.
LANGUAGES_OF_DOMAINS = {
    "de": "de", "at": "de", "es": "es", "fr": "fr", "it": "it", "jp": "ja", "kr": "ko", "ru": "ru", "se": "sv",
    "no": "no", "tr": "tr", "br": "pt", "uk": "en", "au": "en", "nz": "en", "us": "en", "is": "is",
}  # fmt: skip

# Hash of the address, then the first two digits of each topic's identifier.
DEVELOPMENT = """
441916eff0 04 11
271d9678c0 11 02
c4af427c3c 11
03ded13c00 11 02
db27bf898d 11 14
cc9140a945 02 11
e4d537bfe2 11
7ad355720d 11
c4ffc691de 01 11
bc4c8199b6 01
2f6b17d415 11
82e2ce030b 11 09
0532bf4b1e 11
45599f25bd 04
070ac70a7f 16 11
df96406d3e 11
4c459fd4d2 11 02
7947dcb927 04 11
d175ceb705 14 11
afb58840c6 04 11
c68f678619 11 02
5acf026b25 11 02
248f638f5b 11
1f89badc7b 11 14
96ddec0b70 11
8794bb2674 11 02
bd385b78b0 11
ff6253bedf 01 11
730a961a85 01 11
2005e47fa8 02 11
"""
HELD_OUT = """
29c5043ff0 11 02
ebd3c5384c 06
21054fc42e 11 02
f95a8fd3aa 11 14
07a428ccec 11
6ca972b897 11 02
46cc186058 11
d35a7f3e03 11
7b1e4cb039 10
8bfee18f98 11 02
121e2c35bd 05 02
8660eb5416 02 11
9b92ac95e5 11
406e4cc0a1 11
7dcdd9447a 11
a53c85fa59 11
5a93a3aef9 02
ee4511f104 11
59af63c9cf 11 07
e160648a52 11
2964642e9b 11 14
795b054408 11 02
924bffd8ec 11
536e59eb3e 11 02
cbe3f35b8f 11
e9f72a9f30 14 11
0f1f4636ed 11
e688fbddf9 02
0b26f998dd 12 14
c1c11f220b 11
"""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the data."""

    url: str
    title: str
    text: str


def measure(data: Path | None) -> list[Row]:
    """All rows; where the data is absent, each says so."""
    path = data / "articles" / "articles.jsonl.gz" if data is not None else None
    if data is None or path is None or not path.exists():
        return [Row(what, None, note="not measured: no development data") for what in ("media topics", "language")]
    articles = list(read_articles(path))
    return [
        *_topic_rows(articles),
        *_headline_rows(data),
        *_page_rows(data),
        _background_row(articles),
        *_cpu_rows(articles),
    ]


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of the set, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Article(row["url"], row.get("title") or "", row.get("text") or "")


# --- Media topics ---


def _topic_rows(articles: Sequence[Article]) -> Iterator[Row]:
    by_hash = {hashlib.sha256(article.url.encode()).hexdigest()[:HASH]: article for article in articles}
    for half, labels in (("development", DEVELOPMENT), ("held out", HELD_OUT)):
        wanted = {name: set(topics) for name, *topics in map(str.split, labels.strip().splitlines())}
        found = {name: _topics(by_hash[name]) for name in wanted if name in by_hash}
        right = sum(len(found[name] & wanted[name]) for name in found)
        note = f"{len(found)} articles, {half} half"
        yield Row("media topics, precision", right / max(1, sum(map(len, found.values()))), note=note)
        yield Row("media topics, recall", right / max(1, sum(len(wanted[name]) for name in found)), note=note)


def _topics(article: Article) -> set[str]:
    return {topic.id[len("medtop:") :][:2] for topic in media_topics(term_counts(article.title, article.text, "en"))}


# --- Language ---


def _headline_rows(data: Path) -> Iterator[Row]:
    path = data / "headlines" / "headlines.csv.gz"
    if not path.exists():
        yield Row("language of headlines", None, note="not measured: no headlines")
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        titles = [row["title"] for row in csv.DictReader(lines)][::STEP]
    for declared, note in (("", "nothing declared"), ("en", "declared"), ("fr", "another language declared")):
        right = mean(identify(title, "", declared=declared) == "en" for title in titles)
        yield Row("language of headlines, right", right, note=f"{len(titles)} English headlines, {note}")


def _page_rows(data: Path) -> Iterator[Row]:
    path = data / "pages" / "gold.jsonl"
    if not path.exists():
        yield Row("language of pages", None, note="not measured: no pages")
        return
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if isinstance(row.get("body"), str)]
    known = [(row, language) for row in rows if (language := _language_of_domain(row["url"]))]
    right = mean(identify(row.get("title") or "", row["body"]) == language for row, language in known)
    yield Row("language of pages, right", right, note=f"{len(known)} pages, by the country of their domain")


def _language_of_domain(url: str) -> str:
    return LANGUAGES_OF_DOMAINS.get((urlsplit(url).hostname or "").rpartition(".")[2], "")


# --- Background ---


def _background_row(articles: Sequence[Article]) -> Row:
    """How far the rarity of a keyword in a young archive is from what the whole set says."""
    terms = [tuple(term_counts(article.title, article.text, "en")) for article in articles]
    whole, young = Counter(t for each in terms for t in each), Counter(t for each in terms[:FEW] for t in each)
    settled = [term for term, count in whole.items() if count >= FEW // 5]
    final = {term: idf(whole[term], len(terms)) for term in settled}
    with_background = idf_of(young, FEW, "en")
    return Row(
        "rarity of words in an archive of 50, mean error",
        mean(abs(with_background(term) - final[term]) for term in settled),
        others={"without background": mean(abs(idf(young[term], FEW) - final[term]) for term in settled)},
        unit="nats",
        more_is_better=False,
    )


# --- Cost ---


def _cpu_rows(articles: Sequence[Article]) -> Iterator[Row]:
    sample = articles[:: max(1, len(articles) // TIMED)]
    stages: Mapping[str, Callable[[Article], object]] = {
        "language": lambda a: identify(a.title, a.text, declared="en"),
        "terms": lambda a: term_counts(a.title, a.text, "en"),
        "keywords": lambda a: keywords(term_counts(a.title, a.text, "en"), idf_of({}, 0, "en")),
        "media topics": lambda a: media_topics(term_counts(a.title, a.text, "en")),
        "facts": lambda a: find_facts(a.title, a.text, "en", year=2018),
    }
    spent: dict[str, list[float]] = {name: [] for name in stages}
    for number, article in enumerate(sample):
        split(article.title), split(article.text), sentences(article.text)  # shared with other stages
        for name, work in stages.items():
            start = time.process_time()
            work(article)
            spent[name].append((time.process_time() - start) * 1000)
        if number % 100 == 0:
            print(f"tags: {number} of {len(sample)} articles", file=sys.stderr)
    for name, times in spent.items():
        yield Row(f"CPU of {name}, median", median(times), unit="ms", more_is_better=False)


if __name__ == "__main__":
    show(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
