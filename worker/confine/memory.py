"""How much memory a process takes, by what Linux says in /proc. Elsewhere nothing is known, and it is not limited."""

import os
import re
import resource
from dataclasses import dataclass
from pathlib import Path

_PAGE_BYTES = resource.getpagesize()
_PEAK = re.compile(rb"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes of address space, and of real memory."""

    addresses: int
    resident: int


class Memory:
    """The memory of one process. Close it; a fork of whoever looks must close it too."""

    def __init__(self, pid: int) -> None:
        self._folder = Path("/proc", str(pid))
        try:
            self._statm = os.open(self._folder / "statm", os.O_RDONLY)
        except OSError:
            self._statm = -1

    def taken(self) -> Taken | None:
        """What it takes now; None when it has ended or the system does not say."""
        try:
            addresses, resident, *_ = os.pread(self._statm, 128, 0).split()
        except (OSError, ValueError):
            return None
        return Taken(int(addresses) * _PAGE_BYTES, int(resident) * _PAGE_BYTES)

    def peak(self) -> int:
        """The most real memory it ever took, in bytes; 0 when the system does not say."""
        try:
            found = _PEAK.search((self._folder / "status").read_bytes())
        except OSError:
            return 0
        return int(found[1]) * 1024 if found else 0

    def close(self) -> None:
        if self._statm >= 0:
            os.close(self._statm)
            self._statm = -1
