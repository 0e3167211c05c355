"""The reconciler: what its claims killed too often is set apart and shown, so that it is not tried for ever.

Everything else that got stuck needs no mending: a lease that has lapsed makes its row due again, and the next tick
hints at it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage import alerts, articles, polls, subscriptions
from worker.steps.subscribe import ASK_AGAIN, MAX_ATTEMPTS


@dataclass(frozen=True, slots=True)
class SetApart:
    """How many rows were quarantined, or given up, because every attempt ended without a word."""

    sources: int
    articles: int
    deliveries: int
    subscriptions: int

    @property
    def any(self) -> bool:
        return bool(self.sources or self.articles or self.deliveries or self.subscriptions)


def set_apart_exhausted(session: Session, now: datetime, max_attempts: int, max_sends: int) -> SetApart:
    """Set apart what was claimed as often as allowed and whose last claim lapsed without a result."""
    return SetApart(
        sources=polls.quarantine_exhausted(session, now, max_attempts),
        articles=articles.quarantine_exhausted(session, now, max_attempts),
        deliveries=alerts.give_up_exhausted(session, now, max_sends),
        subscriptions=subscriptions.give_up_exhausted(session, now, MAX_ATTEMPTS, now + ASK_AGAIN),
    )
