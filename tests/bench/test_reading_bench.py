"""The bench of reading: what it parts adds up to what the step took."""

from collections.abc import Sequence

import pytest

from bench.reading import EXTRACT, STAGES, STORING, TIDY, TOGETHER, WHOLE, WITHIN, Clock, Costs, Piece, measure
from worker.stages.extract import Given

TEXT = "The ferry Aurora ran aground off Gdansk on Tuesday with 120 people aboard, the coast guard said. " * 4


def piece(number: int) -> Piece:
    return Piece(Given(url=f"https://example.org/{number}", title=f"Ferry {number} runs aground", text=TEXT))


@pytest.fixture(scope="module")
def costs() -> Costs:
    return measure([piece(number) for number in range(3)], warming=1)


def total(costs: Costs, names: Sequence[str]) -> float:
    return sum(sum(costs[name]) for name in names)


def test_there_is_a_figure_for_every_article_that_was_not_for_warming(costs: Costs) -> None:
    assert {len(values) for values in costs.values()} == {2}
    assert {EXTRACT, TIDY, "find_names", "judge"} <= costs.keys()


def test_the_step_is_its_stages_and_what_storing_takes(costs: Costs) -> None:
    stages = [name for names in STAGES.values() for name in names if name in costs]
    assert total(costs, [WITHIN]) == pytest.approx(total(costs, stages))
    assert total(costs, [WHOLE]) == pytest.approx(total(costs, [WITHIN, STORING]))
    assert 0 < total(costs, [TOGETHER]) < total(costs, [STORING])


def test_what_runs_within_something_timed_counts_once() -> None:
    clock = Clock()
    clock.time("outer", lambda: clock.time("inner", lambda: sum(range(200_000))))
    assert clock.milliseconds["outer"] < clock.milliseconds["inner"]
