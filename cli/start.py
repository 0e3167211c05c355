"""How a command gets its means: settings, logging, a database at the right version."""

import logging
import sys

import structlog

from config.errors import ConfigError, Problem
from config.settings import Settings, load_settings
from storage.migrate import is_current, migrate
from worker.runtime import Runtime, use


def start(*, log_level: str | None = None, settings: Settings | None = None) -> Runtime:
    """Settings from the environment, logging to standard error, and this process's runtime.

    `log_level`: for commands that speak for themselves and want the log to be quieter.
    """
    settings = settings or load_settings()
    set_up_logging(log_level or settings.log_level, settings.log_format)
    return use(Runtime(settings))


def start_with_database(*, log_level: str | None = "warning", settings: Settings | None = None) -> Runtime:
    """The same, with the database migrated if it is a file of ours, and required to be current if it is a server's."""
    run = start(log_level=log_level, settings=settings)
    if run.database.is_sqlite:
        migrate(run.database)
    else:
        require_current(run)
    return run


def require_current(run: Runtime) -> None:
    if not is_current(run.database):
        message = "is not at this version's migrations: run `storytrail migrate`"
        raise ConfigError(Problem("STORYTRAIL_DATABASE_URL", None, None, message))


def set_up_logging(level: str, log_format: str) -> None:
    """One line an event, on standard error; libraries' own warnings come the same way."""
    number = logging.getLevelNamesMapping()[level.upper()]
    as_text = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    renderer = structlog.processors.JSONRenderer() if log_format == "json" else as_text
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        stream=sys.stderr, level=max(number, logging.WARNING), format="%(levelname)s %(name)s %(message)s"
    )
