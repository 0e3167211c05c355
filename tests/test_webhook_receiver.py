"""The receiver that users start from, against our own channel: it verifies, remembers, and puts updates in place."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from deploy.webhook_receiver import MAX_BODY_BYTES, Memory, is_genuine, key_of, server_of
from worker.errors import PermanentError
from worker.fetch.door import Door, DoorPolicy
from worker.notify.channel import Message
from worker.notify.webhook import WebhookChannel

SECRET = "whsec_c3Rvcnl0cmFpbC10ZXN0LXNlY3JldA=="
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "received.sqlite")


@pytest.fixture
def url(memory: Memory) -> Iterator[str]:
    with server_of("127.0.0.1", 0, key_of(SECRET), memory) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def door() -> Iterator[Door]:
    with Door(DoorPolicy(user_agent="tests", timeout_seconds=5, allow_networks=(ip_network("127.0.0.0/8"),))) as door:
        yield door


def event(update: int, **more: Any) -> dict[str, Any]:
    kind = "story.alert.updated" if update else "story.alert"
    return {"type": kind, "thread": "t", "update": update, "topic": "Київ", "new": [f"news {update}"], **more}


def message(name: str, update: int) -> Message:
    return Message(name, "", "", "", event(update), is_repeat=False, created=NOON, thread="t", update=update)


def utc_now() -> datetime:
    return datetime.now(UTC)


def test_it_acts_once_on_each_event_and_puts_the_update_in_its_place(url: str, memory: Memory, door: Door) -> None:
    channel = WebhookChannel(url, SECRET, door, utc_now)
    for sent in (message("a", 0), message("a", 0), message("b", 1), message("b", 1)):
        channel.send(sent)
    assert memory.stories() == [event(1)]


def test_an_update_that_is_overtaken_changes_nothing(memory: Memory) -> None:
    assert memory.take("b", event(2), 0)
    assert memory.take("a", event(1), 0)
    assert not memory.take("b", event(2), 0)
    assert memory.stories() == [event(2)]


def test_it_remembers_what_it_has_when_it_is_started_again(tmp_path: Path) -> None:
    file = tmp_path / "received.sqlite"
    assert Memory(file).take("a", event(0), 0)
    assert not Memory(file).take("a", event(0), 0)


def test_many_at_once_are_each_acted_on_once(memory: Memory) -> None:
    taken: list[bool] = []
    threads = [threading.Thread(target=lambda: taken.append(memory.take("a", event(0), 0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 7 + [True]


def test_a_stranger_is_refused(url: str, memory: Memory, door: Door) -> None:
    with pytest.raises(PermanentError, match="401"):
        WebhookChannel(url, "another secret of theirs", door, utc_now).send(message("a", 0))
    old = utc_now() - timedelta(minutes=6)
    with pytest.raises(PermanentError, match="401"):
        WebhookChannel(url, SECRET, door, lambda: old).send(message("a", 0))
    assert memory.stories() == []


def test_what_is_too_large_is_not_read(url: str, door: Door) -> None:
    large = replace(message("a", 0), payload=event(0, text="x" * MAX_BODY_BYTES))
    with pytest.raises(Exception, match=r"413|broke off|never answered"):
        WebhookChannel(url, SECRET, door, utc_now).send(large)


@pytest.mark.parametrize("secret", [SECRET, SECRET.removeprefix("whsec_"), SECRET.rstrip("="), "open sesame, open!"])
def test_it_verifies_as_the_library_does(secret: str) -> None:
    body, now = json.dumps(event(0)), datetime.now(UTC)
    signer = Webhook(key_of(secret))
    headers = {
        "webhook-id": "a",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": f"v1,bm9wZQ== {signer.sign('a', now, body)}",  # two, while a secret is changed
    }
    assert is_genuine(headers, body.encode(), key_of(secret), time.time())
    assert not is_genuine(headers, body.encode() + b" ", key_of(secret), time.time())
    assert not is_genuine({**headers, "webhook-id": "b"}, body.encode(), key_of(secret), time.time())
    assert not is_genuine(headers, body.encode(), key_of(secret), time.time() + 400)


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1e9", "٣", "9" * 400])
def test_no_odd_timestamp_gets_in(stamp: str) -> None:
    headers = {"webhook-id": "a", "webhook-timestamp": stamp, "webhook-signature": "v1,\u20ac"}
    assert not is_genuine(headers, b"{}", b"key", 1_000_000_000)
