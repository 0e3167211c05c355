"""Where the news of a report stands."""

import pytest

from worker.stages.facts.opening import lead_sentence


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky is to meet senior U.S. Army officials in Kyiv on Thursday. They will talk.",
        "The talks were led by Donald J. Trump of the U.S. Republicans, aides said. They went well.",
    ],
)
def test_initials_do_not_cut_a_lead(text: str) -> None:
    assert lead_sentence("", text) == text.rpartition(". ")[0] + "."
