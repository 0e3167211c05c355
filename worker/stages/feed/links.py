"""Small readings that both kinds of feed share: links that lead to the web, language tags."""

import re
from urllib.parse import urlsplit

from worker.stages.feed.text import without_controls

MAX_LINK_CHARS = 4096

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def web_link(address: str) -> str:
    """The address when it is http or https and names a host, otherwise nothing: no javascript:, data: or file:."""
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
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""
