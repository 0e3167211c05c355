"""Merging and splitting stories, undoing either, and finding where an id leads now.

Ids are for ever: of two stories that become one the older keeps its id, and the other's leads to it (`merged_into`).
So a redirect always leads to an older story, and following them ends. What is moved is written down with the change,
so that undoing it moves the same back; what has joined since stays where it is.

Here the rows are moved that name a story. What a story says of itself, its centre, title and summary, is worked out in
`worker/steps/regroup.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage import hushes
from storage.statements import table_of
from storage.tables import Alert, Article, ChangeKind, Fact, Story, StoryChange

_OUTLET = case((Article.outlet == "", Article.host), else_=Article.outlet)
_OF_STORY = (Article.story_id == bindparam("story"), Article.copy_of.is_(None))
_OPENINGS = (
    select(
        Article.id, _OUTLET, Article.title, Article.event_time,
        func.substr(Article.text, 1, bindparam("characters")), Article.language,
    )
    .where(*_OF_STORY)
    .limit(bindparam("most"))
)  # fmt: skip
_EARLIEST = _OPENINGS.order_by(Article.event_time, Article.id)
_NEWEST = _OPENINGS.order_by(Article.event_time.desc(), Article.id.desc())
_SAID = select(Story.title, Story.summary).where(Story.id == bindparam("story"))
_SAY = update(table_of(Story)).where(Story.id == bindparam("story")).values(
    title=bindparam("as_title"), summary=bindparam("as_summary")
)  # fmt: skip
_PROFILES = select(Article.id, Article.profile).where(*_OF_STORY).order_by(Article.event_time, Article.id)

# What these alerts tell is of a story, what the others tell of one article. Which story it is stands in their key, so
# they stay with it: else it would count as told, and as never told, at once.
OF_THE_STORY = ("first", "disagreement")
MOST_IN_A_LIST = 500  # values in one IN (…)


class ChangeError(Exception):
    """A merge, split or undo that cannot be done. Its text says why, and what would help."""


def resolve(session: Session, story_id: int) -> int | None:
    """The story to which this id leads now: itself, or the one that it was merged into. None: there never was one."""
    trail = select(Story.id, Story.merged_into).where(Story.id == story_id).cte("trail", recursive=True)
    older = select(Story.id, Story.merged_into).join(
        trail, and_(Story.id == trail.c.merged_into, Story.id < trail.c.id)
    )
    trail = trail.union_all(older)
    end: int | None = session.scalar(select(func.min(trail.c.id)))
    return end


def merge(session: Session, keep: int, gone: int, by: str, now: datetime) -> int:
    """Make two stories one, which keeps the older one's id; the id of the change. `by`: "rule" or "person"."""
    if keep >= gone:
        raise ChangeError(f"story {gone} is not younger than story {keep}: of two stories the older keeps its id")
    kept, other = _living(session, keep), _living(session, gone)
    alerts = session.scalars(select(Alert.id).where(Alert.story_id == gone).order_by(Alert.id)).all()
    moved = _members(session, gone)
    change = _write_down(session, ChangeKind.MERGE, kept, other, moved, alerts, by, now)
    _move(session, moved, alerts, keep)
    hushes.carry(session, gone, keep)
    other.merged_into = keep
    _recount(session, kept, other)
    return change


def split(session: Session, story_id: int, article_ids: Sequence[int], by: str, now: datetime) -> tuple[int, int]:
    """Make a story of its own of these articles and their copies; its id, and that of the change."""
    story = _living(session, story_id)
    origins = _to_split_off(session, story_id, article_ids)
    moved = _with_copies(session, origins)
    alerts = _alerts_of(session, moved, story_id)
    first = session.get_one(Article, origins[0])
    made = Story(title=first.title, first=first.event_time, last=first.event_time, articles=0, created=now)
    session.add(made)
    session.flush()
    change = _write_down(session, ChangeKind.SPLIT, story, made, moved, alerts, by, now)
    _move(session, moved, alerts, made.id)
    hushes.carry(session, story_id, made.id)
    _recount(session, story, made)
    return made.id, change


def undo(session: Session, change_id: int, now: datetime) -> StoryChange:
    """Move back what a change has moved; the change. Both stories are called again what they were called before."""
    change = _standing(session, change_id)
    story, other = session.get_one(Story, change.story_id), session.get_one(Story, change.other_id)
    is_merge = change.kind == ChangeKind.MERGE
    source, target = (story, other) if is_merge else (other, story)
    moved = _with_copies(session, _still_there(session, change.articles, source.id))
    since = _alerts_of(session, moved, source.id)
    _move(session, moved, [*change.detail["alerts"], *since], target.id)
    hushes.carry(session, source.id, target.id)
    if is_merge:
        other.merged_into = None
    elif not _members(session, other.id):
        _lead_on(session, other, story)
    story.title, story.summary = change.detail["title"], change.detail["summary"]
    _recount(session, story, other)
    change.undone = now
    session.flush()
    return change


def bring(session: Session, leaving: Mapping[int, Sequence[int]], story_id: int) -> Sequence[int]:
    """Bring articles out of other stories (story -> articles) into this one, with what they said and what was told.

    A story that is thereby empty leads here. Those that are older than this one cannot: they are to be merged with it.
    """
    older = []
    for source, articles in leaving.items():
        if source == story_id or not articles:
            continue
        _move(session, articles, _alerts_of(session, articles, source), story_id)
        if _members(session, source):
            continue
        if source < story_id:
            older.append(source)
        else:
            _lead_on(session, session.get_one(Story, source), session.get_one(Story, story_id))
    session.flush()
    return older


def changes_of(session: Session, story_id: int) -> Sequence[StoryChange]:
    """What was done to a story, the first change first."""
    is_its = or_(StoryChange.story_id == story_id, StoryChange.other_id == story_id)
    return session.scalars(select(StoryChange).where(is_its).order_by(StoryChange.id)).all()


def newest_changes(session: Session, most: int) -> Sequence[StoryChange]:
    return session.scalars(select(StoryChange).order_by(StoryChange.id.desc()).limit(most)).all()


def were_set_apart(session: Session, one: int, other: int) -> bool:
    """Whether these two, or stories that are part of them now, are apart because somebody wanted it.

    They were split, or merged and that undone.
    """
    ones, others = _with_merged(session, one), _with_merged(session, other)
    between = or_(
        and_(StoryChange.story_id.in_(ones), StoryChange.other_id.in_(others)),
        and_(StoryChange.story_id.in_(others), StoryChange.other_id.in_(ones)),
    )
    is_split = and_(StoryChange.kind == ChangeKind.SPLIT, StoryChange.undone.is_(None))
    is_undone = and_(StoryChange.kind == ChangeKind.MERGE, StoryChange.undone.is_not(None))
    return bool(session.scalar(select(exists().where(between, or_(is_split, is_undone)))))


def _with_merged(session: Session, story_id: int) -> Sequence[int]:
    """A story and all that lead to it. It ends, as each leads to an older one."""
    found, newest = [story_id], [story_id]
    while newest:
        newest = list(session.scalars(select(Story.id).where(Story.merged_into.in_(newest), Story.id > min(newest))))
        found += newest
    return found


# --- What a story is made of ---


@dataclass(frozen=True, slots=True)
class Opening:
    """An independent article of a story with the beginning of its text."""

    id: int
    outlet: str
    title: str
    event_time: datetime
    text: str
    language: str


def openings(session: Session, story_id: int, characters: int, earliest: int, newest: int) -> Sequence[Opening]:
    """A story's independent articles; of more than so many, the earliest and the newest of them."""
    asked = {"story": story_id, "characters": characters, "most": earliest + newest}
    connection = session.connection()
    rows = connection.execute(_EARLIEST, asked).all()
    if len(rows) == earliest + newest:
        last = connection.execute(_NEWEST, {**asked, "most": newest}).all()
        rows = list({row.id: row for row in [*rows[:earliest], *reversed(last)]}.values())
    return [Opening(*row) for row in rows]


def said_of(session: Session, story_id: int) -> tuple[str, Sequence[str]]:
    """A story's title and summary."""
    title, summary = session.connection().execute(_SAID, {"story": story_id}).one()
    return title, summary


def say_of(session: Session, story_id: int, title: str, summary: Sequence[str]) -> None:
    """Write down what a story is called and what is said of it."""
    session.connection().execute(_SAY, {"story": story_id, "as_title": title, "as_summary": list(summary)})


def profiles_of(session: Session, story_id: int) -> Mapping[int, Mapping[str, Any]]:
    """What was kept of each independent article to be compared, in event order."""
    return {row.id: row.profile for row in session.connection().execute(_PROFILES, {"story": story_id}) if row.profile}


# --- What must hold, for `invariants` ---


def in_a_story_merged_away() -> ColumnElement[bool]:
    """An article, fact or alert is never left behind; this asks after articles."""
    return exists().where(Story.id == Article.story_id, Story.merged_into.is_not(None))


def leads_nowhere() -> ColumnElement[bool]:
    """A redirect leads to an older story. By that, following it ends at a story that was not merged away."""
    target = aliased(Story)
    return and_(Story.merged_into.is_not(None), ~exists().where(target.id == Story.merged_into, target.id < Story.id))


def is_miscounted() -> ColumnElement[bool]:
    """A story counts its independent articles."""
    independent = select(func.count()).where(Article.story_id == Story.id, Article.copy_of.is_(None))
    return Story.articles != independent.scalar_subquery()


def is_away_from_its_origin() -> ColumnElement[bool]:
    """A copy is in its origin's story."""
    origin = aliased(Article)
    return exists().where(origin.id == Article.copy_of, origin.story_id != Article.story_id)


def is_in_another_story_than_its_article() -> ColumnElement[bool]:
    """A fact is in the story of the article that states it."""
    return exists().where(Article.id == Fact.article_id, Article.story_id != Fact.story_id)


# --- Deciding what moves ---


def _living(session: Session, story_id: int) -> Story:
    story = session.get(Story, story_id, populate_existing=True)
    if story is None:
        raise ChangeError(f"there is no story {story_id}")
    if story.merged_into is not None:
        raise ChangeError(f"story {story_id} was merged into story {story.merged_into}")
    return story


def _to_split_off(session: Session, story_id: int, article_ids: Sequence[int]) -> Sequence[int]:
    """The independent articles among these, in event order; an error if they cannot be taken out of the story."""
    asked = dict.fromkeys(article_ids)
    copy_of = dict(_origins(session, story_id, list(asked)))
    if missing := [article for article in asked if article not in copy_of]:
        raise ChangeError(f"not in story {story_id}: {_listed('article', missing)}")
    for article, origin in copy_of.items():
        if origin is not None and origin not in copy_of:
            raise ChangeError(
                f"article {article} is a copy of article {origin} and goes where that goes: name {origin}"
            )
    origins = [article for article, origin in copy_of.items() if origin is None]
    if not origins:
        raise ChangeError("name at least one article")
    if len(origins) == _count_independent(session, story_id):
        raise ChangeError(f"these are all articles of story {story_id}: nothing would be left of it")
    return origins


def _origins(session: Session, story_id: int, ids: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """Those of the articles that are in the story, in event order, each with the article that it is a copy of."""
    found: list[Any] = []
    for some in _lists(ids):
        columns = select(Article.event_time, Article.id, Article.copy_of)
        found += session.execute(columns.where(Article.story_id == story_id, Article.id.in_(some)))
    return ((article, origin) for _, article, origin in sorted(found, key=lambda row: (row[0], row[1])))


def _still_there(session: Session, ids: Sequence[int], story_id: int) -> Sequence[int]:
    """The independent articles among these that are in the story: one may have become a copy since, or moved on."""
    return [article for article, origin in _origins(session, story_id, ids) if origin is None]


def _with_copies(session: Session, origins: Sequence[int]) -> Sequence[int]:
    copies: list[int] = []
    for some in _lists(origins):
        copies += session.scalars(select(Article.id).where(Article.copy_of.in_(some)))
    return sorted({*origins, *copies})


def _members(session: Session, story_id: int) -> Sequence[int]:
    return session.scalars(select(Article.id).where(Article.story_id == story_id).order_by(Article.id)).all()


def _alerts_of(session: Session, articles: Sequence[int], story_id: int) -> Sequence[int]:
    """What was told of these articles by themselves, as long as they were in the story."""
    found: list[int] = []
    for some in _lists(articles):
        raised = select(Alert.id).where(Alert.story_id == story_id, Alert.article_id.in_(some))
        found += session.scalars(raised.where(Alert.reason.not_in(OF_THE_STORY)))
    return sorted(found)


def _standing(session: Session, change_id: int) -> StoryChange:
    """The change, if it can be undone: once, and the last one first."""
    change = session.get(StoryChange, change_id, populate_existing=True)
    if change is None:
        raise ChangeError(f"there is no change {change_id}")
    if change.undone is not None:
        raise ChangeError(f"change {change_id} was undone already, on {change.undone:%Y-%m-%d}")
    both = (change.story_id, change.other_id)
    later = select(func.max(StoryChange.id)).where(
        StoryChange.id > change_id,
        StoryChange.undone.is_(None),
        or_(StoryChange.story_id.in_(both), StoryChange.other_id.in_(both)),
    )
    if (last := session.scalar(later)) is not None:
        raise ChangeError(f"change {last} came after change {change_id}: undo that first")
    return change


# --- Moving ---


def _write_down(
    session: Session,
    kind: ChangeKind,
    story: Story,
    other: Story,
    articles: Sequence[int],
    alerts: Sequence[int],
    by: str,
    now: datetime,
) -> int:
    detail = {"alerts": list(alerts), "title": story.title, "summary": list(story.summary)}
    change = StoryChange(
        kind=kind, at=now, by=by, story_id=story.id, other_id=other.id, articles=list(articles), detail=detail
    )
    session.add(change)
    session.flush()
    return change.id


def _move(session: Session, articles: Sequence[int], alerts: Sequence[int], to: int) -> None:
    """Every row that names a story by way of these: tests see to it that none is forgotten."""
    for some in _lists(articles):
        session.execute(update(Article).where(Article.id.in_(some)).values(story_id=to))
        session.execute(update(Fact).where(Fact.article_id.in_(some)).values(story_id=to))
    for some in _lists(alerts):
        session.execute(update(Alert).where(Alert.id.in_(some)).values(story_id=to))


def _lead_on(session: Session, emptied: Story, story: Story) -> None:
    """An id that was given out leads somewhere for ever, and so does what was told under it."""
    session.execute(update(Alert).where(Alert.story_id == emptied.id).values(story_id=story.id))
    hushes.carry(session, emptied.id, story.id)
    emptied.merged_into = story.id


def _recount(session: Session, *stories: Story) -> None:
    """How many independent articles each has, and from when to when. One that is empty keeps the span it had."""
    for story in stories:
        columns = select(func.count(), func.min(Article.event_time), func.max(Article.event_time))
        counted = columns.where(Article.story_id == story.id, Article.copy_of.is_(None))
        story.articles, first, last = session.execute(counted).one()
        story.first, story.last = first or story.first, last or story.last
    session.flush()


def _count_independent(session: Session, story_id: int) -> int:
    counted = select(func.count()).where(Article.story_id == story_id, Article.copy_of.is_(None))
    return session.scalar(counted) or 0


def _lists(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many at a time as one statement may name."""
    return (ids[start : start + MOST_IN_A_LIST] for start in range(0, len(ids), MOST_IN_A_LIST))


def _listed(what: str, ids: Sequence[int]) -> str:
    return f"{what}{'s' if len(ids) > 1 else ''} {', '.join(map(str, ids))}"
