"""Try a topic on the archive: what it would have matched, told and sent, had it been in force. Nothing is written.

    index, queries       candidates of full-text search, and the query's word on each; near misses are kept
    stories              of all that matches, of examples and of marked articles: whole, with how they came to be
    replay               `worker/stages/backtest`: the decisions of reading, in the order of reading
    sending              what quiet hours and a budget leave of it

On an archive that was read without topics this finds the matches and alerts that reading finds with them. It cannot
bring back what the archive does not hold: of versions that were replaced the date, outlet, authors and language (those
of the last stand for them) and whether they were copies of others; groupings that spellings in the topics file would
have changed when they were read; articles that were moved to another story without a merge or split; and what was never
polled. Of texts longer than `MAX_CHARACTERS`, what stands behind is found only if the beginning has what the query
needs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from heapq import nsmallest

from config.topics import Topic as WrittenTopic
from storage import archive, articles, names
from storage.archive import Standing, Version
from storage.stories import FactRow
from storage.tables import Article, StoryChange
from worker.runtime import Runtime
from worker.stages.address import address_hash, canonical, is_id
from worker.stages.aliases import Aliases
from worker.stages.backtest import (
    Asked,
    Change,
    CopyHistory,
    Day,
    Event,
    Expectations,
    Mark,
    Moved,
    Nearness,
    Read,
    Reading,
    Replay,
    Sent,
    Sheet,
    copy_history,
    days_of,
    late_origins,
    measure_marks,
    nearness,
    replay,
    send,
    timeline,
)
from worker.stages.duplicate import Piece
from worker.stages.facts import Fact, find_facts, with_statements
from worker.stages.feed import clamp
from worker.stages.match import Match, Topic, filters, judge
from worker.stages.names import find_names
from worker.stages.query import Document, PreparedDocument, prepare
from worker.stages.query.clauses import Clause
from worker.stages.search import needs_of
from worker.stages.story import Profile
from worker.steps.document import document_of
from worker.steps.likeness import Resemblance, like_any, profiles_of
from worker.steps.regroup import RULE
from worker.steps.study import study
from worker.steps.tell import UNTITLED
from worker.steps.turn import sending_rules
from worker.topics import TopicsInForce

AT_ONCE = 50  # articles held in memory with their texts
MOST_NEAR = 500  # near misses that are kept while searching; few of them are shown
RELAXED = 200  # articles looked at for each need that is left out, the newest: where near misses are looked for

_EMPTY = prepare(Document("", ""))

Progress = Callable[[str, int, int], None]
"""Told as it goes on: what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Period:
    """Articles of this time are tried, by their own time: as if the topic had been written at `since`."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """An article that lacks one thing."""

    article: int
    when: datetime
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as people know it."""

    id: int
    title: str
    outlet: str
    url: str
    event_time: datetime


@dataclass(frozen=True, slots=True)
class Backtest:
    """What one topic would have done. `examined`: how many articles its query was asked about."""

    topic: str
    version: str
    replay: Replay
    examined: int = 0
    sent: tuple[Sent, ...] = ()
    days: tuple[Day, ...] = ()
    near: tuple[Near, ...] = ()
    marks: Expectations | None = None
    shown: Mapping[int, Shown] = field(default_factory=dict, hash=False)
    titles: Mapping[int, str] = field(default_factory=dict, hash=False)


def backtest(
    run: Runtime,
    topics: TopicsInForce,
    name: str,
    period: Period = Period(),
    marks: Sequence[Mark] = (),
    progress: Progress = lambda _what, _done, _total: None,
) -> Backtest:
    """Try the topic of this name as these topics have it. `marks`: what is expected of it. KeyError: no such topic."""
    trial = _trial(run, topics, name, period, progress)
    found = _look(trial)
    marked = run.database.read(partial(archive.by_ids, ids=[mark.article_id for mark in marks]))
    expected = [mark for mark in marks if mark.article_id in marked and _is_within(marked[mark.article_id], period)]
    known = [*found.touched, *trial.examples, *(mark.article_id for mark in expected)]
    past = _past(trial, known)
    replayed = replay(_asked(trial, past), _events(trial, past))
    sent = send(replayed.alerts, trial.written.alert.to, sending_rules(trial.written.alert))
    matched = {match.article for match in replayed.matches}
    near = tuple(one for one in found.near if one.article not in matched)
    told = {*matched, *(one.article for one in near), *(mark.article_id for mark in expected)}
    return Backtest(
        topic=name,
        version=trial.topic.version,
        replay=replayed,
        examined=found.examined,
        sent=sent,
        days=days_of(replayed.matches, replayed.alerts, sent),
        near=near,
        marks=measure_marks(replayed, expected) if expected else None,
        shown=_shown(run, sorted(told)),
        titles=past.titles,
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is tried, and the means for it."""

    run: Runtime
    written: WrittenTopic
    topic: Topic
    clause: Clause | None
    aliases: Aliases
    examples: frozenset[int]
    period: Period
    progress: Progress

    @property
    def limit(self) -> float | None:
        """From which likeness to an example on an article matches; None: by its story alone."""
        return self.written.like_at_least if self.examples else None


def _trial(run: Runtime, topics: TopicsInForce, name: str, period: Period, progress: Progress) -> _Trial:
    written, topic = topics.by_name[name], _compiled(topics, name)
    clause = topic.query.clause if topic.query else None
    return _Trial(run, written, topic, clause, topics.aliases, _examples(run, written), period, progress)


def _compiled(topics: TopicsInForce, name: str) -> Topic:
    """The index gives the topics that are asked for, whatever the article."""
    return next(topic for topic in topics.index.candidates(_EMPTY, [name]) if topic.key == name)


def _examples(run: Runtime, written: WrittenTopic) -> frozenset[int]:
    """The articles that the topic names as examples, as reading knows them: by their ids and by their addresses."""
    labels = {like if is_id(like) else canonical(like) for like in written.like}
    ids = {int(label) for label in labels if is_id(label)}
    for label in labels:
        found = run.database.read(partial(articles.find_article, url_hashes=[address_hash(label)]))
        if found is not None and canonical(found.url) == label:
            ids.add(found.id)
    return frozenset(ids)


# --- Looking for what matches by itself ---


@dataclass(slots=True)
class _Look:
    """What the search brings: articles that match by themselves, and those that nearly do."""

    examined: int = 0
    touched: list[int] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)


def _look(trial: _Trial) -> _Look:
    """Ask the query about every article that it may match, and about some that lack one of the things it needs."""
    look = _Look()
    if trial.limit is not None:
        trial.progress("comparing with the examples", 0, 1)
        period = trial.period
        look.touched += like_any(trial.run, trial.examples, trial.limit, period.since, period.until)
    if trial.clause is None:
        return look
    needs, period = needs_of(trial.clause), trial.period
    read = trial.run.database.read
    searched = read(partial(archive.candidates, needs=needs, since=period.since, until=period.until))
    others = read(partial(archive.unsearchable, since=period.since, until=period.until))
    wanted = list(dict.fromkeys([*searched, *others]))
    relaxed = _relaxed(trial, needs, frozenset(wanted))
    total = len(wanted) + len(relaxed)
    for sheets in _in_batches([*wanted, *relaxed]):
        _examine(trial, sheets, look)
        trial.progress("asking the query", look.examined, total)
    return look


def _relaxed(trial: _Trial, needs: Sequence[frozenset[str]], known: frozenset[int]) -> list[int]:
    """The newest articles that lack one of the things the query needs; a query that needs but one lacks all."""
    if len(needs) < 2:
        return []
    found: dict[int, None] = {}
    for left_out in range(len(needs)):
        rest = [*needs[:left_out], *needs[left_out + 1 :]]
        ask = partial(archive.candidates, needs=rest, limit=RELAXED, since=trial.period.since, until=trial.period.until)
        found |= dict.fromkeys(trial.run.database.read(ask))
    return [article for article in found if article not in known]


def _examine(trial: _Trial, ids: Sequence[int], look: _Look) -> None:
    kept = _kept(trial, ids)
    for article in kept.articles.values():
        look.examined += 1
        if article.story_id is None:
            continue  # it said nothing when it was read, and was held against no topic
        documents = [kept.document(article.id, number) for number in kept.numbers(article.id)]
        if any(isinstance(judge(trial.topic, document), Match) for document in documents):
            look.touched.append(article.id)
        elif trial.clause is not None:
            look.near.append(Near(article.id, article.event_time, _nearness(trial.topic, trial.clause, documents[-1])))
    look.near = nsmallest(MOST_NEAR, filter(lambda one: one.nearness.is_near, look.near), key=_how_near)


def _nearness(topic: Topic, clause: Clause, document: PreparedDocument) -> Nearness:
    """With what the topic lets in besides its query: a wrong language is a condition like any other."""
    words = nearness(clause, document)
    against = [one.why for one in filters(topic, document) if not one.lets_in]
    decisive = words.decisive or next(iter(against), "")
    return Nearness(words.lacks + len(against), words.holds, decisive)


def _how_near(one: Near) -> tuple[int, float]:
    """That which has most of what is asked for comes first, then the newest."""
    return -one.nearness.holds, -one.when.timestamp()


def _in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


# --- Articles as they were read ---


@dataclass(frozen=True, slots=True)
class _Kept:
    """Some articles with all that is kept of them."""

    articles: Mapping[int, Article]
    versions: Mapping[int, Sequence[Version]]
    names: Mapping[int, Sequence[str]]
    facts: Mapping[int, Sequence[FactRow]]
    aliases: Aliases

    def numbers(self, article: int) -> Sequence[int]:
        """Which revisions of the article say anything."""
        earlier = [version.number for version in self.versions.get(article, ()) if version.title or version.text]
        return [*earlier, self.articles[article].revision]

    def said(self, article: int, revision: int) -> tuple[str, str]:
        """Its title and its text."""
        for version in self.versions.get(article, ()):
            if version.number == revision:
                return version.title, version.text
        return self.articles[article].title, self.articles[article].text

    def document(self, article: int, revision: int) -> PreparedDocument:
        """As a query is asked about it. A version that was replaced has the outlet and authors of the last."""
        title, text = self.said(article, revision)
        last = document_of(self.articles[article], self._names(article, revision, title, text))
        return prepare(replace(last, title=title, text=text))

    def stated(self, article: int, revision: int) -> tuple[Fact, ...]:
        """What it states: as it was stored, or found again in a version that was replaced."""
        last = self.articles[article]
        if revision == last.revision:
            return tuple(map(_fact, self.facts.get(article, ())))
        title, text = self.said(article, revision)
        return with_statements(find_facts(title, text, last.language, published=last.event_time.date()), text)

    def _names(self, article: int, revision: int, title: str, text: str) -> tuple[str, ...]:
        if revision == self.articles[article].revision:
            return tuple(self.names.get(article, ()))
        return tuple(name.shown for name in find_names(title, text, self.articles[article].language, self.aliases))


def _kept(trial: _Trial, ids: Sequence[int], *, with_facts: bool = False) -> _Kept:
    read = trial.run.database.read
    return _Kept(
        articles=read(partial(archive.by_ids, ids=ids)),
        versions=read(partial(archive.versions, ids=ids)),
        names=read(partial(names.names_in, article_ids=ids)),
        facts=read(partial(archive.facts_of, ids=ids)) if with_facts else {},
        aliases=trial.aliases,
    )


def _fact(row: FactRow) -> Fact:
    return Fact(row.key, row.slot, row.value, row.qualifier, row.text, row.start, row.hedged, row.said)


# --- How the stories came to be ---


@dataclass(frozen=True, slots=True)
class _Past:
    """What happened to the stories that the topic touches, in order, and since when each copy was one."""

    events: tuple[Event, ...]
    copies: CopyHistory
    replaced: Mapping[int, Sequence[datetime]]
    titles: Mapping[int, str]


def _past(trial: _Trial, known: Iterable[int]) -> _Past:
    read = trial.run.database.read
    changes = [_change(row) for row in read(archive.changes)]
    stories = _connected(set(read(partial(archive.stories_of, ids=sorted(set(known)))).values()), changes)
    members = read(partial(archive.standing_in, stories=sorted(stories)))
    replaced = read(partial(archive.replacements, ids=[one.id for one in members if one.revision > 1]))
    readings = _readings(trial, members, replaced)
    firsts = sorted((r for r in readings if r.revision == 1), key=lambda r: (r.at, r.due, r.article))
    copy_of = {one.id: one.copy_of for one in members if one.copy_of is not None}
    named = read(partial(archive.titles, stories=sorted(stories)))
    return _Past(
        events=timeline(readings, _within(changes, stories), {one.id: one.story for one in members}, copy_of),
        copies=_copies(trial, [first.article for first in firsts], copy_of),
        replaced=replaced,
        titles={story: title or UNTITLED for story, title in named.items()},
    )


def _change(row: StoryChange) -> Change:
    return Change(
        id=row.id,
        kind="merge" if row.kind == "merge" else "split",
        at=row.at,
        undone=row.undone,
        is_by_rule=row.by == RULE,
        story=row.story_id,
        other=row.other_id,
        articles=tuple(row.articles),
    )


def _within(changes: Iterable[Change], stories: set[int]) -> Sequence[Change]:
    return [change for change in changes if change.story in stories]


def _connected(stories: set[int], changes: Sequence[Change]) -> set[int]:
    """With all stories that were ever one with these, so that what has come from them and gone to them is known."""
    size = -1
    while len(stories) > size:
        size = len(stories)
        for change in changes:
            if change.story in stories or change.other in stories:
                stories |= {change.story, change.other}
    return stories


def _readings(
    trial: _Trial, members: Sequence[Standing], replaced: Mapping[int, Sequence[datetime]]
) -> Sequence[Reading]:
    """When each revision was read: the first as the log says, each other when it replaced the one before."""
    revised = [one.id for one in members if one.revision > 1]
    first = trial.run.database.read(partial(archive.first_reads, ids=revised))
    readings = []
    for one in members:
        later = replaced.get(one.id, ())
        times = [first.get(one.id, one.read_at), *later] if one.revision > 1 else [one.read_at]
        waited = [_due(one), *(one.event_time for _ in later)]
        readings += [
            Reading(one.id, number, at, due) for number, (at, due) in enumerate(zip(times, waited, strict=True), 1)
        ]
    return readings


def _due(one: Standing) -> datetime:
    """The time by which it stood in line to be read at first: it may have got another by being read."""
    told = datetime.fromisoformat(one.given_published) if one.given_published else None
    return clamp(told, one.first_seen)


def _copies(trial: _Trial, order: Sequence[int], copy_of: Mapping[int, int]) -> CopyHistory:
    late = late_origins(order, copy_of)
    compared = sorted({article for origin, before in late.items() for article in (origin, *before)})
    kept = _kept(trial, compared)
    pieces = {article: _piece(kept, article) for article in kept.articles}
    return copy_history(order, copy_of, pieces, revised=kept.versions.keys())


def _piece(kept: _Kept, number: int) -> Piece:
    """As it was first read."""
    article = kept.articles[number]
    credit = article.credit or " ".join(article.authors)
    text = kept.said(number, kept.numbers(number)[0])[1]
    # Without a date it has taken that of its origin since.
    when = article.event_time if article.published is not None else article.first_seen
    return Piece(number, article.outlet or article.host, when, text, credit)


# --- Going through it again ---


def _asked(trial: _Trial, past: _Past) -> Asked:
    return Asked(
        topic=trial.topic,
        on=trial.written.alert.wanted,
        clause=trial.clause,
        examples=trial.examples,
        titles=past.titles,
        since=trial.period.since,
        until=trial.period.until,
    )


def _events(trial: _Trial, past: _Past) -> Iterator[tuple[Event, Sheet | None]]:
    """What happened, with the articles as they were, a few at a time."""
    seen = None if trial.limit is None else Resemblance(trial.examples, trial.limit)
    for first in range(0, len(past.events), AT_ONCE):
        some = past.events[first : first + AT_ONCE]
        kept = _kept(trial, sorted({one.article for one in some if isinstance(one, Read)}), with_facts=True)
        for event in some:
            sheet = None if isinstance(event, Moved) else _sheet(event, kept, past)
            if sheet is not None and seen is not None:
                sheet = replace(sheet, is_like=_is_like(trial, seen, kept, sheet))
            yield event, sheet
        trial.progress("reading again", min(first + AT_ONCE, len(past.events)), len(past.events))


def _is_like(trial: _Trial, seen: Resemblance, kept: _Kept, sheet: Sheet) -> bool:
    last = kept.articles[sheet.article]

    def profile_of() -> Profile:
        return study(sheet.title, sheet.text, last.language, last.event_time, trial.aliases, None).profile

    origin = profiles_of(trial.run, [sheet.article]).get(sheet.article) if sheet.article in seen.examples else None
    return seen.is_met(sheet.article, cache(profile_of), is_copy=sheet.is_copy, origin=origin)


def _sheet(event: Read, kept: _Kept, past: _Past) -> Sheet | None:
    """The article as it was read; None for a revision that said nothing."""
    article, revision = event.article, event.revision
    if article not in kept.articles or revision not in kept.numbers(article):
        return None
    last = kept.articles[article]
    title, text = kept.said(article, revision)
    is_first = revision == 1
    return Sheet(
        article=article,
        revision=revision,
        title=title,
        text=text,
        outlet=last.outlet or last.host,
        event_time=last.event_time,
        when=last.event_time if is_first else max(last.event_time, past.replaced[article][revision - 2]),
        document=kept.document(article, revision),
        before="" if is_first else kept.said(article, revision - 1)[1],
        facts=kept.stated(article, revision),
        is_copy=article in past.copies.born,
        turned=past.copies.turned.get(article, ()) if is_first else (),
        copy_of=last.copy_of if revision == last.revision else None,
    )


def _shown(run: Runtime, ids: Sequence[int]) -> Mapping[int, Shown]:
    found = run.database.read(partial(archive.by_ids, ids=ids))
    return {one.id: Shown(one.id, one.title, one.outlet or one.host, one.url, one.event_time) for one in found.values()}


def _is_within(article: Article, period: Period) -> bool:
    is_late_enough = period.since is None or article.event_time >= period.since
    return is_late_enough and (period.until is None or article.event_time < period.until)
