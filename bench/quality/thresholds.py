"""Learn the weights and limits of the story stage from the development data, and write them where it reads them.

    python -m bench.quality.thresholds FOLDER [--write]     FOLDER: the development data

Headlines. Every headline of known story is held against its candidates while all before it lie in their right
stories. These pairs, right and wrong, teach a logistic regression. The limit is that with the best B-cubed F1 when the
same headlines are grouped in one pass, in order of time and mixed.

Full texts. Every report of known story is held against its candidates in the same way, in the order of time, those
written for the tests among other articles. Which of the candidates it joins, or none, is learned as a conditional logit
(McFadden, 1974): so it counts what a story has more in common with the report than the others have, and a report with
eight candidates does not count eightfold. Then the limit is that with the best F1 when all is grouped in one pass,
dated, undated, and in archives that have just begun.

Before anything is written, all this is done on one half of the stories and measured on the other, both ways round:
these held-out figures are printed, and are what to believe.

Judged, since no set has enough of it to learn it: the figures that are used, RIDGE and EASE, the two lists of limits,
GAP, ELSEWHERE, ABROAD, LEADLESS, `merge`.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean
from tempfile import gettempdir

import numpy as np
from numpy.typing import NDArray

from bench.quality import story_sets as sets
from bench.quality.stories import Archive, f1
from bench.quality.story_sets import Report, Reports
from worker.semantic.load import load_embedder
from worker.stages.story import thresholds
from worker.stages.story.evidence import Compared, Evidence
from worker.stages.story.model import ByLength, Model, Weighing

Numbers = NDArray[np.float64]

FIGURES = Evidence._fields
FOR_HEADLINES = {"words", "title", "numbers", "size", "rare"}  # a headline's names are its words
FOR_FULL_TEXTS = {"words", "names", "gap", "rare", "rare_abroad", "brief"}
RIDGE = 1.0
LONGEST_STEP = 5.0  # of Newton's method, far from the goal
EASE = 0.03  # the ridge of full texts, which are few, each of them weighed below 1
# Lower ones would be better still for few stories; in a large archive one common word would then be enough.
LIMITS = (-2.0, -1.5)
GAP = -8.0  # of headlines, which come within hours here; short reports of the next match must not join the last
# A wrong story costs a reader more than a second one: never below even odds.
LIMITS_OF_FULL_TEXTS = (0.0, 0.2)
BEGINNINGS, FIRST = 6, 30  # archives, and reports in each
CROWD_STEP = 4  # of the articles every fourth, for time's sake
ELSEWHERE = -3.0  # of headlines; no set has enough from two places to learn it
LEADLESS = -2.0  # of full texts; three stories of these sets have look-alikes that show it
ABROAD = 2.0  # of headlines, which are all in one language here
SURELY = 3.0  # judged; see `Model`


@dataclass(frozen=True, slots=True)
class Material:
    """Reports to learn from, by kind; headlines and full texts are tried in several orders."""

    headlines: Reports
    events: Reports  # full texts, densely packed in time
    written: Reports  # full texts of all lengths, in several languages, with quiet periods
    crowd: Reports = ()  # full texts of none of these stories
    titles: Reports = ()  # headlines of none of these stories

    def only(self, stories: frozenset[str]) -> "Material":
        """The reports of these stories."""
        headlines, events, written = ([one for one in part if one.story in stories] for part in self.parts)
        return Material(headlines, events, written, self.crowd, self.titles)

    @property
    def parts(self) -> tuple[Reports, Reports, Reports]:
        return self.headlines, self.events, self.written

    @property
    def parts_and_crowds(self) -> tuple[Reports, ...]:
        return *self.parts, self.crowd, self.titles

    def of_headlines(self) -> list[Reports]:
        return [self.headlines, sets.shuffled(self.headlines)]

    def of_full_texts(self) -> list[Reports]:
        return [self.events, self.written_in_crowd(), sets.undated(self.written), *self.beginnings()]

    def of_life(self) -> list[Reports]:
        """Of these, those in the order of time. Without it some are told apart by nothing, which teaches nothing."""
        return [self.events, self.written_in_crowd()]

    def beginnings(self) -> list[Reports]:
        """Of archives in which no name is known to be common yet: all that names one capital looks alike."""
        return [sets.shuffled(self.written, 20 + place)[:FIRST] for place in range(BEGINNINGS)]

    def headlines_in_crowd(self) -> Reports:
        """Those that others bring on the same days, and mixed with them."""
        return sets.undated([*self.headlines, *self.titles], 3)

    def written_in_crowd(self) -> Reports:
        """The crowd lies evenly over the same months."""
        return sets.in_order(self.written, sets.in_days_of(self.written)(self.crowd)) if self.written else ()


def main() -> None:
    data = Path(sys.argv[1])
    material = _material(data)
    _say("held out, without vectors and with")
    for name, figures in _held_out(material).items():
        print(f"{name:44}" + " ".join(f"{figure:.3f}" for figure in figures))
    model = learn(material)
    for name, figures in _figures(material, model).items():
        print(f"learned from {name:31}" + " ".join(f"{figure:.3f}" for figure in figures))
    if "--write" in sys.argv:
        Path(thresholds.__file__).write_text(_written(model), encoding="utf-8")


def learn(material: Material) -> Model:
    """The model that groups the material best."""
    plain = _without_vectors(material)
    headline = _headline(plain, with_meaning=False)
    words = ByLength(headline, _full_text(plain, FOR_FULL_TEXTS, headline))
    model = Model(words, words, SURELY)
    if _has_vectors(material):
        headline = _headline(material, with_meaning=True)
        model = replace(model, meaning=ByLength(headline, _full_text(material, FOR_FULL_TEXTS | {"meaning"}, headline)))
    return model


def _headline(material: Material, *, with_meaning: bool) -> Weighing:
    """Weights by regression, then the limit by trial."""
    used = FOR_HEADLINES | ({"meaning"} if with_meaning else set())
    found = _regression([*_pairs(sets.shuffled(material.headlines)), *_pairs(material.headlines)], used)
    tried = [
        replace(found, each=found.each._replace(gap=GAP, elsewhere=ELSEWHERE, rare_abroad=ABROAD), limit=limit)
        for limit in LIMITS
    ]
    orders = material.of_headlines()
    return max(tried, key=lambda one: _mean(orders, _as_model(ByLength(one, one))))


def _full_text(material: Material, used: set[str], headline: Weighing) -> Weighing:
    """Weights by conditional logit, then the limit by trial."""
    found = _conditional_logit([one for order in material.of_life() for one in _dilemmas(order)], used)
    found = replace(found, each=found.each._replace(leadless=LEADLESS))
    tried = [replace(found, limit=limit) for limit in LIMITS_OF_FULL_TEXTS]
    orders = material.of_full_texts()
    return max(tried, key=lambda one: _mean(orders, _as_model(ByLength(headline, one))))


def _as_model(found: ByLength) -> Model:
    return Model(found, found, SURELY)


def _mean(orders: Sequence[Reports], model: Model) -> float:
    return fmean(f1(reports, model) for reports in orders if reports)


# --- Regression ---


@dataclass(frozen=True, slots=True)
class Pair:
    """An article beside a candidate, and whether it is of that story."""

    evidence: Evidence
    is_one: bool


def _pairs(reports: Reports) -> Iterator[Pair]:
    archive, ids = Archive(), {story: place for place, story in enumerate(sorted({one.story for one in reports}))}
    for one in reports:
        compared = Compared.of(one.profile, archive.idf_of(one.profile.language))
        for story in archive.candidates(one.profile):
            yield Pair(compared.with_story(story), story.id == ids[one.story])
        archive.put(one.profile, ids[one.story])


def _regression(pairs: Sequence[Pair], names: set[str]) -> Weighing:
    """Logistic regression with a ridge, by Newton's method; the weights of the other figures are 0."""
    inputs = np.array([[*pair.evidence, 1.0] for pair in pairs])
    used = np.array([*(name in names for name in FIGURES), True])
    found = np.zeros(inputs.shape[1])
    found[used] = _newton(inputs[:, used], np.array([pair.is_one for pair in pairs], float))
    *each, base = (round(float(weight), 2) for weight in found)
    return Weighing(Evidence(*each), base, 0.0)


def _newton(inputs: Numbers, right: Numbers) -> Numbers:
    found = np.zeros(inputs.shape[1])
    for _ in range(30):
        expected = 1 / (1 + np.exp(-(inputs @ found)))
        slope = inputs.T @ (expected - right) + RIDGE * found
        curve = inputs.T @ (inputs * (expected * (1 - expected))[:, None]) + RIDGE * np.eye(len(found))
        found -= np.linalg.solve(curve, slope)
    return found


# --- Conditional logit ---


@dataclass(frozen=True, slots=True)
class Dilemma:
    """A report beside its candidates: a row of evidence and a 1 for each, and of zeros for none of them."""

    options: Numbers
    right: int  # the row that it belongs to, the last if to none
    weight: float


def _dilemmas(reports: Reports) -> Iterator[Dilemma]:
    """Of every labelled report. What is of no story that counts stays by itself, and is not to join those that do."""
    archive = Archive()
    homes: dict[str, int] = {}
    story_of: dict[int, str] = {}
    of_story = Counter(one.story for one in reports)
    for one in reports:
        compared = Compared.of(one.profile, archive.idf_of(one.profile.language))
        rivals = [story for story in archive.candidates(one.profile) if {one.story, story_of[story.id]} != {sets.ALIEN}]
        if rivals:
            rows = [[*compared.with_story(story), 1.0] for story in rivals]
            own = [place for place, story in enumerate(rivals) if story_of[story.id] == one.story]
            none = [0.0] * len(rows[0])
            yield Dilemma(np.array([*rows, none]), own[0] if own else len(rows), of_story[one.story] ** -0.5)
        home = len(archive.stories) if one.story == sets.ALIEN else homes.setdefault(one.story, len(archive.stories))
        story_of[archive.put(one.profile, home)] = one.story


def _conditional_logit(dilemmas: Sequence[Dilemma], names: set[str]) -> Weighing:
    """With a ridge, by Newton's method in bounded steps."""
    used = np.array([*(name in names for name in FIGURES), True])
    found = np.zeros(len(used))
    for _ in range(40):
        slope, curve = EASE * found[used], EASE * np.eye(used.sum())
        for one in dilemmas:
            options = one.options[:, used]
            odds = options @ found[used]
            chances = np.exp(odds - odds.max())
            chances /= chances.sum()
            expected = chances @ options
            slope += one.weight * (expected - options[one.right])
            curve += one.weight * ((options * chances[:, None]).T @ options - np.outer(expected, expected))
        step = np.linalg.solve(curve, slope)
        found[used] -= step * min(1.0, LONGEST_STEP / np.linalg.norm(step))
    *each, base = (round(float(weight), 2) for weight in found)
    return Weighing(Evidence(*each), base, 0.0)


# --- Held out ---


def _held_out(material: Material) -> dict[str, list[float]]:
    """Learned on one half of the stories, measured on the other; the mean of both ways round."""
    stories = sorted({one.story for part in material.parts for one in part})
    Random(1).shuffle(stories)  # noqa: S311 -- no secret
    halves = [frozenset(stories[::2]), frozenset(stories[1::2])]
    found = [
        _figures(material.only(halves[1 - side]), learn(material.only(halves[side]))) for side in range(len(halves))
    ]
    return {name: [fmean(pair) for pair in zip(*(one[name] for one in found), strict=True)] for name in found[0]}


def _figures(material: Material, model: Model) -> dict[str, list[float]]:
    """F1 of each set without vectors and, where there are any, with them."""
    kinds = [_without_vectors(material), *([material] if _has_vectors(material) else [])]
    of_each: dict[str, Callable[[Material], Reports]] = {
        "headlines": lambda one: one.headlines,
        "headlines, mixed": lambda one: sets.shuffled(one.headlines, 7),
        "written, dates ignored": lambda one: sets.undated(one.written, 7),
        "all full texts, dates ignored": lambda one: sets.undated([*one.events, *one.written], 7),
        "events": lambda one: one.events,
        "written": lambda one: one.written,
        "headlines, in crowd": Material.headlines_in_crowd,
        "written, in crowd": Material.written_in_crowd,
    }
    return {name: [f1(reports(kind), model) for kind in kinds] for name, reports in of_each.items()}


# --- Material, and what comes of it ---


def _material(data: Path) -> Material:
    _say("reading")
    news = sets.articles(data)
    events = [one for one in news if one.story != sets.UNLABELLED]
    crowd = sets.as_aliens([one for one in news if one.story == sets.UNLABELLED][::CROWD_STEP])
    own = sets.in_order(sets.world(), sets.written(sets.TO_DERIVE))
    material = Material(sets.headlines(data), events, own, crowd, sets.titles(crowd))
    embedder = load_embedder(Path(gettempdir()) / "storytrail-bench")
    if embedder is None:
        return material
    _say("making vectors")
    return Material(*(sets.embedded(part, embedder) for part in material.parts_and_crowds))


def _has_vectors(material: Material) -> bool:
    return any(one.profile.vector is not None for part in material.parts for one in part)


def _without_vectors(material: Material) -> Material:
    return Material(*([_plain(one) for one in part] for part in material.parts_and_crowds))


def _plain(one: Report) -> Report:
    return replace(one, profile=replace(one.profile, vector=None))


def _written(model: Model) -> str:
    return f'''"""What the story stage has learned: the weights and limits of `model`.

Written by `python -m bench.quality.thresholds`, whose docstring says how, and what of it is judged; not by hand.
"""

from worker.stages.story.evidence import Evidence
from worker.stages.story.model import ByLength, Model, Weighing

LEARNED = Model(
    words={_shown(model.words)},
    meaning={_shown(model.meaning)},
    merge={model.merge},
)
'''


def _shown(found: ByLength) -> str:
    ends = [f"        {name}={_shown_end(end)},\n" for name, end in
            (("headline", found.headline), ("full_text", found.full_text))]  # fmt: skip
    return f"ByLength(\n{''.join(ends)}    )"


def _shown_end(end: Weighing) -> str:
    each = "".join(f"                {name}={weight},\n" for name, weight in end.each._asdict().items())
    inside = (
        f"            Evidence(\n{each}            ),\n            base={end.base},\n            limit={end.limit},\n"
    )
    return f"Weighing(\n{inside}        )"


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
