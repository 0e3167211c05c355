"""What a topic has matched of a story, and what its receipts rest on: rows as reading leaves them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from storage import alerts, matches
from storage.alerts import NewAlert
from storage.articles import NameCount, store_mentions
from storage.database import Database
from storage.matches import Coverage, Found, NewMatch, store_match
from storage.tables import Article, ArticleState, Story
from worker.stages.drift import IN_A_ROW, Kinship
from worker.steps.following import StoryBefore

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _article(number: int, story: int) -> Article:
    when = NOON + timedelta(hours=number)
    return Article(
        id=number, url=f"https://example.org/{number}", url_hash=f"{number}", host="example.org", given={},
        state=ArticleState.DONE, first_seen=when, next_attempt_at=when, published=when, event_time=when,
        revision=1, story_id=story,
    )  # fmt: skip


def told_of(database: Database, how: Sequence[tuple[str, str]]) -> Sequence[Kinship]:
    """How much the last of these articles, and those followed before it, share with what the topic found.

    Of each article: by what it was matched, and its names, a letter each.
    """

    def work(session: Session) -> Sequence[Kinship]:
        session.add(Story(id=1, title="A story", first=NOON, last=NOON, articles=len(how), created=NOON))
        session.flush()
        for number, (by, names) in enumerate(how, 1):
            session.add(_article(number, 1))
            session.flush()
            counts = [NameCount(name, name, "", 2) for name in names]
            store_mentions(session, number, counts, is_first=True)
            if number < len(how):
                store_match(session, number, NewMatch("T", "v1", by, {}), NOON)
        following = StoryBefore(session, session.get_one(Article, len(how))).followed_by("T")
        assert (following.drift is not None) == all(kinship.is_distant for kinship in following.latest[:3])
        return following.latest

    return database.write(work)


def test_what_is_followed_is_held_against_what_the_topic_found_by_itself(database: Database) -> None:
    """Not against what it followed: a drift would else be its own yardstick."""
    how = [("query", "abc"), ("like", "cd"), ("follow", "aefgh"), ("follow", "fghij"), ("follow", "fghijk")]
    assert told_of(database, how) == (Kinship(0, 6), Kinship(0, 5), Kinship(1, 5))


def test_no_more_than_the_last_few_are_looked_at(database: Database) -> None:
    how = [("query", "abcd"), *[("follow", "wxyz")] * IN_A_ROW, ("follow", "abxy")]
    assert told_of(database, how) == (Kinship(2, 4), *[Kinship(0, 4)] * (IN_A_ROW - 1))


def opens(session: Session, story: int, *numbers: int) -> None:
    session.add(Story(id=story, title="A story", first=NOON, last=NOON, articles=len(numbers), created=NOON))
    session.flush()
    session.add_all(_article(number, story) for number in numbers)
    session.flush()


def test_each_topic_has_its_own_coverage_of_a_story(database: Database) -> None:
    def work(session: Session) -> None:
        opens(session, 1, 1, 2, 3)
        opens(session, 2, 4)
        for number, topic in ((1, "A"), (2, "A"), (3, "B"), (4, "A")):
            store_match(session, number, NewMatch(topic, "v1", "query", {}), NOON + number * HOUR)
        assert matches.coverage_by_topic(session, 1) == {
            "A": Coverage(NOON + HOUR, NOON + 2 * HOUR),
            "B": Coverage(NOON + 3 * HOUR, NOON + 3 * HOUR),
        }
        # As it was when the second was read, and without it
        assert matches.coverage_before(session, 1, 2, NOON + 2 * HOUR) == {"A": Coverage(NOON + HOUR, NOON + HOUR)}
        assert matches.labels_in(session, 2) == [(4, "https://example.org/4")]

    database.write(work)


def test_topics_are_summed_up_in_one_statement_each(database: Database) -> None:
    def work(session: Session) -> None:
        opens(session, 1, 1, 2)
        opens(session, 2, 3)
        for number in (1, 2, 3):
            store_match(session, number, NewMatch("A", "v1", "query", {}), NOON + number * HOUR)
        store_match(session, 1, NewMatch("B", "v1", "query", {}), NOON)
        alerts.raise_alert(session, 1, 1, NewAlert("k1", "A", "first", [], [], [], [], {}, ["log"]), NOON)
        alerts.raise_alert(session, 2, 3, NewAlert("k2", "A", "first", [], [], [], [], {}, ["log"]), NOON + HOUR)
        assert matches.found_by_topic(session) == {"A": Found(3, 2, NOON + 3 * HOUR), "B": Found(1, 1, NOON)}
        assert alerts.count_by_topic(session, NOON) == {"A": 2}
        assert alerts.count_by_topic(session, NOON + HOUR) == {"A": 1}
        assert [alert.key for alert in alerts.raised_by(session, 3)] == ["k2"]

    database.write(work)
