"""The fields a query may ask, and what stands for them elsewhere."""

from difflib import get_close_matches

# Their values are words, matched like those of the text.
WORD_FIELDS = ("title", "source", "author", "name")
# Their values are taken whole.
DATE_FIELDS = ("since", "until", "date")
VALUE_FIELDS = ("url", "lang", "site", *DATE_FIELDS)
FIELDS = (*WORD_FIELDS, *VALUE_FIELDS)

SIGNS = frozenset("+#&")  # part of a word when they stand in it or behind it: C++, C#, AT&T; not before it: #C

_ELSEWHERE = {
    "headline": "title",
    "intitle": "title",
    "allintitle": "title",
    "publisher": "source",
    "outlet": "source",
    "publication": "source",
    "byline": "author",
    "by": "author",
    "person": "name",
    "entity": "name",
    "link": "url",
    "inurl": "url",
    "language": "lang",
    "domain": "site",
    "host": "site",
    "from": "author",
    "published": "date",
    "day": "date",
    "after": "since",
    "before": "until",
}
# What words are looked for in without any field.
TITLE_AND_TEXT = frozenset(["text", "body", "content", "intext", "inbody", "allintext", "fulltext"])
_CLOSE_ENOUGH = 0.6  # of difflib's ratio: tilte and auther, not Breaking


def nearest_field(name: str) -> str | None:
    """The field that someone who wrote `name` most likely meant, or None."""
    lowered = name.lower()
    if lowered in _ELSEWHERE:
        return _ELSEWHERE[lowered]
    close = get_close_matches(lowered, FIELDS, n=1, cutoff=_CLOSE_ENOUGH)
    return close[0] if close else None
