"""What a receipt keeps of a match, that it says where, and that it is bounded whatever matched."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from pydantic_core import to_json

from worker.stages.aliases import NO_ALIASES, Aliases
from worker.stages.drift import Kinship
from worker.stages.examples import Likeness
from worker.stages.follow import Coverage
from worker.stages.match import By, Match, Topic, judge
from worker.stages.query import Document, compile_query, prepare
from worker.stages.receipt import MAX_HITS, Following, Place, Receipt, Score, receipt

TEXT = "The envoy left. Zelenskiy flew to Kiev, by way of Ankara. He meant to come back for talks.\n\nNo date was set."
MANY = [f"word{number}" for number in range(900)]


def receipt_of(query: str, *, title: str = "", text: str = TEXT, aliases: Aliases = NO_ALIASES) -> Receipt:
    document = prepare(Document(title, text, source="The Daily Example", language="en"))
    match = judge(Topic("Ankara", "1a2b", compile_query(query, aliases)), document)
    assert isinstance(match, Match)
    return receipt(match, document, aliases, 2)


def matched(by: By, reason: str) -> Match:
    return Match("Ankara", "1a2b", by, (), reason)


def test_it_names_topic_version_and_revision() -> None:
    found = receipt_of("talks")
    assert (found.topic, found.version, found.revision, found.by, found.reason) == (
        "Ankara",
        "1a2b",
        2,
        "query",
        "talks",
    )


def test_each_hit_stands_in_the_sentence_that_it_names() -> None:
    found = receipt_of("Zelensky AND talks AND date")
    told = {hit.term: (hit.sentence, TEXT[hit.sentence.start : hit.sentence.end]) for hit in found.hits if hit.sentence}
    assert {term: place.index for term, (place, _) in told.items()} == {"Zelensky": 1, "talks": 2, "date": 3}
    assert told["Zelensky"][1] == "Zelenskiy flew to Kiev, by way of Ankara."
    assert all(TEXT[hit.start : hit.end] == hit.found for hit in found.hits)


def test_a_title_is_one_sentence_and_an_outlet_has_none() -> None:
    found = receipt_of("title:talks AND source:example", title="Of talks. And more")
    assert [(hit.field, hit.sentence) for hit in found.hits] == [("title", Place(0, 0, 18)), ("source", None)]


def test_an_alias_is_told_with_its_group_and_another_spelling_without() -> None:
    found = receipt_of("Kyjiw AND Zelensky", aliases=Aliases([["Kyjiw", "Kiev", "Київ"]]))
    assert [(hit.found, hit.by, hit.alias) for hit in found.hits] == [
        ("Kiev", "alias", ("Kyjiw", "Kiev", "Київ")),
        ("Zelenskiy", "spelling", ()),
    ]


def test_a_phrase_that_is_an_alias_is_told_with_its_group_too() -> None:
    aliases = Aliases([["United Nations", "UN"]])
    (hit,) = receipt_of('"United Nations"', text="The UN said so.", aliases=aliases).hits
    assert (hit.found, hit.alias) == ("UN", ("United Nations", "UN"))


def test_of_many_hits_the_first_of_each_term_is_kept_and_the_rest_counted() -> None:
    words = [f"{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    found = receipt_of(" ".join(words), text=" ".join(words * 8))
    assert len(found.hits) == MAX_HITS
    assert {hit.term for hit in found.hits} == set(words)
    assert found.more_hits == 8 * len(words) - MAX_HITS
    assert [hit.start for hit in found.hits[:2]] == [0, 78]  # in the order of the query and the text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (" OR ".join(MANY), " ".join(MANY)),
        ('"' + " ".join(["long" * 25] * 50) + '"', " ".join(["long" * 25] * 200)),  # a phrase of 5,000 characters
        ("talks", "talks " * 20_000),
        ("talks", "\U0001f5de " * 1_000_000 + "talks"),
    ],
    ids=["many words", "long phrase", "a word for ever", "emoji before it"],
)
def test_a_receipt_is_bounded_whatever_matched(query: str, text: str) -> None:
    assert len(to_json(asdict(receipt_of(query, text=text)))) < 40_000


def test_what_follows_says_since_when_and_for_how_long() -> None:
    now = datetime(2026, 3, 14, tzinfo=UTC)
    covered = Coverage(now - timedelta(days=9), now - timedelta(days=3))
    following = Following(covered, now, followed_for=timedelta(days=7))
    document = prepare(Document("", TEXT))
    found = receipt(
        matched("follow", "belongs to the followed story “A trip”"), document, NO_ALIASES, 1, following=following
    )
    assert found.reason == (
        "belongs to the followed story “A trip”, last covered 3 days before (followed for 7 quiet days)"
    )
    assert (found.hits, found.scores, found.drift) == ((), (Score("days since the last coverage", 3, 7),), None)


def test_drift_is_told_with_its_figures() -> None:
    now = datetime(2026, 3, 14, tzinfo=UTC)
    following = Following(Coverage(now, now), now, (Kinship(1, 9), Kinship(0, 7), Kinship(1, 10)))
    found = receipt(matched("follow", "follows"), prepare(Document("", TEXT)), NO_ALIASES, 1, following=following)
    assert found.reason.endswith("; this story now shares few names with your topic (1 of 9)")
    assert found.drift == Kinship(1, 9)


def test_a_likeness_is_told_against_its_limit() -> None:
    likeness = Likeness("https://example.org/a", 0.4249, 0.3)
    found = receipt(matched("like", ""), prepare(Document("", TEXT)), NO_ALIASES, 1, likeness=likeness)
    assert found.reason == "is like the example https://example.org/a (0.42 of at least 0.30)"
    assert found.scores == (Score("likeness to https://example.org/a", 0.425, 0.3),)
