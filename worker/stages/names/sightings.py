"""What an article shows of names: where each stands, sure where capitals are evidence, else to be recognised.

    sentences → runs of capitals → segments → Sighting, or a Stretch in which to recognise

A Title Case line and the first word of a sentence show nothing, so there only names known otherwise are recognised.
This is the first half of finding names; `mentions` and `joining` go on with what it sees.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.known import Key
from worker.stages.names.lookup import recognise, recognised_alone
from worker.stages.names.passages import Passage, Sentence, Writing, only_opens, passage, writing
from worker.stages.names.runs import Run, runs
from worker.stages.names.segments import Segment, segments_of
from worker.stages.names.tokens import TITLES
from worker.stages.names.vocabulary import words_of

_ARTICLES = words_of(vocabulary.ARTICLES)
_IN_WORDS = words_of(vocabulary.IN_WORDS)
_SPEECH_WORDS = words_of(vocabulary.SPEECH_WORDS)


class Sighting(NamedTuple):
    """A name once, where it stands, with what its neighbours say about it."""

    key: Key
    shown: str
    is_titled: bool = False  # "President" before it
    speaks: bool = False  # "said" beside it
    is_within: bool = False  # "in" before it


class Stretch(NamedTuple):
    """Neighbouring words of a text, whose capitals are no evidence."""

    passage: Passage
    first: int
    last: int  # one past the last word

    def recognised(self, known: Mapping[str, Set[Key]], code: str) -> list[Sighting]:
        """The names in it that are in `known` (keys listed under their first word) or in the tables."""
        passage, start = self.passage, self.first
        if self.last - start == 1:
            key = recognised_alone(passage.texts[start], known, code)
            return [Sighting(key, passage.texts[start])] if key else []
        return [
            Sighting(key, passage.written(start + first, start + last))
            for key, first, last in recognise(tuple(passage.texts[start : self.last]), known, code)
        ]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text shows: names by evidence of their capitals, and where only known names can be recognised."""

    sure: tuple[Sighting, ...]
    unsure: tuple[Stretch, ...]


def look(texts: Iterable[str], code: str) -> tuple[Seen, ...]:
    """Find names in the texts of one article (its title, its body); how one writes a word is evidence for all."""
    passages = [passage(text, code) for text in texts]
    written = writing(passages, code)
    return tuple(_seen(piece, written) for piece in passages)


def _seen(passage: Passage, written: Writing) -> Seen:
    sure: list[Sighting] = []
    unsure: list[Stretch] = []
    for sentence in passage.sentences:
        if not sentence.shows:
            unsure.append(Stretch(passage, sentence.first, sentence.last))
            continue
        for run in runs(passage, sentence, written.code):
            for part in _segments(run, passage, written):
                first, last = run[0] + part.first, run[0] + part.last
                if part.is_sure or (part.is_sure is None and not written.is_common(passage.folded[first])):
                    sure.append(_sighting(part, run, sentence, passage))
                else:
                    unsure.append(Stretch(passage, first, last))
    return Seen(tuple(sure), tuple(unsure))


def _segments(run: Run, passage: Passage, written: Writing) -> tuple[Segment, ...]:
    first, last, opens = run
    if not opens:
        return segments_of(tuple(passage.texts[first:last]), False, False, False, written.code)
    folded = passage.folded[first]
    if last - first == 1 and only_opens(passage.texts[first], folded, written.common):
        return ()
    is_inner = folded in written.inner
    is_plain = not is_inner and written.is_common(folded)
    return segments_of(tuple(passage.texts[first:last]), True, is_plain, is_inner, written.code)


def _sighting(part: Segment, run: Run, sentence: Sentence, passage: Passage) -> Sighting:
    folded = passage.folded
    first, last = run[0] + part.first, run[0] + part.last
    before = _before(folded, first, sentence.first) if not part.first else ""
    after = folded[last] if last == run[1] < sentence.last else ""
    return Sighting(
        part.key,
        passage.written(first, last),
        part.is_titled or (part.is_person_like and before in TITLES),
        after in _SPEECH_WORDS or before in _SPEECH_WORDS,
        before in _IN_WORDS,
    )


def _before(folded: Sequence[str], at: int, start: int) -> str:
    """The folded word before a run in its sentence, which begins at `start`; articles are skipped."""
    at -= 1
    if at >= start and folded[at] in _ARTICLES:
        at -= 1
    return folded[at] if at >= start else ""
