"""The topics file: which stories are tracked, how names are spelled, and where alerts go.

`load_topics` gives the whole file or a ConfigError with everything that is wrong in it. Queries are kept as text:
the worker compiles them, and `Topic.place_in_query` turns a place in a query into a place in the file.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from config.addresses import host_name
from config.alerting import AlertRules
from config.channels import BUILT_IN, Channel, ChannelName, ChannelShape, fill_channels, tell_taken_name, with_built_in
from config.document import EACH, Document, Findings
from config.languages import language_code
from config.messages import refuse, unknown
from config.places import Place, WrittenText
from config.shape import Shape
from config.texts import Line, Name
from config.yaml_file import read_document

MAX_QUERY_LENGTH = 10_000
Groups = tuple[tuple[str, ...], ...]


def _id_as_text(written: object) -> object:
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


Example = Annotated[Line, BeforeValidator(_id_as_text), WithJsonSchema({"type": ["string", "integer"]})]
AliasGroup = Annotated[tuple[Line, ...], Field(min_length=2)]
Host = Annotated[str, AfterValidator(host_name)]
Language = Annotated[str, AfterValidator(language_code)]


class SourceChoice(Shape):
    """Which outlets a topic listens to: `only` these hosts, or all `except` these. Subdomains are included."""

    only: tuple[Host, ...] | None = Field(default=None, min_length=1, description="These hosts and no others.")
    excluded: tuple[Host, ...] | None = Field(
        default=None, alias="except", min_length=1, description="All but these hosts."
    )

    @model_validator(mode="after")
    def _is_one_choice(self) -> Self:
        if (self.only is None) == (self.excluded is None):
            refuse("needs either `only` or `except`")
        return self

    def allows(self, host: str) -> bool:
        """Is this host, or a domain above it, among those listened to?"""
        listed = any(f".{host.lower()}".endswith(f".{name}") for name in self.only or self.excluded or ())
        return listed == (self.only is not None)


class TopicShape(Shape):
    """A tracked story."""

    name: Name = Field(description="Stands in alerts and on the page; unique.", examples=["Ankara talks"])
    query: str | None = Field(
        default=None,
        max_length=MAX_QUERY_LENGTH,
        description='What an article must say: AND OR NOT, brackets, "phrases", word*, NEAR/5, title: and more.',
        examples=["(Zelensky OR Ukraine) AND (talks OR peace)"],
    )
    like: tuple[Example, ...] = Field(
        default=(), description="Addresses or ids of articles that are examples of the story."
    )
    follow: bool = Field(default=True, description="Keep following a matched story when its words change.")
    languages: tuple[Language, ...] = Field(default=(), description="ISO 639-1 codes; all languages when empty.")
    sources: SourceChoice | None = Field(default=None, description="Which outlets to listen to; all when not given.")
    alert: AlertRules = Field(default_factory=AlertRules, description="When and where to tell.")

    @model_validator(mode="after")
    def _can_match(self) -> Self:
        if not (self.query and self.query.strip()) and not self.like:
            refuse("a topic needs `query`, or examples under `like`")
        return self


class TopicsShape(Shape):
    """What a topics file may hold."""

    aliases: tuple[AliasGroup, ...] = Field(
        default=(),
        description="Spellings of one name, in groups.",
        examples=[[["Zelensky", "Zelenskiy", "Зеленський"]]],
    )
    channels: dict[ChannelName, ChannelShape] = Field(
        default_factory=dict, description="Where alerts can go, by name. `log` is always there."
    )
    topics: tuple[TopicShape, ...] = Field(default=(), description="The tracked stories.")


@dataclass(frozen=True, slots=True)
class Topic:
    """A tracked story. `version` changes with everything that decides what matches, and with nothing else."""

    name: str
    query: str | None
    like: tuple[str, ...]
    follow: bool
    languages: tuple[str, ...]
    sources: SourceChoice | None
    alert: AlertRules
    version: str
    place: Place
    written_query: WrittenText | None = field(default=None, repr=False)

    @property
    def query_place(self) -> Place:
        """Where the query begins in the file; where the topic begins if it has none."""
        return self.place_in_query(1, 1)

    def place_in_query(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the query's text, both counted from 1."""
        return self.written_query.place_at(line, column) if self.written_query else self.place


@dataclass(frozen=True, slots=True)
class TopicsFile:
    """What the user's topics file says. `digest` is the SHA-256 of its bytes, to see that it changed."""

    aliases: Groups
    channels: Mapping[str, Channel]
    topics: tuple[Topic, ...]
    digest: str


def load_topics(path: Path, *, environ: Mapping[str, str] | None = None, required: bool = True) -> TopicsFile:
    """Reads the topics file, with `${NAME}` in channels taken from `environ` (the process's own by default).

    A file that is missing, and not required, has no topics. Raises ConfigError.
    """
    document = read_document(path, required=required)
    findings = Findings(document)
    data = fill_channels(document, os.environ if environ is None else environ, findings)
    tell_taken_name(document, findings)
    _tell_unknown_channels(document, findings)
    findings.tell_repeated("this name", "topics", EACH, "name", same=_same_name)
    findings.tell_repeated("this spelling", "aliases", EACH, EACH, same=_same_name)
    shape = findings.shaped(TopicsShape, data)
    topics = tuple(_topic(document, index, topic, shape.aliases) for index, topic in enumerate(shape.topics))
    return TopicsFile(shape.aliases, with_built_in(shape.channels), topics, document.digest)


def _same_name(text: str) -> str:
    return " ".join(text.split()).casefold()


def _tell_unknown_channels(document: Document, findings: Findings) -> None:
    known = {str(loc[-1]) for loc, _ in document.find("channels", EACH)} | {BUILT_IN}
    for loc, name in document.find("topics", EACH, "alert", "to", EACH):
        if isinstance(name, str) and name not in known:
            findings.tell(loc, unknown("channel", name, sorted(known)))


def _topic(document: Document, index: int, shape: TopicShape, aliases: Groups) -> Topic:
    loc = ("topics", index)
    written = document.written((*loc, "query")) if shape.query else None
    return Topic(
        name=shape.name,
        query=shape.query,
        like=shape.like,
        follow=shape.follow,
        languages=shape.languages,
        sources=shape.sources,
        alert=shape.alert,
        version=_version(shape, aliases),
        place=document.place(loc),
        written_query=written,
    )


def _version(shape: TopicShape, aliases: Groups) -> str:
    """Twelve hexadecimal digits over what decides a match; the order of spellings and languages decides nothing."""
    deciding = shape.model_dump(mode="json", include={"query", "like", "follow", "languages", "sources"})
    deciding["languages"] = sorted(shape.languages)
    deciding["aliases"] = sorted(sorted(group) for group in aliases)
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:12]
