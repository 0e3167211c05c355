import pytest
from lxml.html import HtmlElement, document_fromstring

from worker.stages.extract.prune import prune

NEWS = (
    "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull.",
    "Some 340 passengers were taken to hotels, the harbour master said, and a smaller ship will sail on Thursday.",
    "The company called the inspection a formality. The union of seamen said it had warned of the crack in May, "
    "and that nobody had answered its letters since then.",
)


def page(extra: str) -> HtmlElement:
    first, second, third = (f"<p>{paragraph}</p>" for paragraph in NEWS)
    return document_fromstring(f"<html><body><article>{first}{second}{extra}{third}</article></body></html>")


def text(tree: HtmlElement) -> str:
    return " ".join("".join(tree.itertext()).split())


@pytest.mark.parametrize(
    "extra",
    [
        '<ul><li>Islands: <a href="/bread">Ten days without any bread at all</a></li>'
        '<li><a href="/oldest">The oldest ferries still at sea</a></li></ul>',
        '<p><a href="/strike">The seamen are on strike again</a></p>',
        '<p>» <strong><a href="/strike">The seamen are on strike again, and nobody knows for how long</a></strong></p>',
        # A card: the link is around the whole block.
        '<div><a href="/strike"><h3>The seamen are on strike</h3><p>Nobody knows for how long.</p></a></div>',
        "<figcaption>The ferry Aurora in the harbour</figcaption>",
        '<div class="article-image__caption">The ferry Aurora in the harbour</div>',
        '<p class="bildunterschrift">Die Fähre Aurora im Hafen</p>',
        '<div class="c-newsletter-box"><h3>The morning boat</h3><p>All the news of the islands.</p></div>',
        '<aside class="fact-box"><p>The Aurora was built in 1987.</p></aside>',
        '<div class="infobox__inner"><p>The Aurora was built in 1987.</p></div>',
        '<section class="related-articles"><p>The seamen are on strike.</p></section>',
        '<div class="authorBio author-bio"><p>Ann Lee writes about the sea.</p></div>',
    ],
)
def test_what_is_not_the_article_by_its_marks_is_taken_out(extra: str) -> None:
    tree = page(extra)
    prune(tree)
    assert text(tree) == text(page(""))


@pytest.mark.parametrize(
    "extra",
    [
        # A list of the article's own, with a link in it
        '<ul><li>The hull is cracked, say <a href="/i">inspectors</a></li><li>The engine is forty years old</li></ul>',
        # A table of contents leads to this very page.
        '<ul><li><a href="#hull">What happened to the hull</a></li><li><a href="#crew">The crew</a></li></ul>',
        '<p>The seamen <a href="/strike">went on strike</a> in May.</p>',
        '<h2><a href="/hull">What happened to the hull</a></h2>',
        '<div class="recaption">The ferry was named again.</div>',
        '<div class="unrelated">The ferry was named again.</div>',
        # Named like a box, but most of the paragraphs stand in it
        f'<div class="paywall">{"".join(f"<p>{paragraph}</p>" for paragraph in NEWS * 2)}</div>',
    ],
)
def test_what_may_be_the_articles_own_stays(extra: str) -> None:
    tree = page(extra)
    prune(tree)
    assert text(tree) == text(page(extra))


def test_text_behind_what_is_taken_out_stays() -> None:
    tree = page('<p>Before <a href="/x">the</a></p><figcaption>A ship</figcaption>It sailed.')
    prune(tree)
    assert "It sailed." in text(tree)


def test_a_page_of_little_text_keeps_its_boxes() -> None:
    tree = document_fromstring('<div class="newsletter"><p>The ferry was stopped.</p></div>')
    prune(tree)
    assert text(tree) == "The ferry was stopped."


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "markup",
    [
        "<ul>" * 200 + "<li><a href='/x'>ferry</a>" * 3000,
        "<a href='/x'><p>ferry</p>" * 5000,
        "<div class='newsletter modal'>" * 200 + "<p>ferry</p>" * 3000,
        "<p class='" + "caption-" * 50_000 + "'>ferry</p>",
    ],
)
def test_pages_of_any_shape_are_pruned_in_bounded_time(markup: str) -> None:
    tree = document_fromstring(f"<html><body>{markup}</body></html>")
    prune(tree)
    assert tree.tag == "html"
