"""How a command gets its means: settings, logging, a database at the right version."""

from cli.log import set_up_logging
from config.errors import ConfigError, Problem
from config.settings import Settings, load_settings
from storage.migrate import is_current, migrate
from worker.runtime import Runtime, use
from worker.semantic.load import missing_packages


def start(*, log_level: str | None = None, settings: Settings | None = None) -> Runtime:
    """Settings from the environment, logging to standard error, and this process's runtime.

    `log_level`: for commands that speak for themselves and want the log to be quieter.
    """
    settings = settings or load_settings()
    require_vectors(settings)
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
    """Raise ConfigError unless the database has the tables of this version."""
    if not is_current(run.database):
        message = "names a database that is not at this version: run `storytrail migrate`"
        raise ConfigError(Problem("STORYTRAIL_DATABASE_URL", None, None, message))


def require_vectors(settings: Settings) -> None:
    """Raise ConfigError when sentence vectors are wanted and what makes them is not installed."""
    if settings.semantic and (missing := missing_packages()):
        message = f"asks for sentence vectors, and {', '.join(missing)} not installed: `make semantic` installs it"
        raise ConfigError(Problem("STORYTRAIL_SEMANTIC", None, None, message))


def require_shared_broker(settings: Settings) -> None:
    """Raise ConfigError when hints would not leave this process."""
    if settings.is_in_memory_broker:
        message = "must be redis://…, as memory:// reaches no other process; `storytrail up` runs all in one"
        raise ConfigError(Problem("STORYTRAIL_BROKER_URL", None, None, message))
