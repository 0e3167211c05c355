"""Channels that die: noticed, told of elsewhere, tried again, and never a reason to lose what is to be told."""

import pytest

from storage import troubles
from storage.tables import DeliveryStatus
from tests.pipeline.newsroom import AGROUND, PIGEONS, SCHOOL, Outlet
from tests.pipeline.pipeline import Pipeline
from tests.pipeline.test_alert_life import Newsdesk
from tests.receiver import Receiver
from worker.steps.channel_health import DEAD_AFTER, PROBE_EVERY, dead_channels

PENDING, SENT, DEAD = DeliveryStatus.PENDING, DeliveryStatus.SENT, DeliveryStatus.DEAD


@pytest.fixture
def desk(pipeline: Pipeline, herald: Outlet, receiver: Receiver) -> Newsdesk:
    desk = Newsdesk(pipeline, herald, {"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    desk.follows()
    desk.reads(AGROUND, SCHOOL, PIGEONS)
    return desk


def dies(desk: Newsdesk, receiver: Receiver, status: int = 404) -> None:
    receiver.refuses(status)
    for _ in range(DEAD_AFTER):
        desk.tells(AGROUND)


def dead(desk: Newsdesk) -> list[str]:
    return [row.channel for row in desk.pipeline.database.read(troubles.dead)]


def test_a_channel_on_which_nothing_arrives_is_dead_and_told_of_once(desk: Newsdesk, receiver: Receiver) -> None:
    dies(desk, receiver)
    assert dead(desk) == ["desk"]
    assert ["channel desk is dead" in line for line in desk.pipeline.lines] == [True]
    desk.later(hours=2)
    desk.tells(SCHOOL)
    assert len(desk.pipeline.lines) == 1


def test_what_is_raised_meanwhile_waits_for_the_probe(desk: Newsdesk, receiver: Receiver) -> None:
    dies(desk, receiver)
    tried = receiver.posts.total()
    keys = [desk.tells(SCHOOL), desk.tells(PIGEONS)]
    assert receiver.posts.total() == tried
    assert desk.statuses()[DEAD_AFTER:] == [PENDING, PENDING]
    receiver.accepts()
    desk.later(seconds=PROBE_EVERY.total_seconds())
    assert set(receiver.effects) == set(keys)
    assert dead(desk) == []


def test_a_receiver_that_is_gone_is_not_tried_before_the_file_changes(desk: Newsdesk, receiver: Receiver) -> None:
    receiver.refuses(410)
    desk.tells(AGROUND)
    assert dead(desk) == ["desk"]
    receiver.accepts()
    key = desk.tells(SCHOOL)
    desk.later(hours=30)
    assert key not in receiver.posts
    desk.follows(at_most="9/day")
    desk.later(hours=1)
    assert key in receiver.effects
    assert dead(desk) == []


def test_a_channel_that_left_the_file_is_nobodys_trouble(desk: Newsdesk, receiver: Receiver) -> None:
    dies(desk, receiver)
    run = desk.pipeline.runtime
    assert desk.pipeline.database.read(lambda session: dead_channels(run, session))
    desk.to = ["log"]
    desk.pipeline.follows({"name": "News", "query": "Orla"})
    assert not desk.pipeline.database.read(lambda session: dead_channels(run, session))


def test_a_channel_that_was_renamed_is_not_dead(desk: Newsdesk) -> None:
    for _ in range(DEAD_AFTER + 1):
        desk.raises(AGROUND)
        desk.raises(SCHOOL)
        desk.raises(PIGEONS)
    desk.pipeline.follows({"name": "News", "query": "Orla"})
    desk.pipeline.runs("deliver")
    assert set(desk.statuses()) == {DEAD}
    assert dead(desk) == []
    assert not any("is dead" in line for line in desk.pipeline.lines)


def test_one_that_arrives_between_starts_the_count_anew(desk: Newsdesk, receiver: Receiver) -> None:
    for _ in range(DEAD_AFTER + 1):
        receiver.refuses(404)
        desk.tells(AGROUND)
        receiver.accepts()
        desk.tells(SCHOOL)
    assert dead(desk) == []
