"""Work out again what an older version of Storytrail kept of its articles in another form, story by story.

A migration cannot do it: it knows tables, and no stages. It throws away what cannot be compared any more, and the story
says so by having no centre. Ids, members, alerts and matches stay as they are.
"""

from functools import reduce

from sqlalchemy.orm import Session

from storage import articles, stories
from storage.database import lock_grouping
from storage.tables import Article
from worker.stages.aliases import Aliases
from worker.stages.story import Profile, add, counted_keys, open_story
from worker.stages.vector import Embedder
from worker.steps.group import save
from worker.steps.study import keep_names, study


def renew(session: Session, story_id: int, aliases: Aliases, embedder: Embedder | None) -> None:
    """Give a story the centre that its articles add up to, and its articles what they are found by."""
    lock_grouping(session)
    profiles = []
    for article in articles.of_story(session, story_id):
        found = study(article.title, article.text, article.language, article.event_time, aliases, embedder)
        keep_names(session, article.id, found)
        if article.copy_of is None:
            articles.store_bands(session, article.id, found.fingerprint.bands)
            profiles.append(_count(session, article, found.profile))
    session.flush()
    if profiles:
        save(session, reduce(add, profiles[1:], open_story(story_id, profiles[0])))


def _count(session: Session, article: Article, profile: Profile) -> Profile:
    stories.count_terms(session, counted_keys(profile))
    article.profile = profile.to_json()
    return profile
