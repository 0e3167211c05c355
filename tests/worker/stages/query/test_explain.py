"""Why a query matched or did not: which clause decides, and what is said of each."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.query import Document, Explanation, QuerySyntaxError, compile_query, explain, lines, prepare
from worker.stages.query.explain import MAX_CLAUSES

ALIASES = Aliases([["Kyiv", "Kiev"], ["UN", "United Nations"]])
ARTICLE = prepare(
    Document(
        title="Talks in Ankara",
        text=(
            "Zelenskyy flew to Ankara on Monday to meet the Turkish leader, who hopes that some day, after so much war"
            " and so many lost years, a lasting peace may be found. The Ukrainian delegation told us that talks go on."
            " In Kiev, a gate was shut. The United Nations sent nobody."
        ),
        source="The Evening Herald",
        site="www.herald.example.org",
        authors=("Jane Doe",),
        url="https://www.herald.example.org/world/1",
        language="en",
        names=("Volodymyr Zelenskyy", "Ankara"),
        published=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
)


def told(query: str) -> Explanation:
    return explain(compile_query(query, ALIASES), ARTICLE)


def all_of(explanation: Explanation) -> list[Explanation]:
    return [explanation, *(inner for part in explanation.parts for inner in all_of(part))]


def decisive(explanation: Explanation) -> list[Explanation]:
    return [clause for clause in all_of(explanation) if clause.decisive]


# The query, the clauses that decide, and what is said of the first of them.
CASES = [
    # One word
    ("Ankara", ["Ankara"], "“Ankara” in the title, “Ankara” in the text"),
    ("Istanbul", ["Istanbul"], "not in the article"),
    ("Ukraine", ["Ukraine"], "“Ukrainian” stands in the text, Ukraine does not: write Ukrain*"),
    ("negotiations", ["negotiations"], "not in the article"),
    ("US", ["US"], "only “us” stands in the text, and US looks for capitals: write us"),
    ("UN", ["UN"], "“United Nations” in the text (an alias)"),
    ("Kyiv", ["Kyiv"], "“Kiev” in the text (an alias)"),
    ("Zelensky", ["Zelensky"], "“Zelenskyy” in the text (another spelling)"),
    ("zelensky", ["zelensky"], "only “Zelenskyy” stands in the text: write Zelensky to meet other spellings of a name"),
    ("Gates", ["Gates"], "only “gate” stands in the text, in small letters: a word with a capital looks for names"),
    ("talk", ["talk"], "“Talks” in the title (another ending), “talks” in the text (another ending)"),
    ("=talk", ["=talk"], "only “Talks” stands in the title, and = looks for this form alone: take = away"),
    ("=Talks", ["=Talks"], "“Talks” in the title (this very form), “talks” in the text (this very form)"),
    ("deleg*", ["deleg*"], "“delegation” in the text (it begins so)"),
    ("g?te", ["g?te"], "“gate” in the text (it fits)"),
    # Phrases
    ('"lasting peace"', ['"lasting peace"'], "“lasting peace” in the text"),
    (
        '"peace lasting"',
        ['"peace lasting"'],
        'nearest is “lasting peace” in the text, in another order: write "peace lasting"~0',
    ),
    ('"lasting years"', ['"lasting years"'], "nearest is “years, a lasting” in the text, 1 word between: "),
    ('"lasting truce"', ['"lasting truce"'], "no truce: not in the article"),
    ('"peace talks"~3', ['"peace talks"~3'], "9 words between; 3 are allowed"),
    ('"Monday Ankara"~1', ['"Monday Ankara"~1'], "“Ankara on Monday” in the text"),
    # Nearness
    ("Ankara NEAR/5 peace", ["Ankara NEAR/5 peace"], "“Ankara” stands in the text, but 23 words from “peace”; 5 are "),
    ("Ankara NEAR/5 Istanbul", ["Istanbul"], "not in the article"),
    ("Ankara NEAR/2 Monday", ["Ankara NEAR/2 Monday"], "“Ankara” in the text, “Monday” in the text"),
    ("talks NEAR/3 (Istanbul OR Geneva)", ["Istanbul OR Geneva"], "not in the article"),
    ("title:(talks NEAR/0 Ankara)", ["title:(talks NEAR/0 Ankara)"], "1 word from “Ankara”; 0 are allowed"),
    ('peace NEAR/5 "lasting peace"', ['peace NEAR/5 "lasting peace"'], "are the same words"),
    # AND
    ("Ankara AND Istanbul", ["Istanbul"], "not in the article"),
    ("Geneva AND Istanbul AND talks", ["Geneva", "Istanbul"], "not in the article"),
    ("Ankara AND talks", ["Ankara", "talks"], "“Ankara” in the title, "),
    # OR: the group as a whole, or the alternative that lacks least
    ("Geneva OR Istanbul", ["Geneva OR Istanbul"], "none of 2 holds"),
    ("(Ankara AND Geneva) OR (talks AND snow AND rain)", ["Geneva"], "not in the article"),
    ("(Ankara AND Geneva) OR (talks AND snow)", ["Geneva", "snow"], "not in the article"),
    ("(Geneva OR Istanbul) AND talks", ["Geneva OR Istanbul"], "none of 2 holds"),
    ("Geneva OR Ankara", ["Ankara"], "“Ankara” in the title, "),
    ("Ankara OR talks", ["Ankara", "talks"], "“Ankara” in the title, "),
    ("(Ankara OR Kyiv) AND peace", ["peace"], "“peace” in the text"),  # one flips it, of the others it takes two
    ("(Zelensky OR Ukraine) AND (Ankara OR Kyiv) AND (talks OR snow)", ["Zelensky", "talks"], "“Zelenskyy” in "),
    # NOT
    ("talks NOT war", ["NOT war"], "“war” in the text"),
    ("talks NOT snow", ["talks"], "“Talks” in the title, "),
    ('talks NOT (snow OR "lasting peace")', ['"lasting peace"'], "“lasting peace” in the text"),
    ("talks NOT (war OR peace)", ["war", "peace"], "“war” in the text"),
    ("talks NOT (war AND peace)", ["war", "peace"], "“war” in the text"),
    ("talks NOT (war AND peace AND (Ankara OR gate))", ["war", "peace"], "“war” in the text"),
    ("snow NOT war", ["snow", "NOT war"], "not in the article"),
    ("talks NOT title:(Ankara talks)", ["title:Ankara", "title:talks"], "“Ankara” in the title"),
    ("talks NOT (war NEAR/1 much)", ["NOT (war NEAR/1 much)"], "“much” in the text, “war” in the text"),
    # Fields
    ("title:Zelensky", ["title:Zelensky"], "“Zelenskyy” stands in the text, not in the title"),
    ("title:snow", ["title:snow"], "not in the title"),
    ("name:Kyiv", ["name:Kyiv"], "“Kiev” stands in the text, not in its names"),
    ("author:smith", ["author:smith"], "not in its authors"),
    ("source:reuters", ["source:reuters"], "not in its outlet"),
    ("source:herald", ["source:herald"], "“Herald” in its outlet, “herald” in its site"),
    ("Ankara lang:tr", ["lang:tr"], "the article is in en"),
    ("Ankara site:reuters.com", ["site:reuters.com"], "the article is on herald.example.org"),
    ("Ankara url:/sport/", ["url:/sport/"], "its address is “https://www.herald.example.org/world/1”"),
    ("Ankara since:2026-03-02", ["since:2026-03-02"], "the article is of 2026-03-01"),
    ("Ankara date:2026-02..2026-03 snow", ["snow"], "not in the article"),
    # Small letters
    ("Ankara or Istanbul", ["or", "Istanbul"], "“or” in small letters is a word to look for: write OR"),
]


@pytest.mark.parametrize(("query", "clauses", "why"), CASES, ids=[case[0] for case in CASES])
def test_the_decisive_clause_is_named_with_its_reason(query: str, clauses: list[str], why: str) -> None:
    found = decisive(told(query))
    assert [clause.text for clause in found] == clauses
    assert why in found[0].why


@pytest.mark.parametrize("query", [case[0] for case in CASES], ids=[case[0] for case in CASES])
def test_the_explanation_agrees_with_the_verdict(query: str) -> None:
    verdict = compile_query(query, ALIASES).match(ARTICLE)
    explanation = told(query)
    assert explanation.holds is verdict.matched
    assert all(clause.hits == () or clause.text for clause in all_of(explanation))
    if verdict.matched:
        shown = {hit for clause in all_of(explanation) if clause.holds for hit in clause.hits}
        assert set(verdict.hits) <= shown


def test_the_text_is_indented_with_signs() -> None:
    query = "(Zelensky OR Ukraine) AND Geneva AND NOT snow"
    assert lines(told(query)) == [
        "- (Zelensky OR Ukraine) AND Geneva AND NOT snow: 1 of 3 do not hold",
        "  + Zelensky OR Ukraine: 1 of 2 hold",
        "    + Zelensky: “Zelenskyy” in the text (another spelling)",
        "    - Ukraine: “Ukrainian” stands in the text, Ukraine does not: write Ukrain*",
        "  - Geneva: not in the article (decisive)",
        "  + NOT snow: it is not there",
    ]


def test_an_explanation_can_be_written_as_json() -> None:
    written = json.loads(json.dumps(asdict(told("Zelensky AND Geneva"))))
    assert written["parts"][0]["hits"][0]["found"] == "Zelenskyy"
    assert written["parts"][1]["decisive"] is True


def test_what_lies_in_title_and_text_is_not_together() -> None:
    article = prepare(Document("Hope for peace", "Talks resume"))
    why = explain(compile_query('"peace talks"'), article).why
    assert why == "“peace” in the title and “Talks” in the text: they would have to stand in one of these"
    assert explain(compile_query("peace NEAR/9 talks"), article).why == why


def test_an_article_without_anything_is_explained() -> None:
    empty = prepare(Document("", ""))
    for query in ("a", '"a b"', "a NEAR/2 b", "title:a", "author:a", "url:a", "site:a", "lang:en", "a since:2026"):
        explanation = explain(compile_query(query), empty)
        assert not explanation.holds
        assert all(clause.why for clause in decisive(explanation))


def test_a_long_query_is_told_in_bounded_size_with_what_decides() -> None:
    words = [f"w{number}" for number in range(1_200)]
    explanation = explain(compile_query(" OR ".join([*words, "Ankara"])), ARTICLE)
    assert len(all_of(explanation)) <= MAX_CLAUSES
    assert [clause.text for clause in decisive(explanation)] == ["Ankara"]
    assert "more are not shown" in explanation.why
    assert len(explanation.text) <= 200


WORDS = st.sampled_from(["Ankara", "talks", "snow", "war", "peace", "Kyiv", '"lasting peace"', "title:talks", "US"])
NEAR = st.builds("{} NEAR/3 {}".format, st.sampled_from(["war", "much", "snow"]), st.sampled_from(["peace", "so"]))
QUERIES = st.recursive(
    WORDS | NEAR,
    lambda inner: st.lists(inner, min_size=2, max_size=3).flatmap(
        lambda parts: st.sampled_from([f"({' OR '.join(parts)})", f"({' '.join(parts)})", f"-({parts[0]})"])
    ),
    max_leaves=8,
)


@settings(deadline=None)  # a loaded machine is no failure
@given(QUERIES)
def test_every_explanation_has_a_decisive_clause_and_agrees_with_its_parts(query: str) -> None:
    try:
        compiled = compile_query(query, ALIASES)
    except QuerySyntaxError:  # it only leaves out
        return
    explanation = explain(compiled, ARTICLE)
    assert explanation.holds is compiled.match(ARTICLE).matched
    assert decisive(explanation)
    for clause in all_of(explanation):
        if clause.text.startswith("NOT (") and len(clause.parts) == 1:
            assert clause.holds is not clause.parts[0].holds
