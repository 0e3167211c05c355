"""What can go wrong in the pipeline, named by what to do about it.

    WorkerError
    ├── TransientError   try again later (after `retry_after` seconds, when the other side said so)
    ├── PermanentError   trying again will not help: record the reason and go on
    └── UncertainError   it may have happened: only a channel's own policy can say whether to repeat

An article set aside (too short, a copy, no text) is a result with a named reason, not an error.
"""

from dataclasses import dataclass


class WorkerError(Exception):
    """The root. Its text is shown to people and stored on the row, so it carries no secrets."""


@dataclass(eq=False)
class TransientError(WorkerError):
    """Try again later. `retry_after`: seconds the other side asked us to wait, or None."""

    reason: str
    retry_after: float | None = None

    def __str__(self) -> str:
        return self.reason


class PermanentError(WorkerError):
    """Trying again will not help."""


class UncertainError(WorkerError):
    """The other side may have acted although no answer came: the connection broke after the last byte was sent."""
