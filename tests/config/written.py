"""Writes configuration files for a test, and takes what was refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.topics import TopicsFile, load_topics

ENVIRON = {"DESK_URL": "ntfy://ntfy.example/desk", "AUDIT_SECRET": "open sesame, open sesame"}


def write(folder: Path, content: str | bytes, name: str = "topics.yaml") -> Path:
    """The path of a file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def topics(folder: Path, content: str | bytes) -> TopicsFile:
    """What a topics file with this content says."""
    return load_topics(write(folder, content), environ=ENVIRON)


def refused(load: Callable[[], object], folder: Path | None = None) -> list[str]:
    """The problems with which this is refused, without the folder."""
    with pytest.raises(ConfigError) as caught:
        load()
    prefix = f"{folder}/" if folder else ""
    return [str(problem).removeprefix(prefix) for problem in caught.value.problems]


def refused_topics(folder: Path, content: str | bytes) -> list[str]:
    """The problems with which a topics file of this content is refused."""
    return refused(lambda: topics(folder, content), folder)
