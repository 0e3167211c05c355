"""Look at the page of an article that was read before: has its outlet changed what it says?

Nothing is taken from the article by a look that fails; it is done, and stays so. A page that is not there at two looks
in a row is looked at no more, and the article says since when it is gone.
"""

import random
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from storage import looks
from storage.claims import WORDLESS, Claim
from storage.tables import Article
from worker.errors import TransientError, WorkerError
from worker.runtime import Runtime
from worker.stages.looks import next_look
from worker.steps.page import (
    GoneError,
    Page,
    ask_for_page,
    has_page,
    is_known_as_gone,
    keep_page,
    page_turn,
    why_missing,
)

log = structlog.get_logger()

MOST_TRIES = 2  # of one look whose first try ended without a word; one that failed waits for the next look


def plan_look(session: Session, article: Article, now: datetime, *, has_changed: bool) -> datetime | None:
    """When to look at an article that has just been read: never, unless it matched a topic and we have its page."""
    is_file = article.given.get("is_file", False)
    if (
        is_file
        or article.body_digest is None
        or not has_page(article.url)
        or not looks.has_matched(session, article.id)
    ):
        return None
    return _following(article, now, article.looks, has_changed=has_changed)


def look_again(run: Runtime, article: Article, claim: Claim) -> bool:
    """Look at the page of an article that was claimed for it; whether it has changed, and is to be read."""
    if claim.attempt > MOST_TRIES:
        return _give_up(run, claim)
    try:
        with page_turn(run, article) as pause:
            if pause > 0:
                return _put_off(run, claim, pause)
            page = ask_for_page(run, article)
        return _compare(run, article, claim, page)
    except WorkerError as error:
        return _fail(run, article, claim, error)
    except Exception as error:
        # Whatever one page does to us, the others go on.
        log.exception("looking again failed", article=claim.id)
        return _fail(run, article, claim, TransientError(f"{type(error).__name__}: {error}"[:500]))


def _compare(run: Runtime, article: Article, claim: Claim, page: Page | None) -> bool:
    now = run.now()
    if page is None or page.packed.digest == article.body_digest:
        return _leave(run, article, claim, page_error="", last_error="", **(page.tags if page else {}))
    return run.database.write(
        lambda session: keep_page(
            session, article, page, now, partial(looks.take_changed_page, session, claim, now)
        )
    )  # fmt: skip


def _leave(run: Runtime, article: Article, claim: Claim, **columns: Any) -> bool:
    """The article stays as it is until the next look."""
    following = _following(article, run.now(), article.looks + 1)
    run.database.write(lambda session: looks.end_look(session, claim, following, **columns))
    return False


def _put_off(run: Runtime, claim: Claim, pause: float) -> bool:
    until = run.now() + timedelta(seconds=pause)
    run.database.write(lambda session: looks.put_off_look(session, claim, until))
    return False


def _fail(run: Runtime, article: Article, claim: Claim, error: WorkerError) -> bool:
    """Note why, and look again at the next time, or when the server says. Gone twice is gone."""
    now = run.now()
    columns: dict[str, Any] = {"last_error": str(error)}
    following = _following(article, now, article.looks + 1)
    if isinstance(error, GoneError):
        following = None if is_known_as_gone(article) else following
        columns["page_error"] = why_missing(article, error, now)
    if following and isinstance(error, TransientError) and error.retry_after:
        following = max(following, now + timedelta(seconds=error.retry_after))
    run.database.write(lambda session: looks.end_look(session, claim, following, **columns))
    return False


def _give_up(run: Runtime, claim: Claim) -> bool:
    log.error("a page that ends whoever looks at it is left alone", article=claim.id)
    run.database.write(lambda session: looks.end_look(session, claim, None, last_error=WORDLESS))
    return False


def _following(article: Article, now: datetime, times: int, *, has_changed: bool = False) -> datetime | None:
    return next_look(
        now,
        published=article.event_time,
        first_seen=article.first_seen,
        looks=times,
        has_changed=has_changed,
        jitter=random.random(),  # noqa: S311 -- spreads looks over time, protects nothing
    )
