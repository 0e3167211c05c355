"""Opening the channels of the topics file."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from config.channels import AppriseChannel, EmailChannel, FeedChannel, LogChannel, WebhookChannel
from tests.mailbox import Mailbox
from tests.receiver import Receiver
from worker.errors import PermanentError
from worker.fetch.door import Door, DoorPolicy
from worker.notify.channel import Message
from worker.notify.opening import open_channel


def unwanted(line: str) -> None:
    raise AssertionError(f"nothing is written here: {line}")


def test_a_webhook_is_opened_and_sends(receiver: Receiver, door: Door, message: Message) -> None:
    spec = WebhookChannel("audit", SecretStr(receiver.url), SecretStr(receiver.secret))
    open_channel("audit", spec, door, unwanted).send(message)
    assert receiver.effects == {message.id: 1}


def test_the_log_gets_one_line(door: Door, message: Message) -> None:
    lines: list[str] = []
    channel = open_channel("log", LogChannel("log"), door, lines.append)
    channel.send(message)
    assert channel.can.idempotent
    assert lines == [
        "Ankara talks – new story: Türkiye hosts a meeting | Nineteen people were killed overnight. "
        "| https://herald.example/1"
    ]


def test_a_bad_address_names_the_channel_and_no_secret(door: Door) -> None:
    spec = AppriseChannel("desk", SecretStr("slack://hunter2"))
    with pytest.raises(PermanentError, match="channel desk:") as refusal:
        open_channel("desk", spec, door, unwanted)
    assert "hunter2" not in str(refusal.value)


def test_an_apprise_address_is_opened(door: Door) -> None:
    channel = open_channel("desk", AppriseChannel("desk", SecretStr("json://127.0.0.1:1/")), door, unwanted)
    assert not channel.can.idempotent


def mail_to(port: int) -> EmailChannel:
    return EmailChannel("mail", SecretStr(f"smtp://127.0.0.1:{port}"), "a@example.org", ("b@example.org",))


def test_mail_is_opened_and_sends(door: Door, message: Message) -> None:
    with Mailbox() as mailbox:
        open_channel("mail", mail_to(mailbox.port), door, unwanted).send(message)
    assert [mail["Subject"] for mail in mailbox.mails] == [message.title]


def test_mail_goes_no_further_than_the_door(message: Message) -> None:
    with Mailbox() as mailbox, Door(DoorPolicy(user_agent="tests")) as shut:
        channel = open_channel("mail", mail_to(mailbox.port), shut, unwanted)
        with pytest.raises(PermanentError, match="not a public address"):
            channel.send(message)
    assert mailbox.envelopes == []


def test_a_feed_takes_everything_and_edits_by_thread(door: Door, message: Message) -> None:
    channel = open_channel("reader", FeedChannel("reader"), door, unwanted)
    assert channel.send(replace(message, thread="story")) == "story"
    assert channel.send(message) is None
    assert (channel.can.edit, channel.can.idempotent) == (True, True)
