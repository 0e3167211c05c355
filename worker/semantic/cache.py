"""The graph on disk: made once for each model and version of the graph, then read.

A file's name ends in the SHA-256 of what it holds, so that half a file or a rotten one is seen, and made again.
Processes that find none each make one and put it in place whole; they are all the same. A folder that cannot be
written costs a second at each start, and a line in the log.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import structlog

log = structlog.get_logger()

ENDING = ".onnx"


def cached(folder: Path, name: str, make: Callable[[], bytes]) -> Path | bytes:
    """The file with what `make` gives, which is called if there is none or it is damaged.

    The content itself where it cannot be written.
    """
    for path in sorted(folder.glob(f"{name}.*{ENDING}")):
        if _is_whole(path):
            return path
        log.warning("semantic cache damaged", path=str(path))
    content = make()
    path = folder / f"{name}.{hashlib.sha256(content).hexdigest()}{ENDING}"
    try:
        _write(path, content)
    except OSError as error:
        log.warning("semantic cache not written", path=str(path), error=str(error))
        return content
    return path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _is_whole(path: Path) -> bool:
    try:
        return path.name.endswith(f".{digest_of(path)}{ENDING}")
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    number, written = tempfile.mkstemp(prefix=path.stem, suffix=".new", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(written).replace(path)
    except OSError:
        Path(written).unlink(missing_ok=True)
        raise
