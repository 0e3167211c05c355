"""Why a stored article matched a topic, or why not, and what came of it. Nothing is decided anew, nothing is written.

    filters, query, following, examples     what each says of the article as it stands now
    receipt                                 what was stored when it was read, and by which version of the topic
    alerts                                  those that came of it, or why none did

Following is judged by what was matched when the article was read: what came later cannot have been known then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property

from sqlalchemy.orm import Session

from config.topics import Topic as WrittenTopic
from storage import addresses, alerts, articles, examples, marks, matches
from storage.tables import Alert, Article, ArticleState, Delivery, Mark, Story
from storage.tables import Match as StoredMatch
from worker.stages import address
from worker.stages.examples import likeness
from worker.stages.follow import follow_reason, is_followed
from worker.stages.match import Filter, Match, Miss, Topic, filters, judge
from worker.stages.query import PreparedDocument, prepare
from worker.stages.query.explain import Explanation, explain
from worker.stages.story import Profile
from worker.steps.document import document_of
from worker.steps.following import StoryBefore
from worker.steps.no_alert import why_no_alert
from worker.steps.tell import UNTITLED, with_example
from worker.topics import TopicsInForce

MOST_TOPICS = 200  # that are explained one by one; of more, those that the article has anything to do with
NEAREST = 3  # addresses that are suggested
SEARCHED = 1_000  # addresses on a host, among which they are looked for


@dataclass(frozen=True, slots=True)
class RaisedAlert:
    alert: Alert
    deliveries: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Account:
    """All that there is to say of one topic and the article.

    `verdict` and what follows it: as things stand now. `stored`: the match that was stored when it was read; `changed`
    says in what that differs from now. `silent`: why it raised no alert; `origin`: of a copy, what its origin did.
    """

    topic: str
    version: str
    verdict: Match | Miss
    filters: tuple[Filter, ...] = ()
    query: Explanation | None = None
    following: str = ""
    examples: str = ""
    stored: StoredMatch | None = None
    changed: str = ""
    alerts: Sequence[RaisedAlert] = ()
    silent: str = ""
    origin: str = ""
    mark: Mark | None = None

    @property
    def is_of_interest(self) -> bool:
        """Whether the two have anything to do with each other."""
        return isinstance(self.verdict, Match) or bool(self.stored or self.mark)


def why_not_yet(article: Article) -> str:
    """Why there is nothing to explain; "" when there is."""
    if article.state == ArticleState.QUARANTINED and article.revision == 0:
        return f"it is in quarantine: {article.last_error}"
    if article.revision == 0:
        return "it has not been read yet"
    return "there was nothing to read in it" if article.story_id is None else ""


def near_addresses(session: Session, named: str) -> Sequence[str]:
    """Addresses of stored articles that look like one that is not stored, the nearest first."""
    url = address.canonical(named)
    bare = address.site(url)
    if not bare:
        return ()
    known = addresses.addresses_on(session, [bare, f"www.{bare}"], SEARCHED)
    return get_close_matches(url, known, n=NEAREST)


def explain_article(
    session: Session, article: Article, topics: TopicsInForce, only: str | None = None
) -> Sequence[Account]:
    """An account for each topic, or for `only` this one. The article must have been read (`why_not_yet`)."""
    case = _Case(session, article, topics)
    accounts = [case.account(topic) for topic in case.topics(only)]
    gone = case.stored.keys() - topics.by_name.keys()
    return [*accounts, *(case.account_of_gone(name) for name in sorted(gone) if only in (None, name))]


def prepared(session: Session, article: Article) -> PreparedDocument:
    """The article as queries see it."""
    return prepare(document_of(article, articles.names_of(session, article.id)))


class _Case:
    """One article before all topics: what is asked of the database is asked once."""

    def __init__(self, session: Session, article: Article, topics: TopicsInForce) -> None:
        self._session, self._article, self._topics = session, article, topics
        self._document = prepared(session, article)
        self._story = StoryBefore(session, article, topics.index.followed_for, as_read=article.read_at)
        self.stored = {match.topic: match for match in matches.matches_of(session, article.id)}
        self._marks = marks.marks_on(session, article.id)

    def topics(self, only: str | None) -> Iterator[Topic]:
        """The compiled topics to give account of, in their order."""
        every = self._topics.by_name.keys()
        is_many = only is None and len(every) > MOST_TOPICS
        known = [only] if only else [*self.stored, *self._marks, *self._story.coverage] if is_many else every
        found = self._topics.index.candidates(self._document, [name for name in known if name in every])
        return (topic for topic in found if only in (None, topic.key))

    def account(self, topic: Topic) -> Account:
        name = topic.key
        follows = name in self._story.followers()
        is_like = name in self._like
        verdict = judge(
            topic,
            self._document,
            followed_story=self._title if follows else "",
            like_story=self._title if is_like else "",
        )
        stored = self.stored.get(name)
        raised = [alert for alert in self._raised if alert.alert.topic == name]
        return Account(
            topic=name,
            version=topic.version,
            verdict=verdict,
            filters=tuple(filters(topic, self._document)),
            query=explain(topic.query, self._document) if topic.query else None,
            following=self._following(topic),
            examples="; ".join(filter(None, (_examples(topic, self._title, is_like=is_like), self._likeness(name)))),
            stored=stored,
            changed=_changed(topic, verdict, stored, self._article),
            alerts=raised,
            silent=self._silent(self._topics.by_name[name], stored) if stored and not raised else "",
            origin=self._origin(name),
            mark=self._marks.get(name),
        )

    def account_of_gone(self, name: str) -> Account:
        """Of a topic that is not in the topics file any more."""
        stored = self.stored[name]
        return Account(
            topic=name,
            version="",
            verdict=Miss(name, "there is no such topic any more"),
            stored=stored,
            changed=f"{_when(stored)}; the topic is not in the topics file any more",
            alerts=[alert for alert in self._raised if alert.alert.topic == name],
            mark=self._marks.get(name),
        )

    @cached_property
    def _title(self) -> str:
        return self._session.get_one(Story, self._article.story_id).title or UNTITLED

    @cached_property
    def _like(self) -> Sequence[str]:
        return with_example(self._session, self._article, self._topics)

    @cached_property
    def _raised(self) -> Sequence[RaisedAlert]:
        found = alerts.raised_by(self._session, self._article.id)
        return [RaisedAlert(alert, alerts.deliveries_of(self._session, alert.id)) for alert in found]

    @cached_property
    def _origin_matches(self) -> Mapping[str, StoredMatch]:
        origin = self._article.copy_of
        return {match.topic: match for match in matches.matches_of(self._session, origin)} if origin else {}

    def _following(self, topic: Topic) -> str:
        if not topic.follow:
            return "the topic follows no stories"
        covered, when = self._story.coverage.get(topic.key), self._article.event_time
        if covered is None:
            return "no other article of its story had been matched when it was read"
        told = f"the story “{self._title}”, {follow_reason(covered, when, topic.followed_for)}"
        if is_followed(covered, when, topic.followed_for):
            return f"it follows {told}{self._wrong(topic.key)}"
        return f"it followed {told}, which has gone quiet since"

    def _likeness(self, topic: str) -> str:
        """How like the article is to the topic's examples, as both stand now; a copy is like none by itself."""
        written = self._topics.by_name[topic]
        if written.like_at_least is None or self._article.copy_of is not None:
            return ""
        key_of = {label: label if address.is_id(label) else address.address_hash(label) for label in written.like}
        own = str(self._article.id)
        kept = examples.profiles_by_key(self._session, [own, *key_of.values()])
        profiles = {key: Profile.from_json(profile) for key, profile in kept.items()}
        scores = [
            (likeness(profiles[own], profiles[key]), label)
            for label, key in key_of.items()
            if own in profiles and key in profiles
        ]
        if not scores:
            return "none of the topic's examples has been read"
        score, label = max(scores)
        return f"{score:.2f} like the example {label}, and at least {written.like_at_least:.2f} is asked for"

    def _wrong(self, topic: str) -> str:
        """Marks are expectations, and nothing learns from them by itself: that is said where one might expect it."""
        wrong = marks.wrong_in(self._session, topic, self._article.story_id)
        if not wrong:
            return ""
        told = "an article" if wrong == 1 else f"{wrong} articles"
        return f"; {told} of it marked wrong: a mark alone ends no following"

    def _silent(self, written: WrittenTopic, stored: StoredMatch) -> str:
        return why_no_alert(self._session, self._article, written.name, written.alert.wanted, stored.created)

    def _origin(self, topic: str) -> str:
        if self._article.copy_of is None:
            return ""
        match = self._origin_matches.get(topic)
        did = f"matched by {_BY[match.by]}" if match else "did not match"
        return f"a copy of article {self._article.copy_of}, which {did}"


_BY = {"query": "its words", "follow": "following its story", "like": "its likeness to an example"}


def _examples(topic: Topic, title: str, *, is_like: bool) -> str:
    if not topic.like:
        return ""
    return f"an example is in its story “{title}”" if is_like else "none of the topic's examples is in its story"


def _changed(topic: Topic, verdict: Match | Miss, stored: StoredMatch | None, article: Article) -> str:
    """In what the stored match differs from what would be found now; "" when in nothing."""
    matches_now = isinstance(verdict, Match)
    if stored is None:
        return "it did not match when it was read: the topic has changed since" if matches_now else ""
    so_now = "" if matches_now else ", and it would not match now"
    if stored.version != topic.version:
        return f"{_when(stored)}; the topic has changed since{so_now}"
    if stored.receipt.get("revision", article.revision) != article.revision:
        return f"{_when(stored)}, in revision {stored.receipt['revision']} of {article.revision}{so_now}"
    return "" if matches_now else f"{_when(stored)}; the story or its names have changed since{so_now}"


def _when(stored: StoredMatch) -> str:
    return f"matched on {_day(stored.created)} by version {stored.version}"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
