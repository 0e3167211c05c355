"""Places in sentences: when two tolls cannot be of one event."""

import pytest

from worker.stages.facts.places import are_elsewhere


@pytest.mark.parametrize(
    ("one", "other", "elsewhere"),
    [
        ("Strikes in Kharkiv killed three.", "Strikes in Ternopil killed 19.", True),
        ("A blast in the Turkish city of Izmir killed 14.", "A blast in western Turkey killed 19.", False),
        ("Strikes killed three.", "Strikes in Ternopil killed 19.", False),  # it does not say where
        ("Strikes in November killed three.", "Strikes in Ternopil killed 19.", False),  # nor does a month
        ("A fire at Anstey Point killed two.", "A fire near Anstey killed three.", False),
    ],
)
def test_places_that_have_nothing_in_common_are_elsewhere(one: str, other: str, elsewhere: bool) -> None:
    assert are_elsewhere(one, other) is elsewhere
    assert are_elsewhere(other, one) is elsewhere
