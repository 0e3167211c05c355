"""What the demo's site answers for an address at a given moment: pages, feeds, and the odd addresses.

Values only: no sockets and no clock. Serving the answers over time is `site`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from seeds.feeds import CONTENT_TYPES, write_feed
from seeds.pages import Pages
from seeds.world import Article, Outlet, World

FAILING_FEED = "/tide-tables/feed.xml"
MOVED_FEED = "/ellery-gazette/rss.xml"  # the Harbour Post under its former name
MOVED_TO = "harbour-post"
PRIVATE = "/private/"
ROBOTS = f"User-agent: *\nDisallow: {PRIVATE}\n"
SLOW_FEED_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for one address; `changed` is when it last became different."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    changed: datetime | None = None
    location: str | None = None
    wait_seconds: float = 0.0

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def is_known(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Whether the client holds it already. Dates count only when no tag was sent (RFC 9110, 13.2.2)."""
        if self.status != HTTPStatus.OK:
            return False
        if if_none_match is not None:
            return self.etag in [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        if if_modified_since is None or self.changed is None:
            return False
        return self.changed < _http_date(if_modified_since) + timedelta(seconds=1)


class Answers:
    """Answers for a world whose links begin with `base_url`."""

    def __init__(self, world: World, base_url: str) -> None:
        self._world = world
        self._base_url = base_url
        self._pages = Pages(base_url)
        self.start = _midnight_before(world.articles[0].published)

    def out(self, articles: Sequence[Article], now: datetime) -> tuple[Article, ...]:
        """Those that are published by then, as they read then."""
        return tuple(article.as_of(now) for article in articles if article.published <= now)

    def answer(self, address: str, now: datetime) -> Answer:
        """The answer for an address: path and query, as a request names it."""
        return self._fixed(address) or self._of_an_outlet(address, now) or self._of_an_article(address, now)

    def _fixed(self, address: str) -> Answer | None:
        """Addresses that answer the same at any time."""
        if address == "/":
            page = self._pages.index(self._world.outlets)
            return Answer(HTTPStatus.OK, page.encode(), "text/html; charset=utf-8", self.start)
        if address == "/robots.txt":
            return Answer(HTTPStatus.OK, ROBOTS.encode(), changed=self.start)
        if address.startswith(PRIVATE):
            return Answer(HTTPStatus.OK, b"Not for robots.", changed=self.start)
        if address == MOVED_FEED:
            target = self._base_url + self._world.outlet(MOVED_TO).feed_address
            return Answer(HTTPStatus.MOVED_PERMANENTLY, location=target)
        if address == FAILING_FEED:
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, b"The tide is out.")
        return None

    def _of_an_outlet(self, address: str, now: datetime) -> Answer | None:
        for outlet in self._world.outlets:
            if address == outlet.feed_address:
                return self._feed(outlet, now)
            if address == outlet.home_address:
                return self._home(outlet, now)
        return None

    def _feed(self, outlet: Outlet, now: datetime) -> Answer:
        articles = self.out(self._world.of(outlet), now)
        body = write_feed(outlet, articles, self._base_url)
        content_type = f"{CONTENT_TYPES[outlet.feed]}; charset={outlet.charset}"
        wait = SLOW_FEED_SECONDS if outlet.slow_feed else 0.0
        return Answer(HTTPStatus.OK, body, content_type, self._last_change(articles), wait_seconds=wait)

    def _home(self, outlet: Outlet, now: datetime) -> Answer:
        articles = self.out(self._world.of(outlet), now)
        return _page(self._pages.home(outlet, articles), outlet, self._last_change(articles))

    def _of_an_article(self, address: str, now: datetime) -> Answer:
        article = next((article for article in self.out(self._world.articles, now) if article.path == address), None)
        if article is None:
            return Answer(HTTPStatus.NOT_FOUND, b"There is no such page.")
        outlet = self._world.outlet(article.outlet)
        return _page(self._pages.article(outlet, article, self._world.of(outlet)), outlet, article.updated)

    def _last_change(self, articles: tuple[Article, ...]) -> datetime:
        return max([article.updated for article in articles], default=self.start)


def _page(text: str, outlet: Outlet, changed: datetime) -> Answer:
    body = text.encode(outlet.charset, "xmlcharrefreplace")
    return Answer(HTTPStatus.OK, body, f"text/html; charset={outlet.charset}", changed)


def _midnight_before(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _http_date(text: str) -> datetime:
    """A date that cannot be read is older than anything, so that the whole answer is sent."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
