"""How commands fail: the exit codes, and one line instead of a traceback when the reason lies outside our code.

A mistake of ours is not told here: its traceback is what whoever mends it needs.
"""

FAILED, MISUSED = 1, 2  # 0: done; 2: wrong usage or configuration


def sentence(error: Exception) -> str | None:
    """One line on a database, a broker or a file that does not do its part; None for anything else.

    No password gets in: the drivers name host, port and user.
    """
    for told in (_database, _broker, _pipeline, _file):
        if (line := told(error)) is not None:
            return line
    return None


def _database(error: Exception) -> str | None:
    from alembic.util import CommandError
    from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError

    if isinstance(error, CommandError):
        return f"the database was made by another version of Storytrail: {_first_line(error)}"
    is_ours = isinstance(error, DataError | IntegrityError | ProgrammingError)
    if isinstance(error, DatabaseError | InterfaceError) and not is_ours:
        return f"the database cannot be used: {_first_line(error.orig or error)}"
    return None


def _broker(error: Exception) -> str | None:
    from kombu.exceptions import OperationalError
    from redis import RedisError

    if isinstance(error, RedisError | OperationalError):
        return f"the broker cannot be used: {_first_line(error)}"
    return None


def _pipeline(error: Exception) -> str | None:
    from worker.errors import WorkerError

    return str(error) if isinstance(error, WorkerError) else None


def _file(error: Exception) -> str | None:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return None


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).strip().partition("\n")[0].split())
