"""Lines at a text's edges that repeat what the page says of itself: its titles above, its authors above and below.

Told by what is known of this very page, not by wording; what is told by wording is for `clean`.
"""

import re
from collections.abc import Iterable, Sequence

FIRST_LINES = 4
LAST_LINES = 4
SHORTEST_TITLE = 10  # letters and digits; a shorter one may be the name of a section, or a word of the text
LONGEST_KICKER = 50  # letters and digits that may stand before a title in its line
LONGEST_BIOGRAPHY = 700  # characters
NAMED_WITHIN = 20  # characters from the beginning of what tells who an author is: "Our correspondent Ann Lee ..."

_EAST_ASIAN_NAME = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,12}")  # written without a space


def without_repeats(text: str, titles: Iterable[str], authors: Iterable[str]) -> str:
    """The text without first lines that are one of the titles, and without lines at both ends that are on the authors.

    A line that ends like a sentence is no title, though it may have served as one.
    """
    lines = text.split("\n")
    keys = [key for title in titles if len(key := _key(title)) >= SHORTEST_TITLE]
    people = [author for author in authors if " " in author or _EAST_ASIAN_NAME.fullmatch(author)]
    names = {_key(author) for author in people}
    end = max(FIRST_LINES, len(lines) - LAST_LINES)
    first = [line for line in lines[:FIRST_LINES] if not (_is_title(line, keys) or _key(line) in names)]
    last = [line for line in lines[end:] if not (_key(line) in names or _is_biography(line, people))]
    return "\n".join([*first, *lines[FIRST_LINES:end], *last]) if first else text


def _is_title(line: str, keys: Sequence[str]) -> bool:
    """Whether a line is a title, perhaps behind a kicker: "Elections Commission warns of delays"."""
    key = _key(line)
    return not line.endswith(".") and any(
        key.endswith(each) and len(key) <= len(each) + LONGEST_KICKER for each in keys
    )


def _is_biography(line: str, people: Sequence[str]) -> bool:
    if len(line) > LONGEST_BIOGRAPHY:
        return False
    folded = line.casefold()
    return any(0 <= folded.find(name.casefold()) <= NAMED_WITHIN for name in people)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
