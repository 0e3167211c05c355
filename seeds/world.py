"""The demo's news world, read from the files in `world/`: invented outlets and the articles they publish.

Reading only: how pages and feeds look is `pages` and `feeds`, serving them over time is `site`. The labels of an
article (story, copy_of, lookalike) say what a reader ought to find out; tests use them, the site never serves them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "world"
SUMMARY_CHARACTERS = 220


class FeedKind(StrEnum):
    """What an outlet's feed is written in and whether it carries whole texts."""

    RSS_SUMMARY = "rss-summary"
    RSS_CONTENT = "rss-content"
    ATOM = "atom"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One news outlet: its name, its language, and the addresses and template it publishes with."""

    slug: str
    name: str
    tagline: str
    language: str
    feed: FeedKind
    feed_address: str
    article_address: str
    template: str
    charset: str = "utf-8"
    slow_feed: bool = False

    @property
    def home_address(self) -> str:
        return f"/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article says from `at` on."""

    at: datetime
    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return _plain(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Article:
    """One article as first published; `as_of` gives it as it reads later."""

    slug: str
    outlet: str  # the outlet's slug
    path: str  # on the site, with its query if there is one
    title: str
    authors: tuple[str, ...]
    published: datetime
    updated: datetime
    language: str
    paragraphs: tuple[Paragraph, ...]
    story: str
    copy_of: str | None = None  # the label of the article it was cut from
    lookalike: str | None = None  # a story that it shares words with and is no part of
    photo: Photo | None = None
    revision: Revision | None = None

    @property
    def label(self) -> str:
        return f"{self.outlet}/{self.slug}"

    @property
    def text(self) -> str:
        return _plain(self.paragraphs)

    @property
    def last_change(self) -> datetime:
        return self.revision.at if self.revision else self.published

    @property
    def summary(self) -> str:
        """The first paragraph, dateline and all, cut at a word to what feeds usually carry."""
        lead = self.paragraphs[0].text
        if len(lead) <= SUMMARY_CHARACTERS:
            return lead
        return lead[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"

    def as_of(self, moment: datetime) -> "Article":
        """The article as it reads at that moment."""
        if self.revision is None or moment < self.revision.at:
            return self
        later = self.revision
        return replace(self, title=later.title, paragraphs=later.paragraphs, updated=later.at)


@dataclass(frozen=True, slots=True)
class World:
    """All outlets, and all articles in the order in which they are published."""

    outlets: tuple[Outlet, ...]
    articles: tuple[Article, ...]

    def outlet(self, slug: str) -> Outlet:
        return next(outlet for outlet in self.outlets if outlet.slug == slug)

    def of(self, outlet: Outlet) -> tuple[Article, ...]:
        """The outlet's articles, oldest first."""
        return tuple(article for article in self.articles if article.outlet == outlet.slug)


def load_world(folder: Path = FOLDER) -> World:
    """Read `outlets.yaml` and every article below `articles/<outlet>/`."""
    outlets = tuple(_outlet(entry) for entry in _yaml((folder / "outlets.yaml").read_text(encoding="utf-8")))
    articles = [_article(file, outlet) for outlet in outlets for file in _article_files(folder, outlet)]
    return World(outlets, tuple(sorted(articles, key=lambda article: (article.published, article.label))))


def _outlet(entry: Mapping[str, Any]) -> Outlet:
    return Outlet(**{**entry, "feed": FeedKind(entry["feed"])})


def _article_files(folder: Path, outlet: Outlet) -> list[Path]:
    return sorted(file for file in (folder / "articles" / outlet.slug).glob("*.md") if not _is_later_text(file))


def _is_later_text(file: Path) -> bool:
    return file.stem.endswith(".rev2")


def _article(file: Path, outlet: Outlet) -> Article:
    front, text = _front_and_text(file)
    published = datetime.fromisoformat(front["published"])
    return Article(
        slug=file.stem,
        outlet=outlet.slug,
        path=_path(outlet, file.stem, published),
        title=front["title"],
        authors=tuple(front["authors"]),
        published=published,
        updated=published,
        language=outlet.language,
        paragraphs=_paragraphs(text),
        story=front["story"],
        copy_of=front.get("copy_of"),
        lookalike=front.get("lookalike"),
        photo=Photo(**front["photo"]) if "photo" in front else None,
        revision=_revision(file, front["revised"]) if "revised" in front else None,
    )


def _revision(file: Path, revised: Mapping[str, str]) -> Revision:
    text = file.with_suffix(".rev2.md").read_text(encoding="utf-8")
    return Revision(datetime.fromisoformat(revised["at"]), revised["title"], _paragraphs(text))


def _front_and_text(file: Path) -> tuple[Mapping[str, Any], str]:
    _, front, text = file.read_text(encoding="utf-8").split("---\n", 2)
    return _yaml(front), text


def _path(outlet: Outlet, slug: str, published: datetime) -> str:
    year, month, day = published.date().isoformat().split("-")
    return outlet.article_address.format(slug=slug, year=year, month=month, day=day)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs stand apart by an empty line; "## " opens a heading."""
    pieces = (piece.strip() for piece in text.split("\n\n"))
    return tuple(Paragraph(piece.removeprefix("## "), piece.startswith("## ")) for piece in pieces if piece)


def _plain(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def _yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)
