"""What a page's own marks say is not its article, taken out before the article is looked for.

Only what the marks prove, whatever the outlet: lists and paragraphs that are nothing but links, links around whole
blocks, captions, and boxes that are named for what they are. What has to be read to be known, such as an invitation to
subscribe, is for `clean`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

MOSTLY = 0.7  # of a list's characters, in links: it leads elsewhere
NEARLY_ALL = 0.95  # of a paragraph's: a mark or a "More:" may stand beside the link
LARGEST_BOX = 0.25  # of all paragraphs' characters; what holds more holds the article, whatever it is called
LONGEST_CARD = 600  # characters
LONGEST_CAPTION = 600
ENOUGH_PARAGRAPHS = 300  # characters in paragraphs; with less, the text may stand in something else

_LISTS = "//ul[not(.//ul or .//ol)] | //ol[not(.//ul or .//ol)]"
_CARDS = "//a[@href][.//h2 or .//h3 or .//h4 or .//p or .//article]"
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:(?:fig|img|image|photo|picture|media|foto|bild)[_-]?)?"
    r"(?:caption|bildunterschrift|bildtext|billedtekst|bildetekst|didascalia|legende|pie-de-foto|cutline)"
    r"(?:[_-]?text)?(?:$|[\s_-])",
    re.IGNORECASE,
)
# Parts of class names, in the languages whose outlets name them so.
_BOX = re.compile(
    r"(?<![a-z])(?:newsletter|(?:fact|info|fakten|fakta)[_-]?(?:box|boks|ruta)|modal|"
    r"read[_-]?(?:more|also|next)|related(?:[_-]?(?:news|articles?|stories|content|posts|links))?|"
    r"(?:author|autor|writer)[_-]?(?:bio|box|info|card)|recirc\w*|paywall|rollover|tooltip|latest[_-]?news)(?![a-z])",
    re.IGNORECASE,
)
_BOXES = ("div", "section", "aside", "span", "ul", "amedia-factbox")


def prune(tree: HtmlElement) -> None:
    """Take out of the tree, in place, what is not the article's by its marks."""
    lengths = {paragraph: _length(paragraph) for paragraph in tree.iter("p")}
    if sum(lengths.values()) >= ENOUGH_PARAGRAPHS:
        _drop(_boxes(tree, lengths))
        _drop(_captions(tree))
    for marks in (_link_lists, _link_paragraphs, _cards):
        _drop(marks(tree))


def _drop(elements: Iterable[HtmlElement]) -> None:
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _boxes(tree: HtmlElement, lengths: Mapping[HtmlElement, int]) -> Iterator[HtmlElement]:
    named = [element for element in tree.iter(*_BOXES) if _BOX.search(element.get("class") or "")]
    whole = sum(lengths.values())
    held = dict.fromkeys(named, 0)
    for paragraph, length in lengths.items() if named else ():
        for around in paragraph.iterancestors():
            if around in held:
                held[around] += length
    return (element for element, length in held.items() if length <= LARGEST_BOX * whole)


def _link_lists(tree: HtmlElement) -> Iterator[HtmlElement]:
    return (each for each in tree.xpath(_LISTS) if _linked_share(each) >= MOSTLY)


def _link_paragraphs(tree: HtmlElement) -> Iterator[HtmlElement]:
    return (each for each in tree.iter("p") if each.find(".//a") is not None and _linked_share(each) >= NEARLY_ALL)


def _cards(tree: HtmlElement) -> Iterator[HtmlElement]:
    return (each for each in tree.xpath(_CARDS) if _leads_elsewhere(each) and _length(each) <= LONGEST_CARD)


def _captions(tree: HtmlElement) -> Iterator[HtmlElement]:
    yield from tree.iter("figcaption")
    for element in tree.iter("div", "p", "span", "small", "em"):
        if _CAPTION.search(element.get("class") or "") and _length(element) <= LONGEST_CAPTION:
            yield element


def _linked_share(element: HtmlElement) -> float:
    """The share of its characters that stand in links to elsewhere."""
    linked = sum(_length(link) for link in element.iter("a") if _leads_elsewhere(link))
    return linked / max(1, _length(element))


def _leads_elsewhere(link: HtmlElement) -> bool:
    return not (link.get("href") or "#").startswith("#")


def _length(element: HtmlElement) -> int:
    return len("".join("".join(element.itertext()).split()))
