"""Reading a body under limits: raw bytes capped, at most one layer of gzip, what it unpacks to capped as well.

A megabyte of gzip can hold a gigabyte, so the limit is enforced while unpacking and never after it. Other encodings
were not asked for and are refused: each further format is a further way to be flooded.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from worker.errors import PermanentError, TransientError

MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024  # a small page of blanks may well pack better than that and harms nobody

_GZIP = frozenset(["gzip", "x-gzip"])
_NONE = frozenset(["", "identity", "none", "utf-8"])  # the last two are mistakes that servers make, and harmless


class BodyError(PermanentError):
    """A body that is not read: packed in a way not asked for, or made to flood its reader."""


@dataclass(frozen=True, slots=True)
class Body:
    data: bytes
    truncated: bool


def read_body(chunks: Iterable[bytes], *, encoding: str, limit: int) -> Body:
    """Put a body together from raw chunks, at most `limit` bytes of it, both as sent and unpacked.

    Raises BodyError for a refused encoding or a bomb, TransientError for gzip that cannot be read.
    """
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in _NONE]
    if not names:
        return _plain(chunks, limit)
    if len(names) > 1 or names[0] not in _GZIP:
        raise BodyError(f"the server packed its answer as {', '.join(names[:3])}, but only gzip was offered")
    return _unpacked(chunks, limit)


def _plain(chunks: Iterable[bytes], limit: int) -> Body:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limit:
            return Body(bytes(data[:limit]), truncated=True)
    return Body(bytes(data), truncated=False)


def _unpacked(chunks: Iterable[bytes], limit: int) -> Body:
    unpacker = _Unpacker(limit)
    for chunk in chunks:
        unpacker.feed(chunk)
        if unpacker.is_full:
            return Body(bytes(unpacker.data[:limit]), truncated=True)
    return Body(bytes(unpacker.data), truncated=not unpacker.is_whole)


class _Unpacker:
    """Gzip in pieces, one member after another; never holds more than a byte above its limit."""

    def __init__(self, limit: int) -> None:
        self.data = bytearray()
        self._limit = limit
        self._received = 0
        self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    @property
    def is_full(self) -> bool:
        return len(self.data) > self._limit or self._received > self._limit

    @property
    def is_whole(self) -> bool:
        return self._member.eof or not self._received

    def feed(self, chunk: bytes) -> None:
        self._received += len(chunk)
        while chunk and not self.is_full:
            if self._member.eof:
                if not chunk.startswith(b"\x1f\x8b"):
                    return  # padding after the last member
                self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            chunk = self._take(chunk)

    def _take(self, chunk: bytes) -> bytes:
        """Unpack what fits; returns what was not used yet."""
        try:
            self.data += self._member.decompress(chunk, self._limit + 1 - len(self.data))
        except zlib.error as error:
            raise TransientError("the server sent gzip that cannot be unpacked") from error
        if len(self.data) > max(RATIO_COUNTS_FROM, MAX_RATIO * self._received):
            raise BodyError(f"{self._received} bytes unpack to more than {len(self.data)}: this is made to flood")
        return self._member.unused_data or self._member.unconsumed_tail
