"""What an article shows of names: where each stands, sure where capitals are evidence, else to be recognised.

    sentences → runs of capitals → segments → Sighting, or a Stretch in which to recognise

A Title Case line and the first word of a sentence show nothing, so there only names known otherwise are recognised.
This is the first half of finding names; `mentions` and `joining` go on with what it sees.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.known import Key
from worker.stages.names.lookup import recognise, recognised_alone
from worker.stages.names.passages import Passage, Range, Writing, only_opens, passage, writing
from worker.stages.names.runs import Run, runs
from worker.stages.names.segments import Segment, rules_of, segments_of, segments_of_plain, segments_of_word
from worker.stages.names.tokens import LISTED, TITLES
from worker.stages.names.vocabulary import words_of

_ARTICLES = words_of(vocabulary.ARTICLES)
_IN_WORDS = words_of(vocabulary.IN_WORDS)
_SPEECH_WORDS = words_of(vocabulary.SPEECH_WORDS)
_TELLING = TITLES | _SPEECH_WORDS | _IN_WORDS  # before a name


class Sighting(NamedTuple):
    """A name once, where it stands, with what its neighbours say about it."""

    key: Key
    shown: str
    is_titled: bool = False  # "President" before it
    speaks: bool = False  # "said" beside it
    is_within: bool = False  # "in" before it


# Some sixty an article: made without asking Python for an argument list each.
_sighting_of: Callable[[tuple[Key, str, bool, bool, bool]], Sighting] = partial(tuple.__new__, Sighting)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text shows: names by evidence of their capitals, and where only known names can be recognised."""

    passage: Passage
    sure: Sequence[Sighting]
    unsure: Sequence[Range]  # neighbouring words whose capitals are no evidence

    def recognised(self, known: Mapping[str, Set[Key]], code: str) -> Iterator[Sighting]:
        """The names in what is unsure that are in `known` (keys listed under their first word) or in the tables."""
        texts = self.passage.texts
        alone = {texts[first] for first, last in self.unsure if last - first == 1}
        keys = {text: recognised_alone(text, known, code) for text in alone}
        for first, last in self.unsure:
            if last - first == 1:
                if key := keys[texts[first]]:
                    yield Sighting(key, texts[first])
                continue
            for key, start, end in recognise(tuple(texts[first:last]), known, code):
                yield Sighting(key, self.passage.written(first + start, first + end))


def look(texts: Iterable[str], code: str) -> tuple[Seen, ...]:
    """Find names in the texts of one article (its title, its body); how one writes a word is evidence for all."""
    passages = [passage(text, code) for text in texts]
    written = writing(passages, code)
    return tuple(_seen(piece, written) for piece in passages)


def _seen(passage: Passage, written: Writing) -> Seen:
    sure: list[Sighting] = []
    unsure = [*passage.headlines]
    texts, folded, rules = passage.texts, passage.folded, rules_of(written.code)
    inside, opening = segments_of_word(rules, opens=False), segments_of_word(rules, opens=True)
    for run in runs(passage, written.code):
        start, end, opens, _, _ = run
        if end - start > 1:
            parts = _segments(run, passage, written)
        elif not opens:  # as most
            parts = inside[texts[start]]
        else:
            parts = () if only_opens(texts[start], folded[start], written.common) else opening[texts[start]]
        for part in parts:
            is_sure = part.is_sure
            if is_sure or (is_sure is None and not written.is_common(folded[start + part.first])):
                sure.append(_sighting(part, run, passage))
            else:
                unsure.append((start + part.first, start + part.last))
    unsure.sort()
    return Seen(passage, sure, unsure)


def _segments(run: Run, passage: Passage, written: Writing) -> tuple[Segment, ...]:
    """The segments of a run of several words."""
    first, last, opens, _, _ = run
    texts, folded, rules = tuple(passage.texts[first:last]), passage.folded[first:last], rules_of(written.code)
    is_inner = opens and folded[0] in written.inner
    is_plain = opens and not is_inner and written.is_common(folded[0])
    if not (rules or is_plain) and LISTED.isdisjoint(folded):
        return segments_of_plain(texts)
    return segments_of(texts, opens, is_plain, is_inner, rules)


def _sighting(part: Segment, run: Run, passage: Passage) -> Sighting:
    skipped, length, key, _, is_titled, is_person_like = part
    start, end, _, begin, sentence_end = run
    folded, first, last = passage.folded, start + skipped, start + length
    shown = passage.texts[first] if length - skipped == 1 else passage.written(first, last)
    before = _before(folded, first, begin) if first > begin and not skipped else ""
    after = folded[last] if last == end < sentence_end else ""
    if before not in _TELLING and after not in _SPEECH_WORDS:  # as mostly
        return _sighting_of((key, shown, is_titled, False, False))
    is_titled = is_titled or (is_person_like and before in TITLES)
    speaks = after in _SPEECH_WORDS or before in _SPEECH_WORDS
    return _sighting_of((key, shown, is_titled, speaks, before in _IN_WORDS))


def _before(folded: Sequence[str], first: int, begin: int) -> str:
    """The folded word before a name in its sentence, which begins at `begin`; an article is skipped."""
    before = folded[first - 1]
    if before not in _ARTICLES:
        return before
    return folded[first - 2] if first - 1 > begin else ""
