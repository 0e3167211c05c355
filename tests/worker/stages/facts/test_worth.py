"""Which sentences wake a reader, and which are background. The weights are measured in `bench/quality`; here is what
must hold whatever they are.
"""

import pytest

from worker.stages.facts import find_facts, with_statements
from worker.stages.facts.novelty import NOTHING, Known
from worker.stages.facts.worth import TELLS, WAKES, WEIGHTS, features, find_news, sights

TITLE = "Ferry hits pier at Port Ellis"
LEAD = "A ferry hit the pier at Port Ellis on Tuesday morning, the harbour office said."


def told(*sentences: str) -> Known:
    """What readers know who were told these sentences."""
    facts = [fact for sentence in sentences for fact in find_facts("", sentence, "en", year=2025)]
    return Known([fact.key for fact in facts], sentences)


def news(text: str, title: str = TITLE, known: Known = NOTHING, least: float = TELLS) -> list[str]:
    """The sentences that are told to those who know so much."""
    facts = with_statements(find_facts(title, text, "en", year=2025), text)
    return [one.fact.text for one in find_news(facts, title, known) if one.probability >= least]


def test_a_lead_with_news_wakes() -> None:
    assert news(LEAD, least=WAKES) == [LEAD]


def test_what_was_told_word_for_word_is_no_news() -> None:
    assert news(LEAD, known=told(LEAD)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Fourteen people were injured.",
        "Three sailors are missing.",
        "Divers rescued 12 sailors.",
    ],
)
def test_a_new_toll_wakes_wherever_it_stands(sentence: str) -> None:
    dull = "The mayor liked his cat and his garden. " * 6
    assert sentence in news(f"{LEAD}\n{dull}\n{sentence}", known=told(LEAD), least=WAKES)


@pytest.mark.parametrize(
    "sentence",
    [
        "“I drank my tea and looked at the moon,” she said.",
        "The old pier has always been a place for dogs, gulls and lovers.",
        "His grandmother used to sell flowers there when he was a boy.",
    ],
)
def test_colour_is_not_told(sentence: str) -> None:
    assert news(f"{LEAD} Divers searched the ferry. Nobody was hurt. {sentence}", known=told(LEAD)).count(sentence) == 0


@pytest.mark.parametrize(
    ("known", "said", "is_news"),
    [
        ("The blast killed 14 people.", "The blast killed 19 people.", True),
        ("The blast killed 14 people.", "At least 15 people were killed.", True),
        # older, or of a part
        ("The blast killed 19 people.", "The blast killed 14 people.", False),
        ("The blast killed 19 people.", "Two firemen were killed.", False),
        # said to be new
        ("The blast killed 19 people.", "Officials lowered the number of people killed to 17.", True),
        # of another place
        ("A strike in Ternopil killed 19 people.", "A strike in Kharkiv killed three people.", True),
        ("A strike in Ternopil killed 19 people.", "Three people were killed in Ternopil.", False),
        ("A strike killed 19 people.", "A strike in Kharkiv killed three people.", False),  # perhaps the same
        # of another order: a war's dead do not hide a night's
        ("The war killed 14,000 people.", "A strike killed 19 people.", True),
        # another kind
        ("The blast killed 19 people.", "The blast injured 14 people.", True),
    ],
)
def test_a_toll_is_new_when_it_rises(known: str, said: str, is_news: bool) -> None:
    text = f"The mayor thanked the firemen of the town for their work.\nNobody slept.\n{said}"
    facts = with_statements(find_facts("Thanks", text, "en", year=2025), text)
    seen = {sight.text: sight.has_new_toll for sight in sights(facts, "Thanks", told(known))}
    assert seen[said] is is_news


def test_what_only_the_title_states_is_news_as_a_lead_is() -> None:
    assert news(LEAD, "Ferry with 118 passengers hits pier")[0:2].count("Ferry with 118 passengers hits pier") == 1


def test_there_is_a_weight_for_each_feature_and_none_besides() -> None:
    [sight] = sights(with_statements((), LEAD), TITLE, NOTHING)
    assert {"always", *features(sight)} == set(WEIGHTS)


@pytest.mark.parametrize("text", ["", "\0", "😀 " * 50, "١٢٣ 東京 ทดสอบ" * 50, "a" * 5_000, "A, B. " * 3_000])
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(news(text, text[:100], told(text[:500])), list)
