"""Derive the weights by which sentences are judged worth telling, from the labelled stories that may be looked at.

    python -m bench.quality.worth_weights

Prints the table that stands in `worker/stages/facts/worth.py`, and how well such weights do on stories they were not
derived from: each story in turn is left out, and judged by the weights of the others. A logit with a ridge, found by
Newton's method. Copies are left out, and readers are taken to know all that was labelled new or told before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.quality.facts import DERIVED_FROM, NO_NEWS, LabelledStory, read_half
from worker.stages.facts import find_facts, with_statements
from worker.stages.facts.novelty import known
from worker.stages.facts.worth import features, sights

RIDGE = 1.0
STEPS = 30
ALWAYS = "always"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as `worth` sees it, and what the label says."""

    story: str
    article: str
    text: str
    features: Mapping[str, float]
    is_new: bool
    must: bool
    opens_alert: bool


def judged(story: LabelledStory) -> Iterator[Judged]:
    """Each sentence that states something, to readers who were told all before it."""
    texts: list[str] = []
    keys: set[str] = set()
    for article in story.articles:
        if article.copy_of:
            continue
        found = find_facts(article.title, article.text, article.language, published=article.published.date())
        facts = with_statements(found, article.text)
        for sight in sights(facts, article.title, known(frozenset(keys), tuple(texts))):
            line = next((line for line in article.lines if line.text in sight.text or sight.text in line.text), None)
            if line is not None:
                yield Judged(
                    story.name,
                    article.id,
                    sight.text,
                    features(sight),
                    line.is_new,
                    bool(line.must),
                    article.opens_alert,
                )
        texts += [line.text for line in article.lines if line.label != NO_NEWS]
        keys |= {fact.key for fact in facts}


def weights(examples: Sequence[Judged]) -> Mapping[str, float]:
    """What each feature adds to the logit."""
    names = list(examples[0].features)
    table = np.array([[1.0, *(one.features[name] for name in names)] for one in examples])
    found = _logit(table, np.array([float(one.is_new) for one in examples]))
    return dict(zip([ALWAYS, *names], found.tolist(), strict=True))


def probability(of: Mapping[str, float], one: Judged) -> float:
    return float(1 / (1 + np.exp(-of[ALWAYS] - sum(of[name] * value for name, value in one.features.items()))))


def left_out(examples: Sequence[Judged]) -> list[tuple[Judged, float]]:
    """Each sentence with its probability by the weights of the other stories."""
    found = []
    for story in dict.fromkeys(one.story for one in examples):
        by = weights([one for one in examples if one.story != story])
        found += [(one, probability(by, one)) for one in examples if one.story == story]
    return found


def f1(judgements: Sequence[tuple[Judged, float]], limit: float) -> float:
    right = sum(one.is_new and score >= limit for one, score in judgements)
    called, new = sum(score >= limit for _, score in judgements), sum(one.is_new for one, _ in judgements)
    return 2 * right / (called + new) if called + new else 0.0


def _logit(table: Floats, labels: Floats) -> Floats:
    found = np.zeros(table.shape[1])
    ridge = np.eye(table.shape[1]) * RIDGE
    ridge[0, 0] = 0.0
    for _ in range(STEPS):
        scores = 1 / (1 + np.exp(-table @ found))
        curve = (table * (scores * (1 - scores))[:, None]).T @ table + ridge
        found += np.linalg.solve(curve, table.T @ (labels - scores) - ridge @ found)
    return found


def main() -> None:
    examples = [one for half in DERIVED_FROM for story in read_half(half) for one in judged(story)]
    apart = left_out(examples)
    for limit in np.arange(0.24, 0.6, 0.02):
        print(f"# F1 of stories left out, from {limit:.2f}: {f1(apart, limit):.3f}")
    for name, weight in weights(examples).items():
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
