"""A news world of two feeds and six articles, held in memory, and a desk that counts the alerts it gets.

    world = World()
    world.publishes_the_first_day()
    world.publishes_the_second_day()     # one article more, and one of the first day corrected
    assert world.posts == {key: 1}       # how often each message was posted, by the alert that it is known by
    assert world.carried == {key: {key, other}}      # and the alerts that it tells

Feeds answer 304 to whoever names their ETag, as real ones do: what is lost after its ETag was kept stays lost. The
five articles on the bridge and the two others raise an alert of each reason.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from worker.fetch.door import Response

MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
HOOK = "http://desk.example/hook"

TOPICS = f"""
channels:
  desk: {{webhook: "{HOOK}", secret: "whsec_c21hbGwtd29ybGQtc2VjcmV0LWtleQ=="}}
topics:
  - name: Brackwater bridge
    query: Brackwater AND bridge
    alert:
      to: [desk, log]
      on: [first, new-fact, disagreement, correction]
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as its outlet publishes it."""

    url: str
    title: str
    hour: int  # after the morning of the first day
    text: tuple[str, ...]

    @property
    def page(self) -> bytes:
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.text)
        title = escape(self.title)
        return f"<html><head><title>{title}</title></head><article><h1>{title}</h1>{text}</article></html>".encode()

    @property
    def item(self) -> str:
        published = format_datetime(MORNING + timedelta(hours=self.hour))
        return (
            f"<item><guid>{self.url}</guid><link>{self.url}</link><title>{escape(self.title)}</title>"
            f"<pubDate>{published}</pubDate><description>{escape(self.text[0])}</description></item>"
        )


COLLAPSE = Piece(
    "http://courier.example/collapse",
    "Footbridge gives way at Brackwater",
    1,
    (
        "A footbridge over the Brackwater gave way on Wednesday morning, and 12 people were injured when it fell.",
        "The bridge had been inspected in autumn, said the county engineer Maud Ferrin, who asked people to stay away.",
        "Divers searched the river until noon and found nobody under the wreck of the bridge.",
    ),
)
CORRECTED = replace(
    COLLAPSE,
    title="Footbridge gives way at Brackwater, 14 injured",
    text=(COLLAPSE.text[0].replace("12", "14"), *COLLAPSE.text[1:]),
)
CHEESE = Piece(
    "http://courier.example/cheese",
    "Dairy at Lower Elm wins a medal for its blue cheese",
    2,
    (
        "The dairy at Lower Elm has won a silver medal at the northern cheese fair for a blue that ripens in slate.",
        "Its owners, two sisters who took over from their uncle, mean to double the number of goats next spring.",
    ),
)
RIVAL = Piece(
    "http://ledger.example/bridge",
    "Brackwater bridge falls into the river, nine people injured",
    3,
    (
        "Nine people were injured at Brackwater this morning when the old bridge for walkers fell into the river.",
        "The mayor, Tobias Hale, told reporters that the bridge would be replaced by one of steel within the year.",
        "A school class had crossed the bridge only minutes before, according to their teacher.",
    ),
)
COPY = Piece("http://courier.example/copy", "Bridge falls at Brackwater", 4, RIVAL.text)
FIXTURE = Piece(
    "http://ledger.example/fixture",
    "Late goal sends Stonehaven Rovers to the final",
    5,
    (
        "A header in the last minute sent Stonehaven Rovers to the cup final for the first time since the war.",
        "Their keeper saved two penalties in a match that was played in heavy snow before a full house.",
    ),
)
FOLLOW_UP = Piece(
    "http://ledger.example/repairs",
    "Replacing the Brackwater bridge to cost 3 million",
    25,
    (
        "Replacing the bridge at Brackwater will cost 3 million pounds, the mayor Tobias Hale told the council.",
        "The footbridge gave way on Wednesday morning. Traffic on the river stays closed for 6 weeks, he said.",
    ),
)

COURIER, LEDGER = "http://courier.example/feed.xml", "http://ledger.example/feed.xml"


@dataclass
class World:
    """The outlets, and the desk that receives alerts."""

    posts: Counter[str] = field(default_factory=Counter)
    carried: dict[str, frozenset[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)  # of the log channel
    _feeds: dict[str, tuple[Piece, ...]] = field(default_factory=dict)

    def publishes_the_first_day(self) -> None:
        self._feeds = {COURIER: (COLLAPSE, CHEESE, COPY), LEDGER: (RIVAL, FIXTURE)}

    def publishes_the_second_day(self) -> None:
        self._feeds = {COURIER: (CORRECTED, CHEESE, COPY), LEDGER: (RIVAL, FIXTURE, FOLLOW_UP)}

    @property
    def feeds(self) -> tuple[str, ...]:
        return tuple(self._feeds)

    @property
    def pieces(self) -> Mapping[str, Piece]:
        """What is out, by address."""
        return {piece.url: piece for pieces in self._feeds.values() for piece in pieces}

    def answers(self, url: str, headers: Mapping[str, str]) -> Response:
        if url in self._feeds:
            return _feed(url, self._feeds[url], headers.get("If-None-Match"))
        if url in self.pieces:
            return Response(url, 200, {"content-type": "text/html; charset=utf-8"}, self.pieces[url].page)
        return Response(url, 404, {}, b"not here")

    def takes(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        assert url == HOOK
        message = headers["webhook-id"]
        self.posts[message] += 1
        self.carried[message] = frozenset(alert["key"] for alert in json.loads(body)["alerts"])
        return Response(url, 204, {}, b"")


def _feed(url: str, pieces: tuple[Piece, ...], known: str | None) -> Response:
    items = "".join(piece.item for piece in pieces)
    body = f'<rss version="2.0"><channel><title>{url}</title><link>{url}</link>{items}</channel></rss>'.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
    if known == tag:
        return Response(url, 304, {"etag": tag}, b"")
    return Response(url, 200, {"etag": tag, "content-type": "application/rss+xml"}, body)
