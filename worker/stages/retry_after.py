"""The Retry-After header, by which feeds, pages and webhooks ask for patience. What to do about it is the caller's."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(header: str, now: datetime) -> float | None:
    """A Retry-After header in either form (RFC 9110, 10.2.3): seconds, or a date. None when it is neither."""
    header = header.strip()
    if not header:
        return None
    if re.fullmatch(r"\d{1,10}", header, re.ASCII):
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return max(0.0, (until - now).total_seconds())
