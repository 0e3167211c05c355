"""The standfirst: the lines between headline and text, which often stand outside of what holds the text.

A page describes itself to search engines and social media, and most outlets do that in the words of the standfirst.
So what stands above the text in the very words of the page's description is the beginning that was missed. A
description that is not shown to readers is no part of the article and is not used.
"""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from lxml.html import HtmlElement

from worker.stages.extract.fragment import text_within

SHORTEST = 30  # letters and digits; a shorter description may be a slogan or a section's name
PROVEN_BY = 60  # of them from the beginning, as descriptions are cut
LONGEST = 1500  # characters of an element; what is longer holds more than the standfirst
FIRST_PARAGRAPH = 60  # characters; a shorter first line is a place, a byline or a kicker
_HOLDERS = ("p", "h2", "h3", "h4", "div", "span", "strong", "b", "em", "section", "header", "li")


def with_lead(text: str, tree: HtmlElement, descriptions: Iterable[str]) -> str:
    """The text with its standfirst before it, if the page shows one that the text lacks."""
    present = _key(text)
    wanted = [key for each in descriptions if len(key := _key(each)) >= SHORTEST and key[:PROVEN_BY] not in present]
    lead = _lead(tree, wanted, _opening(text)) if wanted else ""
    return text if not lead or _key(lead)[-SHORTEST:] in present else f"{lead}\n{text}"


def _lead(tree: HtmlElement, wanted: list[str], opening: str) -> str:
    """What begins, above the text's first paragraph, as a description does, and holds hardly more than that."""
    above = takewhile(lambda shown: not (opening and shown[0].startswith(opening)), _shown(tree))
    found = [(len(key), number, element) for number, (key, element) in enumerate(above) if _is_one_of(key, wanted)]
    return " ".join(text_within(min(found)[2]).split()) if found else ""


def _is_one_of(key: str, wanted: list[str]) -> bool:
    return any(key.startswith(each[:PROVEN_BY]) and len(key) <= 2 * len(each) + PROVEN_BY for each in wanted)


def _shown(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Key and element of what may hold a standfirst, outer elements first; what is too long holds more than that."""
    for element in tree.iter(*_HOLDERS):
        if len(key := _key(_beginning(element))) >= SHORTEST:
            yield key, element


def _opening(text: str) -> str:
    first = next((line for line in text.split("\n") if len(line) >= FIRST_PARAGRAPH), "")
    return _key(first)[:PROVEN_BY]


def _beginning(element: HtmlElement) -> str:
    """Its text; nothing if it is too long to be a standfirst."""
    pieces, length = [], 0
    for piece in element.itertext():
        length += len(piece)
        if length > LONGEST:
            return ""
        pieces.append(piece)
    return "".join(pieces)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
