"""What stands in the database when all is done, said without ids and times: two runs that did the same agree in it.

And what stands there at a moment, row by row, to see that somebody changed nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from storage.tables import (
    Alert,
    Article,
    Base,
    Body,
    Delivery,
    Entry,
    Fact,
    Heartbeat,
    Match,
    Revision,
    Source,
    StageLog,
    Story,
    StoryKey,
    Term,
)

Rows = Sequence[tuple[Any, ...]]

# Not results of anybody's work: a page that a late fetch brought is kept by its digest, wanted or not.
_BESIDE = (Body.__tablename__, Heartbeat.__tablename__)


def standing(session: Session) -> Mapping[str, Rows]:
    """Every row of every table as it stands."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _BESIDE]
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in tables
    }


def ending(session: Session) -> Mapping[str, Rows]:
    """Everything that was found, counted and told, by kind."""
    origin = aliased(Article)
    a = Article
    statements = {
        "sources": select(Source.url, Source.state, Source.etag, Source.attempts, Source.lease_until),
        "entries": select(Source.url, a.url, Entry.title).join_from(Entry, Source).join(a, a.id == Entry.article_id),
        "articles": select(a.url, a.state, a.round, a.revision, a.title, a.text, a.attempts, a.lease_until),
        "copies": select(a.url, origin.url, a.copy_share).join(origin, origin.id == a.copy_of),
        "stages": select(a.url, StageLog.round, StageLog.stage).join_from(StageLog, a),
        "revisions": select(a.url, Revision.number, Revision.text).join_from(Revision, a),
        "members": select(Story.title, Story.articles, a.url).join_from(a, Story, a.story_id == Story.id),
        "matches": select(a.url, Match.topic).join_from(Match, a),
        "facts": select(Story.title, a.url, Fact.key).join_from(Fact, a, a.id == Fact.article_id).join(Story),
        "alerts": select(a.url, Alert.topic, Alert.reason).join_from(Alert, a),
        "deliveries": select(a.url, Alert.reason, Delivery.channel, Delivery.status).join_from(Delivery, Alert).join(a),
        "words": select(Term.term, Term.articles),
    }  # fmt: skip
    found = {kind: sorted(tuple(row) for row in session.execute(s)) for kind, s in statements.items()}
    return found | {"index": _index(session)}


def _index(session: Session) -> Rows:
    """Under which words and names each story is found."""
    return sorted(tuple(row) for row in session.execute(select(StoryKey.term, Story.title).join(Story)))
