"""A stored article as queries see it: one way for all who ask them of articles that were read before."""

from collections.abc import Iterable

from storage.tables import Article
from worker.stages.address import site
from worker.stages.query import Document


def document_of(article: Article, shown: Iterable[str]) -> Document:
    """The article as it stands; `shown`: its names as it writes them. Of its columns it needs no others than these."""
    return Document(
        title=article.title,
        text=article.text,
        source=article.outlet or article.host,
        site=site(article.url),
        authors=tuple(article.authors),
        url=article.url,
        language=article.language,
        names=tuple(shown),
        published=article.event_time,
    )
