"""Delivering: sent once where that can be known, held back where the reader asked for it, given up in plain sight."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

import worker.steps.deliver as step
from storage import alerts
from storage.tables import Delivery, DeliveryStatus
from tests.pipeline.newsroom import AGROUND, FERRY, PIGEONS, SCHOOL, Outlet
from tests.pipeline.pipeline import Pipeline
from tests.receiver import Receiver
from tests.site import Site
from worker.stages.grouping import MOST_SENTENCES
from worker.steps.bundle import bundle

PENDING, SENDING, SENT = DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENT
UNCERTAIN, DEAD = DeliveryStatus.UNCERTAIN, DeliveryStatus.DEAD

NEWS: Mapping[str, Any] = {"name": "News", "query": "Orla OR Vellinge OR Ghent"}
ONE_ALERT: Mapping[str, Any] = {**FERRY, "alert": {"to": ["desk"], "on": ["first"]}}


@pytest.fixture
def telling(pipeline: Pipeline, herald: Outlet, receiver: Receiver) -> Pipeline:
    """One alert is due, to a webhook; it has not been sent yet."""
    return _telling(pipeline, herald, receiver)


def _telling(pipeline: Pipeline, herald: Outlet, receiver: Receiver, topic: Mapping[str, Any] = ONE_ALERT) -> Pipeline:
    pipeline.follows(topic, channels={"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    pipeline.runs("poll", "fetch", "read")
    return pipeline


def only(pipeline: Pipeline) -> Delivery:
    [delivery] = pipeline.deliveries()
    return delivery


def send(pipeline: Pipeline) -> Delivery:
    """Let everything go that is due, and nothing else happen."""
    pipeline.runs("deliver")
    return only(pipeline)


def dies_while_sending(pipeline: Pipeline, *, delivery_id: int | None = None) -> None:
    """What a crash between sending and recording leaves behind, once its lease has lapsed."""
    row = delivery_id or only(pipeline).id
    lease = pipeline.runtime.lease
    assert pipeline.database.write(lambda session: alerts.claim_delivery(session, row, pipeline.now, lease))
    pipeline.waits(seconds=lease.total_seconds() + 1)


# --- Once ---


def test_an_alert_is_delivered_once(either_pipeline: Pipeline, herald: Outlet, receiver: Receiver) -> None:
    pipeline = _telling(either_pipeline, herald, receiver)
    delivery = send(pipeline)
    assert (delivery.status, delivery.attempts, delivery.sent) == (SENT, 1, pipeline.now)
    pipeline.polls_again()
    [alert] = pipeline.alerts()
    assert receiver.effects == {alert.key: 1}
    assert receiver.forgeries == 0
    payload = receiver.payloads[alert.key]
    assert payload["topic"] == "Orla"
    assert AGROUND.paragraphs[0] in json.dumps(payload, ensure_ascii=False)


def test_a_receiver_that_fails_gets_the_same_id_again(
    either_pipeline: Pipeline, herald: Outlet, receiver: Receiver
) -> None:
    pipeline = _telling(either_pipeline, herald, receiver)
    receiver.refuses(500)
    delivery = send(pipeline)
    assert (delivery.status, delivery.attempts, delivery.doubts) == (PENDING, 1, 0)
    assert "500" in delivery.last_error
    assert receiver.effects == {}

    receiver.accepts()
    pipeline.runs("deliver")
    assert receiver.effects == {}  # not before its time
    pipeline.waits(minutes=10)
    delivery = send(pipeline)

    [alert] = pipeline.alerts()
    assert (delivery.status, delivery.attempts) == (SENT, 2)
    assert receiver.effects == {alert.key: 2}


def test_a_receiver_that_asks_to_wait_is_obeyed(telling: Pipeline, receiver: Receiver) -> None:
    receiver.refuses(429, headers={"Retry-After": "3600"})
    delivery = send(telling)
    assert delivery.next_attempt_at >= telling.now + timedelta(hours=1)


def test_an_answer_that_never_came_makes_the_same_id_go_again(telling: Pipeline, receiver: Receiver) -> None:
    """The receiver acted or did not; as it knows an alert by its id, once more does no harm."""
    receiver.fails_ambiguously(1.0, seed=1)
    delivery = send(telling)
    assert (delivery.status, delivery.doubts) == (SENDING, 0)
    assert delivery.last_error

    receiver.accepts()
    telling.waits(hours=1)
    delivery = send(telling)

    [alert] = telling.alerts()
    assert (delivery.status, delivery.attempts, delivery.doubts) == (SENT, 2, 1)
    assert dict(receiver.posts) == {alert.key: 2}
    assert list(receiver.payloads) == [alert.key]


def test_a_crash_while_sending_repeats_to_a_receiver_that_knows_ids(telling: Pipeline, receiver: Receiver) -> None:
    dies_while_sending(telling)
    delivery = send(telling)
    [alert] = telling.alerts()
    assert (delivery.status, delivery.attempts, delivery.doubts) == (SENT, 2, 1)
    assert receiver.effects == {alert.key: 1}


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_receiver_that_refuses_for_good_makes_the_delivery_dead(
    telling: Pipeline, receiver: Receiver, status: int
) -> None:
    receiver.refuses(status)
    delivery = send(telling)
    assert (delivery.status, delivery.attempts) == (DEAD, 1)
    assert str(status) in delivery.last_error


def test_a_receiver_that_never_takes_it_is_given_up_after_so_many_attempts(
    telling: Pipeline, receiver: Receiver
) -> None:
    receiver.refuses(503)
    for _ in range(step.MAX_ATTEMPTS + 2):
        telling.runs("deliver")
        telling.waits(hours=7)
    delivery = only(telling)
    assert (delivery.status, delivery.attempts) == (DEAD, step.MAX_ATTEMPTS)
    assert receiver.posts == {telling.alerts()[0].key: step.MAX_ATTEMPTS}

    receiver.accepts()
    assert telling.database.write(lambda session: alerts.resend(session, delivery.id, telling.now))
    assert send(telling).status == SENT


def test_a_delivery_that_kills_its_worker_is_given_up(telling: Pipeline, receiver: Receiver) -> None:
    for _ in range(step.MAX_ATTEMPTS):
        dies_while_sending(telling)
    delivery = send(telling)
    assert delivery.status == DEAD
    assert "without a word" in delivery.last_error
    assert not receiver.posts


def test_one_receiver_that_fails_does_not_hold_up_another(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver
) -> None:
    with Receiver() as other:
        receiver.refuses(500)
        pipeline.follows(
            {**FERRY, "alert": {"to": ["desk", "other", "log"], "on": ["first"]}},
            channels={
                name: {"webhook": hook.url, "secret": hook.secret}
                for name, hook in [("desk", receiver), ("other", other)]
            },
        )
        pipeline.polls(herald.feed_url)
        herald.publishes(AGROUND)
        pipeline.runs()
        assert {row.channel: row.status for row in pipeline.deliveries()} == {
            "desk": PENDING, "other": SENT, "log": SENT,
        }  # fmt: skip
        assert len(other.effects) == len(pipeline.lines) == 1


def test_a_delivery_that_breaks_the_worker_holds_up_no_other(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = [ONE_ALERT, {**ONE_ALERT, "name": "Other"}]
    pipeline.follows(*topics, channels={"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)

    def breaks(session: Any, claimed: Any, *about: Any, **how: Any) -> Any:
        if claimed.alert.topic == "Orla":
            raise KeyError("sentence")
        return bundle(session, claimed, *about, **how)

    with monkeypatch.context() as broken:
        broken.setattr(step, "bundle", breaks)
        pipeline.runs()
    status = {alert.topic: row.status for alert, row in zip(pipeline.alerts(), pipeline.deliveries(), strict=True)}
    assert status["Other"] == SENT
    assert status["Orla"] in (PENDING, SENDING)
    assert any("sentence" in row.last_error for row in pipeline.deliveries())

    pipeline.waits(hours=1)
    pipeline.runs("deliver")
    assert {row.status for row in pipeline.deliveries()} == {SENT}


# --- Receivers that cannot know ---


class Chat:
    """A service that Apprise posts JSON to, and that has no idea of ids."""

    PATH = "/chat"

    def __init__(self, site: Site) -> None:
        self._site = site
        self.channel = {"apprise": f"json://{site.host}:{site.port}{self.PATH}"}
        site.serves(self.PATH, "thanks")

    @property
    def titles(self) -> list[str]:
        return [json.loads(request.body)["title"] for request in self._site.asked(self.PATH)]


@pytest.fixture
def chat() -> Any:
    with Site() as site:
        yield Chat(site)


def _chatting(pipeline: Pipeline, herald: Outlet, chat: Chat, **how: str) -> Pipeline:
    pipeline.follows(ONE_ALERT, channels={"desk": {**chat.channel, **how}})
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    pipeline.runs("poll", "fetch", "read")
    return pipeline


def test_a_chat_gets_an_alert_once_and_unmarked(pipeline: Pipeline, herald: Outlet, chat: Chat) -> None:
    _chatting(pipeline, herald, chat)
    assert send(pipeline).status == SENT
    [title] = chat.titles
    assert "repeat" not in title
    assert AGROUND.title in title


@pytest.mark.parametrize("how", [{}, {"uncertain": "repeat"}])
def test_after_a_crash_while_sending_a_chat_gets_a_marked_repeat(
    pipeline: Pipeline, herald: Outlet, chat: Chat, how: dict[str, str]
) -> None:
    _chatting(pipeline, herald, chat, **how)
    dies_while_sending(pipeline)
    delivery = send(pipeline)
    assert (delivery.status, delivery.doubts) == (SENT, 1)
    [title] = chat.titles
    assert title.startswith("[repeat] ")


def test_after_a_crash_while_sending_a_channel_that_is_to_stop_stops_and_shows_it(
    pipeline: Pipeline, herald: Outlet, chat: Chat
) -> None:
    _chatting(pipeline, herald, chat, uncertain="stop")
    dies_while_sending(pipeline)
    delivery = send(pipeline)
    assert (delivery.status, delivery.doubts) == (UNCERTAIN, 1)
    assert delivery.last_error
    pipeline.waits(hours=48)
    pipeline.runs()
    assert chat.titles == []


def test_what_was_stopped_goes_when_somebody_says_so(pipeline: Pipeline, herald: Outlet, chat: Chat) -> None:
    """A person has looked and decided; it is marked all the same, as the readers may have it already."""
    _chatting(pipeline, herald, chat, uncertain="stop")
    dies_while_sending(pipeline)
    delivery = send(pipeline)
    assert pipeline.database.write(lambda session: alerts.resend(session, delivery.id, pipeline.now))

    assert send(pipeline).status == SENT
    [title] = chat.titles
    assert title.startswith("[repeat] ")


def test_a_resent_delivery_that_crashes_again_stops_again(pipeline: Pipeline, herald: Outlet, chat: Chat) -> None:
    _chatting(pipeline, herald, chat, uncertain="stop")
    dies_while_sending(pipeline)
    delivery = send(pipeline)
    pipeline.database.write(lambda session: alerts.resend(session, delivery.id, pipeline.now))
    dies_while_sending(pipeline)
    delivery = send(pipeline)
    assert (delivery.status, delivery.doubts) == (UNCERTAIN, 2)
    assert chat.titles == []


def test_a_clear_refusal_is_no_doubt(pipeline: Pipeline, herald: Outlet, chat: Chat) -> None:
    """So even a channel that is to stop when in doubt tries again, unmarked."""
    _chatting(pipeline, herald, chat, uncertain="stop")
    chat._site.fails(chat.PATH, 500)
    assert send(pipeline).status == PENDING
    chat._site.serves(chat.PATH, "thanks")
    pipeline.waits(hours=1)
    assert send(pipeline).status == SENT
    assert not any("repeat" in title for title in chat.titles)


# --- Channels that come and go ---


def test_a_channel_that_left_the_file_makes_its_deliveries_dead_and_resend_revives_them(
    telling: Pipeline, receiver: Receiver
) -> None:
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    telling.follows({**FERRY, "alert": {"on": ["first"]}})
    delivery = send(telling)
    assert delivery.status == DEAD
    assert "'desk'" in delivery.last_error

    telling.follows(ONE_ALERT, channels={"desk": hook})
    telling.waits(hours=1)
    assert send(telling).status == DEAD  # nobody asked for it
    assert telling.database.write(lambda session: alerts.resend(session, delivery.id, telling.now))
    revived = send(telling)

    assert (revived.status, revived.attempts, revived.last_error) == (SENT, 1, "")
    assert len(receiver.effects) == 1


def test_a_channel_that_a_broken_file_hides_is_waited_for(telling: Pipeline, receiver: Receiver) -> None:
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    telling.follows(FERRY)
    telling.runs("read")  # the channel has left the file
    telling.writes(telling.topics_file, "topics: [")
    delivery = send(telling)
    assert (delivery.status, delivery.attempts) == (PENDING, 1)
    assert "'desk'" in delivery.last_error

    telling.follows(ONE_ALERT, channels={"desk": hook})
    telling.waits(hours=1)
    assert send(telling).status == SENT


def test_only_what_was_given_up_can_be_sent_again(telling: Pipeline, receiver: Receiver) -> None:
    def resend(delivery_id: int) -> bool:
        return telling.database.write(lambda session: alerts.resend(session, delivery_id, telling.now))

    waiting = only(telling)
    assert not resend(waiting.id)
    send(telling)
    assert not resend(waiting.id)
    assert not resend(waiting.id + 1)
    telling.runs("deliver")
    assert list(receiver.effects.values()) == [1]


def test_an_alert_whose_topic_left_the_file_is_still_delivered(telling: Pipeline, receiver: Receiver) -> None:
    telling.follows(channels={"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    assert send(telling).status == SENT


def test_a_webhook_to_a_private_address_is_refused(pipeline: Pipeline, herald: Outlet, receiver: Receiver) -> None:
    pipeline.follows(ONE_ALERT, channels={"desk": {"webhook": "http://10.0.0.7/hook", "secret": receiver.secret}})
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    pipeline.runs()
    assert only(pipeline).status == DEAD


# --- Held back ---


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{clock}:00+00:00")


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("04T12:00", "04T12:00"),
        ("04T20:30", "05T05:00"),  # 22:30 in Kyiv: until seven the next morning there
        ("05T03:00", "05T05:00"),
        ("05T05:00", "05T05:00"),
    ],
)
def test_quiet_hours_put_a_delivery_off_and_are_no_attempt(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver, now: str, goes: str
) -> None:
    quiet = {"from": "22:00", "to": "07:00", "zone": "Europe/Kyiv"}
    pipeline.clock.now = at(now)
    _telling(pipeline, herald, receiver, {**FERRY, "alert": {"to": ["desk"], "on": ["first"], "quiet": quiet}})

    delivery = send(pipeline)

    if now == goes:
        assert delivery.status == SENT
        return
    assert (delivery.status, delivery.attempts, delivery.next_attempt_at) == (PENDING, 0, at(goes))
    assert not receiver.posts
    pipeline.clock.now = at(goes)
    delivery = send(pipeline)
    assert (delivery.status, delivery.attempts) == (SENT, 1)


def test_a_spent_budget_puts_deliveries_off_and_is_no_attempt(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver
) -> None:
    """Two an hour: of three alerts, the one with least in it waits until the others are an hour old."""
    rules = {"to": ["desk"], "at_most": "2/hour"}
    pipeline.follows({**NEWS, "alert": rules}, channels={"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    pipeline.polls(herald.feed_url)
    for report in (AGROUND, SCHOOL, PIGEONS):
        herald.publishes(report)
    pipeline.runs("poll", "fetch", "read")
    assert len(pipeline.alerts()) == 3
    began = pipeline.now

    pipeline.runs("deliver")

    [waiting] = [row for row in pipeline.deliveries() if row.status == PENDING]
    least = min(pipeline.alerts(), key=lambda alert: (min(len(alert.new), MOST_SENTENCES), -alert.id))
    assert waiting.alert_id == least.id
    assert (waiting.attempts, waiting.next_attempt_at) == (0, began + timedelta(hours=1))
    assert len(receiver.posts) == 2

    pipeline.waits(hours=1)
    pipeline.runs("deliver")
    assert [row.status for row in pipeline.deliveries()] == [SENT, SENT, SENT]
    assert len(receiver.effects) == 3


def test_what_waits_for_its_hour_is_not_forgotten_by_a_restart(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver
) -> None:
    quiet = {"from": "00:00", "to": "23:00", "zone": "UTC"}
    _telling(pipeline, herald, receiver, {**FERRY, "alert": {"to": ["desk"], "on": ["first"], "quiet": quiet}})
    send(pipeline)
    pipeline.restarts()
    pipeline.clock.now = only(pipeline).next_attempt_at
    assert send(pipeline).status == SENT


def test_a_budget_is_counted_for_each_channel(pipeline: Pipeline, herald: Outlet, receiver: Receiver) -> None:
    _telling(pipeline, herald, receiver, {**NEWS, "alert": {"to": ["desk", "log"], "at_most": "1/day"}})
    pipeline.runs("deliver")
    assert {row.channel: row.status for row in pipeline.deliveries()} == {"desk": SENT, "log": SENT}

    herald.publishes(SCHOOL)
    pipeline.polls_again()

    assert {row.channel: row.status for row in pipeline.deliveries()[2:]} == {"desk": PENDING, "log": PENDING}
