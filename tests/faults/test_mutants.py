"""The proofs have teeth: a rule that is broken on purpose is noticed by one of them, though a plain run goes well."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.faults import mutants
from tests.faults.life import Evenings, Life
from tests.faults.machine import Blank, follow_the_rules
from tests.faults.moments import Moments, answer_is_lost
from tests.faults.mutants import Mutant
from tests.faults.proofs import (
    a_death_changes_nothing,
    a_passing_fault_loses_nothing,
    one_overtaken_changes_nothing,
    poison_is_set_apart,
)

Proof = Callable[[Evenings], object]

overtaken = partial(one_overtaken_changes_nothing, call="write", rival=Life.another_claims_all)
death_after_a_write = partial(a_death_changes_nothing, call="write", side="after")
death_after_a_send = partial(a_death_changes_nothing, call="send", side="after")
lost_answers = partial(a_passing_fault_loses_nothing, call="send", side="after", fault=answer_is_lost)

CAUGHT_BY_LIVES: list[tuple[Mutant, Proof]] = [
    (mutants.results_are_written_without_the_fence, overtaken),
    (mutants.attempts_are_counted_after_the_work, poison_is_set_apart),
    (mutants.etags_are_kept_before_the_entries, death_after_a_write),
    (mutants.the_outbox_is_filled_after_the_commit, death_after_a_write),
    (mutants.deliveries_are_not_marked_before_they_are_sent, death_after_a_send),
    (mutants.uncertain_sendings_count_as_failed, lost_answers),
    (mutants.claims_of_the_dead_are_kept_for_ever, death_after_a_write),
]
CAUGHT_BY_RULES: list[Mutant] = [
    mutants.results_are_written_without_the_fence,
    mutants.claims_do_not_look_at_leases,
    mutants.attempts_are_counted_after_the_work,
    mutants.alerts_are_raised_whatever_stands,
    mutants.deliveries_are_not_marked_before_they_are_sent,
    mutants.claims_of_the_dead_are_kept_for_ever,
    mutants.changes_leave_the_fence_alone,
]


@pytest.mark.parametrize(("mutant", "proof"), CAUGHT_BY_LIVES)
def test_a_broken_rule_is_noticed_when_somebody_dies_or_is_overtaken(
    evenings: Evenings, monkeypatch: pytest.MonkeyPatch, mutant: Mutant, proof: Proof
) -> None:
    mutant(monkeypatch)
    _goes_well(evenings)
    with pytest.raises(AssertionError):
        proof(evenings)


@pytest.mark.parametrize("mutant", CAUGHT_BY_RULES)
def test_a_broken_rule_is_noticed_by_the_state_machine(
    blank: Blank, monkeypatch: pytest.MonkeyPatch, mutant: Mutant
) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        follow_the_rules(blank)


def _goes_well(evenings: Evenings) -> None:
    """Nobody dies, and nothing is noticed."""
    for evening in evenings:
        life = evenings.begin(evening)
        assert life.works(Moments())
        life.is_well()
        assert life.ending == evening.ending
