"""When a topic's readers are told that its usual sources do not come through, and in which words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

SHARE = 1 / 3  # of the sources that usually carry a topic: so many must fail before its readers are told
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Lost:
    """A source that usually carries the topic and does not come through now, in which state, and why."""

    name: str
    state: str
    reason: str = ""


def is_outage(usual: int, lost: int) -> bool:
    """Whether so many of the usual sources are lost that a silence may mean nothing."""
    return lost > 0 and lost >= usual * SHARE


def in_words(lost: Sequence[Lost], usual: int) -> str:
    """The one sentence that stands in the alert."""
    named = [f"{' '.join(source.name.split())} ({source.state})" for source in lost[:MOST_NAMED]]
    if len(lost) > MOST_NAMED:
        named.append(f"{len(lost) - MOST_NAMED} more")
    sources = "source that usually carries" if usual == 1 else "sources that usually carry"
    verb = "does" if len(lost) == 1 else "do"
    return f"{len(lost)} of {usual} {sources} this topic {verb} not come through: {', '.join(named)}."
