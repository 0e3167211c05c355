"""Versions of one article: whether a later one says anything else, and what.

    said         a text as the sentences that say something, and what they are compared by
    difference   what was taken out, put in and changed
    remnant      whether a page holds so little of its article that it is no version of it

Whether anyone is to be told of a change is for `facts.correction` and `alert` to say.
"""

from worker.stages.revision.difference import Difference, Edit, difference, says_the_same
from worker.stages.revision.remnant import is_remnant
from worker.stages.revision.said import is_same_text

__all__ = ["Difference", "Edit", "difference", "is_remnant", "is_same_text", "says_the_same"]
