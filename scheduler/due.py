"""What to hint at a tick: pure decisions over what the database says is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit


def sources_by_host(due: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
    """Group due sources, given as (id, address), by host, so that one worker asks a host one thing after another.

    The host whose source has been due longest comes first.
    """
    hosts: dict[str, list[int]] = defaultdict(list)
    for source_id, url in due:
        hosts[urlsplit(url).netloc].append(source_id)
    return list(hosts.values())


def is_late(oldest_due: Mapping[str, float], allowed_seconds: float) -> Sequence[str]:
    """Which kinds of work wait longer than allowed. `oldest_due`: seconds that the oldest of each has waited."""
    return [kind for kind, waited in oldest_due.items() if waited > allowed_seconds]
