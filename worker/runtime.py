"""What a process needs to do the work: settings, database, topics, the door to the network, a clock.

Made on first use and kept for the life of the process; a forked child makes its own, as connections must not be shared.
"""

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from config.settings import Settings, load_settings
from storage.database import Database
from worker.confine.pool import Confined
from worker.examples import LiveExamples
from worker.fetch.door import Door, DoorPolicy
from worker.fetch.pace import Pace
from worker.fetch.robots import Robots
from worker.fetch.robots_cache import RedisCache
from worker.fetch.shared import Shared
from worker.fetch.turns import Turns
from worker.semantic.load import load_embedder
from worker.stages.vector import Embedder
from worker.topics import LiveTopics

YOUNG_OBJECTS = 10_000  # made more than let go, after which Python looks for garbage among them; its own default is 700
TURN_LASTS = 3  # times the longest request: the host of a worker that was killed is not asked for so long


def utc_now() -> datetime:
    return datetime.now(UTC)


def collect_rarely() -> None:
    """For a process that reads many articles: have Python look for unused cycles of objects more seldom.

    The tables that the stages keep are hundreds of thousands of objects, none of which is ever let go, and by default
    Python looks through them again and again: a tenth of all that reading costs. What has been loaded by now is left
    out for good, so that the children of a fork go on sharing it; articles leave little behind, and it can wait.
    """
    if gc.get_threshold()[0] != YOUNG_OBJECTS:
        gc.freeze()
        gc.set_threshold(YOUNG_OBJECTS)


def print_to_stderr(line: str) -> None:
    """Where the log channel writes: standard output belongs to what commands answer."""
    sys.stderr.write(line + "\n")


@dataclass
class Runtime:
    """One process's means. `now` is the only clock the work looks at."""

    settings: Settings
    now: Callable[[], datetime] = utc_now
    write_line: Callable[[str], None] = print_to_stderr
    pid: int = field(default_factory=os.getpid)

    @cached_property
    def database(self) -> Database:
        return Database(self.settings.database_url.get_secret_value())

    @cached_property
    def topics(self) -> LiveTopics:
        kept = self.settings.data / "topics.sqlite"
        return LiveTopics(self.settings.topics, required=self.settings.topics_required, kept=kept)

    @cached_property
    def examples(self) -> LiveExamples:
        return LiveExamples()

    @cached_property
    def door(self) -> Door:
        return Door(
            DoorPolicy(
                user_agent=self.settings.user_agent,
                timeout_seconds=self.settings.fetch_timeout,
                max_body_bytes=self.settings.max_body_bytes,
                allow_networks=self.settings.allow_private_networks,
                ports=self.settings.fetch_ports,
                proxy=self.settings.proxy.get_secret_value() if self.settings.proxy else "",
            )
        )

    @cached_property
    def shared(self) -> Shared:
        """What all workers know of the hosts together, when they share a Redis; else what this process knows."""
        return Shared(self.settings.broker_url.get_secret_value())

    @cached_property
    def robots(self) -> Robots:
        def now() -> float:
            return self.now().timestamp()

        return Robots(self.door, RedisCache(self.shared, now=now), now=now)

    @cached_property
    def pace(self) -> Pace:
        return Pace(self.settings.host_rate, self.shared)

    @cached_property
    def turns(self) -> Turns:
        """One turn is for one request, with the redirects and the short waits that may come before it."""
        at_once, lease = self.settings.host_concurrency, TURN_LASTS * self.settings.fetch_timeout
        return Turns(self.shared, at_once=at_once, lease_seconds=lease)

    @cached_property
    def at_work(self) -> Turns:
        """The hosts whose pages a thread of this process is working through."""
        return Turns()

    @cached_property
    def confined(self) -> Confined:
        """Where bytes of others are parsed."""
        return Confined(seconds=self.settings.parse_timeout, memory_mib=self.settings.parse_memory)

    @cached_property
    def embedder(self) -> Embedder | None:
        """What turns texts into sentence vectors, where they are wanted."""
        if not self.settings.semantic:
            return None
        return load_embedder(self.settings.data / "models", required=True)

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.settings.lease)

    def in_child(self) -> "Runtime":
        """For a child of a fork: new connections, the same settings, and the topics that were in force."""
        child = Runtime(self.settings, self.now, self.write_line)
        if "topics" in self.__dict__:
            child.__dict__["topics"] = self.topics.in_child()
        return child

    def close(self) -> None:
        for part in ("confined", "database", "door", "shared"):
            if part in self.__dict__:
                getattr(self, part).close()


_current: Runtime | None = None


def use(runtime: Runtime) -> Runtime:
    """Make this the process's runtime."""
    global _current  # noqa: PLW0603 -- Celery's tasks are plain functions: this is how they reach their means
    _current = runtime
    return runtime


def runtime() -> Runtime:
    """This process's runtime; a child of a fork starts its own with its parent's settings."""
    if _current is None:
        return use(Runtime(load_settings()))
    if _current.pid != os.getpid():
        return use(_current.in_child())
    return _current
