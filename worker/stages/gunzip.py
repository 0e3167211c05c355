"""Unpacking gzip under a cap, whether a server packed its answer or the file it serves is packed itself.

A megabyte of gzip can hold a gigabyte, so the limit is enforced while unpacking and never after it.
"""

import zlib
from dataclasses import dataclass

MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024  # a small page of blanks may well pack better than that and harms nobody
MAX_MEMBERS = 1000  # a file may be several, one after another; each costs time, even an empty one of twenty bytes
MAGIC = b"\x1f\x8b"
PIECE_BYTES = 16 * 1024


class FloodError(ValueError):
    """Made to flood its reader. Its text says how."""


class BrokenGzipError(ValueError):
    """Not gzip, or damaged."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`is_whole`: nothing is missing, neither beyond the limit nor because what was packed ended too soon."""

    data: bytes
    is_whole: bool


def gunzip(packed: bytes, limit: int) -> Unpacked:
    """Unpack at most `limit` bytes. Raises FloodError or BrokenGzipError."""
    unpacker = Unpacker(limit)
    for start in range(0, len(packed), PIECE_BYTES):
        unpacker.feed(packed[start : start + PIECE_BYTES])
        if unpacker.is_full:
            break
    return unpacker.result()


class Unpacker:
    """Gzip in pieces, one member after another; never holds more than a byte above its limit, packed or unpacked."""

    def __init__(self, limit: int) -> None:
        self._data = bytearray()
        self._limit = limit
        self._received = 0
        self._used = 0
        self._members = 0
        self._begin_member()

    @property
    def is_full(self) -> bool:
        return len(self._data) > self._limit or self._received > self._limit

    def feed(self, piece: bytes) -> None:
        """Unpack a piece, as far as there is room. Raises FloodError or BrokenGzipError."""
        self._received += len(piece)
        while piece and not self.is_full:
            if self._member.eof:
                if not piece.startswith(MAGIC):
                    return  # padding after the last member
                self._begin_member()
            piece = self._take(piece)

    def result(self) -> Unpacked:
        is_whole = not self.is_full and (self._member.eof or not self._received)
        return Unpacked(bytes(self._data[: self._limit]), is_whole)

    def _begin_member(self) -> None:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise FloodError(f"more than {MAX_MEMBERS} gzip files in one: this is made to flood")
        self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    def _take(self, piece: bytes) -> bytes:
        """Unpack what fits; returns what was not used yet."""
        try:
            self._data += self._member.decompress(piece, self._limit + 1 - len(self._data))
        except zlib.error as error:
            raise BrokenGzipError("gzip that cannot be unpacked") from error
        rest = self._member.unused_data or self._member.unconsumed_tail
        # Held against what was used so far: of a bomb that comes in large pieces, the first one fills all the room.
        self._used += len(piece) - len(rest)
        if len(self._data) > max(RATIO_COUNTS_FROM, MAX_RATIO * self._used):
            raise FloodError(f"{self._used} bytes unpack to more than {len(self._data)}: this is made to flood")
        return rest
