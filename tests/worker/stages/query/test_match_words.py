"""How the words of a query meet the words of an article."""

import pytest

from worker.stages.aliases import NO_ALIASES, Aliases
from worker.stages.query import Document, Verdict, compile_query, prepare

ALIASES = Aliases(
    [["Kyiv", "Kiev"], ["UN", "United Nations"], ["nuclear deal", "JCPOA"], ["東京", "Tokyo"], ["Bell", "AT&T"]]
)


def verdict(query: str, title: str = "", text: str = "", *, aliases: Aliases = NO_ALIASES) -> Verdict:
    return compile_query(query, aliases).match(prepare(Document(title, text)))


@pytest.mark.parametrize(
    ("query", "text", "matched"),
    [
        # One word
        ("talks", "They held talks.", True),
        ("TALKS", "They held talks.", True),
        ("talks", "A stalking horse.", False),  # words, not letters
        ("talks", "", False),
        # Endings
        ("talk", "They held talks.", True),
        ("talks", "One talk.", True),
        ("talks", "The talks' end", True),
        ("Turkey", "Turkey's role, Turkey’s role", True),
        ("country", "Two countries", True),
        ("churches", "a church", True),
        ("news", "a new plan", False),  # the s of news is no plural
        ("Gates", "through the gate", False),  # a name keeps its s
        ("Israeli", "Israelis say", True),  # but takes one, where the article has a capital too
        ("war", "the wars", True),
        ("bus", "bu", False),  # three letters stay as they are
        # Diacritics and scripts
        ("Erdogan", "Erdoğan said", True),
        ("Erdoğan", "Erdogan said", True),
        ("Zelensky", "Володимир Зеленський", True),
        ("Łódź", "in Lodz", True),
        # Spellings of names
        ("Zelensky", "Zelenskiy came", True),
        ("Zelensky", "ZELENSKYY came", True),
        ("Zelensky", "Zelenskiys visit", True),  # the apostrophe was lost in scraping
        ("zelensky", "Zelenskiy came", False),  # without a capital it is a word like any other
        ("Later", "the latter", False),  # nor does a word without one become a name
        # Acronyms
        ("US", "The US said", True),
        ("US", "The U.S. said", True),
        ("U.S.", "The US said", True),
        ("US", "He told us.", False),
        ("us", "He told us.", True),
        ("us", "The US said", True),  # lower case asks for the word in any case
        ("WHO", "who said", False),
        ("IT", "it said", False),
        ("MP", "Two MPs", True),
        ("MPs", "one MP", True),
        ("MPs", "mps", False),
        ("NATO", "Nato said", True),
        ('"US envoy"', "a US envoy", True),
        ('"US envoy"', "gave us envoy", False),
        # Words with signs
        ("C++", "written in C++, they say", True),
        ("C++", "vitamin C", False),
        ("C#", "in C# or Java", True),
        ("#C", "vitamin C", True),  # a hashtag's sign is not part of the word
        ("AT&T", "at&t said", True),
        ("AT&T", "AT T", False),
        ("5G", "the 5G network", True),
        ("well-known", "a well known man", True),
        ("well-known", "known well", False),
        ("COVID-19", "Covid-19 cases", True),
        ("talks,", "talks", True),
        ("2,500", "2500 people", True),
        ("l'Ukraine", "Ukraine", True),
        # Chinese and Japanese: characters in a row
        ("東京", "大地震が東京で", True),
        ("東京", "京東", False),
        ("東京*", "東京都", True),
        # Exact
        ("=talks", "talk", False),
        ("=talks", "TALKS", True),
        ("=Erdogan", "Erdoğan", False),
        ("=Erdoğan", "ERDOĞAN’s", True),
        ("=O’Brien", "O'Brien", True),
        ('="peace talks"', "peace talk", False),
        ('="Peace Talks"', "peace talks", True),
        ('="talks peace"~1', "peace and talks", True),
        ('="talks peace"~1', "peace and talk", False),
        # Wildcards
        ("negotiat*", "negotiators", True),
        ("negotiat*", "renegotiate", False),
        ("talks*", "talk", False),  # * keeps the letters before it
        ("Erdoğ*", "Erdogans", True),
        ("wom?n", "women", True),
        ("wom?n", "woman", True),
        ("wom?n", "womn", False),
        ("wom?n", "wombman", False),
        ("wom?n*", "womenfolk", True),
        ("?alks", "talks", True),
        ("talk?", "talk", False),
        ("talk?", "talks", True),
    ],
)
def test_a_word_of_the_query_meets_words_of_the_text(query: str, text: str, *, matched: bool) -> None:
    assert verdict(query, text=text).matched is matched


@pytest.mark.parametrize(
    ("query", "text", "matched"),
    [
        ('"peace talks"', "new peace talks", True),
        ("“peace talks”", "peace talks", True),
        ("„peace talks“", "peace talks", True),
        ("«peace talks»", "peace talks", True),
        ("»peace talks«", "peace talks", True),
        ("「東京」", "東京", True),
        ('"peace talks"', "talks about peace", False),
        ('"peace talk"', "peace-talks", True),  # endings and hyphens inside a phrase
        ('"the the"', "the", False),
        ('"peace negotiat*"', "peace negotiators", True),
        ('"Who won the war?"', "Who won the war", True),  # a sentence's question mark stands for no letter
        ('"Won?! He?"', "won: he", True),
        ('"👍 peace"', "peace", True),  # what holds no word is not asked for
        # Loose phrases: any order, so many other words between
        ('"peace talks"~1', "peace and talks", True),
        ('"peace talks"~1', "talks, then peace", True),
        ('"peace talks"~1', "peace and more talks", False),
        ('"peace talks"~0', "talks peace", True),
        ('"a b c"~1', "c x a b", True),
        ('"a b c"~1', "c x a y b", False),
        ('"Bora Bora"~2', "Bora", False),  # twice in the phrase, twice in the text
        ('"Bora Bora"~2', "Bora is Bora", True),
        # NEAR
        ("peace NEAR/1 talks", "talks about peace", True),
        ("peace NEAR/0 talks", "talks about peace", False),
        ("peace NEAR/0 talks", "talks peace", True),
        ("talks NEAR/3 (Ankara OR Turkey)", "talks held near Turkey", True),
        ('talks NEAR/1 "United Nations"', "United Nations hosts talks", True),
        ('peace NEAR/5 "peace talks"', "peace talks", False),  # one word cannot be near itself
        ("a NEAR/1 b NEAR/1 c", "a x b x c", True),
        ("a NEAR/1 b NEAR/1 c", "b x a x c", False),  # c must be near b
        ("a NEAR/1 b NEAR/1 c", "a b x x x b c", False),  # the b near a is not the b near c
        ('"a b"~1 NEAR/1 c', "b x a x c", True),
    ],
)
def test_phrases_and_nearness(query: str, text: str, *, matched: bool) -> None:
    assert verdict(query, text=text).matched is matched


@pytest.mark.parametrize("query", ['"peace talks"', '"peace talks"~3', "peace NEAR/3 talks"])
def test_a_phrase_does_not_span_title_and_text(query: str) -> None:
    assert not verdict(query, title="Hope for peace", text="Talks resume").matched
    assert verdict("peace talks", title="Hope for peace", text="Talks resume").matched


@pytest.mark.parametrize(
    ("query", "text", "matched"),
    [
        ("a b", "a", False),
        ("a AND b", "b a", True),
        ("a OR b AND c", "a", True),  # AND binds closer
        ("(a OR b) AND c", "a", False),
        ("a OR b c", "b", False),  # so does AND left out
        ("a NOT b", "a b", False),
        ("a -b", "a", True),
        ("a -(b OR c)", "a c", False),
        ("a NOT NOT b", "a", False),
        ("a -b NEAR/2 c", "a b", True),  # NEAR binds closer than NOT
        ("a AND (b OR NOT c)", "a c", False),
        ("a AND (b OR NOT c)", "a", True),
        ("salt and pepper", "salt, pepper", False),  # in small letters it is a word
        ("salt and pepper", "salt and pepper", True),
        ('x "NEAR"', "x near", True),  # in quotation marks it is a word, too
    ],
)
def test_operators(query: str, text: str, *, matched: bool) -> None:
    assert verdict(query, text=text).matched is matched


@pytest.mark.parametrize(
    ("query", "text", "matched"),
    [
        ("Kyiv", "in Kiev", True),
        ("kiev", "in Kyiv", True),
        ("Kyiv*", "in Kiev", False),  # a wildcard and an exact word say their letters
        ("=Kyiv", "in Kiev", False),
        ("UN", "the United Nations said", True),
        ("un", "the United Nations said", False),
        ('"United Nations"', "the U.N. said", True),
        ('"United Nations"', "un accord", False),
        ('"nuclear deal"', "the JCPOA", True),
        ('"attack on Kyiv"', "an attack on Kiev", True),  # inside a phrase
        ('"UN envoy"', "a United Nations envoy", True),  # though it has more words there
        ('"Kyiv attack"~2', "attack near Kiev", True),
        ("Kyiv NEAR/2 attack", "attack near Kiev", True),
        ("Tokyo", "東京", True),
        ("Bell", "at&t said", True),
        ("Bell", "at t", False),  # the signs of a member count
        ("title:UN", "the United Nations", False),
    ],
)
def test_aliases(query: str, text: str, *, matched: bool) -> None:
    assert verdict(query, text=text, aliases=ALIASES).matched is matched


ARTICLE = Document(
    title="Talks in Ankara",
    text="Leaders met.",
    source="The BBC News",
    site="www.bbc.co.uk",
    authors=("Jane Doe", "Ali Şahin"),
    url="https://www.bbc.co.uk/news/World-123?x=(1)",
    language="en-GB",
    names=("Volodymyr Zelenskyy", "Ankara"),
)


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("title:talks", True),
        ("title:leaders", False),
        ("title:(leaders OR ankara)", True),
        ('title:"talks in"', True),
        ("title:(talks NEAR/1 ankara)", True),
        ("title:talks leaders", True),  # the field takes one clause
        ("talks -title:ankara", False),
        ("source:bbc", True),
        ("source:BBC.co.uk", True),  # the host is a source's name, too
        ('source:"BBC News"', True),
        ("source:reuters", False),
        ("author:doe", True),
        ("author:sahin", True),
        ('author:"Doe Ali"', False),  # two authors are two
        ("name:Zelensky", True),
        ("name:Ankara", True),
        ('name:"Zelensky Ankara"', False),
        ("site:bbc.co.uk", True),
        ("site:WWW.bbc.co.uk", True),
        ("site:co.uk", True),
        ("site:c.co.uk", False),
        ('site:"bbc.co.uk"', True),
        ("url:/news/world", True),
        ("url:https://www.bbc.co.uk/news", True),
        ('url:"?x=(1)"', True),
        ("url:/sport/", False),
        ("url:(/sport/ OR /news/)", True),
        ("lang:en", True),
        ("lang:en-GB", True),
        ("lang:en-US", False),
        ("lang:(de OR fr)", False),
        ("talks lang:en -lang:en-US", True),
    ],
)
def test_fields(query: str, *, matched: bool) -> None:
    assert compile_query(query).match(prepare(ARTICLE)).matched is matched


def test_a_field_the_article_lacks_holds_nothing() -> None:
    empty = prepare(Document("", ""))
    for query in ("title:a", "source:a", "author:a", "name:a", "url:a", "site:a", "lang:en"):
        assert not compile_query(query).match(empty).matched
