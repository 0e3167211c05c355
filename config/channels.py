"""The channels of the topics file: where alerts go. What mail needs is in `config.mail`.

```yaml
channels:
  desk:  {apprise: "${DESK_URL}"}
  audit: {webhook: "https://example.org/hook", secret: "${AUDIT_SECRET}"}
  mail:  {email: {server: "smtps://user:${PASSWORD}@mail.example.org", from: news@example.org, to: [me@example.org]}}
  feed:  {feed: true}
```
Addresses and secrets are filled in from the environment and kept out of every `repr`. Sending is the worker's work.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic.config import JsonDict

from config.addresses import web_address
from config.document import KEY, Document, Findings
from config.environment import fill
from config.mail import MailAddress, mail_server
from config.messages import either, refuse, refuse_keys
from config.nodes import Value
from config.places import Loc
from config.shape import Shape

BUILT_IN = "log"
MIN_SECRET_LENGTH = 16
SECRET_PREFIX = "whsec_"  # noqa: S105  the mark that Standard Webhooks puts before a secret, not a secret

_NAME = re.compile(r"[\w.-]{1,50}")
_APPRISE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")

Uncertain = Literal["repeat", "stop"]


@dataclass(frozen=True, slots=True)
class AppriseChannel:
    """One of the services that Apprise knows: mail, chat, a phone."""

    kind: ClassVar[Literal["apprise"]] = "apprise"
    name: str
    url: SecretStr  # it holds the token
    uncertain: Uncertain = "repeat"


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """A signed POST to an address, after Standard Webhooks. `secret` is always `whsec_` and base64."""

    kind: ClassVar[Literal["webhook"]] = "webhook"
    name: str
    url: SecretStr  # many receivers put a token into the path
    secret: SecretStr
    uncertain: Uncertain = "repeat"


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """Mail to some people, through a server that takes it from us. `server` is an address `config.mail` can read."""

    kind: ClassVar[Literal["email"]] = "email"
    name: str
    server: SecretStr  # it holds the password
    sender: str
    recipients: tuple[str, ...]
    uncertain: Uncertain = "repeat"


@dataclass(frozen=True, slots=True)
class FeedChannel:
    """RSS, Atom and JSON Feed of each topic that tells it, at the web page's address."""

    kind: ClassVar[Literal["feed"]] = "feed"
    name: str
    uncertain: Uncertain = "repeat"


@dataclass(frozen=True, slots=True)
class LogChannel:
    """A line in Storytrail's own log."""

    kind: ClassVar[Literal["log"]] = "log"
    name: str
    uncertain: Uncertain = "repeat"


Channel = AppriseChannel | EmailChannel | FeedChannel | LogChannel | WebhookChannel
KINDS = ("apprise", "email", "webhook", "feed", "log")  # as an error lists them


def standard_secret(text: str) -> str:
    """A webhook's secret as Standard Webhooks writes it: `whsec_` and base64.

    Base64, with or without `whsec_`, is kept, as the receivers' libraries read it. Any other text is a pass phrase:
    its UTF-8 bytes are the key, and the receiver needs the key in the form that is returned here.
    """
    encoded = text.removeprefix(SECRET_PREFIX)
    if len(encoded) < MIN_SECRET_LENGTH:
        refuse(f"must have at least {MIN_SECRET_LENGTH} characters")
    if _is_base64(encoded):
        return SECRET_PREFIX + encoded
    if encoded != text:
        refuse(f"must be base64 after `{SECRET_PREFIX}`")
    return SECRET_PREFIX + base64.b64encode(text.encode()).decode()


def _is_base64(text: str) -> bool:
    padding = "=" * (-len(text) % 4)
    try:
        base64.b64decode(text + padding, validate=True)
    except (binascii.Error, ValueError):  # ValueError: characters beyond ASCII
        return False
    return True


def _apprise_address(text: str) -> str:
    if not _APPRISE.fullmatch(text):
        refuse("must be an Apprise address, such as ntfy://ntfy.sh/my-desk or mailto://user:password@example.org")
    return text


def _channel_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        refuse("a channel's name has 1 to 50 letters, digits, `.`, `_` or `-`")
    return text


ChannelName = Annotated[str, AfterValidator(_channel_name)]


class EmailShape(Shape):
    """Mail, and who gets it."""

    server: Annotated[str, AfterValidator(mail_server)] = Field(
        repr=False,
        description="smtps://USER:PASSWORD@HOST (port 465), smtp+starttls://… (587), or smtp://HOST (25) without "
        "a password, for a relay nearby.",
        examples=["smtps://user:${PASSWORD}@mail.example.org:465"],
    )
    sender: MailAddress = Field(alias="from", description="The address that the mail comes from.")
    recipients: tuple[MailAddress, ...] = Field(
        alias="to", min_length=1, max_length=100, description="The addresses that get it; each sees the others."
    )


def _one_of_each(schema: JsonDict) -> None:
    schema["oneOf"] = [{"required": [kind, "secret"] if kind == "webhook" else [kind]} for kind in KINDS]


class ChannelShape(Shape):
    """Where alerts go: exactly one of `apprise`, `email`, `webhook` with `secret`, `feed`, or `log`."""

    model_config = ConfigDict(json_schema_extra=_one_of_each)

    apprise: Annotated[str, AfterValidator(_apprise_address)] | None = Field(
        default=None,
        repr=False,
        description="An Apprise address; `${NAME}` is filled in from the environment.",
        examples=["${DESK_URL}"],
    )
    webhook: Annotated[str, AfterValidator(web_address)] | None = Field(
        default=None,
        repr=False,
        description="An http or https address that takes signed POST requests (Standard Webhooks).",
    )
    secret: Annotated[str, AfterValidator(standard_secret)] | None = Field(
        default=None,
        repr=False,
        description="The webhook's secret: base64, with or without `whsec_`, or a pass phrase (from 16 characters).",
        examples=["${AUDIT_SECRET}"],
    )
    email: EmailShape | None = Field(default=None, description="A mail server, and who writes to whom.")
    feed: Literal[True] | None = Field(
        default=None,
        description="`true`: RSS, Atom and JSON Feed of the topic, at the web page's address; "
        "`storytrail channels list` says where.",
    )
    log: Literal[True] | None = Field(default=None, description="`true`: a line in the log.")
    uncertain: Uncertain = Field(
        default="repeat",
        description="After a crash while sending: `repeat` sends again, marked as a possible repetition; "
        "`stop` sends nothing and shows it.",
    )

    @model_validator(mode="after")
    def _is_one_channel(self) -> Self:
        refuse_keys("channel", self._contradictions())
        return self

    def _contradictions(self) -> Iterator[tuple[Loc, str]]:
        kinds = [kind for kind in KINDS if getattr(self, kind) is not None]
        if not kinds:
            yield (), f"needs {either([f'`{kind}`' for kind in KINDS])}"
        for kind in kinds[1:]:
            yield (kind,), f"a channel has one way out, and this one has `{kinds[0]}` already"
        if "webhook" in kinds and self.secret is None:
            yield (), "a webhook needs `secret`"
        if self.secret is not None and "webhook" not in kinds:
            yield ("secret",), "only a webhook has a secret"

    def named(self, name: str) -> Channel:
        """The channel under its name."""
        if self.apprise is not None:
            return AppriseChannel(name, SecretStr(self.apprise), self.uncertain)
        if self.webhook is not None and self.secret is not None:
            return WebhookChannel(name, SecretStr(self.webhook), SecretStr(self.secret), self.uncertain)
        if self.email is not None:
            mail = self.email
            return EmailChannel(name, SecretStr(mail.server), mail.sender, mail.recipients, self.uncertain)
        return FeedChannel(name, self.uncertain) if self.feed else LogChannel(name, self.uncertain)


def with_built_in(shapes: Mapping[str, ChannelShape]) -> dict[str, Channel]:
    """All channels by name, with the one that is always there."""
    return {BUILT_IN: LogChannel(BUILT_IN)} | {name: shape.named(name) for name, shape in shapes.items()}


def fill_channels(document: Document, environ: Mapping[str, str], findings: Findings) -> Value:
    """The document's data with each `${NAME}` below `channels` filled in; what cannot be is told to `findings`.

    Only there: a topic's query is matched as it is written, and its version must not depend on the environment.
    """

    def filled(loc: Loc, value: Value) -> Value:
        if isinstance(value, dict):
            return {key: filled((*loc, key), below) for key, below in value.items()}
        return filled_text(loc, value) if isinstance(value, str) else value

    def filled_text(loc: Loc, text: str) -> str:
        whole, unfilled = fill(text, environ)
        for number, gap in enumerate(unfilled):
            written = document.written(loc)
            below = (number,) if number else ()  # a second gap is a problem of its own
            findings.tell(loc + below, gap.message, written.place_of(gap.index) if written else None)
        return whole

    data = document.data
    if not isinstance(data, dict) or "channels" not in data:
        return data
    return data | {"channels": filled(("channels",), data["channels"])}


def tell_taken_name(document: Document, findings: Findings) -> None:
    """The built-in channel may be written down, but stays what it is."""
    for loc, channel in document.find("channels", BUILT_IN):
        if isinstance(channel, dict) and "log" not in channel:
            findings.tell((*loc, KEY), f"`{BUILT_IN}` is always there as {{log: true}}: name this channel otherwise")
