"""Mail over real loopback connections: what arrives, and what each way to fail is told as."""

import logging
import ssl
from dataclasses import replace
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path

import pytest

from config.mail import MailServer, read_mail_server
from tests.mailbox import BREAKS_OFF, STALLS, Mailbox, Scripted, free_port
from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.guard import RefusedError
from worker.notify.channel import Message
from worker.notify.email import REPEATED, EmailChannel, compose
from worker.notify.smtp import Letter, MailDoor

CERTIFICATE = Path(__file__).parent / "certificate.pem"  # of 127.0.0.1, made for these tests, known to nobody else
LOOPBACK = (ip_network("127.0.0.0/8"),)
SENDER, ANNA, BORIS = "news@desk.example", "anna@desk.example", "boris@desk.example"


def door(seconds: float = 5, tls: ssl.SSLContext | None = None) -> MailDoor:
    return MailDoor(LOOPBACK, timeout_seconds=seconds, tls=tls)


def channel(server: str, *to: str, by: MailDoor | None = None) -> EmailChannel:
    return EmailChannel(read_mail_server(server), SENDER, to or (ANNA,), (by or door()).hand_over)


def open_server(port: int) -> str:
    return f"smtp://127.0.0.1:{port}"


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return "\n".join(str(found.get_content()).splitlines())


@pytest.fixture
def server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.fixture
def client_tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def test_text_and_html_arrive(message: Message) -> None:
    rich = replace(message, html="<p>Nineteen <b>killed</b></p>", body="Київ\n.a dot\n" + "x" * 2_000)
    with Mailbox() as mailbox:
        channel(open_server(mailbox.port), ANNA, BORIS).send(rich)
    (mail,) = mailbox.mails
    assert mail["Subject"] == message.title
    assert (mail["From"], mail["To"]) == (f"Storytrail <{SENDER}>", f"{ANNA}, {BORIS}")
    assert mailbox.envelopes[0].rcpt_tos == [ANNA, BORIS]
    assert part(mail, "plain") == rich.body
    assert "<p>Nineteen <b>killed</b></p>" in part(mail, "html")
    assert max(map(len, mailbox.envelopes[0].content.splitlines())) < 998


def test_every_attempt_is_the_same_mail(message: Message) -> None:
    """By the Message-ID programs drop what they have."""
    rich = replace(message, html="<p>Hi</p>", thread="t")
    first, again = compose(rich, SENDER, (ANNA,)), compose(rich, SENDER, (ANNA,))
    assert first.as_bytes() == again.as_bytes()
    assert first["Message-ID"] == f"<{message.id}@desk.example>"
    assert compose(replace(rich, id="другий"), SENDER, (ANNA,))["Message-ID"] != first["Message-ID"]


def test_a_repeat_says_so_and_keeps_its_subject(message: Message) -> None:
    repeated = compose(replace(message, is_repeat=True, html="<p>Hi</p>"), SENDER, (ANNA,))
    assert repeated["Subject"] == message.title
    assert part(repeated, "plain").startswith(REPEATED)
    assert REPEATED in part(repeated, "html")


def test_mails_of_a_thread_refer_to_the_same_id(message: Message) -> None:
    first = compose(replace(message, thread="story"), SENDER, (ANNA,))
    second = compose(replace(message, id="2", thread="story", update=1), SENDER, (ANNA,))
    other = compose(replace(message, id="3", thread="another"), SENDER, (ANNA,))
    assert first["References"] == second["References"] == second["In-Reply-To"] != other["References"]
    assert compose(message, SENDER, (ANNA,))["References"] is None


def test_a_topic_is_a_list_of_its_own(message: Message) -> None:
    def list_of(topic: str) -> str:
        return str(compose(replace(message, topic=topic), SENDER, (ANNA,))["List-Id"])

    assert list_of("Ankara talks").startswith("<ankara-talks.")
    assert len({list_of("Київ"), list_of("Львів"), list_of("Ankara talks"), list_of("ankara-talks")}) == 4


def test_no_answering_machine_is_to_answer(message: Message) -> None:
    mail = compose(message, SENDER, (ANNA,))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Wed, 19 Nov 2025 12:00:00 +0000"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x00", "\u2028", "\x0b", "\x85", "\ud800"])
def test_no_header_can_be_smuggled_in(end: str, message: Message) -> None:
    hostile = f"News{end}Bcc: all@example.org"
    mail = compose(replace(message, title=hostile, topic=hostile, thread=hostile, id=hostile), SENDER, (ANNA,))
    assert mail["Bcc"] is None
    assert b"\r\nBcc" not in mail.as_bytes()
    assert mail["Subject"].split() == ["News", "Bcc:", "all@example.org"]


def test_a_long_name_breaks_no_id(message: Message) -> None:
    """The library would encode ids that are longer than it likes a line to be."""
    sender = f"news@{'a-long-name.' * 12}example"
    raw = compose(replace(message, thread="t"), sender, (ANNA,)).as_bytes().decode()
    ids = [line for line in raw.splitlines() if line.startswith(("Message-ID", "In-Reply-To", "References", "List-Id"))]
    assert len(ids) == 4
    assert all(line.endswith("example>") and "=?" not in line for line in ids)


def test_it_logs_in_and_encrypts_from_the_first_byte(
    message: Message, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    with Mailbox(login=("user", "p@ss/w:ord"), tls=server_tls, from_the_start=True) as mailbox:
        server = f"smtps://user:p@ss/w:ord@127.0.0.1:{mailbox.port}"
        channel(server, by=door(tls=client_tls)).send(message)
    assert len(mailbox.mails) == 1


def test_it_encrypts_before_it_logs_in(
    message: Message, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    with Mailbox(login=("user", "hunter2"), tls=server_tls) as mailbox:
        channel(f"smtp+starttls://user:hunter2@127.0.0.1:{mailbox.port}", by=door(tls=client_tls)).send(message)
    assert mailbox.encrypted == [True]


def test_a_certificate_of_nobody_is_refused(message: Message, server_tls: ssl.SSLContext) -> None:
    with Mailbox(login=("user", "hunter2"), tls=server_tls) as mailbox, pytest.raises(TransientError) as refusal:
        channel(f"smtp+starttls://user:hunter2@127.0.0.1:{mailbox.port}").send(message)
    assert mailbox.envelopes == []
    assert "hunter2" not in str(refusal.value)


def test_a_server_that_will_not_encrypt_gets_no_password(message: Message) -> None:
    with Scripted({"STARTTLS": b"502 no"}) as server, pytest.raises(PermanentError, match="STARTTLS"):
        channel(f"smtp+starttls://user:hunter2@127.0.0.1:{server.port}").send(message)


def test_a_wrong_password_is_told_without_it(
    message: Message, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        Mailbox(login=("user", "right"), tls=server_tls, from_the_start=True) as mailbox,
        pytest.raises(PermanentError, match="535") as refusal,
    ):
        channel(f"smtps://user:hunter2@127.0.0.1:{mailbox.port}", by=door(tls=client_tls)).send(message)
    assert "hunter2" not in f"{refusal.value!r} {refusal.value.__cause__!r} {caplog.text}"
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"HELLO": b"421 busy"}, TransientError),
        ({"HELLO": b"554 not you"}, PermanentError),
        ({"HELLO": b"HTTP/1.1 400 Bad Request"}, TransientError),  # no mail server at all
        ({"HELLO": BREAKS_OFF}, TransientError),
        ({"EHLO": b"421 busy", "HELO": b"421 busy"}, TransientError),
        ({"MAIL": b"451 later"}, TransientError),
        ({"MAIL": b"550 who are you"}, PermanentError),
        ({"RCPT": b"450 greylisted"}, TransientError),
        ({"RCPT": b"550 unknown"}, PermanentError),
        ({"RCPT": BREAKS_OFF}, TransientError),
        ({"DATA": b"451 later"}, TransientError),
        ({"DATA": b"554 no"}, PermanentError),
        ({"DATA": BREAKS_OFF}, TransientError),
        ({"LETTER": b"451 disk full"}, TransientError),
        ({"LETTER": b"554 looks like spam"}, PermanentError),
        # After the last byte nobody knows.
        ({"LETTER": BREAKS_OFF}, UncertainError),
        ({"LETTER": b"what?"}, UncertainError),
        ({"LETTER": b"250 " + b"x" * 20_000}, UncertainError),
        ({"LETTER": b"\r\n".join([b"250-and so on"] * 100_000)}, UncertainError),  # it talks without end
    ],
)
def test_what_a_server_says_decides(answers: dict[str, bytes], kind: type[Exception], message: Message) -> None:
    with Scripted(answers) as server, pytest.raises(kind) as failure:
        channel(open_server(server.port)).send(message)
    assert type(failure.value) is kind


@pytest.mark.parametrize(("command", "kind"), [("HELLO", TransientError), ("LETTER", UncertainError)])
def test_a_silent_server_holds_nobody_beyond_the_deadline(
    command: str, kind: type[Exception], message: Message
) -> None:
    with Scripted({command: STALLS}) as server, pytest.raises(kind):
        channel(open_server(server.port), by=door(seconds=0.3)).send(message)


def test_a_server_that_is_not_there_is_tried_again(message: Message) -> None:
    with pytest.raises(TransientError, match=r"no connection to 127\.0\.0\.1"):
        channel(open_server(free_port())).send(message)


def test_the_others_get_what_one_recipient_is_refused(message: Message) -> None:
    with Mailbox(refuses={ANNA: "550 unknown"}) as mailbox:
        channel(open_server(mailbox.port), ANNA, BORIS).send(message)
    assert mailbox.envelopes[0].rcpt_tos == [BORIS]


def test_a_full_mailbox_holds_nobody_up(message: Message) -> None:
    with Mailbox(refuses={ANNA: "452 4.2.2 mailbox full"}) as mailbox:
        channel(open_server(mailbox.port), ANNA, BORIS).send(message)
    assert mailbox.envelopes[0].rcpt_tos == [BORIS]


@pytest.mark.parametrize("refused", [ANNA, BORIS])
def test_nobody_gets_twice_what_one_cannot_get_yet(refused: str, message: Message) -> None:
    with Mailbox(refuses={refused: "450 4.7.1 greylisted"}) as mailbox, pytest.raises(TransientError, match="450"):
        channel(open_server(mailbox.port), ANNA, BORIS).send(message)
    assert mailbox.envelopes == []


def test_when_all_are_refused_one_for_now_it_is_tried_again(message: Message) -> None:
    refuses = {ANNA: "550 unknown", BORIS: "450 later"}
    with Mailbox(refuses=refuses) as mailbox, pytest.raises(TransientError):
        channel(open_server(mailbox.port), ANNA, BORIS).send(message)


@pytest.mark.parametrize(
    ("host", "resolved"),
    [("127.0.0.1", "127.0.0.1"), ("mail.example", "169.254.169.254"), ("mail.example", "10.0.0.8")],
)
def test_no_mail_goes_where_the_guard_lets_nobody(host: str, resolved: str) -> None:
    closed = MailDoor((), resolve=lambda *_: [resolved])
    with pytest.raises(RefusedError, match="not a public address"):
        closed.hand_over(MailServer("smtp", host, 25), Letter(SENDER, (ANNA,), b""))


def test_public_hosts_are_asked_on_ports_of_mail_only() -> None:
    shut = MailDoor((), resolve=lambda *_: ["93.184.216.34"])
    with pytest.raises(RefusedError, match="port 6379"):
        shut.hand_over(MailServer("smtp", "mail.example", 6379), Letter(SENDER, (ANNA,), b""))


@pytest.mark.parametrize("content", [b".\r\n.\r\n", b"a\r\n.\r\nRCPT TO:<x@y>\r\n", b"no end", b"a\n.\nb\r.\rc"])
def test_a_letter_cannot_end_before_its_end(content: bytes) -> None:
    with Scripted({}) as server:
        door().hand_over(MailServer("smtp", "127.0.0.1", server.port), Letter(SENDER, (ANNA,), content))
    (letter,) = server.letters  # it came whole, as one
    lines = letter.split(b"\r\n")
    assert all(line.startswith(b"..") for line in lines if line.startswith(b"."))
    assert b"\n" not in letter.replace(b"\r\n", b"")


def test_a_channel_can_thread_but_not_edit(message: Message) -> None:
    sent: list[Letter] = []
    mail = EmailChannel(MailServer("smtp", "mail.example", 25), SENDER, (ANNA,), lambda _, letter: sent.append(letter))
    mail.send(message)
    assert (mail.can.edit, mail.can.idempotent, mail.can.rich_text, mail.can.threads) == (False, False, True, True)
    assert sent[0].recipients == (ANNA,)
