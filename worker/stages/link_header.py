"""The Link header of HTTP (RFC 8288), as far as it announces a hub: who pushes this feed, and under which address.

Other relations are parsed and left alone. A part that cannot be read is skipped, the others count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from worker.stages.feed.links import web_link

MAX_CHARS = 16 * 1024
MAX_LINKS = 100

_TARGET = re.compile(r"<([^<>]*)>")
_PARAMETER = re.compile(r"""\s*;\s*([^\s;,="<>]*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?""", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Announced:
    """Where a feed can be subscribed to (WebSub), and under which address; empty when the header does not say."""

    hub: str = ""
    own_url: str = ""


@dataclass(frozen=True, slots=True)
class _Link:
    target: str
    parameters: dict[str, str]

    @property
    def relations(self) -> list[str]:
        return self.parameters.get("rel", "").lower().split()


def announced(header: str, url: str) -> Announced:
    """Read the Link header that came with the answer from `url`; several such headers are one, joined by commas.

    Of several hubs the first with https is taken, as the subscription's secret travels there. Never raises.
    """
    links = [link for link in _links(header[:MAX_CHARS]) if _is_about(link, url)]
    hubs = list(_targets(links, "hub", url))
    return Announced(
        hub=next((hub for hub in hubs if hub.startswith("https:")), next(iter(hubs), "")),
        own_url=next(_targets(links, "self", url), ""),
    )


def _targets(links: list[_Link], relation: str, url: str) -> Iterator[str]:
    """The http(s) addresses with this relation."""
    found = (web_link(_joined(url, link.target)) for link in links if relation in link.relations)
    return (target for target in found if target)


def _is_about(link: _Link, url: str) -> bool:
    """Whether the link is of the page it came with: with an anchor it speaks of another."""
    return _joined(url, link.parameters.get("anchor", "")) == _joined(url, "")


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def _links(header: str) -> Iterator[_Link]:
    at = _next(header, 0)
    for _ in range(MAX_LINKS):
        if at == len(header):
            return
        target = _TARGET.match(header, at)
        if target is not None:
            parameters, at = _parameters(header, target.end())
            yield _Link(target[1], parameters)
        comma = header.find(",", at)
        at = len(header) if comma < 0 else _next(header, comma)


def _parameters(header: str, at: int) -> tuple[dict[str, str], int]:
    """The parameters from here on, and where they end. Of one that comes twice the first counts, as for "rel"."""
    parameters: dict[str, str] = {}
    while found := _PARAMETER.match(header, at):
        name, quoted, bare = found.groups()
        value = bare or "" if quoted is None else _ESCAPED.sub(r"\1", quoted)
        parameters.setdefault(name.lower(), value)
        at = found.end()
    return parameters, at


def _next(header: str, at: int) -> int:
    """Where the next link may begin."""
    between = _BETWEEN.match(header, at)
    return between.end() if between else at
