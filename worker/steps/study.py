"""What is compared of an article: its fingerprint, its names and words, its profile. And how it is kept.

Apart from `read`, because what an older version kept is worked out again in the same way (`renew`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage import articles
from storage.articles import NameCount
from worker.stages.aliases import Aliases
from worker.stages.duplicate import Fingerprint, fingerprint
from worker.stages.keywords import Terms, term_counts
from worker.stages.names import Name, find_names
from worker.stages.story import Profile, profile
from worker.stages.vector import Embedder, Vector, passage

MAX_NAME = 200  # characters; what is longer is no name, and PostgreSQL could not index it


@dataclass(frozen=True, slots=True)
class Study:
    """All that an article is found by, and held against others by."""

    fingerprint: Fingerprint
    names: tuple[Name, ...]
    terms: Terms
    profile: Profile


def study(title: str, text: str, language: str, when: datetime, aliases: Aliases, embedder: Embedder | None) -> Study:
    """Look at one article by itself. `when`: its own time."""
    names = find_names(title, text, language, aliases)
    return Study(
        fingerprint=fingerprint(text),
        names=names,
        terms=term_counts(title, text, language),
        profile=profile(title, text, names, language, when, vector=_vector(title, text, language, embedder)),
    )


def keep_names(session: Session, article_id: int, study: Study, *, is_first: bool = False) -> None:
    """Store the article's names, in place of what was stored before; `is_first`: nothing was."""
    names = [NameCount(n.key, n.shown, n.kind, n.count) for n in study.names if len(n.key) <= MAX_NAME]
    articles.store_mentions(session, article_id, names, is_first=is_first)


def _vector(title: str, text: str, language: str, embedder: Embedder | None) -> Vector | None:
    beginning = passage(title, text)
    if embedder is None or not beginning or not embedder.reads(language):
        return None
    return embedder.embed([beginning])[0]
