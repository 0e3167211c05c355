"""How well articles find their stories: B-cubed F1 of one pass in order of arrival, as the product makes it.

    python -m bench.quality.stories [FOLDER] [--errors]     the folder of the development data; what goes wrong instead

An article is held against the eight stories that are listed under most of its keys, within 120 days, and never looked
at again. What is merged afterwards has a figure of its own, in the note. The figures on the development data are what
the weights were learned from, and therefore flatter; held-out ones are printed by `bench.quality.thresholds`.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, reduce
from pathlib import Path
from statistics import median
from tempfile import gettempdir

from bench.quality import story_sets as sets
from bench.quality.story_baselines import baselines
from bench.quality.story_sets import Report, Reports
from bench.quality.table import Row, show
from worker.semantic.load import load_embedder
from worker.stages.background import idf_of
from worker.stages.story import (
    IdfOf,
    Profile,
    StoryProfile,
    add,
    choose,
    counted_keys,
    index_keys,
    likeness,
    open_story,
    probe_keys,
)
from worker.stages.story.evidence import Compared, Evidence, is_foreign
from worker.stages.story.model import Model
from worker.stages.story.thresholds import LEARNED
from worker.stages.story_life import should_merge
from worker.stages.vector import Embedder

CANDIDATES = 8
WINDOW = timedelta(days=120)
FOLLOW_UP = 0.5  # of `Evidence.gap`
EMBEDDED_STEP = 4  # of the articles between, every fourth gets a vector: each takes 50 ms

HEADLINES_GOAL, HEADLINES_GOAL_WITH_VECTORS = 0.76, 0.82
UNDATED_GOAL, DATED_GOAL = 0.93, 0.985
HEADLINES_ELSEWHERE = "TF-IDF .68, MiniLM .78 (another part of the set)"
PUBLISHED = "Miranda 2018: .94, Saravanakumar 2021: .95 (other texts)"


class Archive:
    """The stories so far, where they are listed, and how frequent words and names are. Ids count from 0."""

    def __init__(self, model: Model = LEARNED) -> None:
        self._model = model
        self.stories: dict[int, StoryProfile] = {}
        self._listed: dict[str, set[int]] = defaultdict(set)
        self._keys: dict[int, tuple[str, ...]] = {}
        self._frequencies: Counter[str] = Counter()
        self._read = 0
        self._profiles: dict[int, list[Profile]] = defaultdict(list)

    def idf_of(self, language: str) -> IdfOf:
        return idf_of(self._frequencies, self._read, language)

    def candidates(self, profile: Profile) -> list[StoryProfile]:
        """The stories listed under most of the article's keys, the newer of two with as many."""
        shared = Counter(
            story for key in probe_keys(profile, self.idf_of(profile.language)) for story in self._listed[key]
        )
        near = (story for story in shared if self._is_near(story, profile))
        best = sorted(near, key=lambda story: (-shared[story], -story))
        return [self.stories[story] for story in best[:CANDIDATES]]

    def place(self, profile: Profile) -> int:
        """Put the article into the story it belongs to, or a new one; the story's id."""
        chosen = choose(profile, self.candidates(profile), self.idf_of(profile.language), model=self._model).story
        return self.put(profile, len(self.stories) if chosen is None else chosen)

    def put(self, profile: Profile, story: int) -> int:
        """Put the article into this story."""
        known = self.stories.get(story)
        centre = add(known, profile) if known else open_story(story, profile)
        self.stories[story] = centre
        counted = counted_keys(profile)
        self._frequencies.update(counted)
        self._read += 1
        self._profiles[story].append(profile)
        self._list(centre, index_keys(centre, self.idf_of(profile.language)))
        return story

    def place_and_merge(self, profile: Profile) -> tuple[int, Sequence[int]]:
        """The same as `place`, and the stories that have become one with it, as the pipeline merges them."""
        rarity = self.idf_of(profile.language)
        choice = choose(profile, self.candidates(profile), rarity, model=self._model)
        story = self.put(profile, self._next() if choice.story is None else choice.story)
        emptied = [other for other in choice.also if self._are_one(story, other, rarity)]
        for other in emptied:
            self._move(other, story, rarity)
        return story, emptied

    def _next(self) -> int:
        return max(self._profiles, default=-1) + 1

    def _are_one(self, story: int, other: int, rarity: IdfOf) -> bool:
        one, two = self.stories[story], self.stories[other]
        return should_merge(likeness(one, two, rarity), one, two)

    def _move(self, other: int, story: int, rarity: IdfOf) -> None:
        self.stories[story] = reduce(add, self._profiles[other], self.stories[story])
        self._profiles[story] += self._profiles[other]
        self._profiles[other] = []  # no other story gets its id
        del self.stories[other]
        self._list(self.stories[story], index_keys(self.stories[story], rarity))
        for key in self._keys.pop(other):
            self._listed[key].discard(other)

    def _list(self, centre: StoryProfile, keys: tuple[str, ...]) -> None:
        for key in self._keys.get(centre.id, ()):
            self._listed[key].discard(centre.id)
        for key in keys:
            self._listed[key].add(centre.id)
        self._keys[centre.id] = keys

    def _is_near(self, story: int, profile: Profile) -> bool:
        centre = self.stories[story]
        return centre.first - WINDOW <= profile.when <= centre.last + WINDOW


def grouped(reports: Reports, model: Model = LEARNED) -> list[int]:
    """The story that each report is given, in one pass."""
    archive = Archive(model)
    return [archive.place(one.profile) for one in reports]


def grouped_and_merged(reports: Reports) -> list[int]:
    """The same with the merges that the pipeline makes by itself."""
    archive, found = Archive(), list[int]()
    for one in reports:
        story, emptied = archive.place_and_merge(one.profile)
        found = [story if before in emptied else before for before in found] if emptied else found
        found.append(story)
    return found


def b_cubed(found: Sequence[int], known: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1: the mean over reports (Bagga and Baldwin, 1998).

    Aliens are not averaged over, but harm the precision of those they are put with; unlabelled reports do nothing.
    """
    labelled = [(one, story) for one, story in zip(found, known, strict=True) if story != sets.UNLABELLED]
    both, of_found = Counter(labelled), Counter(one for one, _ in labelled)
    counted = {pair: count for pair, count in both.items() if pair[1] != sets.ALIEN}
    of_known: Counter[str] = Counter()
    for (_, story), count in counted.items():
        of_known[story] += count
    total = of_known.total()
    precision = sum(count**2 / of_found[one] for (one, _), count in counted.items()) / total
    recall = sum(count**2 / of_known[story] for (_, story), count in counted.items()) / total
    return precision, recall, 2 * precision * recall / (precision + recall)


def f1(reports: Reports, model: Model = LEARNED) -> float:
    """B-cubed F1 of one pass."""
    return b_cubed(grouped(reports, model), [one.story for one in reports])[2]


# --- The table ---


def measure(data: Path | None) -> list[Row]:
    """Stories from headlines and from full texts, with and without sentence vectors, and what it costs."""
    embedder = load_embedder(Path(gettempdir()) / "storytrail-bench")
    rows = [_written_row(embedder)]
    if data is None:
        return [*rows, Row("stories from headlines, B-cubed F1", None, HEADLINES_GOAL, note="not measured: no data")]
    return [*_headline_rows(data, embedder), *_full_text_rows(data, embedder), *rows, _cost(data)]


def _headline_rows(data: Path, embedder: Embedder | None) -> list[Row]:
    _say("stories: headlines")
    what, reports = "stories from headlines, B-cubed F1", sets.headlines(data)
    plain, mixed = f1(reports), f1(sets.shuffled(reports))
    rows = [Row(what, plain, HEADLINES_GOAL, published=HEADLINES_ELSEWHERE, note=f"in mixed order {mixed:.3f}")]
    if embedder is None:
        return [*rows, Row(f"{what}, semantic", None, HEADLINES_GOAL_WITH_VECTORS, note=_NO_VECTORS)]
    reports = sets.embedded(reports, embedder)
    mixed = f1(sets.shuffled(reports))
    note = f"in mixed order {mixed:.3f}"
    return [
        *rows,
        Row(f"{what}, semantic", f1(reports), HEADLINES_GOAL_WITH_VECTORS, {}, HEADLINES_ELSEWHERE, note=note),
    ]


def _full_text_rows(data: Path, embedder: Embedder | None) -> list[Row]:
    """Seeds, demo, written stories and labelled events; all other articles lie between them."""
    _say("stories: full texts")
    news = sets.articles(data)
    labelled = [one for one in news if one.story != sets.UNLABELLED]
    ours = [*sets.seeds(data.parent / "seeds"), *sets.world(), *sets.written(sets.TO_DERIVE)]
    ours += sets.written(sets.HELD_OUT)
    crowd = [one for one in news if one.story == sets.UNLABELLED]
    rows = _two_rows("", labelled, ours, crowd)
    if embedder is None:
        return [*rows, Row("stories from full text, semantic", None, note=_NO_VECTORS)]
    _say("stories: vectors of full texts, some minutes")
    with_vectors = (sets.embedded(reports, embedder) for reports in (labelled, ours, crowd[::EMBEDDED_STEP]))
    return [*rows, *_two_rows(", semantic", *with_vectors)]


def _two_rows(which: str, labelled: Reports, ours: Reports, crowd: Reports) -> list[Row]:
    """Our stories among articles of the same weeks, and all of one time; the events of these articles by themselves.

    Many of the events are told from others by their dates alone, as two votes on one treaty are.
    """
    aliens = sets.as_aliens(crowd)
    in_time, at_once = sets.in_order(ours, sets.in_days_of(ours)(aliens)), sets.undated([*ours, *aliens])
    merged = b_cubed(grouped_and_merged(in_time), [one.story for one in in_time])[2]
    events, mixed = f1(labelled), f1(sets.undated([*ours, *labelled]))
    return [
        Row(f"stories from full text, dated{which}, B-cubed F1", f1(in_time), DATED_GOAL, _baselines(in_time),
            PUBLISHED, note=f"with later merges {merged:.3f}; events of the articles {events:.3f}"),
        Row(f"stories from full text, dates ignored{which}, B-cubed F1", f1(at_once), UNDATED_GOAL, _baselines(at_once),
            note=f"with the events, which their dates alone tell apart, {mixed:.3f}"),
    ]  # fmt: skip


def _baselines(reports: Reports) -> dict[str, float]:
    return baselines(reports, lambda found: b_cubed(found, [one.story for one in reports])[2])


def _written_row(embedder: Embedder | None) -> Row:
    reports = sets.written(sets.HELD_OUT)
    note = f"nothing learned from them; at first sight of eight more {f1(sets.written(sets.FIRST_SIGHT)):.3f}"
    if embedder is not None:
        note += f"; semantic {f1(sets.embedded(reports, embedder)):.3f}"
    return Row("stories written for the tests, held out, B-cubed F1", f1(reports), DATED_GOAL, note=note)


def _cost(data: Path) -> Row:
    """CPU of choosing and writing down, with eight full candidates read from JSON."""
    archive = Archive()
    reports = sets.articles(data)[:600]
    for place, one in enumerate(reports):
        archive.put(one.profile, place % 40)  # forty stories as large as can be
    kept = [json.dumps(story.to_json()) for story in list(archive.stories.values())[:CANDIDATES]]
    spent = [_spent(partial(_choose_and_write, one, kept, archive)) for one in reports[:300]]
    return Row("stories, CPU per article beside the words", median(spent), 0.8, unit="ms", more_is_better=False)


def _choose_and_write(one: Report, kept: list[str], archive: Archive) -> None:
    rarity = archive.idf_of("en")
    probe_keys(one.profile, rarity)
    candidates = [StoryProfile.from_json(place, json.loads(document)) for place, document in enumerate(kept)]
    choose(one.profile, candidates, rarity)
    centre = add(candidates[0], one.profile)
    json.dumps(centre.to_json())
    index_keys(centre, rarity)


def _spent(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


# --- Errors ---


@dataclass(frozen=True, slots=True)
class Mistake:
    """A report that was put beside those of another story, or away from its own."""

    cause: str
    report: Report
    other: str  # the story that it was put into; its own if it was put into none
    evidence: Evidence


def mistakes(reports: Reports) -> Iterator[Mistake]:
    """Of one pass, the report after which the groups are wrong. A story is whose first report it is."""
    archive = Archive()
    owner: dict[int, str] = {}
    homes: dict[str, int] = {}
    for one in reports:
        compared = Compared.of(one.profile, archive.idf_of(one.profile.language))
        before, chosen = dict(archive.stories), archive.place(one.profile)
        other = owner.setdefault(chosen, one.story)
        home = chosen if one.story in _OF_NONE else homes.setdefault(one.story, chosen)
        if other != one.story:
            evidence = compared.with_story(before[chosen])
            yield Mistake("two events of the same actors or places", one, other, evidence)
        elif home != chosen:
            evidence = compared.with_story(before[home])
            yield Mistake(_why_apart(evidence, before[home], one.profile), one, one.story, evidence)


def _why_apart(evidence: Evidence, story: StoryProfile, article: Profile) -> str:
    if is_foreign(article.language, story):
        return "another language"
    return "a follow-up weeks later" if evidence.gap > FOLLOW_UP else "the same days in other words"


def show_errors(data: Path) -> None:
    """Print each mistake in the dated full texts with its figures, by cause."""
    news = sets.articles(data)
    ours = [*sets.seeds(data.parent / "seeds"), *sets.world(), *sets.written(sets.TO_DERIVE)]
    ours += sets.written(sets.HELD_OUT)
    crowd = sets.as_aliens([one for one in news if one.story == sets.UNLABELLED])
    events = [one for one in news if one.story != sets.UNLABELLED]
    found = [*mistakes(sets.in_order(ours, sets.in_days_of(ours)(crowd))), *mistakes(events)]
    for cause, number in Counter(one.cause for one in found).most_common():
        print(f"{number} {cause}")
        for one in found:
            if one.cause == cause:
                figures = " ".join(f"{name} {figure:.2f}" for name, figure in one.evidence._asdict().items() if figure)
                print(f"    {one.report.story} / {one.other} [{one.report.profile.language}] "
                      f"{one.report.title[:50]!r}: {figures}")  # fmt: skip


_OF_NONE = (sets.UNLABELLED, sets.ALIEN)
_NO_VECTORS = "not measured: the extra semantic is not installed"


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    folders = [Path(given) for given in sys.argv[1:] if not given.startswith("--")]
    if "--errors" in sys.argv:
        show_errors(folders[0])
    else:
        show(measure(folders[0] if folders else None))
