"""Fetch one page: robots.txt, the host's pace, one deadline; the body is stored once, compressed.

A page that cannot be had does not lose its article: after the last attempt it is read from what the feed says of it.
"""

import random
import time
from datetime import timedelta
from enum import Enum, auto

import structlog

from storage import articles
from storage.articles import advance
from storage.bodies import pack, store_body
from storage.claims import Claim
from storage.tables import Article, ArticleState
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.stages.retry_after import retry_after_seconds
from worker.stages.timing import retry_at

log = structlog.get_logger()

LONGEST_PAUSE_SECONDS = 2.0  # a host that asks for more is left for a later round
OK = 200
ASKS_TO_WAIT = (429, 503)


class Fetched(Enum):
    """What became of it. TO_READ: its next step is reading."""

    TO_READ = auto()
    LATER = auto()
    NOT_OURS = auto()


def fetch_article(run: Runtime, article_id: int) -> Fetched:
    """Fetch the article's page if it is due and its host may be asked now."""
    now = run.now()
    claimed = run.database.write(
        lambda session: articles.claim_article(session, article_id, ArticleState.FETCH, now, run.lease)
    )
    if claimed is None:
        return Fetched.NOT_OURS
    article, claim = claimed
    try:
        pause = _wait_turn(run, article)
        if pause > 0:
            return _leave(run, claim, pause)
        return _keep(run, claim, _get(run, article))
    except PermanentError as error:
        return _without_page(run, claim, str(error))
    except TransientError as error:
        return _try_later(run, claim, str(error), error.retry_after)
    except Exception as error:
        # Whatever one page does to us, the others go on.
        log.exception("fetching failed", article=claim.id)
        return _try_later(run, claim, f"{type(error).__name__}: {error}"[:500], None)


def _wait_turn(run: Runtime, article: Article) -> float:
    """Ask robots.txt and the host's pace, and sleep if the turn comes soon. 0: go; else a wait too long to sleep."""
    if not _has_page(article.url):
        raise PermanentError("it has no page of its own")
    if not run.robots.allowed(article.url):
        raise PermanentError("robots.txt asks not to fetch this page")
    delay = run.robots.crawl_delay(article.url)
    pause = run.pace.take(article.host, crawl_delay=delay)
    while 0 < pause <= LONGEST_PAUSE_SECONDS:
        time.sleep(pause)
        pause = run.pace.take(article.host, crawl_delay=delay)
    return pause


def _has_page(url: str) -> bool:
    """Not so a file, nor an entry without a link, which is known by its feed's address and its own id behind a #."""
    return url.startswith(("http://", "https://")) and "#" not in url


def _leave(run: Runtime, claim: Claim, pause: float) -> Fetched:
    until = run.now() + timedelta(seconds=pause)
    run.database.write(lambda session: articles.release(session, claim, until))
    return Fetched.LATER


def _get(run: Runtime, article: Article) -> Response:
    response = run.door.get(article.url)
    if response.status in ASKS_TO_WAIT or response.status >= 500:
        wait = retry_after_seconds(response.headers.get("retry-after", ""), run.now())
        if response.status in ASKS_TO_WAIT:
            run.pace.backoff(article.host, wait or run.settings.poll_interval_min)
        raise TransientError(f"the server answered {response.status}", wait)
    if response.status != OK:
        raise PermanentError(f"the server answered {response.status}")
    return response


def _keep(run: Runtime, claim: Claim, response: Response) -> Fetched:
    now, packed = run.now(), pack(response.body)
    content_type = response.headers.get("content-type", "")[:200]
    kept = run.database.write(
        lambda session: advance(
            session, claim, "fetch", ArticleState.READ, now,
            body_digest=store_body(session, packed, now), content_type=content_type, page_error="",
        )
    )  # fmt: skip
    return Fetched.TO_READ if kept else Fetched.NOT_OURS


def _try_later(run: Runtime, claim: Claim, reason: str, wait: float | None) -> Fetched:
    if claim.attempt >= run.settings.max_attempts:
        return _without_page(run, claim, reason)
    until = retry_at(run.now(), claim.attempt, wait, random.random())  # noqa: S311 -- spreads retries, protects nothing
    run.database.write(lambda session: articles.postpone(session, claim, reason, until))
    return Fetched.LATER


def _without_page(run: Runtime, claim: Claim, reason: str) -> Fetched:
    """Go on with what the feed holds; why the page is missing stays on the row."""
    now = run.now()
    log.warning("read without its page", article=claim.id, reason=reason)
    kept = run.database.write(
        lambda session: advance(session, claim, "fetch", ArticleState.READ, now, page_error=reason)
    )
    return Fetched.TO_READ if kept else Fetched.NOT_OURS
