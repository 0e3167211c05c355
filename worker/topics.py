"""The topics in force: the topics file, compiled, and read again when it changes.

A file with an error is not taken: the last good one stays in force, and `error` says what is wrong with the new one.
"""

import os
import threading
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import structlog

from config.errors import ConfigError, Problem
from config.topics import Topic as WrittenTopic
from config.topics import TopicsFile, load_topics
from worker.stages.aliases import Aliases
from worker.stages.match import Topic
from worker.stages.query import QuerySyntaxError, compile_query
from worker.stages.topic_index import TopicIndex

log = structlog.get_logger()


@dataclass(frozen=True)
class TopicsInForce:
    """One version of the topics file, ready to be matched against."""

    file: TopicsFile
    aliases: Aliases
    index: TopicIndex
    by_name: Mapping[str, WrittenTopic]


def compile_topics(file: TopicsFile, path: Path) -> TopicsInForce:
    """Compile each topic's query. Errors in queries are told with their place in the file."""
    aliases = Aliases(file.aliases)
    problems: list[Problem] = []
    topics = []
    for written in file.topics:
        try:
            topics.append(_compile(written, aliases))
        except QuerySyntaxError as error:
            place = written.place_in_query(error.line, error.column)
            problems.append(Problem(str(path), place.line, place.column, f"in the query of {written.name!r}: {error}"))
    if problems:
        raise ConfigError(*problems)
    return TopicsInForce(file, aliases, TopicIndex(topics), {written.name: written for written in file.topics})


class LiveTopics:
    """The topics in force in this process. Threads share it."""

    def __init__(self, path: Path, *, required: bool, environ: Mapping[str, str] | None = None) -> None:
        self._path = path
        self._environ = os.environ if environ is None else environ
        self._lock = threading.Lock()
        self._stamp = self._look()
        self._current = self._load(required)
        self.error: str = ""

    def in_child(self) -> Self:
        """For a child of a fork: the same version in force, with a lock of its own."""
        child = copy(self)
        child.__dict__["_lock"] = threading.Lock()
        return child

    def current(self) -> TopicsInForce:
        """The newest good version; looks whether the file has changed."""
        with self._lock:
            stamp = self._look()
            if stamp != self._stamp:
                self._stamp = stamp
                self._try_to_load()
            return self._current

    def _try_to_load(self) -> None:
        try:
            self._current = self._load(required=True)
        except ConfigError as error:
            self.error = str(error)
            log.error(  # noqa: TRY400 -- the place in the file says it all, a traceback would hide it
                "topics file refused, the last good one stays in force", error=self.error
            )
        else:
            self.error = ""
            log.info("topics file loaded", topics=len(self._current.by_name))

    def _load(self, required: bool) -> TopicsInForce:
        return compile_topics(load_topics(self._path, environ=self._environ, required=required), self._path)

    def _look(self) -> tuple[float, int] | None:
        """What changes when the file does: time and size."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime, status.st_size


def _compile(written: WrittenTopic, aliases: Aliases) -> Topic:
    return Topic(
        key=written.name,
        version=written.version,
        query=compile_query(written.query, aliases) if written.query else None,
        languages=frozenset(written.languages),
        only_sources=frozenset(written.sources.only or ()) if written.sources else frozenset(),
        except_sources=frozenset(written.sources.excluded or ()) if written.sources else frozenset(),
        follow=written.follow,
        like=tuple(written.like),
    )
