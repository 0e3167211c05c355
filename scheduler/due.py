"""What to hint at a tick: pure decisions over what the database says is due."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from worker.stages.address import host


def sources_by_host(due: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
    """Group due sources, given as (id, address), by host, so that one worker asks a host one thing after another.

    The host whose source has been due longest comes first.
    """
    hosts: dict[str, list[int]] = defaultdict(list)
    for source_id, url in due:
        hosts[host(url)].append(source_id)
    return list(hosts.values())
