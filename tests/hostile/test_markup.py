"""Markup and text over which parsers take long, in the places where no child is asked: it stays little there."""

import json
from collections.abc import Callable
from html import escape

import pytest

from storage.tables import ArticleState
from tests.hostile.measure import Cost
from tests.hostile.through import articles_of, go_through, poll_now
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from worker.confine.pool import Confined

FEW_SECONDS = 5.0
NO_NUMBER = f"&#{'1' * 5_000};"  # Python does not read numbers that long
SENTENCE = "The harbour office said on Monday that the old crane will be taken down in spring. "

Serve = Callable[[str, str], str]


def tag_of(attributes: int, first: str = "") -> str:
    """A tag over which an HTML parser takes time by the square of its attributes."""
    return f"<a {first} {' '.join(f'b{number}' for number in range(attributes))}>{SENTENCE}</a>"


@pytest.fixture
def serves(site: Site) -> Serve:
    """Serve a page as an article of a feed; its address."""

    def serve(name: str, page: str) -> str:
        site.serves(f"/{name}", page, headers={"Content-Type": "text/html; charset=utf-8"})
        link = site.url(f"/{name}")
        site.serves(f"/{name}.xml", f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>")
        return link

    return serve


def atom(*entries: str) -> str:
    body = "".join(f"<entry><id>urn:{number}</id>{entry}</entry>" for number, entry in enumerate(entries))
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed</id><title>Harbour</title>{body}</feed>'


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_feed_whose_texts_are_tags_of_many_attributes_is_polled_in_little_time(
    pipeline: Pipeline, site: Site, kind: str
) -> None:
    """Small enough to be read here: what is larger than a megabyte is for a child."""
    text = escape(tag_of(27_000) + NO_NUMBER)
    site.serves(f"/tags/{kind}", atom(*[f'<title>Notice</title><summary type="{kind}">{text}</summary>'] * 5))
    pipeline.polls(site.url(f"/tags/{kind}"))
    with Cost(pipeline.runtime.confined) as cost:
        source = poll_now(pipeline, site.url(f"/tags/{kind}"))
    cost.is_bearable()
    assert cost.seconds < FEW_SECONDS
    assert (source.state, source.reason) == ("healthy", "")
    assert len(articles_of(pipeline, source.url)) == 5


def test_a_text_in_a_feed_that_is_too_much_is_left_and_its_article_says_so(
    pipeline: Pipeline, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tag_of(45_000, first="b='<'")  # which hides the others from who counts them
    entry = {"id": "1", "title": "Too much", "summary": "Read on.", "content_html": content}
    site.serves("/too-much", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [entry]}))
    pipeline.polls(site.url("/too-much"))
    poll_now(pipeline, site.url("/too-much"))
    with Confined(seconds=0.3) as hasty:
        monkeypatch.setitem(pipeline.runtime.__dict__, "confined", hasty)
        [article] = go_through(pipeline, site.url("/too-much"))
    assert article.state == ArticleState.DONE
    assert article.cut == "the feed's text could not be read: parsing took longer than 0.3 s and was stopped"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("漢" * 400_000, id="a word to each character"),
        pytest.param("e\u0301" * 200_000, id="one word of composed letters"),
        pytest.param("a" * 400_000, id="one word"),
        pytest.param("1," * 200_000, id="one number"),
        pytest.param("a.b" * 100_000, id="one abbreviation"),
        pytest.param("a'" * 200_000, id="one word of apostrophes"),
        pytest.param("a b " * 100_000, id="words of a letter"),
    ],
)
def test_a_text_of_odd_words_is_read_in_little_memory(
    request: pytest.FixtureRequest, pipeline: Pipeline, serves: Serve, text: str
) -> None:
    name = address_of(request)
    link = serves(name, f"<html><body><article><h1>Odd</h1><p>{text}</p></article></body></html>")
    pipeline.polls(f"{link}.xml")
    with Cost(pipeline.runtime.confined) as cost:
        [article] = go_through(pipeline, f"{link}.xml")
    cost.is_bearable()
    assert (article.state, article.last_error, article.page_error) == (ArticleState.DONE, "", "")
    assert "kept up to 150,000 characters" in article.cut


def test_a_title_with_a_number_that_is_none_costs_only_itself(pipeline: Pipeline, serves: Serve) -> None:
    head = f'<meta property="og:title" content="{escape(NO_NUMBER)}">'
    link = serves("numbers", f"<html><head>{head}</head><body><p>{SENTENCE * 3}</p></body></html>")
    pipeline.polls(f"{link}.xml")
    [article] = go_through(pipeline, f"{link}.xml")
    assert (article.method, article.cut) == ("page", "")
    assert SENTENCE.strip() in article.text


def address_of(request: pytest.FixtureRequest) -> str:
    """A path of this test's own."""
    return "".join(letter if letter.isalnum() else "-" for letter in str(request.node.name))
