"""Whenever a process dies, or is slower than its lease, the end is the same: each result once, none missing.

After SQLite's way of testing: let the first operation be the last, then the second, and so on until none is left.
"""

import pytest

from tests.faults.effort import EVERY, IS_THOROUGH
from tests.faults.life import Evenings, Life
from tests.faults.moments import answer_is_lost, database_is_away, network_fails, nothing_more
from tests.faults.proofs import (
    Event,
    Rival,
    a_death_changes_nothing,
    a_passing_fault_loses_nothing,
    one_overtaken_changes_nothing,
    poison_is_set_apart,
)

DEATHS = [("write", "within"), ("write", "after"), ("send", "before"), ("send", "after")]
# What outlives the process is the same then as at a moment above; only its own way down differs.
SAME_AGAIN = [("read", "before"), ("write", "before"), ("get", "after")]
pytestmark = pytest.mark.timeout(300)

# Of which calls which share of the moments is tried, and how many that are: fewer would mean that they are not met at
# all. Sends are few, as what an evening tells of a story is one message on each channel, so each of them is tried.
EACH = {"read": EVERY, "write": EVERY, "get": EVERY, "send": 1}
FEWEST = {"read": 8 // EVERY, "write": 8 // EVERY, "get": 8 // EVERY, "send": 4}


@pytest.mark.parametrize(("call", "side"), [*DEATHS, *SAME_AGAIN] if IS_THOROUGH else DEATHS)
def test_a_death_at_any_moment_changes_nothing_in_the_end(evenings: Evenings, call: str, side: str) -> None:
    assert a_death_changes_nothing(evenings, call, side, every=EACH[call]) >= FEWEST[call]


@pytest.mark.parametrize(
    ("call", "side", "fault"),
    [
        ("write", "before", database_is_away),
        ("write", "again", nothing_more),  # its answer was lost, and the whole transaction is run again
        ("get", "after", network_fails),
        ("send", "before", network_fails),
        ("send", "after", answer_is_lost),
    ],
)
def test_a_passing_fault_at_any_moment_loses_and_doubles_nothing(
    evenings: Evenings, call: str, side: str, fault: Event
) -> None:
    assert a_passing_fault_loses_nothing(evenings, call, side, fault, every=EACH[call]) >= FEWEST[call]


@pytest.mark.parametrize("rival", [Life.another_does_all, Life.another_claims_all])
@pytest.mark.parametrize("call", ["write", "send"])
def test_one_who_is_overtaken_changes_nothing_any_more(evenings: Evenings, call: str, rival: Rival) -> None:
    assert one_overtaken_changes_nothing(evenings, call, rival, every=EACH[call]) >= FEWEST[call]


def test_an_article_that_kills_its_readers_is_set_apart_and_all_others_are_read(evenings: Evenings) -> None:
    poison_is_set_apart(evenings)
