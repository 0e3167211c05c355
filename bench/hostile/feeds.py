"""Feeds whose bytes arrive as they should, made to stall, to flood, to mislead or to break who reads them.

Where it can be, the trouble sits between two good entries, which must come through.
"""

import codecs
import itertools
from collections.abc import Iterable
from html import escape

from bench.hostile.attack import attack
from bench.hostile.exchange import HTML, RSS, Exchange
from bench.hostile.wellmade import SENTENCES, between_neighbours, html, item, paragraphs, rss, rss_pieces

PASSWORDS = "file:///etc/passwd"
MARK = "jumps"
"""Stands in each entry that was made to do harm and is to be found again."""


def _serve(exchange: Exchange, *items: str, before: str = "") -> None:
    """These items between good ones."""
    exchange.answer(rss(between_neighbours(exchange.base, *items), before=before).encode(), RSS)


def _titled(exchange: Exchange, title: str, extra: str = "") -> str:
    return item("trouble", f"{MARK} {title}", exchange.base, extra)


# --- Entities and declarations ---


@attack("feed")
def billion_laughs(exchange: Exchange) -> None:
    """Declares ten entities, each ten times the one before, and uses the last."""
    names = "abcdefghij"
    declared = ['<!ENTITY a "laugh">']
    declared += [f'<!ENTITY {name} "{f"&{less};" * 10}">' for less, name in itertools.pairwise(names)]
    _serve(exchange, _titled(exchange, "&j;"), before=_doctype(*declared))


@attack("feed")
def quadratic_entities(exchange: Exchange) -> None:
    """Declares one entity of a hundred kilobytes and uses it ten thousand times."""
    declared = f'<!ENTITY a "{"x" * 100_000}">'
    _serve(exchange, _titled(exchange, "&a;" * 10_000), before=_doctype(declared))


@attack("feed")
def external_entity_file(exchange: Exchange) -> None:
    """Asks for a file of the reading machine as an entity."""
    _serve(exchange, _titled(exchange, "&a;"), before=_doctype(f'<!ENTITY a SYSTEM "{PASSWORDS}">'))


@attack("feed")
def external_entity_canary(exchange: Exchange) -> None:
    """Asks for an address on loopback as an entity, where somebody notes who comes."""
    _serve(exchange, _titled(exchange, "&a;"), before=_doctype(f'<!ENTITY a SYSTEM "{exchange.elsewhere}/entity">'))


@attack("feed")
def external_dtd_canary(exchange: Exchange) -> None:
    """Names a document type on loopback, where somebody notes who comes."""
    _serve(exchange, before=f'<!DOCTYPE rss SYSTEM "{exchange.elsewhere}/rss.dtd">\n')


@attack("feed")
def parameter_entity_canary(exchange: Exchange) -> None:
    """Includes a further declaration from loopback, where somebody notes who comes."""
    _serve(exchange, before=_doctype(f'<!ENTITY % more SYSTEM "{exchange.elsewhere}/more.dtd">', "%more;"))


@attack("feed")
def doctype_backslash(exchange: Exchange) -> None:
    """Declares an entity whose value is a broken template for a regular expression."""
    _serve(exchange, _titled(exchange, "&a;"), before=_doctype('<!ENTITY a "\\g<nobody> \\9">'))


def _doctype(*declarations: str) -> str:
    return "<!DOCTYPE rss [\n" + "\n".join(declarations) + "\n]>\n"


# --- Characters that do not exist ---


@attack("feed")
def reference_surrogate(exchange: Exchange) -> None:
    """Refers to half a character: &#xD800;."""
    _serve(exchange, _titled(exchange, "&#xD800;"))


@attack("feed")
def reference_beyond(exchange: Exchange) -> None:
    """Refers to a character after the last: &#x110000;."""
    _serve(exchange, _titled(exchange, "&#x110000;"))


@attack("feed")
def reference_huge(exchange: Exchange) -> None:
    """Refers to a character whose number fits no machine word: &#99999999999;."""
    _serve(exchange, _titled(exchange, "&#99999999999;"))


@attack("feed")
def reference_nul(exchange: Exchange) -> None:
    """Refers to the character 0, which databases refuse."""
    _serve(exchange, _titled(exchange, "&#0; and &amp;#0; and on"))


@attack("feed")
def nul(exchange: Exchange) -> None:
    """Has zero bytes in a title."""
    _serve(exchange, _titled(exchange, "\0 and \0 on"))


# --- Made to break or to stall a parser ---


@attack("feed")
def gml_srs_name(exchange: Exchange) -> None:
    """Gives a place in a reference system whose number is a word."""
    place = "<georss:where><gml:Point srsName='urn:EPSG:north'><gml:pos>1 2</gml:pos></gml:Point></georss:where>"
    _serve(exchange, _titled(exchange, "at a place", place))


@attack("feed")
def slow_author(exchange: Exchange) -> None:
    """Has an author of 62 KB in which the search for a mail address takes quadratic time."""
    author = "a@" + "a." * 31_000 + "!"
    _serve(exchange, _titled(exchange, "by somebody", f"<author>{author}</author>"))


@attack("feed")
def many_entries(exchange: Exchange) -> None:
    """Has a hundred thousand entries."""
    items = (item(number, f"{MARK} {number}", exchange.base) for number in range(100_000))
    _stream(exchange, rss_pieces(items))


@attack("feed")
def huge_feed(exchange: Exchange) -> None:
    """Has a thousand entries of a hundred kilobytes each."""
    content = f"<content:encoded>{escape(paragraphs(450))}</content:encoded>"
    items = (item(number, f"{MARK} {number}", exchange.base, content) for number in range(1_000))
    _stream(exchange, rss_pieces(items))


@attack("feed")
def nested_tags(exchange: Exchange) -> None:
    """Nests a hundred thousand elements in an entry."""
    _serve(exchange, _titled(exchange, "deep down", "<a>" * 100_000 + "</a>" * 100_000))


@attack("feed")
def many_attributes(exchange: Exchange) -> None:
    """Has an element with a hundred thousand attributes."""
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    _serve(exchange, _titled(exchange, "in detail", f"<category {attributes}>x</category>"))


@attack("feed")
def unclosed(exchange: Exchange) -> None:
    """Stops in the middle of its last entry, and says that this is all."""
    whole = rss(between_neighbours(exchange.base, _titled(exchange, "cut")))
    exchange.answer(whole[: whole.rindex("<description>") + 40].encode(), RSS)


def _stream(exchange: Exchange, pieces: Iterable[str]) -> None:
    exchange.stream((piece.encode() for piece in pieces), RSS)


# --- Who is who ---


@attack("feed")
def one_guid(exchange: Exchange) -> None:
    """Gives five items one guid."""
    items = [
        f"<item><title>{MARK} {number}</title><link>{exchange.base}/article/{number}</link><guid>same</guid></item>"
        for number in range(5)
    ]
    exchange.answer(rss(items).encode(), RSS)


@attack("feed")
def no_guid_no_link(exchange: Exchange) -> None:
    """Gives three items neither guid nor link."""
    items = [
        f"<item><title>{MARK} {number}</title><description>{SENTENCES}</description></item>" for number in range(3)
    ]
    exchange.answer(rss(items).encode(), RSS)


@attack("feed")
def new_guids(exchange: Exchange) -> None:
    """Gives the same five items new guids each time it is asked."""
    items = [
        f"<item><title>{MARK} {number}</title><link>{exchange.base}/article/{number}</link>"
        f"<guid isPermaLink='false'>asked-{exchange.times}-item-{number}</guid></item>"
        for number in range(5)
    ]
    exchange.answer(rss(items).encode(), RSS)


@attack("feed")
def odd_dates(exchange: Exchange) -> None:
    """Dates its items in the future, before the web, on no day of the calendar, and in words."""
    dates = (
        "Mon, 01 Jan 2120 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0000-00-00",  # taken for the year -1 by some
        "99999-01-01",
        "Tue, 31 Feb 2026 10:00:00 GMT",
        "yesterday, after lunch",
        "",
    )
    items = [
        f"<item><title>{MARK} {number}</title><link>{exchange.base}/article/{number}</link><guid>{number}</guid>"
        f"<pubDate>{date}</pubDate></item>"
        for number, date in enumerate(dates)
    ]
    exchange.answer(rss(items).encode(), RSS)


# --- Written in another way than it says ---


@attack("feed")
def wrong_charset(exchange: Exchange) -> None:
    """Says UTF-8 in both places and is Latin-1."""
    body = rss(between_neighbours(exchange.base, _titled(exchange, "über die Brücke")))
    exchange.answer(body.encode("latin-1"), f"{RSS}; charset=utf-8")


@attack("feed")
def utf16_as_utf8(exchange: Exchange) -> None:
    """Says UTF-8 in both places and is UTF-16."""
    body = rss(between_neighbours(exchange.base, _titled(exchange, "twice as long")))
    exchange.answer(body.encode("utf-16"), f"{RSS}; charset=utf-8")


@attack("feed")
def charset_unknown(exchange: Exchange) -> None:
    """Says that it is written in x-klingon."""
    _serve_in(exchange, "x-klingon", _titled(exchange, "in Klingon"))


@attack("feed")
def charset_unicode_escape(exchange: Exchange) -> None:
    """Names a codec of Python that turns harmless bytes into markup."""
    _serve_in(exchange, "unicode_escape", _titled(exchange, "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e"))


@attack("feed")
def charset_rot13(exchange: Exchange) -> None:
    """Names a codec of Python that turns letters around, and is written in it."""
    body = rss(between_neighbours(exchange.base, _titled(exchange, "around")), encoding="rot13")
    exchange.answer(codecs.encode(body, "rot13").encode(), f"{RSS}; charset=rot13")


@attack("feed")
def charset_zlib(exchange: Exchange) -> None:
    """Names a codec of Python that unpacks, and sends what it can unpack."""
    body = rss(between_neighbours(exchange.base, _titled(exchange, "out of a parcel")), encoding="zlib")
    exchange.answer(codecs.encode(body.encode(), "zlib"), f"{RSS}; charset=zlib")


@attack("feed")
def charset_idna(exchange: Exchange) -> None:
    """Names a codec of Python for host names, which takes quadratic time."""
    _serve_in(exchange, "idna", _titled(exchange, "x" * 100_000))


def _serve_in(exchange: Exchange, charset: str, trouble: str) -> None:
    body = rss(between_neighbours(exchange.base, trouble), encoding=charset)
    exchange.answer(body.encode(), f"{RSS}; charset={charset}")


# --- Aimed at the browser ---


@attack("feed")
def script_titles(exchange: Exchange) -> None:
    """Has scripts in titles, authors and contents."""
    script, image = "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"
    content = f"<author>{escape(script)}</author><content:encoded>{escape(script + image)}</content:encoded>"
    _serve(
        exchange,
        _titled(exchange, escape(script), content),
        item("two", f"<![CDATA[{MARK} {image}]]>", exchange.base),
        item("three", f"{MARK} {escape(escape(script))}", exchange.base),
    )


@attack("feed")
def javascript_links(exchange: Exchange) -> None:
    """Has links that are scripts, data or files, plainly and in disguise."""
    links = ("javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", PASSWORDS)
    items = [
        f"<item><title>{MARK} {number}</title><link>{link}</link><guid>{link}</guid>"
        f"<description>{SENTENCES}</description></item>"
        for number, link in enumerate(links)
    ]
    _serve(exchange, *items)


@attack("feed")
def svg_links(exchange: Exchange) -> None:
    """Has drawings whose links and animations are scripts."""
    drawing = (
        '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a>'
        '<a><animate attributeName="href" values="javascript:alert(1)"/><text>y</text></a></svg>'
    )
    _serve(exchange, _titled(exchange, "drawn", f"<content:encoded>{escape(drawing)}</content:encoded>"))


# --- No feed at all ---


@attack("feed")
def page_for_feed(exchange: Exchange) -> None:
    """Answers 200 with a page where a feed is expected, as sites do whose feed is gone."""
    exchange.answer(html(paragraphs(3)).encode(), HTML)


@attack("feed")
def empty_feed(exchange: Exchange) -> None:
    """Answers 200 with nothing."""
    exchange.answer(b"", RSS)


@attack("feed")
def picture_for_feed(exchange: Exchange) -> None:
    """Answers with the bytes of a picture, labelled as a feed."""
    exchange.answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, RSS)


@attack("feed")
def nested_json(exchange: Exchange) -> None:
    """Answers with JSON that is nested a hundred thousand deep."""
    exchange.answer(
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000, "application/feed+json"
    )
