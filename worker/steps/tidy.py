"""Put in order what reading left behind: make articles searchable, choose what changed stories are called.

Apart from reading, since nobody waits for it, and because many at once cost a fraction of one by one. The database says
what is behind, so whoever is killed here leaves it to whoever comes next.
"""

from collections.abc import Sequence
from functools import partial

from sqlalchemy.orm import Session

from storage import search, stories
from worker.runtime import Runtime
from worker.steps.index import index_articles
from worker.steps.regroup import describe
from worker.steps.renew import renew

STORIES_AT_ONCE = 20


def tidy(run: Runtime, limit: int, read: Sequence[int] | None = None) -> int:
    """Up to `limit` articles, of these that were just read or of all, and as many stories; how many there were."""
    return index_articles(run, limit, read) + renew_stories(run, limit) + describe_stories(run, limit)


def has_untidy(session: Session) -> bool:
    """Whether anything is behind, as it is when a worker was stopped between reading and this."""
    return bool(stories.undescribed(session, 1) or stories.without_centre(session, 1) or search.unindexed(session, 1))


def renew_stories(run: Runtime, limit: int) -> int:
    """Bring up to `limit` stories of an older version into the form of this one; how many there were."""
    aliases = run.topics.current().aliases
    waiting = run.database.read(lambda session: stories.without_centre(session, limit))
    for story_id in waiting:
        run.database.write(partial(renew, story_id=story_id, aliases=aliases, embedder=run.embedder))
    return len(waiting)


def describe_stories(run: Runtime, limit: int) -> int:
    """Choose title and summary of up to `limit` stories that have changed since; how many there were."""
    done = 0
    while done < limit:
        described = run.database.write(_describe_some)
        if not described:
            break
        done += described
    return done


def _describe_some(session: Session) -> int:
    changed = stories.undescribed(session, STORIES_AT_ONCE)
    for story_id in changed:
        describe(session, story_id)
    if changed:
        stories.note_described(session, changed)
    return len(changed)
