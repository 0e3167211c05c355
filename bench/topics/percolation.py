"""The same topics by percolation as packages offer it: an index of one article, and every query asked of it.

Both sides get what they share: words compared without regard to case, AND, OR, NOT and phrases, over texts of ASCII
letters alone, so that no difference is one of cutting texts into words.
"""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any

from bench.topics.synthetic import SEED, TERMS_AT_HAND
from worker.stages.match import Topic
from worker.stages.query import Document, compile_query, prepare
from worker.stages.topic_index import TopicIndex

Clause = tuple[str, ...]  # one of these words or phrases
Query = tuple[tuple[Clause, ...], tuple[str, ...]]  # all of these clauses, and none of these words
Found = list[tuple[int, ...]]

_LETTERS = re.compile(r"[^A-Za-z]+")


def plain_articles(articles: Iterable[Document]) -> list[Document]:
    return [Document(_LETTERS.sub(" ", one.title), _LETTERS.sub(" ", one.text), language="en") for one in articles]


def shared_queries(articles: Sequence[Document], count: int) -> list[Query]:
    """Of words in either of two articles, so that some match: (a OR b) AND (c OR "d e") AND NOT f."""
    random = Random(SEED)  # noqa: S311 - the same queries each time, not secrets
    words = [text for one in articles if len(text := one.text.lower().split()) > 20]
    holding = Counter(word for text in words for word in set(text))

    def word(of: Sequence[str]) -> str:
        return min(random.sample(of, TERMS_AT_HAND), key=lambda term: (holding[term], term))

    def query() -> Query:
        mine, other = random.choice(words), random.choice(words)
        at = random.randrange(len(mine) - 1)
        phrase = " ".join(mine[at : at + 2])
        clauses = ((word(mine), word(other)), (word(mine), phrase), (word(mine), word(other)))
        return clauses, (word(other),) if random.random() < 0.2 else ()

    return [query() for _ in range(count)]


def ours(queries: Sequence[Query]) -> Callable[[Document], tuple[int, ...]]:
    index = TopicIndex(Topic(str(place), "", compile_query(_in_ours(query))) for place, query in enumerate(queries))
    return lambda article: tuple(int(match.topic) for match in index.judge(prepare(article)))


def fts5(queries: Sequence[Query]) -> Callable[[Document], tuple[int, ...]]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("CREATE VIRTUAL TABLE article USING fts5(title, text, tokenize = 'unicode61')")
    written = [(_in_fts5(query),) for query in queries]

    def found(article: Document) -> tuple[int, ...]:
        database.execute("DELETE FROM article")
        database.execute("INSERT INTO article VALUES (?, ?)", (article.title, article.text))
        ask = database.execute
        asked = (ask("SELECT 1 FROM article WHERE article MATCH ?", query).fetchone() for query in written)
        return tuple(place for place, row in enumerate(asked) if row)

    return found


def tantivy(queries: Sequence[Query]) -> Callable[[Document], tuple[int, ...]] | None:
    """None where the package is not installed."""
    if find_spec("tantivy") is None:
        return None
    package: Any = import_module("tantivy")
    schema = package.SchemaBuilder().add_text_field("title").add_text_field("text").build()
    built = [_in_tantivy(package, schema, query) for query in queries]

    def found(article: Document) -> tuple[int, ...]:
        index = package.Index(schema)
        writer = index.writer(heap_size=15_000_000, num_threads=1)
        writer.add_document(package.Document(title=article.title, text=article.text))
        writer.commit()
        index.reload()
        searcher = index.searcher()
        return tuple(place for place, query in enumerate(built) if searcher.search(query, limit=1).hits)

    return found


def milliseconds(find: Callable[[Document], tuple[int, ...]], articles: Sequence[Document]) -> tuple[float, Found]:
    """For an article, all threads of the process counted; and what was found."""
    before = time.process_time()
    found = [find(article) for article in articles]
    return 1_000 * (time.process_time() - before) / len(articles), found


def _in_ours(query: Query) -> str:
    clauses, without = query
    written = [f"({' OR '.join(map(_exact, clause))})" for clause in clauses]
    return " AND ".join(written) + "".join(f" NOT {_exact(word)}" for word in without)


def _exact(term: str) -> str:
    return f'="{term}"' if " " in term else f"={term}"


def _in_fts5(query: Query) -> str:
    clauses, without = query
    written = " AND ".join("(" + " OR ".join(f'"{term}"' for term in clause) + ")" for clause in clauses)
    return f"({written})" + "".join(f' NOT "{word}"' for word in without)


def _in_tantivy(package: Any, schema: Any, query: Query) -> Any:
    must, without = package.Occur.Must, package.Occur.MustNot
    clauses, unwanted = query
    parts = [(must, _one_of(package, schema, clause)) for clause in clauses]
    parts += [(without, _one_of(package, schema, (word,))) for word in unwanted]
    return package.Query.boolean_query(parts)


def _one_of(package: Any, schema: Any, terms: Clause) -> Any:
    should = package.Occur.Should
    return package.Query.boolean_query([(should, one) for one in _in_fields(package, schema, terms)])


def _in_fields(package: Any, schema: Any, terms: Clause) -> Iterator[Any]:
    for term in terms:
        for field in ("title", "text"):
            words = term.split()
            if len(words) > 1:
                yield package.Query.phrase_query(schema, field, words)
            else:
                yield package.Query.term_query(schema, field, term)
