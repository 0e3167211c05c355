"""The text of a piece of HTML, such as a feed's content: block elements become paragraphs.

Not for whole pages, where finding the article among the rest is the work; `page` does that.
"""

import re

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from worker.stages.extract.characters import admit

MAX_FRAGMENT_CHARACTERS = 1_000_000

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "td", "th", "tr", "ul"),
    ]
)
_UNREAD = frozenset(["script", "style", "noscript", "iframe", "template", "svg", "head"])
# Not the elements that never hold another: a page's head is a run of <meta>.
_VOID = r"(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
_NESTED_RUN = re.compile(rf"(<{_VOID}([a-z]\w*)\b[^<>]*>\s*)(?:<\2\b[^<>]*>\s*){{20,}}", re.IGNORECASE)
# Its time grows with the square of a tag's attributes. Those that hold < or > are not looked for: such a page is left
# to whoever limits the time.
_MANY_ATTRIBUTES = re.compile(
    r"""(<[a-zA-Z][^\s<>"'=/]*+)(?:\s++[^\s<>"'=/]++(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s<>"'=]++))?+){500,}+"""
)
_BLANK_LINES = re.compile(r"\s*\n\s*")


def text_of(markup: str) -> str:
    """The readable text, one paragraph a line. Text without any markup comes back as it is, apart from spaces."""
    markup = admit(markup[:MAX_FRAGMENT_CHARACTERS]).strip()
    if not _MARKUP.search(markup):
        return markup
    try:
        tree = fragment_fromstring(without_runs(markup), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return _tidy(_MARKUP.sub(" ", markup))
    return text_within(tree)


def text_within(element: HtmlElement) -> str:
    """The readable text of an element, one paragraph a line."""
    return _tidy("".join(_pieces(element)))


def without_runs(markup: str) -> str:
    """The markup with runs of one opening tag, such as hundreds of <div> in a row, reduced to one.

    The parser gives up at a depth of 256 and loses what stands inside; such runs come from editors gone wrong. A tag
    with hundreds of attributes, over which the parser takes seconds, loses them.
    """
    return _NESTED_RUN.sub(r"\1", _MANY_ATTRIBUTES.sub(r"\1", markup))


def _pieces(root: HtmlElement) -> list[str]:
    """Texts in reading order. Walks by events, so that deep nesting does not exhaust Python's stack."""
    pieces: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unread += name in _UNREAD
            pieces += ["\n" if name in _BLOCKS else "", "" if unread else element.text or ""]
            continue
        if event == "end":
            unread -= name in _UNREAD
        pieces += ["\n" if name in _BLOCKS else "", "" if unread or element is root else element.tail or ""]
    return pieces


def _tidy(text: str) -> str:
    lines = _BLANK_LINES.split(admit(text).strip())
    return "\n".join(" ".join(line.split()) for line in lines)
