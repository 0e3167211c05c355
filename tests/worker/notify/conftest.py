"""What the channel tests share: a message, and the real door, let out to loopback."""

from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from tests.receiver import Receiver
from worker.fetch.door import Door, DoorPolicy
from worker.notify.channel import Message


@pytest.fixture
def message() -> Message:
    return Message(
        id="5f" * 32,
        title="Ankara talks – new story: Türkiye hosts a meeting",
        body="Nineteen people were killed overnight.\nThe Herald\nhttps://herald.example/1",
        url="https://herald.example/1",
        payload={"type": "story.alert", "topic": "Ankara talks", "new": ["Київ чекає на зустріч."]},
        is_repeat=False,
        created=datetime(2025, 11, 19, 12, tzinfo=UTC),
    )


@pytest.fixture
def door() -> Iterator[Door]:
    policy = DoorPolicy(user_agent="Storytrail tests", timeout_seconds=5, allow_networks=(ip_network("127.0.0.0/8"),))
    with Door(policy) as opened:
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as started:
        yield started
