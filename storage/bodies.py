"""Fetched bytes, stored once by their digest."""

import hashlib
import zlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.statements import insert_or_ignore
from storage.tables import Body


def store_body(session: Session, content: bytes, now: datetime) -> str:
    """Store the bytes unless they are there, and return their digest."""
    digest = hashlib.sha256(content).hexdigest()
    insert_or_ignore(session, Body, [{"digest": digest, "content": zlib.compress(content, 6), "stored": now}])
    return digest


def load_body(session: Session, digest: str) -> bytes:
    return zlib.decompress(session.scalars(select(Body.content).where(Body.digest == digest)).one())
