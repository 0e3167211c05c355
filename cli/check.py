"""`storytrail check`: is everything that the user wrote, and all it points to, as it should be?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import redis
import typer
from sqlalchemy.exc import SQLAlchemyError

from cli.show import json_lines, out, table
from cli.start import start
from config.errors import ConfigError
from config.sources import load_sources
from storage.migrate import current_revision, is_current
from worker.app import check_broker
from worker.runtime import Runtime
from worker.topics import LiveTopics


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `problems` are sentences with their place; none is good."""

    what: str
    found: str
    problems: tuple[str, ...] = ()


def run_check(*, as_json: bool) -> None:
    run = start(log_level="error")
    findings = list(_findings(run))
    if as_json:
        json_lines({"what": f.what, "found": f.found, "problems": list(f.problems)} for f in findings)
    else:
        _print(run, findings)
    run.close()
    if any(finding.problems for finding in findings):
        raise typer.Exit(2)


def _findings(run: Runtime) -> Iterator[Finding]:
    yield _finding("topics", lambda: _topics(run))
    yield _finding("sources", lambda: _sources(run))
    yield _finding("database", lambda: _database(run))
    yield _finding("broker", lambda: _broker(run))


def _finding(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, look())
    except ConfigError as error:
        return Finding(what, "", tuple(str(problem) for problem in error.problems))
    except (SQLAlchemyError, redis.RedisError) as error:
        return Finding(what, "", (f"does not answer: {type(error).__name__}",))


def _topics(run: Runtime) -> str:
    settings = run.settings
    live = LiveTopics(settings.topics, required=settings.topics_required)
    return (
        f"{len(live.current().by_name)} topics in {settings.topics}" if settings.topics.exists() else "no topics file"
    )


def _sources(run: Runtime) -> str:
    settings = run.settings
    file = load_sources(settings.sources, required=settings.sources_required)
    return f"{len(file.sources)} sources in {settings.sources}" if settings.sources.exists() else "no sources file"


def _database(run: Runtime) -> str:
    if is_current(run.database):
        return f"{run.database.engine.dialect.name}, migrated"
    at = current_revision(run.database) or "empty"
    return f"{run.database.engine.dialect.name}, {at}: `storytrail migrate` brings it to this version"


def _broker(run: Runtime) -> str:
    check_broker(run.settings)
    return "in memory: one process" if run.settings.is_in_memory_broker else "redis answers, and evicts nothing"


def _print(run: Runtime, findings: list[Finding]) -> None:
    shown = run.settings.shown()
    table(("setting", "value"), sorted(shown.items()), empty="")
    out.print()
    for finding in findings:
        out.print(f"{finding.what}: {finding.found}" if not finding.problems else f"{finding.what}:", markup=False)
        for problem in finding.problems:
            out.print(problem, markup=False)
