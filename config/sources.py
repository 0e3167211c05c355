"""The sources file: where entries come from.

```yaml
sources:
  - url: https://example.org/feed.xml
    title: Example Herald
    language: en
    interval: 900
  - url: https://example.org/news/
    kind: listing
    links: ["/news/*", "-/news/live/*"]
  - folder: inbox/
```
Sources added by command live in the database, not here.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from config.addresses import same_address, web_address
from config.document import EACH, Findings
from config.languages import language_code
from config.messages import refuse, refuse_keys
from config.places import Loc
from config.shape import Shape
from config.texts import Line
from config.yaml_file import read_document

MIN_INTERVAL = 10
MAX_INTERVAL = 30 * 86_400
MAX_LINKS = 100

Kind = Literal["feed", "sitemap", "listing", "folder"]

_NEVER_IN_A_LINK = re.compile(r"[\s\\\x00-\x1f\x7f<>\"{}|^`]")


def link_pattern(text: str) -> str:
    """A pattern of a listing's links, if there can be a link that it fits: `/news/*`, `-/news/live/*`."""
    pattern = text.removeprefix("-")
    if not pattern.startswith(("/", "http://", "https://")):
        refuse("must begin with /, http:// or https://, and with - before that to leave links out")
    if _NEVER_IN_A_LINK.search(pattern):
        refuse("must be without spaces, backslashes or braces, as links are; `*` stands for anything")
    return text


def _own_folder(text: str) -> str:
    """The path with `~` filled in. One that is relative is taken from the sources file, see `load_sources`."""
    try:
        return str(Path(text).expanduser())
    except RuntimeError:
        refuse("begins with the home of a user who is not known here")


class Source(Shape):
    """One source as the user lists it."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["url"]}, {"required": ["folder"]}]})

    url: Annotated[str, AfterValidator(web_address)] | None = Field(
        default=None,
        description="Address of the feed, sitemap or page.",
        examples=["https://example.org/feed.xml"],
    )
    folder: Annotated[str, StringConstraints(min_length=1), AfterValidator(_own_folder)] | None = Field(
        default=None,
        description="In place of an address: a folder whose .html, .txt and .jsonl files are read as they come. "
        "A relative one is found beside this file.",
        examples=["inbox/"],
    )
    title: Line | None = Field(default=None, description="Name shown to readers; the source's own when not given.")
    language: Annotated[str, AfterValidator(language_code)] | None = Field(
        default=None,
        description="Language of its articles (ISO 639-1), when the pages do not tell it well.",
        examples=["uk"],
    )
    kind: Kind = Field(
        default="feed",
        description="What stands at the address: a feed, a sitemap, or a page that lists articles.",
    )
    links: Annotated[tuple[Annotated[str, AfterValidator(link_pattern)], ...], Field(max_length=MAX_LINKS)] = Field(
        default=(),
        description="Of a listing page: which links are articles. * stands for anything, - before a pattern leaves "
        "links out; all that look like articles when not given.",
        examples=[["/news/*", "-/news/live/*"]],
    )
    interval: int | None = Field(
        default=None,
        ge=MIN_INTERVAL,
        le=MAX_INTERVAL,
        description="Seconds between two polls; chosen from how often the source changes when not given.",
    )

    @model_validator(mode="before")
    @classmethod
    def _a_folder_is_of_its_own_kind(cls, data: object) -> object:
        return {"kind": "folder", **data} if isinstance(data, dict) and data.get("folder") is not None else data

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse_keys("source", self._contradictions())
        return self

    def _contradictions(self) -> Iterator[tuple[Loc, str]]:
        if self.url is None and self.folder is None:
            yield (), "needs `folder`" if self.kind == "folder" else "needs `url` or `folder`"
        elif self.url is not None and self.folder is not None:
            yield ("folder",), "must not stand beside `url`: a source is one or the other"
        elif self.url is not None and self.kind == "folder":
            yield ("kind",), "must be feed, sitemap or listing for a `url`; a folder is named by `folder`"
        elif self.folder is not None and self.kind != "folder":
            yield ("kind",), "must be folder, or be left out, as `folder` is given"
        if self.links and self.kind != "listing":
            yield ("links",), "are only for a page that lists articles: add `kind: listing`"


class SourcesShape(Shape):
    """What a sources file may hold."""

    sources: tuple[Source, ...] = Field(default=(), description="The sources to poll.")


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """What the user's sources file says. `digest` is the SHA-256 of its bytes, to see that it changed.

    Folders are absolute paths.
    """

    sources: tuple[Source, ...]
    digest: str


def load_sources(path: Path, *, required: bool = True) -> SourcesFile:
    """Reads the sources file. One that is missing, and not required, lists no sources. Raises ConfigError."""

    def absolute(folder: str) -> str:
        return os.path.abspath(path.parent / Path(folder))

    document = read_document(path, required=required)
    findings = Findings(document)
    findings.tell_repeated("this address", "sources", EACH, "url", same=same_address)
    findings.tell_repeated("this folder", "sources", EACH, "folder", same=absolute)
    shape = findings.shaped(SourcesShape, document.data)
    listed = (
        source.model_copy(update={"folder": absolute(source.folder)}) if source.folder else source
        for source in shape.sources
    )
    return SourcesFile(tuple(listed), document.digest)
