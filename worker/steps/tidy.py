"""Put in order what reading left behind: make articles searchable, choose what changed stories are called.

Apart from reading, since nobody waits for it, and because many at once cost a fraction of one by one. The database says
what is behind, so whoever is killed here leaves it to whoever comes next.
"""

from collections.abc import Callable, Sequence
from functools import partial

import structlog
from sqlalchemy.orm import Session

from storage import search, stories
from storage.database import lock_grouping
from worker.runtime import Runtime
from worker.steps.index import index_articles
from worker.steps.regroup import describe
from worker.steps.renew import is_renewed

log = structlog.get_logger()

STORIES_AT_ONCE = 20


def tidy(run: Runtime, limit: int, read: Sequence[int] | None = None) -> int:
    """Up to `limit` articles, of these that were just read or of all, and as many stories; how many there were."""
    return index_articles(run, limit, read) + describe_stories(run, limit)


def has_untidy(run: Runtime) -> bool:
    """Whether anything is behind, as it is when a worker was stopped between reading and this, or after an upgrade."""

    def is_behind(session: Session) -> bool:
        return bool(stories.undescribed(session, 1) or search.unindexed(session, 1))

    return run.database.read(is_behind) or not is_renewed(run)


def describe_stories(run: Runtime, limit: int) -> int:
    """Choose title and summary of up to `limit` stories that have changed since; how many there were."""
    done = 0
    while done < limit:
        described = _describe_some(run)
        if not described:
            break
        done += described
    return done


def _describe_some(run: Runtime) -> int:
    """Together, and only if one of them fails each in a savepoint, which takes longer than to describe a short one."""
    try:
        return run.database.write(partial(_describe_changed, describe=describe))
    except Exception:
        log.warning("stories could not be described together, and are described one by one", exc_info=True)
        return run.database.write(partial(_describe_changed, describe=_describe_or_leave))


def _describe_changed(session: Session, describe: Callable[[Session, int], object]) -> int:
    """Under the lock, so that no article joins between what is looked at and what is noted."""
    lock_grouping(session)
    changed = stories.undescribed(session, STORIES_AT_ONCE)
    for story_id in changed:
        describe(session, story_id)
    if changed:
        stories.note_described(session, changed)
    return len(changed)


def _describe_or_leave(session: Session, story_id: int) -> None:
    try:
        with session.begin_nested():
            describe(session, story_id)
    except Exception:
        # Whatever one story does to the stages, the others go on: it keeps its title until it changes again.
        log.exception("could not be described", story=story_id)
