"""Storytrail's poll step, called as `storytrail poll` calls it, without reading the pages that the entries point to.

python -m bench.poll.contenders.ours FOLDER URLS_FILE [THREADS]
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cli.start import start_with_database
from config.settings import load_settings
from scheduler.drain import drain
from storage import polls, sources
from storage.sources import NewSource
from storage.tables import Entry
from worker.runtime import Runtime
from worker.stages.address import address_hash


def main() -> None:
    folder, urls = Path(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8").split()
    run = started(folder, threads=sys.argv[3] if len(sys.argv) > 3 else "1")
    told("start")
    add(run, urls)
    told("add")
    poll(run)
    told("cold")
    poll_again(run)
    told("unchanged")
    told(str(count_entries(run)))
    run.close()


def told(phase: str) -> None:
    print(phase, flush=True)
    sys.stdin.readline()


def started(folder: Path, *, threads: str = "1") -> Runtime:
    variables = {
        "STORYTRAIL_DATA": str(folder),
        "STORYTRAIL_HOST_RATE": "0",
        "STORYTRAIL_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "STORYTRAIL_FETCH_CONCURRENCY": threads,
    }
    return start_with_database(settings=load_settings(variables))


def add(run: Runtime, urls: Iterable[str]) -> None:
    def work(session: Session) -> None:
        for url in urls:
            sources.add_source(session, NewSource(url, address_hash(url)), "command", run.now())

    run.database.write(work)


def poll(run: Runtime) -> None:
    drain(run, steps=("poll",))


def poll_again(run: Runtime) -> None:
    run.database.write(lambda session: polls.make_all_due(session, run.now()))
    poll(run)


def count_entries(run: Runtime) -> int:
    return run.database.read(lambda session: session.scalar(select(func.count(Entry.id)))) or 0


if __name__ == "__main__":
    main()
