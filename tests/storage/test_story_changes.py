"""Merging, splitting and undoing: what moves, what stays, and where an id leads afterwards."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import alerts, matches, stories, story_changes
from storage.alerts import NewAlert
from storage.articles import Listed, store_article
from storage.database import Database, create_all
from storage.stories import FactRow
from storage.story_changes import ChangeError
from storage.tables import Alert, Article, Base, Fact, Story, StoryChange

T = TypeVar("T")


@dataclass
class Archive:
    """Stories by verbs. Ids are the database's own; times are hours from the first of March."""

    database: Database
    now: datetime
    numbers: Iterable[int]

    def write(self, work: Callable[[Session], T]) -> T:
        return self.database.write(work)

    def opens(self, *hours: float) -> tuple[int, list[int]]:
        """A story with a report at each of these hours; its id and theirs."""
        story = self.write(lambda session: stories.open_story(session, "As yet unnamed", self.now, self.now))
        articles = [self.joins(story, at) for at in hours]
        self.write(lambda session: story_changes._recount(session, session.get_one(Story, story)))
        return story, articles

    def joins(self, story: int, hours: float = 0, copy_of: int | None = None) -> int:
        """One more article of the story, with a fact of its own."""
        number, when = next(iter(self.numbers)), self.now + timedelta(hours=hours)

        def work(session: Session) -> int:
            url = f"https://{number}.example/"
            given = Listed(url, url, f"{number:064}", "", f"Report {number}", when, when, "", {})
            article = session.get_one(Article, store_article(session, given, self.now)[0])
            article.story_id, article.copy_of, article.revision = story, copy_of, 1
            fact = FactRow(article.id, "", when, f"fact {number}", None, None, "", False, "It is so.", 0)
            stories.replace_facts(session, story, article.id, [fact])
            story_changes._recount(session, session.get_one(Story, story))
            return article.id

        return self.write(work)

    def tells(self, topic: str, article: int, reason: str) -> int:
        """An alert that the article raises, keyed by topic, story and reason as the stage keys them; 0: told before."""

        def work(session: Session) -> int:
            story = session.get_one(Article, article).story_id
            assert story is not None
            of_it = () if reason in story_changes.OF_THE_STORY else (article,)
            key = repr((topic, story, reason, *of_it))
            new = NewAlert(key, topic, reason, [], [], [], [], {}, ["log"])
            alerts.raise_alert(session, story, article, new, self.now)
            return session.scalars(select(Alert.id).where(Alert.key == key)).one()

        return self.write(work)

    def merges(self, keep: int, gone: int) -> int:
        return self.write(lambda session: story_changes.merge(session, keep, gone, "person", self.now))

    def splits(self, story: int, *articles: int) -> tuple[int, int]:
        return self.write(lambda session: story_changes.split(session, story, articles, "person", self.now))

    def undoes(self, change: int) -> None:
        self.write(lambda session: story_changes.undo(session, change, self.now))

    def resolves(self, story: int) -> int | None:
        return self.database.read(lambda session: story_changes.resolve(session, story))

    def story(self, story_id: int) -> Story:
        return self.database.read(lambda session: session.get_one(Story, story_id))

    def articles(self, story: int) -> list[int]:
        statement = select(Article.id).where(Article.story_id == story).order_by(Article.id)
        return list(self.database.read(lambda session: session.scalars(statement).all()))

    def facts(self, story: int) -> list[int]:
        statement = select(Fact.article_id).where(Fact.story_id == story).order_by(Fact.article_id)
        return list(self.database.read(lambda session: session.scalars(statement).all()))

    def told(self, topic: str, story: int) -> list[int]:
        return [alert.id for alert in self.database.read(lambda session: alerts.told(session, topic, story))]

    def says(self, story: int, title: str, summary: Sequence[str]) -> None:
        def work(session: Session) -> None:
            row = session.get_one(Story, story)
            row.title, row.summary = title, list(summary)

        self.write(work)

    def breaches(self) -> dict[str, int]:
        promises = {
            Article: (story_changes.in_a_story_merged_away(), story_changes.is_away_from_its_origin()),
            Fact: (story_changes.is_in_another_story_than_its_article(),),
            Story: (story_changes.leads_nowhere(), story_changes.is_miscounted()),
        }

        def work(session: Session) -> dict[str, int]:
            return {
                f"{table.__tablename__} {number}": found
                for table, broken in promises.items()
                for number, condition in enumerate(broken)
                if (found := session.scalar(select(func.count()).select_from(table).where(condition)))
            }

        return self.database.read(work)

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        """What is in which story, what each says, and where ids lead."""
        columns = {
            "articles": (Article.id, Article.story_id, Article.copy_of),
            "facts": (Fact.id, Fact.story_id),
            "alerts": (Alert.id, Alert.story_id),
            "stories": (
                Story.id,
                Story.merged_into,
                Story.title,
                Story.summary,
                Story.articles,
                Story.first,
                Story.last,
            ),
        }
        return self.database.read(
            lambda session: {
                name: [tuple(row) for row in session.execute(select(*each).order_by(each[0]))]
                for name, each in columns.items()
            }
        )


@pytest.fixture
def archive(now: datetime) -> Iterable[Archive]:
    """In memory, made without migrating: most tests are about what moves, whatever the database."""
    database = Database("sqlite://")
    create_all(database)
    yield Archive(database, now, count(1))
    database.close()


@pytest.fixture
def either_archive(database: Database, now: datetime) -> Archive:
    """On each kind of database: for the tests that stand for the others."""
    return Archive(database, now, count(1))


def test_every_column_that_names_a_story_is_moved_or_is_known_to_stay() -> None:
    """A table that is added here has to be added to `_move` too, or to what need not move."""
    naming = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "story"
    }
    moved = {"article.story_id", "fact.story_id", "alert.story_id"}
    stays = {
        *("story.merged_into", "story_change.story_id", "story_change.other_id"),  # what happened does not change
        "story_key.story_id",  # written anew with the centre
    }
    copied = {"hush.story_id"}  # it holds for both stories
    assert naming == moved | stays | copied


def test_a_merge_moves_articles_facts_and_alerts_and_keeps_the_older_id(either_archive: Archive) -> None:
    keep, old = either_archive.opens(0, 4)
    gone, new = either_archive.opens(-2, 9)
    copy = either_archive.joins(gone, 10, copy_of=new[0])
    told = either_archive.tells("Ferry", new[0], "first")
    either_archive.merges(keep, gone)

    assert either_archive.articles(keep) == either_archive.facts(keep) == [*old, *new, copy]
    assert either_archive.articles(gone) == either_archive.facts(gone) == either_archive.told("Ferry", gone) == []
    assert either_archive.told("Ferry", keep) == [told]
    kept = either_archive.story(keep)
    assert (kept.articles, either_archive.story(gone).articles) == (4, 0)
    assert (kept.first, kept.last) == (either_archive.now - timedelta(hours=2), either_archive.now + timedelta(hours=9))
    assert either_archive.breaches() == {}


def test_an_id_that_was_merged_away_leads_to_the_story_it_is_in_now(either_archive: Archive) -> None:
    (first, _), (second, _), (third, _) = either_archive.opens(0), either_archive.opens(1), either_archive.opens(2)
    either_archive.merges(second, third)
    either_archive.merges(first, second)
    assert [either_archive.resolves(story) for story in (first, second, third)] == [first, first, first]
    assert either_archive.resolves(99) is None


def test_redirects_that_go_round_in_a_circle_end(archive: Archive) -> None:
    """No merge makes one; a hand in the database might."""
    (first, _), (second, _) = archive.opens(0), archive.opens(1)
    archive.merges(first, second)

    def close_the_circle(session: Session) -> None:
        session.get_one(Story, first).merged_into = second

    archive.write(close_the_circle)
    assert archive.resolves(second) == first
    assert archive.breaches() != {}


def test_what_cannot_be_merged_is_told(archive: Archive) -> None:
    (first, _), (second, _), (third, _) = archive.opens(0), archive.opens(1), archive.opens(2)
    archive.merges(first, third)
    for keep, gone, told in (
        (second, first, "keeps its id"),
        (first, first, "keeps its id"),
        (second, third, f"story {third} was merged into story {first}"),
        (second, 99, "there is no story 99"),
    ):
        with pytest.raises(ChangeError, match=told):
            archive.merges(keep, gone)


def test_a_split_takes_copies_along(either_archive: Archive) -> None:
    story, (first, second, third) = either_archive.opens(0, 1, 2)
    copies = [either_archive.joins(story, 3, copy_of=second), either_archive.joins(story, 4, copy_of=second)]
    made, _ = either_archive.splits(story, second, copies[0])
    assert either_archive.articles(story) == either_archive.facts(story) == [first, third]
    assert either_archive.articles(made) == either_archive.facts(made) == [second, *copies]
    assert (either_archive.story(story).articles, either_archive.story(made).articles) == (2, 1)
    assert either_archive.story(made).title == "Report 2"
    assert either_archive.breaches() == {}


def test_what_cannot_be_split_off_is_told(archive: Archive) -> None:
    story, (first, second) = archive.opens(0, 1)
    copy = archive.joins(story, 2, copy_of=first)
    _, (elsewhere,) = archive.opens(0)
    for articles, told in (
        ([copy], f"article {copy} is a copy of article {first} and goes where that goes"),
        ([second, copy], f"article {copy} is a copy of article {first}"),
        ([first, second], "nothing would be left of it"),
        ([first, second, copy], "nothing would be left of it"),
        ([elsewhere, 99], f"not in story {story}: articles {elsewhere}, 99"),
        ([], "name at least one article"),
    ):
        with pytest.raises(ChangeError, match=told):
            archive.splits(story, *articles)
    assert archive.articles(story) == [first, second, copy]


def test_what_was_told_of_an_article_goes_with_it_and_what_was_told_of_the_story_stays(archive: Archive) -> None:
    """The key of a `first` holds its story. Moved away it would count as not told there, and never be told again."""
    story, (first, second) = archive.opens(0, 1)
    opening, conflict = archive.tells("Ferry", second, "first"), archive.tells("Ferry", second, "disagreement")
    fact, correction = archive.tells("Ferry", second, "new-fact"), archive.tells("Ferry", second, "correction")
    other = archive.tells("Ferry", first, "new-fact")
    made, change = archive.splits(story, second)
    assert archive.told("Ferry", story) == [opening, conflict, other]
    assert archive.told("Ferry", made) == [fact, correction]
    archive.undoes(change)
    assert archive.told("Ferry", story) == [opening, conflict, fact, correction, other]


def test_topics_that_follow_one_of_two_stories_follow_the_merged_one(archive: Archive) -> None:
    (keep, _), (gone, (matched,)) = archive.opens(0), archive.opens(1)
    new = matches.NewMatch("Ferry", "1", "query", {})
    archive.write(lambda session: matches.store_match(session, matched, new, archive.now))
    archive.merges(keep, gone)
    assert archive.database.read(lambda session: list(matches.coverage_by_topic(session, keep))) == ["Ferry"]


def test_undoing_a_merge_gives_each_story_its_own_again(either_archive: Archive) -> None:
    keep, _ = either_archive.opens(0, 4)
    gone, (new,) = either_archive.opens(2)
    either_archive.joins(gone, 3, copy_of=new)
    either_archive.tells("Ferry", new, "first")
    either_archive.says(keep, "Ferry aground", ["It ran aground."])
    either_archive.says(gone, "Ferry stuck", ["It is stuck."])
    before = either_archive.snapshot()
    change = either_archive.merges(keep, gone)
    either_archive.says(keep, "Ferry aground and stuck", [])
    either_archive.undoes(change)
    assert either_archive.snapshot() == before
    assert either_archive.resolves(gone) == gone


def test_what_joined_after_a_merge_stays_where_it_is(archive: Archive) -> None:
    (keep, (old,)), (gone, (new,)) = archive.opens(0), archive.opens(2)
    change = archive.merges(keep, gone)
    later = archive.joins(keep, 5)
    copy_of_old, copy_of_new = archive.joins(keep, 6, copy_of=old), archive.joins(keep, 7, copy_of=new)
    told = archive.tells("Ferry", new, "new-fact"), archive.tells("Ferry", later, "new-fact")
    archive.undoes(change)
    assert archive.articles(keep) == [old, later, copy_of_old]
    assert archive.articles(gone) == [new, copy_of_new]  # a copy is where its origin is
    assert (archive.told("Ferry", gone), archive.told("Ferry", keep)) == ([told[0]], [told[1]])
    assert archive.breaches() == {}


def test_an_article_that_became_a_copy_since_stays_with_its_origin(archive: Archive) -> None:
    (keep, (old,)), (gone, (new, other)) = archive.opens(0), archive.opens(2, 3)
    change = archive.merges(keep, gone)

    def fold(session: Session) -> None:
        session.get_one(Article, new).copy_of = old

    archive.write(fold)
    archive.undoes(change)
    assert (archive.articles(keep), archive.articles(gone)) == ([old, new], [other])
    assert archive.breaches() == {}


def test_undoing_a_split_leads_the_id_it_made_back(archive: Archive) -> None:
    story, articles = archive.opens(0, 1, 2)
    archive.says(story, "Ferry aground", ["It ran aground."])
    made, change = archive.splits(story, articles[2])
    told = archive.tells("Ferry", articles[2], "first")
    archive.says(story, "Ferry", [])
    archive.undoes(change)
    assert (archive.articles(story), archive.articles(made)) == (articles, [])
    assert archive.resolves(made) == story
    assert archive.told("Ferry", story) == [told]
    assert (archive.story(story).title, archive.story(story).summary) == ("Ferry aground", ["It ran aground."])
    assert archive.breaches() == {}


def test_what_joined_a_story_that_was_split_off_keeps_it_alive(archive: Archive) -> None:
    story, (first, second) = archive.opens(0, 1)
    made, change = archive.splits(story, second)
    later = archive.joins(made, 5)
    archive.undoes(change)
    assert (archive.articles(story), archive.articles(made)) == ([first, second], [later])
    assert archive.resolves(made) == made


def test_undoing_twice_or_out_of_order_is_told(archive: Archive) -> None:
    (first, _), (second, _), (third, _) = archive.opens(0), archive.opens(1), archive.opens(2)
    one = archive.merges(second, third)
    two = archive.merges(first, second)
    with pytest.raises(ChangeError, match=f"change {two} came after change {one}: undo that first"):
        archive.undoes(one)
    archive.undoes(two)
    with pytest.raises(ChangeError, match=f"change {two} was undone already, on 2026-03-04"):
        archive.undoes(two)
    with pytest.raises(ChangeError, match="there is no change 99"):
        archive.undoes(99)
    archive.undoes(one)
    assert [archive.resolves(story) for story in (first, second, third)] == [first, second, third]


def test_changes_of_other_stories_do_not_stand_in_the_way(archive: Archive) -> None:
    (first, _), (second, _), (third, _), (fourth, _) = (archive.opens(at) for at in range(4))
    one = archive.merges(first, third)
    archive.merges(second, fourth)
    archive.undoes(one)
    assert archive.resolves(third) == third


def test_what_was_done_to_a_story_is_listed(archive: Archive) -> None:
    (first, _), (second, (moved,)), (third, _) = archive.opens(0), archive.opens(1), archive.opens(2)
    one, two = archive.merges(first, second), archive.merges(first, third)
    archive.undoes(two)

    def changes(story: int) -> list[StoryChange]:
        return list(archive.database.read(lambda session: story_changes.changes_of(session, story)))

    assert [change.id for change in changes(first)] == [one, two]
    (change,) = changes(second)
    assert (change.kind, change.story_id, change.other_id, change.articles) == ("merge", first, second, [moved])
    assert (change.by, change.at, change.undone) == ("person", archive.now, None)
    newest = archive.database.read(lambda session: story_changes.newest_changes(session, 1))
    assert [(change.id, change.undone) for change in newest] == [(two, archive.now)]


def test_the_rule_leaves_apart_what_a_person_has_set_apart(archive: Archive) -> None:
    (first, (_, off)), (second, _), (third, _) = (
        archive.opens(0, 1),
        archive.opens(2),
        archive.opens(3),
    )
    made, _ = archive.splits(first, off)
    archive.undoes(archive.merges(first, second))
    archive.merges(first, third)

    def are_apart(a: int, b: int) -> bool:
        return archive.database.read(lambda session: story_changes.were_set_apart(session, a, b))

    assert are_apart(first, made)
    assert are_apart(made, first)
    assert are_apart(second, first)
    assert not are_apart(first, third)
    assert not are_apart(second, made)


def test_what_was_set_apart_stays_so_inside_another_story(archive: Archive) -> None:
    (first, (_, off)), (third, _) = archive.opens(0, 1), archive.opens(2)
    made, _ = archive.splits(first, off)
    archive.merges(third, made)
    assert archive.database.read(lambda session: story_changes.were_set_apart(session, first, third))
    assert archive.database.read(lambda session: story_changes.were_set_apart(session, third, first))


def test_a_merge_of_many_articles_is_moved_and_moved_back(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one statement may name."""
    monkeypatch.setattr(story_changes, "MOST_IN_A_LIST", 3)
    (keep, old), (gone, new) = archive.opens(0), archive.opens(*range(7))
    change = archive.merges(keep, gone)
    assert archive.articles(keep) == [*old, *new]
    archive.undoes(change)
    assert (archive.articles(keep), archive.articles(gone)) == (old, new)
    made, _ = archive.splits(gone, *new[:5])
    assert (archive.articles(made), archive.facts(gone)) == (new[:5], new[5:])


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_promises_hold_and_undoing_it_backwards_restores_the_beginning(
    archive: Archive, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 -- a story that can be repeated
    _fill(archive, dice)
    before = archive.snapshot()
    changes = [change for _ in range(10) if (change := _change_something(archive, dice)) is not None]
    assert len(changes) >= 5
    for change in reversed(changes):
        archive.undoes(change)
        assert archive.breaches() == {}
    after = archive.snapshot()
    known = {row[0] for row in before["stories"]}
    assert {**after, "stories": [row for row in after["stories"] if row[0] in known]} == before
    assert all(archive.resolves(int(str(row[0]))) in known for row in after["stories"])


def _fill(archive: Archive, dice: random.Random) -> None:
    for _ in range(4):
        story, articles = archive.opens(*(dice.randrange(100) for _ in range(dice.randint(1, 4))))
        archive.says(story, f"Story {story}", [f"What happened in {story}."])
        for article in articles:
            if dice.random() < 0.4:
                archive.joins(story, dice.randrange(100), copy_of=article)
            if dice.random() < 0.6:
                archive.tells("Ferry", article, dice.choice(["first", "new-fact", "correction"]))


def _change_something(archive: Archive, dice: random.Random) -> int | None:
    """A merge or a split of living stories; the id of the change, None where the dice asked for what cannot be."""
    living = [row.id for row in archive.database.read(lambda s: s.scalars(select(Story)).all()) if row.articles]
    if dice.random() < 0.5 and len(living) > 1:
        change = archive.merges(*sorted(dice.sample(living, 2)))
    else:
        story = dice.choice(living)
        try:
            _, change = archive.splits(story, *dice.sample(archive.articles(story), 1))
        except ChangeError:
            return None
    assert archive.breaches() == {}
    archive.says(archive.database.read(lambda s: s.get_one(StoryChange, change)).story_id, f"After {change}", [])
    return change
