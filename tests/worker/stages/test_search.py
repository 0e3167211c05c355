"""What a search asks the index for: enough to spare work, and never so much that an article is missed."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.stages.aliases import Aliases
from worker.stages.query import Document, QuerySyntaxError, prepare
from worker.stages.search import (
    MAX_CHARACTERS,
    MAX_GROUPS,
    MAX_TERMS,
    Needs,
    index_terms,
    read_search,
    relevance,
    searched_part,
)

ALIASES = Aliases([["Kyiv", "Kiev"], ["UN", "United Nations"]])


def needs(query: str) -> list[list[str]]:
    return [sorted(group) for group in read_search(query, ALIASES).needs]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pact", [["pact"]]),
        ("Zelenskyy", [["zelensk", "zelensky"]]),  # the second key is that of articles in Slavic languages
        ("talks known", [["talk", "talks"], ["known"]]),  # talks: where the article's language has no endings
        ("(Herald OR Bonn) AND Berlin", [["bonn", "herald"], ["berlin"]]),
        ("(a AND b) OR c", [["a", "c"], ["b", "c"]]),
        ('"pact talk"', [["pact"], ["talk"]]),
        ('"pact talk"~5', [["pact"], ["talk"]]),
        ("talk NEAR/5 (Berlin OR Bonn)", [["talk"], ["berlin", "bonn"]]),
        ("pact NOT war", [["pact"]]),  # what must be absent is the query's to see
        ("pact date:2026", [["pact"]]),  # and so is when
        ("peace OR NOT war", None),  # refused by the query language
        ("negotiat*", [["negotiat*"]]),
        ("wom?n", [["wom*"]]),
        ("w?men", []),  # too little is known of its beginning
        ("=Erdoğan", [["erdogan"]]),
        ("=talks", [["talks"]]),  # no ending is taken off
        ("US", [[".us"]]),
        ("us", [["us"]]),
        ("Kiev", [["kiev", "kyiv"]]),  # an alias
        ("UN", [[".un", "united"], [".un", "nation", "nations"]]),
        ("東京", [["東京"]]),
        ("東", [["東*"]]),  # whatever follows it
        ("東京都", [["東京"], ["京都"]]),
        ("A股", [["a"], ["股*"]]),
        ("title:talks", [["title:talk", "title:talks"]]),
        ("name:Bonn", [["name:bonn"]]),
        ("source:Herald author:Ruth", [["source:herald"], ["author:ruth"]]),
        ("lang:pt-BR", [["lang:ptbr"]]),
        ("site:News.Example.org", [["site:newsexampleorg"]]),
        ("url:/politics/", []),  # a part of an address may begin anywhere
        ("well-known", [["well"], ["known"]]),
        ("AT&T", [["at"], ["t"]]),
    ],
)
def test_a_query_needs_one_term_of_each_group(query: str, expected: list[list[str]] | None) -> None:
    if expected is None:
        with pytest.raises(QuerySyntaxError):
            needs(query)
    else:
        assert needs(query) == expected


def test_needs_stay_few_however_long_the_query() -> None:
    many = [f"w{number}x" for number in range(1_000)]
    assert needs(" OR ".join(many)) == []  # more alternatives than an index should be asked for
    assert len(needs(" ".join(many))) == MAX_GROUPS
    pairs = " OR ".join(f"({one} {other})" for one, other in zip(many[:100], many[100:200], strict=True))
    assert all(len(group) <= MAX_TERMS for group in needs(pairs))
    assert needs(pairs)


# --- Dates ---


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ("ferry", None, None),
        ("ferry since:2026-03-01", datetime(2026, 3, 1, tzinfo=UTC), None),
        ("since:2026-03 ferry", datetime(2026, 3, 1, tzinfo=UTC), None),
        ("ferry since:2026 until:2026", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("ferry date:2026-03..2026-04", datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)),
        ("ferry date:2026-03.. since:2026-01", datetime(2026, 3, 1, tzinfo=UTC), None),  # what they have in common
        ("(ferry date:2026-03) OR harbour", None, None),
        ("ferry -date:2026-03", None, None),
        ("ferry until:2026-12", None, datetime(2027, 1, 1, tzinfo=UTC)),
        ("ferry until:2026-03-31", None, datetime(2026, 4, 1, tzinfo=UTC)),  # the day itself is searched
        ('"since:2026 x" ferry', None, None),  # words in quotation marks are looked for
    ],
)
def test_dates_stand_beside_the_words(query: str, since: datetime | None, until: datetime | None) -> None:
    search = read_search(query)
    assert (search.since, search.until) == (since, until)


@pytest.mark.parametrize(
    ("query", "column", "message"),
    [
        ("ferry since:yesterday", 7, "since: takes a date"),
        ("ferry until:2026-02-30", 7, "until: takes a date"),
        ("until:0000 ferry", 1, "until: takes a date"),
        ("until:9999 ferry", 1, "until: takes a date"),
        ("since: ferry", 1, "since: takes a date"),
        ("since:2025 ferry since:2026", 18, "since: stands here for the second time"),
        ("since:2026", 1, "the query is empty"),
        ("since:2026 (ferry", 12, "this bracket is never closed"),  # the place in the whole text
    ],
)
def test_an_error_says_where(query: str, column: int, message: str) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        read_search(query)
    assert (raised.value.column, raised.value.message) == (column, message)
    assert raised.value.query == query
    assert raised.value.picture.splitlines()[0] == query


@given(st.text(alphabet="abU東 \"()*?^:-+&~/=.,'\x00NEARODT0123456789since", max_size=40))
def test_whatever_is_written_is_a_search_or_an_error_with_its_place(text: str) -> None:
    try:
        terms = [term for group in read_search(text).needs for term in group]
    except QuerySyntaxError as error:
        place, terms = error.offset, []
    else:
        place = 0
    assert 0 <= place <= len(text)
    assert all(term.translate(str.maketrans("", "", ":.")).removesuffix("*").isalnum() for term in terms)


# --- The promise: an article that has what is looked for is never missed ---

# Words in two forms, one behind the other, in languages whose endings are known.
INFLECTED = {
    "en": ["talk", "talks", "country", "countries", "MP", "MPs", "Ankara", "Ankara's"],
    "es": ["elección", "elecciones", "luz", "luces", "gobierno", "gobiernos"],
    "pt": ["eleição", "eleições", "nacional", "nacionais"],
    "fr": ["journal", "journaux", "bureau", "bureaux"],
    "it": ["elezione", "elezioni", "banco", "banchi"],
    "de": ["Land", "Ländern", "Merkel", "Merkels", "Gespräch", "Gespräche"],
    "nl": ["gesprek", "gesprekken", "land", "landen"],
    "sv": ["regering", "regeringen", "samtal", "samtalen"],
    "da": ["regering", "regeringens", "valg", "valget"],
    "tr": ["Ankara", "Ankara’da", "ABD", "ABD'nin", "bakan", "bakanlar"],
    "ru": ["Анкара", "Анкаре", "переговоры", "переговоров"],
    "uk": ["Анкара", "Анкарі", "Зеленський", "Зеленського"],
    "pl": ["rozmowa", "rozmowy", "Warszawa", "Warszawie"],
    "cs": ["Praha", "Prahy", "volby", "volbách"],
    "ar": ["الحكومة", "حكومة", "بيروت", "لبيروت"],
    "ko": ["회의", "회의에서", "대통령", "대통령은"],
}
PAIRS = [
    (language, *pair)
    for language, forms in INFLECTED.items()
    for one, other in zip(forms[::2], forms[1::2], strict=True)
    for pair in ((one, other), (other, one))
]

WORDS = [
    *("Zelensky", "Zelenskyy", "Zelenskiy", "Зеленський", "Зеленського", "zelensky's", "Gates", "gate", "gates"),
    *("US", "us", "U.S.", "WHO", "who", "MPs", "mp", "UN", "United", "Nations", "Kyiv", "Kiev", "C++", "AT&T"),
    *(*(form for forms in INFLECTED.values() for form in forms), "ABD", "ABD'nin"),
    *("東京", "京都", "東", "都", "A股", "東京都", "ラーメン", "・", "서울", "กรุงเทพ", "القدس", "Αθήνα", "États-Unis"),
    *(
        "3,000",
        "3.5",
        "٢٠٢٤",
        "2024年",
        "1e5",
        "hello",
        "helo",
        "hell",
        "bookkeeper",
        "countries",
        "country",
        "churches",
    ),
    *(
        "heroes",
        "hero",
        "does",
        "news",
        "Erdoğan",
        "ERDOGAN",
        "l'Ukraine",
        "O’Brien",
        "well-known",
        "e\u0301tat",
        "ﬁne",
    ),
]
word = st.sampled_from(WORDS)
passage = st.lists(st.one_of(word, st.sampled_from([".", ",", "\n", "\x00"])), max_size=12).map(" ".join)
unspaced_passage = st.lists(word, max_size=4).map("".join)
documents = st.builds(
    Document,
    title=passage,
    text=st.one_of(passage, unspaced_passage),
    source=passage,
    site=st.sampled_from(["", "example.org", "www.news.example.org", "a.b.c", "[::1"]),
    authors=st.lists(passage, max_size=2).map(tuple),
    url=st.sampled_from(["", "https://www.example.org/politics/1", "nonsense"]),
    language=st.sampled_from(["", "en-GB", "pt_BR", "zh-Hant-TW", *INFLECTED]),
    names=st.lists(passage, max_size=2).map(tuple),
)
beginning = st.builds(lambda text, length: text[:length] + "*", word, st.integers(2, 5))
shape = st.builds(lambda text, at: f"{text[:at]}?{text[at + 1 :]}", word, st.integers(0, 4))
leaf = st.one_of(
    word,
    word.map("={}".format),
    beginning,
    shape,
    st.builds('"{} {}"'.format, word, word),
    st.builds('"{} {}"~3'.format, word, word),
    st.builds("{} NEAR/2 {}".format, word, word),
    st.builds("{}:{}".format, st.sampled_from(["title", "name", "author", "source"]), word),
    st.sampled_from(["lang:en", "lang:en-GB", "lang:pt-br", "site:example.org", "site:org", "url:/politics/"]),
)
queries = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} AND NOT {})".format, inner, inner),
    ),
    max_leaves=5,
)


def found_by_both(document: Document, query: str) -> bool:
    """Whether the query matches; what it matches, the index must have."""
    search = read_search(query, ALIASES)
    matches = search.query.match(prepare(document)).matched
    assert not matches or has(index_terms(document), search.needs)
    return matches


def has(terms: set[str], wanted: Needs) -> bool:
    """What an index says: one term of each group."""
    return all(any(_is_in(term, terms) for term in group) for group in wanted)


def _is_in(term: str, terms: set[str]) -> bool:
    return any(one.startswith(term[:-1]) for one in terms) if term.endswith("*") else term in terms


@settings(max_examples=120)
@given(documents, queries)
def test_what_the_query_finds_the_index_has(document: Document, query: str) -> None:
    with suppress(QuerySyntaxError):  # such as a wildcard in a word of signs
        found_by_both(document, query)


@pytest.mark.parametrize(("language", "written", "wanted"), PAIRS)
def test_a_word_is_found_by_its_other_form(language: str, written: str, wanted: str) -> None:
    document = Document(title=f"{written}.", text=f"– {written}, ‘{written}’!", names=(written,), language=language)
    assert found_by_both(document, wanted)
    assert all(found_by_both(document, f"{field}:{wanted}") for field in ("title", "name"))


def _in_one_language(language: str) -> st.SearchStrategy[tuple[Document, str]]:
    """An article of words of the language, and a query of others: both may meet."""
    form = st.one_of(*[st.sampled_from(INFLECTED[language])] * 3, word)
    some = st.lists(form, min_size=1, max_size=5).map(" ".join)
    one = st.one_of(form, form.map("={}".format), st.builds('"{} {}"'.format, form, form))
    query = st.one_of(one, st.builds("{} {}".format, one, one), st.builds("({} OR {}) {}".format, one, one, one))
    return st.tuples(st.builds(Document, title=some, text=some, language=st.just(language)), query)


@settings(max_examples=120)
@given(st.sampled_from([*INFLECTED]).flatmap(_in_one_language))
def test_whatever_the_language_what_the_query_finds_the_index_has(asked: tuple[Document, str]) -> None:
    found_by_both(*asked)


@settings(max_examples=120)
@given(
    words=st.lists(word, min_size=1, max_size=2),
    around=st.lists(word, min_size=2, max_size=2),
    language=st.sampled_from(["", *INFLECTED]),
    glue=st.sampled_from(["", " "]),
    length=st.integers(2, 6),
)
def test_what_is_asked_in_words_of_the_text_is_found(
    words: list[str], around: list[str], language: str, glue: str, length: int
) -> None:
    """The same where a good part of the articles match: the query is made of what stands in the text."""
    document = Document(title="", text=glue.join([around[0], *words, around[1]]), language=language)
    for query in (f'"{" ".join(words)}"', "".join(words), f"{words[0][:length]}*", f"{words[0][:length]}?"):
        with suppress(QuerySyntaxError):  # such as a wildcard in a word of signs
            found_by_both(document, query)


def test_a_very_long_text_is_searched_as_far_as_is_said() -> None:
    text = "ferry " * (MAX_CHARACTERS // 6 + 1) + "harbour"
    document = searched_part(Document(title="x" * 5_000, text=text))
    assert "ferry" in index_terms(document)
    assert "harbour" not in index_terms(document)
    assert len(document.text) == MAX_CHARACTERS


# --- Which comes first ---


def test_an_article_about_it_is_more_relevant_than_one_that_mentions_it() -> None:
    about = Document("Ferry runs aground", "The ferry ran aground. The ferry was full.")
    mentions = Document(
        "Regatta drops race", "A race of old ferries is dropped. " + "The club was founded long ago. " * 20
    )
    ferry = read_search("ferry").query
    scores = [relevance(ferry.match(prepare(one)).hits, one.text) for one in (about, mentions)]
    assert scores[0] > scores[1] > 0
