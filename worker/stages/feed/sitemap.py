"""Sitemaps: which pages a site has, and for news sitemaps since when and under which title.

    bytes ── unpacked ── urlset, or one address a line ──▶ Feed, the newest entries first
                      └─ sitemapindex ──▶ SitemapIndex, see `sitemap_index`

We follow news and do not crawl archives: pages and whole sitemaps of more than a week ago are left alone. The formats
are those of sitemaps.org and of Google's news sitemaps; elements are known by their names without namespace, because
sites get these wrong. Nothing is fetched here.
"""

import hashlib
import heapq
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_LE, getincrementaldecoder
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import Generic, TypeVar
from urllib.parse import urljoin

from lxml import etree

from worker.stages.address import canonical
from worker.stages.extract.characters import decode
from worker.stages.feed.accidents import ACCIDENTS
from worker.stages.feed.identity import identified
from worker.stages.feed.links import MAX_LINK_CHARS, language_tag, web_link
from worker.stages.feed.listing import day_in, is_list, is_same_site, moment_of
from worker.stages.feed.model import Entry, Feed, NotAFeed
from worker.stages.feed.sitemap_index import FRESH, Child, SitemapIndex
from worker.stages.feed.text import one_line, plain
from worker.stages.gunzip import MAGIC, BrokenGzipError, FloodError, gunzip

MAX_UNPACKED_BYTES = 10 * 1024 * 1024
MAX_RECORDS = 50_000  # the protocol's own limit
MAX_CHILDREN = 2000
MAX_DEPTH = 1000
MAX_TAG_BYTES = 64 * 1024  # attributes are held in memory all at once: ten megabytes of them take two hundred
MAX_FIELD_CHARS = MAX_LINK_CHARS + 1  # what is longer is no address
MAX_REPAIRS = 100_000  # each is held in memory until all are made

# When so much of a sitemap changed in the same minute, its dates say when the sitemap was made.
_MADE_SHARE, _MADE_AT_LEAST = 0.5, 10

_PIECE_BYTES = 64 * 1024
_HEAD_BYTES = 4096
_DECLARATION_BYTES = 200
_RECORDS = frozenset(["url", "sitemap"])
_FIELDS = {
    ("url", "loc"): "address",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "loc"): "address",
    ("sitemap", "lastmod"): "lastmod",
    ("publication", "name"): "outlet",
    ("publication", "language"): "language",
    ("news", "language"): "language",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
}
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?([A-Za-z]\w{0,30})")
_OVERLONG_TAG = re.compile(rb"<[^<]{%d}" % MAX_TAG_BYTES)
# Halves of characters are no characters, and the parser would break at them instead of going on.
_HALF = rb"0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]);"
_REFERENCE = rb"(?:amp|lt|gt|quot|apos|#(?!%s)\d{1,8}|#x(?!0*d[89a-f]..;)[0-9a-f]{1,6});" % _HALF
_AMPERSAND = re.compile(rb"&(?!%s)|<!\[CDATA\[.*?(?:\]\]>|\Z)" % _REFERENCE, re.DOTALL | re.IGNORECASE)
_WIDE = (
    (BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)

_TOO_MANY = f"only the first {MAX_RECORDS} addresses are read"
_NOT_ONE = {
    "html": "it is an HTML page, not a sitemap",
    "rss": "it is a feed, not a sitemap",
    "feed": "it is a feed, not a sitemap",
    "!doctype": "it declares a document type, which no sitemap does and hostile files do",
}

Item = TypeVar("Item")
Take = Callable[[dict[str, str]], None]


def looks_like_sitemap(body: bytes) -> bool:
    """Whether a sitemap or an index begins here, packed or not; a text file of addresses is not recognised."""
    try:
        head = gunzip(body[:_HEAD_BYTES], _HEAD_BYTES).data if body.startswith(MAGIC) else body[:_HEAD_BYTES]
    except (BrokenGzipError, FloodError):
        return False
    root = _ROOT.search(head.replace(b"\0", b""))
    return root is not None and root[1].lower() in (b"urlset", b"sitemapindex")


def parse_sitemap(
    body: bytes,
    *,
    url: str,
    max_entries: int,
    now: datetime,
    last_read: datetime | None = None,
    content_type: str = "",
    body_truncated: bool = False,
) -> Feed | SitemapIndex | NotAFeed:
    """Read a sitemap that was fetched from `url`, gzip or not; cut in the middle it gives its whole entries.

    Of a sitemap without news data, what is a week old is left out, unless it is from after `last_read`, when this
    sitemap was read before. `body_truncated`: the body was cut when it was fetched. Never raises.
    """
    try:
        body, is_whole = _unpacked(body)
    except (BrokenGzipError, FloodError) as error:
        return NotAFeed(str(error))
    body = _in_utf8(body, content_type)
    if not body.strip():
        return NotAFeed("the answer is empty")
    notes = ["the answer was too long and is cut"] if body_truncated or not is_whole else []
    pages = _Pages(url, max_entries, oldest=min(now - FRESH, last_read or now))
    sitemaps = _Sitemaps(url)
    if _is_text(body):
        return pages.feed([*notes, *_read_text(body, pages.take)])
    root, stopped = _read_xml(body, {"url": pages.take, "sitemap": sitemaps.take})
    if root == "urlset":
        return pages.feed([*notes, *stopped])
    if root == "sitemapindex":
        return sitemaps.index([*notes, *stopped])
    return NotAFeed(_NOT_ONE.get(root, "it is not a sitemap"))


# Reading


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The file itself, as far as it is read, and whether that is all of it."""
    if not body.startswith(MAGIC):
        return body[:MAX_UNPACKED_BYTES], len(body) <= MAX_UNPACKED_BYTES
    unpacked = gunzip(body, MAX_UNPACKED_BYTES)
    return unpacked.data, unpacked.is_whole


def _in_utf8(body: bytes, content_type: str) -> bytes:
    """The body in UTF-8, unless it is in another charset and says so itself, which the parser reads."""
    wide = next((charset for mark, charset in _WIDE if body.startswith(mark)), None)
    if wide:
        return body.decode(wide, "replace").encode()
    if _is_utf8(body) or b"encoding=" in body[:_DECLARATION_BYTES]:
        return body.removeprefix(BOM_UTF8)
    return decode(body, content_type).encode()


def _is_utf8(body: bytes) -> bool:
    """Whether it is UTF-8, whatever it says it is; a last character that is cut in two is forgiven."""
    decoder = getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _PIECE_BYTES):
            decoder.decode(body[start : start + _PIECE_BYTES])
    except UnicodeDecodeError:
        return False
    return True


def _is_text(body: bytes) -> bool:
    """Whether it is a file of one address a line, by its first lines."""
    lines = [line for line in _lines(body[:_HEAD_BYTES]) if line and not line.startswith("#")]
    return sum(1 for line in lines if web_link(line)) > len(lines) // 2


def _read_text(body: bytes, take: Take) -> Iterator[str]:
    """Read it; gives a note on what was left out."""
    lines = filter(web_link, _lines(body))
    for line in islice(lines, MAX_RECORDS):
        take({"address": line})
    if next(lines, None):
        yield _TOO_MANY


def _lines(body: bytes) -> Iterator[str]:
    for line in BytesIO(body):
        yield line[: MAX_LINK_CHARS + 1].decode("utf-8", "replace").strip()


def _read_xml(body: bytes, takers: Mapping[str, Take]) -> tuple[str, list[str]]:
    """Read as far as it can be read, without a tree in memory; the root's name, and why it was not read to its end."""
    reader = _Reader(takers)
    parser = etree.XMLParser(
        target=reader,
        encoding="utf-8" if _is_utf8(body) else None,
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    overlong = _OVERLONG_TAG.search(body)
    body = _with_ampersands(body[: overlong.start()] if overlong else body).lstrip()
    try:
        for start in range(0, len(body), _PIECE_BYTES):
            parser.feed(body[start : start + _PIECE_BYTES])
        parser.close()
    except _StopError as error:
        return reader.root, [str(error)]
    except (etree.LxmlError, *ACCIDENTS):
        return reader.root, ["it is damaged"]  # what was whole until then has been taken
    return reader.root, ["one of its elements is far too long"] if overlong else []


def _with_ampersands(body: bytes) -> bytes:
    """Write "&" as XML wants it where sites forgot to: the parser would go on without the rest of the address."""
    return _AMPERSAND.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], body, count=MAX_REPAIRS)


class _StopError(Exception):
    """Ends the reading from within: a document type, nesting without end, or more records than there may be."""


class _Reader:
    """What the parser calls while it reads: gathers the fields of each record and gives them away at its end."""

    def __init__(self, takers: Mapping[str, Take]) -> None:
        self.root = ""
        self._takers = takers
        self._path: list[str] = []
        self._kind = ""
        self._given = 0
        self._record: dict[str, str] = {}
        self._field = ""

    def doctype(self, name: str | None, *_: str | None) -> None:
        self.root = "html" if (name or "").lower() == "html" else "!doctype"
        raise _StopError(self.root)

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        name = _local(tag)
        self.root = self.root or name
        if len(self._path) >= MAX_DEPTH:
            raise _StopError("its elements are nested without end")
        if name in _RECORDS:  # also inside another one, whose end tag is missing
            self._give()
            self._kind = name
        self._field = _FIELDS.get((self._path[-1] if self._path else "", name), "")
        self._path.append(name)

    def data(self, text: str) -> None:
        if self._field:
            there = self._record.get(self._field, "")
            self._record[self._field] = there + text[: max(0, MAX_FIELD_CHARS - len(there))]

    def end(self, _: str) -> None:
        self._field = ""
        if self._path and self._path.pop() in _RECORDS:
            self._give()

    def close(self) -> None:
        """The parser wants it; a record that has no end may be half a record, and is not given away."""

    def _give(self) -> None:
        record, self._record = self._record, {}
        if self._given >= MAX_RECORDS:
            raise _StopError(_TOO_MANY)
        if record.get("address"):
            self._given += 1
            self._takers[self._kind](record)


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


# Keeping


class _Newest(Generic[Item]):
    """Keeps the newest of what it is offered, at most so many.

    What has no date comes last. If that is too much, new things are at one end of the list, and at which one cannot be
    known, so both ends are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._dated: list[tuple[datetime, int, Item]] = []
        self._begin: list[Item] = []
        self._end: deque[Item] = deque(maxlen=most)
        self.offered = 0

    def offer(self, item: Item, when: datetime | None) -> None:
        self.offered += 1
        if when is None:
            self._end.append(item) if len(self._begin) >= self._most else self._begin.append(item)
        elif len(self._dated) < self._most:
            heapq.heappush(self._dated, (when, -self.offered, item))
        else:
            heapq.heappushpop(self._dated, (when, -self.offered, item))

    def kept(self) -> list[Item]:
        dated = [item for *_, item in sorted(self._dated, key=lambda each: each[:2], reverse=True)]
        room = self._most - len(dated)
        undated = [*self._begin, *self._end]
        if len(undated) > room:
            undated = [*undated[: room - room // 2], *undated[len(undated) - room // 2 :]]
        return [*dated, *undated]


class _Sitemaps:
    """Takes the records of an index."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._newest: _Newest[Child] = _Newest(MAX_CHILDREN)
        self._elsewhere = 0

    def take(self, record: Mapping[str, str]) -> None:
        address = _joined(self._url, record["address"])
        if address and is_same_site(address, self._url):
            lastmod = one_line(record.get("lastmod", ""), 40)
            self._newest.offer(Child(address, lastmod), moment_of(lastmod))
        else:
            self._elsewhere += 1

    def index(self, notes: Sequence[str]) -> SitemapIndex:
        children = _first_of_each(self._newest.kept(), lambda child: child.url)
        return SitemapIndex(self._url, tuple(children), "; ".join([*notes, *self._notes()]) or None)

    def _notes(self) -> Iterator[str]:
        if self._newest.offered > MAX_CHILDREN:
            yield f"{MAX_CHILDREN} of {self._newest.offered} sitemaps"
        if self._elsewhere:
            yield f"{self._elsewhere} sitemaps are of other sites"


@dataclass(frozen=True, slots=True)
class _Page:
    """`when`: what it is filed under here, if it tells of a time at all."""

    address: str
    fields: Mapping[str, str]
    is_news: bool
    changed: datetime | None
    published: datetime | None
    when: datetime | None


def _page(base: str, record: Mapping[str, str]) -> _Page:
    address = _joined(base, record["address"])
    changed, published = moment_of(record.get("lastmod", "")), moment_of(record.get("published", ""))
    # An address that names a day says when the article came out; what changes an old one is seldom news.
    day = day_in(address)
    when = published or (datetime.combine(day, time(), UTC) if day else changed)
    return _Page(address, record, "title" in record or "published" in record, changed, published, when)


class _Pages:
    """Takes the records of a sitemap: those that may be articles and are not too old."""

    def __init__(self, url: str, most: int, oldest: datetime) -> None:
        self._url = url
        self._oldest = oldest
        self._most = most
        self._newest: _Newest[_Page] = _Newest(most)
        self._old = 0

    def take(self, record: Mapping[str, str]) -> None:
        page = _page(self._url, record)
        if not page.address or (not page.is_news and is_list(page.address)):
            return
        if not page.is_news and page.when is not None and page.when.date() < self._oldest.date():
            self._old += 1
        else:
            self._newest.offer(page, page.when)

    def feed(self, notes: Sequence[str]) -> Feed:
        pages = _first_of_each(self._newest.kept(), lambda page: canonical(page.address))
        outlets = Counter(outlet for page in pages if (outlet := one_line(page.fields.get("outlet", ""))))
        entries = _entries(pages)
        return Feed(
            title=outlets.most_common(1)[0][0] if outlets else "",
            language=next((entry.language for entry in entries if entry.language), ""),
            link="",
            kind="news-sitemap" if any(page.is_news for page in pages) else "sitemap",
            entries=entries,
            truncated="; ".join([*notes, *self._notes()]) or None,
        )

    def _notes(self) -> Iterator[str]:
        if self._newest.offered > self._most:
            yield f"the newest {self._most} of {self._newest.offered} entries"
        if self._old:
            yield f"{self._old} entries are too old to be news"


def _first_of_each(items: Iterable[Item], key: Callable[[Item], str]) -> list[Item]:
    unique: dict[str, Item] = {}
    for item in items:
        unique.setdefault(key(item), item)
    return list(unique.values())


def _joined(base: str, link: str) -> str:
    link = link.strip()
    try:
        return web_link(link if link.startswith(("https://", "http://")) else urljoin(base, link)) if link else ""
    except ValueError:
        return ""


def _entries(pages: Sequence[_Page]) -> tuple[Entry, ...]:
    """Entries whose digest also holds when the page changed, where that can be believed.

    Of many pages nothing else is known, so a new date is the one hint of a new text; for a news sitemap it is what
    tells of a live page that grows under one title. A date without a time says too little, and a site that is built
    anew each night dates everything anew: those would have each page fetched again every day.
    """
    if _says_when_made(pages):
        pages = [replace(page, changed=None) for page in pages]
    entries = identified(_entry(page) for page in pages)
    return tuple(
        replace(entry, content_digest=_digest(entry)) if _has_time(page) else entry
        for entry, page in zip(entries, pages, strict=True)
    )


def _says_when_made(pages: Sequence[_Page]) -> bool:
    minutes = Counter(
        page.changed.replace(second=0, microsecond=0) for page in pages if page.changed and _has_time(page)
    )
    most = max(minutes.values(), default=0)
    return most >= _MADE_AT_LEAST and most > _MADE_SHARE * minutes.total()


def _has_time(page: _Page) -> bool:
    return page.changed is not None and ":" in page.fields.get("lastmod", "")


def _digest(entry: Entry) -> str:
    changed = entry.updated.isoformat() if entry.updated else ""
    return hashlib.sha256(f"{entry.content_digest}\x1f{changed}".encode()).hexdigest()


def _entry(page: _Page) -> Entry:
    return Entry(
        uid="",
        url=page.address,
        title=one_line(plain(page.fields.get("title", ""))),
        published=page.published,
        published_raw=one_line(page.fields.get("published", "")),
        updated=page.changed,
        language=language_tag(page.fields.get("language", "")),
    )
