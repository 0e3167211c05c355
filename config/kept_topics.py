"""Topics that were read before, as records that are made into topics again without the file being parsed.

Parsing a hundred thousand topics takes half a minute, making them again from records a second. Channels are not kept,
as they hold secrets and depend on the environment: where they stand in the file is, and they are read there each time.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from config.alerting import AlertRules
from config.channels import Channel
from config.places import Place, WrittenText
from config.topics import SourceChoice, Surroundings, Topic, topics_in
from config.yaml_file import document_of

_CHANNELS = re.compile(r"^channels *:", re.MULTILINE)
_NEXT_KEY = re.compile(r"^[^\s#]", re.MULTILINE)

Record = list[Any]  # of what JSON can hold


def record_of(topic: Topic) -> Record:
    """All that a topic says."""
    written = topic.written_query
    place = written.start if written else topic.place
    return [
        topic.name,
        topic.query,
        list(topic.like),
        topic.like_at_least,
        topic.quiet_days or topic.follow,  # JSON tells 1 from true
        " ".join(topic.languages),
        _sources_as_text(topic.sources),
        topic.written_alert,
        "\n".join(topic.alert.to),
        topic.version,
        [topic.place.line, topic.place.column, place.line, place.column],
        [written.style, None if written.source == topic.query else written.source] if written else None,
    ]


def topic_of(record: Record) -> Topic:
    """The topic of a record that `record_of` made."""
    name, query, like, like_at_least, follow, languages, sources, alert, to, version, places, written = record
    return Topic(
        name=name,
        query=query,
        like=tuple(like),
        like_at_least=like_at_least,
        follow=bool(follow),
        quiet_days=None if isinstance(follow, bool) else follow,
        languages=_words(languages),
        sources=_sources(sources),
        alert=_alert(alert, to),
        version=version,
        place=Place(places[0], places[1]),
        written_query=_written(query, written, Place(places[2], places[3])) if written else None,
        written_alert=alert,
    )


def channels_in(text: str) -> tuple[int, int] | None:
    """From where to where the channels seem to stand in a file with an error: from their key to the next one."""
    begins = _CHANNELS.search(text)
    if begins is None:
        return None
    following = _NEXT_KEY.search(text, begins.end())
    return begins.start(), following.start() if following else len(text)


def channels_again(
    text: str, at: tuple[int, int], file: str, environ: Mapping[str, str], around: Surroundings
) -> Mapping[str, Channel]:
    """The channels that stand in a file's text from one character to another. Raises ConfigError."""
    start, end = at
    above = text[:start]
    # With as many lines and columns before it, so that errors still tell the right place.
    padding = "\n" * above.count("\n") + " " * (start - 1 - above.rfind("\n"))
    return topics_in(document_of(padding + text[start:end], file, ""), environ, around).channels


def _written(query: str, written: Record, start: Place) -> WrittenText:
    style, source = written
    return WrittenText(query, query if source is None else source, style, start)


@lru_cache(maxsize=1_024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _sources_as_text(sources: SourceChoice | None) -> str:
    return sources.model_dump_json(by_alias=True, exclude_none=True) if sources else ""


@lru_cache(maxsize=1_024)
def _sources(text: str) -> SourceChoice | None:
    return SourceChoice.model_validate(_with_tuples(json.loads(text))) if text else None


@lru_cache(maxsize=1_024)
def _alert(text: str, to: str) -> AlertRules:
    """The rules as the file has them, with channels by the names under which they are known outside the file."""
    rules = _with_tuples(json.loads(text)) if text else {}
    return AlertRules.model_validate(rules | {"to": tuple(to.split("\n"))})


def _with_tuples(value: Any) -> Any:
    """JSON as our shapes take it."""
    if isinstance(value, dict):
        return {key: _with_tuples(below) for key, below in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value
