"""A topic from examples: it matches each of them, and a person can read and edit it."""

import pytest

from worker.stages.aliases import NO_ALIASES
from worker.stages.background import idf_of
from worker.stages.keywords import term_counts
from worker.stages.names import find_names
from worker.stages.propose import ExampleText, NothingToGoByError, Proposal, propose
from worker.stages.query import Document, compile_query, prepare

FERRY = (
    "Ferry strikes pier at Port Ellery",
    "The Sula Dawn ferry struck the eastern pier at Port Ellery on Tuesday. Captain Marten Okafor said the ferry lost "
    "power. The coastguard said passengers were injured when the ferry hit the pier. Okafor has sailed for Norbridge "
    "Lines for ten years. The ferry was towed to Port Ellery by the coastguard.",
)
INQUIRY = (
    "Inquiry into Sula Dawn crash opens in Port Ellery",
    "Investigators opened an inquiry on Friday into the crash of the Sula Dawn. The ferry hit a pier at Port Ellery. "
    "Norbridge Lines said Captain Okafor would give evidence. The inquiry will ask why the ferry lost power.",
)
TURKISH = (
    "Zelenskiy Ankara'da",
    "Ukrayna Devlet Başkanı Zelenskiy Ankara'da Erdoğan ile görüştü. Erdoğan, görüşmelerin İstanbul'da süreceğini "
    "söyledi. Zelenskiy esir takası görüşmeleri için Ankara'ya geldi.",
)
ENGLISH = (
    "Zelensky in Ankara for talks",
    "President Volodymyr Zelensky met Recep Tayyip Erdogan in Ankara for talks on a prisoner swap. Zelensky said the "
    "talks in Ankara would go on. Erdogan said that the next talks would be in Istanbul.",
)
BUDGET = ("Parliament passes budget", "Parliament passed the budget on Monday after a long debate on fuel taxes.")


def example(title: str, text: str, language: str = "en") -> ExampleText:
    names = find_names(title, text, language, NO_ALIASES)
    document = Document(title, text, language=language, names=tuple(name.shown for name in names))
    return ExampleText(title, language, names, term_counts(title, text, language), prepare(document))


def proposed(*examples: ExampleText) -> Proposal:
    return propose(examples, idf_of({}, 0, "en"))


@pytest.mark.parametrize(
    "examples",
    [
        [example(*FERRY)],
        [example(*FERRY), example(*INQUIRY)],
        [example(*TURKISH, "tr"), example(*ENGLISH)],  # two languages, whose words differ
        [example("Bitcoin", "Bitcoin halving: miners brace as bitcoin rewards halve again, bitcoin miners say.")],
        [example("北京峰会", "中国国家主席习近平在北京会见俄罗斯总统普京。习近平说，北京峰会很重要。", "zh")],
        [example('The "Big Dig" AND more', 'Boston\'s "Big Dig" tunnel, OR what is left of it, reopens in Boston.')],
    ],
)
def test_a_proposal_matches_all_its_examples(examples: list[ExampleText]) -> None:
    query = compile_query(proposed(*examples).query)
    assert all(query.match(one.document).matched for one in examples)


def test_a_proposal_finds_the_next_report_and_leaves_another_event_out() -> None:
    query = compile_query(proposed(example(*FERRY)).query)
    assert query.match(example(*INQUIRY).document).matched
    assert not query.match(example(*BUDGET).document).matched


def test_a_proposal_says_who_where_and_what() -> None:
    proposal = proposed(example(*ENGLISH), example(*TURKISH, "tr"))
    assert {"Zelensky", "Zelenskiy"} & {member.text for member in proposal.who}
    assert "Ankara" in {member.text for member in proposal.where}
    assert proposal.what
    assert proposal.languages == ("en", "tr")
    assert proposal.query.count(" AND ") == 2


def test_a_name_is_counted_in_how_many_examples_it_stands() -> None:
    proposal = proposed(example(*FERRY), example(*INQUIRY))
    assert 2 in {member.examples for member in proposal.who}


def test_people_are_asked_for_by_their_last_names() -> None:
    assert "Okafor" in proposed(example(*FERRY)).query
    assert "Marten Okafor" not in proposed(example(*FERRY)).query


@pytest.mark.parametrize("nothing", [("", ""), ("The", "and of the"), ("12", "34 56")])
def test_an_article_that_says_nothing_makes_no_topic(nothing: tuple[str, str]) -> None:
    with pytest.raises(NothingToGoByError):
        proposed(example(*nothing))


def test_a_proposals_name_is_short() -> None:
    assert 0 < len(proposed(example(*FERRY)).name) <= 60
