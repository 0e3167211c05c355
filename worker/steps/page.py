"""Ask for the page of one article: robots.txt, the host's turn, one request, and what its answer means.

For the first fetch and for every later look. What is done about the answer is for those two to say.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage.bodies import Packed, drop_unused, pack, store_body
from storage.tables import Article
from worker.errors import PermanentError, TransientError, WorkerError
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.steps.asking import broke_off, conditions, crawl_delay, heed, host_turn

OK, NOT_MODIFIED, TOO_MANY_REQUESTS = 200, 304, 429
GONE = (404, 410)
GONE_SINCE = "the page is gone since"
LONGEST_TAG = 500  # characters of an ETag; a longer one is not worth its place


class GoneError(PermanentError):
    """The server says that there is no such page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came, ready to be stored. `cut` says what of it is missing; `tags` is what it is known by."""

    packed: Packed
    content_type: str
    cut: str
    tags: Mapping[str, str]


@contextmanager
def page_turn(run: Runtime, article: Article) -> Iterator[float]:
    """Have the page's host for one request. 0: go, else the seconds of a wait too long to sleep.

    Raises PermanentError when the page must not be asked for, TransientError when that cannot be found out now.
    """
    if not has_page(article.url):
        raise PermanentError("it has no page of its own")
    with host_turn(run, article.host, crawl_delay(run, article.url)) as pause:
        yield pause


def has_page(url: str) -> bool:
    """Not so a file, nor an entry without a link, which is known by its feed's address and its own id behind a #."""
    return url.startswith(("http://", "https://")) and "#" not in url


def ask_for_page(run: Runtime, article: Article) -> Page | None:
    """The page; None when the server says that it is the one we have.

    Raises GoneError, PermanentError, or TransientError for all that may be different next time. A page that broke off
    is better than none, but does not take the place of one that is there.
    """
    response = run.door.get(article.url, headers=_conditions(article))
    wait = heed(run, article.host, response)
    if response.status == TOO_MANY_REQUESTS or response.status >= 500:
        raise TransientError(f"the server answered {response.status}", wait)
    if response.status == NOT_MODIFIED and article.body_digest is not None:
        return None
    if response.status in GONE:
        raise GoneError(f"the server answered {response.status}")
    if response.status != OK:
        raise PermanentError(f"the server answered {response.status}")
    if article.body_digest is not None and broke_off(run, response):
        raise TransientError("the page broke off")
    if article.body_digest is None and not response.body.strip():
        raise TransientError("the page is empty")
    return Page(
        packed=pack(response.body),
        content_type=response.header("content-type")[:200],
        cut=_cut(run, response),
        tags=_tags(response),
    )


def keep_page(session: Session, article: Article, page: Page, now: datetime, write: Callable[..., bool]) -> bool:
    """Store the page, `write` what is known of it to its article, and let go of the one that was there before.

    What `write` says: whether the claim still stood. If not, nothing of the article has changed.
    """
    digest = store_body(session, page.packed, now)
    known = {"content_type": page.content_type, "cut": page.cut, "page_error": "", **page.tags}
    if not write(body_digest=digest, **known):
        return False
    if article.body_digest not in (None, digest):
        drop_unused(session, article.body_digest)
    return True


def why_missing(article: Article, error: WorkerError, now: datetime) -> str:
    """What is written down about a page that cannot be had. Of one that was there it matters since when it is gone."""
    if is_known_as_gone(article):
        return article.page_error
    if isinstance(error, GoneError) and article.body_digest is not None:
        return f"{GONE_SINCE} {now:%Y-%m-%d %H:%M} UTC: {error}"
    return str(error)


def is_known_as_gone(article: Article) -> bool:
    """Whether the last answer about a page that was there before was that there is none."""
    return article.page_error.startswith(GONE_SINCE)


def _conditions(article: Article) -> Mapping[str, str]:
    if article.body_digest is None:
        return {}
    return conditions(article.etag, article.last_modified)


def _tags(response: Response) -> Mapping[str, str]:
    """By which the server will know the page again. A part of a page is asked for anew: the rest may come."""
    found = {"etag": response.header("etag"), "last_modified": response.header("last-modified")}
    return {name: "" if response.truncated or len(tag) > LONGEST_TAG else tag for name, tag in found.items()}


def _cut(run: Runtime, response: Response) -> str:
    if not response.truncated:
        return ""
    if broke_off(run, response):
        return f"the page broke off after {len(response.body):,} bytes"
    return f"the page was fetched up to {run.settings.max_body_bytes:,} bytes"
