"""What the topics have matched of an article's story before it: which of them follow it, and what that rests on.

Translates between the rows of storage and the values of the stages `follow` and `drift`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from storage import matches
from storage.tables import Article
from worker.stages.drift import IN_A_ROW, MAIN_NAMES, Kinship, kinship
from worker.stages.follow import FOLLOWED_FOR, Coverage, is_followed
from worker.stages.receipt import Following

COMPARED = 20  # of the articles that a topic has found by itself, the newest: whose names say what it is about


def _as_usual(topic: str) -> timedelta:  # noqa: ARG001 -- the same for all
    return FOLLOWED_FOR


class StoryBefore:
    """An article's story as the topics know it. Names are asked for when a receipt needs them, and remembered."""

    def __init__(
        self,
        session: Session,
        article: Article,
        followed_for: Callable[[str], timedelta] = _as_usual,
        *,
        as_read: datetime | None = None,
    ) -> None:
        """`followed_for`: how long a topic follows a story that is quiet.

        `as_read`: when the article was read, to see what was known then; None: it is being read.
        """
        assert article.story_id is not None  # noqa: S101 -- it is asked about once it has been put into one
        self._session, self._article, self._story_id = session, article, article.story_id
        self._followed_for = followed_for
        stored = (
            matches.coverage_by_topic(session, article.story_id)
            if as_read is None
            else matches.coverage_before(session, article.story_id, article.id, as_read)
        )
        self.coverage = {topic: Coverage(covered.first, covered.last) for topic, covered in stored.items()}
        self._main_names: dict[int, frozenset[int]] = {}
        self._names: dict[Sequence[int], frozenset[int]] = {}

    def followers(self) -> Sequence[str]:
        """The topics that follow the story still."""
        when = self._article.event_time
        covered = self.coverage.items()
        return [topic for topic, coverage in covered if is_followed(coverage, when, self._followed_for(topic))]

    def followed_by(self, topic: str) -> Following:
        """What the receipt says. A copy has the names of its origin: it is no sign of drift."""
        latest = () if self._article.copy_of is not None else self._kinships(topic)
        return Following(self.coverage[topic], self._article.event_time, latest, self._followed_for(topic))

    def _kinships(self, topic: str) -> tuple[Kinship, ...]:
        """Of this article and those that the topic followed just before it, with what the topic found by itself."""
        own = self._article.id
        before = matches.followed_in(self._session, topic, self._story_id, IN_A_ROW)
        of_topic = self._names_of(matches.found_in(self._session, topic, self._story_id, COMPARED))
        latest = [own, *(article for article in before if article != own)][:IN_A_ROW]
        return tuple(kinship(self._main_names_of(article), of_topic) for article in latest)

    def _main_names_of(self, article_id: int) -> frozenset[int]:
        if article_id not in self._main_names:
            self._main_names[article_id] = matches.main_names(self._session, article_id, MAIN_NAMES)
        return self._main_names[article_id]

    def _names_of(self, article_ids: Sequence[int]) -> frozenset[int]:
        """Several topics may have found the same articles."""
        key = tuple(article_ids)
        if key not in self._names:
            self._names[key] = matches.names_of_all(self._session, key)
        return self._names[key]
