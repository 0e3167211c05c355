"""From bytes to text that every later stage and both databases can hold.

Says which characters are let in at all. It does not judge what the text says: boilerplate is the business of `clean`.
"""

import codecs
import re
import unicodedata

# Decoders that a page may ask for. Python knows more names, among them some that are not character sets at all
# (rot13, zlib, unicode_escape) and would let a page smuggle markup past whoever looked at its bytes.
_CHARSET_NAME = re.compile(
    r"(?:utf|iso-?8859|iso-?2022|windows|cp|koi8|mac|gb|big5|shift|s?jis|euc|ks_c|tis|latin|us-ascii|ascii)[\w:.-]*",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN_BYTES = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read when they are told one of these: the smaller set's name is often claimed for the larger.
_LARGER_SET = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_LAST_RESORT = "cp1252"

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 controls, lone surrogates, non-characters; then invisible marks that split a word in two or turn its
# direction for show. The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)


def decode(raw: bytes, declared: str = "") -> str:
    """Decode by byte order mark, then as UTF-8 if it is UTF-8, then as declared, else as windows-1252. Never fails.

    `declared` is a charset name or a Content-Type that holds one. Valid UTF-8 outranks the declaration, because text
    in another charset is hardly ever valid UTF-8 by chance while wrong declarations are common.
    """
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return raw.decode(charset, errors="replace")
    asked = _charset(declared) or _charset_in(raw)
    if not asked.startswith(("iso2022", "utf-16", "utf-32")) and _is_utf8(raw):
        return raw.decode("utf-8", errors="replace")
    return raw.decode(asked or _LAST_RESORT, errors="replace")


def admit(text: str) -> str:
    """The text without control characters, lone surrogates and invisible marks, line ends as \\n, composed (NFC)."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str, longest: int) -> str:
    """Admitted text on one line, cut to at most `longest` characters."""
    return " ".join(admit(text[: longest * 4]).split())[:longest].rstrip()


def _charset(declared: str) -> str:
    """The decoder's own name for a declared charset, or "" if it is unknown or not let in."""
    name = declared.lower().rpartition("charset=")[2].strip(" \"'").split(";")[0].strip(" \"'")
    if not _CHARSET_NAME.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _LARGER_SET.get(found, found)


def _charset_in(raw: bytes) -> str:
    match = _DECLARED.search(raw, 0, _DECLARED_WITHIN_BYTES)
    # A declaration that could be read as ASCII is not in UTF-16, whatever it says.
    charset = _charset(match.group(1).decode("ascii", errors="replace")) if match else ""
    return "" if charset.startswith(("utf-16", "utf-32")) else charset


def _is_utf8(raw: bytes) -> bool:
    """Whether it decodes; a last character that was cut in two by a size limit is forgiven."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(raw, final=False)
    except UnicodeDecodeError:
        return False
    return True
