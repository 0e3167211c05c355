"""`storytrail healthcheck`: is work being done?

A pulse goes from the scheduler through the broker to each queue's worker and into the database; a queue is well when
the last one is fresh. So a worker that is up but cut off from its broker, or stuck, is found.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import httpx2
import typer
from sqlalchemy.exc import SQLAlchemyError

from cli.failure import sentence
from cli.show import json_lines, say
from cli.start import start
from config.errors import ConfigError
from scheduler.timetable import pulse_seconds
from storage import troubles
from storage.heartbeats import last_beats
from worker.runtime import Runtime
from worker.steps.channel_health import dead_channels

MISSED = 4  # pulses that may be missed before it counts


def run_healthcheck(queues: Sequence[str], *, scheduler: bool, web: bool, as_json: bool) -> None:
    run = start(log_level="error")
    parts = [f"queue:{queue}" for queue in queues] + (["scheduler"] if scheduler else [])
    problems = [_page_problem(run)] if web else []
    if parts:
        problems += _beat_problems(run, parts)
    problems = [problem for problem in problems if problem]
    notices = _notices(run)
    run.close()
    if as_json:
        json_lines([{"healthy": not problems, "problems": problems, "notices": notices}])
    else:
        say("\n".join([*(problems or ["healthy"]), *notices]))
    if problems:
        raise typer.Exit(1)


def _notices(run: Runtime) -> list[str]:
    """What is to be put right although work is being done: topics that cannot be taken as they are written now.

    The files are read here anew: a worker that has refused one goes on with its last good version.
    """
    try:
        run.topics.current()
        found = run.topics.problems
    except ConfigError as error:
        found = error.problems
    notices = [f"topics: not taken, the last good version stays in force: {problem}" for problem in found]
    with suppress(SQLAlchemyError):  # told above
        notices += run.database.read(lambda session: [troubles.in_words(one) for one in dead_channels(run, session)])
    return notices


def _beat_problems(run: Runtime, parts: Sequence[str]) -> list[str]:
    try:
        beats = run.database.read(last_beats)
    except SQLAlchemyError as error:
        return [sentence(error) or "the database is not at this version: run `storytrail migrate`"]
    allowed = MISSED * pulse_seconds(run.settings)
    return [_stale(beats, part, run.now(), allowed) for part in parts]


def _stale(beats: Mapping[str, datetime], part: str, now: datetime, allowed_seconds: float) -> str:
    if part not in beats:
        return f"{part}: no sign of life yet"
    age = (now - beats[part]).total_seconds()
    return (
        f"{part}: last sign of life {age:.0f} s ago, {allowed_seconds:.0f} s are allowed"
        if age > allowed_seconds
        else ""
    )


def _page_problem(run: Runtime) -> str:
    listen = run.settings.listen
    host = "127.0.0.1" if listen.host in {"0.0.0.0", "::"} else listen.host  # noqa: S104 -- asks, does not listen
    try:
        answer = httpx2.get(f"http://{host}:{listen.port}/healthz", timeout=5, trust_env=False)
    except httpx2.HTTPError as error:
        return f"the page does not answer: {type(error).__name__}"
    return "" if answer.status_code == 200 else f"the page says {answer.status_code}: {answer.text[:200]}"
