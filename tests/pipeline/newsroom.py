"""News for the pipeline's tests: outlets on a test site, told what to publish by verbs.

    herald = Outlet(site, "Herald")
    url = herald.publishes(AGROUND)
    herald.corrects(AGROUND, CORRECTED)

An outlet has a feed and a page for each report; both are served as outlets serve them, with an ETag on the feed and
navigation around the text. What the reports say is made up.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.site import Site

MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # a Wednesday; when the news of these tests begins


@dataclass(frozen=True, slots=True)
class Report:
    """What an outlet publishes. `summary` is what the feed says of it; None: its first paragraph."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime | None = MORNING
    author: str = ""
    language: str = "en"
    summary: str | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    def later(self, minutes: float) -> "Report":
        return replace(self, published=(self.published or MORNING) + timedelta(minutes=minutes))

    def named(self, slug: str) -> "Report":
        return replace(self, slug=slug)


@dataclass
class Outlet:
    """One outlet. Its name is its feed's title, and the folder of its pages."""

    site: Site
    name: str
    listed: dict[str, tuple[Report, str]] = field(default_factory=dict)
    """What the feed lists: a report and the address it links to, by the report's slug."""

    def __post_init__(self) -> None:
        self.renews_feed()

    @property
    def feed_path(self) -> str:
        return f"/{self.name.lower()}/feed.xml"

    @property
    def feed_url(self) -> str:
        return self.site.url(self.feed_path)

    def path(self, report: Report) -> str:
        return f"/{self.name.lower()}/{report.slug}"

    def url(self, report: Report) -> str:
        return self.site.url(self.path(report))

    def publishes(self, report: Report) -> str:
        """List the report in the feed and serve its page; the page's address."""
        self.lists(report)
        self.site.serves(self.path(report), page(report), headers={"Content-Type": "text/html; charset=utf-8"})
        return self.url(report)

    def lists(self, report: Report, url: str | None = None) -> None:
        """List the report in the feed, under its own address or another, whatever that answers."""
        self.listed[report.slug] = report, self.url(report) if url is None else url
        self.renews_feed()

    def corrects(self, report: Report, now: Report) -> None:
        """Publish another version under the first one's address."""
        self.publishes(replace(now, slug=report.slug, published=report.published))

    def renews_feed(self) -> None:
        body = feed(self.name, list(self.listed.values()))
        tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:12]}"'
        self.site.serves(self.feed_path, body, headers={"ETag": tag, "Content-Type": "application/rss+xml"})

    def times_asked(self) -> int:
        """How often the feed was asked for."""
        return len(self.site.asked(self.feed_path))


def feed(title: str, listed: Sequence[tuple[Report, str]]) -> str:
    """An RSS 2.0 feed, the newest first."""
    items = "".join(_item(report, url) for report, url in reversed(listed))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>http://127.0.0.1/</link><description/>{items}</channel></rss>"
    )


def _item(report: Report, url: str) -> str:
    summary = report.paragraphs[0] if report.summary is None else report.summary
    date = f"<pubDate>{format_datetime(report.published)}</pubDate>" if report.published else ""
    link = f"<link>{escape(url)}</link>" if url else ""
    return (
        f"<item><title>{escape(report.title)}</title>{link}"
        f'<guid isPermaLink="false">{escape(report.slug)}</guid>{date}'
        f"<description>{escape(summary)}</description></item>"
    )


def page(report: Report) -> str:
    """A page as outlets make them: navigation, the text, and what else they want to be read."""
    author = f'<meta name="author" content="{escape(report.author)}">' if report.author else ""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in report.paragraphs)
    return (
        f'<!doctype html><html lang="{report.language}"><head><meta charset="utf-8">'
        f"<title>{escape(report.title)}</title>{author}</head><body>"
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>'
        f"<main><article><h1>{escape(report.title)}</h1>{body}</article></main>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )


# --- One event in several reports ---

AGROUND = Report(
    "aground",
    "Ferry Orla runs aground off Tarn Head, 14 injured",
    (
        "The ferry Orla ran aground off Tarn Head early on Wednesday and 14 people were injured, the coastguard said.",
        "The ship had left the port of Brannock at dawn with 212 passengers on board. She struck a ledge of rock "
        "three miles from the harbour mouth, in calm water and good visibility.",
        "Lifeboats from Brannock and Skelby took everybody off within two hours. The injured were brought to the "
        "county hospital, most of them with cuts and broken bones.",
        "Captain Ruth Halloran told the harbour office that the steering had failed a few minutes before the "
        "ship struck. Investigators of the Maritime Safety Board are expected in Brannock this afternoon.",
    ),
)
AGROUND_CORRECTED = replace(
    AGROUND,
    title="Ferry Orla runs aground off Tarn Head, 17 injured",
    paragraphs=(AGROUND.paragraphs[0].replace("14 people", "17 people"), *AGROUND.paragraphs[1:]),
)
# The same text under an agency's dateline, without its last paragraph: what a subscriber makes of a wire report.
AGROUND_COPIED = Report(
    "ferry-aground",
    "Orla runs onto rocks near Brannock",
    (f"BRANNOCK (Herald) - {AGROUND.paragraphs[0]}", *AGROUND.paragraphs[1:3]),
    MORNING + timedelta(minutes=40),
)
# An independent report of the same event, with a figure of its own.
STEERING = Report(
    "steering",
    "Steering failure blamed as Orla hits rocks off Tarn Head",
    (
        "A failure of the steering gear sent the passenger ferry Orla onto the rocks at Tarn Head on Wednesday, her "
        "captain, Ruth Halloran, has told investigators.",
        "Divers found a gash of eleven metres in the hull of the Orla, and 3 people of her crew were still missing "
        "at noon. The Maritime Safety Board has sent inspectors to Brannock, where the ferry was built.",
        "Doctors at the county hospital said that 23 people were injured, two of them seriously.",
        "The Orla has been out of service twice this winter because of trouble with her rudder.",
    ),
    MORNING + timedelta(hours=3),
)
# Goes on with the story in words of its own: no ferry, no Tarn Head.
SALVAGE = Report(
    "salvage",
    "Tugs wait for spring tide to move stranded Orla",
    (
        "Two tugs stood by off Brannock on Thursday to pull the Orla from the ledge on which she has lain since "
        "she struck it on Wednesday.",
        "The salvage master said the hull of the Orla, with a gash of eleven metres, would hold until the spring "
        "tide. The Maritime Safety Board has closed the waters around her to small boats.",
        "Ruth Halloran, her captain, was questioned by inspectors in Brannock for four hours about the steering.",
    ),
    MORNING + timedelta(hours=26),
)
# Shares words with the event and is no part of it.
REGATTA = Report(
    "regatta",
    "Brannock regatta drops its ferry race",
    (
        "The summer regatta at Brannock will do without its race of old ferries this year, the sailing club said.",
        "Too few owners had entered, and insurers asked for twice what the club had paid before. A parade of "
        "rowing boats will take its place on the second Saturday of July.",
        "The club was founded in 1911 and has 340 members, most of whom have never set foot on a ferry.",
    ),
    MORNING + timedelta(hours=1),
)

# Has nothing to do with it.
SCHOOL = Report(
    "school",
    "Council of Vellinge votes for a longer school day",
    (
        "Pupils in Vellinge will stay at school until four in the afternoon from next autumn, the council decided.",
        "Teachers had asked for two more music lessons a week. Parents of younger children feared for their naps.",
    ),
)
PIGEONS = Report(
    "pigeons",
    "Racing pigeons from Ghent beat a headwind over the Pyrenees",
    (
        "Two racing pigeons of a breeder from Ghent won the spring flight from Barcelona, their federation said.",
        "The birds covered a thousand kilometres over the Pyrenees and landed within a minute of each other.",
    ),
)

FERRY = {"name": "Orla", "query": "Orla AND (ferry OR rocks)"}
