"""Feeds to poll, made from a seed: about 18 KB each with twenty entries, in the ways in which feeds are written.

Every sentence is put together here from a list of words, so that the texts are nobody's. Pure: the same seed and the
same moment give the same bytes.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

EVERY_ATOM = 5  # every fifth feed; the others are RSS 2.0

_words = re.compile(r"\w+").findall
_THINGS = _words("""
harbour bridge council tram orchard museum reservoir ferry library quarry stadium market clinic school lighthouse
railway theatre brewery airport courthouse vineyard canal glacier refinery café jardín straße""")
_PEOPLE = _words("""
mayor engineer pilot teacher nurse captain farmer treasurer baker surveyor architect referee librarian minister curator
fisherman""")
_VERBS = _words("""
opened closed repaired inspected measured painted sold postponed rebuilt flooded counted moved praised questioned
approved rejected""")
_LOOKS = _words("old northern narrow crowded empty promised historic wooden unfinished costly quiet disputed")
_TIMES = ["on Monday", "last week", "after midnight", "in the spring", "before the vote", "for the third time"]
_NAMES = ["Ada Brandt", "Luís Moreira", "Petra Nowak", "Søren Holm", "Aylin Demir", "Tomáš Vlk", "Grace Obi"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry before it is written down. `paragraphs` is plain text."""

    number: int
    title: str
    url: str
    author: str
    published: datetime
    summary: str
    paragraphs: Sequence[str]
    category: str

    @property
    def html(self) -> str:
        """The content as a publisher's page would hold it."""
        first, *others = [escape(text, quote=False) for text in self.paragraphs]
        lines = [f'<p>{first} <a href="{self.url}#more" rel="nofollow">Read on</a></p>']
        return "".join(lines + [f"<p>{text}</p>" for text in others])


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A feed as it goes over the wire."""

    path: str
    body: bytes
    content_type: str
    modified: datetime


def make_feeds(count: int, entries: int, newest: datetime, seed: int = 1) -> Sequence[MadeFeed]:
    """`newest` is about when the newest entries are from: sources whose last news is old are no normal case."""
    return [_make_feed(number, entries, newest, random.Random(seed * 100_003 + number)) for number in range(count)]  # noqa: S311 - texts, not secrets


def _make_feed(number: int, entries: int, newest: datetime, chance: random.Random) -> MadeFeed:
    newest -= timedelta(minutes=chance.randrange(600))
    items = [_make_item(number, index, newest, chance) for index in range(entries)]
    is_atom = number % EVERY_ATOM == EVERY_ATOM - 1
    write: Callable[[int, Sequence[Item]], str] = _atom if is_atom else _rss
    kind = "atom" if is_atom else "rss"
    return MadeFeed(
        path=f"/{kind}/{number}.xml",
        body=write(number, items).encode(),
        content_type=f"application/{kind}+xml; charset=utf-8",
        modified=newest,
    )


def _make_item(feed: int, index: int, newest: datetime, chance: random.Random) -> Item:
    title = _sentence(chance).rstrip(".")
    slug = "-".join(re.findall(r"[a-z]+", title.lower())[:6])
    return Item(
        number=feed * 1000 + index,
        title=title,
        url=f"https://outlet-{feed}.example/{newest:%Y/%m}/{slug}-{index}",
        author=chance.choice(_NAMES),
        published=newest - timedelta(minutes=37 * index + chance.randrange(30)),
        summary=_sentence(chance),
        paragraphs=[_sentences(chance) for _ in range(3 if chance.random() < 0.05 else 1)],
        category=chance.choice(_THINGS),
    )


def _sentences(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 2)))


def _sentence(chance: random.Random) -> str:
    """Subject, verb, object, time; every so often a quotation, an ampersand or a number."""
    words = [
        "The", chance.choice(_LOOKS), chance.choice(_PEOPLE), chance.choice(_VERBS),
        "the", chance.choice(_LOOKS), chance.choice(_THINGS), "&" if chance.random() < 0.1 else "and",
        "the", chance.choice(_THINGS), chance.choice(_TIMES),
    ]  # fmt: skip
    match chance.randrange(5):
        case 0:
            words += ["at a cost of", f"€{chance.randrange(2, 900)}", "million"]
        case 1:
            words = ["“" + " ".join(words[:4]) + "”,", "said", chance.choice(_NAMES)]
    return " ".join(words) + "."


def _rss(number: int, items: Sequence[Item]) -> str:
    """Some write content as CDATA and some escaped; some say more, as blog software does."""
    written = "".join(_rss_item(item, in_cdata=number % 2 == 0, says_more=number % 4 == 0) for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        'content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        f"<title>Outlet {number}</title>\n<link>https://outlet-{number}.example/</link>\n"
        f'<atom:link href="https://outlet-{number}.example/feed" rel="self" type="application/rss+xml"/>\n'
        f"<description>News of outlet {number}</description>\n<language>en</language>\n<ttl>30</ttl>\n"
        f"<lastBuildDate>{format_datetime(items[0].published)}</lastBuildDate>\n{written}</channel>\n</rss>\n"
    )


def _rss_item(item: Item, *, in_cdata: bool, says_more: bool) -> str:
    content = f"<![CDATA[{item.html}]]>" if in_cdata else escape(item.html)
    return (
        f"<item>\n<title>{escape(item.title)}</title>\n<link>{item.url}</link>\n"
        f'<guid isPermaLink="false">outlet:{item.number}</guid>\n<dc:creator>{escape(item.author)}</dc:creator>\n'
        f"<pubDate>{format_datetime(item.published)}</pubDate>\n<category>{escape(item.category)}</category>\n"
        f"<description>{escape('<p>' + escape(item.summary, quote=False) + '</p>')}</description>\n"
        f"<content:encoded>{content}</content:encoded>\n{_more(item) if says_more else ''}</item>\n"
    )


def _more(item: Item) -> str:
    return (
        f"<comments>{item.url}#comments</comments>\n<slash:comments>{item.number % 40}</slash:comments>\n"
        f"<category><![CDATA[{item.author}]]></category>\n"
        f'<media:thumbnail url="{item.url}/{item.number}.jpg" width="300" height="200"/>\n'
    )


def _atom(number: int, items: Sequence[Item]) -> str:
    written = "".join(_atom_entry(item) for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<title>Outlet {number}</title>\n<id>urn:outlet:{number}</id>\n"
        f'<link href="https://outlet-{number}.example/"/>\n'
        f"<updated>{items[0].published.isoformat()}</updated>\n{written}</feed>\n"
    )


def _atom_entry(item: Item) -> str:
    return (
        f"<entry>\n<title>{escape(item.title)}</title>\n<id>urn:outlet:{item.number}</id>\n"
        f'<link rel="alternate" type="text/html" href="{item.url}"/>\n'
        f"<published>{item.published.isoformat()}</published>\n<updated>{item.published.isoformat()}</updated>\n"
        f"<author><name>{escape(item.author)}</name></author>\n<category term={_quoted(item.category)}/>\n"
        f'<summary type="html">{escape("<p>" + escape(item.summary, quote=False) + "</p>")}</summary>\n'
        f'<content type="html">{escape(item.html)}</content>\n</entry>\n'
    )


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
