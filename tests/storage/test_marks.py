"""Marks are kept once for an article and a topic, and go with the article."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage import marks
from storage.database import Database
from storage.marks import NewMark
from storage.tables import Article, ArticleState


@pytest.fixture
def archive(database: Database, now: datetime) -> Database:
    """Two articles."""

    def fill(session: Session) -> None:
        for number in (1, 2):
            session.add(Article(
                id=number, url=f"https://example.org/{number}", url_hash=f"{number}", host="example.org", given={},
                title=f"Of {number}", state=ArticleState.DONE, first_seen=now, next_attempt_at=now, published=now,
                event_time=now,
            ))  # fmt: skip

    database.write(fill)
    return database


def says(archive: Database, topic: str, article: int, when: datetime, note: str = "", *, is_right: bool) -> None:
    new = NewMark(topic, "v1", article, is_right=is_right, note=note)
    archive.write(lambda session: marks.store_mark(session, new, when))


def test_a_later_mark_takes_the_place_of_an_earlier_one(archive: Database, now: datetime) -> None:
    says(archive, "Ferry", 1, now, "the same ferry", is_right=True)
    says(archive, "Ferry", 1, now + timedelta(hours=1), "another ferry", is_right=False)
    (mark,) = archive.read(lambda session: marks.marks_of(session, "Ferry"))
    assert (mark.article_id, mark.is_right, mark.note) == (1, False, "another ferry")
    assert (mark.version, mark.created) == ("v1", now + timedelta(hours=1))


def test_each_topic_has_its_own_marks(archive: Database, now: datetime) -> None:
    says(archive, "Ferry", 2, now, is_right=True)
    says(archive, "Ferry", 1, now, is_right=True)
    says(archive, "Cake", 1, now, is_right=False)
    assert [mark.article_id for mark in archive.read(lambda s: marks.marks_of(s, "Ferry"))] == [1, 2]
    assert archive.read(lambda s: marks.marks_of(s, "Nothing")) == []
    assert archive.read(marks.count_marks) == {"Ferry": (2, 0), "Cake": (0, 1)}
    assert {t: m.is_right for t, m in archive.read(lambda s: marks.marks_on(s, 1)).items()} == {
        "Ferry": True,
        "Cake": False,
    }


def test_the_list_names_the_articles_the_newest_mark_first(archive: Database, now: datetime) -> None:
    says(archive, "Ferry", 2, now, is_right=True)
    says(archive, "Cake", 1, now + timedelta(hours=1), is_right=False)
    listed = archive.read(marks.list_marks)
    assert [(entry.mark.topic, entry.url, entry.title) for entry in listed] == [
        ("Cake", "https://example.org/1", "Of 1"),
        ("Ferry", "https://example.org/2", "Of 2"),
    ]
    assert [entry.mark.article_id for entry in archive.read(lambda s: marks.list_marks(s, "Ferry"))] == [2]


def test_a_mark_goes_with_its_article(archive: Database, now: datetime) -> None:
    says(archive, "Ferry", 1, now, is_right=True)
    says(archive, "Ferry", 2, now, is_right=True)
    archive.write(lambda session: session.execute(delete(Article).where(Article.id == 1)))
    assert [mark.article_id for mark in archive.read(lambda s: marks.marks_of(s, "Ferry"))] == [2]
