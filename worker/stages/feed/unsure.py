"""How the swift way says no: what it is not certain of, or what would take it long, is left to feedparser."""

MAX_EFFORT = 15_000


class UnsureError(Exception):
    """It is not certain that feedparser would read this in the same way, so feedparser has to."""


class Effort:
    """What is left of the work that one feed may cause beyond reading it, in units of about ten microseconds."""

    def __init__(self) -> None:
        self.left = MAX_EFFORT

    def spend(self, units: int) -> None:
        self.left -= units
        if self.left < 0:
            raise UnsureError("too much work")
