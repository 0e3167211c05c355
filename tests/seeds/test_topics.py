"""The demo's topics and the starter sources: valid files, and queries that find their story and nothing like it."""

from pathlib import Path

import pytest

from config.channels import LogChannel
from config.sources import load_sources
from config.topics import TopicsFile, load_topics
from seeds.world import World
from worker.stages.aliases import Aliases
from worker.stages.query import Document, Query, compile_query, prepare

SEEDS = Path(__file__).parents[2] / "seeds"
STORIES = {
    "Ankara talks": "ankara-talks",
    "Sula Dawn ferry accident": "ferry-sula-dawn",
    "Quenby takeover": "quenby-takeover",
}


@pytest.fixture(scope="module")
def topics() -> TopicsFile:
    return load_topics(SEEDS / "topics.yaml", environ={})


def query_of(topics: TopicsFile, name: str) -> Query:
    (topic,) = [topic for topic in topics.topics if topic.name == name]
    assert topic.query
    return compile_query(topic.query, Aliases(topics.aliases))


def test_there_are_three_topics_that_tell_the_log(topics: TopicsFile) -> None:
    assert [topic.name for topic in topics.topics] == list(STORIES)
    assert list(topics.channels.values()) == [LogChannel("log")]


@pytest.mark.parametrize(("name", "story"), STORIES.items())
def test_a_query_finds_its_story_in_every_language_and_nothing_else(
    topics: TopicsFile, world: World, name: str, story: str
) -> None:
    query = query_of(topics, name)
    found = {
        article.label
        for article in world.articles
        if query.match(prepare(Document(title=article.title, text=article.text, language=article.language))).matched
    }
    assert found == {article.label for article in world.articles if article.story == story}


def test_a_careless_query_would_be_taken_in_by_the_lookalikes(world: World) -> None:
    careless = compile_query("(Ukraine OR Ankara OR Turkey) AND (talks OR peace)")
    taken_in = {
        article.label
        for article in world.articles
        if article.lookalike == "ankara-talks"
        and careless.match(prepare(Document(title=article.title, text=article.text))).matched
    }
    assert len(taken_in) >= 5


def test_the_starter_sources_are_a_dozen_over_https() -> None:
    sources = load_sources(SEEDS / "sources.yaml").sources
    assert len(sources) >= 12
    assert len({source.url for source in sources}) == len(sources)
    assert all((source.url or "").startswith("https://") and source.title and source.language for source in sources)
