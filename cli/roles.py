"""Long-running roles: `up`, and one each of worker, scheduler and web for Compose; and `migrate` before them."""

import signal
import threading
from collections.abc import Sequence

import structlog

from cli.log import library_level
from cli.process import Parts, Process
from cli.show import say
from cli.start import require_current, require_shared_broker, start
from storage.migrate import migrate
from web.server import ServerThread
from web.wiring import page_of
from worker.app import QUEUES, SCHEDULE, check_broker, configure

log = structlog.get_logger()

LOOK_SECONDS = 1.0


def run_up() -> None:
    """Everything in one process, on the in-memory broker or on Redis, as the settings say."""
    run = start()
    migrate(run.database)
    check_broker(run.settings)
    _ = run.topics  # refused now, not at the first article
    listen = run.settings.listen
    page = ServerThread(page_of(run), listen.host, listen.port)
    threads = run.settings.fetch_concurrency
    with Process(run, Parts([*QUEUES, SCHEDULE], threads, page)) as process:
        say(f"Storytrail is up: {page.url} (Ctrl-C ends it)")
        _until_told(process)
    run.close()


def run_scheduler() -> None:
    run = start()
    require_shared_broker(run.settings)
    require_current(run)
    check_broker(run.settings)
    with Process(run, Parts([SCHEDULE], threads=1)) as process:
        log.info("the scheduler is up")
        _until_told(process)
    run.close()


def run_worker(queues: Sequence[str], pool: str, concurrency: int) -> None:
    run = start()
    require_shared_broker(run.settings)
    require_current(run)
    check_broker(run.settings)
    _ = run.topics
    run.close()  # children of a fork open their own connections
    arguments = ["--quiet", "worker", "--queues", ",".join(queues), "--pool", pool, "--concurrency", str(concurrency)]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    quiet += ["--loglevel", library_level(run.settings.log_level)]
    log.info("the worker is up", queues=list(queues), pool=pool, concurrency=concurrency)
    configure(run.settings).worker_main([*arguments, *quiet])


def run_web() -> None:
    run = start()
    require_current(run)
    listen = run.settings.listen
    with ServerThread(page_of(run), listen.host, listen.port) as page:
        log.info("the page is up", url=page.url)
        _stop_asked().wait()
    run.close()


def run_migrate() -> None:
    run = start()
    migrate(run.database)
    say("the database is at this version")
    run.close()


def _until_told(process: Process) -> None:
    """Wait for the signal to stop; end with an error if a part has died, so that a supervisor starts us again."""
    stop = _stop_asked()
    while not stop.wait(LOOK_SECONDS):
        if not process.is_alive:
            raise SystemExit(1)


def _stop_asked() -> threading.Event:
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    return asked
