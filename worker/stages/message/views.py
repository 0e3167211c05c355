"""What there is to tell of an alert, as values. Nothing is worded here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ValueView:
    """One of the values that outlets give, who gives it, and the sentence it stands in."""

    value: str
    outlets: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """What outlets differ on. `settled`: the value that all give by now; empty while they differ."""

    about: str
    values: tuple[ValueView, ...]
    settled: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A corrected sentence; `after` is empty when it was withdrawn."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An article that carries the story."""

    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class QuietSource:
    """A source that brings nothing where it used to, since when, and why as far as is known."""

    name: str
    since: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AlertView:
    """Everything there is to tell of an alert. `articles`: the one that raised it first.

    `quiet_days`: how long nothing was told of a story that is back. `sources`: those that have gone quiet.
    """

    id: int
    key: str
    topic: str
    story: int
    story_title: str
    reason: str
    created: datetime
    new: tuple[str, ...]
    disagreements: tuple[DisagreementView, ...]
    articles: tuple[Carrier, ...]
    receipt: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[ChangeView, ...] = ()
    quiet_days: int = 0
    sources: tuple[QuietSource, ...] = ()
