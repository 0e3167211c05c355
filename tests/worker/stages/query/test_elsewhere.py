"""Queries as people know them from other services: taken where they mean the same, else refused with what to write."""

import pytest

from worker.stages.query import QuerySyntaxError, parse

SAME = [
    # Google Alerts
    ('"peace talks" Ankara', '"peace talks" AND Ankara'),
    ("Ankara OR Istanbul", "Ankara OR Istanbul"),
    ("Ankara | Istanbul", "Ankara OR Istanbul"),
    ("Ankara -Istanbul", "Ankara AND NOT Istanbul"),
    ('Ankara -"New York"', 'Ankara AND NOT "New York"'),
    ("talks site:example.org", "talks AND site:example.org"),
    ("talks -site:example.org", "talks AND NOT site:example.org"),
    ("#ClimateSummit", "#ClimateSummit"),  # the word without its sign
    ("@reuters", "@reuters"),
    # Talkwalker and Meltwater
    ('"peace talks" AND (Ankara OR Turkey)', '"peace talks" AND (Ankara OR Turkey)'),
    ("Ankara AND NOT Istanbul", "Ankara AND NOT Istanbul"),
    ("Ankara NOT (Istanbul OR Izmir)", "Ankara AND NOT (Istanbul OR Izmir)"),
    ("peace NEAR/5 talks", "peace NEAR/5 talks"),
    ('peace NEAR/5 ("round table" OR talks)', 'peace NEAR/5 ("round table" OR talks)'),
    ('"peace talks"~5', '"peace talks"~5'),
    ("title:talks", "title:talks"),
    ('title:"peace talks"', 'title:"peace talks"'),
    ("title:(talks OR summit)", "title:(talks OR summit)"),
    ('author:"Jane Doe"', 'author:"Jane Doe"'),
    ("talks AND lang:en", "talks AND lang:en"),
    ("negotiat*", "negotiat*"),
    # Lucene and its descendants
    ("peace && talks", "peace AND talks"),
    ("peace || talks", "peace OR talks"),
    ("wom?n", "wom?n"),
    ("(peace OR truce) AND talks", "(peace OR truce) AND talks"),
    ("title:peace AND talks", "title:peace AND talks"),
    # As word processors and other keyboards write it
    ("“peace talks”", '"peace talks"'),
    ("„peace talks“~3", '"peace talks"~3'),
    ("«peace talks»", '"peace talks"'),
    ("「和平談判」", '"和平談判"'),
    ("（peace OR truce） talks", "(peace OR truce) AND talks"),
    ("talks\u3000peace", "talks AND peace"),
    ("peace\u00a0talks", "peace AND talks"),
    # ~n between words, phrases and groups is NEAR/n
    ("peace ~5 talks", "peace NEAR/5 talks"),
    ('(peace OR truce) ~3 "round table"', '(peace OR truce) NEAR/3 "round table"'),
    ('(peace OR truce)~3 "round table"', '(peace OR truce) NEAR/3 "round table"'),
    ('"peace talks" ~3 Ankara', '"peace talks" NEAR/3 Ankara'),
    ('"peace talks"~3 Ankara', '"peace talks"~3 AND Ankara'),  # right behind a phrase it is the phrase's
    ('"peace talks"~3 ~4 Ankara', '"peace talks"~3 NEAR/4 Ankara'),
    ("a ~5 b ~6 c", "a NEAR/5 b NEAR/6 c"),
    # Dates
    ("talks since:2026-01-15", "talks AND since:2026-01-15"),
    ("talks until:2026-02", "talks AND until:2026-02"),
    ("talks date:2026-01-01..2026-02-15", "talks AND date:2026-01-01..2026-02-15"),
    ("talks -date:2025..", "talks AND NOT date:2025.."),
    # Small letters are words, whatever they mean elsewhere
    ("peace and talks", "peace AND and AND talks"),
    ("peace or talks", "peace AND or AND talks"),
    ("not peace", "not AND peace"),
]


@pytest.mark.parametrize(("query", "canonical"), SAME, ids=[query for query, _ in SAME])
def test_what_means_the_same_elsewhere_is_taken(query: str, canonical: str) -> None:
    assert str(parse(query)) == canonical
    assert parse(canonical) == parse(query)


OTHER = [
    # Google
    ("intitle:talks", "title:"),
    ("allintitle:peace talks", "title:"),
    ("inurl:politics talks", "url:"),
    ("intext:talks", "without intext:"),
    ("talks after:2026-01-01", "since:"),
    ("talks before:2026-01-01", "until:"),
    ("peace AROUND(5) talks", "NEAR/5"),
    ('"peace * talks"', "~1"),
    ("~peace", "write peace"),
    ("*", "~1"),
    # Talkwalker, Meltwater, Factiva, LexisNexis
    ("peace NEAR talks", "NEAR/5"),
    ("peace near/5 talks", "NEAR/5"),
    ("peace ONEAR/5 talks", "NEAR/5"),
    ("peace NEAR/5f talks", "NEAR/5"),
    ("peace w/5 talks", "NEAR/5"),
    ("peace W/5 talks", "NEAR/5"),
    ("peace pre/3 talks", "NEAR/5"),
    ("peace w/s talks", "NEAR/5"),
    ("peace /5 talks", "NEAR/5"),
    ("peace ADJ5 talks", "NEAR/5"),
    ("peace NEAR5 talks", "NEAR/5"),
    ("(peace talks)~5", "NEAR/5"),
    ('"peace talks" ~5', '"first second"~5'),
    ("peace ANDNOT war", "AND NOT"),
    ("headline:talks", "title:"),
    ("language:en talks", "lang:"),
    ("domain:example.org talks", "site:"),
    ("byline:Doe", "author:"),
    ("from:reuters talks", "author:"),
    ("title:talks NEAR/5 peace", "title:("),
    ("(peace NEAR/5 talks) NEAR/5 Ankara", "OR"),
    # Lucene
    ("+peace talks", "write peace"),
    ('+"peace talks"', "side by side"),
    ("peace^2", "write peace"),
    ("peace~", "write peace"),
    ("peace~2", "write peace"),
    ("peace~0.8", "write peace"),
    ("peace !war", "-war"),
    ("{peace talks}", "( )"),
    ("[2020 TO 2021]", "date:"),
    ("date:[2026-01-01 TO 2026-02-01]", "date:2026-01-01..2026-02-15"),
    ("date:2026-02..2026-01 talks", "date:2026-01-01..2026-02-15"),  # ends before it begins
    ("date:.. talks", "date:2026-01-01..2026-02-15"),
    ("since:yesterday talks", "since:2026-03-01"),
    ("text:talks", "without text:"),
    ("/talk[s]?/", "* and ?"),
    ("t*", "talk*"),
    ("*talk", "write talk*"),
    ("Title:talks", "title:"),
    ("TITLE:talks", "title:"),
    # Dashes of word processors
    ("peace –war", "-war"),
    ("peace —war", "-war"),
    ("peace − war", None),  # alone it holds no word: take it away
    # Nothing to go by
    ("-war", "AND NOT"),
    ("since:2026", "AND NOT"),
    ("date:2026-01..2026-02 -war", "AND NOT"),
    ("~5 talks", "talks NEAR/5 peace"),
    ("NEAR/5 talks", "talks NEAR/5 peace"),
]


@pytest.mark.parametrize(("query", "advice"), OTHER, ids=[query for query, _ in OTHER])
def test_what_means_something_else_is_refused_with_the_right_spelling(query: str, advice: str | None) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query)
    assert caught.value.suggestion is not None
    assert advice is None or advice in caught.value.suggestion
