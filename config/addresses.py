"""Judges the form of web addresses that users write. Nothing is resolved or fetched, and no address is quoted."""

import re
from urllib.parse import SplitResult, urlsplit

from config.messages import refuse

_UNUSABLE = re.compile(r"[\s\\\x00-\x1f\x7f<>\"{}|^`]")
_HOST = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)*")


def web_address(text: str) -> str:
    """The address itself, if it is http or https, names a host, and would be read the same way by every parser."""
    if _UNUSABLE.search(text):
        refuse("must be an http or https address without spaces, backslashes or braces")
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        refuse("must be an address that begins with http:// or https:// and a host")
    if "@" in parts.netloc:
        refuse("must not hold a user name or password")
    return text


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        refuse("is not a correct address: look at its host and port")
    return parts


def same_address(text: str) -> str:
    """What two ways to write one address share: host and scheme in small letters, no fragment, no bare slash."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return text
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="").geturl()


def host_name(text: str) -> str:
    """A host in small letters: `example.com`."""
    if "/" in text or ":" in text:
        refuse("must be a host alone, such as example.com")
    if not _HOST.fullmatch(text):
        refuse("must be a host, such as example.com")
    return text.lower()
