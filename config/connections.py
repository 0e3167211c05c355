"""The addresses of database and broker: which are accepted, how they are written, how they are shown.

Nothing is connected to. The addresses hold passwords, so no message quotes them.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from config.messages import refuse

SQLITE = "sqlite:///"
_POSTGRESQL = re.compile(r"postgres(?:ql(?:\+psycopg)?)?://")
_PASSWORD = re.compile(r"(?<=://)([^:/@]*):.*@")
_SECRET_PARAMETER = re.compile(r"(?<=[?&])([^=&]*(?:pass|secret|token|key)[^=&]*)=[^&]*", re.IGNORECASE)
MASK = "***"


def file_database(folder: Path) -> SecretStr:
    """The database that stands in the data folder when no other is set."""
    return SecretStr(_file_url(folder / "storytrail.db"))


def usable_database(secret: SecretStr) -> SecretStr:
    """The address as SQLAlchemy takes it: SQLite with an absolute path, or PostgreSQL through psycopg."""
    url = secret.get_secret_value()
    if url.startswith(SQLITE):
        return SecretStr(_sqlite_url(url.removeprefix(SQLITE)))
    if not _POSTGRESQL.match(url):
        refuse("must begin with sqlite:/// or postgresql://")
    _refuse_bad_port(url)
    return SecretStr(_POSTGRESQL.sub("postgresql+psycopg://", url, count=1))


def _sqlite_url(rest: str) -> str:
    """An absolute path, so that every process finds the same file from whatever folder it was started in."""
    path, mark, options = rest.partition("?")
    if path in ("", ":memory:"):
        refuse("must name a file: a database in memory could not be shared between threads and processes")
    return _file_url(Path(path)) + mark + options


def _file_url(path: Path) -> str:
    return f"{SQLITE}{path.expanduser().absolute()}"


def usable_broker(secret: SecretStr) -> SecretStr:
    """The address as Celery takes it."""
    url = secret.get_secret_value()
    if not url.startswith(("memory://", "redis://", "rediss://")):
        refuse("must begin with redis://, rediss:// or memory://")
    _refuse_bad_port(url)
    return secret


def _refuse_bad_port(url: str) -> None:
    try:
        _ = urlsplit(url).port  # reading it is what checks it
    except ValueError:
        refuse("is not a correct address: look at its host and port; special characters in a password are written %40")


def masked(secret: str) -> str:
    """An address without its password; of anything else nothing is left."""
    if "://" not in secret:
        return MASK
    return _SECRET_PARAMETER.sub(rf"\1={MASK}", _PASSWORD.sub(rf"\1:{MASK}@", secret))
