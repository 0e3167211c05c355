"""Which encoding a feed is in, where what is declared is known to be wrong or dangerous.

Two corrections, before feedparser applies the rules. A body that is valid UTF-8 with characters beyond ASCII is UTF-8,
whatever is declared: text in another encoding is never that by chance. And Python's own codecs that are no charsets
(unicode_escape turns "\\x3c" into "<") are taken out.
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
_WIDE = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)


def settled(body: bytes, content_type: str) -> tuple[bytes, str]:
    """The body and its content type, with an encoding that can be trusted.

    A missing type becomes XML: feedparser would otherwise fall back on Latin-1.
    """
    content_type = content_type.strip() or "application/xml"
    if _is_utf8_beyond_ascii(body):
        return _DECLARED.sub(rb"\g<1>utf-8\g<3>", body, count=1), "application/xml; charset=utf-8"
    named = _CHARSET.search(content_type)
    if named and not _is_charset(named[1]):
        content_type = _CHARSET.sub("", content_type)
    declared = _DECLARED.match(body.lstrip())
    if declared and not _is_charset(declared[2].decode("ascii", "replace")):
        body = _DECLARED.sub(rb"\g<1>utf-8\g<3>", body, count=1)
    return body, content_type


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
