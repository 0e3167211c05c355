"""All topics at once: the index finds what asking each topic finds, and asks few of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.match import Match, Topic, judge
from worker.stages.query import Document, QuerySyntaxError, compile_query, prepare
from worker.stages.topic_index import TopicIndex


def topic(
    query: str | None = "peace", *, key: str = "Ankara talks", follow: bool = False, like: tuple[str, ...] = ()
) -> Topic:
    return Topic(key, "v1", compile_query(query) if query else None, follow=follow, like=like)


def test_the_index_judges_all_topics_in_their_order() -> None:
    index = TopicIndex(
        [
            topic("peace", key="b"),
            topic("war", key="c", follow=True),
            topic("talks", key="a"),
            topic("nothing", key="d", like=("1",)),
            topic(None, key="e", follow=True),
        ]
    )
    matches = index.judge(
        prepare(Document("", "peace talks")),
        followed={"c": "Story", "gone": "Story"},
        liked={"d": "Example", "a": "Example"},
    )
    assert [(match.topic, match.by) for match in matches] == [
        ("b", "query"),
        ("c", "follow"),
        ("a", "query"),
        ("d", "like"),
    ]


def test_the_index_refuses_two_topics_of_one_key() -> None:
    with pytest.raises(ValueError, match="same key"):
        TopicIndex([topic(), topic()])


def test_the_index_runs_only_topics_that_could_match() -> None:
    topics = [topic(f"word{n} AND (peace OR war)", key=str(n)) for n in range(500)]
    topics.append(topic("site:example.org", key="no word to go by"))
    candidates = TopicIndex(topics).candidates(prepare(Document("", "word7 and word8, peace and war")))
    assert [candidate.key for candidate in candidates] == ["7", "8", "no word to go by"]


# Words that meet each other in many ways, and each way in which a query can ask for them.
VOCABULARY = [
    "talk",
    "Talks",
    "countries",
    "US",
    "us",
    "U.S.",
    "Zelenskiy",
    "zelenskij",
    "Зеленський",
    "AT&T",
    "東京",
    "Kiev",
]
ATOMS = [
    *(
        "talks",
        "country",
        "US",
        "us",
        "Zelensky",
        "Zellenskyj",
        "zelenskij",
        "=Talks",
        "AT&T",
        "東京",
        "東",
        "Kyiv",
        "MPs",
        "UN",
    ),
    *("tal*", "ta*", "coun?ry", "countri?s", "?alk", '"us talks"', '"talks US Kyiv"~2', "talk NEAR/1 (us OR Kyiv)"),
    *("title:talk", "name:talk", "lang:en", "site:example.org", "source:talk", '="us talk"', "US NEAR/0 東"),
]
ALIASES = Aliases([["Kyiv", "Kiev", "capital of Ukraine"], ["UN", "talk", "Tokyo"], ["東京", "Tokyo"]])


@pytest.mark.parametrize("query", [atom for atom in ATOMS if atom != "lang:en"])
def test_the_index_finds_each_kind_of_clause_by_each_word(query: str) -> None:
    alone = Topic(query, "", compile_query(query, ALIASES))
    found = 0
    for word in [
        *VOCABULARY,
        "capital of Ukraine",
        "country",
        "MPs",
        "UN",
        "talks US 東京",
        "us talk",
        "Talk in Kiev: US",
    ]:
        for document in (Document(word, ""), Document("", word), Document("", "", word, "example.org", names=(word,))):
            verdict = judge(alone, prepare(document))
            expected = (verdict,) if isinstance(verdict, Match) else ()
            assert TopicIndex([alone]).judge(prepare(document)) == expected
            found += len(expected)
    assert found, "no document here shows whether the index works for this clause"


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=2, max_size=3)
    return some.map(" ".join) | some.map(" OR ".join) | inner.map("-({})".format)


QUERIES = st.recursive(st.sampled_from(ATOMS), lambda inner: joined(inner).map("({})".format), max_leaves=6)
TEXTS = st.lists(st.sampled_from([*VOCABULARY, "capital of Ukraine", "word"]), max_size=8).map(" ".join)


@st.composite
def topics_of_many_kinds(draw: st.DrawFn) -> list[Topic]:
    topics = []
    for number, text in enumerate(draw(st.lists(QUERIES, min_size=1, max_size=8))):
        try:
            query = compile_query(text, ALIASES)
        except QuerySyntaxError:  # it only leaves out
            query = None
        like = draw(st.sampled_from([(), ("1",)]))
        topics.append(Topic(str(number), "", query, follow=draw(st.booleans()), like=like))
    return topics


STORIES = st.dictionaries(st.sampled_from("012345678"), st.just("a story"), max_size=3)


@settings(deadline=None)  # a loaded machine is no failure
@given(topics_of_many_kinds(), TEXTS, TEXTS, TEXTS, STORIES, STORIES)
def test_the_index_finds_what_judging_each_topic_finds(
    topics: list[Topic], title: str, text: str, elsewhere: str, followed: dict[str, str], liked: dict[str, str]
) -> None:
    document = prepare(Document(title, text, source=elsewhere, names=(elsewhere,), site="example.org", language="en"))
    verdicts = [
        judge(one, document, followed_story=followed.get(one.key, ""), like_story=liked.get(one.key, ""))
        for one in topics
    ]
    expected = tuple(verdict for verdict in verdicts if isinstance(verdict, Match))
    assert TopicIndex(topics).judge(document, followed=followed, liked=liked) == expected
