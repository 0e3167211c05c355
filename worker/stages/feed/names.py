"""What feedparser calls an element: "content_encoded" for content:encoded, whatever prefix the feed gives it.

It goes by namespace for those it knows and by prefix for all others. Where the two could be mixed up (the prefix of one
known namespace on another, one prefix on two, one namespace with a prefix and without) nothing is certain: UnsureError.
"""

import re
from collections.abc import Mapping

from feedparser.mixin import _FeedParserMixin
from feedparser.util import FeedParserDict

from worker.stages.feed.unsure import UnsureError

ATOM = "http://www.w3.org/2005/Atom"
RSS_10 = "http://purl.org/rss/1.0/"
XHTML = "http://www.w3.org/1999/xhtml"

_KNOWN: Mapping[str, str] = {uri.lower(): prefix.lower() for uri, prefix in _FeedParserMixin.namespaces.items()}
_KNOWN_PREFIXES = frozenset(_KNOWN.values())
_WITHOUT_PREFIX = frozenset([ATOM, RSS_10])  # older namespaces of feeds are left to feedparser
_USERLAND = "backend.userland.com/rss"
_VERSIONS = {ATOM: "atom10", RSS_10: "rss10"}
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

# Elements that feedparser has a rule for, and those whose names it uses, or we do, for something else.
_WITH_A_RULE = frozenset(
    name.removeprefix(start)
    for start in ("_start_", "_end_")
    for name in dir(_FeedParserMixin)
    if name.startswith(start)
)
_TAKEN = frozenset(
    [
        *FeedParserDict.keymap,
        *("authors", "contributors", "entries", "feed", "feedburner_origlink", "guidislink", "href", "license"),
        *("links", "sy_updatefrequency", "sy_updateperiod", "ttl", "where"),
    ]
)


def is_inert(name: str) -> bool:
    """Whether an element of this name is only put aside by feedparser, and never looked at by us."""
    return name not in _WITH_A_RULE and name not in _TAKEN and not name.endswith(("_detail", "_parsed"))


class Names:
    """The names of one document, and the version that its namespaces speak for."""

    def __init__(self) -> None:
        self.version = ""
        self._known: dict[str, str] = {}
        self._namespaces: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}

    def declare(self, prefix: str | None, uri: str) -> None:
        """Take note of a namespace, in the document's order."""
        if not uri:
            return
        if uri.split() != [uri] or _USERLAND in uri.lower():
            raise UnsureError(f"a namespace that feedparser reads its own way: {uri[:100]}")
        if prefix is not None and self._namespaces.setdefault(prefix.lower(), uri) != uri:
            raise UnsureError(f"the prefix {prefix} for two namespaces")
        self.version = self.version or _VERSIONS.get(uri, "")
        known = _KNOWN.get(uri.lower())
        if known is None:
            self._declare_unknown(prefix, uri)
        elif known == "xlink" or (not known and uri not in _WITHOUT_PREFIX):
            raise UnsureError(f"a namespace that changes other elements: {uri[:100]}")
        elif prefix is not None and prefix.lower() in _KNOWN_PREFIXES and prefix.lower() != known:
            raise UnsureError(f"the prefix {prefix} for another namespace than its own")

    def _declare_unknown(self, prefix: str | None, uri: str) -> None:
        """Its elements go by the prefix that it had first, or by no prefix when it never has one."""
        if prefix is not None and (prefix.lower() == "rdf" or not _PREFIX.fullmatch(prefix)):
            raise UnsureError(f"an unusual prefix: {prefix[:100]}")
        first = self._prefixes.setdefault(uri, (prefix or "").lower())
        if bool(first) != bool(prefix):
            raise UnsureError(f"a namespace with a prefix and without: {uri[:100]}")

    def name(self, key: str) -> str:
        """The name of an element that expat gives as "namespace local" or "local"."""
        name = self._known.get(key)
        if name is None:
            name = self._known[key] = self._named(key)
        return name

    def _named(self, key: str) -> str:
        uri, _, local = key.rpartition(" ")
        if not uri:
            return local.lower()
        known = _KNOWN.get(uri.lower())
        prefix = self._prefixes.get(uri, "") if known is None else known
        return f"{prefix}_{local}".lower() if prefix else local.lower()

    def attributes(self, given: Mapping[str, str]) -> dict[str, str]:
        """Attributes by the names that feedparser gives them: "xml:lang", "rdf:about", "href"."""
        return {(key.lower() if " " not in key else self._attribute(key)): value for key, value in given.items()}

    def _attribute(self, key: str) -> str:
        uri, _, local = key.rpartition(" ")
        known = _KNOWN.get(uri.lower(), "")
        return f"{known}:{local}".lower() if known else local.lower()
