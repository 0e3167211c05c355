"""The rules of claims, rounds and the outbox as a machine that hypothesis drives against the real storage functions.

A model beside the database says what each call must answer. The rules let everything happen that may happen between
processes: claims used late or twice or never, changes under somebody's hands, transactions that end before their
commit, the same alert decided twice.

`test_state_machine.py` runs it; `test_mutants.py` runs it with rules that were broken on purpose.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
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
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.reconciler import set_apart_exhausted
from storage import alerts, articles, entries, sources, stories
from storage.alerts import NewAlert
from storage.articles import Listed
from storage.claims import Claim
from storage.database import Database
from storage.migrate import migrate
from storage.sources import NewSource
from storage.tables import Alert, Article, ArticleState, Delivery, DeliveryStatus, StageLog
from tests.faults.model import LEASE, MAX_ATTEMPTS, Row
from tests.faults.moments import Death
from worker.stages.feed.recognise import recognise

MORNING = datetime.fromisoformat("2026-03-04T09:00:00+00:00")
WAITS = [timedelta(minutes=1), LEASE, timedelta(days=1)]
CHANNELS = ["desk", "log"]
NEXT = {ArticleState.FETCH: ArticleState.READ, ArticleState.READ: ArticleState.DONE}
MOVES = {
    (ArticleState.FETCH, ArticleState.READ),
    (ArticleState.READ, ArticleState.DONE),
    (ArticleState.FETCH, ArticleState.QUARANTINED),
    (ArticleState.READ, ArticleState.QUARANTINED),
    *((state, ArticleState.FETCH) for state in ArticleState),  # a change or a rerun sends it on its way again
}
SETTLED = [DeliveryStatus.SENT, DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.DEAD]

uids = st.sampled_from(["first", "second"])
keys = st.sampled_from(["flood", "fire"])
channels = st.sampled_from(CHANNELS)


class Blank:
    """An empty database at this version, made empty again as often as wanted."""

    def __init__(self, folder: Path) -> None:
        self._file, self._blank = folder / "storytrail.db", folder / "blank.db"
        self.database = Database(f"sqlite:///{self._file}")
        migrate(self.database)
        self.database.close()
        shutil.copy(self._file, self._blank)

    def empty(self) -> Database:
        self.database.close()
        shutil.copy(self._blank, self._file)
        return self.database


class Rules(RuleBasedStateMachine):
    """Two articles of one source, two alerts on two channels, and any number of workers."""

    held: Bundle[tuple[str, Claim]] = Bundle("held")  # claims of articles, with the stage they are for
    sending: Bundle[Claim] = Bundle("sending")  # claims of deliveries

    blank: ClassVar[Blank]  # hypothesis makes the machines itself, so the class has to know

    def __init__(self) -> None:
        super().__init__()
        self.database = self.blank.empty()
        self.now = MORNING
        self.articles: dict[str, Row] = {}
        self.versions: dict[str, str] = {}
        self.deliveries: dict[tuple[str, str], Row] = {}
        self.committed: list[tuple[int, int, str]] = []
        self.seen: dict[int, tuple[str, int]] = {}  # state and fence of each article after the last step
        self.source_id, self.story_id, self.article_id = self.database.write(self._furnish)
        self.source_lists("first", "1")
        self.alert_is_raised("flood")

    def _furnish(self, session: Session) -> tuple[int, int, int]:
        source = sources.add_source(session, NewSource("http://a.example/feed", "feed"), "command", self.now)
        assert source is not None
        story_id = stories.open_story(session, "Flood", self.now, self.now)
        article_id, _ = articles.store_article(session, _listed("told", "1"), self.now)
        session.get_one(Article, article_id).state = ArticleState.DONE
        return source.id, story_id, article_id

    # Time, and the scheduler

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @rule()
    def scheduler_ticks(self) -> None:
        self.database.write(lambda session: set_apart_exhausted(session, self.now, MAX_ATTEMPTS, MAX_ATTEMPTS))
        for row in self.articles.values():
            row.is_set_apart_if_exhausted(ArticleState.QUARANTINED, self.now)
        for row in self.deliveries.values():
            row.is_set_apart_if_exhausted(DeliveryStatus.DEAD, self.now)

    # Articles

    @rule(uid=uids, version=st.sampled_from("12"))
    def source_lists(self, uid: str, version: str) -> None:
        listed = [_listed(uid, version)]
        lists = {self.source_id: listed}
        stored = self.database.write(lambda s: entries.store_listed(s, lists, recognise, self.now))[self.source_id]
        row = self.articles.get(uid)
        if row is None:
            (new,) = stored.new
            self.articles[uid] = Row(new, ArticleState.FETCH, self.now)
        elif self.versions[uid] == version:
            assert stored == entries.Stored()
        else:
            assert stored.changed == (row.id,)
            row.fence += 1
            row.starts_anew(ArticleState.FETCH, self.now)
        self.versions[uid] = version

    @rule(target=held, uid=uids)
    def worker_claims(self, uid: str) -> Any:
        """After a hint, which comes from a tick; and after one for a stage that is over, or yet to come."""
        self.scheduler_ticks()
        row = self.articles.get(uid, self.articles["first"])
        can_be_claimed = row.can_be_claimed(self.now)
        given = [self._claim(row, stage) for stage in NEXT]
        claims = [(stage, claim) for stage, claim in zip(NEXT, given, strict=True) if claim]
        assert claims == ([(row.state, row.is_claimed(self.now))] if can_be_claimed else [])
        return multiple(*claims)

    def _claim(self, row: Row, stage: ArticleState) -> Claim | None:
        claimed = self.database.write(lambda s: articles.claim_article(s, row.id, stage, self.now, LEASE))
        return claimed[1] if claimed else None

    @rule(work=held)
    def worker_commits(self, work: tuple[ArticleState, Claim]) -> None:
        stage, claim = work
        row = self._article_of(claim)
        if self._holds(row, claim, lambda s: articles.advance(s, claim, stage, NEXT[stage], self.now)):
            self.committed.append((row.id, row.round, stage))
            row.settles(NEXT[stage], self.now, 0)

    @rule(work=held)
    def worker_dies_before_the_commit(self, work: tuple[ArticleState, Claim]) -> None:
        stage, claim = work

        def dies(session: Session) -> None:
            articles.advance(session, claim, stage, NEXT[stage], self.now)
            raise Death

        with pytest.raises(Death):
            self.database.write(dies)

    @rule(work=held, wait=st.sampled_from(WAITS))
    def worker_fails_in_passing(self, work: tuple[ArticleState, Claim], wait: timedelta) -> None:
        if work[1].attempt >= MAX_ATTEMPTS:
            self.worker_gives_up(work)
            return
        row, claim = self._article_of(work[1]), work[1]
        if self._holds(row, claim, lambda s: articles.postpone(s, claim, "503", self.now + wait)):
            row.settles(row.state, self.now + wait, row.attempts)

    @rule(work=held)
    def worker_finds_it_is_not_its_turn(self, work: tuple[ArticleState, Claim]) -> None:
        row, claim = self._article_of(work[1]), work[1]
        if self._holds(row, claim, lambda s: articles.release(s, claim, self.now)):
            row.settles(row.state, self.now, row.attempts - 1)

    @rule(work=held)
    def worker_gives_up(self, work: tuple[ArticleState, Claim]) -> None:
        row, claim = self._article_of(work[1]), work[1]
        if self._holds(row, claim, lambda s: articles.quarantine(s, claim, "broken")):
            row.settles(ArticleState.QUARANTINED, row.due, row.attempts)

    @precondition(lambda self: any(row.state == ArticleState.QUARANTINED for row in self.articles.values()))
    @rule()
    def reader_runs_all_again(self) -> None:
        for row in self.articles.values():
            was_run = self.database.write(partial(articles.rerun, article_id=row.id, now=self.now))
            assert was_run == (row.state == ArticleState.QUARANTINED)
            if was_run:
                row.starts_anew(ArticleState.FETCH, self.now)

    # The outbox

    @rule(key=keys)
    def alert_is_raised(self, key: str) -> None:
        """Perhaps for the second time: two articles may give the same occasion."""
        # Each of a topic of its own: what goes out together is one row's matter, and tested in `test_killed_senders`.
        alert = NewAlert(key, f"Topic {key}", "first", ["The river rose."], [], [], [], {}, CHANNELS)
        ids = self.database.write(lambda s: alerts.raise_alert(s, self.story_id, self.article_id, alert, self.now))
        if (key, CHANNELS[0]) in self.deliveries:
            assert tuple(ids) == ()
            return
        assert len(ids) == len(CHANNELS)
        for channel, delivery_id in zip(CHANNELS, ids, strict=True):
            self.deliveries[key, channel] = Row(delivery_id, DeliveryStatus.PENDING, self.now)

    @rule(target=sending, key=keys, channel=channels)
    def sender_claims(self, key: str, channel: str) -> Any:
        self.scheduler_ticks()
        row = self.deliveries.get((key, channel), self.deliveries["flood", channel])
        claimed = self.database.write(lambda s: alerts.claim_delivery(s, row.id, self.now, LEASE))
        if not row.can_be_claimed(self.now):
            assert claimed is None
            return multiple()
        row.doubts += row.state == DeliveryStatus.SENDING  # whoever held it before may have sent it
        row.state = DeliveryStatus.SENDING
        assert claimed is not None
        assert claimed.claim == row.is_claimed(self.now)
        return claimed.claim

    @rule(claim=sending, status=st.sampled_from(SETTLED))
    def sender_settles(self, claim: Claim, status: DeliveryStatus) -> None:
        """As pending or in doubt it comes again, which nobody writes at the last attempt."""
        row = next(row for row in self.deliveries.values() if row.id == claim.id)
        if claim.attempt >= MAX_ATTEMPTS and status != DeliveryStatus.SENT:
            status = DeliveryStatus.DEAD
        if self._holds(row, claim, lambda s: alerts.settle_delivery(s, claim, status)):
            row.settles(status, row.due, row.attempts)

    @precondition(lambda self: any(row.state == DeliveryStatus.DEAD for row in self.deliveries.values()))
    @rule()
    def reader_has_all_sent_again(self) -> None:
        for row in self.deliveries.values():
            was_resent = self.database.write(partial(alerts.resend, delivery_id=row.id, now=self.now))
            assert was_resent == (row.state == DeliveryStatus.DEAD)
            if was_resent:
                row.settles(DeliveryStatus.PENDING, self.now, 0)

    # What must hold after each step

    @invariant()
    def all_stands_as_the_rules_say(self) -> None:
        found = self.database.read(_look)
        assert found.articles == {row.id: row for row in self.articles.values()}
        assert found.deliveries == {row.id: row for row in self.deliveries.values()}
        assert found.outbox == sorted(self.deliveries), "each alert once, with a delivery for each channel"
        assert found.stages == sorted(self.committed)
        assert len(found.stages) == len(set(found.stages)), "each stage once in a round"
        assert all(row.attempts <= MAX_ATTEMPTS for row in [*found.articles.values(), *found.deliveries.values()])
        for row in found.articles.values():
            self._has_moved_as_allowed(row)

    def _has_moved_as_allowed(self, row: Row) -> None:
        state, fence = self.seen.get(row.id, (row.state, row.fence))
        assert row.state == state or (state, row.state) in MOVES
        assert row.fence >= fence
        self.seen[row.id] = row.state, row.fence

    def _article_of(self, claim: Claim) -> Row:
        return next(row for row in self.articles.values() if row.id == claim.id)

    def _holds(self, row: Row, claim: Claim, result: Callable[[Session], bool]) -> bool:
        """Write the result; whether it was taken, which only the holder's is."""
        is_held = row.is_held_by(claim)
        assert self.database.write(result) == is_held
        return is_held


def follow_the_rules(blank: Blank) -> None:
    """The same ways each time; raises AssertionError with the steps that led to a breach."""
    _drive(blank, settings(max_examples=60, stateful_step_count=25, derandomize=True, phases=[Phase.generate]))


def follow_the_rules_elsewhere(blank: Blank, runs: int) -> None:
    """New ways each time; the shortest that leads to a breach is shown."""
    _drive(blank, settings(max_examples=runs, stateful_step_count=50))


def _drive(blank: Blank, options: settings) -> None:
    options = settings(options, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    machine = type("RulesOnThisDatabase", (Rules,), {"blank": blank})
    run_state_machine_as_test(machine, settings=options)


def _listed(uid: str, version: str) -> Listed:
    url = f"http://a.example/{uid}"
    return Listed(
        uid=uid,
        url=url,
        url_hash=hashlib.sha256(url.encode()).hexdigest(),
        host="a.example",
        title=f"{uid}, version {version}",
        published=None,
        event_time=MORNING,
        content_digest=version,
        given={"title": version},
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the database."""

    articles: dict[int, Row]  # those that the source lists
    deliveries: dict[int, Row]
    stages: list[tuple[int, int, str]]
    outbox: list[tuple[str, str]]  # the alert's key, by which it is known outside, and the channel


def _look(session: Session) -> _Found:
    listed = session.scalars(select(Article).where(Article.source_id.is_not(None)))
    sendings = session.execute(select(Delivery, Alert.key).join(Alert)).all()
    return _Found(
        articles={
            a.id: Row(a.id, a.state, a.next_attempt_at, a.round, a.fence, a.attempts, 0, a.lease_until) for a in listed
        },
        deliveries={
            d.id: Row(d.id, d.status, d.next_attempt_at, 1, d.fence, d.attempts, d.doubts, d.lease_until)
            for d, _key in sendings
        },
        stages=sorted((log.article_id, log.round, log.stage) for log in session.scalars(select(StageLog))),
        outbox=sorted((key, delivery.channel) for delivery, key in sendings),
    )
