"""`storytrail demo`: three days of a made-up news world, on real parts.

The site of `seeds/` serves feeds and pages on loopback; its clock is moved on half a day at a time, as soon as
everything served so far has been read. All else is what `storytrail up` runs.
"""

import fcntl
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from cli.process import Parts, Process
from cli.show import complain, counted, out, say
from cli.start import start
from config.settings import Settings, load_settings
from scheduler.tasks import tick
from seeds.site import Site
from seeds.world import load_world
from storage import alerts, polls, sources
from storage.counts import count_all, unfinished
from storage.migrate import migrate
from storage.sources import NewSource
from storage.tables import Alert
from web.server import ServerThread
from web.wiring import page_of
from worker.app import QUEUES, SCHEDULE
from worker.errors import PermanentError
from worker.notify.channel import Message
from worker.runtime import Runtime
from worker.stages.address import address_hash
from worker.steps.view import message_of

TOPICS = Path(__file__).parent.parent / "seeds" / "topics.yaml"
LOOK_SECONDS = 0.1
PUT_OFF = timedelta(seconds=10)  # on a busy machine a source is put off for seconds, until its host may be asked
LONGEST_STEP_SECONDS = 60
REASONS = {
    "first": "green",
    "new-fact": "cyan",
    "disagreement": "yellow",
    "correction": "magenta",
}


def run_demo(*, once: bool, port: int) -> None:
    folder = load_settings().data / "demo"
    with _alone(folder):
        _run_in(folder, once=once, port=port)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other demos from making the folder anew under this one. The system takes the lock back if we are killed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"another demo is using {folder}: end it, or set STORYTRAIL_DATA to another folder"
            raise PermanentError(message) from error
        yield


def _run_in(folder: Path, *, once: bool, port: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    run = start(log_level="critical", settings=_settings(folder))
    run.write_line = lambda _line: None  # the alerts are shown below, as a person wants to read them
    migrate(run.database)
    page = ServerThread(page_of(run), "127.0.0.1", _free(port))
    with Site(load_world()) as site:
        run.now = _Clock(site)
        _follow(run, site, page, once=once)
    run.close()


def _follow(run: Runtime, site: Site, page: ServerThread, *, once: bool) -> None:
    with Process(run, Parts([*QUEUES, SCHEDULE], threads=8, page=page)):
        _add_sources(run, site)
        topics = counted(len(run.topics.current().by_name), "topic")
        say(f"{counted(len(site.feed_urls()), 'feed')} at {site.base_url}; following {topics} of {_near(TOPICS)}\n")
        told = 0
        for moment in site.steps():
            site.advance_to(moment)
            out.rule(f"[dim]{moment:%A %d %B %Y, %H:%M}[/dim]", align="left", style="dim")
            told = _read_all(run, told)
        site.end()
        _read_all(run, told)
        _sum_up(run)
        if not once:
            say(f"\nThe page: {page.url}   (Ctrl-C ends)")
            _wait_for_ctrl_c()


class _Clock:
    """The demo's time: the site's, which moves in steps, and what has passed since the last one."""

    def __init__(self, site: Site) -> None:
        self._site, self._lock = site, threading.Lock()
        self._at, self._since = site.now, time.monotonic()

    def __call__(self) -> datetime:
        with self._lock:  # else another thread adds to a new day what has passed since the old one began
            if self._at != self._site.now:
                self._at, self._since = self._site.now, time.monotonic()
            return self._at + timedelta(seconds=time.monotonic() - self._since)


def _settings(folder: Path) -> Settings:
    """None of the user's: the demo's own folder, topics and sources, and leave to read from loopback at full speed."""
    folder.mkdir(parents=True, exist_ok=True)
    no_sources = folder / "sources.yaml"  # the site's are added below; the user's are not to be polled
    no_sources.write_text("sources: []\n")
    return load_settings(
        {
            "STORYTRAIL_DATA": str(folder),
            "STORYTRAIL_TOPICS": str(TOPICS),
            "STORYTRAIL_SOURCES": str(no_sources),
            "STORYTRAIL_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
            "STORYTRAIL_HOST_RATE": "0",
            "STORYTRAIL_TICK": "1",
        }
    )


def _add_sources(run: Runtime, site: Site) -> None:
    def work(session: Session) -> None:
        for url in site.feed_urls():
            sources.add_source(session, NewSource(url, address_hash(url)), "command", run.now())

    run.database.write(work)


def _read_all(run: Runtime, told: int) -> int:
    """Poll everything and wait until all it brought is read and told; the last alert shown."""
    run.database.write(lambda session: polls.make_all_due(session, run.now()))
    tick()
    end = time.monotonic() + LONGEST_STEP_SECONDS
    while time.monotonic() < end:
        is_done = run.database.read(lambda s: not unfinished(s) and not polls.being_polled(s, run.now() + PUT_OFF))
        told = _show_alerts(run, told)
        if is_done:
            return told
        time.sleep(LOOK_SECONDS)
    complain("some articles take longer than expected; going on")
    return told


def _show_alerts(run: Runtime, told: int) -> int:
    """Print what was raised since; the last alert shown."""

    def messages(session: Session) -> list[tuple[Alert, Message]]:
        return [(alert, message_of(session, alert, is_repeat=False)) for alert in alerts.since(session, told)]

    for alert, message in run.database.read(messages):
        say(message.title, style=f"bold {REASONS.get(alert.reason, 'white')}")
        say(message.body + "\n", indent=2)
        told = alert.id
    return told


def _sum_up(run: Runtime) -> None:
    counts = run.database.read(count_all)
    failing = {state: n for state, n in counts.sources.items() if state != "healthy"}
    out.rule(style="dim")
    say(
        f"{counted(sum(counts.articles.values()), 'article')} read, {counts.copies} of them copies; "
        f"{counted(counts.stories, 'story', 'stories')}; "
        f"{counted(counts.alerts, 'alert')}, {counts.deliveries.get('sent', 0)} delivered"
    )
    if failing:
        say("sources that need a look: " + ", ".join(f"{n} {state}" for state, n in failing.items()))


def _near(path: Path) -> Path:
    """As seen from here, if it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _free(port: int) -> int:
    """The port if nobody listens there, else any."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


def _wait_for_ctrl_c() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        say("ended")
