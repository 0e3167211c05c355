"""The measure of pages itself: that its figures are what their names say."""

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bench.quality.pages import (
    GOALS,
    is_an_author_right,
    is_date_right,
    is_title_right,
    load_pages,
    measure,
    read_ours,
    run_f1,
    word_f1,
    words,
)

PARAGRAPHS = (
    "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull.",
    "Some 340 passengers were taken to hotels, the harbour master said, and a smaller ship will sail on Thursday.",
    "The company called the inspection a formality. The union of seamen said it had warned of the crack in May.",
)
PAGE = (
    "<html><head><title>Ferry stopped</title><meta property='og:title' content='Ferry stopped'>"
    "<meta name='author' content='Ann Lee'>"
    "<meta property='article:published_time' content='2025-11-19T08:00:00+02:00'></head>"
    f"<body><article>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}</article></body></html>"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    gold = {
        "file": "Herald_2025_11_19.html.gz",
        "set": "fundus",
        "url": "https://herald.example/ferry",
        "title": "Ferry stopped",
        "authors": ["Ann Lee"],
        "published": "2025-11-19 08:00:00+02:00",
        "body": "\n".join(PARAGRAPHS),
    }
    bare = {key: gold[key] for key in ("url", "body")} | {"file": "x-1.html.gz", "set": "scrapinghub"}
    folder = tmp_path / "pages"
    folder.mkdir()
    for each in (gold, bare):
        (folder / str(each["file"])).write_bytes(gzip.compress(PAGE.encode()))
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, (gold, bare))), encoding="utf-8")
    return tmp_path


def test_what_is_measured_stands_beside_its_goal_and_trafilatura(data: Path) -> None:
    rows = {row.what.partition(" (")[0]: row for row in measure(data)}
    assert set(GOALS) < set(rows)
    for what in GOALS:
        assert rows[what].ours == 1.0
        assert rows[what].is_met
        assert "trafilatura" in rows[what].others


def test_without_data_the_rows_say_so() -> None:
    rows = measure(None)
    assert {row.what for row in rows} == set(GOALS)
    assert all(row.ours is None and row.note.startswith("not measured") for row in rows)


def test_an_outlet_is_in_one_half_with_all_its_pages(data: Path) -> None:
    herald, other = load_pages(data / "pages")
    assert (herald.outlet, other.outlet) == ("Herald", "herald.example")
    assert (other.title, other.published) == (None, None)
    assert read_ours(herald).text == herald.text


@pytest.mark.parametrize(
    ("gold", "found", "share"),
    [
        ("", "", 1.0),
        ("The ferry", "", 0.0),
        ("The ferry sails", "the FERRY, sails!", 1.0),
        ("a b c d", "a b", 2 / 3),  # precision 1, recall 1/2
        ("a a", "a", 2 / 3),  # as often as it occurs
        ("船が出る", "船が出た", 3 / 4),  # a character is a word
        ("Selbst\u00adbestimmung", "Selbstbestimmung", 1.0),  # a soft hyphen is not shown
    ],
)
def test_words_are_compared_as_often_as_they_occur(gold: str, found: str, share: float) -> None:
    assert word_f1(gold, found) == pytest.approx(share)


def test_words_of_all_scripts_are_parted() -> None:
    assert words("Київ, Αθήνα القاهرة 서울 東京") == ["київ", "αθήνα", "القاهرة", "서울", "東", "京"]


@pytest.mark.parametrize(
    ("pairs", "f1"),
    [
        ([], None),
        ([("a b c d", "a b c d")], 1.0),
        ([("a b", "a b")], 1.0),  # shorter than a run: one run
        ([("a b c d e", "a b c d x")], 0.5),  # one run of two on either side
        # Pages weigh the same whatever their length.
        ([("a b c d", "a b c d"), ("a b c d " * 20, "x y z w")], 0.5),
        # Where nothing was found there is no precision, and no recall where nothing was to be found.
        ([("a b c d", "a b c d"), ("a b c d", "")], 2 / 3),
        ([("a b c d", "a b c d"), ("", "a b c d")], 2 / 3),
    ],
)
def test_runs_of_words_are_scored_page_by_page(pairs: list[tuple[str, str]], f1: float | None) -> None:
    assert run_f1(pairs) == (None if f1 is None else pytest.approx(f1))


def test_titles_dates_and_authors_are_judged_as_people_would() -> None:
    assert is_title_right("“Ferry” stopped", "Ferry stopped!")
    assert not is_title_right("Ferry stopped", "Ferry stopped | Herald")
    late = datetime(2025, 11, 19, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert is_date_right(late, datetime(2025, 11, 20, tzinfo=UTC))  # that day in UTC
    assert is_date_right(late, datetime(2025, 11, 19, tzinfo=UTC))  # that day as written
    assert not is_date_right(late, datetime(2025, 11, 21, tzinfo=UTC))
    assert not is_date_right(late, None)
    assert is_an_author_right(["Ann Lee", "Bo Ek"], ["EK, Bo"])
    assert not is_an_author_right(["Ann Lee"], ["Ann Leeds", ""])
