"""In which share of articles an anchor is met: a guess before any article, by which an index chooses where to enter.

Words are judged by the packaged lists of `wordfreq` (Robyn Speer; CC BY-SA 4.0), 0.1 s of CPU for each language asked
for. A wrong guess costs time and no match.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from worker.stages.background import RARE, WORDS
from worker.stages.query.document import ANCHOR_PREFIXES, FIELD_MARK
from worker.stages.query.endings import singular
from worker.stages.text.fold import fold, spelling_key

USUAL_LANGUAGE = "en"
_OF_FIELD = {"lang": 1.0, "site": 0.02, "outlet": 0.02, "source": 0.02}  # of these, values are few
_IN_MOST_ADDRESSES = "https://www.com/"
_OF_LETTERS = 0.1  # of three letters of an address
_OF_WORDS = {"title": 0.1, "author": 0.01, "name": 0.1}  # of the share that a word has in all of an article


@lru_cache(maxsize=262_144)
def share(key: str, languages: frozenset[str] = frozenset()) -> float:
    """The share for one anchor, as `PreparedDocument` writes it, in articles of these languages (none: English)."""
    field, mark, word = key.partition(FIELD_MARK)
    if not mark:
        field, word = "", key
    if field == "url":
        return 1.0 if word in _IN_MOST_ADDRESSES else _OF_LETTERS
    if field in _OF_FIELD:
        return _OF_FIELD[field]
    in_text = max(_shares(code).get(word, RARE) for code in languages or (USUAL_LANGUAGE,))
    return in_text * _OF_WORDS.get(field, 1.0)


@lru_cache(maxsize=32)
def _shares(code: str) -> Mapping[str, float]:
    """Share of articles by key; empty for a language without a list."""
    import wordfreq  # here, as a process without topics should not pay for it

    if code not in wordfreq.available_languages("small"):
        return {}
    found: dict[str, float] = defaultdict(float)
    for word, frequency in wordfreq.get_frequency_dict(code, "small").items():
        folded = fold(word)
        found[spelling_key(singular(folded))] += frequency
        for length in ANCHOR_PREFIXES:
            found[folded[:length] + "*"] += frequency
    # Words come in clusters: see `background`.
    return {key: WORDS * frequency / (1 + WORDS * frequency) for key, frequency in found.items()}
