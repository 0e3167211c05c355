"""Ask a source what it lists now: its server's answer, or the word that it is not its turn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import structlog

from storage.pushes import Pushed
from storage.tables import Source, SourceKind
from worker.confine.errors import NoChildError
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.stages import address
from worker.steps.asking import conditions, crawl_delay, heed, host_turn
from worker.steps.poll import pushed
from worker.steps.poll.folder import look_in_folder
from worker.steps.poll.outcome import Outcome
from worker.steps.poll.understand import understand

log = structlog.get_logger()

MOVES_TO_BELIEVE = 3  # a permanent redirect is followed at once, and written down when it has been seen this often
GONE, NOT_MODIFIED, OK = 410, 304, 200
PERMANENT_REDIRECTS = (301, 308)
BUSY = timedelta(seconds=10)


def look(run: Runtime, source: Source, now: datetime) -> Outcome | timedelta:
    """What the source has, or how long its host wants to be left alone."""
    try:
        if source.kind == SourceKind.FOLDER:
            return look_in_folder(run, source, now)
        pushes = pushed.pending(run, source, now)
        return (pushes and pushed.take(run, source, pushes, now)) or _ask(run, source, pushes, now)
    except NoChildError:
        return BUSY  # not the source's fault: nobody here could parse it
    except TransientError as error:
        return Outcome(str(error), retry_after=error.retry_after)
    except PermanentError as error:
        return Outcome(str(error))
    except Exception as error:
        # Whatever one source does to us, the others go on.
        log.exception("a source could not be understood", source=source.url)
        return Outcome(f"{type(error).__name__}: {error}"[:500])


def _ask(run: Runtime, source: Source, pushes: Sequence[Pushed], now: datetime) -> Outcome | timedelta:
    """Ask its server. `pushes`: what had been pushed and was of no use, so that it can be forgotten now."""
    with host_turn(run, address.host(source.url), _crawl_delay(run, source)) as pause:
        if pause > 0:
            return timedelta(seconds=pause)
        start = monotonic()
        response = run.door.get(source.url, headers=_conditions(source))
        seconds = monotonic() - start
    outcome = _judge(run, source, response, seconds, now)
    return replace(outcome, pushes=tuple(push.id for push in pushes)) if pushes else outcome


def _crawl_delay(run: Runtime, source: Source) -> float | None:
    """What robots.txt says to a listing page. Feeds and sitemaps are made for machines to ask for.

    Raises PermanentError when the page must not be asked for, TransientError when that cannot be found out now.
    """
    return crawl_delay(run, source.url) if source.kind == SourceKind.LISTING else None


def _conditions(source: Source) -> Mapping[str, str]:
    return conditions(source.etag, source.last_modified)


def _judge(run: Runtime, source: Source, response: Response, seconds: float, now: datetime) -> Outcome:
    """What the answer means; nothing is parsed that is not new."""
    columns = _moved(response, source)
    retry_after = heed(run, address.host(source.url), response)
    if response.status == NOT_MODIFIED and _conditions(source):
        return Outcome(is_unchanged=True, columns=columns, headers=response.headers, seconds=seconds)
    if response.status == GONE:
        return Outcome(f"the server answered {GONE}", is_gone=True)
    if response.status != OK:
        return Outcome(f"the server answered {response.status}", retry_after=retry_after)
    return understand(run, source, response, columns, seconds, now)


def _moved(response: Response, source: Source) -> dict[str, Any]:
    """Columns that follow a permanent redirect: counted, and believed when it has been seen often enough."""
    if not response.hops or any(hop.status not in PERMANENT_REDIRECTS for hop in response.hops):
        return {"moved_to": "", "moved_times": 0} if source.moved_to else {}
    target = address.canonical(response.url)
    times = source.moved_times + 1 if source.moved_to == target else 1
    columns: dict[str, Any] = {"moved_to": target, "moved_times": times}
    if times >= MOVES_TO_BELIEVE:
        columns |= {"url": target, "url_hash": address.address_hash(target), "moved_times": 0}
    return columns
