"""What the rules of claims say of one row, in plain Python: the measure for what storage does.

A row is an article or a delivery: `state` is the one's state and the other's status.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.claims import Claim
from storage.tables import ArticleState, DeliveryStatus

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 3
WAITING = {ArticleState.FETCH, ArticleState.READ, DeliveryStatus.PENDING, DeliveryStatus.SENDING}


@dataclass
class Row:
    """One row and who holds it."""

    id: int
    state: str
    due: datetime
    round: int = 1
    fence: int = 0
    attempts: int = 0
    doubts: int = 0
    lease_until: datetime | None = None
    next_look: datetime | None = None

    def can_be_claimed(self, now: datetime) -> bool:
        return self.state in WAITING and self.due <= now and self._is_free(now)

    def can_be_looked_at(self, now: datetime) -> bool:
        is_due = self.next_look is not None and self.next_look <= now
        return self.state == ArticleState.DONE and is_due and self._is_free(now)

    def _is_free(self, now: datetime) -> bool:
        return self.lease_until is None or self.lease_until <= now

    def is_claimed(self, now: datetime) -> Claim:
        self.fence += 1
        self.attempts += 1
        self.lease_until = now + LEASE
        return Claim(self.id, self.fence, self.attempts)

    def is_held_by(self, claim: Claim) -> bool:
        """Also after its lease, as long as nobody has claimed the row since: the work is done, and done once."""
        return self.lease_until is not None and self.fence == claim.fence

    def settles(self, state: str, due: datetime, attempts: int) -> None:
        self.state, self.due, self.attempts, self.lease_until = state, due, attempts, None

    def starts_anew(self, state: str, now: datetime) -> None:
        self.round += 1
        self.settles(state, now, 0)

    def is_set_apart_if_exhausted(self, state: str, now: datetime) -> None:
        has_lapsed = self.lease_until is not None and self.lease_until <= now
        if has_lapsed and self.attempts >= MAX_ATTEMPTS:
            self.fence += 1
            self.state, self.lease_until = state, None
