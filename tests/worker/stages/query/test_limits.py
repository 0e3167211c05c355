"""Nobody's query or article can break the matcher or hold it up."""

import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.query import (
    Document,
    PreparedDocument,
    Query,
    QuerySyntaxError,
    compile_query,
    explain,
    prepare,
)
from worker.stages.query.parse import MAX_CHARACTERS

NAUGHTY = [
    "",
    "\x00",
    "AND OR NOT",
    "NEAR/5",
    "-",
    "=" * 100,
    "-" * 9_999 + "a",
    "NOT " * 2_000 + "a",
    "(" * 10_000,
    ")" * 10_000,
    "()" * 5_000,
    "(" * 50 + "a" + ")" * 50,
    "a (" * 49 + "b" + ")" * 49,
    "title:" * 1_500 + "a b",
    "-title:(" * 49 + "a b" + ")" * 49,
    '"' * 9_999,
    "~9" * 4_000,
    "a~" * 3_000,
    "^1" * 4_000,
    "?" * 9_999 + "x",
    '"' + "?" * 9_000 + 'x"',
    "a OR " * 1_999 + "b",
    "a NEAR/1 " * 1_000 + "b",
    "NEAR/" + "9" * 5_000,
    "~" + "9" * 5_000,
    "a NEAR/٣ b",  # digits of another script
    "👍 🇺🇦 👩‍👩‍👧",
    "שלום AND «עולם»",  # right to left
    "\u202egnihton",  # turned around
    "e\u0301\u0301\u0301*",
    "\ud800 a",  # half a pair
    "ﷺ",  # folds to several words
    "İı ẞß ﬁ",
    "a\u0000b",
    "<script>alert(1)</script>",
    "'; DROP TABLE topics; --",
    "{{7*7}} ${HOME} %s",
    "\ufeffpeace",
]

ARTICLE = prepare(
    Document(
        "Title \x00 👍 שלום",
        " ".join(NAUGHTY[-12:]),
        source="\ud800",
        site="[::1",
        url="http://[",
        language="x" * 9,
        names=("", "👍"),
    )
)


def compiled_or_refused(query: str) -> Query | QuerySyntaxError:
    """Any other exception is the failure that these tests look for."""
    try:
        return compile_query(query)
    except QuerySyntaxError as error:
        return error


@pytest.mark.parametrize("query", NAUGHTY, ids=range(len(NAUGHTY)))
def test_a_naughty_query_gives_a_verdict_or_a_syntax_error(query: str) -> None:
    compiled = compiled_or_refused(query)
    if isinstance(compiled, QuerySyntaxError):
        assert 1 <= compiled.column <= len(query) + 1
        assert compiled.picture.count("\n") == 1
        assert "\x00" not in str(compiled)
        return
    assert compiled.match(ARTICLE).matched in {True, False}


@settings(deadline=None)  # a loaded machine is no failure
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                *(
                    "a",
                    "talk*",
                    "w?n",
                    " AND ",
                    " OR ",
                    " NOT ",
                    " NEAR/2 ",
                    "(",
                    ")",
                    '"',
                    "“",
                    "»",
                    "-",
                    "=",
                    "title:",
                ),
                *("url:", "lang:", "name:", "~3", "\n", "🇺🇦", "東京", "*", "?", "U.S.", "C++", "://"),
            ]
        ),
        max_size=25,
    ).map("".join),
    st.text(max_size=60),
)
def test_any_text_gives_a_verdict_or_a_syntax_error(query: str, text: str) -> None:
    compiled = compiled_or_refused(query)
    if isinstance(compiled, QuerySyntaxError):
        assert compiled.picture.count("\n") == 1
        return
    verdict = compiled.match(prepare(Document(text, text, text, text, (text,), text, text, (text,))))
    assert verdict.matched is (verdict.missing is None)


def steps(work: Callable[[], object]) -> int:
    """Lines of Python run by the work: the same on every machine, unlike time."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


COSTLY = {
    "one word": "the",
    "a phrase of one word": '"' + "the " * 50 + '"',
    "a loose phrase": '"the a the a the a the a b"~9',
    "twice the same": '"the the the"~900',
    "a chain": "the NEAR/1 a NEAR/1 the NEAR/1 a NEAR/1 the NEAR/1 b",
    "a group": "(the OR a OR t?e OR th*) NEAR/3 (b OR the OR a)",
    "any letter": " OR ".join(f"?{'?' * n}he" for n in range(20)),
    "brackets": "(the OR (a AND " * 20 + "b" + "))" * 20,
    "what is left out": "the -b -(zz NEAR/2 the)",
}


@pytest.mark.parametrize("query", COSTLY.values(), ids=COSTLY.keys())
def test_cost_does_not_grow_with_the_places_of_a_word(query: str) -> None:
    """Once they are known, for all queries together, each query handles them as a whole, however many they are."""
    compiled = compile_query(query)
    small, large = (prepare(Document("", "the a b " * count)) for count in (1_000, 4_000))
    for document in (small, large):
        compiled.match(document)  # what is made once is not counted
    assert steps(lambda: compiled.match(large)) <= 1.1 * steps(lambda: compiled.match(small)) + 50


def test_cost_grows_no_faster_than_the_query() -> None:
    article = prepare(Document("", "peace war " * 50))
    words = "abcdefghij"
    clauses = [f"{one}{two}{three}" for one in words for two in words for three in words]
    small, large = (compile_query(" OR ".join(clauses[:count])) for count in (100, 800))
    for query in (small, large):
        query.match(article)
    assert steps(lambda: large.match(article)) <= 8.5 * steps(lambda: small.match(article))


def test_the_longest_query_is_read() -> None:
    query = " OR ".join(f"w{n}" for n in range(10_000))[:MAX_CHARACTERS].rpartition(" OR ")[0]
    assert compile_query(query).match(prepare(Document("", "w1"))).matched


# --- The bound: the longest queries that are taken, of what costs most, on the longest articles ---

LINES_FOR_A_CHARACTER = 150  # of the query; each does at most one operation on the places of the article, as a set
LINES_FOR_A_WORD = 70  # of the article, once for all queries
LINES_TO_EXPLAIN = 1_500_000
ARTICLE_CHARACTERS = 150_000


def as_long_as_may_be(parts: Iterable[str], glue: str, before: str = "", behind: str = "") -> str:
    kept: list[str] = []
    left = MAX_CHARACTERS - len(before) - len(behind)
    for part in parts:
        left -= len(part) + len(glue)
        if left < 0:
            break
        kept.append(part)
    return before + glue.join(kept) + behind


PAIRS = [one + other for one in "abcdefghijkl" for other in "abcdefgh"]
HOSTILE = {
    "a chain of common words": "zz OR (" + " NEAR/9 ".join(["the", "a"] * 199) + ")",
    "many nearnesses": as_long_as_may_be((f"(the NEAR/{n} a NEAR/0 the NEAR/0 the)" for n in range(100)), " OR "),
    "nearness left out": as_long_as_may_be((f"(the NEAR/{n} a)" for n in range(199)), " OR ", "zz OR the -(", ")"),
    "loose phrases": as_long_as_may_be((f'"a the the the the the the b"~{n + 99}' for n in range(50)), " OR "),
    "loose phrases that are there": as_long_as_may_be((f'"the the a the a"~{n + 99}' for n in range(50)), " "),
    "long phrases": as_long_as_may_be(('"' + "the a " * 20 + f'the b{n}"' for n in range(999)), " OR "),
    "phrases that are there": as_long_as_may_be((f'"{"the a " * n}the"' for n in range(24)), " "),
    "beginnings": as_long_as_may_be((f"{pair}*" for pair in PAIRS), " OR ", "zz* NEAR/3 (", ")"),
    "any letters": as_long_as_may_be((f"{'?' * (n % 7)}{PAIRS[n]}?*" for n in range(20)), " OR "),
    "spellings": as_long_as_may_be((f"t{'ĥ' * (n % 9)}h{'ē' * (n // 9)}" for n in range(999)), " OR "),
    "signs": as_long_as_may_be((f"a{'+' * n}" for n in range(1, 21)), " OR "),
    "alternatives": as_long_as_may_be((f"w{n}" for n in range(9_999)), " OR "),
    "exact words": as_long_as_may_be((f"=w{n}" for n in range(9_999)), " OR "),
    "aliases": " NEAR/2 ".join(f"g{n}" for n in range(100)),
    "a loose phrase of aliases": '"' + " ".join(f"g{n}" for n in range(10)) + '"~99',
    "a phrase of aliases": '"' + " ".join(f"g{n}" for n in range(50)) + '"',
    "brackets": "(the OR (a AND " * 25 + "b" + "))" * 25,
}
GROUPS = Aliases([[f"g{n}", "the a", "a the", "the a the", *(f"m{n} {k}" for k in range(20))] for n in range(100)])
ARTICLES = {
    "two words": prepare(Document("", "the a " * (ARTICLE_CHARACTERS // 6))),
    "each word once": prepare(Document("", " ".join(f"{PAIRS[n % 96]}{n:03}" for n in range(ARTICLE_CHARACTERS // 6)))),
}


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES.keys())
@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_query_takes_more_than_its_length(query: str, article: PreparedDocument) -> None:
    assert len(query) <= MAX_CHARACTERS
    compiled = compile_query(query, GROUPS)
    compiled.match(article)
    assert steps(lambda: compiled.match(article)) <= LINES_FOR_A_CHARACTER * MAX_CHARACTERS


@pytest.mark.parametrize("name", ["many nearnesses", "long phrases", "alternatives", "exact words"])
def test_no_explanation_takes_more_than_is_said(name: str) -> None:
    compiled = compile_query(HOSTILE[name], GROUPS)
    assert steps(lambda: explain(compiled, ARTICLES["two words"])) <= LINES_TO_EXPLAIN


@pytest.mark.parametrize("kind", ["capitals", "spellings"])
def test_what_is_made_once_takes_no_more_than_the_length_of_the_article(kind: str) -> None:
    words = 2_000
    article = prepare(Document("", "".join(f"{'Ab' if kind == 'capitals' else 'ab'}c{n} " for n in range(words))))
    compiled = compile_query("Abc OR =Abc OR US OR ab* OR a?c OR ?bc*")
    assert steps(lambda: compiled.match(article)) <= LINES_FOR_A_WORD * words
