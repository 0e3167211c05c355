"""Put one read article beside the others: fold copies, find its story.

Translates between the rows of storage and the values of the stages `duplicate` and `story`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, reduce
from types import MappingProxyType

from sqlalchemy.orm import Session

from storage import articles, stories
from storage.articles import Comparable
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
STORY_CANDIDATES = 8
STORY_WINDOW = timedelta(days=120)  # how far from a story's coverage an article may be to be held against it

Frequencies = Mapping[str, int]
_NONE: Frequencies = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Placed:
    """Which other stories are concerned.

    `also`: those that the article belongs to as well, so that they may be one with its own. `left`: those in which it
    or its copies were before, with these articles.
    """

    also: Sequence[int] = ()
    left: Mapping[int, Sequence[int]] = field(default_factory=dict)


PLACE = ("copy_of", "part_of", "copy_share", "tags", "story_id", "event_time", "profile")  # columns of an article


def place(session: Session, article: Article, study: Study) -> Placed:
    """Find the article's origin, its tags and its story; they stand in its `PLACE`, which is for others to store."""
    before = article.story_id
    followers = _fold_copies(session, article, study.fingerprint)
    left = _by_story({article.id: before} | {copy.id: copy.story_id for copy in followers})
    take_out(session, article)
    frequencies = stories.term_frequencies(session, {*study.terms, *counted_keys(study.profile)})
    idf_of = cache(idf_from(frequencies, article.language))  # asked thrice for most: by tags, candidates and choice
    article.tags = list(keywords(study.terms, idf_of, names=study.names, outlet=article.outlet))
    also: Sequence[int] = ()
    if article.copy_of is not None:
        _go_with_origin(session, article)
    else:
        articles.store_bands(session, article.id, study.fingerprint.bands, is_first=article.revision == 1)
        also = _put_in(session, article, followers, study.profile, frequencies, idf_of)
    session.flush()
    return Placed(also, left)


def _by_story(articles: Mapping[int, int | None]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for article, story in articles.items():
        if story is not None:
            found[story].append(article)
    return found


def _go_with_origin(session: Session, article: Article) -> None:
    origin = session.get_one(Article, article.copy_of)
    article.story_id = origin.story_id
    if not _is_dated(article):
        article.event_time = origin.event_time


def idf_from(frequencies: Frequencies, language: str) -> IdfOf:
    """How rare a term is: in its language, and among the articles read so far; one that is not given was in none."""
    return background.idf_of(frequencies, frequencies.get(stories.ALL, 0), language)


# --- Copies ---


def _fold_copies(session: Session, article: Article, fingerprint: Fingerprint) -> Sequence[Article]:
    """Write down of which article this is a copy, or which are copies of it; those that go where it goes."""
    found = articles.copy_candidates(
        session, article.id, fingerprint.probes, LEAST_RARITY, COPY_CANDIDATES
    )  # fmt: skip
    judgement = judge(_piece(article), [_piece(candidate) for candidate in found]) if found else Judgement()
    article.copy_of, article.part_of = judgement.copy_of, judgement.part_of
    article.copy_share = _share(judgement)
    articles.become_parts(session, {part.id: part.share for part in judgement.becomes_part}, article.id)
    if judgement.becomes_copy:
        articles.become_copies(session, judgement.becomes_copy, article.id, judgement.share)
    followers = articles.copies_of(session, article.id) if judgement.becomes_copy or article.revision > 1 else ()
    if article.copy_of is not None:  # there are no chains: what came from it comes from its origin
        articles.pass_on(session, article.id, article.copy_of)
    turned = articles.by_ids(session, followers) if followers else ()
    for copy in turned:
        take_out(session, copy)
    return turned


def _share(judgement: Judgement) -> float | None:
    """How much of the article's text is another's."""
    if judgement.copy_of is not None:
        return judgement.share
    return judgement.part_share if judgement.part_of is not None else None


def _piece(article: Article | Comparable) -> Piece:
    """An agency is named in the dateline or at the end, or else stands where authors do."""
    credit = article.credit or " ".join(article.authors)
    return Piece(article.id, article.outlet or article.host, article.event_time, article.text, credit)


# --- Stories ---


def _put_in(
    session: Session,
    article: Article,
    turned: Sequence[Article],
    profile: Profile,
    frequencies: Frequencies,
    idf_of: IdfOf,
) -> Sequence[int]:
    """Put the article into the story that it is in, the oldest of its copies, the one it belongs to, or a new one.

    Other stories that it belongs to as well, so that all of them may be one.
    """
    known = article.story_id or min((copy.story_id for copy in turned if copy.story_id is not None), default=None)
    found = [centre_of(session, known)] if known else _candidates(session, article, profile, idf_of)
    choice = choose(profile, _as_dated(article, profile, found), idf_of)
    chosen = known or choice.story
    is_new = chosen is None
    if chosen is None:
        chosen = stories.open_story(session, article.title, profile.when, article.first_seen)
        centre = open_story(chosen, profile)
    else:
        centre = next(candidate for candidate in found if candidate.id == chosen)
        if not _is_dated(article) and not known:
            profile = replace(profile, when=centre.last)
            article.event_time = centre.last
        centre = add(centre, profile)
    counted = counted_keys(profile)
    stories.count_terms(session, counted)
    new = dict.fromkeys(counted - frequencies.keys(), 1)  # in no other article
    save(session, centre, {**frequencies, **new}, is_new=is_new)
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


def save(session: Session, centre: StoryProfile, known: Frequencies = _NONE, *, is_new: bool = False) -> None:
    """Write down a story's centre, and under which words and names it is found. `known`: what was asked before."""
    asked = counted_keys(centre) - known.keys() if centre.articles else frozenset()
    frequencies = {**known, **stories.term_frequencies(session, asked)} if asked else known
    keys = index_keys(centre, idf_from(frequencies, main_language(centre))) if centre.articles else ()
    stories.save(session, centre.id, centre.articles, centre.first, centre.last, centre.to_json(), keys, is_new=is_new)


def save_sum(session: Session, story_id: int, profiles: Sequence[Profile]) -> None:
    """Write down anew what a story's articles amount to; one without any is found under nothing."""
    if profiles:
        save(session, reduce(add, profiles[1:], open_story(story_id, profiles[0])))
        return
    story = session.get_one(Story, story_id)
    stories.save(session, story_id, 0, story.first, story.last, {}, ())


def main_language(centre: StoryProfile) -> str:
    """That of most of a story's articles."""
    return max(centre.languages, key=centre.languages.__getitem__, default="")


def _candidates(session: Session, article: Article, profile: Profile, idf_of: IdfOf) -> list[StoryProfile]:
    """The stories that the article is held against; a file without a date, those of any time."""
    window = STORY_WINDOW if _is_dated(article) else None
    probes = probe_keys(profile, idf_of)
    found = stories.candidates(session, probes, profile.when, window, STORY_CANDIDATES)
    return [StoryProfile.from_json(candidate.id, candidate.centre) for candidate in found]


def _as_dated(article: Article, profile: Profile, found: Sequence[StoryProfile]) -> Sequence[StoryProfile]:
    """Without a date of its own, an article is as near in time to each story as can be."""
    if _is_dated(article):
        return found
    return [replace(story, first=profile.when, last=profile.when) for story in found]


def _is_dated(article: Article) -> bool:
    return article.published is not None or not article.given.get("is_file")
