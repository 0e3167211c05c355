"""CPU time read from outside: the process, its children alive and ended, and theirs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen

import pytest

from bench.cpu import PROC, Usage, tree_usage

pytestmark = pytest.mark.skipif(not PROC.exists(), reason="the times are read from /proc")

# Each works for a tenth of a second of CPU, says so, and waits to be let go.
BURN = "import sys, time\nwhile time.process_time() < 0.1: pass\n"
SAY = "print('done', flush=True); sys.stdin.readline()\n"
ALONE = BURN + SAY
START_CHILD = "import subprocess\nchild = subprocess.Popen([sys.executable, '-c', {script!r}], stdin=subprocess.PIPE)\n"
LIVING_CHILD = "import sys\n" + START_CHILD.format(script=ALONE) + "sys.stdin.readline()\nchild.communicate()\n"
ENDED_CHILD = "import sys\n" + START_CHILD.format(script=BURN) + "child.wait()\n" + SAY
LIVING_GRANDCHILD = "import sys\n" + START_CHILD.format(script=LIVING_CHILD) + "sys.stdin.readline()\n"


@contextmanager
def having_worked(script: str) -> Iterator[int]:
    """The process, when it or its child has said that the work is done."""
    with Popen([sys.executable, "-c", script], stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "done\n"
        yield process.pid
        process.communicate("\n")


def test_a_process_has_its_own_time() -> None:
    with having_worked(ALONE) as pid:
        usage = tree_usage(pid)
        assert 0.1 <= usage.own < 1
        assert usage.children == 0
        assert tree_usage(pid).own < usage.own + 0.05  # it waits


def test_a_living_child_counts() -> None:
    with having_worked(LIVING_CHILD) as pid:
        assert tree_usage(pid).children >= 0.1


def test_an_ended_child_counts() -> None:
    with having_worked(ENDED_CHILD) as pid:
        assert tree_usage(pid).children >= 0.08  # in ticks of a hundredth, cut off


def test_a_childs_child_counts() -> None:
    with having_worked(LIVING_GRANDCHILD) as pid:
        assert tree_usage(pid).children >= 0.1


def test_a_process_that_is_gone_has_nothing() -> None:
    with Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert tree_usage(process.pid) == Usage(0.0, 0.0)
