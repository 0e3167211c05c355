"""A listing page as a feed: those of its links that lead to articles are the entries, in the page's order.

    bytes ── text ── tree ── links ── those wanted, each address once ── titles, dates ── Feed

Which links are wanted the user says with patterns of their addresses; without patterns the address has to look like an
article's. What an address alone tells is here for sitemaps too. Not here: the feed that a page announces (`discover`),
and reading the articles themselves (`worker.stages.extract`).
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import courlan
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from worker.stages.address import canonical
from worker.stages.extract.characters import admit, decode
from worker.stages.extract.dates import read_stamp
from worker.stages.extract.fragment import without_runs
from worker.stages.feed.identity import identified
from worker.stages.feed.links import language_tag, web_link
from worker.stages.feed.model import Entry, Feed, NotAFeed
from worker.stages.feed.text import one_line

MAX_PAGE_BYTES = 5_000_000
MAX_MARKUP_CHARS = 3_000_000  # without scripts; the longest front pages have a third of it
MAX_TAGS = 50_000
MAX_LINKS = 10_000
MAX_TAG_CHARS = 8192  # the parser compares each attribute of a tag with all others: 270 KB of them take three seconds
MAX_NODES_IN_A_LINK = 200
ENOUGH_FOR_A_HEADLINE = 16  # characters; what is shorter is "World", "Live" or "3 min ago"

# Of the texts that a link has, the one a headline stands in; then what it shows; then what only programs read.
_IN_A_HEADING, _SHOWN, _DESCRIBED, _PICTURED, _NAMELESS = 4, 3, 2, 1, 0
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WITHIN_WORDS = frozenset(["a", "abbr", "b", "cite", "em", "i", "mark", "q", "small", "strong", "sub", "sup", "u"])
_WHOLE_PAGE = frozenset(["html", "body", "main"])
_MENUS = frozenset(["nav", "footer"])

_UNSEEN_EDGE = re.compile(r"<!--|-->|<(/?)(script|style)\b[^<>]*>?", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<[a-zA-Z]")
_OVERLONG_TAG = re.compile(rf"<[^<]{{{MAX_TAG_CHARS},}}")

# Parts of paths that lead to lists of articles, to people, files or forms.
_LISTS = frozenset(
    [
        *("about", "about-us", "account", "author", "authors", "autor", "autore", "auteur", "categoria", "categorie"),
        *("category", "categories", "comments", "contact", "feed", "feeds", "job", "jobs", "kategorie", "keyword"),
        *(
            "keywords",
            "label",
            "labels",
            "login",
            "newsletter",
            "newsletters",
            "page",
            "privacy",
            "product",
            "products",
        ),
        *("profile", "profiles", "register", "rss", "search", "section", "sections", "shop", "signup", "subscribe"),
        *("tag", "tags", "terms", "topic", "topics", "user", "users", "wp-admin", "wp-content"),
    ]
)
_FILE = re.compile(r"\.(?:avif|css|docx?|gif|ics|jpe?g|js|json|m3u8|mp[34]|pdf|png|rss|svg|webp|xlsx?|xml|zip)$", re.I)
_ID_IN_PATH = re.compile(r"\d{5}")
_ID_IN_QUERY = re.compile(r"(?:^|&)(?:aid|article|articleid|id|news|newsid|nid|p|story|storyid)=\d{3}", re.IGNORECASE)
_HYPHENS_OF_A_SLUG = 3
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_FULL_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/_.])(?P<month>0?[1-9]|1[0-2]|[a-z]{3})(?P=mark)(?P<day>[0-3]?\d)(?!\d)"
    r"|(?<!\d)(?P<year8>(?:19|20)\d\d)(?P<month8>0[1-9]|1[0-2])(?P<day8>[0-3]\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])(?=/)")


def parse_listing(
    body: bytes,
    *,
    url: str,
    links: Sequence[str] = (),
    max_entries: int,
    content_type: str = "",
    body_truncated: bool = False,
) -> Feed | NotAFeed:
    """Read the page of `url`; entries have an address, a title and sometimes a date. Never raises.

    `links`: patterns (see `matches`); those that begin with "-" say what is not wanted, and outweigh the others.
    """
    tree, is_cut = _tree(body, content_type)
    if tree is None:
        return NotAFeed("the answer is no page that can be read")
    notes = ["the page was too long and is cut"] if is_cut or body_truncated else []
    links_there = list(_links(tree, url))
    is_wanted = _rule(links, url)
    wanted = [link for link in links_there if is_wanted(link)]
    if not wanted:
        return NotAFeed(_why_nothing(len(links_there), links))
    teasers = _teasers(wanted)
    if len(teasers) > max_entries:
        notes = [*notes, f"the first {max_entries} of {len(teasers)} links"]
    published = _dates(tree, {link.anchor: link.key for link in wanted})
    return Feed(
        title=one_line(str(tree.findtext(".//head/title") or "")),
        language=language_tag(str(tree.get("lang") or "")),
        link=url,
        kind="listing",
        entries=identified(_entries(islice(teasers.items(), max_entries), published)),
        truncated="; ".join(notes) or None,
    )


def matches(pattern: str, address: str) -> bool:
    """Whether an address fits a pattern, of its path ("/news/*") or of all of it ("https://example.org/news/*").

    "*" stands for any characters, also none, "?" for one. Trackers and the scheme do not count, and a query only if
    the pattern needs it. Takes time by the product of the two lengths at worst, whatever they are.
    """
    return _fits(pattern, urlsplit(canonical(address)))


def looks_like_article(address: str) -> bool:
    """Whether an address has what those of articles have: a date, a long slug or a number; and is not a list's."""
    parts = urlsplit(address)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if not segments or is_list(address) or _FILE.search(segments[-1]):
        return False
    slug = segments[-1]
    has_date = day_in(parts.path) is not None and any(character.isalpha() for character in slug)
    has_number = any(_ID_IN_PATH.search(segment) for segment in segments[-2:]) or bool(_ID_IN_QUERY.search(parts.query))
    return has_date or has_number or max(slug.count("-"), slug.count("_")) >= _HYPHENS_OF_A_SLUG


def is_list(address: str) -> bool:
    """Whether it is the address of a home page, or of a list of articles by tag, section or author."""
    segments = [segment.lower() for segment in urlsplit(address).path.split("/") if segment]
    return not segments or not _LISTS.isdisjoint(segments)


def day_in(address: str) -> date | None:
    """The day that an address names (/2026/03/02/, 2026-mar-02, 20260302); of a month alone (/2026/03/) the last."""
    found = _FULL_DATE.search(address)
    if found:
        year, month, day = (found[name] or found[f"{name}8"] for name in ("year", "month", "day"))
        return _date(int(year), _MONTHS.get(month.lower(), 0) if month.isalpha() else int(month), int(day))
    found = _MONTH_IN_PATH.search(address)
    return last_of_month(int(found["year"]), int(found["month"])) if found else None


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def moment_of(written: str) -> datetime | None:
    """A date meant for machines, in UTC; a day alone at its midnight."""
    stamp = read_stamp(written) if written else None
    return stamp.moment.astimezone(UTC) if stamp else None


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one owner: one host, a host and one below it, or one registered domain."""
    a, b = (urlsplit(address).hostname or "" for address in (one, other))
    a, b = a.removeprefix("www."), b.removeprefix("www.")
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}") or (_registered(a) or a) == (_registered(b) or b)


@lru_cache(maxsize=4096)
def _registered(name: str) -> str:
    return courlan.extract_domain(f"https://{name}/") or ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# From bytes to links


def _tree(body: bytes, content_type: str) -> tuple[HtmlElement | None, bool]:
    """The page as a tree, without what nobody sees, and whether it was cut."""
    markup = without_runs(_OVERLONG_TAG.sub("", _seen(admit(decode(body[:MAX_PAGE_BYTES], content_type)))))
    beyond = next(islice(_OPENING_TAG.finditer(markup, 0, MAX_MARKUP_CHARS), MAX_TAGS, None), None)
    end = beyond.start() if beyond else MAX_MARKUP_CHARS
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(markup[:end].encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    has_more_links = next(islice(tree.iter("a"), MAX_LINKS, None), None) is not None
    return tree, len(body) > MAX_PAGE_BYTES or len(markup) > end or has_more_links


def _seen(markup: str) -> str:
    """The markup without scripts, styles and comments. One that has no end goes to the end of the page."""
    kept, begin, inside = list[str](), 0, ""
    for edge in _UNSEEN_EDGE.finditer(markup):
        kind = (edge[2] or "comment").lower()
        if not inside and edge[0] != "-->" and not edge[1]:
            kept.append(markup[begin : edge.start()])
            inside = kind
        elif inside == kind and (edge[0] == "-->" or edge[1]):
            begin, inside = edge.end(), ""
    return "".join([*kept, "" if inside else markup[begin:]])


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of the page. `key`: its address in canonical form."""

    anchor: HtmlElement
    url: str
    key: str


def _links(tree: HtmlElement, url: str) -> Iterator[_Link]:
    """Links to other pages of the web."""
    base = _joined(url, next((href for found in tree.iter("base") if (href := found.get("href"))), "")) or url
    here = canonical(url)
    for anchor in islice(tree.iter("a"), MAX_LINKS):
        address = _joined(base, str(anchor.get("href") or ""))
        key = canonical(address) if address else here
        if key != here:
            yield _Link(anchor, address, key)


def _joined(base: str, link: str) -> str:
    """An absolute address without fragment; empty when the link leads nowhere or not to the web."""
    link = link.strip().partition("#")[0]
    try:
        return web_link(urljoin(base, link)) if link else ""
    except ValueError:
        return ""


# Which links are wanted


def _rule(links: Sequence[str], url: str) -> Callable[[_Link], bool]:
    """Decides whether a link is wanted."""
    patterns = [pattern.strip() for pattern in links if pattern.strip()]
    unwanted = [pattern.removeprefix("-") for pattern in patterns if pattern.startswith("-")]
    wanted = [pattern for pattern in patterns if not pattern.startswith("-")]

    def is_wanted(link: _Link) -> bool:
        parts = urlsplit(link.key)
        if any(_fits(pattern, parts) for pattern in unwanted):
            return False
        # A pattern that names no host is about the site of the page.
        is_home = is_same_site(link.key, url)
        if wanted:
            return any((is_home or _names_host(pattern)) and _fits(pattern, parts) for pattern in wanted)
        return is_home and looks_like_article(link.key) and not _is_in_menu(link.anchor)

    return is_wanted


def _is_in_menu(anchor: HtmlElement) -> bool:
    return any(outer.tag in _MENUS for outer in anchor.iterancestors())


def _names_host(pattern: str) -> bool:
    return "://" in pattern


def _fits(pattern: str, parts: SplitResult) -> bool:
    start, glob = "", _glob(pattern if pattern.startswith(("/", "*")) else f"/{pattern}")
    if _names_host(pattern):
        start, glob = parts.netloc, _glob(pattern.partition("://")[2])
    without_query = unquote(start + parts.path)
    if glob.fullmatch(without_query):
        return True
    return bool(parts.query) and glob.fullmatch(f"{without_query}?{unquote(parts.query)}") is not None


@lru_cache(maxsize=512)
def _glob(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression that never goes back over what a "*" has passed: the first place where the
    next part fits is always good enough, so it is looked for in an atomic group.
    """
    first, *others = (_literal(part) for part in re.split(r"\*+", unquote(pattern)))
    if not others:
        return re.compile(first, re.DOTALL)
    middle = "".join(f"(?>.*?{part})" for part in others[:-1])
    return re.compile(f"{first}{middle}.*{others[-1]}", re.DOTALL)


def _literal(part: str) -> str:
    return ".".join(re.escape(text) for text in part.split("?"))


def _why_nothing(count: int, links: Sequence[str]) -> str:
    if not count:
        return "the page has no links"
    if links:
        return f"none of the page's {count} links fits {', '.join(links[:5])}"
    return f"none of the page's {count} links looks like an article; patterns for them can be set"


# What is known of each


@dataclass(frozen=True, slots=True)
class _Teaser:
    """What one link makes of its address. `rank`: how far the title can be trusted; below all when there is none."""

    url: str
    rank: int
    title: str

    def is_better_than(self, other: "_Teaser") -> bool:
        return (self.rank, len(self.title)) > (other.rank, len(other.title))


def _teasers(links: Iterable[_Link]) -> dict[str, _Teaser]:
    """The best teaser of each address, in the order in which the addresses come first."""
    best: dict[str, _Teaser] = {}
    for link in links:
        teaser = _teaser(link)
        there = best.setdefault(link.key, teaser)
        if teaser.is_better_than(there):
            best[link.key] = replace(teaser, url=there.url)
    return best


def _teaser(link: _Link) -> _Teaser:
    titles = ((rank if title else _NAMELESS, len(title), title) for rank, title in _titles(link.anchor))
    rank, _, title = max(titles)
    return _Teaser(link.url, rank, title)


def _titles(anchor: HtmlElement) -> Iterator[tuple[int, str]]:
    """What a link could be called, with how far each can be trusted."""
    yield _DESCRIBED, one_line(str(anchor.get("title") or anchor.get("aria-label") or ""))
    is_in_heading = any(outer.tag in _HEADINGS for outer in islice(anchor.iterancestors(), 3))
    yield _IN_A_HEADING if is_in_heading else _SHOWN, _headline(_pieces(anchor))
    for inner in islice(anchor.iter(), MAX_NODES_IN_A_LINK):
        if inner.tag in _HEADINGS:
            yield _IN_A_HEADING, one_line(" ".join(_pieces(inner)))
        elif inner.tag == "img":
            yield _PICTURED, one_line(str(inner.get("alt") or ""))


def _headline(pieces: Iterable[str]) -> str:
    """Of a link around a whole teaser, the piece that is the headline: the first of some length, else the longest."""
    texts = [text for text in map(one_line, pieces) if text]
    return next((text for text in texts if len(text) >= ENOUGH_FOR_A_HEADLINE), max(texts, key=len, default=""))


def _pieces(element: HtmlElement) -> list[str]:
    """The texts in an element, divided where another element begins or ends, but not at emphasis within a line.

    Dates are left out: "3 minutes ago" would be another title at each poll.
    """
    pieces, in_time = [""], 0
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), 2 * MAX_NODES_IN_A_LINK):
        if node.tag not in _WITHIN_WORDS:
            pieces.append("")
        in_time += (node.tag == "time") * (1 if event == "start" else -1)
        text = node.text if event == "start" else "" if node is element else node.tail
        pieces[-1] += "" if in_time else text or ""
    return pieces


@dataclass(slots=True)
class _Block:
    """An element's wanted addresses and its dates, at most two of each: more than one is too many already."""

    addresses: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)

    def take_over(self, inner: "_Block") -> None:
        for mine, other in ((self.addresses, inner.addresses), (self.dates, inner.dates)):
            mine.update(islice(other, max(0, 2 - len(mine))))


def _dates(tree: HtmlElement, keys: Mapping[HtmlElement, str]) -> dict[str, str]:
    """The date beside each address: in the smallest block that holds both, when it holds no other of either."""
    found: dict[str, str] = {}
    open_blocks = [_Block()]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            open_blocks.append(_block(element, keys))
            continue
        block = open_blocks.pop()
        if len(block.addresses) == 1 and block.dates and element.tag not in _WHOLE_PAGE:
            (address,) = block.addresses
            found.setdefault(address, next(iter(block.dates)) if len(block.dates) == 1 else "")
        open_blocks[-1].take_over(block)
    return found


def _block(element: HtmlElement, keys: Mapping[HtmlElement, str]) -> _Block:
    block = _Block()
    if element in keys:
        block.addresses.add(keys[element])
    elif element.tag == "time" and element.get("datetime"):
        block.dates.add(str(element.get("datetime")).strip())
    return block


def _entries(teasers: Iterable[tuple[str, _Teaser]], published: Mapping[str, str]) -> Iterator[Entry]:
    for key, teaser in teasers:
        written = published.get(key, "")
        yield Entry(
            uid="",
            url=teaser.url,
            title=teaser.title,
            published=moment_of(written),
            published_raw=one_line(written),
        )
