"""Column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Aware in Python, whatever the database keeps; a naive value is refused, as its zone is a guess.

    SQLite has no type for it: it keeps the text that SQLAlchemy would write, in UTC and without a zone. That is done
    here in one step, because of all that is stored of a new article its times took longest.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _in_utc if dialect.name == "postgresql" else _as_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002 -- SQLAlchemy's signature
        return _in_utc if dialect.name == "postgresql" else _from_text


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError(f"a time without a zone: {value!r}")
    return value.astimezone(UTC)


@lru_cache(maxsize=1024)  # the same moment stands in many columns of many rows that are written together
def _as_text(value: datetime | None) -> str | None:
    utc = _in_utc(value)
    return None if utc is None else utc.replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


# SQLite numbers its rows only in an INTEGER primary key; PostgreSQL's should not run out at two thousand million.
Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")
Digest = String(64)
