"""Fetch one page: the body is stored once, compressed. One that was read before is looked at again (see `look`).

A page that cannot be had does not lose its article: after the last attempt it is read from what the feed says of it.
"""

import random
from datetime import timedelta
from enum import Enum, auto
from functools import partial

import structlog
from sqlalchemy.orm import Session

from storage import articles, looks
from storage.articles import advance
from storage.claims import Claim
from storage.tables import Article, ArticleState
from worker.errors import PermanentError, TransientError, WorkerError
from worker.runtime import Runtime
from worker.stages.timing import retry_at
from worker.steps.look import look_again
from worker.steps.page import Page, ask_for_page, keep_page, page_turn, why_missing

log = structlog.get_logger()


class Fetched(Enum):
    """What became of it. TO_READ: its next step is reading. UNCHANGED: it was looked at again, and has none."""

    TO_READ = auto()
    LATER = auto()
    UNCHANGED = auto()
    NOT_OURS = auto()


def fetch_article(run: Runtime, article_id: int) -> Fetched:
    """Fetch the article's page, or look at it again, if that is due and its host may be asked now."""
    now = run.now()
    claimed = run.database.write(
        lambda session: (
            articles.claim_article(session, article_id, ArticleState.FETCH, now, run.lease)
            or looks.claim_look(session, article_id, now, run.lease)
        )
    )
    if claimed is None:
        return Fetched.NOT_OURS
    article, claim = claimed
    if article.state == ArticleState.DONE:
        return Fetched.TO_READ if look_again(run, article, claim) else Fetched.UNCHANGED
    return _fetch(run, article, claim)


def _fetch(run: Runtime, article: Article, claim: Claim) -> Fetched:
    try:
        with page_turn(run, article) as pause:
            if pause > 0:
                return _leave(run, claim, pause)
            page = ask_for_page(run, article)
        return _keep(run, article, claim, page)
    except PermanentError as error:
        return _without_page(run, article, claim, error)
    except TransientError as error:
        return _try_later(run, article, claim, error)
    except Exception as error:
        # Whatever one page does to us, the others go on.
        log.exception("fetching failed", article=claim.id)
        return _try_later(run, article, claim, TransientError(f"{type(error).__name__}: {error}"[:500]))


def _leave(run: Runtime, claim: Claim, pause: float) -> Fetched:
    until = run.now() + timedelta(seconds=pause)
    run.database.write(lambda session: articles.release(session, claim, until))
    return Fetched.LATER


def _keep(run: Runtime, article: Article, claim: Claim, page: Page | None) -> Fetched:
    """Store the page. None: the one that was stored before is the one that the server has."""
    now = run.now()

    def work(session: Session) -> bool:
        write = partial(advance, session, claim, "fetch", ArticleState.READ, now)
        return keep_page(session, article, page, now, write) if page else write(page_error="")

    return Fetched.TO_READ if run.database.write(work) else Fetched.NOT_OURS


def _try_later(run: Runtime, article: Article, claim: Claim, error: TransientError) -> Fetched:
    if claim.attempt >= run.settings.max_attempts:
        return _without_page(run, article, claim, error)
    jitter = random.random()  # noqa: S311 -- spreads retries, protects nothing
    until = retry_at(run.now(), claim.attempt, error.retry_after, jitter)
    run.database.write(lambda session: articles.postpone(session, claim, str(error), until))
    return Fetched.LATER


def _without_page(run: Runtime, article: Article, claim: Claim, error: WorkerError) -> Fetched:
    """Go on with what was had before, or with what the feed holds; why the page is missing stays on the row."""
    now = run.now()
    log.warning("read without its page", article=claim.id, reason=str(error))
    why = why_missing(article, error, now)
    kept = run.database.write(lambda session: advance(session, claim, "fetch", ArticleState.READ, now, page_error=why))
    return Fetched.TO_READ if kept else Fetched.NOT_OURS
