"""Apprise channels over real loopback HTTP, and the addresses that are not let in."""

import importlib
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.site import Site
from worker.errors import PermanentError, TransientError, UncertainError
from worker.notify.apprise import SCHEMES, AppriseChannel
from worker.notify.channel import Message


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as started:
        yield started


def address(site: Site, path: str) -> str:
    return site.url(path).replace("http://", "json://reporter:hunter2@")


def received(site: Site) -> Any:
    return json.loads(site.requests[-1].body)


def test_title_and_text_arrive_as_they_are(site: Site, message: Message) -> None:
    site.serves("/desk", b"ok")
    AppriseChannel(address(site, "/desk")).send(message)
    assert received(site)["title"] == message.title
    assert received(site)["message"] == message.body
    assert received(site)["attachments"] == []


def test_a_repeat_says_so(site: Site, message: Message) -> None:
    site.serves("/desk", b"ok")
    channel = AppriseChannel(address(site, "/desk"))
    assert not channel.can.idempotent
    channel.send(replace(message, is_repeat=True))
    assert received(site)["title"] == f"[repeat] {message.title}"


def test_what_was_sent_cannot_be_edited(site: Site, message: Message) -> None:
    """Apprise says that a service took a message, and not by what id it can be found again."""
    site.serves("/desk", b"ok")
    channel = AppriseChannel(address(site, "/desk"))
    channel.send(replace(message, thread="story"))
    assert not channel.can.edit


def test_a_service_that_shows_html_gets_it(site: Site, message: Message) -> None:
    site.serves("/desk", b"ok")
    rich = replace(message, html="<p>Nineteen <b>killed</b></p>")
    plain, shows_html = AppriseChannel(address(site, "/desk")), AppriseChannel(address(site, "/desk?format=html"))
    plain.send(rich)
    assert received(site)["message"] == message.body
    shows_html.send(rich)
    assert received(site)["message"] == rich.html
    assert (plain.can.rich_text, shows_html.can.rich_text) == (False, True)


def test_a_text_too_long_for_a_service_is_cut_and_keeps_its_link(site: Site, message: Message) -> None:
    site.serves("/desk", b"ok")
    channel = AppriseChannel(address(site, "/desk?format=html"))
    assert channel.can.max_length is not None
    long = "word " * channel.can.max_length
    channel.send(replace(message, body=long, html=f"<p>{long}</p>"))
    shown = received(site)["message"]
    assert message.url in shown
    assert "</p>" not in shown


@pytest.mark.parametrize(
    ("url", "rich_text", "max_length"),
    [
        ("tgram://123456789:abcdefg_hijklmnop/12315544/", True, 4096),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js/", False, 2000),
        ("ntfy://ntfy.sh/desk", False, 7800),
    ],
)
def test_each_service_says_what_it_can(url: str, rich_text: bool, max_length: int) -> None:
    can = AppriseChannel(url).can
    assert (can.rich_text, can.max_length) == (rich_text, max_length)


def test_a_title_takes_its_room_of_the_body(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    channel, sent = AppriseChannel("tgram://123456789:abcdefg_hijklmnop/12315544/"), list[str]()

    def takes(title: str, body: str, body_format: object) -> Any:
        sent.append(title + body)
        return channel._apprise.AppriseResult(channel._apprise.AppriseResultStatus.SUCCESS)

    monkeypatch.setattr(channel, "_notify", takes)
    channel.send(replace(message, body="word " * 2_000))
    assert 4_000 < len(sent[0]) <= 4096 - 2


def test_a_service_that_refuses_is_tried_again_later(site: Site, message: Message) -> None:
    site.fails("/desk", 503)
    with pytest.raises(TransientError):
        AppriseChannel(address(site, "/desk")).send(message)


def test_a_service_that_never_answers_leaves_a_doubt(
    site: Site, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.notify.apprise.TIMEOUT_SECONDS", 0.3)
    site.stalls("/desk")
    with pytest.raises(UncertainError):
        AppriseChannel(address(site, "/desk")).send(message)


def test_a_service_that_breaks_off_leaves_a_doubt_without_its_words(
    site: Site, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = AppriseChannel(address(site, "/desk"))

    def breaks(title: str, body: str, body_format: object) -> None:
        raise RuntimeError("token hunter2 was not liked")

    monkeypatch.setattr(channel, "_notify", breaks)
    with pytest.raises(UncertainError) as doubt:
        channel.send(message)
    assert "hunter2" not in str(doubt.value)
    assert doubt.value.__suppress_context__


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "syslog://localhost",  # the machine's own log
        "dbus://",
        "windows://",
        "fcm://project:apikey/device?keyfile=/etc/passwd",  # reads a key file
        "config://example.org/list",
        "json://ok.example,file:///etc/passwd",  # a second address after a comma
        "mailto://user:hunter2@example.org?pgp=yes",
        "slack://a/b/c?template=/etc/passwd",
        "tgram://token/1?TEMPLATE=/etc/passwd",
        "tgram://token/1?a=1;template=/etc/passwd",  # Apprise splits at semicolons too
        "tgram://token/1?%74emplate=/etc/passwd",
        "no address at all",
        "",
    ],
)
def test_what_may_read_files_is_not_let_in(url: str) -> None:
    with pytest.raises(PermanentError) as refusal:
        AppriseChannel(url)
    assert "hunter2" not in str(refusal.value)
    assert "passwd" not in str(refusal.value)


@pytest.mark.parametrize("url", ["slack://hunter2", "json://", "tgram://hunter2/", "mailto://hunter2"])
def test_a_broken_address_is_refused_without_its_secrets(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(PermanentError) as refusal:
        AppriseChannel(url)
    assert "hunter2" not in str(refusal.value)
    assert "hunter2" not in caplog.text  # Apprise itself would log the token it could not read


def test_an_address_is_shown_with_its_secrets_masked(site: Site) -> None:
    shown = AppriseChannel(address(site, "/desk")).shown
    assert "hunter2" not in shown
    assert "reporter" in shown


def test_a_failed_sending_logs_no_secrets(site: Site, message: Message, caplog: pytest.LogCaptureFixture) -> None:
    site.fails("/desk", 401)
    with caplog.at_level(logging.DEBUG), pytest.raises(TransientError):
        AppriseChannel(address(site, "/desk")).send(message)
    assert "hunter2" not in caplog.text


def test_every_scheme_let_in_is_one_that_apprise_knows() -> None:
    manager: Any = importlib.import_module("apprise.manager_plugins").NotificationManager()
    assert SCHEMES - set(manager.schemas()) == set()
