"""Work out again what an older version of Storytrail kept of its articles in another form, story by story.

A migration cannot do it: it knows tables, and no stages. It throws away what cannot be compared any more, and the story
says so by having no centre. Ids, members, alerts and matches stay as they are.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import structlog
from sqlalchemy.orm import Session

from storage import articles, stories
from storage.database import lock_grouping
from storage.tables import Article
from worker.runtime import Runtime
from worker.stages.story import Profile, counted_keys
from worker.steps.group import save_sum
from worker.steps.study import Study, keep_names, study

log = structlog.get_logger()

Studies = Mapping[tuple[int, int], Study]  # of an article in one of its revisions


def is_renewed(run: Runtime) -> bool:
    """Whether nothing is left of an older version. Until then nothing is read: it would find no story and no origin."""
    return not run.database.read(lambda session: stories.without_centre(session, 1))


def renew_stories(run: Runtime, limit: int) -> int:
    """Renew up to `limit` stories of an older version; how many there were."""
    waiting = run.database.read(lambda session: stories.without_centre(session, limit))
    for story_id in waiting:
        studies = _studies(run, story_id)  # before the lock, which others wait for
        run.database.write(partial(_renew, story_id=story_id, studies=studies))
    return len(waiting)


def _studies(run: Runtime, story_id: int) -> Studies:
    found = {}
    for article in run.database.read(lambda session: articles.of_story(session, story_id)):
        try:
            found[article.id, article.revision] = _study(run, article)
        except Exception:
            # Whatever one article does to the stages, its story is renewed without it.
            log.exception("could not be renewed", article=article.id, story=story_id)
    return found


def _study(run: Runtime, article: Article) -> Study:
    aliases = run.topics.current().aliases
    return study(article.title, article.text, article.language, article.event_time, aliases, run.embedder)


def _renew(session: Session, story_id: int, studies: Studies) -> None:
    """Give a story the centre that its articles add up to, and its articles what they are found by."""
    lock_grouping(session)
    if not stories.is_without_centre(session, story_id):
        return  # another worker was here first
    profiles: list[Profile] = []
    for article in articles.of_story(session, story_id):
        if found := studies.get((article.id, article.revision)):
            profiles += _keep(session, article, found)
    session.flush()
    save_sum(session, story_id, profiles)


def _keep(session: Session, article: Article, found: Study) -> Sequence[Profile]:
    """Store what the article is found by; its profile, unless it is a copy, which adds nothing to a story."""
    keep_names(session, article.id, found)
    if article.copy_of is not None:
        return ()
    articles.store_bands(session, article.id, found.fingerprint.bands)
    stories.count_terms(session, counted_keys(found.profile))
    article.profile = found.profile.to_json()
    return (found.profile,)
