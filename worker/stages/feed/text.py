"""Text out of feeds: without control characters, halves of characters, or markup.

Not the cleaning of articles (`worker.stages.clean`): this only makes what feeds carry fit to store and compare.
"""

import html
import re
from functools import lru_cache

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
_SCRIPT = re.compile(r"<(script|style)\b(?:[^<]++|<(?!/\1\s*>))*+(?:</\1\s*>)?", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:/?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|pre|figure|figcaption|section|article)\b|[bh]r\b)",
    re.IGNORECASE,
)
_PARSER = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)

# Most summaries are a few paragraphs with links. Where nothing but such tags, comments and references to ordinary
# characters occur, the text is what is left without them, and no tree is needed. (`pre` loses its first line break in
# a tree, and `script`, `title` and the like hold no markup: all of these are left to the parser.)
MAX_SIMPLE_TAGS = 100
MAX_SIMPLE_CHARS = 20_000
ATTRIBUTE = r"""[a-zA-Z_:][-a-zA-Z0-9_:.]*+(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[-a-zA-Z0-9./,:;+*%?!&$()_\#~@]++))?+"""
_LINES = "p|br|div|h[1-6]|li|ul|ol|hr|blockquote|figure|figcaption|table|tr|section|article"
_NAMES = (
    f"{_LINES}|a|b|i|em|strong|span|img|small|sub|sup|u|s|code|cite|q|abbr|time|mark|del|ins|font|center|td|th|thead"
    "|tbody|dl|dt|dd"
)
_SIMPLE_TAG = rf"(?:/(?:{_NAMES})\s*+|(?:{_NAMES})(?:\s++{ATTRIBUTE})*+\s*+/?)>|!--(?:-?[^-<>])*+-->"
_SIMPLE_REFERENCE = (
    "(?:(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[lr]aquo|[mn]dash|hellip|copy|euro|pound|middot|bull"
    "|[aeiouAEIOU](?:acute|grave|circ|uml)|[cC]cedil|[nN]tilde|szlig)"
    "|#0{0,2}(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6]|1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}|[1-4][0-9]{4})"
    "|#[xX]0{0,2}(?:[2-6][0-9a-fA-F]|7[0-9a-eA-E]|[a-fA-F][0-9a-fA-F]|[1-9a-fA-F][0-9a-fA-F]{2}"
    "|[1-9a-cA-C][0-9a-fA-F]{3}));"
)
_NOT_SIMPLE = re.compile(rf"<(?!{_SIMPLE_TAG})|&(?!{_SIMPLE_REFERENCE}|[^a-zA-Z#])|\r")
# The parser compares each attribute of a tag with all others, so a long text has to show that none has too many.
MAX_UNSEEN_CHARS = 20_000
MAX_ATTRIBUTES = 100
_NOT_USUAL = re.compile(
    rf"<(?!/?[a-zA-Z][a-zA-Z0-9:_-]*+(?:\s++{ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+\s*+/?>|!--|[^a-zA-Z])"
)
_SIMPLE_LINE = re.compile(rf"</?(?:{_LINES})\b[^<>]*+>")
_REFERENCE = re.compile(r"&[#a-zA-Z]\w*+;")
_NO_CHARACTER = re.compile("&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")  # Python refuses numbers of thousands of digits


def without_controls(text: str) -> str:
    """Drop what no database or page should meet: NUL, other control characters, surrogates."""
    if _is_printable(text) or not _UNWANTED.search(text):
        return text
    return _UNWANTED.sub("", from_windows(text))


def from_windows(text: str) -> str:
    """The characters that bytes of Windows-1252 stood for when they were taken for Latin-1."""
    return text if _is_printable(text) else text.translate(_FROM_WINDOWS)


def _is_printable(text: str) -> bool:
    """Whether a text surely holds nothing odd. Python knows that faster than a pattern can tell what is odd."""
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()


def one_line(text: str, limit: int = MAX_TITLE_CHARS) -> str:
    """A text without line breaks or double spaces, as titles and names are."""
    return " ".join(without_controls(text).split())[:limit].rstrip()


def plain(markup: str, limit: int = MAX_SUMMARY_CHARS) -> str:
    """The text of a piece of HTML, a line for each block. Text without markup comes back as it is."""
    text = without_controls(markup)
    if ("<" in text or "&" in text) and _MARKUP.search(text):
        text = without_controls(_text_of(text[: limit * 10]))
    return _in_lines(text)[:limit]


def as_markup(text: str) -> str:
    """Plain text as HTML, paragraphs kept."""
    paragraphs = [html.escape(part.strip(), quote=False) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{part}</p>" for part in paragraphs)


def _in_lines(text: str) -> str:
    """One space between words, one line break between lines, and neither at the ends."""
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join([" ".join(line.split()) for line in text.split("\n") if line and not line.isspace()])


def _text_of(markup: str) -> str:
    return _simple_text(markup) or _parsed_text(markup)


def _simple_text(markup: str) -> str:
    """The text of simple markup; nothing for any other."""
    if len(markup) > MAX_SIMPLE_CHARS or markup.count("<") > MAX_SIMPLE_TAGS or _NOT_SIMPLE.search(markup):
        return ""
    text = _TAG.sub("", _SIMPLE_LINE.sub("\n", markup)) if "<" in markup else markup
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    return _unescaped(reference[0])


_unescaped = lru_cache(maxsize=256)(html.unescape)


def _parsed_text(markup: str) -> str:
    markup = _BLOCK.sub(r"\n\g<0>", markup)
    if len(markup) > MAX_UNSEEN_CHARS and _NOT_USUAL.search(markup):
        return _without_tags(markup)
    try:
        root = fragment_fromstring(markup.encode(), create_parent="div", parser=_PARSER)
        etree.strip_elements(root, "script", "style", with_tail=False)
        text = str(root.text_content())
    except (etree.LxmlError, ValueError, AssertionError):
        text = ""
    return text if text.strip() else _without_tags(markup)


def _without_tags(markup: str) -> str:
    """For what the HTML parser gives up on or takes long over, such as thousands of elements inside each other."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", _TAG.sub(" ", _SCRIPT.sub(" ", markup))))
