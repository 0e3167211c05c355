"""Addresses as identities: one form for an article's address however it was linked.

`canonical` can be fetched; `address_hash` goes further and is only compared: http and https, www and mobile hosts, AMP
pages and a final slash make no second article. courlan knows the trackers, but three of its habits would fold different
articles into one: it drops queries without "=" (/news?12345), words that merely begin like a tracker (gallery, like ga)
and parameters such as cid where they hold the article's number. So it is asked about one parameter at a time, and those
three are taken out.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

import courlan
import idna

LONGEST_ID = 18  # digits; a database has no longer numbers
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SPACE = re.compile(r"[\x00-\x20\x7f]+")
_SLASHES = re.compile(r"/{2,}")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "/:@!$&'()*+,;=~%[]|"

# An address that is in its canonical form and shows it, as most are: without query, escapes, capitals in its
# host, a port that might be the default one, or segments that are empty or begin with a dot.
_PLAIN = re.compile(
    r"https?://((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]+(?::(?!80$|80/|443$|443/)[1-9][0-9]{1,3})?)"
    r"((?:/[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~!$&'()*+,;=:@-]*)+/?)"
)

# Newsrooms' own, on top of courlan's.
_MORE_TRACKERS = frozenset(
    ["cmp", "cmpid", "ftag", "guccounter", "icid", "ncid", "ns_mchannel", "ocid", "smid", "smtyp", "sref", "taid"]
)
_LONGER_WORD = re.compile(r"(?:^|[_.-])(?:aff|[ceu]id|g[al]|kwd|keyword|medium|ref|source)(?!iliate|err?er)[a-z]")
_NUMBER = re.compile(r"\d{3,}")
_NEVER_IDENTITY = re.compile(r"_|clid$")  # utm_id, mc_cid, gclid: trackers even where they hold a number
_AMP_PARAMETERS = frozenset(["amp", "outputtype"])
_OTHER_HOSTS = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp(?=\.html$|$)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address, read. `url` is its canonical form, `host` and `key` belong to that.

    `host` has the port where it is not the default one, and is empty for addresses without a host (file:). `key` is
    what makes two addresses one article: SHA-256 in hex of the form described above.
    """

    url: str
    host: str
    key: str


@lru_cache(maxsize=16_384)
def read(url: str) -> Address:
    """Take an address apart, once for all that is asked of it."""
    plain = _PLAIN.fullmatch(url)
    return _thoroughly_read(url) if plain is None else Address(url, plain[1], _hash(_compared(plain[1], plain[2], "")))


def _thoroughly_read(url: str) -> Address:
    url = _SPACE.sub("", url) if url.lstrip()[:4].lower() == "http" else url.strip()
    parts = _web_parts(url)
    if parts is None:
        url = url.partition("#")[0]
        return Address(url, "", _hash(url))
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    netloc, path, query = _host_name(parts.hostname or "") + port, _path(parts.path), _query(parts.query)
    return Address(urlunsplit((parts.scheme, netloc, path, query, "")), netloc, _hash(_compared(netloc, path, query)))


def canonical(url: str) -> str:
    """An address in one form: host in lower case and ASCII, no default port, fragment, dot segments or trackers.

    Addresses that are not http(s), such as file:, only lose their fragment; what cannot be read is returned as it is.
    """
    return read(url).url


def is_id(label: str) -> bool:
    """Whether a person who writes this means an article's id, and not an address."""
    return label.isascii() and label.isdigit() and len(label) <= LONGEST_ID


def address_hash(url: str) -> str:
    """The key under which an address is known, see `Address`."""
    return read(url).key


def host(url: str) -> str:
    """Host, and port where it is not the default one; empty for addresses without a host (file:)."""
    return read(url).host


def site(url: str) -> str:
    """The host as people name an outlet: without www."""
    return host(url).removeprefix("www.")


def _web_parts(url: str) -> SplitResult | None:
    """An http(s) address taken apart; None for any other, and for what cannot be read."""
    try:
        parts = urlsplit(url)
        is_readable = parts.port != 0
    except ValueError:
        return None
    return parts if is_readable and parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _compared(netloc: str, path: str, query: str) -> str:
    path = _AMP_PATH.sub("", path).rstrip("/")
    query = "&".join(piece for piece in query.split("&") if piece and _name(piece) not in _AMP_PARAMETERS)
    return f"{_OTHER_HOSTS.sub('', netloc)}{path}?{query}"


def _hash(compared: str) -> str:
    return hashlib.sha256(compared.encode("utf-8", "replace")).hexdigest()


def _host_name(name: str) -> str:
    name = name.rstrip(".")
    if ":" in name:
        return f"[{name}]"
    if name.isascii():
        return name
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return name


def _path(path: str) -> str:
    """A path without dot segments (RFC 3986, 5.2.4) or repeated slashes, escaped in one way."""
    kept: list[str] = []
    segments = _SLASHES.sub("/", _escaped(path)).split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    """What is left of a query without trackers, in alphabetical order: sites do not agree on the order themselves."""
    return "&".join(sorted(_parameters(query)))


def _parameters(query: str) -> Iterator[str]:
    for piece in query.split("&"):
        if piece and not _is_tracker(*(unquote(part) for part in piece.partition("=")[::2])):
            yield _escaped(piece)


def _is_tracker(name: str, value: str) -> bool:
    name = name.lower()
    if _NUMBER.fullmatch(value) and not _NEVER_IDENTITY.search(name):
        return False
    return name in _MORE_TRACKERS or _is_known_tracker(name)


@lru_cache(maxsize=4096)
def _is_known_tracker(name: str) -> bool:
    if not re.fullmatch(r"[\w.-]+", name) or _LONGER_WORD.search(name):
        return False
    cleaned = courlan.clean_url(f"https://example.org/a?{name}=1")
    return cleaned is not None and "?" not in cleaned


def _name(piece: str) -> str:
    return piece.partition("=")[0].lower()


def _escaped(text: str) -> str:
    """Percent-escapes in capitals, none where none is needed, and all that are."""
    return quote(_ESCAPE.sub(_tidy_escape, text), safe=_KEPT, errors="replace")


def _tidy_escape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
