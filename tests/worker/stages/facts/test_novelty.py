"""Whether readers know a sentence already, however it is worded."""

import pytest

from worker.stages.facts import find_facts
from worker.stages.facts.novelty import COMMON, NOTHING, Known
from worker.stages.facts.statements import gist

FIRE = "A fire broke out on the night ferry Aldis off the port of Skarn early on Tuesday, the coastguard said."


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (FIRE, "The blaze on the ferry Aldis near Skarn."),  # other words
        ("Some 400 lorries are waiting at Paso Alto.", "Unos 400 camiones esperan en Paso Alto."),  # Spanish
        ("Four workers were killed in Kestrel.", "В Кестрел загинули четверо робітників."),  # Ukrainian
        ("The plant will create 1,500 jobs in Sarn.", "Das Werk in Sarn schafft 1.500 Stellen."),  # German
    ],
)
def test_other_words_and_languages_are_known_again(told: str, said: str) -> None:
    assert Known((), [told]).coverage(gist(said)).nearest >= 0.5


def test_what_has_nothing_in_common_is_not_covered() -> None:
    coverage = Known((), [FIRE]).coverage(gist("Shares of the steelmaker fell by 6 percent in Halden."))
    assert coverage.nearest == 0.0
    assert (coverage.new_figures, coverage.new_names) == (1, 1)


@pytest.mark.parametrize(
    ("told", "said", "is_new"),
    [
        ("About 100 were held.", "Officers held 104 people.", False),  # rounded
        ("It drew 52,000 people.", "It drew 51,940 people.", False),
        ("The queue is 16 kilometres long.", "The queue is ten miles long.", False),
        ("It weighs 850 kilograms.", "It weighs 1,874 pounds.", False),
        ("He took 2.4 million.", "He took two million four hundred thousand.", False),
        ("Some 8,000 marched.", "Il y avait 8 000 personnes.", False),
        ("It killed 23.", "It killed 24.", True),  # small numbers are not rounded
        ("It killed 20.", "It killed 23.", True),
        ("It costs 1,200.", "It costs 1,500.", True),
    ],
)
def test_a_figure_is_known_in_other_words_and_units(told: str, said: str, is_new: bool) -> None:
    assert bool(Known((), [told]).coverage(gist(said)).new_figures) is is_new


def test_a_denial_turns_what_was_told() -> None:
    known = Known((), ["President Aldana will attend the summit in Port Selim."])
    assert known.coverage(gist("President Aldana will not attend the summit in Port Selim.")).turns
    assert not known.coverage(gist("President Aldana is going to attend the summit in Port Selim.")).turns


def test_the_subject_of_the_story_covers_nothing_by_itself() -> None:
    known = Known((), [f"Voltaro tells number {word}." for word in ("apricot", "badger", "cello") * COMMON])
    assert known.coverage(gist("Voltaro dismissed its chief engineer.")).nearest < 0.5


def test_who_was_told_nothing_knows_nothing() -> None:
    assert NOTHING.is_empty
    assert NOTHING.coverage(gist(FIRE)).nearest == 0.0


@pytest.mark.parametrize(
    "text", ["", "\0", "1,2,3 " * 3_000, "नमस्ते दुनिया", "1.2.3.4 ٣٤ 10,000,000,000,000,000,000", "\ud800"]
)
def test_any_sentence_has_a_gist(text: str) -> None:
    assert Known((), [text]).coverage(gist(text)).nearest <= 1.0


@pytest.mark.parametrize(
    ("key", "said", "is_told"),
    [
        ("killed|exactly|14", "The blast killed 14 people.", True),
        ("killed|exactly|14", "The blast killed at least 10 people.", True),  # it follows
        ("killed|exactly|14", "The blast killed 15 people.", False),
        ("killed|about|100", "The blast killed 103 people.", True),
        ("killed|about|100", "The blast killed 130 people.", False),
        ("killed|at least|14", "The blast killed 16 people.", False),
        ("killed|at least|14", "The blast killed at least 12 people.", True),
    ],
)
def test_a_told_figure_covers_what_follows_from_it(key: str, said: str, is_told: bool) -> None:
    many = {f"killed|exactly|{value}" for value in range(200, 300)}
    [fact] = find_facts("", said, "en")
    assert Known({key, *many}, ()).covers(fact) is is_told
