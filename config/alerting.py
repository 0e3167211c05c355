"""What a topic says about its alerts: to which channels, for which reasons, how many, and when to be quiet.

```yaml
alert:
  to: [desk, audit]
  on: [first, new-fact, disagreement, correction]
  group: {wait: 30s, every: 15m}
  at_most: 6/day
  quiet: {from: "22:00", to: "07:00", zone: Europe/Kyiv, except: [correction]}
  digest: {at: "08:00", zone: Europe/Kyiv, days: [mon, tue, wed, thu, fri], reasons: [new-origin]}
```
Whether an alert is due is decided by the worker.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Annotated, Literal, Self, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from config.channels import BUILT_IN
from config.messages import did_you_mean, refuse
from config.shape import Shape

Reason = Literal["first", "new-fact", "disagreement", "settled", "correction", "new-origin", "revival", "quiet-source"]
REASONS: tuple[Reason, ...] = get_args(Reason)
# That one more outlet has found the story by itself wakes nobody who has not asked for it.
USUAL_REASONS: tuple[Reason, ...] = tuple(reason for reason in REASONS if reason != "new-origin")

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)  # as `date.weekday()` counts them

Named = TypeVar("Named", bound=str)

SECONDS: Mapping[str, int] = {"hour": 3_600, "day": 86_400, "week": 604_800}
_BUDGET = re.compile(r"([1-9][0-9]{0,3})\s*/\s*(hour|day|week)")
_DURATION = re.compile(r"(0|[1-9][0-9]{0,6})\s*(s|m|h|d)")
_UNITS: Mapping[str, str] = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=7)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `count` alerts within any `per_seconds`."""

    count: int
    per_seconds: int


def _budget(written: object) -> object:
    match = _BUDGET.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        refuse("must be a number of alerts per hour, day or week, such as 6/day")
    return Budget(int(match[1]), SECONDS[match[2]])


def duration(written: object) -> timedelta:
    """A time such as `30s`, `15m`, `4h` or `2d`. Raises ValueError."""
    match = _DURATION.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        refuse("must be a time such as 30s, 15m, 4h or 2d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _pause(written: object) -> object:
    pause = duration(written)
    if pause > LONGEST:
        refuse(f"must be at most {LONGEST.days}d: what is new would be old")
    return pause


def _clock(written: object) -> object:
    match = _CLOCK.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        refuse('must be a time of day such as "07:00", from "00:00" to "23:59"')
    return time(int(match[1]), int(match[2]))


def _zone(written: object) -> object:
    if not isinstance(written, str):
        refuse("must be the name of a time zone, such as Europe/Kyiv")
    try:
        return ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as "Europe"
        near = did_you_mean(written, available_timezones())
        refuse("must be the name of a time zone, such as Europe/Kyiv" + near)


def _each_once(names: tuple[Named, ...]) -> tuple[Named, ...]:
    """A channel that stands twice is told once."""
    return tuple(dict.fromkeys(names))


def _text(pattern: re.Pattern[str], example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$", "examples": [example]})


def _as_clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _as_pause(pause: timedelta) -> str:
    return f"{int(pause.total_seconds())}s"


Clock = Annotated[time, BeforeValidator(_clock), PlainSerializer(_as_clock, str, "json"), _text(_CLOCK, "22:00")]
Zone = Annotated[
    ZoneInfo, BeforeValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Kyiv", "UTC"]})
]


Pause = Annotated[timedelta, BeforeValidator(_pause), PlainSerializer(_as_pause, str, "json"), _text(_DURATION, "15m")]
NO_PAUSE = timedelta(0)


class Group(Shape):
    """How long alerts about one story are gathered into one message. Without it, each goes at once."""

    wait: Pause = Field(default=NO_PAUSE, description="Before the first message about a story; 0 by default.")
    every: Pause = Field(default=NO_PAUSE, description="The least time between two messages about one story.")


class Digest(Shape):
    """One message for all that can wait, on each channel: what is above `at_most`, and the reasons named here."""

    at: Clock = Field(description="Sent at this time of day.")
    zone: Zone = Field(description="Time zone of it, by its IANA name.")
    days: Annotated[tuple[Day, ...], AfterValidator(_each_once)] = Field(
        default=DAYS, min_length=1, description="Only on these days: one of them for a digest each week."
    )
    reasons: tuple[Reason, ...] = Field(default=(), description="Told in the digest only.")


class Quiet(Shape):
    """The hours in which no alert is sent; what falls into them waits for their end. May reach over midnight."""

    start: Clock = Field(alias="from", description="Begins at this time of day.")
    end: Clock = Field(alias="to", description="Ends at this time of day.")
    zone: Zone = Field(description="Time zone of both, by its IANA name.")
    excepted: tuple[Reason, ...] = Field(default=(), alias="except", description="Reasons that are told all the same.")

    @model_validator(mode="after")
    def _leaves_time(self) -> Self:
        if self.start == self.end:
            refuse("`from` and `to` are the same time: no hour of the day would be left")
        return self


class AlertRules(Shape):
    """When and where a topic's readers are told. Without it: everything, to the log."""

    to: Annotated[tuple[str, ...], AfterValidator(_each_once)] = Field(
        default=(BUILT_IN,), min_length=1, description="Names of channels; `log` is always there."
    )
    on: tuple[Reason, ...] = Field(
        default=USUAL_REASONS, min_length=1, description="The reasons to tell; all but new-origin when not given."
    )
    group: Group = Field(default_factory=Group, description="How alerts about one story are gathered.")
    at_most: Annotated[Budget, BeforeValidator(_budget), _text(_BUDGET, "6/day")] | None = Field(
        default=None,
        description="The most messages in a time, spent on what is most new; the rest comes in the digest, or later.",
    )
    quiet: Quiet | None = Field(default=None, description="Hours without alerts.")
    digest: Digest | None = Field(default=None, description="One message a day, or a week, for what can wait.")

    @property
    def wanted(self) -> frozenset[Reason]:
        """The reasons to raise an alert for: those that are told at once, and those that the digest tells."""
        return frozenset((*self.on, *(self.digest.reasons if self.digest else ())))
