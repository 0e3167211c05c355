"""Sections as HTML: a fragment for a mail's body, a feed's entry, or a chat that shows some markup.

All that comes from outside is escaped, and links are http or https, so the fragment needs no sanitiser. Its styles
stand in it, as mail knows no sheets, and it sets no colours: it is read on a light ground and on a dark one.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from worker.stages.message.telling import Bullets, Item, Section

_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_PARAGRAPH, _LIST = "margin:0 0 8px", "margin:0 0 12px;padding-left:20px"


def as_html(sections: Iterable[Section]) -> str:
    return "".join(part for section in sections for part in _parts(section))


def _parts(section: Section) -> Iterator[str]:
    if section.heading:
        yield _paragraph(f"<b>{escape(section.heading)}</b>", "margin:16px 0 4px")
    if section.lead:
        yield _paragraph(escape(section.lead))
    if section.outlet or section.url:
        yield _paragraph(linked(section.outlet or section.url, section.url))
    for bullets in section.bullets:
        yield from _list(bullets)
    if section.note:
        yield _paragraph(f"<i>{escape(section.note)}</i>")


def _paragraph(inner: str, style: str = _PARAGRAPH) -> str:
    return f'<p dir="auto" style="{style}">{inner}</p>'


def _list(bullets: Bullets) -> Iterator[str]:
    if bullets.intro:
        yield _paragraph(escape(bullets.intro), "margin:0 0 4px")
    yield f'<ul style="{_LIST}">{"".join(_item(item) for item in bullets.items)}</ul>'


def _item(item: Item) -> str:
    return f'<li dir="auto">{linked(item.text, item.url)}</li>'


def linked(text: str, url: str) -> str:
    """The words, leading to the address if it is one of the web."""
    if not _LINK.fullmatch(url):
        return escape(text)
    return f'<a href="{escape(url)}">{escape(text)}</a>'
