"""Vectors of sentences: what two texts have in common when they share no word. Comparing, adding up, writing down.

A `Vector` is where one text points, a `Centre` the sum of the vectors of a story's articles, from which each can be
taken out again. Both name the model they come from, because directions of different models mean nothing to each
other: comparing them is an error of the caller, not a low likeness.

Where vectors come from is behind `Embedder`; nothing here needs a model, and nothing in Storytrail needs a vector.
"""

import base64
import binascii
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

LARGEST_CODE = 127
MAX_DIMENSIONS = 4096
PASSAGE_CHARACTERS = 400  # of the text; with a title this is about a hundred tokens
SHORTEST_SUM = 1e-3  # below, what is left of a sum is rounding
_MODEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")


class VectorError(ValueError):
    """Not a vector, or vectors that cannot be compared."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Where a text points, of unit length.

    `codes` holds a signed byte for each dimension, the largest of them 127 or -127: a quarter of the room that floats
    take, for a cosine that is off by 0.0001. What is computed in memory and what was read back are thereby the same.
    """

    model: str
    codes: bytes
    unit: Numbers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = np.frombuffer(self.codes, np.int8).astype(np.float32)
        squares = float(numbers.dot(numbers))
        if not squares:
            raise VectorError("a vector needs a direction, and this one has only zeros")
        numbers *= 1.0 / math.sqrt(squares)
        object.__setattr__(self, "unit", numbers)

    def to_text(self) -> str:
        """The model's name and the codes in base64; 512 characters and the name for 384 dimensions."""
        return _to_text(self.model, self.codes)

    @classmethod
    def from_text(cls, text: str) -> "Vector":
        """What `to_text` wrote. Raises VectorError."""
        return cls(*_from_text(text))


@dataclass(frozen=True, slots=True)
class Centre:
    """What the articles of a story have in common: the sum of their vectors, each by its weight.

    The sum is kept as it is, and not brought to unit length. Its length says how much the articles agree, and only with
    it can one of them be taken out: after any order of adding and taking out, the same articles give the same
    centre, but for the rounding of floats. A centre without articles has no direction, and resembles nothing.
    """

    model: str
    sums: bytes  # little-endian 32-bit floats; in bytes, because small steps would vanish in a sum of many articles
    unit: Numbers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = np.frombuffer(self.sums, "<f4")
        length = math.sqrt(float(numbers.dot(numbers)))
        unit = numbers * np.float32(1.0 / length) if length >= SHORTEST_SUM else np.zeros_like(numbers)
        object.__setattr__(self, "unit", unit)

    @classmethod
    def of(cls, vector: Vector, weight: float = 1.0) -> "Centre":
        """The centre of a story of one article."""
        return cls(vector.model, _to_bytes(vector.unit * np.float32(weight)))

    def add(self, vector: Vector, weight: float = 1.0) -> "Centre":
        """With one more article."""
        _require_comparable(self, vector)
        return Centre(self.model, _to_bytes(np.frombuffer(self.sums, "<f4") + vector.unit * np.float32(weight)))

    def remove(self, vector: Vector, weight: float = 1.0) -> "Centre":
        """Without an article that was added with this weight."""
        return self.add(vector, -weight)

    def to_text(self) -> str:
        """The model's name and the sums in base64; 2,048 characters and the name for 384 dimensions."""
        return _to_text(self.model, self.sums)

    @classmethod
    def from_text(cls, text: str) -> "Centre":
        """What `to_text` wrote. Raises VectorError."""
        model, sums = _from_text(text)
        if len(sums) % 4 or not np.isfinite(np.frombuffer(sums, "<f4")).all():
            raise VectorError("a centre is written as 32-bit floats, and these bytes are not")
        return cls(model, sums)


class Embedder(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """The model and its version: whatever changes the vectors changes the name."""

    def reads(self, language: str) -> bool:
        """Whether vectors of texts in this language mean anything; those of others only tell the language."""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order. Any text will do; the same text always gives the same vector."""


def passage(title: str, text: str) -> str:
    """What of an article is turned into a vector: its title, and what its text begins with.

    A title alone tells too little, and texts that go on drift from the event to its background.
    """
    return f"{title}\n{text[:PASSAGE_CHARACTERS]}".strip()


def vector_of(model: str, numbers: Sequence[float] | NDArray[np.floating[Any]]) -> Vector:
    """The direction of these numbers, of any length but zero. Raises VectorError."""
    if not _MODEL.fullmatch(model):
        raise VectorError(f"a model's name has letters, digits, dots and hyphens, 64 at most, not {model[:80]!r}")
    values = np.asarray(numbers, np.float32)
    largest = float(np.abs(values).max(initial=0.0))
    if not 0.0 < largest < math.inf:
        raise VectorError("a vector needs finite numbers that are not all zero")
    return Vector(model, np.rint(values * (LARGEST_CODE / largest)).astype(np.int8).tobytes())


def is_comparable(one: Vector | Centre | None, other: Vector | Centre | None) -> bool:
    """Whether both are there and of one model. After a change of models, what is stored is of the old one."""
    return one is not None and other is not None and one.model == other.model and one.unit.size == other.unit.size


def cosine(one: Vector | Centre, other: Vector | Centre) -> float:
    """How alike two directions are, from -1 to 1; 0 for a centre without articles. Raises VectorError."""
    _require_comparable(one, other)
    return float(one.unit.dot(other.unit))


def _require_comparable(one: Vector | Centre, other: Vector | Centre) -> None:
    if one.model != other.model:
        raise VectorError(f"a vector of {one.model!r} cannot be compared with one of {other.model!r}")
    if one.unit.size != other.unit.size:
        raise VectorError(f"vectors of {one.unit.size} and {other.unit.size} dimensions cannot be compared")


def _to_bytes(numbers: Numbers) -> bytes:
    return numbers.astype("<f4").tobytes()


def _to_text(model: str, content: bytes) -> str:
    return f"{model}:{base64.b64encode(content).decode('ascii')}"


def _from_text(text: str) -> tuple[str, bytes]:
    model, colon, written = text.partition(":")
    if not colon or not _MODEL.fullmatch(model):
        raise VectorError(f"a vector is written as model:base64, not {text[:40]!r}")
    try:
        content = binascii.a2b_base64(written, strict_mode=True)
    except ValueError as error:
        raise VectorError(f"the numbers of a vector are written in base64: {error}") from error
    if not 0 < len(content) <= 4 * MAX_DIMENSIONS:
        raise VectorError(f"a vector has 1 to {MAX_DIMENSIONS} dimensions, not {len(content)} bytes of them")
    return model, content
