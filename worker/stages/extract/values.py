"""What goes into extraction and what comes out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# Where the text was found: on the page; on the page by the plainer method; in the feed's own content or summary;
# in what was handed in; nowhere.
Method = Literal["page", "page-baseline", "feed", "given", "none"]


@dataclass(frozen=True, slots=True)
class Given:
    """What was known of an article before its page was read: from a feed, a sitemap, a file or a line of JSON.

    `html` is a feed's content or summary and may be plain text too; `published_raw` is the date as written.
    """

    url: str
    title: str = ""
    text: str = ""
    html: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    published_raw: str = ""
    language: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as found. `published` has a zone; `language` is what the source declares and may be empty or wrong.

    `own_title` is the title by the page alone, whatever its feed says. `cut` says what of the page was left out for
    its size, or why there was nothing to read; it is empty when nothing is missing.
    """

    title: str
    authors: tuple[str, ...]
    published: datetime | None
    language: str
    outlet: str
    text: str
    method: Method
    own_title: str = ""
    cut: str = ""
