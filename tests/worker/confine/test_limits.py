"""The kernel's limits are moved for each job and taken away after it."""

import os
import resource
from collections.abc import Iterator

import pytest

from worker.confine.limits import MIB, Allowance, OwnLimits
from worker.confine.memory import Memory

UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def memory() -> Iterator[Memory]:
    """This process's own, whose limits are put back afterwards."""
    before = {which: resource.getrlimit(which) for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU)}
    memory = Memory(os.getpid())
    yield memory
    memory.close()
    for which, limits in before.items():
        resource.setrlimit(which, limits)


def soft_limits() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]


def test_a_job_is_limited_and_what_comes_after_it_is_not(memory: Memory) -> None:
    taken = memory.taken()
    limits = OwnLimits(Allowance(seconds=1_000.5, memory_mib=1_024), memory)
    limits.tighten()
    cpu, addresses = soft_limits()
    assert limits.loosen()
    used = sum(os.times()[:2])
    assert used + 1_000 < cpu < used + 1_003
    assert taken is not None
    assert taken.addresses + 1_024 * MIB < addresses < taken.addresses + 4 * 1_024 * MIB
    assert soft_limits() == (UNLIMITED, UNLIMITED)


def test_a_process_that_has_ended_takes_nothing() -> None:
    ended = os.fork()
    if ended == 0:
        os._exit(0)
    memory = Memory(ended)  # it is there until it is waited for
    os.waitpid(ended, 0)
    assert memory.taken() is None
    assert memory.peak() == 0
    memory.close()
    memory.close()
