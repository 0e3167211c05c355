"""What becomes of a call that has no result. Both say whether trying again can help, as all of `worker.errors`."""

from worker.errors import PermanentError, TransientError


class ConfinedError(PermanentError):
    """These bytes cannot be worked on: a limit was passed, the child died of them, or the function raised.

    `kind` is "time", "memory", "size", "death" or "answer"; of an exception in the function it is the type's name.
    """

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(reason)
        self.kind = kind


class NoChildError(TransientError):
    """The bytes were not worked on, for want of a child: all were busy, none could be started, or all were ended."""
