"""Put one read article beside the others: fold copies, find its story.

Translates between the rows of storage and the values of the stages `duplicate` and `story`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from storage import articles, stories
from storage.tables import Article, Story
from worker.stages.duplicate import Fingerprint, Piece, judge
from worker.stages.keywords import Terms, idf, keywords
from worker.stages.story import (
    IdfOf,
    Profile,
    StoryProfile,
    add,
    choose,
    counted_keys,
    index_keys,
    open_story,
    probe_keys,
    remove,
)

COPY_CANDIDATES = 20
STORY_CANDIDATES = 12
STORY_WINDOW = timedelta(days=120)  # how far from a story's coverage an article may be to be held against it

Frequencies = Mapping[str, int]


def place(session: Session, article: Article, fingerprint: Fingerprint, profile: Profile, terms: Terms) -> None:
    """Give the article its origin, its tags and its story. All in the transaction that stores what was read."""
    turned = _fold_copies(session, article, fingerprint)
    take_out(session, article)
    frequencies = stories.term_frequencies(session, {*terms, *counted_keys(profile)})
    article.tags = list(keywords(terms, idf_from(frequencies)))
    if article.copy_of is not None:
        article.story_id = session.get_one(Article, article.copy_of).story_id
    else:
        _put_in(session, article, turned, profile, frequencies)
    for copy in turned:
        copy.story_id = article.story_id
    session.flush()


def idf_from(frequencies: Frequencies) -> IdfOf:
    """How rare a term is among the articles read so far. One that is not given counts as never seen."""
    total = frequencies.get(stories.ALL, 0)
    return lambda term: idf(frequencies.get(term, 0), total)


# --- Copies ---


def _fold_copies(session: Session, article: Article, fingerprint: Fingerprint) -> Sequence[Article]:
    """Write down of which article this is a copy; the earlier ones that turn out to be copies of it."""
    found = articles.copy_candidates(session, article.id, fingerprint.bands, COPY_CANDIDATES)
    if not found and article.copy_of is None and article.revision == 1:
        return ()
    judgement = judge(_piece(article), [_piece(candidate) for candidate in found])
    article.copy_of = judgement.copy_of
    article.copy_share = judgement.share if judgement.copy_of is not None else None
    if judgement.becomes_copy:
        articles.become_copies(session, judgement.becomes_copy, article.id, judgement.share)
    if article.copy_of is not None:  # there are no chains: its own copies follow it to its origin
        articles.become_copies(session, articles.copies_of(session, article.id), article.copy_of, judgement.share)
    turned = articles.by_ids(session, articles.copies_of(session, article.id))
    for copy in turned:
        take_out(session, copy)
    return turned


def _piece(article: Article) -> Piece:
    """An agency is named in the dateline or at the end, or else stands where authors do."""
    credit = article.credit or " ".join(article.authors)
    return Piece(article.id, article.outlet, article.event_time, article.text, credit)


# --- Stories ---


def _put_in(
    session: Session, article: Article, turned: Sequence[Article], profile: Profile, frequencies: Frequencies
) -> None:
    """Put the article into the story that it is in, that of its copies, the one it belongs to, or a new one."""
    known = article.story_id or _story_of(turned)
    found = [centre_of(session, known)] if known else _candidates(session, article, profile, frequencies)
    idf_of = idf_from({**frequencies, **stories.term_frequencies(session, _keys_of(found))} if found else frequencies)
    chosen = known or choose(profile, _as_dated(article, profile, found), idf_of).story
    if chosen is None:
        chosen = stories.open_story(session, article.title, profile.when, article.first_seen)
        centre = open_story(chosen, profile)
    else:
        centre = next(candidate for candidate in found if candidate.id == chosen)
        if not _is_dated(article) and not known:
            profile = replace(profile, when=centre.last)
            article.event_time = centre.last
        centre = add(centre, profile)
    stories.count_terms(session, counted_keys(profile))
    save(session, centre, idf_of)
    article.story_id, article.profile = chosen, profile.to_json()


def take_out(session: Session, article: Article) -> None:
    """Take out what an earlier revision, or what has turned out to be a copy, added to its story."""
    if article.profile and article.story_id is not None:
        profile = Profile.from_json(article.profile)
        stories.count_terms(session, counted_keys(profile), by=-1)
        centre = remove(centre_of(session, article.story_id), profile)
        save(session, centre, idf_from(stories.term_frequencies(session, _keys_of([centre]))))
        article.profile = {}


def centre_of(session: Session, story_id: int) -> StoryProfile:
    """What a story's articles amount to."""
    story = session.get_one(Story, story_id, populate_existing=True)
    return StoryProfile.from_json(story_id, story.centre)


def save(session: Session, centre: StoryProfile, idf_of: IdfOf) -> None:
    """Write down a story's centre, and under which words and names it is to be found."""
    keys = index_keys(centre, idf_of) if centre.articles else ()
    stories.save(session, centre.id, centre.articles, centre.first, centre.last, centre.to_json(), keys)


def _candidates(session: Session, article: Article, profile: Profile, frequencies: Frequencies) -> list[StoryProfile]:
    """The stories that the article is held against; a file without a date, those of any time."""
    window = STORY_WINDOW if _is_dated(article) else None
    probes = probe_keys(profile, idf_from(frequencies))
    found = stories.candidates(session, probes, profile.when, window, STORY_CANDIDATES)
    return [StoryProfile.from_json(candidate.id, candidate.centre) for candidate in found]


def _as_dated(article: Article, profile: Profile, found: Sequence[StoryProfile]) -> Sequence[StoryProfile]:
    """Without a date of its own, an article is as near in time to each story as can be."""
    if _is_dated(article):
        return found
    return [replace(story, first=profile.when, last=profile.when) for story in found]


def _is_dated(article: Article) -> bool:
    return article.published is not None or not article.given.get("is_file")


def _story_of(turned: Sequence[Article]) -> int | None:
    """A report that turns out to be the origin of earlier ones goes where they are: their story keeps its id."""
    return next((copy.story_id for copy in turned if copy.story_id is not None), None)


def _keys_of(found: Iterable[StoryProfile]) -> set[str]:
    return {key for story in found for key in counted_keys(story)}
