"""Reading a body under limits: raw bytes capped, at most one layer of gzip, what it unpacks to capped as well.

Other encodings were not asked for and are refused: each further format is a further way to be flooded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from worker.errors import PermanentError, TransientError
from worker.stages.gunzip import BrokenGzipError, FloodError, Unpacker

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
    unpacker = Unpacker(limit)
    try:
        for chunk in chunks:
            unpacker.feed(chunk)
            if unpacker.is_full:
                break
    except FloodError as error:
        raise BodyError(str(error)) from error
    except BrokenGzipError as error:
        raise TransientError("the server sent gzip that cannot be unpacked") from error
    unpacked = unpacker.result()
    return Body(unpacked.data, truncated=not unpacked.is_whole)
