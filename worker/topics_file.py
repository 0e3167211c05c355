"""One topics file, read and compiled: from its text, or from what was kept of it when nothing has changed since."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import structlog

from config.channels import Channel, with_built_in
from config.errors import ConfigError, Problem
from config.kept_topics import channels_again, channels_in, record_of, topic_of
from config.topics import Groups, Surroundings, TopicsFile, load_topics
from config.topics import Topic as WrittenTopic
from config.yaml_file import read_text
from worker.kept_files import KeptFiles, program_digest
from worker.stages.aliases import Aliases
from worker.stages.follow import FOLLOWED_FOR
from worker.stages.match import Topic
from worker.stages.query import Query, QuerySyntaxError, compile_query
from worker.stages.query.kept import KeptQuery, kept_tree
from worker.stages.topic_index import needs_as_text

log = structlog.get_logger()

KeptText = tuple[str, str]  # a query's tree, and what it needs in these languages and sources
Asked = tuple[str | None, tuple[str, ...], tuple[str, ...] | None]
Body = dict[str, Any]  # what is kept of a file, as JSON
_KEPT_OF_A_FILE = frozenset(["around", "queries", "digest", "aliases", "channels_at", "channels", "topics"])


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """What a topics file says, and its topics as far as matching goes.

    `unread_channels`: names of channels that it had when it was good; what they are cannot be read from it now.
    """

    file: TopicsFile
    topics: tuple[Topic, ...]
    unread_channels: frozenset[str] = frozenset()

    @property
    def channel_names(self) -> frozenset[str]:
        return self.unread_channels.union(self.file.channels)


@dataclass(frozen=True)
class TopicsReader:
    """Reads one file. `around` is what holds for it from outside, `kept` where its topics are kept between runs."""

    path: Path
    around: Surroundings
    environ: Mapping[str, str]
    kept: KeptFiles

    def read(self, *, required: bool = True) -> CompiledFile:
        """The file as it is now. Raises ConfigError with all that is wrong in it, its queries included."""
        body = self._body()
        if body and (recalled := self._recalled_if_same(body, required=required)):
            return recalled
        file = load_topics(self.path, environ=self.environ, required=required, around=self.around)
        return self.compiled(file, body)

    def _recalled_if_same(self, body: Body, *, required: bool) -> CompiledFile | None:
        """What was kept, if the file still says it; None also where the file must be read to tell what is wrong."""
        if body["around"] != self._around_digest:
            return None
        text, digest = read_text(self.path, required=required)
        if body["digest"] != digest:
            return None
        try:
            channels = self._channels(text, body["channels_at"])
        except ConfigError:  # its channels, read alone, may lack what stands elsewhere in the file
            return None
        return self._recalled(body, channels)

    def last_good(self) -> CompiledFile | None:
        """What was kept of the file, whatever it says now; None if nothing was.

        Channels are not kept: they are read from the file as it is, if they can be. What is shared holds even without
        them, as others' topics name them; of another file nothing does.
        """
        body = self._body()
        if body is None or body["around"] != self._around_digest:
            return None
        channels = self._channels_of_broken() if body["channels_at"] else with_built_in({})
        if channels is None and not self.around.is_shared:
            return None
        recalled = self._recalled(body, with_built_in({}) if channels is None else channels)
        return replace(recalled, unread_channels=frozenset(body["channels"])) if recalled else None

    def _channels_of_broken(self) -> Mapping[str, Channel] | None:
        """The channels of a file that has an error elsewhere."""
        try:
            text, _ = read_text(self.path)
            at = channels_in(text)
            return self._channels(text, at) if at else None
        except ConfigError:
            return None

    def compiled(self, file: TopicsFile, body: Body | None = None) -> CompiledFile:
        """The file with its queries compiled: those that `body` has already are taken from there."""
        aliases = _aliases((*self.around.aliases, *file.aliases))
        known = _known_queries(body) if body and body["queries"] == self._queries_digest(file.aliases) else {}
        problems: list[Problem] = []
        queries: list[KeptText | None] = []
        for topic in file.topics:
            try:
                queries.append(_compiled(topic, aliases, known))
            except QuerySyntaxError as error:
                problems.append(self._problem(topic, error))
        if problems:
            raise ConfigError(*problems)
        self._keep(file, queries)
        return CompiledFile(file, tuple(map(_topic_for(aliases), file.topics, queries)))

    def _problem(self, topic: WrittenTopic, error: QuerySyntaxError) -> Problem:
        place = topic.place_in_query(error.line, error.column)
        return Problem(str(self.path), place.line, place.column, f"in the query of {topic.name!r}: {error}")

    def _keep(self, file: TopicsFile, queries: list[KeptText | None]) -> None:
        if self.kept.path is None:
            return
        body = {
            "around": self._around_digest,
            "queries": self._queries_digest(file.aliases),
            "digest": file.digest,
            "aliases": file.aliases,
            "channels_at": file.channels_at,
            "channels": sorted(file.channels),
            "topics": [[record_of(topic), query] for topic, query in zip(file.topics, queries, strict=True)],
        }
        self.kept.put(self.path, json.dumps(body, ensure_ascii=False, separators=(",", ":")))

    def _body(self) -> Body | None:
        """What was kept of the file by this version of the program, if it is whole."""
        text = self.kept.get(self.path)
        try:
            body = json.loads(text) if text else None
            return body if body and body.keys() >= _KEPT_OF_A_FILE else None
        except (ValueError, TypeError, AttributeError) as error:
            self._tell_unreadable(error)
            return None

    def _tell_unreadable(self, error: Exception) -> None:
        log.warning("what was kept of a topics file cannot be read", file=str(self.path), error=str(error))

    def _recalled(self, body: Body, channels: Mapping[str, Channel]) -> CompiledFile | None:
        try:
            return self._made_again(body, channels)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            self._tell_unreadable(error)
            return None

    def _made_again(self, body: Body, channels: Mapping[str, Channel]) -> CompiledFile:
        aliases = tuple(map(tuple, body["aliases"]))
        written = tuple(topic_of(record) for record, _ in body["topics"])
        queries = (query for _, query in body["topics"])
        topics = map(_topic_for(_aliases((*self.around.aliases, *aliases))), written, queries)
        at = body["channels_at"]
        file = TopicsFile(aliases, channels, written, body["digest"], tuple(at) if at else None)
        return CompiledFile(file, tuple(topics))

    def _channels(self, text: str, at: tuple[int, int] | None) -> Mapping[str, Channel]:
        return channels_again(text, at, str(self.path), self.environ, self.around) if at else with_built_in({})

    @cached_property
    def _around_digest(self) -> str:
        around = self.around
        return _digest(around.owner, around.aliases, sorted(around.channels))

    def _queries_digest(self, aliases: Groups) -> str:
        return _digest(self.around.aliases, aliases)


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps([program_digest(), *parts]).encode()).hexdigest()


def _known_queries(body: Body) -> dict[Asked, KeptText]:
    """The queries of what was kept, by all that they depend on."""
    return {_asked(topic_of(record)): tuple(query) for record, query in body["topics"] if query}


def _asked(topic: WrittenTopic) -> Asked:
    return topic.query, topic.languages, topic.sources.only if topic.sources else None


def _compiled(topic: WrittenTopic, aliases: Aliases, known: Mapping[Asked, KeptText]) -> KeptText | None:
    if not topic.query:
        return None
    asked = _asked(topic)
    if asked in known:
        return known[asked]
    query = compile_query(topic.query, aliases)
    return kept_tree(query), needs_as_text(_topic(topic, query, None))


@lru_cache(maxsize=128)
def _aliases(groups: Groups) -> Aliases:
    """The same for all files that share them, as what is compiled is remembered by its aliases."""
    return Aliases(groups)


def _topic_for(aliases: Aliases) -> Callable[[WrittenTopic, KeptText | None], Topic]:
    def topic(written: WrittenTopic, kept: KeptText | None) -> Topic:
        return _topic(written, KeptQuery(kept[0], aliases) if kept else None, kept[1] if kept else None)

    return topic


def _topic(written: WrittenTopic, query: Query | None, needs: str | None) -> Topic:
    sources = written.sources
    return Topic(
        key=written.name,
        version=written.version,
        query=query,
        languages=_frozen(written.languages),
        only_sources=_frozen(sources.only or ()) if sources else frozenset(),
        except_sources=_frozen(sources.excluded or ()) if sources else frozenset(),
        follow=written.follow,
        followed_for=FOLLOWED_FOR if written.quiet_days is None else _days(written.quiet_days),
        like=written.like,
        needs=needs,
    )


@lru_cache(maxsize=1_024)
def _days(count: int) -> timedelta:
    return timedelta(days=count)


@lru_cache(maxsize=1_024)
def _frozen(entries: tuple[str, ...]) -> frozenset[str]:
    """One set for all topics that say the same."""
    return frozenset(entries)
