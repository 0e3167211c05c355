"""The topics file: which stories are tracked, how names are spelled, and where alerts go.

`load_topics` gives the whole file or a ConfigError with everything that is wrong in it. Queries are kept as text:
the worker compiles them, and `Topic.place_in_query` turns a place in a query into a place in the file.

Instead of one file there may be a folder of them, of many people. None must be able to break another's, so each stands
for itself: its aliases and channels are its own, and so are its topics' names, which everywhere else are written behind
the file's name, as in `anna/Ankara talks`. What all are to share stands in `shared.yaml`: its aliases hold in every
file, and every topic may tell its channels.
"""

import hashlib
import json
import os
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from config.addresses import host_name
from config.alerting import AlertRules
from config.channels import BUILT_IN, Channel, ChannelName, ChannelShape, fill_channels, tell_taken_name, with_built_in
from config.document import EACH, Document, Findings
from config.errors import ConfigError, Problem
from config.languages import language_code
from config.messages import refuse, unknown
from config.places import Place, WrittenText
from config.shape import Shape
from config.texts import MAX_NAME_LENGTH, Line, Name
from config.yaml_file import read_document

MAX_QUERY_LENGTH = 10_000
LONGEST_ID = 18  # digits
MOST_QUIET_DAYS = 3_650
SUFFIX = ".yaml"
SHARED_FILE = "shared.yaml"
OWNER_MARK = "/"  # no file's name has one
Groups = tuple[tuple[str, ...], ...]


def _id_as_text(written: object) -> object:
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


def _id_or_address(label: str) -> str:
    """An id as it is counted: 007 is 7."""
    if not (label.isascii() and label.isdigit()):
        return label
    if len(label) > LONGEST_ID:
        refuse("is longer than any id of an article")
    return str(int(label))


Example = Annotated[
    Line, BeforeValidator(_id_as_text), AfterValidator(_id_or_address), WithJsonSchema({"type": ["string", "integer"]})
]
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


class FollowShape(Shape):
    """How a matched story is followed; without `quiet_days` for as long as is usual."""

    quiet_days: int | None = Field(default=None, ge=1, le=MOST_QUIET_DAYS)


def _follow(written: object) -> object:
    """True, false, or a mapping with more to it."""
    if isinstance(written, bool):
        return FollowShape() if written else None
    if not isinstance(written, dict | FollowShape):
        refuse("must be true, false or such as {quiet_days: 30}")
    return written


_FOLLOW_SCHEMA = {
    "anyOf": [
        {"type": "boolean"},
        {
            "type": "object",
            "properties": {
                "quiet_days": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MOST_QUIET_DAYS,
                    "description": "Follow until the story has been quiet for so many days; 30 when not given.",
                }
            },
            "additionalProperties": False,
        },
    ],
    "default": True,
}
Follow = Annotated[FollowShape | None, BeforeValidator(_follow), WithJsonSchema(_FOLLOW_SCHEMA)]


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
    like_at_least: float | None = Field(
        default=None,
        ge=0.1,
        le=1,
        description="Match also what is so much like an example, whatever its story: 0.3 to 0.6 are usual.",
    )
    follow: Follow = Field(
        default_factory=FollowShape, description="Keep following a matched story when its words change."
    )
    languages: tuple[Language, ...] = Field(default=(), description="ISO 639-1 codes; all languages when empty.")
    sources: SourceChoice | None = Field(default=None, description="Which outlets to listen to; all when not given.")
    alert: AlertRules = Field(default_factory=AlertRules, description="When and where to tell.")

    @model_validator(mode="after")
    def _can_match(self) -> Self:
        if not (self.query and self.query.strip()) and not self.like:
            refuse("a topic needs `query`, or examples under `like`")
        if self.like_at_least is not None and not self.like:
            refuse("`like_at_least` needs examples under `like`")
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
    """A tracked story. `version` changes with everything that decides what matches, and with nothing else.

    `quiet_days`: after so many a followed story is followed no more; None: after as many as is usual.
    """

    name: str
    query: str | None
    like: tuple[str, ...]
    like_at_least: float | None
    follow: bool
    languages: tuple[str, ...]
    sources: SourceChoice | None
    alert: AlertRules
    version: str
    place: Place
    quiet_days: int | None = None
    written_query: WrittenText | None = field(default=None, repr=False)
    written_alert: str = field(default="", repr=False)  # `alert` as the file has it, as JSON; "" when it is not there

    @property
    def query_place(self) -> Place:
        """Where the query begins in the file; where the topic begins if it has none."""
        return self.place_in_query(1, 1)

    def place_in_query(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the query's text, both counted from 1."""
        return self.written_query.place_at(line, column) if self.written_query else self.place


@dataclass(frozen=True, slots=True)
class TopicsFile:
    """What the user's topics file says. `digest` is the SHA-256 of its bytes, to see that it changed.

    `channels_at`: from which character of its text to which the channels stand, if they do.
    """

    aliases: Groups
    channels: Mapping[str, Channel]
    topics: tuple[Topic, ...]
    digest: str
    channels_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for a file from outside: `owner`, the part before its names, and what `shared.yaml` says.

    `is_shared`: this is the file whose channels are for all.
    """

    owner: str = ""
    aliases: Groups = ()
    channels: frozenset[str] = frozenset()
    is_shared: bool = False

    def qualified(self, name: str) -> str:
        """The name as it is known outside the file."""
        return f"{self.owner}{OWNER_MARK}{name}" if self.owner else name

    def channel(self, name: str, own: Collection[str]) -> str:
        """The channel that a topic means by this name: the file's own, else the one that is shared."""
        is_own = name in own and name != BUILT_IN and not self.is_shared
        return self.qualified(name) if is_own else name


ALONE = Surroundings()


def topics_files(folder: Path) -> tuple[Path, ...]:
    """The topics files in a folder, by name, the shared one first. Hidden files are an editor's. Raises ConfigError."""
    try:
        found = [path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith(".")]
    except OSError as error:
        raise ConfigError(Problem(str(folder), None, None, f"cannot be read: {error.strerror or error}")) from error
    return tuple(sorted(found, key=lambda path: (path.name != SHARED_FILE, path.name)))


def load_topics(
    path: Path,
    *,
    environ: Mapping[str, str] | None = None,
    required: bool = True,
    around: Surroundings = ALONE,
) -> TopicsFile:
    """Reads one topics file, with `${NAME}` in channels taken from `environ` (the process's own by default).

    A file that is missing, and not required, has no topics. Raises ConfigError.
    """
    document = read_document(path, required=required)
    return topics_in(document, os.environ if environ is None else environ, around)


def topics_in(document: Document, environ: Mapping[str, str], around: Surroundings = ALONE) -> TopicsFile:
    """What a document says as a topics file. Raises ConfigError."""
    findings = Findings(document)
    data = fill_channels(document, environ, findings)
    tell_taken_name(document, findings)
    _tell_unknown_channels(document, findings, around.channels)
    _tell_long_names(document, findings, around)
    findings.tell_repeated("this name", "topics", EACH, "name", same=_same_name)
    findings.tell_repeated("this spelling", "aliases", EACH, EACH, same=_same_name)
    shape = findings.shaped(TopicsShape, data)
    own, version_of = frozenset(shape.channels), _Versions((*around.aliases, *shape.aliases))
    alerts = {loc[1]: json.dumps(rules) for loc, rules in document.find("topics", EACH, "alert") if rules}
    topics = tuple(
        _topic(document, index, topic, version_of(topic), alerts.get(index, ""), around, own)
        for index, topic in enumerate(shape.topics)
    )
    channels = with_built_in({around.channel(name, own): channel for name, channel in shape.channels.items()})
    return TopicsFile(shape.aliases, channels, topics, document.digest, document.span("channels"))


def _same_name(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def _tell_unknown_channels(document: Document, findings: Findings, shared: Collection[str]) -> None:
    known = {str(loc[-1]) for loc, _ in document.find("channels", EACH)} | {BUILT_IN, *shared}
    for loc, name in document.find("topics", EACH, "alert", "to", EACH):
        if isinstance(name, str) and name not in known:
            findings.tell(loc, unknown("channel", name, sorted(known)))


def _tell_long_names(document: Document, findings: Findings, around: Surroundings) -> None:
    """A name that is short enough alone may be too long behind the file's."""
    for loc, name in document.find("topics", EACH, "name") if around.owner else ():
        if isinstance(name, str) and len(name) <= MAX_NAME_LENGTH < len(around.qualified(name)):
            findings.tell(loc, f"with the file's name before it, has more than {MAX_NAME_LENGTH} characters")


def _topic(
    document: Document,
    index: int,
    shape: TopicShape,
    version: str,
    alert: str,
    around: Surroundings,
    own: Collection[str],
) -> Topic:
    loc = ("topics", index)
    written = document.written((*loc, "query")) if shape.query else None
    return Topic(
        name=around.qualified(shape.name),
        query=shape.query,
        like=shape.like,
        like_at_least=shape.like_at_least,
        follow=shape.follow is not None,
        languages=shape.languages,
        sources=shape.sources,
        alert=_alert(shape.alert, around, own),
        version=version,
        place=document.place(loc),
        quiet_days=shape.follow.quiet_days if shape.follow else None,
        written_query=written,
        written_alert=alert,
    )


def _alert(written: AlertRules, around: Surroundings, own: Collection[str]) -> AlertRules:
    """The rules with channels by the names under which they are known outside the file."""
    to = tuple(around.channel(name, own) for name in written.to)
    return written if to == written.to else written.model_copy(update={"to": to})


class _Versions:
    """A topic's version: twelve hexadecimal digits over what decides a match.

    The order of spellings and languages decides nothing.
    """

    def __init__(self, aliases: Groups) -> None:
        written = json.dumps(sorted(sorted(group) for group in aliases))
        self._beginning = hashlib.sha256(f'{{"aliases": {written}, '.encode())

    def __call__(self, shape: TopicShape) -> str:
        deciding = shape.model_dump(mode="json", include={"query", "like", "languages", "sources"})
        deciding["languages"] = sorted(shape.languages)
        deciding["follow"] = (shape.follow.quiet_days or True) if shape.follow else False
        if shape.like_at_least is not None:  # else the versions on older receipts would seem to be others
            deciding["like_at_least"] = shape.like_at_least
        digest = self._beginning.copy()
        digest.update(json.dumps(deciding, sort_keys=True)[1:].encode())
        return digest.hexdigest()[:12]
