"""One parser that all runtimes of a test process share: starting its children takes longer than most tests.

A child keeps nothing of what it was given, so it makes no difference for whom it worked before. Tests of how children
come and go have their own (`tests/worker/confine`), and so does every process that a test starts.
"""

import atexit
from functools import cache

from worker.confine.pool import Confined


class SharedParser(Confined):
    """A parser that stays when a runtime that used it closes."""

    def close(self) -> None:
        """Left to the end of the test process, as others use it."""

    def ends(self) -> None:
        super().close()


@cache
def shared_parser() -> SharedParser:
    parser = SharedParser()
    atexit.register(parser.ends)
    return parser
