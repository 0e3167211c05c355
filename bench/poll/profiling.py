"""Where our own polling spends its time, for who wants to make it cheaper.

Everything runs in the calling thread, so that the profiler sees it. Its times are wall time and include its own cost,
about as much as the work's: shares count, not sums. What a child process does is seen only as waiting for it; the
headings say how much CPU time that is.
"""

import cProfile
import io
import os
import pstats
import sysconfig
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any
from unittest.mock import patch

import scheduler.drain
from bench.cpu import tree_usage
from bench.poll.contenders import ours
from bench.poll.measure import ROOT, check
from bench.poll.site import SiteProcess

LINES = 25
SITE_PACKAGES = sysconfig.get_path("purelib") + "/"
ORDERS = {"tottime": "by own time", "cumtime": "with what it calls"}


class InThisThread(Executor):
    """An executor that does at once, in its caller's thread, what it is given."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except BaseException as error:  # an executor hands on whatever it was
            future.set_exception(error)
        return future


def profiles(site: SiteProcess) -> tuple[str, str]:
    """A text for the first poll and one for the second. Raises WrongMeasureError as a measurement does."""
    with tempfile.TemporaryDirectory() as folder, patch.object(scheduler.drain, "ThreadPoolExecutor", InThisThread):
        run = ours.started(Path(folder))
        ours.add(run, site.urls)
        site.forget()
        first = _profiled("the first poll", lambda: ours.poll(run))
        second = _profiled("the second poll, nothing changed", lambda: ours.poll_again(run))
        check("ours", ours.count_entries(run), site)
        run.close()
    return first, second


def _profiled(title: str, work: Callable[[], object]) -> str:
    profile, before = cProfile.Profile(), tree_usage(os.getpid())
    profile.runcall(work)
    used = tree_usage(os.getpid()) - before
    heading = f"{title}: {used.own:.2f} s CPU in this process, {used.children:.2f} s in its children"
    return "\n".join([heading, "", *(_table(profile, order) for order in ORDERS)])


def _table(profile: cProfile.Profile, order: str) -> str:
    text = io.StringIO()
    pstats.Stats(profile, stream=text).sort_stats(order).print_stats(LINES)
    _, head, rows = text.getvalue().partition("   ncalls  tottime")
    return f"{ORDERS[order]}\n{head}{_shortened(rows)}"


def _shortened(rows: str) -> str:
    """Paths as one would write them: from the checkout, from the environment's packages."""
    return rows.replace(SITE_PACKAGES, "").replace(f"{ROOT}/", "").rstrip() + "\n"
