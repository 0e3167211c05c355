"""Dates in a query: what they mean, and which articles are within."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from worker.stages.query import Document, compile_query, prepare

MIDNIGHT = datetime(2026, 2, 1, tzinfo=UTC)


def matches(query: str, published: datetime | None) -> bool:
    return compile_query(f"talks {query}").match(prepare(Document("", "talks", published=published))).matched


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("since:2026-02", True, True),
        ("since:2026-02-02", False, False),
        ("until:2026-01", False, True),
        ("until:2026-02-01", True, True),  # all of the day
        ("date:2026-02-01", True, False),
        ("date:2026", True, True),
        ("date:2026-01..2026-01-31", False, True),
        ("date:2026-01..2026-02", True, True),
        ("date:..2026-01", False, True),
        ("date:2026-02..", True, False),
        ('date:"2026-02"', True, False),
        ("-since:2026-02", False, True),
        ("(since:2027 OR until:2026-01)", False, True),
        ("date:(2026-02 OR 2027)", True, False),
    ],
)
def test_a_date_means_all_of_its_day_month_or_year(query: str, *, first: bool, last: bool) -> None:
    """Of the first moment of February, and the last of January."""
    if query in {"since:2026-02", "date:2026"}:
        assert matches(query, MIDNIGHT)
    else:
        assert matches(query, MIDNIGHT) is first
        assert matches(query, MIDNIGHT - timedelta(microseconds=1)) is last


def test_an_article_without_a_date_is_at_no_time() -> None:
    assert not matches("since:2000", None)
    assert not matches("until:2100", None)
    assert matches("-since:2000", None)


def test_time_zones_count_and_a_time_without_one_is_in_utc() -> None:
    kyiv = timezone(timedelta(hours=2))
    assert not matches("since:2026-02", datetime(2026, 2, 1, 1, tzinfo=kyiv))
    assert matches("since:2026-02", datetime(2026, 2, 1, 1))  # noqa: DTZ001 - that is what is tried


def test_a_hit_is_the_day() -> None:
    (words, day) = compile_query("talks since:2026").match(prepare(Document("", "talks", published=MIDNIGHT))).hits
    assert (day.term, day.field, day.found, day.by) == ("since:2026", "since", "2026-02-01", "value")
    assert words.found == "talks"
