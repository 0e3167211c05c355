"""The sources file: where entries come from.

```yaml
sources:
  - url: https://example.org/feed.xml
    title: Example Herald
    language: en
    interval: 900
```
Sources added by command live in the database, not here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from config.addresses import same_address, web_address
from config.document import EACH, Findings
from config.languages import language_code
from config.shape import Shape
from config.texts import Line
from config.yaml_file import read_document

MIN_INTERVAL = 10
MAX_INTERVAL = 30 * 86_400


class Source(Shape):
    """One source as the user lists it."""

    url: Annotated[str, AfterValidator(web_address)] = Field(
        description="Address of the feed.",
        examples=["https://example.org/feed.xml"],
    )
    title: Line | None = Field(default=None, description="Name shown to readers; the feed's own when not given.")
    language: Annotated[str, AfterValidator(language_code)] | None = Field(
        default=None,
        description="Language of its articles (ISO 639-1), when the pages do not tell it well.",
        examples=["uk"],
    )
    kind: Literal["feed"] = Field(default="feed", description="What stands at the address.")
    interval: int | None = Field(
        default=None,
        ge=MIN_INTERVAL,
        le=MAX_INTERVAL,
        description="Seconds between two polls; chosen from how often the source changes when not given.",
    )


class SourcesShape(Shape):
    """What a sources file may hold."""

    sources: tuple[Source, ...] = Field(default=(), description="The sources to poll.")


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """What the user's sources file says. `digest` is the SHA-256 of its bytes, to see that it changed."""

    sources: tuple[Source, ...]
    digest: str


def load_sources(path: Path, *, required: bool = True) -> SourcesFile:
    """Reads the sources file. One that is missing, and not required, lists no sources. Raises ConfigError."""
    document = read_document(path, required=required)
    findings = Findings(document)
    findings.tell_repeated("this address", "sources", EACH, "url", same=same_address)
    shape = findings.shaped(SourcesShape, document.data)
    return SourcesFile(shape.sources, document.digest)
