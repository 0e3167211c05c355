"""Looking for garbage seldom: in a process of its own, as it holds for the whole of one."""

import subprocess
import sys

from tests.repository import ROOT

SCRIPT = """
import gc, weakref
from worker.runtime import YOUNG_OBJECTS, collect_rarely

class Node: ...

loaded = gc.get_objects()
collect_rarely()
frozen = gc.get_freeze_count()
collect_rarely()
assert gc.get_freeze_count() == frozen > 0, "what came later is not kept for good"
assert gc.get_threshold()[0] == YOUNG_OBJECTS

node = Node()
node.itself, gone = node, weakref.ref(node)
del node
held = []
for _ in range(2 * YOUNG_OBJECTS):
    held.append([])
assert gone() is None, "garbage made since is still found, by and by"
"""


def test_what_is_loaded_is_left_out_and_later_garbage_is_still_found() -> None:
    ended = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
