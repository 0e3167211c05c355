"""The news article among a page's JSON-LD blocks, and the fields of it that we use. Values are as written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

MOST_BLOCKS, MOST_NODES = 50, 2000  # a page that holds more is not read further

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Review")
_PUBLISHER_TYPE = re.compile(r"Organization|Organisation")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?|(?:-->|//\s*\]\]>|\]\]>)?\s*;?\s*$")
# A value of these kinds is a page of its own; what is said inside it is not said of this article.
_ELSEWHERE = frozenset(["hasPart", "itemListElement", "mentions", "relatedLink", "comment", "review", "video"])

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """What JSON-LD says of the article: each field empty where it says nothing."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    publishers: tuple[str, ...] = field(default=())
    description: str = ""
    body: str = ""


def read(tree: HtmlElement) -> Described:
    """The first node of an article's type that has a headline; failing that, the first with any of our fields."""
    nodes = _nodes(tree)
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    articles = [node for node in nodes if _ARTICLE_TYPE.search(str(node.get("@type", "")))]
    article = next((node for node in articles if node.get("headline")), articles[0] if articles else {})
    return Described(
        headline=_text(article.get("headline")),
        authors=tuple(_names(article.get("author") or article.get("creator"), by_id)),
        published=_text(article.get("datePublished") or article.get("dateCreated")),
        language=_text(article.get("inLanguage")),
        publishers=tuple(_publishers(article, nodes, by_id)),
        description=_text(article.get("description")),
        body=max((_text(node.get("articleBody")) for node in articles), key=len, default=""),
    )


def _nodes(tree: HtmlElement) -> list[Node]:
    nodes: list[Node] = []
    for script in tree.xpath('//script[contains(@type, "ld+json")]')[:MOST_BLOCKS]:
        try:
            # Real pages carry raw line breaks inside strings, which strict reading refuses.
            block = json.loads(_WRAPPING.sub("", script.text_content()), strict=False)
            nodes.extend(_walk(block, MOST_NODES - len(nodes)))
        except (ValueError, RecursionError):  # not JSON, or nested to hurt: the other tags must do
            continue
    return nodes


def _walk(block: Any, limit: int) -> Iterator[Node]:
    """Every object, outer ones first, each level in order."""
    waiting = [block]
    while waiting and limit > 0:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:limit]
        elif isinstance(value, dict):
            limit -= 1
            yield value
            waiting.extend(
                part for key, part in value.items() if key not in _ELSEWHERE and isinstance(part, dict | list)
            )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("alternateName") or ""
    return value if isinstance(value, str) else ""


def _names(value: Any, by_id: dict[str, Node]) -> Iterator[str]:
    """Names of people or organisations, written as text, as objects, as lists of them, or by reference."""
    waiting = [value]
    while waiting:
        author = waiting.pop(0)
        if isinstance(author, list):
            waiting[:0] = author[:MOST_BLOCKS]
        elif isinstance(author, str):
            yield author
        elif isinstance(author, dict):
            known = author if author.get("name") or author.get("byline") else by_id.get(str(author.get("@id")), {})
            waiting[:0] = [name for name in (known.get("name") or known.get("byline"),) if isinstance(name, str | list)]


def _publishers(article: Node, nodes: list[Node], by_id: dict[str, Node]) -> Iterator[str]:
    yield from _names(article.get("publisher"), by_id)
    for node in nodes:
        if node.get("@type") == "WebSite" or (node is not article and _PUBLISHER_TYPE.search(str(node.get("@type")))):
            yield _text(node.get("name"))
