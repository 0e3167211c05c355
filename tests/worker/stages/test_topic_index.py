"""All topics at once: the index finds what asking each topic finds, and asks few of them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.match import Match, Topic, judge
from worker.stages.query import Document, QuerySyntaxError, compile_query, prepare
from worker.stages.query.kept import KeptQuery, kept_tree
from worker.stages.topic_index import TopicIndex, needs_as_text


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
    topics.append(topic("da*", key="no word to go by"))
    candidates = TopicIndex(topics).candidates(prepare(Document("", "word7 and word8, peace and war")))
    assert [candidate.key for candidate in candidates] == ["7", "8", "no word to go by"]


def test_an_index_made_from_an_earlier_one_knows_the_topics_as_they_are_now() -> None:
    stays, changes, goes = topic("peace", key="stays"), topic("war", key="changes"), topic("talks", key="goes")
    before = TopicIndex([goes, changes, stays])
    index = TopicIndex([stays, topic("treaty", key="changes"), topic("accord", key="new")], before)

    def found(text: str) -> list[str]:
        return [match.topic for match in index.judge(prepare(Document("", text)))]

    assert index.needs_of(stays) is before.needs_of(stays)
    assert found("peace, talks and war") == ["stays"]
    assert found("a treaty, an accord") == ["changes", "new"]


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
    *(
        "title:talk",
        "name:talk",
        "lang:en",
        "site:example.org",
        "url:Org/a",
        "source:talk",
        "title:tal*",
        '="us talk"',
        "US NEAR/0 東",
    ),
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
        elsewhere = Document("", "", word, "example.org", url="https://example.org/a", names=(word,))
        for document in (Document(word, ""), Document("", word), elsewhere):
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
        if query is not None and draw(st.booleans()):
            query = KeptQuery(kept_tree(query), ALIASES)
        topic = Topic(
            str(number),
            "",
            query,
            follow=draw(st.booleans()),
            like=draw(st.sampled_from([(), ("1",)])),
            languages=draw(st.sampled_from([frozenset(), frozenset(["en"]), frozenset(["uk", "pt-BR"])])),
            only_sources=draw(st.sampled_from([frozenset(), frozenset(["example.org", "Talks"])])),
            except_sources=draw(st.sampled_from([frozenset(), frozenset(["example.org"])])),
        )
        topics.append(replace(topic, needs=needs_as_text(topic)) if draw(st.booleans()) else topic)
    return topics


SITES = st.sampled_from(["example.org", "news.example.org", "other.net", ""])
LANGUAGES = st.sampled_from(["en", "en-GB", "uk", "pt_BR", "tr", ""])
STORIES = st.dictionaries(st.sampled_from("012345678"), st.just("a story"), max_size=3)


@settings(deadline=None)  # a loaded machine is no failure
@given(topics_of_many_kinds(), TEXTS, TEXTS, TEXTS, SITES, LANGUAGES, STORIES, STORIES)
def test_the_index_finds_what_judging_each_topic_finds(
    topics: list[Topic],
    title: str,
    text: str,
    elsewhere: str,
    site: str,
    language: str,
    followed: dict[str, str],
    liked: dict[str, str],
) -> None:
    document = prepare(
        Document(
            title,
            text,
            source=elsewhere,
            names=(elsewhere,),
            site=site,
            url=f"https://{site}/a",
            language=language,
        )
    )
    verdicts = [
        judge(one, document, followed_story=followed.get(one.key, ""), like_story=liked.get(one.key, ""))
        for one in topics
    ]
    expected = tuple(verdict for verdict in verdicts if isinstance(verdict, Match))
    assert TopicIndex(topics).judge(document, followed=followed, liked=liked) == expected


def test_a_kept_query_is_the_query_that_was_kept() -> None:
    for atom in [*ATOMS, "since:2024-03-01 talks", '(a OR "b c"~3) NEAR/4 d AND NOT title:(e f)']:
        query = compile_query(atom, ALIASES)
        kept = KeptQuery(kept_tree(query), ALIASES)
        assert (kept.tree, str(kept), kept.anchors) == (query.tree, str(query), query.anchors)
        for word in VOCABULARY:
            document = prepare(Document(word, f"{word} talks"))
            assert kept.match(document) == query.match(document)


def test_the_index_knows_whose_example_an_article_is() -> None:
    by_address = ("https://Example.org/a?utm_source=x", "7")
    index = TopicIndex(
        [topic("a", key="one", like=by_address), topic("b", key="two", like=("7",)), topic("c", key="3")]
    )
    assert index.with_example(["https://example.org/a"]) == ("one",)
    assert index.with_example({"7", "https://example.org/a", "8"}) == ("one", "two")
    assert index.with_example(["a"]) == ()


def test_a_topic_is_not_asked_for_articles_that_its_filters_leave_out() -> None:
    only = Topic(
        "only", "", compile_query("peace"), languages=frozenset(["uk"]), only_sources=frozenset(["example.org"])
    )
    index = TopicIndex([only])
    assert index.candidates(prepare(Document("", "peace", site="news.example.org", language="uk-UA"))) == (only,)
    assert index.candidates(prepare(Document("", "peace", site="example.org", language="en"))) == ()
    assert index.candidates(prepare(Document("", "peace", site="example.net", language="uk"))) == ()


def test_a_common_word_alone_makes_no_candidate() -> None:
    """Each of the sets that a query needs is looked at, whichever it is entered under."""
    index = TopicIndex([topic("(Ankara OR Kyiv) AND (talks OR peace) AND government", key="one")])
    assert index.candidates(prepare(Document("", "Ankara: the government and a talk")))
    assert not index.candidates(prepare(Document("", "Ankara and the government")))
    assert not index.candidates(prepare(Document("", "government talks")))
