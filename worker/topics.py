"""The topics in force: the topics file, or a folder of them, compiled, and read again when it changes.

A file with an error is not taken: its last good version stays in force, and `error` says what is wrong with the new
one. In a folder the others are taken all the same; what one may say of another is told in `config.topics`.
"""

import gc
import hashlib
import os
import re
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

import structlog

from config.channels import with_built_in
from config.errors import ConfigError, Problem
from config.topics import ALONE, SHARED_FILE, Surroundings, TopicsFile
from config.topics import Topic as WrittenTopic
from worker.kept_files import KeptFiles
from worker.stages.aliases import Aliases
from worker.stages.topic_index import TopicIndex
from worker.topics_file import CompiledFile, TopicsReader
from worker.topics_watch import TopicsWatch

log = structlog.get_logger()

MANY_TOPICS = 1_000
_OWNER = re.compile(r"[\w .-]{1,50}")


@dataclass(frozen=True)
class TopicsInForce:
    """One version of the topics, ready to be matched against. `aliases`: those by which names in articles are read."""

    file: TopicsFile
    aliases: Aliases
    index: TopicIndex
    by_name: Mapping[str, WrittenTopic]


def compile_topics(file: TopicsFile, path: Path) -> TopicsInForce:
    """Compile each topic's query. Errors in queries are told with their place in the file."""
    return _in_force(file, [TopicsReader(path, ALONE, {}, KeptFiles(None)).compiled(file)])


class LiveTopics:
    """The topics in force in this process. Threads share it.

    `kept`: the file in which what was made of the topics outlives the process. `clock`: seconds that only go on.
    """

    def __init__(
        self,
        path: Path,
        *,
        required: bool,
        environ: Mapping[str, str] | None = None,
        kept: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._environ = os.environ if environ is None else environ
        self._kept = KeptFiles(kept)
        self._lock = threading.Lock()
        self._watch = TopicsWatch(path, clock)
        self._files: dict[Path, CompiledFile] = {}
        self._refused: dict[Path, ConfigError] = {}
        with _collector_at_rest(self._are_many, is_start=True):
            self._start(required)
            self._current = self._merged(None)
        if self._watch.is_folder:
            self._kept.drop_others(path, self._watch.files)

    @property
    def error(self) -> str:
        """What is wrong with the files as they are now, a line for each problem; "" when all are in force."""
        return "\n".join(map(str, self.problems))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The same, one by one."""
        return tuple(problem for error in self._refused.values() for problem in error.problems)

    def in_child(self) -> Self:
        """For a child of a fork: the same version in force, with a lock of its own."""
        child = copy(self)
        child.__dict__["_lock"] = threading.Lock()
        return child

    def current(self) -> TopicsInForce:
        """The newest good version; looks whether a file has changed."""
        with self._lock:
            self._take_changes()
            return self._current

    def _are_many(self) -> bool:
        return sum(len(one.topics) for one in self._files.values()) >= MANY_TOPICS

    def _start(self, required: bool) -> None:
        """A broken file is refused, if it is all there is; in a folder what was kept of it holds, and the others."""
        changes = self._watch.changes()
        for path in changes.changed if changes else ():
            if not self._watch.is_folder:
                self._files[path] = self._reader(path).read(required=required)
            elif not self._is_taken(path) and (kept := self._reader(path).last_good()):
                self._files[path] = kept

    def _take_changes(self) -> None:
        try:
            changes = self._watch.changes()
        except ConfigError as error:  # the folder cannot be read
            self._refuse(self._watch.path, error)
            return
        if changes is None:
            return
        gone = (*changes.gone, self._watch.path) if self._watch.is_folder else ()
        for path in gone:
            self._files.pop(path, None)
            self._refused.pop(path, None)
            self._kept.drop(path)
        if not changes.changed and not changes.gone:
            return
        with _collector_at_rest(self._are_many):
            taken = [self._is_taken(path) for path in self._with_dependents(changes.changed, changes.gone)]
            if any(taken) or changes.gone:
                self._current = self._merged(self._current.index)

    def _with_dependents(self, changed: tuple[Path, ...], gone: tuple[Path, ...]) -> Iterable[Path]:
        """What the shared file says holds in all the others."""
        if self._shared in (*changed, *gone):
            return dict.fromkeys((*changed, *self._files, *self._refused))
        return changed

    def _is_taken(self, path: Path) -> bool:
        """Read the file as it is now; False if it is refused."""
        try:
            _tell_unusable_name(path, self._watch.is_folder)
            self._files[path] = self._reader(path).read()
        except ConfigError as error:
            self._refuse(path, error)
            return False
        self._refused.pop(path, None)
        log.info("topics file loaded", file=str(path), topics=len(self._files[path].topics))
        return True

    def _refuse(self, path: Path, error: ConfigError) -> None:
        if str(self._refused.get(path)) != str(error):
            log.error("topics file refused, the last good one stays in force", error=str(error))
        self._refused[path] = error

    @property
    def _shared(self) -> Path:
        return self._watch.path / SHARED_FILE

    def _reader(self, path: Path) -> TopicsReader:
        return TopicsReader(path, self._around(path), self._environ, self._kept)

    def _around(self, path: Path) -> Surroundings:
        if not self._watch.is_folder:
            return ALONE
        shared = self._files.get(self._shared)
        if shared is None or path == self._shared:
            return Surroundings(path.stem, is_shared=path == self._shared)
        return Surroundings(path.stem, shared.file.aliases, shared.channel_names)

    def _merged(self, before: TopicIndex | None) -> TopicsInForce:
        in_order = [self._files[path] for path in sorted(self._files)]
        if not self._watch.is_folder:
            return _in_force(in_order[0].file, in_order, before)
        shared = self._files.get(self._shared)
        file = TopicsFile(
            aliases=shared.file.aliases if shared else (),
            channels=dict(chain(with_built_in({}).items(), *(one.file.channels.items() for one in in_order))),
            topics=tuple(topic for one in in_order for topic in one.file.topics),
            digest=hashlib.sha256("".join(one.file.digest for one in in_order).encode()).hexdigest(),
        )
        return _in_force(file, in_order, before)


@contextmanager
def _collector_at_rest(are_many: Callable[[], bool], *, is_start: bool = False) -> Iterator[None]:
    """What is loaded stays, and has no cycles: walked through again and again it would cost more than matching does.

    At the start all is new. A change has its leavings, which are let go before the rest is put aside; the version
    before it goes by itself, with the last that knows it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if are_many():  # a few do not matter, and looking through all that the process holds takes half a second
            if not is_start:
                gc.collect()
            gc.freeze()
        if was_enabled:
            gc.enable()


def _in_force(file: TopicsFile, compiled: Iterable[CompiledFile], before: TopicIndex | None = None) -> TopicsInForce:
    index = TopicIndex((topic for one in compiled for topic in one.topics), before)
    return TopicsInForce(file, Aliases(file.aliases), index, {written.name: written for written in file.topics})


def _tell_unusable_name(path: Path, is_folder: bool) -> None:
    """The file's name stands before its topics' names, on the page, in alerts and at the prompt."""
    letters = "".join(
        sign for sign in path.stem if not unicodedata.combining(sign) and unicodedata.category(sign) != "Mc"
    )
    if is_folder and not _OWNER.fullmatch(letters):
        message = "the name of a file of topics has 1 to 50 letters, digits, spaces, `.`, `_` or `-` before `.yaml`"
        raise ConfigError(Problem(str(path), None, None, message))
