"""Which facts wake a reader, and which are background."""

import pytest

from worker.stages.facts import find_facts, new_facts
from worker.stages.facts.worth import Known, worth_telling

TITLE = "Ferry hits pier at Port Ellis"
LEAD = "A ferry hit the pier at Port Ellis on Tuesday morning, the harbour office said."


def told(*sentences: str) -> Known:
    """What readers know who were told these sentences."""
    facts = [fact for sentence in sentences for fact in find_facts("", sentence, "en", year=2025)]
    return Known([fact.key for fact in facts], sentences)


def worth(text: str, title: str = TITLE, known: Known | None = None) -> list[str]:
    """The slots of the facts that are news to those who know so much."""
    known = known or Known()
    facts = new_facts(find_facts(title, text, "en", year=2025), known.keys, known.texts)
    return [fact.slot for fact in worth_telling(facts, title, text, known) if fact.slot]


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        # tolls and who comes, wherever they stand
        ("Fourteen people were injured.", ["injured"]),
        ("Three sailors are missing.", ["missing"]),
        ("Police arrested 12 people.", ["arrested"]),
        ("Divers rescued 12 sailors.", ["rescued"]),
        ("Envoy Steve Hale will not attend the inquiry.", ["attendance:hale"]),
        # what describes, or stands there as background
        ("The ferry, 71 metres long, carried 118 passengers and a crew of 19.", []),
        ("Some 2,300 people live on the island.", []),
        ("The shares of its owner fell by 3.2 percent.", []),
        ("The island's budget is €140 million.", []),
        ("The council has 34 seats.", []),
        ("His dog weighed 51 kilos.", []),
        # sums, shares and votes beside what the title speaks of
        ("The ferry did $2 million of damage to the pier.", ["money:usd:ferry"]),
        ("A share of 40 percent of the ferry's cars hit the pier.", ["percent:share"]),
        ("The port's new pier had passed the council by 12 votes.", ["count:votes"]),
    ],
)
def test_what_stands_further_on_is_news_by_its_kind(sentence: str, slots: list[str]) -> None:
    assert worth(f"{LEAD}\nNobody was on the pier. Rain fell.\n{sentence}") == slots


@pytest.mark.parametrize(
    ("title", "text", "slots"),
    [
        (TITLE, "A ferry with 118 passengers hit the pier at Port Ellis on Tuesday.", ["count:passengers"]),
        (TITLE, f"{LEAD} It was making 12 knots.", ["count:knots"]),  # the second sentence of the opening
        (TITLE, f"{LEAD}\nIt was making 12 knots.", []),  # another paragraph
        ("Ferry with 118 passengers hits pier", LEAD, ["count:passengers"]),
        (TITLE, "PORT ELLIS\nA ferry with 118 passengers hit the pier on Tuesday.", ["count:passengers"]),
        (TITLE, "A ferry of 71 metres hit the pier at Port Ellis on Tuesday.", []),  # it is no news how long it is
        ("", "", []),
    ],
)
def test_what_a_report_opens_with_is_news(title: str, text: str, slots: list[str]) -> None:
    assert worth(text, title) == slots


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
        # of another order: a war's dead do not hide a night's, nor are they news beside them
        ("The war killed 14,000 people.", "A strike killed 19 people.", True),
        ("A strike killed 19 people.", "The war killed 14,000 people.", False),
        # another kind
        ("The blast killed 19 people.", "The blast injured 14 people.", True),
    ],
)
def test_a_toll_is_news_when_it_rises(known: str, said: str, is_news: bool) -> None:
    text = f"The mayor thanked the firemen of the town for their work.\nNobody slept.\n{said}"
    assert bool(worth(text, "Mayor thanks firemen", told(known))) is is_news


def test_a_toll_of_another_order_is_news_where_a_report_opens_with_it() -> None:
    assert worth("The quake killed 2,100 people, officials said on Tuesday.", known=told("It killed 12 people.")) == [
        "killed"
    ]
