"""Fetched bytes, stored once by their digest."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.statements import insert_or_ignore
from storage.tables import Article, Body, Push


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes ready to be stored, and the digest they are known by."""

    digest: str
    content: bytes


def pack(content: bytes) -> Packed:
    """Compress the bytes; apart from storing them, as it takes a while and a transaction should not."""
    return Packed(hashlib.sha256(content).hexdigest(), zlib.compress(content, 6))


def unpack(packed: Packed) -> bytes:
    """The bytes as they came."""
    return zlib.decompress(packed.content)


def store_body(session: Session, packed: Packed, now: datetime) -> str:
    """Store the bytes unless they are there, and return their digest."""
    insert_or_ignore(session, Body, [{"digest": packed.digest, "content": packed.content, "stored": now}])
    return packed.digest


def load_body(session: Session, digest: str) -> bytes:
    return zlib.decompress(session.scalars(select(Body.content).where(Body.digest == digest)).one())


def drop_unused(session: Session, digest: str) -> None:
    """Delete the bytes if nobody refers to them any more."""
    is_used = exists().where(Article.body_digest == digest) | exists().where(Push.body_digest == digest)
    try:
        with session.begin_nested():
            session.execute(delete(Body).where(Body.digest == digest, ~is_used))
    except IntegrityError:
        return  # somebody has come to refer to them while we looked: PostgreSQL then keeps them
