"""The receipt of a match: what matched where, by which rule with which figures, of which version of the topic.

It is kept with the match and sent with its alerts, so it is bounded: what is left out is counted. Places are those in
the revision that it names; earlier revisions of an article are kept.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from worker.stages.aliases import Aliases
from worker.stages.drift import Kinship, drift_reason, has_drifted
from worker.stages.examples import Likeness
from worker.stages.follow import FOLLOWED_FOR, Coverage, follow_reason
from worker.stages.match import By, Match
from worker.stages.query import Hit, PreparedDocument
from worker.stages.text.words import sentences

MAX_HITS = 40
MAX_PIECE = 200  # characters of a term, of what was found, of a title
MAX_SPELLINGS = 12  # of an alias group
_SEARCHED = 100_000  # characters of a text; beyond them no sentence is told


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence: which of its text, from 0, and its offsets in characters. A title is one sentence."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, the sentence it stands in, and the alias group by which `found` stands for `term`, where one did it."""

    term: str
    field: str
    start: int
    end: int
    found: str
    by: str
    sentence: Place | None
    alias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A figure of the article, and the limit that it was held against."""

    what: str
    value: float
    limit: float


@dataclass(frozen=True, slots=True)
class Receipt:
    """`more_hits`: how many there were besides. `drift`: what a followed story still shares, once it is too little."""

    topic: str
    version: str
    revision: int
    by: By
    reason: str
    hits: tuple[Found, ...] = ()
    more_hits: int = 0
    scores: tuple[Score, ...] = ()
    drift: Kinship | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """A followed story when an article of time `when` joins it. `latest`: what it followed last, the newest first.

    `followed_for`: how long the topic follows a story that is quiet.
    """

    coverage: Coverage
    when: datetime
    latest: tuple[Kinship, ...] = ()
    followed_for: timedelta = FOLLOWED_FOR

    @property
    def drift(self) -> Kinship | None:
        return self.latest[0] if has_drifted(self.latest) else None


def receipt(
    match: Match,
    document: PreparedDocument,
    aliases: Aliases,
    revision: int,
    *,
    following: Following | None = None,
    likeness: Likeness | None = None,
) -> Receipt:
    """What to keep of a match.

    `following`: of the article's story, when it is by that that it matched; `likeness`: to an example, likewise.
    """
    told = _chosen(match.hits)
    return Receipt(
        topic=match.topic,
        version=match.version,
        revision=revision,
        by=match.by,
        reason=_reason(match, following, likeness),
        hits=tuple(_found(hit, document, aliases) for hit in told),
        more_hits=len(match.hits) - len(told),
        scores=tuple(_scores(following, likeness)),
        drift=following.drift if following else None,
    )


def _reason(match: Match, following: Following | None, likeness: Likeness | None) -> str:
    if likeness:
        example, figures = likeness.example[:MAX_PIECE], f"{likeness.score:.2f} of at least {likeness.limit:.2f}"
        return f"is like the example {example} ({figures})"
    if following is None:
        return match.reason
    told = f"{match.reason}, {follow_reason(following.coverage, following.when, following.followed_for)}"
    return f"{told}; {drift_reason(following.drift)}" if following.drift else told


def _scores(following: Following | None, likeness: Likeness | None) -> Iterator[Score]:
    if following:
        silence = following.coverage.silence(following.when).days
        yield Score("days since the last coverage", silence, following.followed_for.days)
    if likeness:
        yield Score(f"likeness to {likeness.example[:MAX_PIECE]}", round(likeness.score, 3), likeness.limit)


def _chosen(hits: Sequence[Hit]) -> Sequence[Hit]:
    """At most `MAX_HITS`, in their order: the first of each term before any term's second."""
    if len(hits) <= MAX_HITS:
        return hits
    first = {hit.term: place for place, hit in reversed(list(enumerate(hits)))}
    in_turn = sorted(range(len(hits)), key=lambda place: (first[hits[place].term] != place, place))
    return [hits[place] for place in sorted(in_turn[:MAX_HITS])]


def _found(hit: Hit, document: PreparedDocument, aliases: Aliases) -> Found:
    group = aliases.variants(hit.term.strip('"')) if hit.by == "alias" else ()
    return Found(
        term=hit.term[:MAX_PIECE],
        field=hit.field,
        start=hit.start,
        end=hit.end,
        found=hit.found[:MAX_PIECE],
        by=hit.by,
        sentence=_sentence_of(hit, document),
        alias=tuple(spelling[:MAX_PIECE] for spelling in group[:MAX_SPELLINGS]),
    )


def _sentence_of(hit: Hit, document: PreparedDocument) -> Place | None:
    """Where in title or text; other fields have no sentences."""
    if hit.field == "title":
        return Place(0, 0, len(document.document.title))
    if hit.field != "text":
        return None
    within = sentences(document.document.text[:_SEARCHED])
    index = bisect_right(within, hit.start, key=lambda sentence: sentence.start) - 1
    if index < 0 or hit.start >= within[index].end:
        return None
    return Place(index, within[index].start, within[index].end)
