"""Read the archive once more for one topic: what matches, and what its readers are told.

The same stages decide as in reading: `match.judge`, `follow`, `disagreement`, `correction`, `alert.decide`. What they
have to know of before, what was matched and told so far, is kept here in memory instead of in the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from worker.stages.alert import (
    DISAGREEMENT,
    FIRST,
    MAX_PASSED,
    SETTLED,
    Alert,
    Occasion,
    Passed,
    Told,
    carrying,
    decide,
    slots_of,
)
from worker.stages.backtest.borderline import support
from worker.stages.backtest.timeline import Event, Moved, Read
from worker.stages.facts import Fact
from worker.stages.facts.correction import Correction, find_correction, find_report_correction
from worker.stages.facts.disagreement import Disagreement, Statement, find_disagreements
from worker.stages.follow import Coverage, is_followed
from worker.stages.match import By, Match, Miss, Topic, judge
from worker.stages.query import PreparedDocument
from worker.stages.query.clauses import Clause

OF_THE_STORY = frozenset([FIRST, DISAGREEMENT])  # alerts that stay with a story when articles are taken out of it


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article in one of its revisions, as the decisions look at it.

    `before`: the text of the revision before, "" for the first. `when`: the moment of what it leads to; `event_time`:
    the article's own. `is_copy`: it was one when it was first read; `turned`: articles that became copies by its being
    read; `copy_of`: of its last revision, the origin. `is_like`: it is like an example of the topic by itself.
    """

    article: int
    revision: int
    title: str
    text: str
    outlet: str
    event_time: datetime
    when: datetime
    document: PreparedDocument
    before: str = ""
    facts: tuple[Fact, ...] = ()
    is_copy: bool = False
    turned: tuple[int, ...] = ()
    copy_of: int | None = None
    is_like: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is tried: a topic in force from `since` until before `until`, by the articles' own time; None: always.

    `clause` is its query, compiled. `examples` are the ids of its example articles, `titles` what the stories are
    called.
    """

    topic: Topic
    on: frozenset[str]
    clause: Clause | None = None
    examples: frozenset[int] = frozenset()
    titles: Mapping[int, str] = field(default_factory=dict, hash=False)
    since: datetime | None = None
    until: datetime | None = None

    def is_in_force(self, when: datetime) -> bool:
        return (self.since is None or when >= self.since) and (self.until is None or when < self.until)


@dataclass(frozen=True, slots=True)
class Matched:
    """An article that the topic matched first in this revision. `support`: see `borderline`; None: not by its query."""

    article: int
    story: int
    revision: int
    when: datetime
    by: By
    reason: str
    support: int | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that would have been raised. `when`: the own time of its article, or that of its correction."""

    key: str
    reason: str
    story: int
    article: int
    when: datetime
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it, in the order in which it would have come. `misses`: of what was read, why the others did not."""

    topic: str
    matches: tuple[Matched, ...] = ()
    alerts: tuple[Raised, ...] = ()
    misses: Mapping[int, str] = field(default_factory=dict, hash=False)


def replay(asked: Asked, events: Iterable[tuple[Event, Sheet | None]]) -> Replay:
    """Go through what happened; each reading comes with its sheet. Stories must come whole, with all their articles."""
    past = _Past(asked)
    for event, sheet in events:
        if isinstance(event, Moved):
            past.move(event)
        elif sheet is not None:
            past.read(event, sheet)
    misses = {article: why for article, why in past.misses.items() if article not in past.matched}
    return Replay(asked.topic.key, tuple(past.matched.values()), tuple(past.alerts), misses)


@dataclass(frozen=True, slots=True)
class _Told:
    """An alert; `number`: how many were raised before."""

    number: int
    article: int
    alert: Alert


class _Past:
    """What is known at one moment of the replay: where articles are, what they state, what was matched and told."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._story: dict[int, int] = {}
        self._time: dict[int, datetime] = {}
        self._outlet: dict[int, str] = {}
        self._title: dict[int, str] = {}
        self._told: dict[int, list[_Told]] = defaultdict(list)
        self._alerted: set[int] = set()
        self._keys: set[str] = set()
        self._moved_with: dict[int, list[_Told]] = {}
        self._stories: dict[int, _Statements] = defaultdict(_Statements)
        self._held: dict[int, tuple[Statement, ...]] = {}
        self._copies: set[int] = set()
        self.matched: dict[int, Matched] = {}
        self.misses: dict[int, str] = {}
        self.alerts: list[Raised] = []

    # --- What happens ---

    def read(self, event: Read, sheet: Sheet) -> None:
        self._place(event, sheet)
        if not self._asked.is_in_force(sheet.event_time):
            return
        verdict = self._verdict(event.story, sheet)
        if isinstance(verdict, Miss):
            self.misses[sheet.article] = verdict.reason
            return
        if sheet.article not in self.matched:
            self.matched[sheet.article] = self._matched(event.story, sheet, verdict)
        occasion = self._occasion(event.story, sheet)
        told = self._told_of(event.story)
        for alert in carrying(decide(occasion, told, self._asked.on), self._passed(event.story, sheet), told):
            self._raise(alert, event.story, sheet)

    def move(self, event: Moved) -> None:
        moving = self._alerts_moving(event)
        self._moved_with[event.change] = moving
        self._told[event.source] = [one for one in self._told[event.source] if one not in moving]
        self._told[event.target] += moving
        self._told[event.target].sort(key=lambda one: one.number)
        for article in event.articles:
            if self._story.get(article) == event.source:
                self._put(article, event.target)

    # --- What is known ---

    def _place(self, event: Read, sheet: Sheet) -> None:
        """The article is in its story, with what it states; what its reading made copies says nothing any more."""
        for article in sheet.turned:
            self._copies.add(article)
            self._put(article, self._story.get(article))
        if sheet.is_copy or sheet.copy_of in self._time:
            self._copies.add(sheet.article)
        self._put(sheet.article, None)
        self._held[sheet.article] = tuple(
            Statement(sheet.article, sheet.outlet, sheet.event_time, fact) for fact in sheet.facts
        )
        self._time[sheet.article] = sheet.event_time
        self._outlet[sheet.article] = sheet.outlet
        self._title[sheet.article] = sheet.title
        self._put(sheet.article, event.story)

    def _put(self, article: int, story: int | None) -> None:
        """Into a story, or None, out of what it is in."""
        if (before := self._story.pop(article, None)) is not None:
            self._stories[before].take_out(article)
        if story is not None:
            self._story[article] = story
            stated = () if article in self._copies else self._held.get(article, ())
            self._stories[story].put_in(article, stated)

    def _verdict(self, story: int, sheet: Sheet) -> Match | Miss:
        title = self._asked.titles.get(story, "")
        coverage = self._coverage(story)
        quiet = self._asked.topic.followed_for
        follows = coverage is not None and is_followed(coverage, sheet.event_time, quiet)
        is_like = sheet.is_like or self._stories[story].has_any(self._asked.examples)
        return judge(
            self._asked.topic,
            sheet.document,
            followed_story=title if follows else "",
            like_story=title if is_like else "",
        )

    def _coverage(self, story: int) -> Coverage | None:
        """When the first and the last of its articles appeared that were matched, whatever by."""
        if not self._asked.topic.follow:
            return None
        times = [self._time[article] for article in self._stories[story].articles if article in self.matched]
        return Coverage(min(times), max(times)) if times else None

    def _matched(self, story: int, sheet: Sheet, match: Match) -> Matched:
        by_query = match.by == "query" and self._asked.clause is not None
        places = support(self._asked.clause, sheet.document) if by_query and self._asked.clause else None
        return Matched(sheet.article, story, sheet.revision, sheet.when, match.by, match.reason, places)

    def _occasion(self, story: int, sheet: Sheet) -> Occasion:
        is_copy = sheet.article in self._copies
        wants_disagreements = not is_copy and not self._asked.on.isdisjoint([DISAGREEMENT, SETTLED])
        return Occasion(
            topic=self._asked.topic.key,
            story=story,
            article=sheet.article,
            revision=sheet.revision,
            is_copy=is_copy,
            title=sheet.title,
            text=sheet.text,
            facts=sheet.facts,
            disagreements=self._stories[story].disagreements(sheet.facts) if wants_disagreements else (),
            correction=self._correction(story, sheet),
            outlet=sheet.outlet,
            quiet=self._quiet_before(story, sheet),
        )

    def _correction(self, story: int, sheet: Sheet) -> Correction | None:
        if sheet.before:
            return find_correction(sheet.before, sheet.text)
        return find_report_correction(sheet.facts, self._stories[story].said_before(sheet))

    def _passed(self, story: int, sheet: Sheet) -> Iterable[Passed]:
        """What matched and raised no alert, as far as it is looked at."""
        own = self._stories[story].articles & self.matched.keys()
        passed = own - self._alerted - self._copies - {sheet.article}
        latest = sorted(passed, key=lambda article: (self._time[article], article))[-MAX_PASSED:]
        for article in latest:
            facts = tuple(statement.fact for statement in self._held[article])
            yield Passed(article, self._outlet[article], self._title[article], facts)

    def _quiet_before(self, story: int, sheet: Sheet) -> timedelta | None:
        times = [self._time[article] for article in self._stories[story].articles if article != sheet.article]
        return max(timedelta(0), sheet.event_time - max(times)) if times else None

    def _told_of(self, story: int) -> Told:
        earlier = [one.alert for one in self._told.get(story, ())]
        articles = {one.article for one in self._told.get(story, ())}
        keys = frozenset(key for alert in earlier for key in alert.told_facts)
        stated = {s.fact.text for article in articles for s in self._held[article] if s.fact.key in keys}
        return Told(
            reasons=frozenset(alert.reason for alert in earlier),
            fact_keys=keys,
            fact_texts=tuple(sentence for alert in earlier for sentence in alert.new),
            stated=tuple(sorted(stated)),
            disagreement_slots=_slots(earlier, DISAGREEMENT),
            settled_slots=_slots(earlier, SETTLED),
            outlets=frozenset(self._outlet[article] for article in articles),
        )

    def _raise(self, alert: Alert, story: int, sheet: Sheet) -> None:
        """Unless it stands already: a key is for ever, also when what it told has moved to another story."""
        if alert.key in self._keys:
            return
        self._keys.add(alert.key)
        self._alerted.add(sheet.article)
        self._told[story].append(_Told(len(self.alerts), sheet.article, alert))
        self.alerts.append(Raised(alert.key, alert.reason, story, sheet.article, sheet.when, alert.new))

    def _alerts_moving(self, event: Moved) -> list[_Told]:
        """As `storage/story_changes.py` moves them: a merge takes all along, a split what was told of its articles."""
        here = self._told[event.source]
        if event.kind == "merge" and not event.is_undoing:
            return list(here)
        articles = frozenset(event.articles)
        back = self._moved_with.get(event.change, []) if event.is_undoing else []
        return [
            one for one in here if one in back or (one.article in articles and one.alert.reason not in OF_THE_STORY)
        ]


class _Statements:
    """What the independent articles of one story state, and where they differ."""

    def __init__(self) -> None:
        self.articles: set[int] = set()
        self._stated: dict[int, tuple[Statement, ...]] = {}

    def has_any(self, articles: frozenset[int]) -> bool:
        return bool(articles) and not articles.isdisjoint(self.articles)

    def put_in(self, article: int, statements: Iterable[Statement]) -> None:
        self.articles.add(article)
        self._stated[article] = tuple(one for one in statements if one.fact.slot is not None)

    def take_out(self, article: int) -> None:
        self.articles.discard(article)
        self._stated.pop(article, None)

    def said_before(self, sheet: Sheet) -> Iterable[Fact]:
        """What the outlet of an article stated in those before it, the oldest first."""
        stated = chain.from_iterable(said for article, said in self._stated.items() if article != sheet.article)
        own = [one for one in stated if one.outlet == sheet.outlet and one.published < sheet.event_time]
        return (one.fact for one in sorted(own, key=lambda one: (one.published, one.article)))

    def disagreements(self, touching: Iterable[Fact]) -> tuple[Disagreement, ...]:
        """On the slots of these facts, and on what may be about the same."""
        slots = frozenset(fact.slot for fact in touching if fact.slot is not None)
        return find_disagreements(chain.from_iterable(self._stated.values()), slots) if slots else ()


def _slots(earlier: Iterable[Alert], reason: str) -> frozenset[str]:
    told = (each for alert in earlier if alert.reason == reason for each in alert.disagreements)
    return frozenset(slot for each in told for slot in slots_of(each))
