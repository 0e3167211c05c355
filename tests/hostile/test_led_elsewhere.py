"""Feeds, listings, sitemaps and pages that would lead us to addresses that are none of their readers' business.

Each ends with a reason where its user looks for one, and no packet has gone there: the canary has had no visit, and
the tests' own guard no connection to refuse. The forms of addresses are `tests/worker/fetch/test_guard.py`'s matter.
"""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from cli.discover import discover
from storage import sources
from storage.sources import NewSource
from storage.tables import ArticleState, Source, SourceKind
from tests.hostile.elsewhere import Elsewhere
from tests.hostile.through import go_through, poll_now
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from worker.errors import PermanentError
from worker.stages.address import address_hash

NOT_PUBLIC = "not a public address"
PRIVATE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/latest/meta-data/",
    "http://10.0.0.1/news/2026/03/04/a-long-story-about-ferries",
    "http://192.168.1.1:8080/admin",
    "http://2852039166/latest/meta-data/",  # the first one as a number
    "http://0x7f.2/news",
    "http://[::1]/news",
    "http://127.0.0.2/news",  # the canary's host
)
"""None of these is looked at on its way out by us: whoever lets one pass fails the test in `tests/network.py`."""


def adds(pipeline: Pipeline, url: str, kind: SourceKind, links: Sequence[str] = ()) -> Source:
    """Add a source of a kind."""
    new = NewSource(url, address_hash(url), kind=kind, links=tuple(links))

    def work(session: Session) -> None:
        sources.add_source(session, new, "command", pipeline.now)

    pipeline.database.write(work)
    return pipeline.source(url)


def feed(*links: str) -> str:
    items = "".join(f"<item><title>Notice</title><link>{link}</link><guid>{link}</guid></item>" for link in links)
    return f'<rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>'


@pytest.mark.parametrize("link", PRIVATE)
def test_an_entry_that_links_to_a_private_address_is_read_without_its_page(
    pipeline: Pipeline, site: Site, link: str
) -> None:
    path = f"/private/{address_hash(link)[:8]}"
    site.serves(path, feed(link))
    pipeline.polls(site.url(path))
    [article] = go_through(pipeline, site.url(path))
    assert (article.state, article.title) == (ArticleState.DONE, "Notice")
    assert NOT_PUBLIC in article.page_error


def test_a_listing_whose_links_lead_to_private_addresses_lists_and_asks_for_none(
    pipeline: Pipeline, site: Site, elsewhere: Elsewhere
) -> None:
    there = [f"{elsewhere.canary}/secret", *PRIVATE[:4]]
    links = "".join(f'<li><a href="{link}">A long and honest headline, number {link[-5:]}</a></li>' for link in there)
    site.serves("/listing", f"<html><body><ul>{links}</ul></body></html>")
    listing = adds(pipeline, site.url("/listing"), SourceKind.LISTING, ["http://*"])
    found = go_through(pipeline, listing.url)
    assert len(found) == len(there)
    assert all(article.state == ArticleState.DONE and NOT_PUBLIC in article.page_error for article in found)


def test_a_sitemap_index_whose_sitemaps_are_elsewhere_asks_for_none(
    pipeline: Pipeline, site: Site, elsewhere: Elsewhere
) -> None:
    children = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in (f"{elsewhere.canary}/map.xml", *PRIVATE[:3]))
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    site.serves("/sitemap.xml", f'<?xml version="1.0"?><sitemapindex xmlns="{schema}">{children}</sitemapindex>')
    url = adds(pipeline, site.url("/sitemap.xml"), SourceKind.SITEMAP).url
    assert go_through(pipeline, url) == []
    assert "4 sitemaps are of other sites" in pipeline.source(url).reason


def test_a_sitemap_that_lists_pages_elsewhere_has_them_read_without_being_asked_for(
    pipeline: Pipeline, site: Site, elsewhere: Elsewhere
) -> None:
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    entry = f"<url><loc>{elsewhere.canary}/secret</loc><lastmod>{pipeline.now:%Y-%m-%d}</lastmod></url>"
    site.serves("/map.xml", f'<?xml version="1.0"?><urlset xmlns="{schema}">{entry}</urlset>')
    source = adds(pipeline, site.url("/map.xml"), SourceKind.SITEMAP)
    [article] = go_through(pipeline, source.url)
    assert NOT_PUBLIC in article.page_error


def test_a_page_that_moves_elsewhere_is_not_followed(pipeline: Pipeline, site: Site, elsewhere: Elsewhere) -> None:
    site.serves("/moving/feed", feed(site.url("/moving/page")))
    site.moves("/moving/page", f"{elsewhere.canary}/secret", status=302)
    pipeline.polls(site.url("/moving/feed"))
    [article] = go_through(pipeline, site.url("/moving/feed"))
    assert NOT_PUBLIC in article.page_error


def test_robots_that_lead_elsewhere_are_not_followed(pipeline: Pipeline, elsewhere: Elsewhere) -> None:
    with Site("127.0.0.1") as site:
        site.serves("/feed", feed(site.url("/page")))
        site.serves("/page", "<html><body><p>The harbour office said on Monday that all is well.</p></body></html>")
        site.moves("/robots.txt", f"{elsewhere.canary}/robots.txt", status=301)
        pipeline.polls(site.url("/feed"))
        [article] = go_through(pipeline, site.url("/feed"))
    assert (article.state, article.page_error) == (ArticleState.DONE, "")  # such a file is taken as not there


def test_a_page_that_announces_feeds_elsewhere_is_told_so(pipeline: Pipeline, site: Site, elsewhere: Elsewhere) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{url}">'
        for url in (f"{elsewhere.canary}/feed", *PRIVATE[:3])
    )
    site.serves("/home", f"<html><head>{links}</head><body><p>Welcome.</p></body></html>")
    with pytest.raises(PermanentError, match="neither a feed nor a page that names one"):
        discover(pipeline.runtime, site.url("/home"))


def test_a_feed_that_moved_elsewhere_for_good_is_not_believed(
    pipeline: Pipeline, site: Site, elsewhere: Elsewhere
) -> None:
    site.moves("/moved", f"{elsewhere.canary}/feed", status=301)
    pipeline.polls(site.url("/moved"))
    for _ in range(4):
        source = poll_now(pipeline, site.url("/moved"))  # it is still known by its own address
    assert source.state == "failing"
    assert NOT_PUBLIC in source.reason
