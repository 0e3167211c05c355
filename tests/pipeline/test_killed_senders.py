"""Senders that are killed at every step, and a receiver that often gives no answer: nothing lost, nothing doubled."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

import worker.steps.deliver as step
from storage import alerts, threads
from storage.tables import DeliveryStatus
from tests.pipeline.newsroom import AGROUND, PIGEONS, SCHOOL, Outlet
from tests.pipeline.pipeline import Pipeline
from tests.pipeline.test_alert_life import Newsdesk
from tests.receiver import Receiver

ROUNDS = 10
REASONS = ("new-fact", "new-origin", "disagreement")


class Killed(BaseException):
    """What is not caught anywhere, as a process that is killed catches nothing."""


class Killer:
    """Kills the sender before or after one of its steps, sometimes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, share: float, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 -- repeatable misfortune
        self._share = share
        self.kills = 0
        for owner, name in [
            (alerts, "claim_delivery"),
            (step, "bundle"),
            (step, "open_channel"),
            (alerts, "settle_delivery"),
            (threads, "let_ask"),
            (threads, "waiting_behind"),
        ]:
            monkeypatch.setattr(owner, name, self._around(getattr(owner, name)))

    def rests(self) -> None:
        self._share = 0.0

    def _around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def one(*given: Any, **named: Any) -> Any:
            self._strikes()
            done = work(*given, **named)
            self._strikes()
            return done

        return one

    def _strikes(self) -> None:
        if self._chance.random() < self._share:
            self.kills += 1
            raise Killed


@pytest.fixture(params=[1, 2])
def killer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Killer:
    return Killer(monkeypatch, 0.08, request.param)


def _runs(pipeline: Pipeline) -> None:
    """Each kill ends the process; what it held lapses with its lease."""
    with suppress(Killed):
        pipeline.runs("deliver")


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"group": {"wait": "1m", "every": "20m"}},
        {"at_most": "4/hour", "digest": {"at": "12:00", "zone": "UTC", "reasons": ["new-origin"]}},
    ],
    ids=["at once", "gathered", "digest"],
)
def test_each_alert_arrives_in_one_message_and_none_is_lost(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver, killer: Killer, rules: dict[str, Any]
) -> None:
    desk = Newsdesk(pipeline, herald, {"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    desk.follows(**rules)
    desk.reads(AGROUND, SCHOOL, PIGEONS)
    receiver.fails_ambiguously(0.15, seed=killer.kills + 7)
    chance = random.Random(5)  # noqa: S311 -- repeatable news

    keys: list[str] = []
    for _ in range(ROUNDS):
        reports = chance.choices([AGROUND, SCHOOL, PIGEONS], k=chance.randint(1, 3))
        keys += [desk.raises(report, reason=chance.choice(REASONS)) for report in reports]
        _runs(pipeline)
        pipeline.waits(minutes=7)
        _runs(pipeline)
    killer.rests()
    receiver.accepts()
    for _ in range(14):
        pipeline.waits(hours=2)
        pipeline.runs("deliver")

    assert killer.kills
    assert {row.status for row in pipeline.deliveries()} == {DeliveryStatus.SENT}
    # The receiver acts once for each id. What an id carries never changes, so each alert is new in one message alone.
    new_in: dict[str, list[str]] = {key: [] for key in keys}
    leads = {row.id: row for row in pipeline.deliveries()}
    by_key = {alert.id: alert.key for alert in pipeline.alerts()}
    for row in leads.values():
        lead = leads[row.sent_with or row.id]
        new_in[by_key[row.alert_id]].append(lead.thread if lead.digest_id else by_key[lead.alert_id])
    assert all(len(messages) == 1 for messages in new_in.values())
    for key, [message] in new_in.items():
        assert key in [alert["key"] for alert in receiver.payloads[message]["alerts"]]
    assert set(receiver.effects) == {message for [message] in new_in.values()}


def test_what_is_posted_under_an_id_never_changes(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver, killer: Killer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while more is raised about the story between attempts."""
    posted: dict[str, set[tuple[str, ...]]] = {}
    send = vars(step)["bundle"]

    def remembers(*given: Any, **named: Any) -> Any:
        message = send(*given, **named)
        carried = tuple(alert["key"] for alert in dict(message.payload)["alerts"])
        posted.setdefault(message.id, set()).add(carried)
        return message

    monkeypatch.setattr(step, "bundle", remembers)
    desk = Newsdesk(pipeline, herald, {"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    desk.follows()
    desk.reads(AGROUND)
    receiver.fails_ambiguously(0.5, seed=11)
    for _ in range(ROUNDS):
        desk.raises(AGROUND)
        _runs(pipeline)
        pipeline.waits(minutes=4)
    killer.rests()
    receiver.accepts()
    for _ in range(14):
        desk.later(hours=2)
    assert all(len(versions) == 1 for versions in posted.values())
    assert any(times > 1 for times in receiver.effects.values())
