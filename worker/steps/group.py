"""Put one read article beside the others: fold copies, find its story.

Translates between the rows of storage and the values of the stages `duplicate` and `story`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from sqlalchemy.orm import Session

from storage import articles, stories
from storage.tables import Article, Story
from worker.stages import background
from worker.stages.duplicate import LEAST_RARITY, Fingerprint, Judgement, Piece, judge
from worker.stages.keywords import keywords
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
from worker.steps.study import Study

COPY_CANDIDATES = 20
STORY_CANDIDATES = 12
STORY_WINDOW = timedelta(days=120)  # how far from a story's coverage an article may be to be held against it

Frequencies = Mapping[str, int]
_NONE: Frequencies = MappingProxyType({})


def place(session: Session, article: Article, study: Study) -> Sequence[int]:
    """Give the article its origin, its tags and its story. All in the transaction that stores what was read.

    Other stories that it belongs to as well, which have thereby turned out to be one.
    """
    turned = _fold_copies(session, article, study.fingerprint)
    take_out(session, article)
    frequencies = stories.term_frequencies(session, {*study.terms, *counted_keys(study.profile)})
    idf_of = idf_from(frequencies, article.language)
    article.tags = list(keywords(study.terms, idf_of, names=study.names, outlet=article.outlet))
    also: Sequence[int] = ()
    if article.copy_of is not None:
        article.story_id = session.get_one(Article, article.copy_of).story_id
    else:
        articles.store_bands(session, article.id, study.fingerprint.bands, is_first=article.revision == 1)
        also = _put_in(session, article, turned, study.profile, frequencies)
    for copy in turned:
        copy.story_id = article.story_id
    session.flush()
    return also


def idf_from(frequencies: Frequencies, language: str) -> IdfOf:
    """How rare a term is: in its language, and among the articles read so far; one that is not given was in none."""
    return background.idf_of(frequencies, frequencies.get(stories.ALL, 0), language)


# --- Copies ---


def _fold_copies(session: Session, article: Article, fingerprint: Fingerprint) -> Sequence[Article]:
    """Write down of which article this is a copy; the earlier ones that turn out to be copies of it."""
    found = articles.copy_candidates(session, article.id, fingerprint.probes, LEAST_RARITY, COPY_CANDIDATES)
    judgement = judge(_piece(article), [_piece(candidate) for candidate in found]) if found else Judgement()
    article.copy_of, article.part_of = judgement.copy_of, judgement.part_of
    article.copy_share = _share(judgement)
    articles.become_parts(session, {part.id: part.share for part in judgement.becomes_part}, article.id)
    if judgement.becomes_copy:
        articles.become_copies(session, judgement.becomes_copy, article.id, judgement.share)
    own = articles.copies_of(session, article.id) if judgement.becomes_copy or article.revision > 1 else ()
    if article.copy_of is not None:  # there are no chains: its own copies follow it to its origin
        articles.become_copies(session, own, article.copy_of, judgement.share)
        own = ()
    turned = articles.by_ids(session, own) if own else ()
    for copy in turned:
        take_out(session, copy)
    return turned


def _share(judgement: Judgement) -> float | None:
    """How much of the article's text is another's."""
    if judgement.copy_of is not None:
        return judgement.share
    return judgement.part_share if judgement.part_of is not None else None


def _piece(article: Article) -> Piece:
    """An agency is named in the dateline or at the end, or else stands where authors do."""
    credit = article.credit or " ".join(article.authors)
    return Piece(article.id, article.outlet or article.host, article.event_time, article.text, credit)


# --- Stories ---


def _put_in(
    session: Session, article: Article, turned: Sequence[Article], profile: Profile, frequencies: Frequencies
) -> Sequence[int]:
    """Put the article into the story that it is in, that of its copies, the one it belongs to, or a new one.

    Other stories that it belongs to as well, so that all of them may be one.
    """
    known = article.story_id or _story_of(turned)
    found = [centre_of(session, known)] if known else _candidates(session, article, profile, frequencies)
    choice = choose(profile, _as_dated(article, profile, found), idf_from(frequencies, profile.language))
    chosen = known or choice.story
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
    save(session, centre, frequencies)
    article.story_id, article.profile = chosen, profile.to_json()
    return choice.also


def take_out(session: Session, article: Article) -> None:
    """Take out what an earlier revision, or what has turned out to be a copy, added to its story."""
    if article.profile and article.story_id is not None:
        profile = Profile.from_json(article.profile)
        stories.count_terms(session, counted_keys(profile), by=-1)
        save(session, remove(centre_of(session, article.story_id), profile))
        article.profile = {}


def centre_of(session: Session, story_id: int) -> StoryProfile:
    """What a story's articles amount to."""
    story = session.get_one(Story, story_id, populate_existing=True)
    return StoryProfile.from_json(story_id, story.centre)


def save(session: Session, centre: StoryProfile, known: Frequencies = _NONE) -> None:
    """Write down a story's centre, and under which words and names it is found. `known`: what was asked before."""
    asked = counted_keys(centre) - known.keys() if centre.articles else frozenset()
    frequencies = {**known, **stories.term_frequencies(session, asked)} if asked else known
    keys = index_keys(centre, idf_from(frequencies, main_language(centre))) if centre.articles else ()
    stories.save(session, centre.id, centre.articles, centre.first, centre.last, centre.to_json(), keys)


def main_language(centre: StoryProfile) -> str:
    """That of most of a story's articles."""
    return max(centre.languages, key=centre.languages.__getitem__, default="")


def _candidates(session: Session, article: Article, profile: Profile, frequencies: Frequencies) -> list[StoryProfile]:
    """The stories that the article is held against; a file without a date, those of any time."""
    window = STORY_WINDOW if _is_dated(article) else None
    probes = probe_keys(profile, idf_from(frequencies, profile.language))
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
