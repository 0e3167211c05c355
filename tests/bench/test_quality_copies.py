"""The bench measures what it says it does: checked on a small set of made-up articles."""

import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.quality import copies
from bench.quality.copies import Article, Item, Verdicts

MORNING = datetime(2018, 11, 1, tzinfo=UTC)
OUTLETS = [f"Outlet {number}" for number in range(12)]
VOCABULARY = [
    f"{start}{end}" for start in "bdfgklmnprstvz" for end in ("a", "elo", "imir", "oru", "unta", "ysk", "eb", "og")
]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Enough for both halves, of words that mean nothing."""
    chance = random.Random(7)  # noqa: S311 -- made-up words, the same each time

    def paragraph() -> str:
        return " ".join(chance.choice(VOCABULARY) for _ in range(40)) + "."

    return [
        {
            "url": f"https://example.org/{number}",
            "source": OUTLETS[number % len(OUTLETS)],
            "published": f"{MORNING + timedelta(days=number % 20):%Y-%m-%d}",
            "text": "\n\n".join(paragraph() for _ in range(7)),
        }
        for number in range(72)
    ]


@pytest.mark.parametrize("half", copies.HALVES)
def test_a_stream_holds_copies_of_every_kind_in_order_of_time(articles: list[Article], half: str) -> None:
    items = copies.stream(articles, half, originals=2)
    assert {item.made for item in items} >= {"", *copies.EDITS, *copies.EMBEDDED, "shared quotation", "form filled in"}
    assert [item.published for item in items] == sorted(item.published for item in items)
    assert copies.stream(articles, half, originals=2) == items
    assert {copies.half_of(item.outlet) for item in items if not item.made} == {half}


def test_what_is_told_from_the_stream_is_told_rightly(articles: list[Article]) -> None:
    """Of words drawn by chance there is nothing to mistake: every copy is found, and nothing else."""
    items = copies.stream(articles, "development", originals=2)
    verdicts = copies.decide(items)
    found = copies.score(items, verdicts)
    assert (found.precision, found.recall, found.f1) == (1.0, 1.0, 1.0)
    assert set(copies.recall_by_edit(items, verdicts).values()) == {1.0}
    assert copies.taken_wrongly(items, verdicts) == (set(), set())
    assert list(copies.wrong(items)) == []


def test_other_methods_find_whole_texts_only(articles: list[Article]) -> None:
    items = copies.stream(articles, "development", originals=2)
    for method in (copies.by_jaccard, copies.by_simhash):
        recall = copies.recall_by_edit(items, method(items))
        assert recall["dateline changed"] == 1.0
        assert recall["half embedded"] == 0.0


def test_scores_count_pairs() -> None:
    items = [Item("A", MORNING, "", group) for group in ("one", "one", "one", "two")]
    found = copies.score(items, Verdicts([0, 0, 2, 2]))
    assert (found.right, found.found, found.true) == (1, 2, 3)
    assert found.f1 == pytest.approx(2 / 5)
    assert copies.taken_wrongly(items, Verdicts([0, 0, 2, 2])) == ({(2, 3)}, set())
    assert copies.taken_wrongly(items, Verdicts([0, 0, 2, 2], frozenset([3]))) == (set(), {(2, 3)})


def test_real_copies_that_were_labelled_are_of_one_group() -> None:
    later, earlier = sorted(copies.LABELLED)[0]
    items = [Item("A", MORNING, "", earlier), Item("B", MORNING, "", later), Item("C", MORNING, "", "another")]
    assert copies.truth(items) == [earlier, earlier, "another"]


def test_reports_of_one_event_are_near_in_words_and_days_and_of_two_outlets() -> None:
    event = "ferry captain harbour rocks lifeboat island storm rescue passengers night"
    other = "budget minister parliament taxes vote deputies committee chamber debate deficit"
    items = [
        Item("A", MORNING, event, "1"),
        Item("B", MORNING + timedelta(days=1), event + " coastguard", "2"),
        Item("A", MORNING + timedelta(days=1), event + " again", "3"),  # of the first one's outlet
        Item("C", MORNING + timedelta(days=9), event + " inquiry", "4"),  # a week later
        *(Item("D", MORNING, f"{other} {number}", f"d{number}") for number in range(9)),
    ]
    assert copies.same_event(items) == {(0, 1), (1, 2)}


def test_without_data_the_table_says_so() -> None:
    [row] = copies.measure(None)
    assert row.ours is None
    assert row.note.startswith("not measured")


def test_articles_are_read_from_the_data_folder(tmp_path: Path, articles: list[Article]) -> None:
    (tmp_path / "articles").mkdir()
    with gzip.open(tmp_path / "articles" / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in articles)
    assert copies.load(tmp_path) == articles
