"""Stories: which story an article belongs to, decided in one pass from words, names, numbers and time.

    profile ─▶ probe_keys ─▶ (stories listed under these keys) ─▶ choose ─▶ add or open_story ─▶ index_keys

    profile    what of an article is compared, and how rare each of it is
    centre     what a story's articles amount to; articles are added to it and taken out of it again
    sounds     what a name sounds like, whatever script it is written in
    listing    under which keys a story is listed and looked up
    evidence   what an article and a story have in common, as a few figures
    model      what the figures together say, by weights that were learned
    thresholds the weights and limits: a file that `python -m bench.quality.thresholds` writes
    choice     the story chosen, or none, with the grounds

Nothing is stored and no id is given here. Merging and splitting stories is decided in `story_life`.

The method is single-pass clustering against centroids, as in topic detection and tracking, by likenesses of several
fields that are weighed by regression (as in Miranda et al., "Multilingual Clustering of Streaming News", 2018). What
joins reports in other words is how many rare names and words they share, in any language and after any time.
"""

from worker.stages.story.centre import StoryProfile, add, open_story, remove
from worker.stages.story.choice import Choice, choose, likeness
from worker.stages.story.listing import counted_keys, index_keys, probe_keys, sound_keys
from worker.stages.story.profile import IdfOf, Profile, Weights, profile

__all__ = [
    "Choice",
    "IdfOf",
    "Profile",
    "StoryProfile",
    "Weights",
    "add",
    "choose",
    "counted_keys",
    "index_keys",
    "likeness",
    "open_story",
    "probe_keys",
    "profile",
    "remove",
    "sound_keys",
]
