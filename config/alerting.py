"""What a topic says about its alerts: to which channels, for which reasons, how many, and when to be quiet.

```yaml
alert:
  to: [desk, audit]
  on: [first, new-fact, disagreement, correction]
  at_most: 6/day
  quiet: {from: "22:00", to: "07:00", zone: Europe/Kyiv}
```
Whether an alert is due is decided by the worker.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from config.channels import BUILT_IN
from config.messages import did_you_mean, refuse
from config.shape import Shape

Reason = Literal["first", "new-fact", "disagreement", "correction"]
REASONS: tuple[Reason, ...] = get_args(Reason)

SECONDS: Mapping[str, int] = {"hour": 3_600, "day": 86_400, "week": 604_800}
_BUDGET = re.compile(r"([1-9][0-9]{0,3})\s*/\s*(hour|day|week)")
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


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    """A channel that stands twice is told once."""
    return tuple(dict.fromkeys(names))


def _text(pattern: re.Pattern[str], example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$", "examples": [example]})


Clock = Annotated[time, BeforeValidator(_clock), _text(_CLOCK, "22:00")]
Zone = Annotated[
    ZoneInfo, BeforeValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Kyiv", "UTC"]})
]


class Quiet(Shape):
    """The hours in which no alert is sent; what falls into them waits for their end. May reach over midnight."""

    start: Clock = Field(alias="from", description="Begins at this time of day.")
    end: Clock = Field(alias="to", description="Ends at this time of day.")
    zone: Zone = Field(description="Time zone of both, by its IANA name.")

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
    on: tuple[Reason, ...] = Field(default=REASONS, min_length=1, description="The reasons to tell.")
    at_most: Annotated[Budget, BeforeValidator(_budget), _text(_BUDGET, "6/day")] | None = Field(
        default=None, description="The most alerts in a time; what comes above is gathered into the next."
    )
    quiet: Quiet | None = Field(default=None, description="Hours without alerts.")
