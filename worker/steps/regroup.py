"""Put stories in order: merge two, split one, undo either, call each by what its reports say now.

Each is one transaction: the rows that move, what the stories hold and say afterwards, and under what they are found.
Translates between the rows of storage and the values of the stages `story`, `story_life` and `summary`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from storage import stories, story_changes
from storage.database import lock_grouping
from storage.story_changes import ChangeError, Opening
from storage.tables import ChangeKind, Story, StoryChange
from worker.stages import summary
from worker.stages.story import Profile, counted_keys, likeness
from worker.stages.story_life import Chapter, Weights, chapters, should_merge, suggest_split
from worker.stages.summary import Description, Report
from worker.steps.group import centre_of, idf_from, main_language, save_sum

PERSON, RULE = "person", "rule"
ALL = 1_000_000_000  # articles; more than any story has


def merge(session: Session, one: int, other: int, by: str, now: datetime) -> int:
    """Make two stories one, under the older one's id; the id of the change. ChangeError: they cannot be."""
    lock_grouping(session)
    keep, gone = sorted((_ready(session, one), _ready(session, other)))
    if keep == gone:
        raise ChangeError(f"{one} and {other} are one story already")
    change = story_changes.merge(session, keep, gone, by, now)
    _renew(session, keep, gone)
    _describe_all(session, keep)
    return change


def split(session: Session, story_id: int, article_ids: Sequence[int], by: str, now: datetime) -> tuple[int, int]:
    """Make a story of its own of these articles and their copies; its id, and that of the change."""
    lock_grouping(session)
    story_id = _ready(session, story_id)
    made, change = story_changes.split(session, story_id, article_ids, by, now)
    _renew(session, story_id, made)
    _describe_all(session, story_id, made)
    return made, change


def undo(session: Session, change_id: int, now: datetime) -> StoryChange:
    """Take a merge or a split back, the last one of a story first. What has joined since stays where it is."""
    lock_grouping(session)
    change = story_changes.undo(session, change_id, now)
    _renew(session, change.story_id, change.other_id)
    if change.kind == ChangeKind.SPLIT and story_changes.resolve(session, change.other_id) == change.other_id:
        _describe_all(session, change.other_id)  # kept alive by what joined it: its title may have gone back
    return change


def merge_if_one(session: Session, story_id: int, also: Sequence[int], now: datetime) -> int:
    """Merge a story with those of `also` that have turned out to cover the same event; its id from now on.

    To be called with the grouping locked, when an article has joined. `also`: other stories that the article resembles.
    """
    for other in also:
        if other != story_id and _are_one(session, story_id, other):
            merge(session, story_id, other, RULE, now)
            story_id = min(story_id, other)
    return story_id


def describe(session: Session, story_id: int) -> None:
    """Choose the story's title and summary from what its reports say now, and store them."""
    session.flush()
    before = story_changes.said_of(session, story_id)
    described = _described(session, story_id, before[0])
    now = described.title or before[0], [sentence.text for sentence in described.summary]
    if now != before:
        story_changes.say_of(session, story_id, *now)


def description_of(session: Session, story_id: int) -> Description:
    """Title and summary as they would be chosen now, with the article that each sentence is taken from."""
    return _described(session, story_id, story_changes.said_of(session, story_id)[0])


def living(session: Session, story_id: int) -> int:
    """The story to which an id leads now. ChangeError: there never was such a story."""
    found = story_changes.resolve(session, story_id)
    if found is None:
        raise ChangeError(f"there is no story {story_id}")
    return found


def chapters_of(session: Session, story_id: int) -> tuple[Chapter, ...]:
    found = story_changes.openings(session, story_id, 0, ALL, ALL)
    return chapters([_report(opening) for opening in found], _weights_of(session, story_id))


def suggest(session: Session, story_id: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The independent articles of the two stories that one may be, the larger part first; None: it is one."""
    return suggest_split(_weights_of(session, story_id))


def _are_one(session: Session, story_id: int, other: int) -> bool:
    """A person's word stands: what was set apart by hand is not put together again by the rule."""
    if story_changes.resolve(session, other) != other or story_changes.were_set_apart(session, story_id, other):
        return False
    one, two = centre_of(session, story_id), centre_of(session, other)
    frequencies = stories.term_frequencies(session, counted_keys(one) | counted_keys(two))
    return should_merge(likeness(one, two, idf_from(frequencies, main_language(one))), one, two)


def _described(session: Session, story_id: int, present: str) -> Description:
    found = story_changes.openings(session, story_id, summary.OPENING, summary.EARLIEST, summary.NEWEST)
    return summary.describe([_report(opening) for opening in found], present)


def _ready(session: Session, story_id: int) -> int:
    """The living story, if what it holds can be moved: one of an older version is renewed first, by `tidy`."""
    story_id = living(session, story_id)
    story = session.get_one(Story, story_id, populate_existing=True)
    if story.articles and not story.described:
        raise ChangeError(
            f"story {story_id} was made by an older version and waits to be renewed: storytrail poll does it"
        )
    return story_id


def _describe_all(session: Session, *story_ids: int) -> None:
    """Now, rather than when `tidy` comes to it: somebody waits to see what became of the change."""
    for story_id in story_ids:
        describe(session, story_id)
    stories.note_described(session, story_ids)


def _renew(session: Session, *story_ids: int) -> None:
    """Work out anew, from its members, what each story holds; in an empty one there is nothing to describe."""
    for story_id in story_ids:
        kept = story_changes.profiles_of(session, story_id)
        save_sum(session, story_id, [Profile.from_json(profile) for profile in kept.values()])
        if not kept:
            stories.note_described(session, [story_id])
        session.refresh(session.get_one(Story, story_id))


def _weights_of(session: Session, story_id: int) -> Mapping[int, Weights]:
    """What is compared of each independent article: the weights of its words and names."""
    kept = story_changes.profiles_of(session, story_id)
    profiles = {article: Profile.from_json(profile) for article, profile in kept.items()}
    return {article: {**profile.terms, **profile.names} for article, profile in profiles.items()}


def _report(opening: Opening) -> Report:
    return Report(
        opening.id, opening.outlet, opening.title, opening.event_time, text=opening.text, language=opening.language
    )
