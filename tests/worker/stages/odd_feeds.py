"""Feeds for the property that the swift way reads as feedparser does: any elements in any order, oddly written.

Most are well-formed, so that most of them are read by both; a few of everything else are among them.
"""

from collections.abc import Sequence
from html import escape

from hypothesis import strategies as st

Texts = st.SearchStrategy[str]

NAMESPACES = {
    "a10": "http://www.w3.org/2005/Atom",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "own": "https://news.example/own",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
MISUSED = {
    "a10": "http://www.w3.org/2005/atom",
    "dc": "http://purl.org/rss/1.0/modules/dc/",
    "media": "http://purl.org/dc/elements/1.1/",
    "own": "http://search.yahoo.com/mrss",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns",
    "slash": "http://purl.org/rss/1.0/",
    "thr": "http://www.w3.org/1999/xhtml",
    "wfw": "http://www.w3.org/1999/xlink",
}

WORDS = [
    "Talks",
    " begin",
    " in Ankara ",
    "\n",
    "  ",
    "Grüße",
    "Łódź",
    "日本",
    "“so”",
    "Ã¼ber",
    "\x92s",
    "\xa0",
    "1 < 2",
]
REFERENCES = [
    "&",
    "& ",
    "R&D",
    "&amp;",
    "&lt;b&gt;",
    "&nbsp;",
    "&copy",
    "&eacute;",
    "&#8217;",
    "&#150;",
    "&#39;",
    "&T;",
]
TAGS = [
    *(
        "<p>",
        "</p>",
        "<br>",
        "<br/>",
        "<br />",
        "<hr>",
        "<b>",
        "</b>",
        "<B>",
        "<div class='x'>",
        "</div>",
        "<h2>",
        "</h2>",
    ),
    *("<a href='/x'>", '<a href="https://a.example/b?c=d&amp;e=f" rel="nofollow">', '<a href="x?y&z" b=c>', "</a>"),
    *("<img src='i.jpg'/>", '<img width="1" src="https://a.example/i.jpg" alt="" />', "<img src=i.jpg>", "<!-- c -->"),
    *("<ul><li>", "</li></ul>", "<pre>\n", "</pre>", "<iframe src='//v.example' allowfullscreen></iframe>", "<i/>"),
    *("<o:p>", "</o:p>", "<table><tr><td>", "<span lang='de'>", "</span>", "<script>x()</script>", "<!--more-->"),
]
BROKEN = ["<foo", "<?x?>", "<![CDATA[y]]>", "<!x>", "<>", '<a href="x', "<&lt;br />", "<!-- <b> -->"]
DATES = [
    *("Mon, 24 Nov 2025 10:00:00 GMT", "Mon, 24 Nov 2025 10:00:00 +0330", "24 Nov 2025 10:00:00 -0500"),
    *("Mon, 24 Nov 2025 10:00:00 EST", "Mon, 24 Nov 2025 10:00 GMT", "Monday, 24 November 2025 10:00:00 GMT"),
    *(
        "2025-11-24T10:00:00Z",
        "2025-11-24T10:00:00.123+03:00",
        "2025-11-24T10:00Z",
        "2025-11-24 10:00:00",
        "2025-11-24",
    ),
    *("", " ", "2025-11-24T24:00:00Z", "Sat, 31 Feb 2025 10:00:00 GMT", "Fri, 2025/13/15 08:00:00 EDT", "1970-01-01"),
]
LINKS = [
    *(
        "https://news.example/a",
        "https://news.example/a?b=c&d=e",
        "http://news.example",
        "/a",
        "../b?c",
        "#d",
        "",
        " /e ",
    ),
    *(
        "HTTPS://News.Example/F",
        "https://news.example/g;h",
        "https://news.example/ü",
        "//other.example/i",
        "javascript:j",
    ),
    *("https:///k", "http://[l", "mailto:m@n.example", "tag:news.example,2025:o", "p q", "https://news.example/r?"),
    *("https://news.example/s?t&amp;u", "https://news.example/v?w&#x;"),
]
NAMES = [
    "Ada Lind",
    "Ada  Lind\n",
    "ada@news.example",
    "ada@news.example (Ada Lind)",
    "Ada & Bo",
    "<b>Ada</b>",
    "",
    "Ö.",
]
TYPES = [
    "type='html'",
    "type='text'",
    "type='text/html'",
    "type='text/plain'",
    "type='xhtml'",
    "TYPE='HTML'",
    "type='a/b'",
]
SCOPES = ["xml:lang='de'", "lang='fr_FR'", "xml:lang=''", "xml:base='https://base.example/x/'", "xml:base='y/'"]
XHTML = "http://www.w3.org/1999/xhtml"


def some(texts: Texts, most: int = 3) -> Texts:
    return st.lists(texts, max_size=most).map("".join)


def written(texts: Texts) -> Texts:
    """Text as it is written into XML: escaped, as CDATA, as references, or in pieces."""
    escaped = texts.map(escape)
    as_cdata = texts.map(lambda text: f"<![CDATA[{text.replace(']]>', '')}]]>")
    as_references = texts.map(lambda text: "".join(f"&#{ord(character)};" for character in text))
    return st.one_of(
        escaped, as_cdata, escaped, as_cdata, as_references, st.tuples(escaped, as_cdata).map("<!-- c -->".join)
    )


def element(names: str, inside: Texts, *attributes: str) -> Texts:
    """One of some elements, bare or with one of some attributes."""
    given = st.sampled_from(["", "", *attributes])
    return st.builds(
        lambda name, attribute, text: f"<{name} {attribute}>{text}</{name}>",
        st.sampled_from(names.split()), given, inside,
    )  # fmt: skip


def link(names: str) -> Texts:
    return st.builds(
        lambda name, href, relation, kind: f'<{name} href="{escape(href)}" {relation} {kind}/>',
        st.sampled_from(names.split()),
        st.sampled_from(LINKS),
        st.sampled_from(["", "rel='alternate'", "rel='self'", "rel='hub'", "rel='enclosure'", "rel='Hub self'"]),
        st.sampled_from(["", "type='text/html'", "type='application/atom+xml'"]),
    )


words = some(st.sampled_from(WORDS), 4)
markup = some(st.sampled_from([*WORDS, *REFERENCES, *TAGS, *TAGS]), 8)
any_markup = some(st.sampled_from([*WORDS, *REFERENCES, *TAGS, *TAGS, *BROKEN]), 8)
texts, dates, links, names = (
    written(texts) for texts in (markup, st.sampled_from(DATES), st.sampled_from(LINKS), st.sampled_from(NAMES))
)

titles = element("title title title dc:title TITLE", texts, *TYPES, *SCOPES)
harmless = st.one_of(
    element(
        "category dc:subject itunes:keywords media:credit media:rating itunes:explicit", texts, "term='x'", *SCOPES
    ),
    element("own:a slash:comments wfw:commentRss comments custom", texts, "a='b'", *SCOPES),
    element("own:a custom thr:in-reply-to", some(element("own:b other slash:x", texts, "c='d'"))),
    st.sampled_from(
        ["<post-id xmlns='urn:posts'>1</post-id>", "<enclosure url='/x.mp3' type='audio/mpeg'/>", "text", "\n "]
    ),
    element("rights copyright subtitle itunes:subtitle", texts, *TYPES),
)
identifiers = st.one_of(
    element("guid guid id", links, "isPermaLink='false'", "isPermaLink='true'", "ispermalink='FALSE'"),
    element("link link atom:link LINK", links),
    link("atom:link a10:link"),
)
stamps = element("pubDate published updated dc:date dcterms:modified dcterms:created a10:updated lastBuildDate", dates)
languages = element("language dc:language", st.sampled_from(["en", "de_DE", "nonsense!", ""]))
media_texts = element("media:title media:description media:thumbnail", texts, "type='plain'", "type='html'", "url='x'")
media = st.one_of(media_texts, element("media:group media:content", some(st.one_of(media_texts, harmless)), *SCOPES))
summaries = element("description description itunes:summary dc:description summary", texts, *TYPES, *SCOPES)
contents = element("content:encoded content:encoded a10:content content", texts, *TYPES, *SCOPES)
person_parts = st.one_of(element("name", names), element("email uri own:image", names, "a='b'"))
persons = element("author author contributor", st.tuples(element("name", names), some(person_parts, 1)).map("".join))
pictures = st.one_of(
    element("image", some(element("title url link width", words))), element("source", words, "url='https://a.example'")
)
anything = st.one_of(
    titles, identifiers, stamps, media, summaries, contents, persons, pictures,
    element("date links tags authors title_detail item entry channel body abstract geo:x", words),
)  # fmt: skip

rss_item_parts = st.one_of(
    titles, titles, identifiers, identifiers, stamps, summaries, summaries, contents, media, languages, harmless,
    pictures,
    element("author dc:creator itunes:author managingEditor", names),
    element("feedburner:origLink", links),
)  # fmt: skip
rss_head_parts = st.one_of(
    identifiers, stamps, languages, harmless, element("description itunes:summary", texts, *SCOPES), persons,
    element("ttl sy:updatePeriod sy:updateFrequency", st.sampled_from(["60", "hourly", "4", "x", ""]), "a='b'"),
    element("skipHours", some(element("hour", st.sampled_from(["0", "24", "7", "99", "x"])))),
    element("skipDays", some(element("day", st.sampled_from(["Monday", "sunday", "x"])))),
    element("image textInput", some(element("title link description", texts))),
    st.sampled_from(["<itunes:owner><itunes:name>N</itunes:name></itunes:owner>", "<itunes:category text='a'/>"]),
)  # fmt: skip
xhtml = st.recursive(
    written(words),
    lambda inner: st.builds(
        lambda name, given, inside: f"<{name}{given}>{inside}</{name}>",
        st.sampled_from(["div", "p", "a", "b", "br", "img", "title", "pre"]),
        st.sampled_from(
            ["", " class='x'", " href='/y?a&amp;b'", " src='i.jpg' alt='&quot;'", " lang='de'", " TYPE='A'"]
        ),
        some(inner),
    ),
    max_leaves=5,
)
xhtml_texts = st.builds(
    lambda name, scope, before, inside: (
        f"<{name} {scope} type='xhtml'>{before}<div xmlns='{XHTML}'>{inside}</div></{name}>"
    ),
    st.sampled_from(["content", "summary", "title", "rights"]),
    st.sampled_from(["", *SCOPES]),
    st.sampled_from(["", "\n ", f"<p xmlns='{XHTML}'>x</p>"]),
    some(xhtml),
)
atom_head_parts = st.one_of(link("link"), link("link"), element("id", links), stamps, harmless, persons, languages)
atom_entry_parts = st.one_of(
    titles, titles, link("link"), link("link"), element("id", links), stamps, harmless, persons, media, xhtml_texts,
    element("summary content content", texts, *TYPES, *SCOPES, "src='https://news.example/s'"),
    element("source", some(st.one_of(titles, link("link"), stamps, persons))),
)  # fmt: skip


def _now_and_then(parts: Texts) -> Texts:
    return st.integers(0, 15).flatmap(lambda chance: anything if chance == 0 else parts)


def _entries(name: str, parts: Texts) -> Texts:
    inside = some(_now_and_then(parts), 7)
    return some(element(name, inside, "rdf:about='https://news.example/i'", "own:about='x'", *SCOPES))


def _titled(parts: Texts) -> Texts:
    return st.tuples(element("title", texts, *SCOPES), some(_now_and_then(parts), 5)).map("".join)


_ROOTS: Sequence[tuple[str, Texts]] = [
    ("<rss version='2.0' {0}><channel>{1}</channel></rss>",
     st.tuples(_titled(rss_head_parts), _entries("item", rss_item_parts)).map("".join)),
    ("<rss version='0.92' {0}><channel>{1}</channel></rss>",
     st.tuples(_entries("item", rss_item_parts), _titled(rss_head_parts)).map("".join)),
    ("<feed xmlns='http://www.w3.org/2005/Atom' {0}>{1}</feed>",
     st.tuples(_titled(atom_head_parts), _entries("entry", atom_entry_parts)).map("".join)),
    ("<rdf:RDF xmlns='http://purl.org/rss/1.0/' {0}>{1}</rdf:RDF>",
     st.tuples(_titled(rss_head_parts).map("<channel>{}</channel>".format), _entries("item", rss_item_parts)).map(
         "".join)),
]  # fmt: skip
_FRONT = [
    *(
        "",
        '<?xml version="1.0"?>',
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        "<?xml version='1.0' encoding='iso-8859-1'?>",
    ),
    *('<?xml version="1.0"?><?xml-stylesheet href="x"?><!-- c -->', "\n", "<!DOCTYPE rss>"),
]
_CONTENT_TYPES = ["", "application/rss+xml; charset=utf-8", "text/xml", "text/html; charset=ISO-8859-1"]


@st.composite
def feeds(draw: st.DrawFn) -> tuple[bytes, str]:
    """A feed's body and its content type."""
    is_misused = draw(st.integers(0, 9)) == 0
    misused = draw(st.sampled_from(sorted(MISUSED))) if is_misused else ""
    spaces = NAMESPACES | ({misused: MISUSED[misused]} if misused else {})
    declared = " ".join(f"xmlns:{prefix}='{uri}'" for prefix, uri in spaces.items())
    root, inside = draw(st.sampled_from(_ROOTS))
    scope = draw(st.sampled_from(["", "", *SCOPES]))
    text = draw(st.sampled_from(_FRONT)) + root.format(f"{declared} {scope}", draw(inside))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "iso-8859-1"]))
    return text.encode(encoding, "xmlcharrefreplace"), draw(st.sampled_from(_CONTENT_TYPES))
