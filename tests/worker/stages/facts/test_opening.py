"""Where the news of a report stands."""

import pytest

from worker.stages.facts.opening import lead_sentence, opening_end

LEAD = "A gas tank blew up in a street of Izmir early on Tuesday."


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (f"{LEAD} Nobody knows why. More follows here.", f"{LEAD} Nobody knows why."),
        (f"{LEAD}\nNobody knows why.", LEAD),  # a paragraph of its own
        (f"IZMIR\n{LEAD} Nobody knows why.\nMore.", f"IZMIR\n{LEAD} Nobody knows why."),  # after a dateline
        (f"{LEAD}", LEAD),
        ("No sentence here", ""),
        ("", ""),
    ],
)
def test_the_opening_is_the_lead_and_one_sentence_more(text: str, opening: str) -> None:
    assert text[: opening_end(text)] == opening


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky is to meet senior U.S. Army officials in Kyiv on Thursday. They will talk.",
        "The talks were led by Donald J. Trump of the U.S. Republicans, aides said. They went well.",
    ],
)
def test_initials_do_not_cut_a_lead(text: str) -> None:
    assert lead_sentence("", text) == text.rpartition(". ")[0] + "."
