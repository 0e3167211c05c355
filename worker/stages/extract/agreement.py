"""What the outlet itself gives as its article's text, in JSON-LD, as a witness to the text found on the page.

It is not taken in place of the page's: it mostly lacks headings and the standfirst, is often cut and sometimes only a
summary. But where the two agree on most, a list or a paragraph that it lacks is a box among the text or a footer.
"""

import re
from collections import Counter

RUN = 4  # words
AGREED = 0.85  # of the outlet's text, found on the page
SHARED = 0.6  # of the page's text, found in the outlet's
MOST_HEADING_WORDS = 12

# Scripts without spaces between words: each character is one.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_SENTENCE_END = (".", "!", "?", "。", "…", "”", '"', "»", "“")

Runs = Counter[tuple[str, ...]]


def agreed(text: str, body: str) -> str:
    """The text without the lines that the outlet's own does not hold, if the two are one text otherwise.

    Lines before the first that both hold stay, for a standfirst; so do headings between paragraphs.
    """
    if not body:
        return text
    lines = text.split("\n")
    own = _runs(body)
    runs = [_runs(line) for line in lines]
    whole = _runs(text)
    shared = (whole & own).total()
    if shared < AGREED * own.total() or shared < SHARED * whole.total():
        return text
    held = [(each & own).total() * 2 >= each.total() > 0 for each in runs]
    first, last = held.index(True), len(held) - 1 - held[::-1].index(True)
    return "\n".join(
        line for number, line in enumerate(lines[: last + 1]) if number < first or held[number] or _may_be_heading(line)
    )


def _may_be_heading(line: str) -> bool:
    is_short = len(_WORD.findall(line)) <= MOST_HEADING_WORDS
    return is_short and not line.startswith("- ") and not line.endswith(_SENTENCE_END)


def _runs(text: str) -> Runs:
    words = _WORD.findall(text.casefold())
    return Counter(zip(*(words[at:] for at in range(min(RUN, len(words)))), strict=False))
