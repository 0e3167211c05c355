"""What a verdict says: where it matched and how, or the clause that failed."""

import pytest

from worker.stages.aliases import Aliases
from worker.stages.query import Document, Hit, Query, compile_query, prepare

ALIASES = Aliases([["Kyiv", "Kiev"]])


def hits(query: str, title: str, text: str) -> list[tuple[str, str, str, str]]:
    document = Document(title, text)
    found = compile_query(query, ALIASES).match(prepare(document)).hits
    for hit in found:
        assert (document.title if hit.field == "title" else document.text)[hit.start : hit.end] == hit.found
    return [(hit.term, hit.field, hit.found, hit.by) for hit in found]


def test_hits_say_what_was_found_where_and_how() -> None:
    found = hits("Zelensky (talk OR Kyiv OR peace) negot* w?r =Talks", "Talks in Kiev", "Zelenskiy’s negotiators; war")
    assert found == [
        ("Zelensky", "text", "Zelenskiy", "spelling"),
        ("talk", "title", "Talks", "ending"),
        ("Kyiv", "title", "Kiev", "alias"),
        ("negot*", "text", "negotiators", "prefix"),
        ("w?r", "text", "war", "pattern"),
        ("=Talks", "title", "Talks", "exact"),
    ]


def test_a_phrase_is_one_hit_found_as_its_farthest_word_is() -> None:
    assert hits('"Zelensky talk"', "", "the Zelenskiy talks") == [
        ('"Zelensky talk"', "text", "Zelenskiy talks", "spelling")
    ]


def test_nearness_shows_only_the_words_that_are_near() -> None:
    found = hits("peace NEAR/1 talks", "", "talks. One two three four. Talks about peace. Peace")
    assert [word for _, _, word, _ in found] == ["Talks", "peace"]


def test_what_is_left_out_has_no_hits() -> None:
    assert hits("peace -war", "", "peace") == [("peace", "text", "peace", "word")]


def test_values_are_hits_too() -> None:
    document = Document("t", "a", site="news.example.org", url="https://news.example.org/Politics/1", language="en-GB")
    found = compile_query("lang:en site:example.org url:/politics/").match(prepare(document)).hits
    assert found == (
        Hit("lang:en", "lang", 0, 5, "en-GB", "value"),
        Hit("site:example.org", "site", 0, 16, "news.example.org", "value"),
        Hit("url:/politics/", "url", 24, 34, "/Politics/", "value"),
    )


def test_a_term_that_stands_everywhere_is_shown_a_few_times() -> None:
    assert len(hits("the", "", "the " * 1000)) == 8


@pytest.mark.parametrize(
    ("query", "text", "missing"),
    [
        ("talks", "peace", "no word talks"),
        ('"peace talks"', "peace", 'no phrase "peace talks"'),
        ("peace AND (Ankara OR Turkey)", "peace", "no word of (Ankara OR Turkey)"),
        ("war AND peace AND talks", "war", "no word peace"),  # the first that failed
        ("peace -war", "Peace, wars", "excluded by war: “wars” in the text"),
        ('peace -(war OR "peace talks")', "peace talks", 'excluded by war OR "peace talks": “peace talks” in the text'),
        ("talks NEAR/2 (peace OR war)", "talks", "no word of (peace OR war)"),
        ("talks NEAR/2 peace", "talks a b c peace", "too far apart: talks NEAR/2 peace"),
        ("title:(a OR b)", "a", "no word of (title:(a OR b))"),
        ("title:talks", "talks", "no title:talks"),
        ("peace lang:en", "peace", "not lang:en"),
        ("peace AND (a OR (b NOT c))", "peace", "no word of (a OR (b AND NOT c))"),
    ],
)
def test_a_query_that_does_not_match_names_the_clause_that_failed(query: str, text: str, missing: str) -> None:
    verdict = compile_query(query).match(prepare(Document("", text)))
    assert (verdict.matched, verdict.hits, verdict.missing) == (False, (), missing)


def test_a_long_clause_is_cut_in_the_reason() -> None:
    missing = compile_query(" OR ".join(f"word{n}" for n in range(500))).match(prepare(Document("", "x"))).missing
    assert missing is not None
    assert len(missing) < 200
    assert "…" in missing


def test_a_query_prints_as_canonical_text() -> None:
    query = compile_query("a b -c “d  e” (f OR g)")
    assert isinstance(query, Query)
    assert str(query) == 'a AND b AND NOT c AND "d e" AND (f OR g)'
    assert repr(query) == "Query('a AND b AND NOT c AND \"d e\" AND (f OR g)')"
