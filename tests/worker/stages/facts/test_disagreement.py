"""Outlets that contradict each other, and the traps where they do not."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.facts import find_facts, with_statements
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
    assert [one.status for one in find_disagreements(story(*first))] == ["open"]
    [over] = find_disagreements(story(*first, ("Herald", "The blast killed 19 people, not fewer.")))
    assert (over.status, over.stands, over.settled_by) == ("settled", "19", 3)
    assert values(over) == [("14", (1,)), ("19", (2, 3))]


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


def test_an_update_by_anyone_overtakes_older_disagreements() -> None:
    told = story(("Herald", "The blast killed 14 people."), ("Tribune", "The blast killed 16 people."))
    raised = later("Courier", "The number of people killed was raised to 19.", 3)
    assert [one.status for one in find_disagreements(told)] == ["open"]
    assert [one.status for one in find_disagreements([*told, *raised])] == ["moving"]
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


@pytest.mark.parametrize(
    "reports",
    [
        # one unit and another
        [("A", "The queue at Paso is ten miles long."), ("B", "The queue at Paso is 16 kilometres long.")],
        # rounded
        [("A", "Some 1.2 million votes were counted in Velin."), ("B", "In Velin 1,187,000 votes were counted.")],
        # another place, from one that both know
        [("A", "The road to Paso is shut. At the Collado crossing, 60 lorries were waiting in snow."),
         ("B", "At Paso 400 lorries were waiting in snow.")],
        # who wants is not who offers
        [("A", "The union wants a raise of 7 percent."), ("B", "The firm offers a raise of 3 percent.")],
        # known in part
        [("A", "Turnout in Velin was 23 percent at noon."), ("B", "Turnout in Velin was 61 percent.")],
        # suspected
        [("A", "There are 340 suspected cases of cholera."), ("B", "There are 61 cases of cholera.")],
        # another's sentence
        [("A", "A court sentenced Konrad Brandt to six years in prison."),
         ("B", "The court sentenced Ida Voll to three years in prison.")],
        # both of two values
        [("A", "Brandt got six years in prison, the court said; Voll got three years in prison."),
         ("B", "Brandt got six years in prison, the court said.")],
        # the old one
        [("A", "The new stadium will cost €310 million."), ("B", "The old stadium cost €90 million.")],
        # feared
        [("A", "Some 30 people are feared dead."), ("B", "The blast killed 12 people.")],
        # said of themselves: profit is no fine
        [("A", "The bank Orlo was fined €40 million."), ("B", "The bank Orlo made a profit of €900 million.")],
    ],
)  # fmt: skip
def test_what_is_of_another_thing_is_no_disagreement(reports: list[tuple[str, str]]) -> None:
    assert find_disagreements(story(*reports)) == ()


@pytest.mark.parametrize(
    ("reports", "about", "given"),
    [
        ([("A", "The plant is to create 1,500 jobs."), ("B", "The new plant will bring only 1,200 jobs.")],
         "number of jobs", ["1,500", "1,200"]),
        ([("A", "Danso will be out for six weeks, the club said."),
          ("B", "Danso will miss the rest of the season, his coach said.")],
         "how long somebody is out", ["six weeks", "the rest of the season"]),
        ([("A", "A court sentenced Brandt to six years in prison."),
          ("B", "Brandt must go to prison for seven years, the court ruled.")],
         "length of the sentence", ["six years", "seven years"]),
        ([("A", "Turnout was 61 percent in the vote, officials said."), ("B", "Turnout in the vote was 54 percent.")],
         "share: turnout", ["61%", "54%"]),
        ([("A", "Kolm paid $3.2 billion for its rival Arden."), ("B", "Kolm is buying Arden for $4.1 billion.")],
         "sum: cost", ["$3.2 billion", "$4.1 billion"]),
    ],
)  # fmt: skip
def test_values_of_any_kind_disagree(reports: list[tuple[str, str]], about: str, given: list[str]) -> None:
    [found] = find_disagreements(story(*reports))
    assert (found.about, [value.value for value in found.values], found.status) == (about, given, "open")


def test_two_sources_in_one_sentence_disagree() -> None:
    told = story(("Herald", "Police counted 8,000 people at the march; the union put the number of people at 25,000."))
    assert [value.value for one in find_disagreements(told) for value in one.values] == ["8,000", "25,000"]
    breakdown = story(("Herald", "Police counted 8,000 people at the march, 3,000 people of them from Ost."))
    assert find_disagreements(breakdown) == ()


def test_languages_disagree_with_each_other() -> None:
    spoken = [("en", "Some 400 lorries are waiting at Paso Alto."), ("es", "Unos 900 camiones esperan en Paso Alto.")]
    statements = [
        Statement(article, f"Outlet {article}", MORNING + timedelta(hours=article), fact)
        for article, (language, text) in enumerate(spoken)
        for fact in find_facts("", text, language, year=2025)
    ]
    found = [one for one in find_disagreements(statements) if one.slot == "count:trucks"]
    assert [value.value for one in found for value in one.values] == ["about 400", "about 900"]


@pytest.mark.parametrize(
    ("last", "status", "stands"),
    [
        # it corrects itself; who is right says so
        (("Herald", "The correct number of people killed is 19, the Herald said."), "settled", "19"),
        (("Courier", "The ministry said 19 people were killed and that the count of 14 had been an error."),
         "settled", "19"),
        # it comes round
        (("Herald", "The blast killed 19 people."), "settled", "19"),
        # a third one takes a side, which settles nothing
        (("Courier", "The blast killed 19 people."), "open", ""),
        # the toll goes on
        (("Courier", "The number of people killed has risen to 25."), "moving", ""),
        (("Tribune", "The blast killed 21 people."), "moving", ""),
    ],
)  # fmt: skip
def test_what_became_of_a_disagreement(last: tuple[str, str], status: str, stands: str) -> None:
    told = story(("Herald", "The blast killed 14 people."), ("Tribune", "The blast killed 19 people."), last)
    [found] = find_disagreements(told)
    assert (found.status, found.stands) == (status, stands)


def test_what_was_settled_is_so_no_more_when_another_says_otherwise() -> None:
    told = story(
        ("Herald", "The blast killed 14 people."),
        ("Tribune", "The blast killed 19 people."),
        ("Herald", "The blast killed 19 people."),
        ("Courier", "The blast killed 14 people."),
    )
    assert [one.status for one in find_disagreements(told)] == ["moving"]  # as one of them raised its own


def test_only_what_an_article_touches_is_looked_at() -> None:
    told = story(
        ("Herald", "The blast killed 14 people and injured 60."), ("Tribune", "The blast killed 19 and injured 80.")
    )
    assert {one.slot for one in find_disagreements(told)} == {"killed", "injured"}
    assert [one.slot for one in find_disagreements(told, frozenset(["injured"]))] == ["injured"]
    assert find_disagreements(told, frozenset()) == ()


def test_a_value_says_since_when_it_is_given() -> None:
    [found] = find_disagreements(story(("A", "It killed 14 people."), ("B", "It killed 19 people.")))
    assert [value.since for value in found.values] == [MORNING + timedelta(hours=1), MORNING + timedelta(hours=2)]


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        (
            "The price is 1.3 billion euros.",
            "It will pay 1.8 billion euros, and not 1.3 billion.",
            ["€1.3 billion", "€1.8 billion"],
        ),
        ("The board voted five to two for the cut.", "The cut was passed by four votes to three.", ["5-2", "4-3"]),
        ("The alarm went off at 3:40.", "The alarm was heard only at 4:55.", ["3:40", "4:55"]),
        ("Lightning caused the blackout.", "A worn cable caused the blackout.", ["lightning", "defect"]),
    ],
)  # fmt: skip
def test_what_two_sentences_say_differs(one: str, other: str, values: list[str]) -> None:
    found = find_disagreements(story(("Herald", one), ("Tribune", other)))
    assert values in [[value.value for value in each.values] for each in found]


def test_whoever_says_that_something_never_happened_is_at_odds_with_those_who_tell_of_it() -> None:
    said = ["Troops attacked the Dorra valley on Monday.", "Troops never attacked the Dorra valley, a general said."]
    statements = [
        Statement(article, f"Outlet {article}", MORNING + timedelta(hours=article), fact)
        for article, text in enumerate(said)
        for fact in with_statements(find_facts("", text, "en"), text)
    ]
    [found] = find_disagreements(statements)
    assert [value.sentence for value in found.values] == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # what remains is not all
        ("Nine hostages were freed in the hills.", "Two hostages are still held in the hills."),
        # of one thing nobody is so far wrong
        ("The loot was insured for 4 million euros.", "They offered 50,000 euros for the loot."),
        # who has no power does not say that it was not cut
        ("Homes in Tarn were without power.", "Power was cut to homes in Tarn."),
    ],
)
def test_what_only_looks_like_the_same_does_not_differ(one: str, other: str) -> None:
    assert find_disagreements(story(("Herald", one), ("Tribune", other))) == ()
