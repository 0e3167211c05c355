import base64
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from config.channels import AppriseChannel, LogChannel, WebhookChannel, standard_secret
from config.topics import load_topics
from tests.config.written import refused_topics, topics, write


def channels_refused(folder: Path, written: str) -> list[str]:
    return refused_topics(folder, f"channels:\n  {written}\n")


def test_the_log_is_always_there(tmp_path: Path) -> None:
    assert topics(tmp_path, "").channels == {"log": LogChannel("log")}
    assert topics(tmp_path, "channels: {log: {log: true, uncertain: stop}}").channels["log"].uncertain == "stop"


def test_each_kind_of_channel_is_read(tmp_path: Path) -> None:
    channels = topics(
        tmp_path,
        """
channels:
  desk: {apprise: "${DESK_URL}"}
  audit: {webhook: "https://example.org/hook?to=$$1", secret: "${AUDIT_SECRET}", uncertain: stop}
  diary: {log: true}
""",
    ).channels
    desk, audit = channels["desk"], channels["audit"]
    assert isinstance(desk, AppriseChannel)
    assert (desk.kind, desk.url.get_secret_value(), desk.uncertain) == ("apprise", "ntfy://ntfy.example/desk", "repeat")
    assert isinstance(audit, WebhookChannel)
    assert (audit.kind, audit.url.get_secret_value(), audit.uncertain) == (
        "webhook",
        "https://example.org/hook?to=$1",
        "stop",
    )
    assert channels["diary"] == LogChannel("diary")


def test_a_secret_is_filled_in_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("ntfy://from.file/desk\n")
    path = write(tmp_path, 'channels: {desk: {apprise: "${DESK}"}}')
    channel = load_topics(path, environ={"DESK_FILE": str(tmp_path / "secret")}).channels["desk"]
    assert isinstance(channel, AppriseChannel)
    assert channel.url.get_secret_value() == "ntfy://from.file/desk"


def test_addresses_and_secrets_are_not_shown(tmp_path: Path) -> None:
    content = """
channels:
  a: {apprise: "tgram://sesame/1"}
  b: {webhook: "https://x.org/sesame", secret: sesame-sesame-sesame}
"""
    assert "sesame" not in repr(topics(tmp_path, content))
    assert "sesame" not in "".join(channels_refused(tmp_path, "a: {webhook: 'sesame://x', secret: sesame}"))


def test_a_variable_that_is_not_set_is_told_at_its_place(tmp_path: Path) -> None:
    assert channels_refused(tmp_path, 'a: {webhook: "https://${HOST}/${WAY}", secret: "${SECRET}"}') == [
        "topics.yaml:2:25 HOST is not set in the environment (nor is HOST_FILE)",
        "topics.yaml:2:33 WAY is not set in the environment (nor is WAY_FILE)",
        "topics.yaml:2:51 SECRET is not set in the environment (nor is SECRET_FILE)",
    ]


def test_a_twin_that_cannot_be_read_is_told_at_the_place_too(tmp_path: Path) -> None:
    path = write(tmp_path, "channels:\n  a:\n    apprise: ${DESK}\n")
    with pytest.raises(Exception, match=r"topics.yaml:3:14 DESK_FILE names a file that cannot be read"):
        load_topics(path, environ={"DESK_FILE": str(tmp_path / "none")})


def test_only_channels_are_filled_in(tmp_path: Path) -> None:
    assert topics(tmp_path, "topics: [{name: a, query: '${DESK_URL} $$'}]").topics[0].query == "${DESK_URL} $$"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("a: {}", "2:6 needs `apprise`, `webhook` or `log`"),
        ("a:", "2:3 must be a mapping (`key: value`), not empty"),
        ("a: ntfy://x", "2:6 must be a mapping (`key: value`)"),
        ("a: {log: false}", "2:12 must be true"),
        ("a: {log: true, apprise: 'x://y'}", "2:12 a channel has one way out, and this one has `apprise` already"),
        ("a: {webhook: 'https://x'}", "2:6 a webhook needs `secret`"),
        ("a: {log: true, secret: 0123456789abcdefg}", "2:26 only a webhook has a secret"),
        ("a: {webhook: 'https://x', secret: fifteen-charact}", "2:37 must have at least 16 characters"),
        ("a: {webhook: 'https://x', secret: whsec_fifteen}", "2:37 must have at least 16 characters"),
        ("a: {webhook: 'https://x', secret: whsec_not-base-64-at-all}", "2:37 must be base64 after `whsec_`"),
        ("a: {log: true, uncertain: ask}", "2:29 must be repeat or stop"),
        ("a: {log: true, uncertian: stop}", "2:18 unknown key `uncertian`; did you mean `uncertain`?"),
        ("'a b': {log: true}", "2:3 a channel's name has 1 to 50 letters, digits, `.`, `_` or `-`"),
        ("log: {apprise: 'x://y'}", "2:3 `log` is always there as {log: true}: name this channel otherwise"),
    ],
)
def test_what_is_no_channel_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    assert channels_refused(tmp_path, written) == [f"topics.yaml:{problem}"]


@pytest.mark.parametrize("address", ["example.org/hook", "ftp://example.org", "https://", "https://u:p@example.org/"])
def test_what_is_no_web_address_is_refused(tmp_path: Path, address: str) -> None:
    (problem,) = channels_refused(tmp_path, f"a: {{webhook: '{address}', secret: 0123456789abcdef}}")
    assert problem.startswith("topics.yaml:2:16 must ")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("whsec_" + base64.b64encode(b"k" * 24).decode(), b"k" * 24),
        (base64.b64encode(b"k" * 24).decode(), b"k" * 24),
        # Padding is often left out.
        (base64.b64encode(b"k" * 25).decode().rstrip("="), b"k" * 25),
        # A pass phrase is used as its bytes.
        ("open sesame, open sesame", b"open sesame, open sesame"),
        ("відчинися, сезаме", "відчинися, сезаме".encode()),
    ],
)
def test_a_secret_gives_the_key_that_receivers_use(written: str, key: bytes) -> None:
    secret = standard_secret(written)
    assert secret.startswith("whsec_")
    assert Webhook(secret)._whsecret == key
