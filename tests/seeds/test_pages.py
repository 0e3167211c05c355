"""Every page can be read: the whole text is on it, and extraction finds text, title, date and author."""

from datetime import UTC, datetime
from html import unescape

import pytest
import trafilatura
from trafilatura.metadata import extract_metadata

from seeds.answers import Answers
from seeds.pages import NOTICE
from seeds.world import Article, World

END = datetime(2025, 11, 21, tzinfo=UTC)
WITHOUT_AUTHOR = {"old-courier", "slow-mail"}  # visible to people, in no markup
WITH_CLUTTER = {  # what extraction does not get rid of, for the cleaning stage
    "daily-lantern": "Sign up for our newsletter",
    "northgate": "See also: ",
    "world-sketch": "Your email address will not be published",
    "svitanok": "Підписуйтесь на наш канал",
    "old-courier": "To the front page",
}


@pytest.fixture(scope="module")
def bodies(world: World) -> dict[Article, bytes]:
    answers = Answers(world, "http://news.example")
    articles = answers.out(world.articles, END)
    return {article: answers.answer(article.path, END).body for article in articles}


def flat(text: str) -> str:
    return " ".join(text.split())


def extracted(body: bytes) -> str:
    return trafilatura.extract(body, fast=True, deduplicate=False, include_comments=False) or ""


def test_every_page_holds_the_paragraphs_of_its_article(world: World, bodies: dict[Article, bytes]) -> None:
    for article, body in bodies.items():
        text = flat(unescape(body.decode(world.outlet(article.outlet).charset)))
        assert [part.text for part in article.paragraphs if flat(part.text) not in text] == [], article.label


def test_labels_are_never_served(bodies: dict[Article, bytes]) -> None:
    slugs = " ".join(article.slug for article in bodies)
    labels = {"copy_of", "lookalike"} | {article.story for article in bodies if article.story not in slugs}
    assert "ankara-talks" in labels
    for article, body in bodies.items():
        assert [label for label in labels if label.encode() in body] == [], article.label


def test_extraction_gets_the_whole_text(bodies: dict[Article, bytes]) -> None:
    for article, body in bodies.items():
        text = flat(extracted(body))
        assert [part.text for part in article.paragraphs if flat(part.text) not in text] == [], article.label


def test_extraction_leaves_some_clutter_to_be_cleaned(bodies: dict[Article, bytes]) -> None:
    for outlet, clutter in WITH_CLUTTER.items():
        assert any(clutter in extracted(body) for article, body in bodies.items() if article.outlet == outlet), outlet


def test_title_date_and_author_can_be_found(bodies: dict[Article, bytes]) -> None:
    for article, body in bodies.items():
        found = extract_metadata(body)
        assert found.title == article.title
        assert found.date == article.published.date().isoformat(), article.label
        assert bool(found.author) != (article.outlet in WITHOUT_AUTHOR), article.label


def test_every_page_says_that_it_is_made_up(world: World, bodies: dict[Article, bytes]) -> None:
    assert all(NOTICE.encode() in body for body in bodies.values())
    index = Answers(world, "http://news.example").answer("/", END)
    assert NOTICE.encode() in index.body
    assert all(outlet.name.encode() in index.body for outlet in world.outlets)


def test_later_news_does_not_change_an_older_page(world: World) -> None:
    answers = Answers(world, "http://news.example")
    article = next(article for article in world.articles if article.outlet == "daily-lantern")
    assert answers.answer(article.path, article.published).body == answers.answer(article.path, END).body
