"""One source and what it lists, taken through the pipeline; whatever else is due stays where it is."""

from sqlalchemy import update

from storage.tables import Article, Source
from tests.pipeline.pipeline import Pipeline
from worker.steps.fetch import fetch_article
from worker.steps.poll import poll_source
from worker.steps.read import read_article


def go_through(pipeline: Pipeline, url: str) -> list[Article]:
    """Poll the source, due or not, fetch and read its articles; what came of them."""
    poll_now(pipeline, url)
    for article in articles_of(pipeline, url):
        work_on(pipeline, article)
    return articles_of(pipeline, url)


def poll_now(pipeline: Pipeline, url: str) -> Source:
    """Poll the source, due or not."""
    due = update(Source).where(Source.url == url).values(next_poll=pipeline.now)
    pipeline.database.write(lambda session: session.execute(due))
    poll_source(pipeline.runtime, pipeline.source(url).id)
    return pipeline.source(url)


def work_on(pipeline: Pipeline, article: Article) -> None:
    """Fetch and read it, if that is due."""
    fetch_article(pipeline.runtime, article.id)
    read_article(pipeline.runtime, article.id)


def articles_of(pipeline: Pipeline, url: str) -> list[Article]:
    """What the source lists."""
    source = pipeline.source(url)
    listed = {entry.article_id for entry in pipeline.entries() if entry.source_id == source.id}
    return [article for article in pipeline.articles() if article.id in listed]
