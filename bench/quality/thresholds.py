"""Learn the weights and limits of the story stage from the development data, and write them where it reads them.

    python -m bench.quality.thresholds FOLDER [--write]     FOLDER: the development data

1. Every report of known story is held against its candidates while all before it lie in their right stories. These
   pairs, right and wrong, teach a logistic regression: both ends of `model.ByLength` at once, each pair counting for
   either end by the article's length. Foreign pairs are left out, as they are decided by names.
2. What a day's gap counts, and the limits, are those with the best B-cubed F1 when the same reports are grouped in
   one pass, over all sets: in order of time and mixed, dated and with dates ignored.

Before anything is written, all this is done on one half of the stories and measured on the other, both ways round:
these held-out figures are printed, and are what to believe.
"""

import sys
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
from worker.stages.story.evidence import Compared, Evidence, is_foreign
from worker.stages.story.model import ByLength, Model, Weighing, share_of_full_text
from worker.stages.story.thresholds import LEARNED

Numbers = NDArray[np.float64]

FIGURES = Evidence._fields
FOR_HEADLINES = {"words", "title", "numbers", "size"}  # a headline's names are its words
FOR_FULL_TEXTS = {"words", "names", "title", "numbers", "elsewhere"}
RIDGE = 1.0
# Lower ones would be better still for few stories; in a large archive one common word would then be enough.
LIMITS = (-2.0, -1.5, -1.0)
LIMITS_OF_FULL_TEXTS = (-2.5, -2.0, -1.5, -1.0)
GAPS = (-0.75, -1.5)
CROWD_STEP = 4  # of the articles every fourth, for time's sake
ELSEWHERE = -3.0  # of headlines; no set has enough from two places to learn it


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
        return [self.headlines, sets.shuffled(self.headlines), self.headlines_in_crowd()]

    def of_full_texts(self) -> list[Reports]:
        together, alone = sets.undated([*self.events, *self.written]), sets.undated(self.events)
        return [together, alone, self.events, self.written_in_crowd()]

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
        print(f"{name:36}" + " ".join(f"{figure:.3f}" for figure in figures))
    model = learn(material)
    for name, figures in _figures(material, model).items():
        print(f"learned from {name:23}" + " ".join(f"{figure:.3f}" for figure in figures))
    if "--write" in sys.argv:
        Path(thresholds.__file__).write_text(_written(model), encoding="utf-8")


def learn(material: Material) -> Model:
    """The model that groups the material best."""
    model = replace(LEARNED, words=_learn(_without_vectors(material), with_meaning=False), meaning=LEARNED.meaning)
    if _has_vectors(material):
        model = replace(model, meaning=_learn(material, with_meaning=True))
    return model


def _learn(material: Material, *, with_meaning: bool) -> ByLength:
    """Weights by regression, then gap and limits by trial."""
    extra = {"meaning"} if with_meaning else set()
    pairs = [*_pairs(sets.shuffled(material.headlines), 1.0), *_pairs(material.headlines, 1.0)]
    pairs += _pairs(sets.undated([*material.events, *material.written]), len(material.headlines) / 300)
    found = _regression(pairs, FOR_HEADLINES | extra, FOR_FULL_TEXTS | extra)

    def tried(gap: float, headline: float, full: float) -> Model:
        return _as_model(_with(found, gap, headline, full), with_meaning)

    headline = max(LIMITS, key=lambda limit: _mean(material.of_headlines(), tried(GAPS[0], limit, LIMITS[0])))
    choices = [(gap, full) for gap in GAPS for full in LIMITS_OF_FULL_TEXTS]
    gap, full = max(choices, key=lambda one: _mean(material.of_full_texts(), tried(one[0], headline, one[1])))
    return _with(found, gap, headline, full)


def _as_model(found: ByLength, with_meaning: bool) -> Model:
    return replace(LEARNED, meaning=found) if with_meaning else replace(LEARNED, words=found)


def _with(found: ByLength, gap: float, headline: float, full: float) -> ByLength:
    return ByLength(
        replace(found.headline, each=found.headline.each._replace(gap=gap, elsewhere=ELSEWHERE), limit=headline),
        replace(found.full_text, each=found.full_text.each._replace(gap=gap), limit=full),
    )


def _mean(orders: Sequence[Reports], model: Model) -> float:
    return fmean(f1(reports, model) for reports in orders if reports)


# --- Regression ---


@dataclass(frozen=True, slots=True)
class Pair:
    """An article beside a candidate, and whether it is of that story."""

    evidence: Evidence
    words: int
    is_one: bool
    weight: float


def _pairs(reports: Reports, weight: float) -> Iterator[Pair]:
    archive, ids = Archive(), {story: place for place, story in enumerate(sorted({one.story for one in reports}))}
    for one in reports:
        compared = Compared.of(one.profile, archive.idf_of(one.profile.language))
        for story in archive.candidates(one.profile):
            if not is_foreign(one.profile.language, story):
                yield Pair(compared.with_story(story), one.profile.words, story.id == ids[one.story], weight)
        archive.put(one.profile, ids[one.story])


def _regression(pairs: Sequence[Pair], of_headlines: set[str], of_full_texts: set[str]) -> ByLength:
    """Logistic regression with a ridge, by Newton's method."""
    shares = np.array([share_of_full_text(pair.words) for pair in pairs])
    figures = np.array([[*pair.evidence, 1.0] for pair in pairs])
    inputs = np.hstack([figures * (1 - shares)[:, None], figures * shares[:, None]])
    used = np.array([*_is_used(of_headlines), *_is_used(of_full_texts)])
    right, weights = np.array([pair.is_one for pair in pairs], float), np.array([pair.weight for pair in pairs])
    found = np.zeros(inputs.shape[1])
    found[used] = _newton(inputs[:, used], right, weights)
    headline, full = np.split(found, 2)
    return ByLength(_weighing(headline), _weighing(full))


def _newton(inputs: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    found = np.zeros(inputs.shape[1])
    for _ in range(30):
        expected = 1 / (1 + np.exp(-(inputs @ found)))
        slope = inputs.T @ (weights * (expected - right)) + RIDGE * found
        curve = inputs.T @ (inputs * (weights * expected * (1 - expected))[:, None]) + RIDGE * np.eye(len(found))
        found -= np.linalg.solve(curve, slope)
    return found


def _is_used(names: set[str]) -> list[bool]:
    return [*(name in names for name in FIGURES), True]


def _weighing(found: Numbers) -> Weighing:
    return Weighing(Evidence(*(round(float(weight), 2) for weight in found[:-1])), round(float(found[-1]), 2), 0.0)


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
        "full text, dates ignored": lambda one: sets.undated([*one.events, *one.written], 7),
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

Written by `python -m bench.quality.thresholds`, whose docstring says how; not by hand.
"""

from worker.stages.story.evidence import Evidence
from worker.stages.story.model import ByLength, Model, Weighing

LEARNED = Model(
    words={_shown(model.words)},
    meaning={_shown(model.meaning)},
    names_alone={model.names_alone},
    merge={model.merge},
)
'''


def _shown(found: ByLength) -> str:
    ends = [f"        {name}={_shown_end(end)},\n" for name, end in
            (("headline", found.headline), ("full_text", found.full_text))]  # fmt: skip
    return f"ByLength(\n{''.join(ends)}    )"


def _shown_end(end: Weighing) -> str:
    each = ", ".join(f"{name}={weight}" for name, weight in end.each._asdict().items())
    return f"Weighing(\n            Evidence({each}), base={end.base}, limit={end.limit}\n        )"


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
