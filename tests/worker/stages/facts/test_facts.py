"""Facts of an article, what makes one new, and how two figures compare."""

import pytest

from worker.stages.facts import (
    MAX_STATED,
    TITLE,
    Fact,
    Figure,
    content_words,
    find_facts,
    most_telling,
    with_statements,
)
from worker.stages.facts.novelty import Known

TITLE_TEXT = "Blast kills 19 in Izmir"
TEXT = (
    "At least 19 people died when a gas tank blew up in Izmir on Tuesday. Sixty others were injured. "
    "President Olena Moroz is set to meet the families. In the 2011 blast there, 40 people were killed."
)


def facts_of(text: str) -> tuple[Fact, ...]:
    return find_facts("", text, "en", year=2025)


def numbers(facts: tuple[Fact, ...]) -> list[Fact]:
    """Without what is said of places and days, which have tests of their own."""
    return [fact for fact in facts if fact.slot is None or fact.slot.split(":")[0] not in ("where", "date", "whether")]


def only(text: str) -> Fact:
    [fact] = facts_of(text)
    return fact


def test_an_article_gives_its_counts_and_who_attends() -> None:
    facts = numbers(find_facts(TITLE_TEXT, TEXT, "en", year=2025))
    assert [(fact.slot, fact.value, fact.qualifier) for fact in facts] == [
        ("killed", 19, "exactly"),  # the title's
        ("killed", 19, "at least"),
        ("injured", 60, "exactly"),
        ("attendance:moroz", 1, "exactly"),
    ]
    assert facts[0].start == TITLE
    for fact in facts[1:]:
        assert TEXT[fact.start :].startswith(fact.text)


def test_what_title_and_text_both_state_stands_in_the_text() -> None:
    [fact] = numbers(find_facts("19 killed in Izmir", "A blast in Izmir killed 19 people.", "en", year=2025))
    assert fact.text == "A blast in Izmir killed 19 people."


def test_a_death_without_a_number_is_a_fact_where_none_is_counted() -> None:
    [fact] = numbers(find_facts("Passenger dies after crash", "A passenger has died. She was 68.", "en", year=2025))
    assert (fact.slot, fact.value, fact.text) == ("killed", 1, "A passenger has died.")
    counted = find_facts("Passenger dies after crash", "A passenger has died. In all, 3 people died.", "en", year=2025)
    assert [fact.value for fact in numbers(counted)] == [3]
    deep = find_facts("Rain", "It rained. It was grey. It was cold. A man died.", "en", year=2025)
    assert deep == ()  # further on it is mostly background


def test_the_same_fact_has_the_same_key_in_other_words() -> None:
    one = only("At least 20 people were killed in the strikes.")
    other = only("The strikes claimed the lives of no fewer than twenty.")
    assert one.key == other.key


def test_a_text_without_figures_has_no_facts() -> None:
    assert find_facts("Rain in the hills", "It rained. It was grey.", "en", year=2025) == ()
    assert find_facts("", "", "", year=None) == ()


@pytest.mark.parametrize(
    "figure",
    [
        Figure("killed", 19),
        Figure("killed", 20, "at least"),
        Figure("money:eur:loan", 140e9, "about"),
        Figure("percent:turnout", 45.2),
        Figure("count:votes", 2_512_345),
        Figure("attendance:hale", 0.5, hedged=True),
    ],
)
def test_a_key_can_be_read_back(figure: Figure) -> None:
    assert Figure.read(figure.key) == figure


@pytest.mark.parametrize("key", ["", "killed", "killed|exactly|many", "a|b|c|d|e"])
def test_a_key_of_another_kind_is_no_figure(key: str) -> None:
    assert Figure.read(key) is None


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("exactly", 19), ("exactly", 19), True),
        (("exactly", 19), ("exactly", 14), False),
        (("at least", 20), ("exactly", 23), True),
        (("at least", 20), ("exactly", 14), False),
        (("at least", 20), ("exactly", 19), False),
        (("up to", 100), ("exactly", 100), True),
        (("up to", 100), ("exactly", 120), False),
        (("at least", 20), ("at least", 30), True),
        (("at least", 20), ("up to", 10), False),
        (("about", 100), ("exactly", 95), True),
        (("about", 100), ("exactly", 80), False),
        (("about", 3), ("exactly", 4), True),  # one more or less is always about
    ],
)
def test_figures_agree_when_both_can_be_true(one: tuple[str, float], other: tuple[str, float], agree: bool) -> None:
    first, second = Figure("killed", one[1], one[0]), Figure("killed", other[1], other[0])
    assert first.agrees_with(second) is agree
    assert second.agrees_with(first) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ((1.0, False), (1.0, True), True),  # set to, expected to
        ((1.0, False), (0.5, True), False),  # set to, uncertain
        ((1.0, True), (0.5, True), True),  # expected to, uncertain: both leave it open
        ((0.0, False), (0.5, True), False),
        ((0.0, True), (1.0, True), False),
        ((0.0, False), (1.0, False), False),
    ],
)
def test_attendance_agrees_by_what_it_leaves_open(
    one: tuple[float, bool], other: tuple[float, bool], agree: bool
) -> None:
    first = Figure("attendance:hale", one[0], hedged=one[1])
    second = Figure("attendance:hale", other[0], hedged=other[1])
    assert first.agrees_with(second) is agree
    assert second.agrees_with(first) is agree


@pytest.mark.parametrize(
    ("told", "said", "is_new"),
    [
        ("A blast killed 19 people.", "Nineteen people died in the blast.", False),
        (
            "A blast killed at least 20 people.",
            "The blast killed 20 people.",
            False,
        ),  # the same number, worded otherwise
        ("A blast killed 23 people.", "The blast killed at least 20.", False),  # less than was told
        ("A blast killed at least 20 people.", "The blast killed 23 people.", True),  # more than was told
        ("A blast killed at least 20 people.", "The blast killed at least 30 people.", True),
        ("A blast killed 19 people.", "The blast killed 14 people.", True),
        ("About 100 people were evacuated.", "In all, 95 people were evacuated.", False),
        ("A blast killed 19 people.", "The blast injured 19 people.", True),
        # a sum is the same sum whatever the sentence calls it
        ("It offered $2.1 billion for the firm.", "The offer of $2.1bn was refused.", False),
        ("It offered $2.1 billion for the firm.", "The offer of €2.1bn was refused.", True),
        ("It offered $2.1 billion for the firm.", "It offered $2.3 billion for the firm.", True),
        ("Envoy Steve Hale is set to attend.", "Envoy Steve Hale is expected to attend.", False),
        ("Envoy Steve Hale is set to attend.", "Envoy Steve Hale will not attend.", True),
    ],
)
def test_a_fact_is_new_unless_what_was_told_says_as_much(told: str, said: str, is_new: bool) -> None:
    keys = [fact.key for fact in facts_of(told)]
    assert any(not Known(keys, []).covers(fact) for fact in facts_of(said)) is is_new


def test_a_sentence_without_a_value_is_a_fact_too() -> None:
    text = "The ferry hit the pier at Port Ellis. It killed 12 people. What comes next? PHOTO GALLERY\nDivers arrived."
    facts = with_statements(facts_of(text), text)
    assert [(fact.slot, fact.text) for fact in facts] == [
        (None, "The ferry hit the pier at Port Ellis."),
        ("killed", "It killed 12 people."),
    ]


def test_the_same_words_are_the_same_fact() -> None:
    one, other = (with_statements((), text)[0] for text in ("The ferry hit the pier.", "The  Ferry hit the PIER."))
    assert one.key == other.key


def test_facts_with_a_value_are_kept_before_those_without() -> None:
    text = " ".join(f"The blast on road {n} of the town killed {n + 20} people there." for n in range(60))
    facts = with_statements(facts_of(text), text)
    assert len(facts) == MAX_STATED
    assert {fact.slot for fact in facts} == {"killed"}


def test_casualties_are_told_before_attendance_and_other_figures() -> None:
    facts = facts_of("Envoy Steve Hale will attend. The loan is worth €3 billion. Sixty were hurt. The fire killed 19.")
    assert [fact.slot for fact in most_telling(facts)] == ["killed", "injured", "attendance:hale", "money:eur:loan"]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("killed", 2500), "2,500"),
        (Figure("killed", 20, "at least"), "at least 20"),
        (Figure("money:eur:loan", 140e9), "€140 billion"),
        (Figure("money:uah:loan", 1_500_000, "up to"), "up to 1.5 million UAH"),
        (Figure("money:gbp:share", 6.9), "£6.90"),
        (Figure("money:gbp:share", 7), "£7"),
        (Figure("percent:turnout", 45.2), "45.2%"),
        (Figure("attendance:hale", 1), "set to attend"),
        (Figure("attendance:hale", 1, hedged=True), "expected to attend"),
        (Figure("attendance:hale", 0.5, hedged=True), "uncertain"),
        (Figure("attendance:hale", 0), "not attending"),
    ],
)
def test_a_figure_is_shown_as_people_read_it(figure: Figure, shown: str) -> None:
    assert figure.shown == shown


def test_content_words_leave_out_function_words_of_any_language() -> None:
    assert content_words("The bridge in Izmir, le pont de la ville, 19") >= {"bridge", "izmir", "pont", "19"}
    assert not content_words("the in and le de la y en") & {"the", "in", "and", "le", "de", "la", "en"}
