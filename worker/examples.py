"""The example articles of all topics, as they stand in the archive, ready to be compared with.

Kept by each process for as long as the topics in force stay the same. They are looked up again when an article is read
that is one of them, and every few minutes, as another process may have read one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy.orm import Session

from config.topics import Topic
from storage import examples as stored
from storage.tables import Article
from worker.stages.address import address_hash, is_id
from worker.stages.examples import Example, ExampleIndex, Likeness
from worker.stages.story import Profile
from worker.topics import TopicsInForce

LOOK_AGAIN = timedelta(minutes=5)
NOTHING: Mapping[str, Likeness] = MappingProxyType({})


@dataclass
class LiveExamples:
    """Threads share it: what one of them makes anew takes the place of the old in one assignment."""

    _made: "_Made | None" = None

    def alike(
        self, session: Session, topics: TopicsInForce, article: Article, profile: Profile, now: datetime
    ) -> Mapping[str, Likeness]:
        """The topics with an example that the article is like enough. A copy is like none by itself."""
        if article.copy_of is not None:  # it says what its origin said
            return NOTHING
        made = self._made
        if made is None or made.topics is not topics or made.is_outdated(article, now):
            made = self._made = _make(session, topics, now)
        return made.index.alike(profile)


@dataclass(frozen=True, slots=True)
class _Made:
    """The index for one version of the topics. `keys`: ids, and hashes of addresses, by which examples are named."""

    topics: TopicsInForce
    index: ExampleIndex
    keys: frozenset[str]
    at: datetime

    def is_outdated(self, article: Article, now: datetime) -> bool:
        if str(article.id) in self.keys or article.url_hash in self.keys:
            return True
        return bool(self.keys) and not self.at <= now < self.at + LOOK_AGAIN


def _make(session: Session, topics: TopicsInForce, now: datetime) -> _Made:
    asking = [topic for topic in topics.by_name.values() if topic.like_at_least is not None]
    labelled = {label: _key(label) for topic in asking for label in topic.like}
    found = stored.profiles_by_key(session, sorted(set(labelled.values())))
    profiles = {key: Profile.from_json(profile) for key, profile in found.items()}
    return _Made(
        topics=topics,
        index=ExampleIndex(_examples(asking, labelled, profiles)),
        keys=frozenset(labelled.values()),
        at=now,
    )


def _examples(
    asking: Iterable[Topic], labelled: Mapping[str, str], profiles: Mapping[str, Profile]
) -> Iterator[tuple[str, float, Example]]:
    for topic in asking:
        for label in topic.like:
            if topic.like_at_least is not None and (profile := profiles.get(labelled[label])) is not None:
                yield topic.name, topic.like_at_least, Example(label, profile)


def _key(label: str) -> str:
    """By what an example is known: its id, or the hash of its address."""
    return label if is_id(label) else address_hash(label)
