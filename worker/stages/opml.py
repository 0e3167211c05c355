"""OPML: the lists of sources that feed readers exchange. Reading by listparser, writing here."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import listparser

from worker.stages.feed.text import one_line, without_controls


class OpmlError(ValueError):
    """The file is no list of feeds."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One source in a list; `title` may be empty."""

    url: str
    title: str = ""


def read_opml(raw: bytes) -> tuple[Listed, ...]:
    """The feeds of an OPML file, folders flattened, each address once. Raises OpmlError."""
    result = listparser.parse(raw)
    listed = [Listed(str(feed.url).strip(), one_line(str(feed.title or ""))) for feed in result.feeds]
    once = {feed.url: feed for feed in reversed(listed) if urlsplit(feed.url).scheme in ("http", "https")}
    if not once and b"<opml" not in raw.lower():
        raise OpmlError("this is not an OPML file")
    return tuple(reversed(once.values()))


def write_opml(listed: Iterable[Listed], *, title: str = "Storytrail sources") -> bytes:
    """An OPML 2.0 file that other readers can import."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = one_line(title)
    body = ET.SubElement(root, "body")
    for feed in listed:
        name = one_line(feed.title) or feed.url
        ET.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=without_controls(feed.url))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
