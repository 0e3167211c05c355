"""Topics against an article: what decides, and what the receipt says."""

import pytest

from worker.stages.match import Filter, Match, Miss, Topic, filters, judge
from worker.stages.query import Document, PreparedDocument, compile_query, prepare

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
    texts = ("Zelensky, Turkey, peace", "nothing")
    verdicts = [judge(asked, article(text), followed_story="A", like_story="B") for text in texts]
    assert [verdict.by for verdict in verdicts if isinstance(verdict, Match)] == ["query", "follow"]


def test_a_topic_that_follows_nothing_ignores_the_story() -> None:
    verdict = judge(topic(), article("nothing"), followed_story="A", like_story="B")
    assert verdict == Miss("Ankara talks", "no word of (Zelensky OR Ukraine)")
    assert judge(topic(None, follow=True), article()) == Miss("Ankara talks", "there is no query")


def test_each_filter_says_whether_it_lets_the_article_in() -> None:
    asked = topic(languages=frozenset(["en", "tr"]), without=frozenset(["example.org"]), only=frozenset(["BBC"]))
    assert list(filters(asked, article())) == [
        Filter("language", lets_in=True, why="language en is among en, tr"),
        Filter("source", lets_in=True, why="source The Daily Example is none of those left out: example.org"),
        Filter("source", lets_in=False, why="source The Daily Example is not among BBC"),
    ]
    assert list(filters(topic(), article())) == []


def test_a_reason_is_short_however_long_what_it_tells() -> None:
    phrase = " ".join(["never"] * 50)
    verdict = judge(topic(f'"{phrase}"', follow=True), article(phrase))
    assert isinstance(verdict, Match)
    assert len(verdict.reason) <= 80
    verdict = judge(topic(follow=True), article("nothing"), followed_story="long " * 1_000)
    assert isinstance(verdict, Match)
    assert len(verdict.reason) < 250
