"""What a report opens with: its lead, and the little after it in which the news stands. Figures further on fill in."""

import re

from worker.stages.text.words import Sentence, sentences

OPENING_SENTENCES = 2  # of the lead's paragraph
_FEWEST_WORDS_OF_LEAD = 6  # below this it is a dateline, a heading or a caption
_SEARCHED = 10_000  # characters
_ENDS = ".!?…。"
_WORD = re.compile(r"[^\W\d_]+")


def lead_sentence(title: str, text: str) -> str:
    """The first sentence that says something; the title when there is none."""
    lead = _lead(text)
    return lead.text if lead else title


def _lead(text: str) -> Sentence | None:
    for sentence in sentences(text[:_SEARCHED]):
        is_whole = sentence.text.rstrip("\"”’)]»'")[-1:] in _ENDS
        if is_whole and len(_WORD.findall(sentence.text)) >= _FEWEST_WORDS_OF_LEAD:
            return sentence
    return None


def lead_start(text: str) -> int:
    """Where the lead begins, in characters; 0 when there is none."""
    lead = _lead(text)
    return lead.start if lead else 0
