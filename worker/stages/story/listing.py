"""Under which keys a story is listed, and by which the stories are looked up that an article may belong to."""

from collections.abc import Mapping
from heapq import nlargest
from itertools import chain

from worker.stages.story.centre import StoryProfile
from worker.stages.story.evidence import is_known
from worker.stages.story.profile import NAME_PREFIX, IdfOf, Profile
from worker.stages.story.sounds import SOUND_PREFIX, sound

MAX_PROBED = 16
MAX_LISTED = 24
MAX_SOUNDS = 4  # of these keys
MOST_HEARD = 12  # names that are tried for them


def counted_keys(profile: Profile | StoryProfile) -> frozenset[str]:
    """The words and names whose document frequency is counted; 80 at most of an article.

    Those that it has kept, so that what was counted is taken back, whatever tables and rules have become of since.
    """
    return frozenset(chain(profile.terms, (NAME_PREFIX + name for name in profile.names)))


def probe_keys(profile: Profile, idf_of: IdfOf) -> tuple[str, ...]:
    """The strongest words and names of an article, by which its candidate stories are looked up."""
    return _strongest(profile, idf_of, MAX_PROBED)


def index_keys(story: StoryProfile, idf_of: IdfOf) -> tuple[str, ...]:
    """The strongest words and names of a story, under which it is listed."""
    return _strongest(story, idf_of, MAX_LISTED)


def _strongest(profile: Profile | StoryProfile, idf_of: IdfOf, most: int) -> tuple[str, ...]:
    """A few by their sound, half of the others names, which reports in other words and languages share. Words fill up.

    The rarity in the language is in the weights already; that in the archive comes on top.
    """
    sounds = sound_keys(profile)
    names = {NAME_PREFIX + name: weight * idf_of(NAME_PREFIX + name) for name, weight in profile.names.items()}
    terms = {key: weight * idf_of(key) for key, weight in profile.terms.items()}
    strongest = (*sounds, *_heaviest(names, (most - len(sounds)) // 2))
    return (*strongest, *_heaviest(terms, most - len(strongest)))


def _heaviest(weights: Mapping[str, float], most: int) -> list[str]:
    """Of two that weigh the same the later in the alphabet: databases keep them in another order."""
    return [key for _, key in nlargest(most, zip(weights.values(), weights, strict=True))]


def sound_keys(profile: Profile | StoryProfile) -> list[str]:
    """By what the strongest names sound like, in whatever script; those of the tables are one in all of them."""
    found: dict[str, None] = {}
    for name in _heaviest(profile.names, MOST_HEARD):
        if not is_known(name) and (heard := sound(name)):
            found.setdefault(NAME_PREFIX + SOUND_PREFIX + heard)
            if len(found) == MAX_SOUNDS:
                break
    return list(found)
