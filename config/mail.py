"""Mail as users write it: the address of a server that takes it from us, and the addresses of people.

    smtps://USER:PASSWORD@HOST:465            encrypted from the first byte
    smtp+starttls://USER:PASSWORD@HOST:587    encrypted before anything is said
    smtp://HOST:25                            open, so without a password: for a relay on this machine or beside it

No address is quoted in a refusal, as it may hold a password. Nothing is resolved or connected to.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args
from urllib.parse import unquote

from pydantic import AfterValidator, WithJsonSchema

from config.messages import refuse

Security = Literal["smtps", "smtp+starttls", "smtp"]
PORTS: Mapping[str, int] = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}

# The password reaches to the last @, so that one with an @ or a / in it may stand as it is.
_SERVER = re.compile(
    r"(?P<security>[a-z+]+)://"
    r"(?:(?P<user>[^:\s]+):(?P<password>[^\x00\r\n]*)@)?"
    r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?/?"
)
# What every server takes (RFC 5321, 4.1.2, without quoted local parts); a domain in its ASCII form.
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server taken apart. A host that is an IPv6 address has no brackets."""

    security: Security
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(text: str) -> MailServer:
    """Take an address apart. Raises ValueError with a sentence that quotes nothing of it."""
    match = _SERVER.fullmatch(text)
    if match is None:
        refuse("must be a mail server such as smtps://user:password@mail.example.org:465; write % in it as %25")
    security = next((known for known in get_args(Security) if known == match["security"]), None)
    if security is None:
        refuse("must begin with smtps://, smtp+starttls:// or smtp://")
    return _server(security, match)


def _server(security: Security, match: re.Match[str]) -> MailServer:
    port = int(match["port"] or PORTS[security])
    if not 0 < port <= 65_535:
        refuse("has a port that does not exist")
    if security == "smtp" and match["user"]:
        refuse("would send the password over an open line: use smtps:// or smtp+starttls://")
    host, user, password = match["host"].strip("[]"), match["user"] or "", match["password"] or ""
    return MailServer(security, host, port, unquote(user), unquote(password))


def mail_server(text: str) -> str:
    """The address itself, if it can be read."""
    read_mail_server(text)
    return text


def mail_address(text: str) -> str:
    """One person's bare address: no name before it, so nothing in it can become a second header or recipient."""
    if len(text) > _LONGEST or not _MAILBOX.fullmatch(text):
        refuse("must be a mail address alone, such as news@example.org")
    return text


MailAddress = Annotated[
    str, AfterValidator(mail_address), WithJsonSchema({"type": "string", "examples": ["news@example.org"]})
]
