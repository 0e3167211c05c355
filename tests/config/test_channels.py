import base64
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from config.channels import AppriseChannel, EmailChannel, FeedChannel, LogChannel, WebhookChannel, standard_secret
from config.mail import MailServer, read_mail_server
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
  mail:
    email: {server: "smtps://me@x.org:${AUDIT_SECRET}@mail.example.org", from: news@example.org, to: [me@example.org]}
    uncertain: stop
  reader: {feed: true}
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
    assert channels["reader"] == FeedChannel("reader")
    mail = channels["mail"]
    assert isinstance(mail, EmailChannel)
    assert (mail.sender, mail.recipients, mail.uncertain) == ("news@example.org", ("me@example.org",), "stop")
    server = read_mail_server(mail.server.get_secret_value())
    assert (server.host, server.port, server.user) == ("mail.example.org", 465, "me@x.org")


@pytest.mark.parametrize(
    ("written", "server"),
    [
        ("smtps://mail.example.org", MailServer("smtps", "mail.example.org", 465)),
        ("smtp+starttls://u:p@mail.example.org/", MailServer("smtp+starttls", "mail.example.org", 587, "u", "p")),
        ("smtp://[::1]:1025", MailServer("smtp", "::1", 1025)),
        # what an address has no room for may stand as it is, but for the percent sign
        ("smtps://u@x.org:p@ss/w:or?d#@h:465", MailServer("smtps", "h", 465, "u@x.org", "p@ss/w:or?d#")),
        ("smtps://u%3A:%25%20@h", MailServer("smtps", "h", 465, "u:", "% ")),
    ],
)
def test_a_mail_server_is_read(written: str, server: MailServer) -> None:
    read = read_mail_server(written)
    assert (read, read.password) == (server, server.password)
    assert not server.password or repr(server.password) not in repr(read)


def email(server: str = "smtps://h", sender: str = "a@example.org", to: str = "[b@example.org]") -> str:
    return f"a: {{email: {{server: '{server}', from: '{sender}', to: {to}}}}}"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (email("imap://h"), "2:23 must begin with smtps://, smtp+starttls:// or smtp://"),
        (email("smtps://u:p@h:99999"), "2:23 has a port that does not exist"),
        (
            email("smtps://h/path"),
            "2:23 must be a mail server such as smtps://user:password@mail.example.org:465; write % in it as %25",
        ),
        (
            email("smtp://u:sesame@h"),
            "2:23 would send the password over an open line: use smtps:// or smtp+starttls://",
        ),
        (email(to="[]"), "2:63 must list at least 1"),
        (email(to="['Me <b@example.org>']"), "2:64 must be a mail address alone, such as news@example.org"),
        (email(sender="nobody"), "2:42 must be a mail address alone, such as news@example.org"),
        ("a: {email: {server: smtps://h, to: [a@b.c]}}", "2:14 needs `from`"),
        ("a: {email: smtps://h}", "2:14 must be a mapping (`key: value`)"),
        ("a: {feed: yes-please}", "2:13 must be true"),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    (told,) = channels_refused(tmp_path, written)
    assert told == f"topics.yaml:{problem}"
    assert "sesame" not in told


@pytest.mark.parametrize("end", ["\\r\\n", "\\n", " ", "\\u2028", ",", ";"])
def test_an_address_is_one_address(tmp_path: Path, end: str) -> None:
    hostile = f'"a@example.org{end}Bcc:c@example.org"'
    assert channels_refused(tmp_path, email(to=f"[{hostile}]")) == [
        "topics.yaml:2:64 must be a mail address alone, such as news@example.org"
    ]


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
  c: {email: {server: "smtps://u:sesame@h", from: a@example.org, to: [b@example.org]}}
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
        ("a: {}", "2:6 needs `apprise`, `email`, `webhook`, `feed` or `log`"),
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
