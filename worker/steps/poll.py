"""Poll one source: conditional GET, parse, and one transaction for entries, ETag and the next poll.

The ETag is never stored before the entries: a crash between the two would lose them behind a 304.
"""

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

import structlog
from sqlalchemy.orm import Session

from storage import articles, sources
from storage.articles import Listed, Stored
from storage.claims import Claim
from storage.tables import ArticleState, Source, SourceState
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.feed import Entry, Feed, clamp, parse_feed
from worker.stages.retry_after import retry_after_seconds
from worker.stages.rhythm import Bounds, next_poll, source_state

log = structlog.get_logger()

NOTHING = Stored((), ())
MOVES_TO_BELIEVE = 3  # a permanent redirect is followed at once, and written down when it has been seen this often
GONE, NOT_MODIFIED, OK = 410, 304, 200
PERMANENT_REDIRECTS = (301, 308)
ASKS_TO_WAIT = (429, 503)
MAX_TITLE = 500  # characters


@dataclass(frozen=True)
class Outcome:
    """What a poll found: what went wrong, or the items to store, and the source's columns to write with them."""

    error: str = ""
    is_gone: bool = False
    listed: tuple[Listed, ...] = ()
    note: str = ""  # what was cut, on a source that is well otherwise
    retry_after: float | None = None
    ttl_minutes: int | None = None
    cache_control: str = ""
    seconds: float | None = None  # that the answer took
    columns: dict[str, Any] = field(default_factory=dict)


def poll_source(run: Runtime, source_id: int) -> Stored:
    """Poll the source if it is due; which articles are new or changed."""
    now = run.now()
    claimed = run.database.write(lambda session: sources.claim_source(session, source_id, now, run.lease))
    if claimed is None:
        return NOTHING
    source, claim = claimed
    outcome = _ask(run, source, now)
    stored = run.database.write(lambda session: _commit(session, run, source, claim, outcome, now))
    log.info(
        "polled", source=source.url, error=outcome.error or None,
        listed=len(outcome.listed), new=len(stored.new), changed=len(stored.changed),
    )  # fmt: skip
    return stored


def _ask(run: Runtime, source: Source, now: datetime) -> Outcome:
    start = monotonic()
    try:
        response = run.door.get(source.url, headers=_conditions(source))
    except TransientError as error:
        return Outcome(str(error), retry_after=error.retry_after)
    except PermanentError as error:
        return Outcome(str(error))
    seconds = monotonic() - start
    retry_after = retry_after_seconds(response.header("retry-after"), now)
    if response.status in ASKS_TO_WAIT:
        run.pace.backoff(address.host(source.url), retry_after or run.settings.poll_interval_min)
    try:
        return _understand(run, response, source, now, retry_after, seconds)
    except Exception as error:
        # Whatever one feed does to the parser, the others go on.
        log.exception("a feed could not be parsed", source=source.url)
        return Outcome(f"{type(error).__name__}: {error}"[:500])


def _conditions(source: Source) -> Mapping[str, str]:
    headers = {"If-None-Match": source.etag, "If-Modified-Since": source.last_modified}
    return {name: value for name, value in headers.items() if value}


def _understand(
    run: Runtime, response: Response, source: Source, now: datetime, retry_after: float | None, seconds: float
) -> Outcome:
    """What the answer means; nothing is parsed that is not new."""
    columns = _moved(response, source)
    cache_control = response.header("cache-control")
    if response.status == NOT_MODIFIED:
        return Outcome(columns=columns, cache_control=cache_control, seconds=seconds)
    if response.status == GONE:
        return Outcome(f"the server answered {GONE}", is_gone=True)
    if response.status != OK:
        return Outcome(f"the server answered {response.status}", retry_after=retry_after)
    digest = hashlib.sha256(response.body).hexdigest()
    columns |= {
        "etag": response.header("etag"),
        "last_modified": response.header("last-modified"),
        "body_digest": digest,
    }
    if digest == source.body_digest:
        return Outcome(columns=columns, cache_control=cache_control, seconds=seconds)
    feed = parse_feed(
        response.body,
        url=response.url,
        content_type=response.header("content-type"),
        body_truncated=response.truncated,
        max_entries=run.settings.max_feed_entries,
    )
    if not isinstance(feed, Feed):
        return Outcome(feed.reason)
    outlet = (source.title or feed.title)[:MAX_TITLE]
    return Outcome(
        listed=tuple(_listed(entry, feed, source, outlet, now) for entry in feed.entries),
        note=f"not all of it was taken: {feed.truncated}" if feed.truncated else "",
        ttl_minutes=feed.ttl_minutes,
        cache_control=cache_control,
        seconds=seconds,
        columns=columns | {"title": outlet},
    )


def _listed(entry: Entry, feed: Feed, source: Source, outlet: str, now: datetime) -> Listed:
    """Translate an entry for storage. One without an address of its own is read from what the feed holds of it."""
    has_page = bool(entry.url)
    url = address.canonical(entry.url) if has_page else f"{source.url}#{entry.uid}"
    return Listed(
        uid=entry.uid,
        url=url,
        url_hash=address.address_hash(url) if has_page else hashlib.sha256(url.encode()).hexdigest(),
        host=address.host(url),
        title=entry.title,
        published=entry.published,
        event_time=clamp(entry.published, now),
        content_digest=entry.content_digest,
        state=ArticleState.FETCH if has_page else ArticleState.READ,
        given={
            "title": entry.title,
            "html": entry.content,
            "text": entry.summary,
            "authors": list(entry.authors),
            "published": entry.published.isoformat() if entry.published else None,
            "published_raw": entry.published_raw,
            "language": entry.language or source.language or feed.language,
            "outlet": outlet,
        },
    )


def _commit(session: Session, run: Runtime, source: Source, claim: Claim, outcome: Outcome, now: datetime) -> Stored:
    """Entries and the source's new columns, together or not at all."""
    failures = source.failures + 1 if outcome.error else 0
    last_ok = source.last_ok if outcome.error else now
    published = [item.published for item in outcome.listed if item.published] or sources.recent_dates(
        session, source.id
    )
    state, reason = source_state(
        now, failures=failures, last_ok=last_ok, last_error=outcome.error, is_gone=outcome.is_gone,
        answer_seconds=outcome.seconds, published=published,
    )  # fmt: skip
    columns = outcome.columns | {
        "failures": failures,
        "last_ok": last_ok,
        "last_error": outcome.error,
        "next_poll": _next_poll(run, source, outcome, failures, published, now),
    }
    there = sources.find_source(session, columns["url_hash"]) if "url" in columns else None
    if there is not None:
        del columns["url"], columns["url_hash"]
        if there.state in sources.POLLED:  # if it is not, the redirect is what still brings its entries
            state, reason = "retired", f"it moved to {columns['moved_to']}, which is polled already"
    if not sources.settle_source(session, claim, SourceState(state), reason or outcome.note, now, **columns):
        return NOTHING
    stored = articles.store_listed(session, source.id, outcome.listed, now)
    if stored.put_off:
        sources.forget_answer(session, source.id)
    return stored


def _next_poll(
    run: Runtime, source: Source, outcome: Outcome, failures: int, published: list[datetime], now: datetime
) -> datetime:
    settings = run.settings
    return next_poll(
        now,
        published=published,
        interval=source.interval_seconds,
        ttl_minutes=outcome.ttl_minutes,
        cache_control=outcome.cache_control,
        retry_after=outcome.retry_after,
        failures=failures,
        bounds=Bounds(settings.poll_interval_min, settings.poll_interval_max, settings.poll_interval),
        jitter=random.random(),  # noqa: S311 -- spreads polls over time, protects nothing
    )


def _moved(response: Response, source: Source) -> dict[str, Any]:
    """Columns that follow a permanent redirect: counted, and believed when it has been seen often enough."""
    if not response.hops or any(hop.status not in PERMANENT_REDIRECTS for hop in response.hops):
        return {"moved_to": "", "moved_times": 0}
    target = address.canonical(response.url)
    times = source.moved_times + 1 if source.moved_to == target else 1
    columns: dict[str, Any] = {"moved_to": target, "moved_times": times}
    if times >= MOVES_TO_BELIEVE:
        columns |= {"url": target, "url_hash": address.address_hash(target), "moved_times": 0}
    return columns
