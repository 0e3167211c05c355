"""Which encoding a feed is in, where what is declared is known to be wrong or dangerous.

Four corrections, before feedparser applies the rules. A body in UTF-16 or UTF-32 is made UTF-8, as its first bytes
tell it and it need not declare it (XML 1.0, appendix F). A body that is valid UTF-8 with characters beyond ASCII is
UTF-8, whatever is declared: text in another encoding is never that by chance. Python's own codecs that are no charsets
(unicode_escape turns "\\x3c" into "<") are taken out. And only the declaration declares.
"""

import codecs
import re

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)[\"']?", re.IGNORECASE)
_DECLARED = re.compile(rb"(<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"'])([^\"']{1,60})([\"'])", re.IGNORECASE)
_NO_CHARSETS = frozenset(
    [
        "idna",
        "mbcs",
        "oem",
        "punycode",
        "raw-unicode-escape",
        "raw_unicode_escape",
        "undefined",
        "unicode-escape",
        "unicode_escape",
        "utf-7",
        "utf_7",
    ]
)
# Charsets of which Python's codecs read ASCII as ASCII: whichever of them is meant, ASCII alone is the same.
_LIKE_ASCII = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]|gbk|gb18030|big5|euc-(?:jp|kr)",
    re.IGNORECASE,
)
# How a feed begins in a charset of wide characters: with a mark, or with "<".
_WIDE_BEGINNINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_TAG = re.compile(r"<[a-zA-Z_?!]")
_WIDE = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)


def settled(body: bytes, content_type: str) -> tuple[bytes, str]:
    """The body and its content type, with an encoding that can be trusted.

    A missing type becomes XML: feedparser would otherwise fall back on Latin-1.
    """
    narrow = _from_wide(body)
    body, content_type = _with_opening_apart(narrow or body), content_type.strip() or "application/xml"
    if narrow or _is_utf8_beyond_ascii(body):
        return _DECLARED.sub(rb"\g<1>utf-8\g<3>", body, count=1), "application/xml; charset=utf-8"
    named = _CHARSET.search(content_type)
    if named and not _is_charset(named[1]):
        content_type = _CHARSET.sub("", content_type)
    declared = _DECLARED.match(body.lstrip())
    if declared and not _is_charset(declared[2].decode("ascii", "replace")):
        body = _DECLARED.sub(rb"\g<1>utf-8\g<3>", body, count=1)
    return body, content_type


def _from_wide(body: bytes) -> bytes | None:
    """A feed in UTF-16 or UTF-32, even if it is cut within a character, as UTF-8; None for any other."""
    charset = next((name for beginning, name in _WIDE_BEGINNINGS if body.startswith(beginning)), None)
    if charset is None:
        return None
    try:
        text = codecs.getincrementaldecoder(charset)().decode(body)
    except UnicodeDecodeError:
        return None
    return text.encode("utf-8", "replace") if _TAG.search(text) else None


def surely_utf8(body: bytes, content_type: str) -> bytes | None:
    """What `settled` gave, as UTF-8, where feedparser can only choose one encoding; None where it may try several."""
    has_mark, body = body.startswith(codecs.BOM_UTF8), body.removeprefix(codecs.BOM_UTF8)
    if body.startswith((codecs.BOM_UTF8, *_WIDE)) or b"\0" in body or content_type.lower().count("charset") > 1:
        return None
    declared, named = _DECLARED.match(body), _CHARSET.search(content_type)
    opening = _opening(body)
    mentioned = 0 if b"\n" in opening else opening.count(b"encoding=")  # feedparser looks no further than one line
    names = [*([declared[2].decode("ascii", "replace")] if declared else []), *([named[1]] if named else [])]
    if mentioned > (declared is not None) or not all(map(_LIKE_ASCII.fullmatch, names)):
        return None
    if body.isascii() or content_type == "application/xml; charset=utf-8":
        return body
    is_clear = mentioned and len({name.lower() for name in names}) == 1 and not has_mark
    return _decoded(body, names[0]) if is_clear else None


def _decoded(body: bytes, name: str) -> bytes | None:
    try:
        return body.decode(name).encode()
    except (LookupError, UnicodeError):
        return None


def _with_opening_apart(body: bytes) -> bytes:
    """feedparser goes by the last encoding that the first line names: in a feed of one line, by what an entry says."""
    end = len(_opening(body))
    return body[:end] + b"\n" + body[end:] if end else body


def _opening(body: bytes) -> bytes:
    """The declaration, or another instruction in its place, and what stands before it."""
    is_opened = body.removeprefix(codecs.BOM_UTF8).startswith(b"<?")
    return body[: body.find(b"?>") + 2] if is_opened and b"?>" in body else b""


def _is_utf8_beyond_ascii(body: bytes) -> bool:
    if body.isascii() or body.startswith(_WIDE):
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(body) - 4 and error.end == len(body)  # cut within its last character
    return True


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _NO_CHARSETS
    except (LookupError, ValueError):
        return True  # unknown here: feedparser tries others
