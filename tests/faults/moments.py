"""Failpoints: the moments at which a process touches what outlives it, and what is made to happen at one of them.

A process leaves traces by four calls only: it reads and writes the database, gets from the network, and sends. Each has
a moment before and a moment after; a write has one within, when all is written and nothing committed, and one when it
is run again because the answer to its commit was lost. So to try every way in which a process can die is to count: the
first write, the second, and so on until a run meets no such moment.

    moments = Moments("write", "within", number=7)     # dies there
    moments = Moments("send", "before", number=1, event=another_does_all)

The product knows nothing of this: a watched database and a watched door take the place of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage.database import Database
from tests.faults.world import World
from worker.errors import TransientError, UncertainError
from worker.fetch.door import DoorPolicy, Response

T = TypeVar("T")


class Death(BaseException):
    """The process is gone. No `except Exception` keeps it alive."""


def die() -> NoReturn:
    raise Death


def database_is_away() -> NoReturn:
    """For longer than a transaction is tried again."""
    raise OperationalError("COMMIT", None, ConnectionError("the server closed the connection"))


def network_fails() -> NoReturn:
    raise TransientError("connection refused")


def answer_is_lost() -> NoReturn:
    raise UncertainError("the connection broke before an answer came")


def nothing_more() -> None:
    """What happens at the moment is all in its kind."""


class Moments:
    """Counts the moments of one kind and lets the event happen at the one with the given number; 0: at none."""

    def __init__(self, call: str = "", side: str = "", *, number: int = 0, event: Callable[[], None] = die) -> None:
        self._kind = (call, side)
        self._number = number
        self._event = event
        self._met = 0
        self._is_dead = False

    @property
    def has_come(self) -> bool:
        """Did the run get as far as the moment?"""
        return 0 < self._number <= self._met

    @contextmanager
    def around(self, call: str) -> Iterator[None]:
        self.passes(call, "before")
        yield
        self.passes(call, "after")

    def passes(self, call: str, side: str) -> bool:
        """Whether this was the moment."""
        if self._is_dead:
            raise Death  # a thread that had not noticed yet
        if (call, side) != self._kind:
            return False
        self._met += 1
        if self._met != self._number:
            return False
        self._happen()
        return True

    def _happen(self) -> None:
        try:
            self._event()
        except Death:
            self._is_dead = True
            raise


class WatchedDatabase:
    """A database with moments. The real one stays open for the next life, as making its statements costs time."""

    def __init__(self, database: Database, moments: Moments) -> None:
        self._database = database
        self._moments = moments

    def read(self, work: Callable[[Session], T]) -> T:
        with self._moments.around("read"):
            return self._database.read(work)

    def write(self, work: Callable[[Session], T]) -> T:
        def up_to_the_commit(session: Session) -> T:
            result = work(session)
            session.flush()
            self._moments.passes("write", "within")
            return result

        with self._moments.around("write"):
            result = self._database.write(up_to_the_commit)
            if self._moments.passes("write", "again"):
                result = self._database.write(up_to_the_commit)
            return result

    def close(self) -> None:
        """Connections end, as those of a process that dies."""
        self._database.close()


class WatchedDoor:
    """The way into a small world, with moments."""

    def __init__(self, world: World, moments: Moments) -> None:
        self._world = world
        self._moments = moments
        self.policy = DoorPolicy(user_agent="Storytrail-test")

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, **_limits: int) -> Response:
        with self._moments.around("get"):
            return self._world.answers(url, headers or {})

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Response:
        with self._moments.around("send"):
            return self._world.takes(url, body, headers)

    def close(self) -> None:
        """There is nothing to let go."""
