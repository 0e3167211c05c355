"""Put one read article beside the others: fold copies, find its story.

Translates between the rows of storage and the values of the stages `duplicate` and `story`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from storage import articles, stories
from storage.tables import Article
from worker.stages.duplicate import Fingerprint, Piece, judge
from worker.stages.keywords import Terms, idf, keywords
from worker.stages.story import IdfOf, Profile, choose, from_index, probe_terms, to_index

COPY_CANDIDATES = 20
STORY_CANDIDATES = 8
STORY_WINDOW = timedelta(days=14)  # how far from a story's coverage an article may be to be held against it


def place(session: Session, article: Article, fingerprint: Fingerprint, profile: Profile, terms: Terms) -> None:
    """Give the article its origin, its tags and its story. All in the transaction that stores what was read."""
    turned = _fold_copies(session, article, fingerprint)
    weights = {**dict.fromkeys(terms, 0.0), **to_index(profile)}
    frequencies = stories.term_frequencies(session, weights)
    article.tags = list(keywords(terms, _idf(frequencies)))
    _forget(session, article)
    if article.copy_of is not None:
        article.story_id = session.get_one(Article, article.copy_of).story_id
    else:
        article.story_id = article.story_id or _story_of(turned) or _find_story(session, article, profile, frequencies)
        article.story_id = article.story_id or stories.open_story(
            session, article.title, article.event_time, article.first_seen
        )
        _add(session, article, weights)
    for copy in turned:
        copy.story_id = article.story_id
    session.flush()


def _fold_copies(session: Session, article: Article, fingerprint: Fingerprint) -> Sequence[Article]:
    """Write down of which article this is a copy; the earlier ones that turn out to be copies of it."""
    found = articles.copy_candidates(session, article.id, fingerprint.digest, fingerprint.bands, COPY_CANDIDATES)
    judgement = judge(_piece(article), [_piece(candidate) for candidate in found])
    article.copy_of = judgement.copy_of
    article.copy_share = judgement.share if judgement.copy_of is not None else None
    if judgement.becomes_copy:
        articles.become_copies(session, judgement.becomes_copy, article.id, judgement.share)
    if article.copy_of is not None:  # there are no chains: its own copies follow it to its origin
        articles.become_copies(session, articles.copies_of(session, article.id), article.copy_of, judgement.share)
    turned = articles.by_ids(session, articles.copies_of(session, article.id))
    for copy in turned:
        _forget(session, copy)
    return turned


def _piece(article: Article) -> Piece:
    """An agency is named in the dateline or at the end, or else stands where authors do."""
    credit = article.credit or " ".join(article.authors)
    return Piece(article.id, article.outlet, article.event_time, article.text, credit)


def _story_of(turned: Sequence[Article]) -> int | None:
    """A report that turns out to be the origin of earlier ones goes where they are: their story keeps its id."""
    return next((copy.story_id for copy in turned if copy.story_id is not None), None)


def _find_story(session: Session, article: Article, profile: Profile, frequencies: Mapping[str, int]) -> int | None:
    """The story it belongs to, or None. A file without a date is held against stories of any time."""
    is_dated = article.published is not None or not article.given.get("is_file")
    window = STORY_WINDOW if is_dated else None
    probes = probe_terms(profile, _idf(frequencies))
    found, theirs = stories.candidates(session, probes, profile.when, window, STORY_CANDIDATES)
    candidates = [from_index(c.id, c.terms, c.articles, c.first, c.last) for c in found]
    if not is_dated:
        candidates = [replace(candidate, first=profile.when, last=profile.when) for candidate in candidates]
    choice = choose(profile, candidates, _idf({**frequencies, **theirs}))
    if choice.story is not None and not is_dated:
        article.event_time = next(candidate.last for candidate in found if candidate.id == choice.story)
    return choice.story


def _idf(frequencies: Mapping[str, int]) -> IdfOf:
    """How rare a term is among the articles read so far. One that is not given counts as never seen."""
    total = frequencies.get(stories.ALL, 0)
    return lambda term: idf(frequencies.get(term, 0), total)


def _add(session: Session, article: Article, weights: Mapping[str, float]) -> None:
    assert article.story_id is not None  # noqa: S101 -- set by `place`, just before
    article.profile = dict(weights)
    stories.count_terms(session, weights)
    stories.join(session, article.story_id, weights, article.event_time)


def _forget(session: Session, article: Article) -> None:
    """Take out what an earlier revision, or what has turned out to be a copy, added to its story."""
    if article.profile and article.story_id is not None:
        stories.count_terms(session, article.profile, by=-1)
        stories.leave(session, article.story_id, article.profile)
        article.profile = {}
