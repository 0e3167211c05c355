"""Sources that are no feeds, through the pipeline: sitemaps, indexes of sitemaps, pages that list articles."""

from collections.abc import Sequence

from storage import sources
from storage.sources import NewSource
from storage.tables import SourceKind, SourceState
from tests.pipeline.newsroom import AGROUND, FERRY, MORNING, PIGEONS, SALVAGE, STEERING, Outlet, Report
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from worker.stages.address import address_hash

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
AT = MORNING.isoformat()


def adds(pipeline: Pipeline, url: str, kind: SourceKind, links: Sequence[str] = ()) -> None:
    new = NewSource(url, address_hash(url), kind=kind, links=tuple(links))
    pipeline.database.write(lambda session: sources.add_source(session, new, "command", pipeline.now))


def urlset(*reports: tuple[Report, str]) -> str:
    pages = "".join(
        f"<url><loc>{url}</loc><news:news><news:publication><news:name>Herald</news:name><news:language>en"
        f"</news:language></news:publication><news:publication_date>{AT}</news:publication_date>"
        f"<news:title>{report.title}</news:title></news:news></url>"
        for report, url in reports
    )
    return f'<?xml version="1.0"?><urlset {NAMESPACES}>{pages}</urlset>'


def index(*children: tuple[str, str]) -> str:
    listed = "".join(f"<sitemap><loc>{url}</loc><lastmod>{when}</lastmod></sitemap>" for url, when in children)
    return f'<?xml version="1.0"?><sitemapindex {NAMESPACES}>{listed}</sitemapindex>'


def texts(pipeline: Pipeline) -> list[str]:
    return sorted(article.title for article in pipeline.articles())


def test_what_a_news_sitemap_lists_is_read_and_told_once(pipeline: Pipeline, site: Site, herald: Outlet) -> None:
    site.serves("/news.xml", urlset((AGROUND, herald.publishes(AGROUND)), (PIGEONS, herald.publishes(PIGEONS))))
    pipeline.follows(FERRY)
    adds(pipeline, site.url("/news.xml"), SourceKind.SITEMAP)
    pipeline.runs()
    assert texts(pipeline) == sorted([AGROUND.title, PIGEONS.title])
    assert pipeline.reasons() == ["first"]
    source = pipeline.source(site.url("/news.xml"))
    assert (source.state, source.title) == (SourceState.HEALTHY, "Herald")

    site.serves("/news.xml", urlset((AGROUND, herald.url(AGROUND)), (PIGEONS, herald.url(PIGEONS))) + "\n")
    pipeline.polls_again("poll")
    assert len(pipeline.entries()) == len(pipeline.articles()) == 2
    assert {article.round for article in pipeline.articles()} == {1}


def test_an_index_is_read_through_its_sitemaps_and_those_unchanged_are_not_asked_again(
    pipeline: Pipeline, site: Site, herald: Outlet
) -> None:
    one, two = site.url("/news-1.xml"), site.url("/news-2.xml")
    site.serves("/news-1.xml", urlset((AGROUND, herald.publishes(AGROUND))))
    site.serves("/news-2.xml", urlset((PIGEONS, herald.publishes(PIGEONS))))
    site.serves("/index.xml", index((one, AT), (two, AT)))
    adds(pipeline, site.url("/index.xml"), SourceKind.SITEMAP)
    pipeline.runs()
    assert texts(pipeline) == sorted([AGROUND.title, PIGEONS.title])

    later = pipeline.now.isoformat()
    site.serves("/news-2.xml", urlset((PIGEONS, herald.url(PIGEONS)), (SALVAGE, herald.publishes(SALVAGE))))
    site.serves("/index.xml", index((one, AT), (two, later)))
    pipeline.polls_again()
    assert texts(pipeline) == sorted([AGROUND.title, PIGEONS.title, SALVAGE.title])
    assert (len(site.asked("/news-1.xml")), len(site.asked("/news-2.xml"))) == (1, 2)


def test_a_sitemap_that_fails_is_told_and_keeps_back_no_other(pipeline: Pipeline, site: Site, herald: Outlet) -> None:
    site.fails("/news-1.xml", 404)
    site.serves("/news-2.xml", urlset((AGROUND, herald.publishes(AGROUND))))
    site.serves("/index.xml", index((site.url("/news-1.xml"), AT), (site.url("/news-2.xml"), AT)))
    adds(pipeline, site.url("/index.xml"), SourceKind.SITEMAP)
    pipeline.runs()
    assert texts(pipeline) == [AGROUND.title]
    source = pipeline.source(site.url("/index.xml"))
    assert source.state == SourceState.HEALTHY
    assert "news-1.xml: the server answered 404" in source.reason

    site.serves("/news-1.xml", urlset((STEERING, herald.publishes(STEERING))))
    pipeline.polls_again()
    assert texts(pipeline) == sorted([AGROUND.title, STEERING.title])


def test_an_index_none_of_whose_sitemaps_can_be_had_is_failing(pipeline: Pipeline, site: Site) -> None:
    site.fails("/news-1.xml", 404)
    site.serves("/index.xml", index((site.url("/news-1.xml"), AT)))
    adds(pipeline, site.url("/index.xml"), SourceKind.SITEMAP)
    pipeline.runs()
    source = pipeline.source(site.url("/index.xml"))
    assert source.state == SourceState.FAILING
    assert "404" in source.reason


def test_a_sitemap_that_asks_to_wait_is_asked_for_its_host(pipeline: Pipeline, site: Site, herald: Outlet) -> None:
    """As a feed would be: the rest of the host is left alone, too."""
    site.fails("/news-1.xml", 429, headers={"Retry-After": "3600"})
    site.serves("/index.xml", index((site.url("/news-1.xml"), AT)))
    adds(pipeline, site.url("/index.xml"), SourceKind.SITEMAP)
    pipeline.runs()
    pipeline.polls(herald.feed_url)
    pipeline.runs()
    assert herald.times_asked() == 0


def listing(*links: str) -> str:
    anchors = "".join(f'<li><a href="{link}">What stands at {link}</a></li>' for link in links)
    return f"<!doctype html><html lang='en'><title>Herald, all news</title><main><ul>{anchors}</ul></main></html>"


def test_the_links_of_a_page_that_fit_a_pattern_are_its_entries(pipeline: Pipeline, site: Site, herald: Outlet) -> None:
    url, other = herald.publishes(AGROUND), herald.publishes(PIGEONS)
    site.serves("/all", listing(url, "/about", "/herald/live/today", other))
    adds(pipeline, site.url("/all"), SourceKind.LISTING, ["/herald/*", "-/herald/live/*"])
    pipeline.runs()
    assert sorted(article.url for article in pipeline.articles()) == sorted([url, other])
    assert texts(pipeline) == sorted([AGROUND.title, PIGEONS.title])  # as their pages say, not the links

    site.serves("/all", listing(herald.publishes(STEERING), other, url))
    pipeline.polls_again("poll")
    assert len(pipeline.entries()) == len(pipeline.articles()) == 3
    assert {article.round for article in pipeline.articles()} == {1}


def test_a_listing_page_that_robots_txt_closes_is_not_asked_for(pipeline: Pipeline, site: Site) -> None:
    site.serves("/robots.txt", "User-agent: *\nDisallow: /all\n")
    site.serves("/all", listing("/herald/aground"))
    adds(pipeline, site.url("/all"), SourceKind.LISTING)
    pipeline.runs()
    assert site.asked("/all") == []
    assert "robots.txt" in pipeline.source(site.url("/all")).reason


def test_a_page_on_which_nothing_fits_says_so(pipeline: Pipeline, site: Site) -> None:
    site.serves("/all", listing("/about"))
    adds(pipeline, site.url("/all"), SourceKind.LISTING, ["/news/*"])
    pipeline.runs()
    source = pipeline.source(site.url("/all"))
    assert source.state == SourceState.FAILING
    assert "/news/*" in source.reason


def test_a_link_whose_page_cannot_be_had_is_known_by_its_words(pipeline: Pipeline, site: Site) -> None:
    site.serves("/all", listing("/herald/lost"))
    adds(pipeline, site.url("/all"), SourceKind.LISTING, ["/herald/*"])
    pipeline.runs()
    (article,) = pipeline.articles()
    assert (article.title, article.state) == ("What stands at /herald/lost", "done")
    assert "404" in article.page_error
