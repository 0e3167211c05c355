"""Outlets that contradict each other, and the traps where they do not."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.facts import find_facts
from worker.stages.facts.disagreement import Disagreement, Statement, find_disagreements

MORNING = datetime(2025, 11, 19, 6, tzinfo=UTC)


def story(*reports: tuple[str, str]) -> list[Statement]:
    """Reports as (outlet, text), an hour apart; articles are numbered from 1."""
    return [
        Statement(article, outlet, MORNING + timedelta(hours=article), fact)
        for article, (outlet, text) in enumerate(reports, 1)
        for fact in find_facts("", text, "en", year=2025)
    ]


def values(disagreement: Disagreement) -> list[tuple[str, tuple[int, ...]]]:
    return [(value.value, value.articles) for value in disagreement.values]


def test_outlets_that_count_the_dead_differently_disagree() -> None:
    [found] = find_disagreements(
        story(
            ("Herald", "Overnight strikes killed 19 people, officials said."),
            ("Tribune", "The strikes have left at least 20 people dead."),
            ("Courier", "Nineteen people were killed overnight."),
        )
    )
    assert (found.about, found.slot) == ("number killed", "killed")
    assert values(found) == [("19", (1, 3)), ("at least 20", (2,))]
    assert found.values[1].sentence == "The strikes have left at least 20 people dead."


def test_outlets_that_differ_on_who_comes_disagree() -> None:
    [found] = find_disagreements(
        story(
            ("Herald", "President Olena Moroz is set to meet US envoy Steve Witkoff in Ankara."),
            ("Tribune", "Envoy Steve Witkoff may join. Officials said his attendance was uncertain."),
            ("Courier", "President Olena Moroz will hold talks in Ankara."),
        )
    )
    assert found.about == "whether Witkoff attends"
    assert values(found) == [("set to attend", (1,)), ("uncertain", (2,))]


@pytest.mark.parametrize(
    "reports",
    [
        [("A", "At least 20 people were killed."), ("B", "The blast killed 23 people.")],
        [("A", "He will buy up to 100 jets from Paris."), ("B", "He will buy 100 jets from Paris.")],
        [("A", "About 100 people were evacuated."), ("B", "A total of 95 people were evacuated.")],
        # one outlet with itself
        [("A", "The blast killed 14 people."), ("A", "The blast killed 19 people.")],
        # a breakdown beside the whole
        [("A", "The blast killed 19 people. Three people died at home."), ("B", "The blast killed 19 people.")],
        # other places
        [("A", "Strikes in Kharkiv killed three people."), ("B", "Strikes in Ternopil killed 19 people.")],
        # another event, by its year
        [("A", "The blast killed 19 people."), ("B", "In the 2011 blast, 40 people were killed.")],
        # injured are not killed
        [("A", "The blast killed 19 people."), ("B", "The blast injured 60 people.")],
        # sums of different things under one word
        [("A", "Leaders discussed a €140 billion loan for Ukraine drawn from frozen assets."),
         ("B", "A €2 billion loan will build railways in Serbia.")],
        # both leave it open
        [("A", "Envoy Steve Hale is expected to attend."), ("B", "Envoy Steve Hale may attend.")],
        [],
    ],
)  # fmt: skip
def test_what_can_both_be_true_is_no_disagreement(reports: list[tuple[str, str]]) -> None:
    assert find_disagreements(story(*reports)) == ()


def test_the_later_figure_of_an_outlet_replaces_its_earlier_one() -> None:
    first = [("Herald", "The blast killed 14 people."), ("Tribune", "The blast killed 19 people.")]
    assert find_disagreements(story(*first)) != ()
    assert find_disagreements(story(*first, ("Herald", "The blast killed 19 people, not fewer."))) == ()


def test_an_outlet_that_says_nothing_more_of_it_keeps_its_figure() -> None:
    [found] = find_disagreements(
        story(
            ("Herald", "The blast killed 14 people."),
            ("Tribune", "The blast killed 19 people."),
            ("Herald", "Sixty people were injured."),
        )
    )
    assert values(found) == [("14", (1,)), ("19", (2,))]


def later(outlet: str, text: str, hours: float, article: int = 9) -> list[Statement]:
    facts = find_facts("", text, "en", year=2025)
    return [Statement(article, outlet, MORNING + timedelta(hours=1 + hours), fact) for fact in facts]


@pytest.mark.parametrize(
    ("text", "hours", "differ"),
    [
        ("The blast killed 19 people.", 5, True),  # both may have counted the same morning
        ("The blast killed 19 people.", 6, False),  # the toll rose
        ("The blast killed 12 people.", 6, True),  # a toll does not fall: this outlet knows less
        # said to be new, at any time
        ("The number of people killed was raised to 19 from 14.", 1, False),
        ("The number of people killed was raised to 12 from 10.", 1, True),
    ],
)
def test_a_toll_that_rose_is_an_update(text: str, hours: float, differ: bool) -> None:
    told = story(("Herald", "The blast killed 14 people."))
    assert bool(find_disagreements([*told, *later("Tribune", text, hours)])) is differ


def test_an_update_by_anyone_ends_older_disagreements() -> None:
    told = story(("Herald", "The blast killed 14 people."), ("Tribune", "The blast killed 16 people."))
    raised = later("Courier", "The number of people killed was raised to 19.", 3)
    assert find_disagreements(told) != ()
    assert find_disagreements([*told, *raised]) == ()
    unaware = later("Gazette", "The blast killed 16 people.", 4, article=10)
    assert [value.value for value in find_disagreements([*told, *raised, *unaware])[0].values] == ["19", "16"]


def test_who_attends_is_disputed_however_late() -> None:
    told = story(("Herald", "Envoy Steve Hale is set to attend."))
    assert find_disagreements([*told, *later("Tribune", "Envoy Steve Hale is not coming.", 20)]) != ()


def test_a_sentence_stands_before_a_title_that_says_the_same() -> None:
    facts = find_facts("21 hurt in blast", "At least 21 people were injured.", "en", year=2025)
    titled = [Statement(1, "Herald", MORNING, fact) for fact in facts]
    [found] = find_disagreements([*titled, *later("Tribune", "It injured 14 people.", 1)])
    assert found.values[0].sentence == "At least 21 people were injured."


def test_who_agrees_with_all_is_left_out() -> None:
    [found] = find_disagreements(
        story(
            ("A", "The blast killed 14 people."),
            ("B", "The blast killed at least ten people."),  # fits both
            ("C", "The blast killed 19 people."),
        )
    )
    assert [value.value for value in found.values] == ["14", "19"]


def test_a_place_and_its_country_are_one_place() -> None:
    reports = [
        ("A", "A blast in the Turkish city of Izmir killed 14 people."),
        ("B", "A blast in western Turkey killed 19 people."),
    ]
    assert len(find_disagreements(story(*reports))) == 1


def test_counted_things_disagree_when_the_sentences_are_about_the_same() -> None:
    [found] = find_disagreements(
        story(
            ("A", "Kyiv signed a letter of intent to buy 100 Rafale fighter jets from France."),
            ("B", "Kyiv signed a letter of intent with France to buy 150 Rafale fighter jets."),
        )
    )
    assert found.about == "number of jets"


def test_the_order_in_which_statements_come_changes_nothing() -> None:
    told = story(("A", "It killed 14 people."), ("B", "It killed 19 people."), ("C", "It killed 14 people."))
    assert find_disagreements(reversed(told)) == find_disagreements(told)
