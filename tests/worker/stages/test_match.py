"""Topics against an article: what decides, what the receipt says, and that the index loses nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.match import Match, Miss, Topic, TopicIndex, judge
from worker.stages.query import Document, PreparedDocument, QuerySyntaxError, compile_query, prepare

QUERY = "(Zelensky OR Ukraine) AND (Ankara OR Turkey OR Erdogan) AND (talks OR peace)"


def topic(
    query: str | None = QUERY,
    *,
    key: str = "Ankara talks",
    languages: frozenset[str] = frozenset(),
    only: frozenset[str] = frozenset(),
    without: frozenset[str] = frozenset(),
    follow: bool = False,
    like: tuple[str, ...] = (),
) -> Topic:
    return Topic(key, "v1", compile_query(query) if query else None, languages, only, without, follow, like)


def article(
    text: str = "Zelenskiy flew to Turkey for talks.",
    *,
    language: str = "en",
    source: str = "The Daily Example",
    site: str = "news.example.com",
) -> PreparedDocument:
    return prepare(Document("", text, source=source, site=site, language=language))


# The openings of five reports of one event, in words of our own.
REPORTS = [
    "President Volodymyr Zelensky is due in Ankara, where he will talk to Turkish President Recep Tayyip Erdogan "
    "about peace.",
    "Zelensky travels to Turkey on Wednesday. The discussions in Ankara should restart the talks with Russia.",
    "Volodymyr Zelenskiy arrived in Turkey. Recep Tayyip Erdoğan, who hosts him, wants a lasting peace.",
    "Ukraine’s president will hold talks with Recep Tayyip Erdoğan on Wednesday.",
    "Zelenskiys visit will test whether Turkey can bring both sides to a peace deal.",
]


@pytest.mark.parametrize("text", REPORTS)
def test_every_report_of_an_event_matches_whatever_its_spellings(text: str) -> None:
    assert isinstance(judge(topic(), article(text)), Match)


def test_another_event_in_the_same_town_does_not_match() -> None:
    verdict = judge(topic(), article("Erdogan and Aliyev held peace talks in Ankara."))
    assert verdict == Miss("Ankara talks", "no word of (Zelensky OR Ukraine)")


def test_a_match_says_which_words_it_found() -> None:
    verdict = judge(topic(), article())
    assert isinstance(verdict, Match)
    assert (verdict.topic, verdict.version, verdict.by) == ("Ankara talks", "v1", "query")
    assert verdict.reason == "Zelenskiy (for Zelensky), Turkey, talks"
    assert [hit.found for hit in verdict.hits] == ["Zelenskiy", "Turkey", "talks"]


def test_a_reason_with_many_words_is_cut() -> None:
    verdict = judge(topic("aa bb cc dd ee ff gg hh"), article("aa bb cc dd ee ff gg hh"))
    assert isinstance(verdict, Match)
    assert verdict.reason == "aa, bb, cc, dd, ee, ff and 2 more"


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (topic(languages=frozenset(["tr", "de"])), "language en is not among de, tr"),
        (topic(languages=frozenset(["en-GB"])), "language en is not among en-GB"),
        (topic(without=frozenset(["example.com"])), "source The Daily Example is left out (example.com)"),
        (topic(without=frozenset(["the daily  éxample"])), "source The Daily Example is left out (the daily  éxample)"),
        (topic(without=frozenset(["The Daily Example"])), "source The Daily Example is left out"),
        (topic(only=frozenset(["example.org", "BBC"])), "source The Daily Example is not among BBC, example.org"),
        (topic(only=frozenset(["ample.com"])), "source The Daily Example is not among ample.com"),
        # left out although it is also let in
        (
            topic(only=frozenset(["example.com"]), without=frozenset(["news.example.com"])),
            "source The Daily Example is left out (news.example.com)",
        ),
    ],
)
def test_a_filter_decides_before_query_story_and_example(filters: Topic, reason: str) -> None:
    filters = Topic(
        filters.key,
        filters.version,
        filters.query,
        filters.languages,
        filters.only_sources,
        filters.except_sources,
        follow=True,
        like=("1",),
    )
    assert judge(filters, article(), followed_story="A trip", like_story="A trip") == Miss("Ankara talks", reason)


@pytest.mark.parametrize(
    "filters",
    [
        topic(languages=frozenset(["en", "tr"])),
        topic(only=frozenset(["example.com"])),
        topic(only=frozenset(["https://www.news.example.com/feed"])),
        topic(only=frozenset(["THE DAILY EXAMPLE"])),
        topic(without=frozenset(["other.example.com", "Example", ""])),
    ],
)
def test_filters_let_in_what_they_name(filters: Topic) -> None:
    assert isinstance(judge(filters, article()), Match)


def test_an_unknown_language_or_source_is_not_among_those_asked_for() -> None:
    verdict = judge(topic(languages=frozenset(["en"])), article(language=""))
    assert verdict == Miss("Ankara talks", "an unknown language is not among en")
    verdict = judge(topic(only=frozenset(["example.com"])), article(source="", site=""))
    assert verdict == Miss("Ankara talks", "source an unknown source is not among example.com")


def test_the_site_is_taken_from_the_address_when_it_is_not_given() -> None:
    document = prepare(Document("", "peace", url="https://www.example.com:8080/a"))
    assert isinstance(judge(topic("peace", only=frozenset(["example.com"])), document), Match)


def test_a_followed_story_matches_when_its_words_have_changed() -> None:
    other_words = article("The delegation left.")
    verdict = judge(topic(follow=True), other_words, followed_story="Zelensky in Ankara")
    assert verdict == Match("Ankara talks", "v1", "follow", (), "belongs to the followed story “Zelensky in Ankara”")


def test_an_examples_story_matches() -> None:
    verdict = judge(topic(None, like=("17",)), article(), like_story="Zelensky in Ankara")
    assert isinstance(verdict, Match)
    assert (verdict.by, verdict.reason) == ("like", "belongs to the story “Zelensky in Ankara” of an example")


def test_the_query_comes_before_the_story_and_the_story_before_the_example() -> None:
    asked = topic(follow=True, like=("17",))
    both = {"followed_story": "A", "like_story": "B"}
    verdicts = [judge(asked, article(text), **both) for text in ("Zelensky, Turkey, peace", "nothing")]
    assert [verdict.by for verdict in verdicts if isinstance(verdict, Match)] == ["query", "follow"]


def test_a_topic_that_follows_nothing_ignores_the_story() -> None:
    verdict = judge(topic(), article("nothing"), followed_story="A", like_story="B")
    assert verdict == Miss("Ankara talks", "no word of (Zelensky OR Ukraine)")
    assert judge(topic(None, follow=True), article()) == Miss("Ankara talks", "there is no query")


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
        article("peace talks"), followed={"c": "Story", "gone": "Story"}, liked={"d": "Example", "a": "Example"}
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
    candidates = TopicIndex(topics).candidates(article("word7 and word8, peace and war"))
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
