"""Asking a host for something, as a polite guest does: shared by all steps that go out.

    crawl_delay ── host_turn ── the request ── heed
    robots.txt     turn, pace                  was I asked to stay away?

What is heard and counted holds for all workers. What else an answer means is each step's own matter.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from worker.errors import PermanentError
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.stages.retry_after import retry_after_seconds

LONGEST_PAUSE_SECONDS = 2.0  # a host that asks for more is left for a later round
BUSY_SECONDS = 1.0  # until the next try, when as many as may are asking the host
ASKS_TO_WAIT = (429, 503)


def crawl_delay(run: Runtime, url: str) -> float | None:
    """The seconds that robots.txt wants between requests, when it says so.

    Raises PermanentError when the address must not be asked for, TransientError when that cannot be found out now.
    """
    if not run.robots.allowed(url):
        raise PermanentError("robots.txt asks not to fetch this page")
    return run.robots.crawl_delay(url)


@contextmanager
def host_turn(run: Runtime, host: str, crawl_delay: float | None = None) -> Iterator[float]:
    """Have the host for one request. 0: go; else the seconds of a wait too long to sleep.

    How many ask a host at the same time, and how often, is counted over all workers.
    """
    with run.turns.take(host) as is_ours:
        yield _paced(run, host, crawl_delay) if is_ours else BUSY_SECONDS


def _paced(run: Runtime, host: str, crawl_delay: float | None) -> float:
    """Ask the host's pace, and sleep if the turn comes soon; else how long that would be."""
    pause = run.pace.take(host, crawl_delay=crawl_delay)
    while 0 < pause <= LONGEST_PAUSE_SECONDS:
        time.sleep(pause)
        pause = run.pace.take(host, crawl_delay=crawl_delay)
    return pause


def conditions(etag: str, last_modified: str) -> Mapping[str, str]:
    """The headers that ask for something only if it is not what was had before."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def heed(run: Runtime, host: str, response: Response) -> float | None:
    """Leave the host alone, with all that is wanted of it, when its answer asks for that.

    The seconds that it named, if it did.
    """
    wait = retry_after_seconds(response.header("retry-after"), run.now())
    if response.status in ASKS_TO_WAIT:
        run.pace.backoff(host, wait or run.settings.poll_interval_min)
    return wait


def broke_off(run: Runtime, response: Response) -> bool:
    """Whether the answer ended too soon, rather than being too long."""
    return response.truncated and len(response.body) < run.settings.max_body_bytes
