"""Small readings that both kinds of feed share: links that lead to the web, language tags."""

import re
from urllib.parse import urlsplit

from worker.stages.feed.text import without_controls

MAX_LINK_CHARS = 4096

# An address that stays what it is whatever it is joined to: nothing in it is empty, out of place or to be escaped.
_OF_PATH = "-a-zA-Z0-9./,:+*%!$()_~@=|'"
_ABSOLUTE = r"https?://[a-zA-Z0-9.-]++(?::[0-9]++)?+(?:/[{path}]*+)?+(?:\?[{rest}]++)?+(?:#[{rest}]++)?+"
ABSOLUTE_WITHOUT_AMPERSAND = _ABSOLUTE.format(path=_OF_PATH, rest=f"{_OF_PATH}?")
_IS_ABSOLUTE = re.compile(_ABSOLUTE.format(path=_OF_PATH, rest=f"{_OF_PATH}?&"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def is_absolute(address: str) -> bool:
    """Whether it is an ordinary address on the web, which no base changes."""
    return _IS_ABSOLUTE.fullmatch(address) is not None and len(address) <= MAX_LINK_CHARS


def web_link(address: str) -> str:
    """The address when it is http or https and names a host, otherwise nothing: no javascript:, data: or file:."""
    if is_absolute(address):
        return address
    address = without_controls(address).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc) and len(address) <= MAX_LINK_CHARS
    return address if is_web else ""


def language_tag(text: str) -> str:
    """A language tag (RFC 5646) as written, with "-" between its parts: "en-us", "de"; otherwise nothing."""
    text = text.strip()
    return text.replace("_", "-") if text and _LANGUAGE.fullmatch(text) else ""
