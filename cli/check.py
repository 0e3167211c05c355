"""`storytrail check`: is everything that the user wrote, and all it points to, as it should be?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer

from cli.failure import FAILED, MISUSED, sentence
from cli.show import complain, counted, json_lines, say
from cli.start import require_current, start
from config.errors import ConfigError, Problem
from config.settings import shown, variable_of
from config.sources import load_sources
from storage.migrate import is_current, require_known
from worker.app import check_broker
from worker.errors import PermanentError
from worker.notify.opening import open_channel
from worker.runtime import Runtime
from worker.topics import TopicsInForce


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `problems` are sentences with their place; none is good."""

    what: str
    found: str
    problems: tuple[str, ...] = ()
    exit_code: int = 0


def run_check(*, as_json: bool) -> None:
    run = start(log_level="error")
    findings = list(_findings(run))
    if as_json:
        json_lines({"what": f.what, "found": f.found, "problems": list(f.problems)} for f in findings)
    else:
        _print(findings)
    run.close()
    raise typer.Exit(max(finding.exit_code for finding in findings))


def _findings(run: Runtime) -> Iterator[Finding]:
    yield _finding("settings", _settings, run)
    yield _finding("topics", _topics, run)
    yield _finding("sources", _sources, run)
    yield _finding("network", _network, run)
    yield _finding("reading", _reading, run)
    yield _finding("database", _database, run)
    yield _finding("broker", _broker, run)


def _finding(what: str, look: Callable[[Runtime], str], run: Runtime) -> Finding:
    try:
        return Finding(what, look(run))
    except ConfigError as error:
        return Finding(what, "", tuple(str(problem) for problem in error.problems), MISUSED)
    except Exception as error:
        told = sentence(error)
        if told is None:
            raise
        return Finding(what, "", (told,), FAILED)


def _settings(run: Runtime) -> str:
    """Those that were set: the others are in .env.example."""
    settings = run.settings
    chosen = sorted(f"{variable_of(name)}={shown(getattr(settings, name))}" for name in settings.model_fields_set)
    return "\n".join(["defaults (.env.example lists them)" + (", but for" if chosen else ""), *chosen])


def _topics(run: Runtime) -> str:
    path = run.settings.topics
    in_force = run.topics.current()
    closed = (Problem(str(path), None, None, told) for told in _closed_channels(run, in_force))
    problems = [*run.topics.problems, *closed]
    if problems:
        raise ConfigError(*problems)
    if not path.exists():
        return f"none: there is no {path}"
    return f"{counted(len(in_force.by_name), 'topic')}, {counted(len(in_force.file.channels), 'channel')} in {path}"


def _closed_channels(run: Runtime, in_force: TopicsInForce) -> Iterator[str]:
    """What keeps channels from being opened: nothing is sent to find out."""
    for name, written in in_force.file.channels.items():
        try:
            open_channel(name, written, run.door, run.write_line)
        except PermanentError as error:
            yield str(error)


def _sources(run: Runtime) -> str:
    path = run.settings.sources
    file = load_sources(path, required=run.settings.sources_required)
    return f"{counted(len(file.sources), 'source')} in {path}" if path.exists() else f"only those added: no {path}"


def _network(run: Runtime) -> str:
    """What can be reached, and who decides it."""
    settings = run.settings
    ports = shown(settings.fetch_ports)
    if settings.proxy is not None:
        lines = [f"through the proxy {shown(settings.proxy)}: it looks up names, so it decides what can be reached"]
    else:
        lines = [f"public addresses, on ports {ports}"]
        if settings.allow_private_networks:
            lines.append(f"and {shown(settings.allow_private_networks)}, on any port")
    if settings.public_url:
        lines.append(f"hubs push to {settings.public_url}/websub/")
    return "\n".join(lines)


def _reading(run: Runtime) -> str:
    """By what stories are found."""
    if not run.settings.semantic:
        return "stories are found by words, names, numbers and time"
    return "stories are found by words, names, numbers and time, English ones by sentence vectors as well"


def _database(run: Runtime) -> str:
    name = run.database.engine.dialect.name
    require_known(run.database)
    if run.database.is_sqlite and not is_current(run.database):
        return f"{name}, to be made ready by the first command that uses it"
    require_current(run)
    return f"{name}, at this version"


def _broker(run: Runtime) -> str:
    check_broker(run.settings)
    return "in memory: all in one process" if run.settings.is_in_memory_broker else "answers, and evicts nothing"


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        first, *more = finding.found.split("\n")
        say(f"{finding.what + ':':10}{first if not finding.problems else 'not well'}")
        for line in more:
            say(line, indent=10)
        for problem in finding.problems:
            complain(problem)
