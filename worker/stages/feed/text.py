"""Text out of feeds: without control characters, halves of characters, or markup.

Not the cleaning of articles (`worker.stages.clean`): this only makes what feeds carry fit to store and compare.
"""

import html
import re

from lxml import etree
from lxml.html import HTMLParser, fragment_fromstring

MAX_TITLE_CHARS = 1000
MAX_SUMMARY_CHARS = 20_000
MAX_CONTENT_CHARS = 1_000_000

# Bytes 0x80-0x9f of Windows-1252 are a common stray guest in feeds declared as Latin-1: curly quotes and dashes.
_FROM_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#\w+|\w+);")
_TAG = re.compile(r"<[^<>]*>")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"<(?:/?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|pre|figure|figcaption|section|article)\b|[bh]r\b)",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_PARSER = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def without_controls(text: str) -> str:
    """Drop what no database or page should meet: NUL, other control characters, surrogates."""
    return _UNWANTED.sub("", text.translate(_FROM_WINDOWS)) if _UNWANTED.search(text) else text


def one_line(text: str, limit: int = MAX_TITLE_CHARS) -> str:
    """A text without line breaks or double spaces, as titles and names are."""
    return " ".join(without_controls(text).split())[:limit]


def plain(markup: str, limit: int = MAX_SUMMARY_CHARS) -> str:
    """The text of a piece of HTML, a line for each block. Text without markup comes back as it is."""
    text = without_controls(markup)
    if _MARKUP.search(text):
        text = without_controls(_text_of(text[: limit * 10]))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()[:limit]


def as_markup(text: str) -> str:
    """Plain text as HTML, paragraphs kept."""
    paragraphs = [html.escape(part.strip(), quote=False) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{part}</p>" for part in paragraphs)


def _text_of(markup: str) -> str:
    try:
        root = fragment_fromstring(_BLOCK.sub(r"\n\g<0>", markup).encode(), create_parent="div", parser=_PARSER)
        etree.strip_elements(root, "script", "style", with_tail=False)
        text = str(root.text_content())
    except (etree.LxmlError, ValueError, AssertionError):
        text = ""
    return text if text.strip() else _without_tags(markup)


def _without_tags(markup: str) -> str:
    """For what the HTML parser gives up on, such as thousands of elements inside each other."""
    return html.unescape(_TAG.sub(" ", _SCRIPT.sub(" ", markup)))
