"""What stands at an address that a user gives, and where its entries are to be had.

    a feed? ── a sitemap? ── a page: the feeds it announces ── where feeds usually are ── the sitemaps in robots.txt

The first that is there is taken. Asked politely: one after another, at the host's pace, at most a dozen requests, and
what robots.txt closes is not guessed at. A listing page is never guessed: almost every page is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from protego import Protego

from storage.tables import Source, SourceKind
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Response
from worker.fetch.robots import MAX_ROBOTS_BYTES
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.feed import Feed, NotAFeed, discover_feeds
from worker.stages.feed.links import web_link
from worker.stages.feed.sitemap import looks_like_sitemap
from worker.stages.feed.sitemap_index import SitemapIndex
from worker.steps.asking import crawl_delay, host_turn
from worker.steps.poll.parse import bytes_of, parsed

USUAL_PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
MOST_ANNOUNCED = 4
MOST_SITEMAPS = 3
OK, TOO_MANY_REQUESTS, SERVER_ERRORS = 200, 429, 500
ADVICE = "a page that lists articles is added with --kind listing"


@dataclass(frozen=True, slots=True)
class Discovered:
    """Where entries come from. Title and language are what the source says of itself, or empty."""

    url: str
    kind: SourceKind
    title: str = ""
    language: str = ""


def discover(run: Runtime, url: str, kind: SourceKind | None = None, links: tuple[str, ...] = ()) -> Discovered:
    """Find the source at this address, or from the page there; with a `kind`, only such a one.

    Raises WorkerError: what stands there instead, and where else was looked.
    """
    if kind == SourceKind.LISTING:
        crawl_delay(run, url)  # raises when the page is not for us
    search = _Search(run)
    response = search.ask(url)
    if kind in (SourceKind.LISTING, SourceKind.SITEMAP):
        return search.as_kind(response, kind, links)
    found = search.as_feed(response)
    if isinstance(found, Discovered):
        return found
    if kind is None and looks_like_sitemap(response.body):
        return search.as_kind(response, SourceKind.SITEMAP)
    elsewhere = next(search.elsewhere(response, with_sitemaps=kind is None), None)
    if elsewhere is None:
        raise PermanentError(f"neither a feed nor a page that names one ({found.reason}){search.told()}; {ADVICE}")
    return elsewhere


class _Search:
    """One search, and what it tried in vain."""

    def __init__(self, run: Runtime) -> None:
        self._run = run
        self._tried: list[str] = []

    def ask(self, url: str) -> Response:
        """The answer, if there is one. Raises WorkerError: TransientError when the host should be left alone."""
        host = address.host(url)
        with host_turn(self._run, host) as pause:
            if pause > 0:
                raise TransientError(f"{host} wants to be left alone for {pause:.0f} s", retry_after=pause)
            response = self._run.door.get(url)
        if response.status == OK:
            return response
        told = f"the server answered {response.status}"
        raise (TransientError if _wants_rest(response.status) else PermanentError)(told)

    def as_feed(self, response: Response) -> Discovered | NotAFeed:
        feed = self._parsed(response, SourceKind.FEED)
        return feed if isinstance(feed, NotAFeed) else _discovered(response, SourceKind.FEED, feed)

    def as_kind(self, response: Response, kind: SourceKind, links: tuple[str, ...] = ()) -> Discovered:
        """Raises PermanentError when it is none."""
        found = self._parsed(response, kind, links)
        if isinstance(found, NotAFeed):
            raise PermanentError(found.reason)
        return _discovered(response, kind, found)

    def elsewhere(self, page: Response, *, with_sitemaps: bool) -> Iterator[Discovered]:
        """What can be found from the page, the best first. Ends early when the host wants to be left alone."""
        try:
            for url in self._announced(page)[:MOST_ANNOUNCED]:
                yield from self._feed_at(url, shown=url)
            for place in USUAL_PLACES:
                url = urljoin(page.url, place)
                if self._run.robots.allowed(url):
                    yield from self._feed_at(url, shown=place)
            if with_sitemaps:
                for url in self._sitemaps(page.url):
                    yield from self._sitemap_at(url)
        except TransientError as error:
            self._tried.append(f"then gave up, as {error}")

    def told(self) -> str:
        return f"; tried {', '.join(self._tried)}" if self._tried else ""

    def _parsed(
        self, response: Response, kind: SourceKind, links: tuple[str, ...] = ()
    ) -> Feed | SitemapIndex | NotAFeed:
        """As the poll would see it."""
        would_be = Source(kind=kind, links=list(links))
        return parsed(self._run, would_be, bytes_of(response), self._run.now())

    def _announced(self, page: Response) -> tuple[str, ...]:
        try:
            return self._run.confined.call(discover_feeds, page.body, page.url)
        except PermanentError:
            return ()

    def _feed_at(self, url: str, *, shown: str) -> Iterator[Discovered]:
        self._tried.append(shown)
        try:
            found = self.as_feed(self.ask(url))
        except PermanentError:
            return
        if isinstance(found, Discovered):
            yield found

    def _sitemap_at(self, url: str) -> Iterator[Discovered]:
        self._tried.append(url)
        try:
            yield self.as_kind(self.ask(url), SourceKind.SITEMAP)
        except PermanentError:
            return

    def _sitemaps(self, url: str) -> Iterator[str]:
        """The sitemaps that robots.txt names, those named for news first."""
        self._tried.append("/robots.txt")
        try:
            robots = self.ask(urljoin(url, "/robots.txt")).body[:MAX_ROBOTS_BYTES]
        except PermanentError:
            return
        named = Protego.parse(robots.decode("utf-8-sig", "replace")).sitemaps
        links = dict.fromkeys(link for one in named if (link := web_link(urljoin(url, one))))
        yield from islice(sorted(links, key=lambda link: "news" not in link.lower()), MOST_SITEMAPS)


def _discovered(response: Response, kind: SourceKind, found: Feed | SitemapIndex) -> Discovered:
    if isinstance(found, SitemapIndex):
        return Discovered(response.url, kind)
    return Discovered(response.url, kind, found.title, found.language)


def _wants_rest(status: int) -> bool:
    return status == TOO_MANY_REQUESTS or status >= SERVER_ERRORS
