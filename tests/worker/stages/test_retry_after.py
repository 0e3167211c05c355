"""Retry-After: both forms, and what is neither."""

from datetime import UTC, datetime

import pytest

from worker.stages.retry_after import retry_after_seconds

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 02 Mar 2026 12:05:00 GMT", 300.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),  # already over
        ("Monday, 02-Mar-26 12:05:00 GMT", 300.0),  # the old form, still allowed
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),  # a digit, but not one of HTTP's
        ("99999999999999999999", None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str, expected: float | None) -> None:
    assert retry_after_seconds(header, NOW) == expected
