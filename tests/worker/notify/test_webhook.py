"""Webhooks over real loopback HTTP, against a receiver that verifies signatures and remembers ids."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks.webhooks import Webhook

from tests.receiver import Receiver
from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.door import Door
from worker.notify.channel import Channel, GoneError, Message
from worker.notify.webhook import WebhookChannel, read_secret

NOON = datetime(2025, 11, 19, 12, tzinfo=UTC)


@dataclass(frozen=True)
class FakeAnswer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


class FakePoster:
    """Answers what it was told to, and keeps what it was given."""

    def __init__(self, status: int = 204, headers: Mapping[str, str] | None = None) -> None:
        self.answer = FakeAnswer(status, headers or {})
        self.posted: list[tuple[str, bytes, Mapping[str, str]]] = []

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> FakeAnswer:
        self.posted.append((url, body, headers))
        return self.answer


def now() -> datetime:
    return datetime.now(UTC)


def channel_to(receiver: Receiver, door: Door, clock: Callable[[], datetime] = now) -> Channel:
    return WebhookChannel(receiver.url, receiver.secret, door, clock)


def test_a_receiver_verifies_and_gets_the_payload(receiver: Receiver, door: Door, message: Message) -> None:
    channel_to(receiver, door).send(message)
    assert receiver.effects == {message.id: 1}
    assert receiver.payloads[message.id] == message.payload
    assert receiver.forgeries == 0


def test_a_wrong_secret_is_refused_for_good(receiver: Receiver, door: Door, message: Message) -> None:
    channel = WebhookChannel(receiver.url, "another secret", door, now)
    with pytest.raises(PermanentError, match="401"):
        channel.send(message)
    assert receiver.forgeries == 1
    assert receiver.effects == {}


def test_a_repeat_carries_the_same_id_and_a_timestamp_of_its_own(message: Message) -> None:
    poster, clock = FakePoster(), iter([NOON, NOON + timedelta(minutes=10)])
    channel = WebhookChannel("https://hook.example/", "whsec_c2VjcmV0", poster, lambda: next(clock))
    channel.send(message)
    channel.send(replace(message, is_repeat=True))
    (_, body, first), (_, again, second) = poster.posted
    assert first["webhook-id"] == second["webhook-id"] == message.id
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 600
    assert first["webhook-signature"] != second["webhook-signature"]
    assert body == again


def test_a_lost_answer_is_uncertain_and_its_repeat_has_one_effect(
    receiver: Receiver, door: Door, message: Message
) -> None:
    channel = channel_to(receiver, door)
    assert channel.can.idempotent
    receiver.fails_ambiguously(1.0, seed=1)
    with pytest.raises(UncertainError):
        channel.send(message)
    receiver.accepts()
    channel.send(message)
    assert receiver.effects == {message.id: 2}


def test_each_of_many_messages_has_one_effect_at_a_receiver_that_often_breaks_off(
    receiver: Receiver, door: Door, message: Message
) -> None:
    channel = channel_to(receiver, door)
    receiver.fails_ambiguously(0.3, seed=7)
    waiting = [replace(message, id=f"{number:064x}") for number in range(40)]
    sent = list(waiting)
    for _ in range(20):
        waiting = [each for each in waiting if not _arrives(channel, each)]
    assert waiting == []
    assert set(receiver.effects) == {each.id for each in sent}
    assert sum(receiver.posts.values()) > len(sent)  # the receiver did misbehave


def _arrives(channel: Channel, message: Message) -> bool:
    try:
        channel.send(message)
    except UncertainError:
        return False
    return True


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_success_raises_nothing(status: int, message: Message) -> None:
    WebhookChannel("https://hook.example/", "secret", FakePoster(status), now).send(message)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_a_refusal_is_permanent(status: int, receiver: Receiver, door: Door, message: Message) -> None:
    receiver.refuses(status)
    with pytest.raises(PermanentError, match=str(status)):
        channel_to(receiver, door).send(message)


def test_a_receiver_that_is_gone_is_told_apart(receiver: Receiver, door: Door, message: Message) -> None:
    receiver.refuses(410)
    with pytest.raises(GoneError, match="wants nothing any more"):
        channel_to(receiver, door).send(message)


def test_an_update_is_posted_under_its_own_id_and_edits_by_its_thread(
    receiver: Receiver, door: Door, message: Message
) -> None:
    channel = channel_to(receiver, door)
    first = channel.send(replace(message, thread="story"))
    update = replace(message, id="2", thread="story", update=1, edits=first, payload={"type": "story.alert.updated"})
    assert channel.can.edit
    assert first == channel.send(update) == "story"
    assert receiver.effects == {message.id: 1, "2": 1}
    assert channel.send(replace(message, id="3")) is None  # of no thread


def test_a_redirect_is_not_followed(receiver: Receiver, door: Door, message: Message) -> None:
    receiver.refuses(307, headers={"Location": receiver.url})
    with pytest.raises(PermanentError, match="redirect"):
        channel_to(receiver, door).send(message)
    assert receiver.posts[message.id] == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_trouble_is_transient(status: int, receiver: Receiver, door: Door, message: Message) -> None:
    receiver.refuses(status)
    with pytest.raises(TransientError) as trouble:
        channel_to(receiver, door).send(message)
    assert trouble.value.retry_after is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Wed, 19 Nov 2025 12:05:00 GMT", 300.0),
        ("Wed, 19 Nov 2025 11:00:00 GMT", 0.0),  # past: at once
        ("soon", None),  # unreadable: our own rhythm
    ],
)
def test_retry_after_is_passed_on_in_both_forms(header: str, seconds: float | None, message: Message) -> None:
    poster = FakePoster(503, {"retry-after": header})
    with pytest.raises(TransientError) as trouble:
        WebhookChannel("https://hook.example/", "secret", poster, lambda: NOON).send(message)
    assert trouble.value.retry_after == seconds


def test_a_receiver_that_is_not_there_is_transient(door: Door, message: Message) -> None:
    with Receiver() as gone:
        url = gone.url
    with pytest.raises(TransientError):
        WebhookChannel(url, gone.secret, door, now).send(message)


def test_a_clock_of_another_zone_signs_the_same_instant(message: Message) -> None:
    kyiv = timezone(timedelta(hours=2))
    one, other = FakePoster(), FakePoster()
    WebhookChannel("https://hook.example/", "secret", one, lambda: NOON).send(message)
    WebhookChannel("https://hook.example/", "secret", other, lambda: NOON.astimezone(kyiv)).send(message)
    assert one.posted == other.posted


@pytest.mark.parametrize(
    ("secret", "key"),
    [
        ("whsec_c3Rvcnl0cmFpbA==", b"storytrail"),
        ("c3Rvcnl0cmFpbA==", b"storytrail"),
        ("c3Rvcnl0cmFpbA", b"storytrail"),  # padding left out, as many generators do
        ("not base64 at all!", b"not base64 at all!"),  # a pass phrase is the key itself
        ("пароль", "пароль".encode()),
    ],
)
def test_a_secret_is_base64_or_a_pass_phrase(secret: str, key: bytes) -> None:
    assert read_secret(secret) == key


def test_a_receiver_of_a_pass_phrase_verifies_with_its_base64(message: Message) -> None:
    poster = FakePoster()
    WebhookChannel("https://hook.example/", "correct horse, battery", poster, now).send(message)
    (_, body, headers) = poster.posted[0]
    library = Webhook(base64.b64encode(b"correct horse, battery").decode())
    assert library.verify(body, dict(headers)) == json.loads(body)


@pytest.mark.parametrize("secret", ["", "whsec_"])
def test_an_empty_secret_is_refused(secret: str) -> None:
    with pytest.raises(PermanentError, match="empty"):
        read_secret(secret)
