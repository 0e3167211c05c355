"""What a piece of work costs: seconds by the clock, and how far the memory of this process and of its parsers grows."""

import gc
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from worker.confine.memory import Memory
from worker.confine.pool import Confined

MIB = 2**20
MOST_SECONDS, MOST_BYTES = 30.0, 64 * MIB
MOST_PARSER_BYTES = (512 + 100 + 150) * MIB  # its limit, what it may fill between two looks, what it is without a job
LOOK_SECONDS = 0.01
_RESET = Path("/proc/self/clear_refs")
_PEAK = "5"  # the kernel's word for: begin the peak anew


class Cost:
    """Context manager around the work. Where the system does not tell peaks, memory counts as none.

    with Cost(confined) as cost:
        poll()
    cost.is_bearable()
    """

    def __init__(self, confined: Confined) -> None:
        self._confined = confined
        self._own = Memory(os.getpid())
        self._ended = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self.seconds = 0.0
        self.grown = 0
        """Bytes that this process took at most beyond what it had."""
        self.parser = 0
        """Bytes that the largest parser took at most, all in all."""

    def __enter__(self) -> Self:
        gc.collect()
        self._before = _begin_anew(self._own)
        self._began = time.monotonic()
        self._looker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds = time.monotonic() - self._began
        self.grown = max(0, self._own.peak() - self._before) if self._before else 0
        self._ended.set()
        self._looker.join()
        self._own.close()

    @property
    def shown(self) -> str:
        return f"{self.seconds:.2f} s, {self.grown / MIB:.1f} MiB, parser {self.parser / MIB:.0f} MiB"

    def is_bearable(self) -> None:
        """Whatever it was for, it must not cost more."""
        assert self.seconds < MOST_SECONDS
        assert self.grown < MOST_BYTES
        assert self.parser < MOST_PARSER_BYTES

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            for child in list(self._confined._children):
                memory = Memory(child.pid)
                self.parser = max(self.parser, memory.peak())
                memory.close()


def _begin_anew(memory: Memory) -> int:
    """Reset the peak; what is taken now, 0 when that is not to be had."""
    try:
        _RESET.write_text(_PEAK)
    except OSError:
        return 0
    taken = memory.taken()
    return taken.resident if taken else 0
