"""What a poll found: what went wrong, or the items to store, and what to write on the source with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.articles import Listed
from storage.bodies import Packed
from worker.stages.habits import Habits
from worker.stages.link_header import Announced


@dataclass(frozen=True)
class Outcome:
    """`is_unchanged`: the source answered well and has nothing that was not there before.

    `bodies`: pages that came with the items. `note`: what was cut, on a source that is well otherwise. `retry_after`:
    seconds that the server asked us to wait. `headers`: of the answer, those that say how long it keeps. `seconds`:
    how long the answer took. `ask_again`: seconds after which there is more to be had. `habits`: as the answer tells
    them, None when it does not. `announced`: hub and address for WebSub, None when the answer could not say.
    `pushes`: ids of what a hub had sent and is dealt with; `is_pushed`: the items come from there, nobody was asked.
    `columns`: further columns of the source.
    """

    error: str = ""
    is_gone: bool = False
    is_unchanged: bool = False
    listed: tuple[Listed, ...] = ()
    bodies: tuple[Packed, ...] = ()
    note: str = ""
    retry_after: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None
    ask_again: float | None = None
    habits: Habits | None = None
    announced: Announced | None = None
    pushes: tuple[int, ...] = ()
    is_pushed: bool = False
    columns: dict[str, Any] = field(default_factory=dict)
