"""Looks among all that may happen to an article meanwhile: what storage answers is what the rules say.

The machine of `machine.py` seldom comes as far as an article that is done; this one begins there. One article, whose
source may tell of a change at any moment, and any number of workers that look at its page, read it, are late or die.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from storage import articles, claims, looks
from storage.articles import Listed
from storage.claims import Claim
from storage.tables import Article, ArticleState, StageLog
from tests.faults.effort import IS_THOROUGH
from tests.faults.machine import Blank
from tests.faults.model import LEASE, Row
from tests.faults.moments import Death
from worker.steps.look import MOST_TRIES

MORNING = datetime.fromisoformat("2026-03-04T09:00:00+00:00")
WAITS = [timedelta(minutes=1), LEASE, timedelta(days=1)]
THE_SAME_EACH_TIME = settings(max_examples=40, derandomize=True, phases=[Phase.generate])
FETCH, READ, DONE = ArticleState.FETCH, ArticleState.READ, ArticleState.DONE


class Looks(RuleBasedStateMachine):
    """One article that was read, and whoever looks at it again."""

    looking: Bundle[Claim] = Bundle("looking")

    blank: ClassVar[Blank]  # hypothesis makes the machines itself, so the class has to know

    def __init__(self) -> None:
        super().__init__()
        self.database = self.blank.empty()
        self.now = MORNING
        self.row = Row(self.database.write(_begin), FETCH, MORNING)
        self.committed: list[tuple[int, str]] = []
        self.reader_works()

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @rule()
    def source_tells_of_a_change(self) -> None:
        """Whoever looks at the page now has lost his claim, and a look that is due waits until it is read."""
        self.database.write(lambda s: articles.send_again(s, self.row.id, _listed(), self.now))
        self.row.fence += 1
        self.row.starts_anew(FETCH, self.now)

    @precondition(lambda self: self.row.state != DONE)
    @rule()
    def reader_works(self) -> None:
        """Fetch and read, and plan the next look."""
        for stage, following in ((FETCH, READ), (READ, DONE)):
            if self.row.state != stage:
                continue
            claim = partial(articles.claim_article, article_id=self.row.id, state=stage, now=self.now, lease=LEASE)
            claimed = self.database.write(claim)
            assert claimed is not None
            assert claimed[1] == self.row.is_claimed(self.now)
            self._commits(claimed[1], stage, following)

    def _commits(self, claim: Claim, stage: ArticleState, following: ArticleState) -> None:
        look = self.now if following == DONE else self.row.next_look  # due at once, so that there is much to see
        assert self.database.write(lambda s: articles.advance(s, claim, stage, following, self.now, next_look=look))
        self.row.settles(following, self.now, 0)
        self.row.next_look = look
        self.committed.append((self.row.round, stage))

    @rule(target=looking)
    def looker_claims(self) -> Any:
        """Also before its time. One who finds that two before him came to no end does not even begin."""
        claimed = self.database.write(lambda s: looks.claim_look(s, self.row.id, self.now, LEASE))
        assert bool(claimed) == self.row.can_be_looked_at(self.now)
        if claimed is None:
            return multiple()
        assert claimed[1] == self.row.is_claimed(self.now)
        if claimed[1].attempt <= MOST_TRIES:
            return claimed[1]
        self.look_ends(claimed[1], None)
        return multiple()

    @rule(target=looking)
    def looker_comes_in_time(self) -> Any:
        """The article has been read, its next look is due, and whoever was at it is late or dead."""
        if self.row.next_look is None:
            self.source_tells_of_a_change()
        if self.row.state != DONE:
            self.reader_works()
        self.now = max(self.now, self.row.next_look or self.now, self.row.lease_until or self.now)
        return self.looker_claims()

    @rule(claim=looking, wait=st.sampled_from([*WAITS, None]))
    def look_ends(self, claim: Claim, wait: timedelta | None) -> None:
        """The page is as it was, or could not be had."""
        following = self.now + wait if wait else None
        if self._holds(claim, lambda s: looks.end_look(s, claim, following)):
            self.row.settles(DONE, self.row.due, 0)
            self.row.next_look = following

    @rule(claim=looking)
    def looker_finds_it_is_not_his_turn(self, claim: Claim) -> None:
        until = self.now + WAITS[0]
        if self._holds(claim, lambda s: looks.put_off_look(s, claim, until)):
            self.row.settles(DONE, self.row.due, self.row.attempts - 1)
            self.row.next_look = until

    @rule(claim=looking)
    def looker_finds_a_change(self, claim: Claim) -> None:
        if self._holds(claim, lambda s: looks.take_changed_page(s, claim, self.now)):
            self.row.starts_anew(READ, self.now)
            self.committed.append((self.row.round, FETCH))

    @rule(claim=looking)
    def looker_dies_before_the_commit(self, claim: Claim) -> None:
        def dies(session: Session) -> None:
            looks.take_changed_page(session, claim, self.now)
            raise Death

        with pytest.raises(Death):
            self.database.write(dies)

    @invariant()
    def all_stands_as_the_rules_say(self) -> None:
        article, stages = self.database.read(lambda s: _look(s, self.row.id))
        assert article == self.row
        assert stages == sorted(self.committed), "each stage once in a round, and no look that found nothing"
        assert self.row.attempts <= MOST_TRIES
        assert self.row.state != DONE or (self.row.round, READ) in self.committed

    def _holds(self, claim: Claim, result: Callable[[Session], bool]) -> bool:
        """Write the result; whether it was taken, which only the holder's is."""
        is_held = self.row.is_held_by(claim)
        assert self.database.write(result) == is_held
        return is_held


def _begin(session: Session) -> int:
    return articles.store_article(session, _listed(), MORNING)[0]


def _listed() -> Listed:
    url = "http://a.example/flood"
    return Listed(
        uid=url, url=url, url_hash=hashlib.sha256(url.encode()).hexdigest(), host="a.example", title="Flood",
        published=None, event_time=MORNING, content_digest="", given={"title": "Flood"},
    )  # fmt: skip


def _look(session: Session, article_id: int) -> tuple[Row, list[tuple[int, str]]]:
    a = session.get_one(Article, article_id)
    row = Row(a.id, a.state, a.next_attempt_at, a.round, a.fence, a.attempts, 0, a.lease_until, a.next_look)
    return row, sorted((log.round, log.stage) for log in session.query(StageLog))


def follow(blank: Blank, options: settings) -> None:
    options = settings(
        options, stateful_step_count=30, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(type("LooksInThisDatabase", (Looks,), {"blank": blank}), settings=options)


def test_looks_follow_the_rules(blank: Blank) -> None:
    follow(blank, THE_SAME_EACH_TIME)


@pytest.mark.timeout(900)
def test_looks_follow_the_rules_on_new_ways(blank: Blank) -> None:
    follow(blank, settings(max_examples=500 if IS_THOROUGH else 10))


def test_a_look_that_ignores_the_fence_is_noticed(blank: Blank, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine has teeth."""
    settle = claims.settle

    def settle_as_of_now(session: Session, table: Any, claim: Claim, **columns: Any) -> bool:
        fence = session.get_one(table, claim.id, populate_existing=True).fence
        return settle(session, table, Claim(claim.id, fence, claim.attempt), **columns)

    monkeypatch.setattr(claims, "settle", settle_as_of_now)
    with pytest.raises(AssertionError):
        follow(blank, THE_SAME_EACH_TIME)
