"""What a topic would have found in the archive, whom it would have told of what, and what a change of it would change.

    timeline     in which order the articles were read, and in which story each was then
    copies       since when each copy was one
    replay       the same decisions as reading makes, in that order, with what was told kept in memory
    sending      what would have been sent when: quiet hours and budget
    borderline   on how little a match hangs, and how near a miss was
    comparing    gained and lost between two replays; the user's marks as expectations; sums for each day

Nothing is looked up here and nothing is stored. How the archive is asked is in `worker/steps/backtest.py`.
"""

from worker.stages.backtest.borderline import Nearness, nearness, support
from worker.stages.backtest.comparing import (
    Comparison,
    Day,
    Expectations,
    Mark,
    compare,
    days_of,
    measure_marks,
)
from worker.stages.backtest.copies import CopyHistory, copy_history, late_origins
from worker.stages.backtest.replay import Asked, Matched, Raised, Replay, Sheet, replay
from worker.stages.backtest.sending import Sent, send
from worker.stages.backtest.timeline import Change, Event, Moved, Read, Reading, timeline

__all__ = [
    "Asked",
    "Change",
    "Comparison",
    "CopyHistory",
    "Day",
    "Event",
    "Expectations",
    "Mark",
    "Matched",
    "Moved",
    "Nearness",
    "Raised",
    "Read",
    "Reading",
    "Replay",
    "Sent",
    "Sheet",
    "compare",
    "copy_history",
    "days_of",
    "late_origins",
    "measure_marks",
    "nearness",
    "replay",
    "send",
    "support",
    "timeline",
]
