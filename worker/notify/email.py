"""Mail: one message to all recipients of a channel, in text and HTML, through the user's own server.

The Message-ID is made of the message's own id and is the same on every attempt, so that many readers' programs show a
repeat once; not all do, so a repeat says that it is one. Messages of one thread refer to the same id, which no message
has: programs group by it (RFC 5322, 3.6.4), and none waits for a first message that may have been deleted.

What is said to the server is `worker.notify.smtp`'s matter.
"""

import hashlib
import re
from collections.abc import Callable
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from html import escape
from typing import Any

from config.mail import MailServer
from worker.notify.channel import Abilities, Message
from worker.notify.smtp import Letter

REPEATED = "This may have reached you before: its first sending ended without an answer."
UNNAMED = "alerts"

_NOT_IN_A_HEADER = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
_UNPAIRED = re.compile(r"[\x00\ud800-\udfff]")


class _Bare:
    """A header of ids, on one line: the library would encode one that is too long for its liking, and break it."""

    max_count = 1
    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["decoded"] = value
        kwds["parse_tree"] = None

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("Message-ID", "In-Reply-To", "References", "List-Id"):
        registry.map_to_type(name, _Bare)  # type: ignore[arg-type]  # it mixes the class with its own
    return registry


_POLICY = SMTP.clone(cte_type="7bit", header_factory=_headers())


class EmailChannel:
    """Sends mail. Programs cannot be made to replace one that they have, so an update is a mail of its thread."""

    can = Abilities(rich_text=True, threads=True)

    def __init__(
        self,
        server: MailServer,
        sender: str,
        recipients: tuple[str, ...],
        hand_over: Callable[[MailServer, Letter], None],
    ) -> None:
        self._server = server
        self._sender = sender
        self._recipients = recipients
        self._hand_over = hand_over

    def send(self, message: Message) -> None:
        mail = compose(message, self._sender, self._recipients)
        self._hand_over(self._server, Letter(self._sender, self._recipients, mail.as_bytes()))


def compose(message: Message, sender: str, recipients: tuple[str, ...]) -> EmailMessage:
    """The mail as it is sent. The same message gives the same mail."""
    domain = sender.rpartition("@")[2]
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address("Storytrail", addr_spec=sender)
    mail["To"] = [Address(addr_spec=recipient) for recipient in recipients]
    mail["Subject"] = _header(message.title)
    mail["Date"] = format_datetime(message.created)
    mail["Message-ID"] = f"<{_id_part(message.id)}@{domain}>"
    if message.thread:
        root = f"<thread.{_digest(message.thread)}@{domain}>"
        mail["In-Reply-To"] = root
        mail["References"] = root
    mail["List-Id"] = _list_id(message.topic, domain)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine is to answer
    _fill(mail, message)
    return mail


def _fill(mail: EmailMessage, message: Message) -> None:
    """The text, and beside it the HTML if there is any. Encoded, so that no line is too long for a server."""
    text = f"{REPEATED}\n\n{message.body}" if message.is_repeat else message.body
    mail.set_content(_UNPAIRED.sub("", text) + "\n", cte="quoted-printable")
    if message.html:
        mail.add_alternative(_UNPAIRED.sub("", _page(message)), subtype="html", cte="quoted-printable")
        mail.set_boundary(_digest(message.id))


def _page(message: Message) -> str:
    """The fragment as a page: one column, letters as large as a phone's, the reader's own colours."""
    repeated = f"<p><i>{REPEATED}</i></p>" if message.is_repeat else ""
    title = escape(_header(message.title))
    return (
        "<!DOCTYPE html>\n"
        '<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{title}</title></head>\n"
        '<body style="margin:0;padding:16px;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif">\n'
        '<div style="max-width:600px">\n'
        f'{repeated}<h1 dir="auto" style="font-size:19px;line-height:1.3;margin:0 0 12px">{title}</h1>\n'
        f"{_one_element_a_line(message.html)}\n"
        "</div></body></html>\n"
    )


def _one_element_a_line(html: str) -> str:
    return html.replace("</p>", "</p>\n").replace("</li>", "</li>\n")


def _header(text: str) -> str:
    """One line: the library refuses line breaks, and what came from outside must not stop an alert."""
    return _NOT_IN_A_HEADER.sub(" ", text).strip()


def _list_id(topic: str, domain: str) -> str:
    """By this programs sort mail into folders (RFC 2919): a topic is a list. Its name may have no letter of ASCII."""
    name = _NOT_IN_AN_ID.sub("-", topic.lower()).strip("-") or "topic"
    return f"<{name[:40].strip('-')}.{_digest(topic)[:8]}.{UNNAMED}.{domain}>"


def _id_part(text: str) -> str:
    """Keys are hexadecimal; anything else is made so, as not every letter may stand in an id."""
    return text if re.fullmatch(r"[A-Za-z0-9._-]{1,100}", text) else _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
