"""What one job may take, and how each side holds it to that.

The parent watches the clock and the child's real memory, and kills. The kernel's own limits only stand behind that,
for a child whose parent is no longer there, and they are wider: libxml2 takes a refused allocation for a syntax
error, a stage then takes the page for an empty one, and nobody would know that memory was the reason.
"""

import math
import resource
import time
from dataclasses import dataclass

from worker.confine.memory import Memory

MIB = 2**20

_SPARE_SECONDS = 1
# Address space, against real memory. Whoever grows a block by doubling it holds three times its size for a moment, and
# should be found above the limit before it is refused anything.
_SPARE_MEMORY = 3
_LONG_SECONDS = 0.01  # of processor time; a job cannot fill much memory in less


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds, by the clock and of processor time; MiB of real memory beyond what the child takes before the job."""

    seconds: float
    memory_mib: int

    @property
    def memory_bytes(self) -> int:
        return self.memory_mib * MIB


class OwnLimits:
    """The kernel's limits, as a child sets them for itself before each job. Only the soft ones: they are moved."""

    def __init__(self, allowance: Allowance, memory: Memory) -> None:
        self._allowance, self._memory = allowance, memory
        self._hard_cpu = resource.getrlimit(resource.RLIMIT_CPU)[1]
        self._hard_memory = resource.getrlimit(resource.RLIMIT_AS)[1]
        self._began = 0.0  # processor time
        self._most = math.inf  # bytes of real memory
        self._peak = 0

    def tighten(self) -> None:
        """Begin a job."""
        self._began = time.process_time()
        cpu = math.ceil(self._began + self._allowance.seconds) + _SPARE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (_within(cpu, self._hard_cpu), self._hard_cpu))
        taken = self._memory.taken()
        if taken is not None:
            self._most = taken.resident + self._allowance.memory_bytes
            addresses = taken.addresses + _SPARE_MEMORY * self._allowance.memory_bytes
            resource.setrlimit(resource.RLIMIT_AS, (_within(addresses, self._hard_memory), self._hard_memory))

    def loosen(self) -> bool:
        """End a job; whether it kept to its memory. What is imported or read before the next one is no job's."""
        resource.setrlimit(resource.RLIMIT_CPU, (self._hard_cpu, self._hard_cpu))
        resource.setrlimit(resource.RLIMIT_AS, (self._hard_memory, self._hard_memory))
        if time.process_time() - self._began < _LONG_SECONDS:
            return True
        before, self._peak = self._peak, self._memory.peak()
        return self._peak == before or self._peak <= self._most


def _within(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
