"""The addresses of feeds: `/feeds/TOPIC.rss`, `.atom` or `.json`, and the key that lets a feed reader in.

A reader cannot show the admin token, and should not have it. So each topic's address has a key made from the token
(HMAC-SHA-256): it opens that topic's feeds and nothing else, needs no storing, and changes when the token does.
"""

import hashlib
import hmac
from urllib.parse import parse_qs, quote

FOLDER = "/feeds/"
FORMATS = ("rss", "atom", "json")
KEY_LENGTH = 32  # hexadecimal digits: 128 bits
MAX_QUERY = 1_000  # characters that are looked at for a key

_PURPOSE = b"storytrail feed of topic\0"


def feed_path(topic: str, form: str) -> str:
    """The path below the web page's address. What a browser would take for a step to another folder is written out."""
    has_steps = any(part in ("", ".", "..") for part in topic.split("/"))
    return f"{FOLDER}{quote(topic, safe='' if has_steps else '/')}.{form}"


def feed_url(base: str, topic: str, form: str, token: str | None) -> str:
    """The whole address, with the key if there is a token to make it from."""
    key = f"?key={feed_key(token, topic)}" if token else ""
    return f"{base.rstrip('/')}{feed_path(topic, form)}{key}"


def read_path(path: str) -> tuple[str, str] | None:
    """Topic and format of a path whose percent signs are resolved; None if it is none of a feed's."""
    topic, dot, form = path.removeprefix(FOLDER).rpartition(".")
    return (topic, form) if path.startswith(FOLDER) and dot and topic and form in FORMATS else None


def feed_key(token: str, topic: str) -> str:
    named = _PURPOSE + topic.encode("utf-8", "surrogatepass")
    return hmac.new(token.encode(), named, hashlib.sha256).hexdigest()[:KEY_LENGTH]


def opens(token: str, path: str, query: str) -> bool:
    """Whether a request for this path holds the key to it."""
    named = read_path(path)
    shown = parse_qs(query).get("key", []) if named and len(query) < MAX_QUERY else []
    if named is None or len(shown) != 1:
        return False
    return hmac.compare_digest(shown[0].encode("utf-8", "replace"), feed_key(token, named[0]).encode())
