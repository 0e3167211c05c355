"""Where a request goes: one reading of an address, strict where two readings could differ.

Not the judge of what may be reached (`guard` does that, after resolution), and not the form in which addresses are
compared (`worker.stages.address`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from worker.errors import PermanentError

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 8192

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_QUERY = re.compile(r"[?#]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,252})")
# What stands in a path or query as it is: the reserved characters of RFC 3986, and "%" which is already an encoding.
_KEPT = "/?:@!$&'()*+,;=~%[]|"


class AddressError(PermanentError):
    """An address that cannot be asked for: not http, or written so that two readers could disagree about its host."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `host` is ASCII and without brackets; `path` holds the query and is ready to be sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """The host as it stands in an address and in a Host header: brackets and port only where they are needed."""
        host = self.host_in_brackets
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def host_in_brackets(self) -> str:
        """The host as it stands in addresses, where an IPv6 one is set apart from the port."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def origin(self) -> str:
        """Scheme, host and port: what has one robots.txt and can share a connection."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}"

    def is_as_trusted_as(self, other: "Target") -> bool:
        """Whether it may be told what was meant for the other: the same host, and no less private a way to it."""
        return self.netloc == other.netloc and (self.scheme == other.scheme or self.scheme == "https")


@lru_cache(maxsize=1024)  # feeds are asked for again and again
def read_target(url: str) -> Target:
    """Take an address apart. Raises AddressError with a sentence that says what is wrong with it."""
    url = url.strip(" ")
    shown = ascii(url[:120])
    if len(url) > MAX_URL_CHARS:
        raise AddressError(f"an address of {len(url)} characters is too long: {shown}")
    if _CONTROL.search(url) or "\\" in _QUERY.split(url, maxsplit=1)[0]:
        raise AddressError(f"control characters and backslashes are not allowed in an address: {shown}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"{shown} is not an address: {error}") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressError(f"only http and https are fetched, not {shown}")
    if "@" in parts.netloc:
        raise AddressError("an address with a user name or password in it is not fetched")
    host = _ascii_host(parts.hostname or "", shown)
    path = quote(parts.path or "/", safe=_KEPT, errors="replace") + (
        f"?{quote(parts.query, safe=_KEPT, errors='replace')}" if parts.query else ""
    )
    return Target(parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port, path)


def next_target(current: Target, location: str) -> Target:
    """Where a Location header points, seen from `current`. Raises AddressError."""
    try:
        return read_target(urljoin(current.url, location.strip()))
    except ValueError as error:
        raise AddressError(f"{current.host} redirects to something that is not an address") from error


def _ascii_host(host: str, shown: str) -> str:
    if ":" in host:
        return _ipv6(host, shown)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise AddressError(f"{shown} has a host name that cannot be written in ASCII") from error
    if not _HOST.fullmatch(host):
        raise AddressError(f"{shown} has no usable host name")
    return host


def _ipv6(host: str, shown: str) -> str:
    """An IPv6 address in its one short form. A zone ("%eth0") only means something on one machine: refused."""
    try:
        address = IPv6Address(host)
    except ValueError as error:
        raise AddressError(f"{shown} has no usable host name") from error
    if address.scope_id is not None:
        raise AddressError(f"{shown} names a network zone")
    return str(address)
