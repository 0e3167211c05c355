"""What a channel is: it takes one message and brings it to one place. What to tell is `worker.stages.alert`'s matter.

A channel sends once and says how it went by what it raises: nothing, it arrived; TransientError, it did not, try again;
PermanentError, it never will (GoneError: nor will anything else); UncertainError, it may have. Whether to repeat an
uncertain sending is the deliverer's matter: where the receiver knows a repeat by its id (`Abilities.idempotent`), it is
simply sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from worker.errors import PermanentError
from worker.fetch.guard import Network


@dataclass(frozen=True, slots=True)
class Message:
    """An alert ready to send. `id` is the alert's key, the same on every attempt; `url` the article that raised it.

    All messages about one story to one topic's readers are a thread: `thread` names it, and `update` is 0 for the first
    of it, n for the n-th update. `edits` is what the channel gave back for the message that this one replaces, where
    the channel can edit and the message is to grow in place; None for a message of its own.
    """

    id: str
    title: str
    body: str
    url: str
    payload: Mapping[str, object]
    is_repeat: bool  # it may have been sent before, to a receiver that cannot know
    created: datetime
    html: str = ""  # the body as a fragment of HTML; empty where there is none
    topic: str = ""
    thread: str = ""
    update: int = 0
    edits: str | None = None


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do. Who fills messages asks this, and never which channel it is."""

    edit: bool = False  # a message that was sent can be replaced by a longer one
    idempotent: bool = False  # the receiver knows a repeat by its id
    rich_text: bool = False  # shows `html`
    threads: bool = False  # shows the messages of one thread together
    max_length: int | None = None  # characters of the body; None: no limit worth naming


class Channel(Protocol):
    """Where alerts go."""

    @property
    def can(self) -> Abilities: ...

    def send(self, message: Message) -> str | None:
        """Send once; by what the message can be edited later, if it can be. Raises as said above."""


class Answer(Protocol):
    """An HTTP answer; header names are lower-case."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


class GoneError(PermanentError):
    """The receiver says that it wants nothing any more: the channel itself is at its end."""


class Policy(Protocol):
    """Which networks may be reached although they are not public."""

    @property
    def allow_networks(self) -> tuple[Network, ...]: ...


class Poster(Protocol):
    """The door to the network, as far as channels post through it."""

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Post once, following no redirect. Raises as a channel does; UncertainError when no answer came."""


class Outside(Poster, Protocol):
    """The same, and what it lets through: mail goes another way, but must go no further."""

    @property
    def policy(self) -> Policy: ...
