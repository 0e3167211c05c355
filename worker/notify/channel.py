"""What a channel is: it takes one message and brings it to one place. What to tell is `worker.stages.alert`'s matter.

A channel sends once and says how it went by what it raises: nothing, it arrived; TransientError, it did not, try again;
PermanentError, it never will; UncertainError, it may have. Whether to repeat an uncertain sending is the deliverer's
matter: for a channel that `is_idempotent`, the receiver knows a repeat by its id, so it is simply sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """An alert ready to send. `id` is the alert's key, the same on every attempt; `url` the article that raised it."""

    id: str
    title: str
    body: str
    url: str
    payload: Mapping[str, object]
    is_repeat: bool  # it may have been sent before, to a receiver that cannot know
    created: datetime


class Channel(Protocol):
    """Where alerts go."""

    @property
    def is_idempotent(self) -> bool: ...

    def send(self, message: Message) -> None:
        """Send once. Raises TransientError, PermanentError or UncertainError."""


class Answer(Protocol):
    """An HTTP answer; header names are lower-case."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


class Poster(Protocol):
    """The door to the network, as far as channels use it."""

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Post once, following no redirect. Raises as a channel does; UncertainError when no answer came."""
