"""Whatever the workers do, and in whatever order: what storage answers is what the rules of claims say."""

import pytest

from tests.faults.effort import IS_THOROUGH
from tests.faults.machine import Blank, follow_the_rules, follow_the_rules_elsewhere


def test_storage_follows_the_rules_of_claims(blank: Blank) -> None:
    follow_the_rules(blank)


@pytest.mark.timeout(900)
def test_storage_follows_the_rules_of_claims_on_new_ways(blank: Blank) -> None:
    follow_the_rules_elsewhere(blank, runs=500 if IS_THOROUGH else 10)
