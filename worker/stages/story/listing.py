"""Under which keys a story is listed, and by which the stories are looked up that an article may belong to."""

from heapq import nlargest
from itertools import chain

from worker.stages.story.centre import StoryProfile
from worker.stages.story.profile import NAME_PREFIX, IdfOf, Profile

MAX_PROBED = 16
MAX_LISTED = 24


def counted_keys(profile: Profile | StoryProfile) -> frozenset[str]:
    """The words and names whose document frequency is counted; 80 at most of an article."""
    return frozenset(chain(profile.terms, (NAME_PREFIX + name for name in profile.names)))


def probe_keys(profile: Profile, idf_of: IdfOf) -> tuple[str, ...]:
    """The strongest words and names of an article, by which its candidate stories are looked up."""
    return _strongest(profile, idf_of, MAX_PROBED)


def index_keys(story: StoryProfile, idf_of: IdfOf) -> tuple[str, ...]:
    """The strongest words and names of a story, under which it is listed."""
    return _strongest(story, idf_of, MAX_LISTED)


def _strongest(profile: Profile | StoryProfile, idf_of: IdfOf, most: int) -> tuple[str, ...]:
    """Half of them names, which reports in other words and languages share. Names are fewer: words fill up.

    The rarity in the language is in the weights already; that in the archive comes on top.
    """
    names = {NAME_PREFIX + name: weight * idf_of(NAME_PREFIX + name) for name, weight in profile.names.items()}
    terms = {key: weight * idf_of(key) for key, weight in profile.terms.items()}
    strongest = nlargest(most // 2, names, key=names.__getitem__)
    return (*strongest, *nlargest(most - len(strongest), terms, key=terms.__getitem__))
