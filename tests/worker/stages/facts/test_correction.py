"""What a revision changed of what was said."""

import pytest

from worker.stages.facts import find_facts
from worker.stages.facts.correction import Change, find_correction, find_report_correction

OLD = "A blast in Izmir killed 14 people on Tuesday. The cause is not known. Schools stay closed."


def test_a_changed_figure_is_a_correction() -> None:
    found = find_correction(OLD, OLD.replace("14", "19"))
    assert found is not None
    assert found.changes_figure
    assert found.changes == (
        Change("A blast in Izmir killed 14 people on Tuesday.", "A blast in Izmir killed 19 people on Tuesday.", True),
    )


def test_a_changed_figure_stands_before_changed_words() -> None:
    new = "The blast's cause is not known yet. A blast in Izmir killed 19 people on Tuesday. Schools stay closed."
    found = find_correction("The cause is not known. A blast in Izmir killed 14 people on Tuesday.", new)
    assert found is not None
    assert [change.changes_figure for change in found.changes] == [True, False]


def test_a_sentence_that_is_gone_was_withdrawn() -> None:
    found = find_correction(OLD, OLD.replace("The cause is not known. ", ""))
    assert found is not None
    assert found.changes == (Change("The cause is not known.", "", False),)


def test_an_added_sentence_corrects_nothing() -> None:
    assert find_correction(OLD, OLD + " Two more people died in hospital.") is None


@pytest.mark.parametrize(
    ("before", "after", "is_correction"),
    [
        ("The boat hit the pier this morning.", "The boat hit the pier on Tuesday morning.", False),
        ("The boat hit the pier today.", "The boat hit the pier on 18 November.", False),
        # the day itself was wrong
        ("The boat hit the pier on Monday.", "The boat hit the pier on Tuesday.", True),
        # more than the day has changed
        ("The boat hit the pier this morning.", "The boat hit no pier on Tuesday morning.", True),
        ("The vote is tomorrow.", "The vote is not on Friday.", True),
    ],
)
def test_a_day_named_afterwards_corrects_nothing(before: str, after: str, is_correction: bool) -> None:
    assert (find_correction(before, after) is not None) is is_correction


def test_a_moved_sentence_corrects_nothing() -> None:
    assert find_correction(OLD, "Schools stay closed. A blast in Izmir killed 14 people on Tuesday. "
                                "The cause is not known.") is None  # fmt: skip


def test_the_same_text_corrects_nothing() -> None:
    assert find_correction(OLD, OLD) is None
    assert find_correction("", "") is None


def test_a_sentence_with_nothing_like_it_was_not_changed_but_withdrawn() -> None:
    found = find_correction("The mayor resigned.", "Traffic is back to normal on the ring road.")
    assert found is not None
    assert found.changes == (Change("The mayor resigned.", "", False),)


@pytest.mark.parametrize(
    ("before", "now", "is_correction"),
    [
        ("The blast killed 14 people.", "The blast killed 12 people.", True),  # no toll falls by itself
        ("The blast killed 14 people.", "The blast killed 19 people.", False),  # it rises
        ("The blast killed 14 people.", "Revised figures: the blast killed 19 people.", True),
        ("The blast killed 14 people.", "The blast killed at least 12 people.", False),  # both can be true
        ("The blast killed 14 people.", "The blast killed 2 people in the north.", False),  # a part of them
        ("The blast killed 14 people.", "The blast killed 14 people.", False),
        ("The blast killed 14 people.", "The blast injured 12 people.", False),  # of something else
    ],
)
def test_a_later_report_of_the_outlet_may_correct_it(before: str, now: str, is_correction: bool) -> None:
    found = find_report_correction(find_facts("", now, "en"), find_facts("", before, "en"))
    assert (found is not None) is is_correction
    if found is not None:
        assert found.is_of_report
        assert found.changes == (Change(before, now, True),)
