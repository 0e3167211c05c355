"""The services that Apprise knows: mail, chat, phones. One address, one service.

Apprise opens its own connections, past our guard against private addresses, and some of its addresses read files or run
programs. So only services that do neither are let in, by their scheme, and no arguments that name a file. What it logs
may hold tokens, so it logs nothing.

It says whether a service took a message, and not by what id the service knows it (Apprise 2.2). So nothing that was
sent can be edited, though Slack or Telegram could: an update is a message of its own, and its title says which.
"""

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from worker.errors import PermanentError, TransientError, UncertainError
from worker.notify.channel import Abilities, Message
from worker.stages.message import fitted

TIMEOUT_SECONDS = 45.0
REPEAT_MARK = "[repeat] "

SCHEMES = frozenset(
    re.findall(
        r"\w+",
        # chat
        "slack tgram discord workflow workflows gchat matrix matrixs mmost mmosts rocket rockets zulip webex wxteams "
        "nctalk nctalks ncloud nclouds signal signals whatsapp line revolt guilded synology synologys lark feishu "
        "dingtalk twist ryver mastodon mastodons toot toots bsky bluesky threema "
        # phones and desktops
        "ntfy ntfys gotify gotifys pover pbul prowl bark barks join spush pushed pushy pushme psafer psafers pushdeer "
        "pushdeers simplepush push notica noticas schan hassio hassios ifttt onesignal "
        # mail and text messages
        "mailto mailtos mailgun sendgrid resend brevo smtp2go sparkpost ses sns twilio vonage nexmo msgbird clicksend "
        "d7sms plivo sinch bulksms "
        # on call, and programs
        "pagerduty opsgenie splunk victorops signl4 json jsons xml xmls form forms apprise apprises",
    )
)
# Each names a file, a key or a template on this machine in at least one service.
_FILE_ARGUMENTS = frozenset(["template", "keyfile", "subfile", "pgp", "pgpkey", "attach", "include", "config"])


class AppriseChannel:
    """Sends a message's title and body through one service. Its receivers do not know a repeat, so it is marked.

    A service that shows HTML, or whose address says `format=html`, gets it unless it is too long: markup cannot be cut.
    Apprise tells failures apart only by time: a refusal and an answer lost on the way both count as not sent.
    """

    def __init__(self, url: str) -> None:
        _check(url)
        self._apprise = _load_apprise()
        # Made here and not by `add`, which would take a second address after a comma.
        self._service = self._apprise.Apprise.instantiate(url)
        if self._service is None:
            raise PermanentError(f"Apprise cannot read the {_scheme(url)} address: a part is missing or wrong")
        shows_html = self._service.resolve_format() == self._apprise.NotifyFormat.HTML
        self.can = Abilities(rich_text=shows_html, max_length=self._service.body_maxlen or None)

    @property
    def shown(self) -> str:
        """The address with its secrets masked."""
        return str(self._service.url(privacy=True))

    def send(self, message: Message) -> None:
        title = f"{REPEAT_MARK}{message.title}" if message.is_repeat else message.title
        body, body_format = self._body(message, self._room(title))
        try:
            result = self._notify(title, body, body_format)
        except Exception as error:
            # Its text may hold tokens, and so may the chain of causes.
            raise UncertainError(f"the service broke off with {type(error).__name__}") from None
        if result.status is self._apprise.AppriseResultStatus.TIMEOUT:
            raise UncertainError(f"the service did not answer in {TIMEOUT_SECONDS:.0f} s")
        if not result:
            raise TransientError("the service did not take the message")

    def _room(self, title: str) -> int | None:
        """Characters for the body. Services that know no titles get them at the body's beginning."""
        limit = self.can.max_length
        shares = self._service.title_maxlen <= 0 or self._service.overflow_amalgamate_title
        return limit if limit is None or not shares else max(limit - len(title) - len("\r\n"), 0)

    def _body(self, message: Message, room: int | None) -> tuple[str, Any]:
        formats = self._apprise.NotifyFormat
        if self.can.rich_text and message.html and (room is None or len(message.html) <= room):
            return message.html, formats.HTML
        return fitted(message.body, room, message.url), formats.TEXT

    def _notify(self, title: str, body: str, body_format: Any) -> Any:
        services = self._apprise.Apprise()
        services.add(self._service)
        return services.notify(title=title, body=body, body_format=body_format, timeout=TIMEOUT_SECONDS)


@lru_cache(maxsize=1)
def _load_apprise() -> Any:
    """Apprise, imported when the first of its channels is opened: it takes more than half a second."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    return apprise


def _check(url: str) -> None:
    """Refuse what may read files. The refusal names the scheme and the argument alone: the rest is secret."""
    scheme = _scheme(url)
    if scheme not in SCHEMES:
        raise PermanentError(f"{scheme or 'this'} is not among the Apprise services that Storytrail lets in")
    for name in _arguments(url):
        if name in _FILE_ARGUMENTS:
            raise PermanentError(f"the argument {name} of a {scheme} address is not let in: it may name a file")


def _scheme(url: str) -> str:
    scheme, mark, _ = url.partition("://")
    return scheme.strip().lower() if mark and scheme.strip().isalnum() else ""


def _arguments(url: str) -> Iterator[str]:
    """The names of the address's arguments as Apprise reads them: apart at & and ; alike."""
    for argument in re.split(r"[&;?]", url.partition("?")[2]):
        yield unquote_plus(argument.partition("=")[0]).strip().lower()
