"""From text to tree and back, and what is said when that fails."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import UnexpectedCharacters

from worker.stages.query import QuerySyntaxError, parse
from worker.stages.query.check import _Check, _is_plain
from worker.stages.query.parse import _grammar, _tokens
from worker.stages.query.tree import And, Field, Near, Node, Not, Or, Phrase, Term, all_of, any_of, negation


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("a b", "a AND b"),
        ("a OR (b OR c)", "a OR b OR c"),
        ("a AND b AND a", "a AND b"),  # once is enough
        ("((a))", "a"),
        ("NOT NOT a", "a"),
        ("a --b", "a AND b"),
        ("a -(b c)", "a AND NOT (b AND c)"),
        ("a OR b c", "a OR (b AND c)"),
        ("（a OR b）\u3000c", "(a OR b) AND c"),  # East Asian brackets and space
        ("„a  b“~3", '"a b"~3'),
        ("“a «b» c”", '"a b c"'),  # marks inside a phrase are no words
        ('="a b" =c', '="a b" AND =c'),
        ("a NEAR/05 b NEAR/3 (c OR d)", "a NEAR/5 b NEAR/3 (c OR d)"),
        ("title:(a  OR b) url:https://example.org/?q=1*", "title:(a OR b) AND url:https://example.org/?q=1*"),
        ("title: a", "title:a"),
        ("title:(-a b)", "title:(NOT a AND b)"),
        ("ANDREW NOTAM ORlando", "ANDREW AND NOTAM AND ORlando"),  # operators end where the word ends
        ("and or not near", "and AND or AND not AND near"),
        ("C++ AT&T 5G U.S. F-16 24/7 10:30", "C++ AND AT&T AND 5G AND U.S. AND F-16 AND 24/7 AND 10:30"),
        ("a\nOR\tb", "a OR b"),
        ('"a"b', '"a" AND b'),
    ],
)
def test_a_query_prints_in_one_way(query: str, canonical: str) -> None:
    assert str(parse(query)) == canonical
    assert str(parse(canonical)) == canonical


WORDS = st.sampled_from(
    ["a", "talks", "C++", "AT&T", "well-known", "talk*", "wom?n", "東京", "Зеленський", "or", "ANDy"]
)
EXACT_WORDS = st.sampled_from(["talks", "Erdoğan", "U.S."])
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TERMS = st.one_of(
    WORDS.map(Term),
    EXACT_WORDS.map(lambda text: Term(text, exact=True)),
    st.builds(Phrase, PHRASES, st.just(False), st.none() | st.integers(0, 999)),
)
CHOICES = st.lists(TERMS, min_size=2, max_size=3).map(any_of)
VALUES = st.sampled_from(
    [
        Field("url", Term("https://example.org/a?b=*")),
        Field("lang", Term("en")),
        Field("site", Phrase("example.org")),
        Field("since", Term("2026-03-01")),
        Field("until", Phrase("2026")),
        Field("date", Term("2026-01..2026-02-15")),
    ]
)


@st.composite
def nears(draw: st.DrawFn) -> Node:
    operands = draw(st.lists(TERMS | CHOICES, min_size=2, max_size=4))
    distances = draw(st.lists(st.integers(0, 999), min_size=len(operands) - 1, max_size=len(operands) - 1))
    return Near(tuple(operands), tuple(distances))


def compounds(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4)
    return several.map(all_of) | several.map(any_of) | inner.map(negation)


def trees(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.recursive(leaves, compounds, max_leaves=12)


FIELDED = st.builds(Field, st.sampled_from(["title", "source", "author", "name"]), trees(TERMS | nears()))
QUERIES = trees(TERMS | nears() | FIELDED | VALUES).map(lambda tree: all_of([Term("anchor"), tree]))


@settings(deadline=None)  # a loaded machine is no failure
@given(QUERIES)
def test_what_is_printed_parses_to_the_same_tree(tree: Node) -> None:
    assert parse(str(tree)) == tree


@settings(deadline=None)  # a loaded machine is no failure
@given(st.text(alphabet='ab"“”„«»() -=*?~5:\n/ANDORNEAR&|.', max_size=40))
def test_whatever_parses_prints_to_the_same_tree(text: str) -> None:
    try:
        tree = parse(text)
    except QuerySyntaxError:
        return
    assert parse(str(tree)) == tree


def test_trees_know_where_they_stood() -> None:
    tree = parse('a AND -("b c" OR title:d)')
    assert isinstance(tree, And)
    left_out = tree.clauses[1]
    assert isinstance(left_out, Not)
    assert isinstance(left_out.clause, Or)
    assert [left_out.at, *(clause.at for clause in left_out.clause.clauses)] == [6, 8, 17]


@pytest.mark.parametrize(
    ("query", "column", "message", "suggestion"),
    [
        ("", 1, "empty", "say what to look for"),
        (" \n ", 1, "empty", "say what to look for"),
        # Operators
        ("a AND", 3, "nothing follows AND", "take AND away"),
        ("AND a", 1, "nothing stands before AND", "write and"),
        ("a OR OR b", 6, "OR and OR follow each other", "keep one"),
        ("a AND OR b", 7, "AND and OR follow each other", "keep one"),
        ("(a OR) b", 4, "between OR and the bracket", "take OR away"),
        ("(OR a)", 2, "nothing stands before OR", "write or"),
        ("a AND NOT", 7, "nothing follows NOT", "take NOT away"),
        ("a NOT AND b", 7, "NOT cannot be followed by AND", "one of the two"),
        ("a & b", 3, "means nothing here", "write AND"),
        ("peace - talks", 7, "means nothing here", "write -word"),
        ("peace !war", 7, "does not leave words out", "-war"),
        ("peace –war", 7, "does not leave words out", "-war"),  # a dash that a word processor made of -
        # Brackets and quotes
        ("(a", 1, "never closed", "add )"),
        ("(a (b) (c", 8, "never closed", "add )"),
        ("a)", 2, "never opened", "take it away"),
        ("a ()", 3, "empty", "take them away"),
        ('"peace talks', 1, "never closed", '"peace talks"'),
        ("peace “talks", 7, "never closed", '"talks"'),
        ('6" gun', 2, "never closed", '"gun"'),
        ('a"', 2, "never closed", "take it away"),
        ('"…" a', 1, "no word to look for", "put words in it"),
        # Nothing to look for
        ("NOT a", 1, "only leaves out", "say what to look for"),
        ("-a -b", 1, "only leaves out", "say what to look for"),
        ("a OR NOT b", 1, "only leaves out", "say what to look for"),
        ("title:(-a)", 1, "only leaves out", "say what to look for"),
        ("a 👍", 3, "no word to look for", "take it away"),
        # Wildcards
        ("*talks", 1, "* may only end a word", "write talks*"),
        ("a pe*ce", 3, "* may only end a word", "write pe*"),
        ("t*", 1, "at least 2 letters", "talk*"),
        ("*", 1, "* alone", "~1"),
        ('"peace * talks"', 1, "* alone", "~1"),
        ("=talk*", 1, "takes no * or ?", "take = away"),
        ("a well-kn?wn", 3, "inside a single word", "wom?n"),
        # Nearness
        ("a NEAR b", 3, "NEAR needs a number", "NEAR/5"),
        ("a NEAR/1000 b", 3, "NEAR needs a number", "up to 999"),
        ("a near/5 b", 3, "no operator here", "NEAR/5"),
        ("a W/5 b", 3, "no operator here", "NEAR/5"),
        ("a AROUND(5) b", 3, "no operator here", "NEAR/5"),
        ("a NEAR/5", 3, "nothing follows NEAR/5", "take NEAR/5 away"),
        ("a NEAR/5 -b", 10, "- cannot follow it", "AND NOT"),
        ("a NEAR/5 (b AND c)", 11, "NEAR stands between", "use OR"),
        ("(a NEAR/5 b) NEAR/5 c", 4, "NEAR stands between", "use OR"),
        ("title:a NEAR/5 b", 1, "a field goes around NEAR", "title:("),
        ("a (b c)~5", 8, "right behind a phrase", "NEAR/5"),
        ("roam~2", 1, "not part of the query language", "write roam"),
        ("roam^2", 1, "not part of the query language", "write roam"),
        ("[a TO b]", 1, "ranges", None),
        # Fields
        ("titel:a", 1, "no field titel:", "title:"),
        ("a headline:b", 3, "no field headline:", "title:"),
        ("Title:a", 1, "small letters", "write title:"),
        ("Breaking: news", 1, "no field Breaking:", "quotation marks"),
        ("title:", 1, "nothing follows title:", "take title: away"),
        ("title:-a", 7, "stands before the field", "-title:"),
        ("title:(author:a)", 8, "stands inside title:", "quotation marks"),
        ("url:localhost:80", 5, "stands inside url:", "quotation marks"),
        ("https://example.org/a", 1, "address", "url:https://example.org/a"),
        ("lang:English", 6, "code of a language", "lang:en"),
        ("site:*.example.org", 6, "takes no * or ?", "site:example.org"),
        ("title:author:a", 7, "stands inside title:", "quotation marks"),
        ("site:example.org/politics", 6, "takes a host", "url:example.org/politics"),
        ("site:https://example.org", 6, "takes a host", "site:example.org"),
        ('site:"…/"', 6, "takes a host", None),
        ("site:[::1", 6, "takes a host", "site:example.org"),
        ('url:""', 5, "empty", None),
        ('lang:"a b"~2', 6, "no words that could be near", None),
        ("url:(a NEAR/2 b)", 8, "no words that could be near", None),
        ("=(a b)", 1, "one word or phrase", "=talks"),
        ("= a", 1, "means nothing here", "=word"),
        # Limits
        ("a " * 5_001, 10_001, "10,002 characters", None),
        ("(" * 10_000, 51, "deeper than 50", None),
        ("a* " * 3, 1, "at least 2 letters", "talk*"),
        (" ".join(f"word{n}*" for n in range(101)), 791, "more than 100 words", None),
        (" ".join(f"word{n:02}?" for n in range(21)), 161, "more than 20 words with ?", "two topics"),
        (" ".join(f"w{n:02}++" for n in range(21)), 121, "more than 20 words with +", "two topics"),
        (" ".join(f'"a b"~{n + 100}' for n in range(51)), 501, "more than 50 phrases with ~", "two topics"),
        ("(" + ") OR (".join(f"a NEAR/{n + 100} b" for n in range(201)) + ")", 3604, "more than 400 words or", "two"),
        (f'"{"a " * 51}"', 1, "51 words; at most 50", None),
        (f'"{"a " * 11}"~5', 1, "11 words; at most 10", None),
    ],
)
def test_an_error_says_what_is_wrong_where_and_what_to_write(
    query: str, column: int, message: str, suggestion: str | None
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query)
    error = caught.value
    assert message in error.message
    assert error.column == column
    assert suggestion is None if error.suggestion is None else (suggestion or "") in error.suggestion


def test_an_error_counts_lines_from_one_and_draws_the_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("(Ankara OR Turkey)\n  AND AND talks\n  OR peace")
    error = caught.value
    assert (error.line, error.column) == (2, 7)
    assert error.picture == "  AND AND talks\n      ^"
    assert str(error) == "2:7: AND and AND follow each other (keep one of them)"


def test_the_caret_stands_under_its_place_whatever_the_characters() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("東京\te\u0301\x00 (b")  # two wide characters, a tab, a combining accent, a NUL
    assert caught.value.picture == "東京 e\u0301  (b\n" + " " * 8 + "^"


def test_a_long_line_is_cut_around_the_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("word " * 500 + "AND AND " + "word " * 500)
    drawn, caret = caught.value.picture.split("\n")
    assert len(drawn) < 80
    assert drawn[len(caret) - 1 :].startswith("AND word")


def test_an_error_can_be_passed_between_processes() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("a AND")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made one line above
    assert (str(copy), copy.picture) == (str(caught.value), caught.value.picture)


SIGNS_AND_WORDS = st.lists(
    st.sampled_from(
        [*'()（）"“”«»「」 -=~|&:/*?.', "AND", "OR", "NOT", "NEAR/3", "~5", "title:", "a", "東京", "\n", "\u3000"]
    )
).map("".join)


@given(SIGNS_AND_WORDS | st.text())
def test_a_query_is_cut_into_tokens_as_the_grammar_says(text: str) -> None:
    try:
        expected = [(token.type, str(token), token.start_pos) for token in _grammar().lex(text)]
    except UnexpectedCharacters:
        with pytest.raises(QuerySyntaxError):
            _tokens(text)
        return
    assert [(token.type, str(token), token.start_pos) for token in _tokens(text)] == expected


@given(st.text(st.sampled_from("aerNEARADJOUD"), min_size=1) | st.sampled_from(["NEAR", "AROUND", "ANDNOT", "around"]))
def test_a_plain_word_is_one_with_which_nothing_can_be_wrong(word: str) -> None:
    if _is_plain(word):
        node = Term(word)
        _Check(word)._spelling_of_elsewhere(node)
        _Check(word)._wildcard(node, word, exact=True)
