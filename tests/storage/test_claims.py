"""Claims: one at a time, counted before the work, and never a late result over a newer one."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from storage import articles
from storage.articles import Listed, advance, claim_article, due_articles, postpone, quarantine_exhausted
from storage.claims import Claim
from storage.database import Database
from storage.tables import Article, ArticleState

LEASE = timedelta(minutes=5)
LATER = LEASE + timedelta(seconds=1)
HOLDER_TIME = datetime.fromisoformat("2026-03-04T12:09:00+00:00")


def listed(uid: str = "1", **changes: Any) -> Listed:
    values: dict[str, Any] = {
        "uid": uid,
        "url": f"http://a.example/{uid}",
        "url_hash": "",
        "host": "a.example",
        "title": f"Article {uid}",
        "published": None,
        "event_time": datetime.fromisoformat("2026-03-04T10:00:00+00:00"),
        "content_digest": "d",
        "given": {"title": f"Article {uid}"},
    }
    values |= changes
    return Listed(**values | {"url_hash": sha256(values["url"].encode()).hexdigest(), "fallback": values["url"]})


@pytest.fixture
def article_id(database: Database, now: datetime) -> int:
    return database.write(lambda session: articles.store_article(session, listed(), now))[0]


def claim(database: Database, article_id: int, now: datetime) -> Claim | None:
    claimed = database.write(lambda s: claim_article(s, article_id, ArticleState.FETCH, now, LEASE))
    return claimed[1] if claimed else None


def write(database: Database, holder: Claim) -> bool:
    """Write the holder's result, marked with its fence."""
    fence = str(holder.fence)
    return database.write(lambda s: advance(s, holder, "fetch", ArticleState.READ, HOLDER_TIME, content_type=fence))


def state_of(database: Database, article_id: int) -> Article:
    return database.read(lambda session: session.get_one(Article, article_id))


def test_a_claimed_row_is_not_claimed_again_until_its_lease_lapses(
    database: Database, article_id: int, now: datetime
) -> None:
    first = claim(database, article_id, now)
    assert first == Claim(article_id, fence=1, attempt=1)
    assert claim(database, article_id, now + LEASE / 2) is None
    assert claim(database, article_id, now + LATER) == Claim(article_id, fence=2, attempt=2)


def test_a_late_result_is_dropped_when_another_has_claimed_since(
    database: Database, article_id: int, now: datetime
) -> None:
    slow = claim(database, article_id, now)
    fast = claim(database, article_id, now + LATER)
    assert slow is not None
    assert fast is not None
    assert not write(database, slow)
    assert write(database, fast)
    assert not write(database, slow)
    assert state_of(database, article_id).content_type == "2"


def test_the_same_result_is_not_written_twice(database: Database, article_id: int, now: datetime) -> None:
    held = claim(database, article_id, now)
    assert held is not None
    assert database.write(lambda s: advance(s, held, "fetch", ArticleState.READ, now))
    assert not database.write(lambda s: advance(s, held, "fetch", ArticleState.READ, now))


def test_an_attempt_is_counted_before_the_work_and_forgotten_on_success(
    database: Database, article_id: int, now: datetime
) -> None:
    held = claim(database, article_id, now)
    assert held is not None
    assert state_of(database, article_id).attempts == 1
    database.write(lambda s: postpone(s, held, "503", now))
    assert state_of(database, article_id).attempts == 1
    again = claim(database, article_id, now)
    assert again is not None
    assert again.attempt == 2
    database.write(lambda s: advance(s, again, "fetch", ArticleState.READ, now))
    assert state_of(database, article_id).attempts == 0


def test_a_change_takes_the_row_from_whoever_works_on_the_former_version(
    database: Database, article_id: int, now: datetime
) -> None:
    held = claim(database, article_id, now)
    assert held is not None
    database.write(lambda s: articles.send_again(s, article_id, listed(title="Corrected"), now))
    assert not database.write(lambda s: advance(s, held, "fetch", ArticleState.READ, now))
    assert state_of(database, article_id).round == 2
    assert claim(database, article_id, now) is not None


def test_work_that_kills_its_process_each_time_is_set_apart_and_others_are_not(
    database: Database, article_id: int, now: datetime
) -> None:
    for attempt in range(3):
        assert claim(database, article_id, now + LATER * attempt) is not None
    still_held = now + LATER * 2
    assert database.write(lambda s: quarantine_exhausted(s, still_held, 3)) == 0
    assert database.write(lambda s: quarantine_exhausted(s, still_held + LATER, 3)) == 1
    article = state_of(database, article_id)
    assert article.state == ArticleState.QUARANTINED
    assert "without a word" in article.last_error
    assert database.read(lambda s: due_articles(s, still_held + LATER * 9, 10)) == []


def test_a_quarantined_article_can_be_run_again(database: Database, article_id: int, now: datetime) -> None:
    held = claim(database, article_id, now)
    assert held is not None
    database.write(lambda s: articles.quarantine(s, held, "broken"))
    assert [a.id for a in database.read(articles.quarantined)] == [article_id]
    assert database.write(lambda s: articles.rerun(s, article_id, now))
    assert claim(database, article_id, now) is not None


def test_what_is_not_due_yet_cannot_be_claimed(database: Database, article_id: int, now: datetime) -> None:
    held = claim(database, article_id, now)
    assert held is not None
    database.write(lambda s: postpone(s, held, "503", now + timedelta(hours=1)))
    assert claim(database, article_id, now + LATER) is None
    assert claim(database, article_id, now + timedelta(hours=1)) is not None
