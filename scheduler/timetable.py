"""The timetable: what happens how often. Celery Beat keeps it; the tasks are in `scheduler/tasks.py`.

It may be kept by several schedulers at once, or by none for a while: a tick only looks at what is due.
"""

from typing import Any

from config.settings import Settings
from worker.app import QUEUES, SCHEDULE


def pulse_seconds(settings: Settings) -> float:
    """How often each queue is asked for a sign of life: at every second tick."""
    return 2 * settings.tick


def timetable(settings: Settings) -> dict[str, dict[str, Any]]:
    """Celery Beat's schedule; times in seconds. A message that is not taken up before the next one is stale."""

    def every(seconds: float, task: str, queue: str, *args: str) -> dict[str, Any]:
        return {"task": task, "schedule": seconds, "args": args, "options": {"queue": queue, "expires": seconds}}

    tick = settings.tick
    pulses = {f"pulse {queue}": every(pulse_seconds(settings), "pulse", queue, queue) for queue in QUEUES}
    return {
        "hint at what is due": every(tick, "tick", SCHEDULE),
        **pulses,
    }
