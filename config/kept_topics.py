"""Topics that were read before, as records that are made into topics again without the file being parsed.

Parsing a hundred thousand topics takes half a minute, making them again from records a second. Channels are not kept,
as they hold secrets and depend on the environment: where they stand in the file is, and they are read there each time.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from config.alerting import SECONDS, AlertRules
from config.channels import Channel
from config.places import Place, WrittenText
from config.topics import SourceChoice, Surroundings, Topic, topics_in
from config.yaml_file import document_of

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
        topic.follow,
        " ".join(topic.languages),
        _sources_as_text(topic.sources),
        _alert_as_text(topic.alert),
        topic.version,
        [topic.place.line, topic.place.column, place.line, place.column],
        [written.style, None if written.source == topic.query else written.source] if written else None,
    ]


def topic_of(record: Record) -> Topic:
    """The topic of a record that `record_of` made."""
    name, query, like, like_at_least, follow, languages, sources, alert, version, places, written = record
    return Topic(
        name=name,
        query=query,
        like=tuple(like),
        like_at_least=like_at_least,
        follow=follow,
        languages=_words(languages),
        sources=_sources(sources),
        alert=_alert(alert),
        version=version,
        place=Place(places[0], places[1]),
        written_query=_written(query, written, Place(places[2], places[3])) if written else None,
    )


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


def _alert_as_text(alert: AlertRules) -> str:
    """The rules as the user would write them."""
    rules = alert.model_dump(mode="json", by_alias=True, exclude_none=True)
    if alert.at_most:
        unit = next(unit for unit, seconds in SECONDS.items() if seconds == alert.at_most.per_seconds)
        rules["at_most"] = f"{alert.at_most.count}/{unit}"
    if alert.quiet:
        rules["quiet"] |= {"from": f"{alert.quiet.start:%H:%M}", "to": f"{alert.quiet.end:%H:%M}"}
    return json.dumps(rules)


@lru_cache(maxsize=1_024)
def _alert(text: str) -> AlertRules:
    return AlertRules.model_validate(_with_tuples(json.loads(text)))


def _with_tuples(value: Any) -> Any:
    """JSON as our shapes take it."""
    if isinstance(value, dict):
        return {key: _with_tuples(below) for key, below in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value
