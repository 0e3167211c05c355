"""What mutants are made of: small feeds of every kind in `originals/`, some in other charsets too, and a user's own."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ORIGINALS = Path(__file__).parent / "originals"
MAX_ORIGINAL_BYTES = 100_000


class Kind(StrEnum):
    """What an original is, and so how it is to be read."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Original:
    """One whole file."""

    name: str
    kind: Kind
    body: bytes


# An original and the charset that it is written in instead, whatever it says.
_IN_OTHER_CHARSETS = (
    ("rss-1.0.xml", "shift_jis"),
    ("rss-1.0.xml", "euc-jp"),
    ("rss-1.0.xml", "utf-16"),
    ("rss-1.0.xml", "utf-32"),
    ("atom-0.3.xml", "utf-16-be"),
    ("atom-0.3.xml", "cp037"),
    ("atom-1.0.xml", "utf-8-sig"),
    ("rss-2.0-podcast.xml", "cp1252"),
    ("rss-2.0-dates.xml", "koi8-u"),
    ("sitemap-news.xml", "utf-16-le"),
    ("sitemap.xml", "utf-8-sig"),
    ("listing.html", "utf-16"),
)
_PACKED = ("sitemap-news.xml", "sitemap-index.xml")
_KINDS: Mapping[str, Kind] = {"sitemap": Kind.SITEMAP, "listing": Kind.LISTING}
"""By the beginning of a file's name; any other is a feed."""


def read_corpus(folder: Path | None = None) -> tuple[Original, ...]:
    """Our own, and those in and under `folder` that are not too large. If these are more, ours are repeated."""
    own, others = _own(), _read(folder) if folder else ()
    return (*own * max(1, len(others) // len(own)), *others)


def _own() -> tuple[Original, ...]:
    own = _read(ORIGINALS)
    by_name = {original.name: original for original in own}
    recoded = [_in_charset(by_name[name], charset) for name, charset in _IN_OTHER_CHARSETS]
    packed = [Original(f"{name}.gz", Kind.SITEMAP, gzip.compress(by_name[name].body, mtime=0)) for name in _PACKED]
    return (*own, *recoded, *packed)


def _read(folder: Path) -> tuple[Original, ...]:
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".xml", ".json", ".html", ".txt"))
    originals = (Original(file.relative_to(folder).as_posix(), _kind(file), file.read_bytes()) for file in files)
    return tuple(original for original in originals if len(original.body) <= MAX_ORIGINAL_BYTES)


def _kind(file: Path) -> Kind:
    return next((kind for start, kind in _KINDS.items() if file.name.startswith(start)), Kind.FEED)


def _in_charset(original: Original, charset: str) -> Original:
    return Original(
        f"{original.name} in {charset}",
        original.kind,
        original.body.decode("utf-8").encode(charset, "xmlcharrefreplace"),
    )
