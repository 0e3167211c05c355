"""Addresses and pieces of HTML with their links made absolute, exactly as feedparser writes them.

feedparser takes a piece of HTML apart and puts it together again: attributes in order, <br /> for <br>, &amp; for a
lone &. What is written in that form already, and most of what feeds hold is, comes back at once. Anything beyond
tags, comments and references in their usual forms is not guessed at: UnsureError.
"""

import re
from html.entities import name2codepoint

from feedparser.urls import RelativeURIResolver, _urljoin, make_safe_absolute_uri

from worker.stages.feed.links import ABSOLUTE_WITHOUT_AMPERSAND, is_absolute
from worker.stages.feed.text import ATTRIBUTE
from worker.stages.feed.unsure import Effort, UnsureError

_VOID = RelativeURIResolver.elements_no_end_tag
_VALUE = '[^"<>&]*+'
# What feedparser writes as it reads it: the usual tags, without attributes or with the usual ones in alphabetical
# order; a < that begins no tag; the usual references; an & that begins no reference.
_WRITTEN_TAG = (
    r"/?(?:p|a|strong|em|b|i|li|ul|ol|div|span|h[1-6]|blockquote|figure|figcaption)>|(?:br|hr) />"
    rf'|a(?: class="{_VALUE}")?+ href="{ABSOLUTE_WITHOUT_AMPERSAND}"'
    rf'(?: rel="[a-z ]*+")?+(?: target="{_VALUE}")?+(?: title="{_VALUE}")?+>'
    rf'|(?:p|a|span|div|strong|em|li|ul|ol|h[1-6]|figure|td) (?:class|id|style|title|dir|lang)="{_VALUE}">'
    r"|[^a-zA-Z/!?>]|$"
)
_WRITTEN_REFERENCE = (
    r"(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);|#(?:[1-9][0-9]|1[01][0-9]|1[6-9][0-9]|[1-9][0-9]{3});"
    r"|[^a-zA-Z#]|$"
)
_TO_REWRITE = re.compile(
    rf"<(?!{_WRITTEN_TAG})(?:/(?P<end>[a-zA-Z][a-zA-Z0-9:_.-]*+)\s*+>|!--(?P<comment>[^<>]*?)--\s*+>"
    rf"|(?P<start>[a-zA-Z][a-zA-Z0-9:_.-]*+)(?P<attributes>(?:\s++{ATTRIBUTE})*+)\s*+/?>)?"
    rf"|&(?!{_WRITTEN_REFERENCE})(?:#(?P<code>[0-9]{{1,7}}|[xX][0-9a-fA-F]{{1,6}});"
    r"|(?P<name>[a-zA-Z][a-zA-Z0-9.-]*)(?:;|(?=[^a-zA-Z0-9])))?"
)
_SHORT_TAG = re.compile(r"<([^<>\s]+?)\s*/>")
_TAG_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:_.-]*")
_ATTRIBUTE_PARTS = re.compile(
    r"""([a-zA-Z_:][-a-zA-Z0-9_:.]*+)(?:(\s*+=)\s*+(?:"([^"]*+)"|'([^']*+)'|([-a-zA-Z0-9./,:;+*%?!&$()_\#~@]++)))?+"""
)
_CODE_WITHOUT_END = re.compile(r"&#([0-9]+);?")
_LONE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|\w+;)")
_FROM_WINDOWS = {code: ord(bytes([code]).decode("cp1252", "ignore") or "\0") for code in range(0x80, 0xA0)}


def absolute(base: str, address: str, effort: Effort) -> str:
    """The address joined to its base."""
    if is_absolute(address):
        return address
    effort.spend(2)
    return str(_urljoin(base, address))


def absolute_base(base: str, address: str) -> str:
    """The base within an element that sets one."""
    joined = str(make_safe_absolute_uri(base, address) or base)
    if not is_absolute(joined):
        raise UnsureError(f"a base that is none: {joined[:100]}")
    return joined


def absolute_markup(markup: str, base: str, effort: Effort) -> str:
    """A piece of HTML, rewritten with absolute links."""
    if "/>" in markup:
        markup = _SHORT_TAG.sub(_long_tag, markup)
    if "&#3" in markup:
        markup = markup.replace("&#39;", "'").replace("&#34;", '"')
    return _TO_REWRITE.sub(lambda found: _rewritten(found, base, effort), markup)


def _long_tag(found: re.Match[str]) -> str:
    name = found[1]
    if not _TAG_NAME.fullmatch(name):
        raise UnsureError("a short tag in a form that is not known")
    return f"<{name} />" if name in _VOID else f"<{name}></{name}>"


def _rewritten(found: re.Match[str], base: str, effort: Effort) -> str:
    kind = found.lastgroup
    if kind is None:
        return _left_as_it_is(found)
    if kind == "attributes":
        return _start_tag(found["start"].lower(), found["attributes"], base, effort)
    if kind == "end":
        name = found["end"].lower()
        return "" if name in _VOID else f"</{name}>"
    if kind == "comment":
        return f"<!--{found['comment']}-->"
    return _code(found["code"].lower()) if kind == "code" else _name(found["name"])


def _left_as_it_is(found: re.Match[str]) -> str:
    """An & that begins no reference; a < here would begin something that is no usual tag, &# no usual number."""
    if found[0] == "<" or found.string.startswith("#", found.end()):
        raise UnsureError("markup in a form that is not known")
    return found[0]


def _code(code: str) -> str:
    number = int(code[1:], 16) if code[0] == "x" else int(code)
    from_windows = _FROM_WINDOWS.get(number)
    return f"&#x{from_windows:x};" if from_windows else f"&#{code};"


def _name(name: str) -> str:
    return f"&{name};" if name in name2codepoint or name == "apos" else f"&amp;{name}"


def _start_tag(name: str, attributes: str, base: str, effort: Effort) -> str:
    """Each attribute once, the last of a name, in alphabetical order."""
    values = {
        key.lower(): double or single or bare if has_value else key
        for key, has_value, double, single, bare in _ATTRIBUTE_PARTS.findall(attributes)
    }
    effort.spend(1 + len(values) // 2)
    written = "".join([f' {key}="{_attribute(name, key, values[key], base)}"' for key in sorted(values)])
    return f"<{name}{written} />" if name in _VOID else f"<{name}{written}>"


def _attribute(name: str, key: str, value: str, base: str) -> str:
    if "&" in value:
        value = _CODE_WITHOUT_END.sub(r"&#\1;", value)
    if key in ("rel", "type"):
        value = value.lower()
    if (name, key) in RelativeURIResolver.relative_uris:
        value = _absolute_value(base, value)
    return _LONE_AMPERSAND.sub("&amp;", value).replace('"', "&quot;") if "&" in value or '"' in value else value


def _absolute_value(base: str, value: str) -> str:
    if is_absolute(value):
        return value
    return str(make_safe_absolute_uri(base, value.strip()) or value)
