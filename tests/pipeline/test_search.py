"""A search finds what its query says of each article by itself, on either database."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from storage.articles import NameCount, store_mentions
from storage.tables import Article, ArticleState
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_COPIED,
    MORNING,
    PIGEONS,
    REGATTA,
    SALVAGE,
    SCHOOL,
    STEERING,
    Report,
)
from tests.pipeline.pipeline import Pipeline
from worker.stages.aliases import Aliases
from worker.stages.query import QuerySyntaxError, prepare
from worker.stages.search import Search, read_search
from worker.steps import search
from worker.steps.document import document_of
from worker.steps.index import index_articles
from worker.steps.search import search_articles

EARTHQUAKE = Report("jishin", "東京で地震", ("東京都と千葉県で強い地震があった。", "けが人は14人。"), language="ja")
SUMMIT = Report(
    "summit",
    "Зеленський у Анкарі",
    ("Президент Зеленський прибув до Анкари. U.S. envoys and the WHO wait; Erdoğan’s hosts said 2,500 came.",),
    language="uk",
)
TALKS = Report(
    "talks", "Zelenskyy leaves US talks", ("Zelenskyy told us who would talk of peace in Kiev.",), language="en-GB"
)
LANDS = Report("lands", "Gespräche der Länder", ("In den Ländern wird gewählt, Merkels Land ruht.",), language="de")
COUNCIL = Report("council", "ABD'nin kararı", ("ABD’nin elçisi Ankara’da bakanlarla görüştü.",), language="tr")
REPORTS = (
    *(AGROUND, AGROUND_COPIED, STEERING, SALVAGE, REGATTA, SCHOOL, PIGEONS, EARTHQUAKE, SUMMIT, TALKS, LANDS, COUNCIL),
)
ALIASES = Aliases([["Kyiv", "Kiev"]])
QUERIES = [
    *(
        "ferry",
        "FERRIES",
        "orla ferry",
        "orla OR pigeons",
        "ferry NOT injured",
        "-injured orla",
        "(orla OR tugs) AND tide",
    ),
    *('"Tarn Head"', '"head tarn"', '"ran aground" OR "hit rocks"', '"gash eleven"~2', "Orla NEAR/3 rocks", "brann*"),
    *(
        "steer?ng",
        "=Ferry",
        "=ferry",
        "title:ferry",
        "title:(orla AND rocks)",
        "name:halloran",
        "name:Ruth",
        "author:nobody",
    ),
    *(
        "source:herald",
        "site:example.org",
        "site:org",
        "site:example.com",
        "lang:ja",
        "lang:en",
        "lang:en-gb",
        "url:/aground",
    ),
    *(
        "Zelensky",
        "Zelenskiy",
        "zelenskyy",
        "Зеленський",
        "Анкара OR Анкарі",
        "Erdogan",
        "Ankar*",
        "US",
        "us",
        "WHO",
        "who",
    ),
    *(
        "東京",
        "京都",
        "地震",
        "震",
        "千葉県",
        "県で強",
        '"東京都と"',
        "14",
        "2500",
        "2,500",
        "Kyiv",
        "well-known",
        "C++",
        "AT&T",
    ),
    *(
        "Land",
        "Gespräch",
        "title:gespräch",
        "=Ländern",
        "=Land",
        "Merkel",
        "ABD",
        "abd",
        "ABD'nin",
        "Ankara",
        "kararlar",
    ),
    *("orla date:2026-03-04", "date:..2026-03-04 tarn -ferry", "ferry date:2025"),
    *("orla since:2026-03-05", "ferry until:2026-03-04", "the", "lang:en -ferry -pigeons", "near and not"),
]


@pytest.fixture
def archive(unexamined: Pipeline) -> Pipeline:
    """A pipeline whose articles are written by hand, so that the doctor would find their counts missing."""
    return unexamined


@pytest.fixture
def either_archive(tmp_path: Path, migrated_url: str) -> Iterator[Pipeline]:
    """The same on each kind of database."""
    pipeline = Pipeline(tmp_path, migrated_url)
    yield pipeline
    pipeline.close()


def write(pipeline: Pipeline, reports: Sequence[Report]) -> None:
    pipeline.database.write(partial(_write, reports=reports))
    index_articles(pipeline.runtime, 1_000)


def _write(session: Session, reports: Sequence[Report]) -> None:
    for number, report in enumerate(reports, start=1):
        when = report.published or MORNING
        session.add(Article(
            id=number, url=f"https://news.example.org/{report.slug}", url_hash=f"{number}", host="news.example.org",
            state=ArticleState.DONE, first_seen=when, next_attempt_at=when, published=when, event_time=when, given={},
            revision=1, title=report.title, text=report.text, outlet="Herald", language=report.language,
        ))  # fmt: skip
        session.flush()
        if "Halloran" in report.text:
            store_mentions(session, number, [NameCount("ruth halloran", "Ruth Halloran", "person", 2)])


def slow_way(pipeline: Pipeline, query: str) -> list[int]:
    """Ask the query of every article; dates apart."""
    wanted = read_search(query, ALIASES)
    return [
        article.id
        for article in pipeline.articles()
        if (wanted.since is None or article.event_time >= wanted.since)
        and (wanted.until is None or article.event_time < wanted.until)
        and wanted.query.match(prepare(document_of(article, _names(article)))).matched
    ]


def _names(article: Article) -> list[str]:
    return ["Ruth Halloran"] if "Halloran" in article.text else []


def find(pipeline: Pipeline, query: str, limit: int = 100) -> list[int]:
    found = search_articles(pipeline.runtime, read_search(query, ALIASES), limit).found
    return [one.article.id for one in found]


def test_a_search_finds_what_the_query_finds(either_archive: Pipeline) -> None:
    write(either_archive, REPORTS)
    finds = {query: sorted(find(either_archive, query)) for query in QUERIES}
    assert finds == {query: slow_way(either_archive, query) for query in QUERIES}
    assert sum(map(bool, finds.values())) > len(QUERIES) * 0.7  # most have something to find


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Zelensky", {"summit", "talks"}),  # other spellings, another script
        ("us", {"summit", "talks"}),
        ("US", {"summit", "talks"}),  # U.S. is US
        ("WHO", {"summit"}),  # who is not WHO
        ("地震", {"jishin"}),
        ("Kyiv", {"talks"}),  # the user's alias
        ("Land", {"lands"}),
        ("title:Gespräch", {"lands"}),  # Gespräche
        ("=Gespräch", set()),
        ("ABD", {"council"}),  # ABD'nin
        ("Ankara", {"council", "summit"}),  # Ankara’da, and Анкарі in another script
        ("Ankara date:2026-03-04", {"council", "summit"}),
        ("Ankara date:2025", set()),
        ("name:Halloran tugs", {"salvage"}),
    ],
)
def test_words_are_found_as_people_mean_them(archive: Pipeline, query: str, found: set[str]) -> None:
    write(archive, REPORTS)
    assert {REPORTS[number - 1].slug for number in find(archive, query)} == found


def test_the_newest_come_first_or_those_that_are_most_about_it(archive: Pipeline) -> None:
    write(archive, REPORTS)
    wanted = read_search("ferry")
    newest = [one.article.event_time for one in search_articles(archive.runtime, wanted, 10).found]
    assert newest == sorted(newest, reverse=True)
    assert len(newest) > 3
    best = search_articles(archive.runtime, wanted, 1, best_first=True).found[0].article
    assert "ferry" in best.title.lower()
    assert best.event_time < newest[0]


def test_hits_say_where(archive: Pipeline) -> None:
    write(archive, REPORTS)
    (found,) = search_articles(archive.runtime, read_search("tugs"), 10).found
    assert {(hit.field, hit.found.lower()) for hit in found.hits} == {("title", "tugs"), ("text", "tugs")}


def test_a_search_that_looks_in_vain_says_how_far_it_came(archive: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [Report(f"n{n}", "", ("tarn of a head",), MORNING - timedelta(days=n)) for n in range(5)]
    write(archive, [*reports, Report("last", "", ("Tarn Head",), MORNING - timedelta(days=9))])
    monkeypatch.setattr(search, "MOST_EXAMINED", 3)
    findings = search_articles(archive.runtime, read_search('"tarn head"'), 10)
    assert findings.found == []
    assert findings.stopped_at == MORNING - timedelta(days=2)
    monkeypatch.setattr(search, "MOST_EXAMINED", 6)
    findings = search_articles(archive.runtime, read_search('"tarn head"'), 10)
    assert (len(findings.found), findings.stopped_at) == (1, None)


SIGNS = [
    *(
        "NEAR(a b)",
        "a^2",
        "a*b",
        "*",
        '"',
        "()",
        "a:b",
        "{a}",
        "a & b | !c",
        "'; DROP TABLE article",
        "\x00",
        "a" * 9_999,
    ),
    *("a\\", "a' OR 'a", 'a" OR "a', "title : a", "a - b", "+a", "-a", "a <-> b", "a:*", "rowid:1", "\ud800", "٢٠*"),
]


def test_signs_of_other_languages_never_reach_the_database(either_archive: Pipeline) -> None:
    """Each is a search or an error of the query language, and none of them finds anything in an empty archive."""
    wanted = list(filter(None, map(_read, SIGNS)))
    assert wanted
    assert [search_articles(either_archive.runtime, one, 10).found for one in wanted] == [[]] * len(wanted)


def _read(query: str) -> Search | None:
    try:
        return read_search(query)
    except QuerySyntaxError:
        return None
