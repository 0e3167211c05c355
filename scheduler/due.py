"""What to hint at a tick: pure decisions over what the database says is due."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from worker.stages.address import host

MOST_HOSTS = 10  # in one batch: one that has begun to stall holds up the others of its batch, once
ROUNDS = 2  # batches for each thread, so that a slow one does not leave the others idle


def batches(due: Iterable[tuple[int, str]], threads: int) -> Sequence[Sequence[int]]:
    """Share due sources, given as (id, address), among threads.

    A host's sources stay together, so that one worker asks a host one thing after another. What is claimed and settled
    together costs less, so hosts share a batch when there are more of them than threads.
    """
    hosts = sources_by_host(due)
    size = min(MOST_HOSTS, max(1, math.ceil(len(hosts) / (threads * ROUNDS))))
    return [list(chain.from_iterable(hosts[start : start + size])) for start in range(0, len(hosts), size)]


def sources_by_host(due: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
    """Group due sources by host. The host whose source has been due longest comes first."""
    hosts: dict[str, list[int]] = defaultdict(list)
    for source_id, url in due:
        hosts[host(url)].append(source_id)
    return list(hosts.values())
