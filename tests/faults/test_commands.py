"""The processes of these tests end with them, whatever ends the tests."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.commands import comes_true
from tests.repository import ROOT

STARTS_ONE_AND_WAITS = """
import sys, time
from pathlib import Path
from tests.faults.commands import Storytrail
running = Storytrail(Path(sys.argv[1]), STORYTRAIL_LISTEN="127.0.0.1:0").starts("up")
print(running.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.faults
def test_no_process_outlives_tests_that_are_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTS_ONE_AND_WAITS, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as tests:
        assert tests.stdout is not None
        pid = int(tests.stdout.readline())
        tests.send_signal(signal.SIGKILL)
    try:
        assert comes_true(lambda: not _runs(pid), seconds=30)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _runs(pid: int) -> bool:
    """Does it do anything any more? What nobody has waited for yet counts as ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["/bin/ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return not state.startswith("Z")
