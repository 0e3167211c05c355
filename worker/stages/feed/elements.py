"""What each element of RSS, RDF and Atom means to feedparser, where it stands: the levels are at the end.

The functions write into `reader.fields` what feedparser would have written, as far as it is used here. Where it
depends on more than they keep in mind, they raise UnsureError.
"""

import re
from collections.abc import Mapping
from time import struct_time
from typing import Any

from feedparser.datetimes import _parse_date
from feedparser.mixin import _FeedParserMixin

from worker.stages.feed.absolute import absolute, absolute_markup
from worker.stages.feed.accidents import ACCIDENTS
from worker.stages.feed.bounded import MAX_AUTHOR_CHARS
from worker.stages.feed.dates import MAX_DATE_CHARS, from_parsed, from_standard
from worker.stages.feed.reader import HTML, PLAIN, XHTML_TYPE, Level, Part, Reader, is_shown, text_type
from worker.stages.feed.text import from_windows
from worker.stages.feed.unsure import UnsureError

MAX_MAIL_CHARS = 100  # of an author with a mail address: feedparser looks for it in quadratic time

_REFERENCE_IN_LINK = re.compile(r"&([A-Za-z0-9_]+);")
_RSS_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}


# Beginnings


def _begin_feed(reader: Reader) -> None:
    _expect_version(reader, "atom10")
    _keep_language(reader)


def _begin_rdf(reader: Reader) -> None:
    _expect_version(reader, "rss10")


def _expect_version(reader: Reader, version: str) -> None:
    reader.version = reader.names.version
    if reader.version != version:
        raise UnsureError(f"a namespace of {reader.version or 'no version'}")


def _begin_rss(reader: Reader) -> None:
    """A namespace of RSS says more than the attribute."""
    version = reader.attributes.get("version", "")
    by_attribute = _RSS_VERSIONS.get(version) or ("rss20" if version.startswith("2.") else "rss")
    reader.version = reader.names.version if reader.names.version.startswith("rss") else by_attribute
    _keep_language(reader)


def _keep_language(reader: Reader) -> None:
    if reader.language:
        reader.feed["language"] = reader.language.replace("_", "-")


def _begin_channel(reader: Reader) -> None:
    _refuse_shorthand(reader)
    if reader.has_channel or reader.entries:
        raise UnsureError("a second channel, or one after its items")
    reader.has_channel = True


def _begin_entry(reader: Reader) -> None:
    _refuse_shorthand(reader)
    if len(reader.entries) == reader.max_entries:
        raise UnsureError("too many entries")
    reader.fields = {}
    reader.entries.append(reader.fields)
    reader.title_depth = -1
    reader.depths = {}
    about = reader.attributes.get("rdf:about")
    if about:
        reader.fields["id"] = about


def _refuse_shorthand(reader: Reader) -> None:
    if "href" in reader.attributes or "lastmod" in reader.attributes:
        raise UnsureError("link or date as an attribute, as in CDF")


def _end_entry(reader: Reader) -> None:
    reader.fields = reader.feed
    reader.has_content = False


def _forget_title(reader: Reader) -> None:
    """At the beginning of `image` and `source` feedparser forgets that there was a title."""
    reader.title_depth = -1


# Texts


def _told(reader: Reader, usual: str) -> dict[str, Any]:
    """A text with its type and language. In RSS a plain text may turn out to be HTML."""
    kind, value = text_type(reader.attributes, usual) if reader.attributes else usual, reader.text.strip()
    is_atom = reader.version == "atom10"
    if kind == XHTML_TYPE and not is_atom:
        raise UnsureError("XHTML outside Atom")
    if "<" in value or "&" in value:
        reader.effort.spend(3)
        if kind == PLAIN and not is_atom and _FeedParserMixin.looks_like_html(value):
            kind = HTML
        if kind != PLAIN:
            value = absolute_markup(value, reader.base, reader.effort)
    return {"type": kind, "language": reader.language, "value": _mended(value)}


def _mended(text: str) -> str:
    """A text without two common mistakes: UTF-8 taken for Latin-1, and Windows-1252 taken for the same."""
    return text if text.isascii() else from_windows(_decoded_again(text))


def _decoded_again(text: str) -> str:
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def _title(reader: Reader) -> None:
    """The first title counts, unless it is empty or stands further inside than a later one."""
    depth, told = len(reader.opened), _told(reader, PLAIN)
    if not -1 < reader.title_depth <= depth:
        _put_text(reader, "title", told)
    if told["value"] and reader.part is not _MEDIA_TITLE:
        reader.title_depth = depth


def _put_text(reader: Reader, name: str, told: dict[str, Any]) -> None:
    """A text further inside does not replace one further outside, but its type and language do."""
    depth = len(reader.opened)
    known = reader.depths.get(name)
    if known is None or depth <= known:
        reader.depths[name] = depth
        reader.fields[name] = told["value"]
    reader.fields[f"{name}_detail"] = told


def _summary(reader: Reader) -> None:
    """A second summary is taken for the content, as long as there is none."""
    if "summary" in reader.fields and not reader.has_content:
        _put_content(reader, PLAIN)
    else:
        _put_text(reader, "summary", _told(reader, reader.part.markup))


def _content(reader: Reader) -> None:
    _put_content(reader, reader.part.markup)


def _put_content(reader: Reader, usual: str) -> None:
    reader.has_content = True
    told = _told(reader, usual)
    reader.fields.setdefault("content", []).append(told)
    reader.fields.setdefault("summary", told["value"])


def _feed_title(reader: Reader) -> None:
    if "title" in reader.fields:
        raise UnsureError("two titles")
    told = _told(reader, PLAIN)
    reader.fields.update(title=told["value"], title_detail=told)


def _feed_summary(reader: Reader) -> None:
    """Of no use to us, but whether there were two decides how feedparser reads the first entry."""
    if "summary" in reader.fields and not reader.has_content:
        reader.has_content = True
        _told(reader, PLAIN)
        return
    told = _told(reader, reader.part.markup)
    if reader.part.name:
        reader.fields[reader.part.name] = told["value"]


def _unused_text(reader: Reader) -> None:
    """Of no use to us, but feedparser may break on it, and then all is different."""
    _told(reader, reader.part.markup)


def _source_title(reader: Reader) -> None:
    if _told(reader, PLAIN)["value"]:
        reader.title_depth = len(reader.opened)


# Values


def _value(reader: Reader) -> None:
    reader.fields[reader.part.name] = _mended(reader.text.strip())


def _value_or_attributes(reader: Reader) -> None:
    """Of elements for which it has no rule, feedparser keeps the attributes rather than the text."""
    reader.fields[reader.part.name] = "" if reader.attributes else _mended(reader.text.strip())


def _date(reader: Reader) -> None:
    value, name = _mended(reader.text.strip()), reader.part.name
    parsed = from_standard(value) or _other_date(reader, value)
    if value and from_parsed(parsed) is None:
        raise UnsureError("a date in words, or none")
    reader.fields[name] = value
    reader.fields[f"{name}_parsed"] = parsed


def _unused_date(reader: Reader) -> None:
    """Of no use to us, but feedparser may break on it."""
    value = _mended(reader.text.strip())
    if from_standard(value) is None:
        _other_date(reader, value)


def _other_date(reader: Reader, value: str) -> struct_time | None:
    reader.effort.spend(5)
    if len(value) > MAX_DATE_CHARS:
        raise UnsureError("a long date")
    try:
        parsed: struct_time | None = _parse_date(value)
    except ACCIDENTS as error:
        raise UnsureError("a date that breaks feedparser") from error
    return parsed


def _link(reader: Reader) -> None:
    given = reader.attributes
    if "url" in given or "uri" in given:
        raise UnsureError("a link with unusual attributes")
    relation = given.get("rel", "alternate").lower()
    if "href" in given:
        address = absolute(reader.base, given["href"], reader.effort)
        is_page = relation == "alternate" and is_shown(given.get("type", HTML))
    else:
        address, is_page = _written_link(reader), True
    reader.fields.setdefault("links", []).append({"rel": relation, "href": address})
    if is_page:
        reader.fields["link"] = address


def _written_link(reader: Reader) -> str:
    """A link between tags. Where it holds references still, feedparser takes their ends for its own mistake."""
    address = reader.text.strip()
    if not address:
        return ""
    address = _mended(absolute(reader.base, address, reader.effort))
    if "&" in address and reader.fields is not reader.feed:
        address = address.replace("&amp;", "&")
    return _REFERENCE_IN_LINK.sub(r"&\1", address) if "&" in address else address


def _picture_link(reader: Reader) -> None:
    if reader.attributes:
        raise UnsureError("a link of a picture that would be taken for the entry's")


def _identifier(reader: Reader) -> None:
    """A guid is a link when it says so, or does not say that it is none; and the entry's link when that has none."""
    fields, value = reader.fields, reader.text.strip()
    is_link = reader.attributes.get("ispermalink", "true") == "true"
    value = _mended(absolute(reader.base, value, reader.effort) if is_link and value else value)
    fields["id"] = value
    fields.setdefault("guidislink", is_link and "link" not in fields)
    if is_link:
        fields.setdefault("link", value)


# Authors


def _author(reader: Reader) -> None:
    author = _mended(reader.text.strip())
    if "@" in author or "<" in author or "&" in author:
        reader.effort.spend(4)
    named = _named(author) if "@" in author else {"name": author[:MAX_AUTHOR_CHARS]}
    reader.fields.setdefault("authors", []).append(named)


def _named(author: str) -> Mapping[str, str]:
    """Name and mail address; feedparser may find either, or none."""
    if len(author) > MAX_MAIL_CHARS:
        raise UnsureError("a long author with a mail address")
    context = _Context(author)
    _FeedParserMixin._sync_author_detail(context)  # noqa: SLF001 - the way feedparser tells name and mail address apart
    named: Mapping[str, str] = context.fields["authors"][-1]
    return named


class _Context:
    """As much of a feedparser as taking an author apart needs."""

    def __init__(self, author: str) -> None:
        self.fields: dict[str, Any] = {"author": author, "authors": [{}]}

    def _get_context(self) -> dict[str, Any]:
        return self.fields


def _begin_person(reader: Reader) -> None:
    reader.persons.clear()


def _person_name(reader: Reader) -> None:
    reader.persons.append(reader.text.strip())


def _end_person(reader: Reader) -> None:
    if len(reader.persons) != 1 or not reader.persons[0]:
        raise UnsureError("an author without a name, or with several")
    reader.fields.setdefault("authors", []).append({"name": reader.persons[0]})


# Levels

_Parts = dict[str, Part]


def _all(names: str, part: Part) -> _Parts:
    return dict.fromkeys(names.split(), part)


_SKIPPED = Part()
_MEDIA_TITLE = Part(_title, markup=PLAIN)

_HARMLESS = _all(
    "category cc_license dc_contributor dc_publisher dc_subject generator keywords webmaster georss_box georss_line "
    "georss_point georss_polygon itunes_block itunes_explicit itunes_image itunes_keywords media_category media_credit "
    "media_keywords media_license media_player media_rating media_restriction media_thumbnail tags "
    "email height homepage name uri url width",
    _SKIPPED,
)
_UNUSED_TEXTS = _all(
    "copyright dc_rights feedburner_browserfriendly info itunes_subtitle rights subtitle tagline",
    Part(_unused_text, markup=PLAIN),
)
_IDENTIFIERS = _all("guid id", Part(_identifier))
_LANGUAGES = _all("dc_language language", Part(_value, "language"))
_DATES = {
    **_all("dcterms_issued issued pubdate published", Part(_date, "published")),
    **_all("dc_date dcterms_modified lastbuilddate modified updated", Part(_date, "updated")),
    **_all("created dcterms_created", Part(_date, "created")),
}
_UNUSED_DATES = dict.fromkeys(_DATES, Part(_unused_date))

# Persons: feedparser takes a name for the author's wherever it stands inside `author`.
_PERSON = Level(_all("email homepage name uri url", _SKIPPED))
_PERSON.others = Part(inside=_PERSON)
_AUTHOR = Level({**_PERSON.parts, "name": Part(_person_name)}, _SKIPPED)

# Inside other elements of an entry: feedparser mixes up titles and descriptions of pictures with the entry's own.
_IN_ENTRY = Level(
    {**_HARMLESS, "media_title": _MEDIA_TITLE, "media_description": Part(_summary, markup=HTML)},
)
_IN_ENTRY.others = Part(inside=_IN_ENTRY)
_IN_ENTRY.parts |= _all("media_content media_group", _IN_ENTRY.others)

_SIZES = _all("height url width", _SKIPPED)
_PICTURE = Level({**_SIZES, "link": Part(_picture_link), "title": Part(_title, markup=PLAIN)})

_SOURCE = Level(
    {
        **_all("category generator guid id link", _SKIPPED),
        **_all("author contributor", Part(inside=_PERSON)),
        **_UNUSED_TEXTS,
        **_UNUSED_DATES,
        "title": Part(_source_title, markup=PLAIN),
    },
    _SKIPPED,
)
_ITEM = Level(
    {
        **_IN_ENTRY.parts,
        **_all("creativecommons_license enclosure", _SKIPPED),
        **_UNUSED_TEXTS,
        **_DATES,
        **_LANGUAGES,
        **_IDENTIFIERS,
        **_all("author dc_author dc_creator itunes_author managingeditor", Part(_author)),
        **_all("dc_title title", Part(_title, markup=PLAIN)),
        **_all("dc_description description", Part(_summary, markup=HTML)),
        **_all("itunes_summary summary", Part(_summary, markup=PLAIN)),
        "content": Part(_content, markup=PLAIN),
        "content_encoded": Part(_content, markup=HTML),
        "contributor": Part(inside=_PERSON),
        "feedburner_origlink": Part(_value_or_attributes, "feedburner_origlink"),
        "image": Part(begin=_forget_title, inside=_PICTURE),
        "link": Part(_link),
        "source": Part(begin=_forget_title, inside=_SOURCE),
    },
    _IN_ENTRY.others,
)
_ENTRY = Level({**_ITEM.parts, "author": Part(_end_person, begin=_begin_person, inside=_AUTHOR)}, _ITEM.others)

_IN_HEAD = Level({**_HARMLESS})
_IN_HEAD.others = Part(inside=_IN_HEAD)
# Anything else inside, and feedparser takes the rest for the feed's own.
_PICTURED = {
    **_all("link", _SKIPPED),
    "description": Part(_unused_text, markup=HTML),
    "title": Part(_unused_text, markup=PLAIN),
}
_IMAGES = {
    "image": Part(inside=Level({**_PICTURED, **_SIZES})),
    "textinput": Part(inside=Level({**_PICTURED, **_all("name", _SKIPPED)})),
}
_HEAD = Level(
    {
        **_HARMLESS,
        **_all("cloud creativecommons_license dc_author dc_creator itunes_author managingeditor", _SKIPPED),
        **_all("author contributor", Part(inside=_PERSON)),
        **_UNUSED_TEXTS,
        **_UNUSED_DATES,
        **_LANGUAGES,
        **_IDENTIFIERS,
        **_IMAGES,
        **_all("dc_description description", Part(_feed_summary, markup=HTML)),
        **_all("itunes_summary summary", Part(_feed_summary, "summary", markup=PLAIN)),
        "items": Part(inside=_IN_HEAD),
        "itunes_category": Part(inside=Level(_all("itunes_category", _SKIPPED))),
        "itunes_owner": Part(inside=Level(_all("itunes_email itunes_name", _SKIPPED))),
        "link": Part(_link),
        "sy_updatefrequency": Part(_value_or_attributes, "sy_updatefrequency"),
        "sy_updateperiod": Part(_value_or_attributes, "sy_updateperiod"),
        "title": Part(_feed_title, markup=PLAIN),
        "ttl": Part(_value_or_attributes, "ttl"),
    },
    _IN_HEAD.others,
)

_ONE_ITEM = Part(_end_entry, begin=_begin_entry, inside=_ITEM)
_ONE_ENTRY = Part(_end_entry, begin=_begin_entry, inside=_ENTRY)
_CHANNEL = Part(begin=_begin_channel, inside=Level({**_HEAD.parts, "item": _ONE_ITEM}, _HEAD.others))
_CHANNEL_OF_RDF = Part(begin=_begin_channel, inside=_HEAD)

DOCUMENT = Level(
    {
        "feed": Part(begin=_begin_feed, inside=Level({**_HEAD.parts, "entry": _ONE_ENTRY}, _HEAD.others)),
        "rdf_rdf": Part(
            begin=_begin_rdf,
            inside=Level({"channel": _CHANNEL_OF_RDF, "item": _ONE_ITEM, **_IMAGES}, _IN_HEAD.others),
        ),
        "rss": Part(begin=_begin_rss, inside=Level({"channel": _CHANNEL})),
    }
)
