"""The demo's news world around real processes: its site, a desk that receives alerts, and the files that name both.

    with Town(folder) as town, Storytrail(folder, **town.settings) as storytrail:
        ...
        town.site.end()
        assert town.is_done()
        town.is_well()

Site and desk have a gate that can be closed, so that a process is killed just while it waits for an answer.
"""

import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Select, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from seeds.answers import Answer
from seeds.site import Site
from seeds.world import load_world
from storage.counts import unfinished
from storage.database import Database
from storage.invariants import check_all
from storage.tables import Alert, Article, ArticleState, Delivery, DeliveryStatus, Source, SourceState, Story
from tests.receiver import Receiver
from tests.repository import ROOT
from worker.runtime import utc_now
from worker.stages.address import address_hash

DESK_SECRET = "whsec_dG93bi1kZXNrLXNlY3JldC0yMDI2"
CHANNELS = ("desk", "log")
LONGEST_HOLD_SECONDS = 60
SLOW_SECONDS = 0.3  # of the demo's slow feed, which would take longer


class Gate:
    """Lets requests through, but for those of a kind that it was told to hold until it is opened."""

    def __init__(self) -> None:
        self._kind: str | None = None
        self._open = threading.Event()
        self._holds_one = threading.Event()

    def closes_for(self, kind: str) -> None:
        """Kinds are `feed`, `page` and `alert`."""
        self._open.clear()
        self._holds_one.clear()
        self._kind = kind

    def opens(self) -> None:
        self._kind = None
        self._open.set()

    def holds_one(self) -> bool:
        return self._holds_one.is_set()

    def lets_through(self, kind: str) -> None:
        """Called by the servers' threads: return when the request may be answered."""
        if kind == self._kind:
            self._holds_one.set()
            self._open.wait(LONGEST_HOLD_SECONDS)


class GatedSite(Site):
    """The demo's site behind a gate."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(load_world(), pause=lambda _seconds: time.sleep(SLOW_SECONDS))
        self._gate = gate

    def _answer(self, address: str) -> Answer:
        self._gate.lets_through(self._kind(self.base_url + address))
        return super()._answer(address)

    def _kind(self, url: str) -> str:
        if url in self.feed_urls():
            return "feed"
        return "page" if url in self.served_entries() else "other"


class GatedDesk(Receiver):
    """The receiver behind a gate. What was held it acts on all the same, though the sender may be dead by then."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(DESK_SECRET)
        self._gate = gate

    def takes(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]] | None:
        self._gate.lets_through("alert")
        return super().takes(body, headers)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of it."""

    articles: int
    alerts: int
    repeats: int  # posts of a message that the desk had got before

    def __str__(self) -> str:
        return f"{self.articles} articles, {self.alerts} alerts, {self.repeats} messages posted again"


class Town:
    """The world and what Storytrail has to know of it. `database_url`: where the processes keep what they find."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.gate = Gate()
        self.site = GatedSite(self.gate)
        self.desk = GatedDesk(self.gate)
        self.database = Database(database_url or f"sqlite:///{folder}/storytrail.db")
        self._folder = folder
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.callback(self.database.close)
        for server in (self.site, self.desk):
            self._stack.enter_context(server)
        self._stack.callback(self.gate.opens)  # first on the way out: a held request would hold its server
        (self._folder / "topics.yaml").write_text(self._topics(), encoding="utf-8")
        (self._folder / "sources.yaml").write_text(self._sources())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def settings(self) -> dict[str, str]:
        """For processes that look often, and whose claims lapse soon."""
        return {
            "STORYTRAIL_TOPICS": str(self._folder / "topics.yaml"),
            "STORYTRAIL_SOURCES": str(self._folder / "sources.yaml"),
            "STORYTRAIL_LISTEN": "127.0.0.1:0",
            "STORYTRAIL_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
            "STORYTRAIL_HOST_RATE": "0",
            "STORYTRAIL_TICK": "0.5",
            "STORYTRAIL_POLL_INTERVAL_MIN": "1",
            "STORYTRAIL_POLL_INTERVAL": "1",
            "STORYTRAIL_POLL_INTERVAL_MAX": "2",
            "STORYTRAIL_MAX_ATTEMPTS": "100",  # here it is never the article that kills
            "STORYTRAIL_LOG_LEVEL": "warning",
        }

    def finds(self, statement: Select[*tuple[Any, ...]]) -> bool:
        """Does the database, if it is there yet, have such a row?"""
        try:
            return self.database.read(lambda session: session.execute(statement.limit(1)).first() is not None)
        except OperationalError:
            return False

    def is_done(self, since: datetime) -> bool:
        """Has every feed been polled since then, and is all of it read and told?"""
        return self.database.read(lambda session: _is_done(session, since))

    def is_well(self) -> Tally:
        """Assert that each entry served is one article, and each alert was told once on each channel."""
        return self.database.read(self._judge)

    def _judge(self, session: Session) -> Tally:
        served = [address_hash(url) for url in self.site.served_entries()]
        articles = session.scalars(select(Article)).all()
        assert sorted(article.url_hash for article in articles) == sorted(served)
        assert {article.state for article in articles} == {ArticleState.DONE}
        assert [check for check in check_all(session, utc_now()) if check.breaches] == []
        alerts = session.scalars(select(Alert)).all()
        merged = session.scalars(select(Story.merged_into).where(Story.merged_into.is_not(None))).all()
        self._each_topic_has_its_story(alerts, merged)
        return Tally(len(articles), len(alerts), self._repeats(session, [alert.key for alert in alerts]))

    def _each_topic_has_its_story(self, alerts: Sequence[Alert], merged: Sequence[int | None]) -> None:
        """A story begins once, and once more for each that turned out later to be the same."""
        firsts = [(alert.topic, alert.story_id) for alert in alerts if alert.reason == "first"]
        for (topic, story), times in Counter(firsts).items():
            assert times <= 1 + merged.count(story), f"{topic} was told {times} times that story {story} is new"
        assert {topic for topic, _story in firsts} == set(self._topic_names())

    def _repeats(self, session: Session, keys: list[str]) -> int:
        """Each alert had one effect at the desk; it was posted again only where the outbox knows of the doubt."""
        deliveries = session.execute(select(Alert.key, Delivery).join(Delivery)).all()
        assert sorted((key, d.channel) for key, d in deliveries) == sorted((key, c) for key in keys for c in CHANNELS)
        assert {delivery.status for _key, delivery in deliveries} <= {DeliveryStatus.SENT}
        assert self.desk.told == set(keys)
        assert self.desk.forgeries == 0
        leads = [(key, d) for key, d in deliveries if d.channel == "desk" and d.sent_with is None]
        doubts = {key: delivery.doubts for key, delivery in leads}
        repeats = {key: posts - 1 for key, posts in self.desk.effects.items()}
        assert set(repeats) == set(doubts), "each message is known by the alert that leads it"
        assert all(0 <= repeats[key] <= doubts[key] for key in repeats), f"{repeats} repeats, {doubts} doubts"
        return sum(repeats.values())

    def _topics(self) -> str:
        """The demo's topics, told to the desk as well."""
        text = (ROOT / "seeds" / "topics.yaml").read_text(encoding="utf-8")
        desk = f"channels:\n  desk: {{webhook: {self.desk.url}, secret: {DESK_SECRET}}}\n"
        return text.replace("channels:\n", desk).replace("to: [log]", f"to: [{', '.join(CHANNELS)}]")

    def _topic_names(self) -> list[str]:
        return [line.partition("name: ")[2] for line in self._topics().splitlines() if "- name: " in line]

    def _sources(self) -> str:
        return "sources:\n" + "".join(f"  - url: {url}\n" for url in self.site.feed_urls())


def _is_done(session: Session, since: datetime) -> bool:
    polled = Source.state.not_in([SourceState.RETIRED, SourceState.FAILING])
    waits = select(func.count()).where(polled, (Source.last_ok.is_(None)) | (Source.last_ok < since))
    return not session.scalar(waits) and not unfinished(session)
