"""A broker for tests: it keeps the hints that are sent, and hands them over when it is told to.

    broker.hands_over()      # everything that waits, and what that leads to
    broker.goes_away()       # from now on nothing can be sent
    broker.loses()           # what waits is lost

It stands in the place of `apply_async`; the tasks behind it are the real ones, and run in the calling thread.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError


@dataclass(frozen=True, slots=True)
class Hint:
    """One message: the task it is for, what is in it, and how it was sent."""

    task: Task
    content: Sequence[Any]
    options: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.task.name)

    @property
    def ids(self) -> list[int]:
        """Of the rows it tells of; they come first in every message."""
        return list(self.content[0])

    def runs(self) -> None:
        self.task(*self.content)


@dataclass
class Broker:
    """The messages that wait, the oldest first."""

    waiting: list[Hint] = field(default_factory=list)
    is_away: bool = False

    def takes(self, task: Task, args: Sequence[Any], **options: Any) -> None:
        """A message is what JSON makes of it."""
        if self.is_away:
            raise OperationalError("Connection refused")
        self.waiting.append(Hint(task, json.loads(json.dumps(args)), options))

    def hinted(self, name: str) -> list[list[int]]:
        """The ids in each waiting message for a task."""
        return [hint.ids for hint in self.waiting if hint.name == name]

    def hands_over(self) -> None:
        """Run what waits, and what is hinted meanwhile, until nothing does."""
        while self.waiting:
            self.waiting.pop(0).runs()

    def goes_away(self) -> None:
        self.is_away = True

    def comes_back(self) -> None:
        self.is_away = False

    def loses(self) -> None:
        self.waiting.clear()
