"""Searching the archive: what an index is asked for, so that few articles are left for the query to decide on.

    query text ─read_search─▶ Search: compiled query, dates, and `needs` ─▶ candidates ─query.match─▶ hits

A search is a query as topics write it (see `worker.stages.query`), with `since:` and `until:` beside it. `needs` are
the terms that an article cannot do without: one of each group; a term that ends with * stands for all that begin so.
An index that knows which terms an article has finds candidates; it may find too many and never too few. So the index
decides nothing, and a search gives the same answers whatever database holds it. Which endings count is known by the
language of an article; a query does not know it, and asks for the keys that its words have in any.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import chain, pairwise, product
from math import log, prod
from typing import TypeAlias

from worker.stages.aliases import NO_ALIASES, Aliases
from worker.stages.query import Document, Hit, Query, QuerySyntaxError, parse, prepare
from worker.stages.query.clauses import AllOf, AnyOf, Clause, NearWords, Published, Value, Words
from worker.stages.query.compile import compile_tree
from worker.stages.query.dates import Span, whole_of
from worker.stages.query.endings import keys_in_any
from worker.stages.query.fields import WORD_FIELDS
from worker.stages.query.patterns import Acronym, Exact, Pattern, Plain, Shape
from worker.stages.query.sources import Chain, Choice, Row, Run, Source, Window
from worker.stages.query.values import host_of
from worker.stages.text.search import is_unspaced, key_term, plain_term, term_in_capitals, terms_of
from worker.stages.text.words import LONG_CHARACTERS

MAX_CHARACTERS = 100_000  # of a text; what follows is not searched
MAX_TITLE_CHARACTERS = 2_000
MAX_GROUPS = 40  # of terms; what more a query needs is left to the query
MAX_TERMS = 400  # in a group: of some two hundred words, most of which have one or two
_MAX_PRODUCT = 16  # groups that an OR of several needs may be multiplied out to
_SHORTEST_BEGINNING = 2  # of word*: shorter ones begin too many terms
_PREFIX = "*"
_LONGEST_REMEMBERED = 200  # characters of an outlet, an author, a name
_MOST_PARTS = 128  # of a host; there are no longer ones (RFC 1035)

Needs: TypeAlias = tuple[frozenset[str], ...]
NOTHING: Needs = ()
_OTHER_FIELDS = tuple(field for field in WORD_FIELDS if field != "title")


@dataclass(frozen=True, slots=True)
class Search:
    """A search ready to be made. `since` is the first moment that is searched, `until` the first that is not."""

    query: Query
    needs: Needs
    since: datetime | None = None
    until: datetime | None = None


# --- What is looked for ---

_QUOTED_OR_DATE = re.compile(r'["“”„‟＂][^"“”„‟＂]*["“”„‟＂]|(?<![^\s(])(?P<field>since|until):(?P<value>[^\s()]*)')


def read_search(text: str, aliases: Aliases = NO_ALIASES) -> Search:
    """A search as written, such as `Ankara since:2026-03-01`. Raises QuerySyntaxError, and nothing else.

    `since:` and `until:` take a day, a month or a year, in UTC, and mean all of it; each may stand once.
    """
    dates = [found for found in _QUOTED_OR_DATE.finditer(text) if found["field"]]
    since, until = (_moment(dates, field, text) for field in ("since", "until"))
    try:
        tree = parse(_blanked(text, dates))
    except QuerySyntaxError as error:  # about the text without its dates; places are the same in the text itself
        raise QuerySyntaxError(error.message, text, error.offset, error.suggestion) from error
    clause = compile_tree(tree, aliases)
    when = _in_all([Span(since, until), *_stretches(clause)])
    return Search(Query(tree, aliases), needs_of(clause), when.first, when.following)


def _blanked(text: str, dates: Iterable[re.Match[str]]) -> str:
    for found in dates:
        text = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
    return text


def _moment(dates: Sequence[re.Match[str]], field: str, text: str) -> datetime | None:
    """Where the given time begins; of `until`, where the time after it does."""
    given = [found for found in dates if found["field"] == field]
    if not given:
        return None
    if len(given) > 1:
        raise QuerySyntaxError(f"{field}: stands here for the second time", text, given[1].start(), "take one away")
    whole = whole_of(given[0]["value"])
    if whole is None:
        advice = f"such as {field}:2026-03-01, {field}:2026-03 or {field}:2026"
        raise QuerySyntaxError(f"{field}: takes a date", text, given[0].start(), advice)
    return whole.following if field == "until" else whole.first


def _stretches(clause: Clause) -> Iterator[Span]:
    """Times outside of which the clause never holds, where it names any."""
    if isinstance(clause, Published):
        yield clause.wanted
    elif isinstance(clause, AllOf):
        yield from chain.from_iterable(map(_stretches, clause.clauses))


def _in_all(stretches: Sequence[Span]) -> Span:
    """What they have in common; it ends before it begins where that is nothing."""
    first = max(filter(None, (one.first for one in stretches)), default=None)
    return Span(first, min(filter(None, (one.following for one in stretches)), default=None))


# --- What an article cannot do without ---


def needs_of(clause: Clause) -> Needs:
    """Groups of terms of which an article must have one each for the clause to hold; none: it may hold for any."""
    if isinstance(clause, AllOf):
        return _all(map(needs_of, clause.clauses))
    if isinstance(clause, AnyOf):
        return _any(map(needs_of, clause.clauses))
    if isinstance(clause, NearWords):
        return _all(map(needs_of, clause.operands))
    if isinstance(clause, Words):
        return _in_field(clause.field, _of_source(clause.source))
    if isinstance(clause, Value):
        return _of_value(clause)
    return NOTHING  # what must be absent, and when


def _of_source(source: Source) -> Needs:
    if isinstance(source, Run):
        return _of_run(source)
    if isinstance(source, Choice):
        return _any(map(_of_source, source.sources))
    if isinstance(source, Row):
        return _all(map(_of_source, source.parts))
    if isinstance(source, Window):
        return _all(_of_source(part) for part, _ in source.parts)
    if isinstance(source, Chain):
        return _all(map(_of_source, source.operands))
    return NOTHING


def _of_run(run: Run) -> Needs:
    """Of neighbouring words. An unspaced character by itself may have any other behind it."""
    forms = [_unspaced_form(pattern) for pattern in run.patterns]
    pairs = (plain_term(one + other) for one, other in pairwise(forms) if one and other)
    alone = (plain_term(form) for form in _without_neighbours(forms))
    unspaced = [*filter(None, pairs), *(term + _PREFIX for term in alone if term)]
    return _kept([*map(_of_pattern, run.patterns), *(frozenset([term]) for term in unspaced)])


def _of_pattern(pattern: Pattern) -> frozenset[str]:
    """Of a word in a script with spaces; empty when nothing is known that it needs."""
    if isinstance(pattern, Acronym):
        return frozenset([term_in_capitals(pattern.folded)])
    if isinstance(pattern, Shape):
        beginning = plain_term(pattern.letters.partition("?")[0])
        return frozenset([beginning + _PREFIX] if len(beginning) >= _SHORTEST_BEGINNING else [])
    if isinstance(pattern, Exact) and not is_unspaced(pattern.folded):
        return _known([plain_term(pattern.folded)])
    if isinstance(pattern, Plain) and not is_unspaced(pattern.folded):
        return _known(map(key_term, keys_in_any(pattern.written)))
    return frozenset()


def _known(terms: Iterable[str]) -> frozenset[str]:
    """None of them, if by one of them an article may be found that has no term for it."""
    found = frozenset(terms)
    return frozenset() if "" in found else found


def _unspaced_form(pattern: Pattern) -> str:
    """The character of a script without spaces that a pattern stands for; "" where it is a word."""
    return pattern.folded if isinstance(pattern, Plain | Exact) and is_unspaced(pattern.folded) else ""


def _without_neighbours(forms: Sequence[str]) -> Iterator[str]:
    for before, form, after in zip(["", *forms], forms, [*forms[1:], ""], strict=False):
        if form and not before and not after:
            yield form


def _of_value(value: Value) -> Needs:
    if value.field == "lang":
        return (frozenset([_language_term(value.wanted)]),)
    if value.field == "site":
        return (frozenset([_site_term(host_of(value.wanted))]),)
    return NOTHING  # a part of an address may begin anywhere


def _in_field(field: str, needs: Needs) -> Needs:
    return tuple(frozenset(_named(field, term) for term in group) for group in needs) if field else needs


def _all(parts: Iterable[Needs]) -> Needs:
    return _kept(group for part in parts for group in part)


def _any(parts: Iterable[Needs]) -> Needs:
    """What all alternatives need together: (a and b) or c needs (a or c) and (b or c)."""
    alternatives = list(parts)
    if not alternatives or NOTHING in alternatives:
        return NOTHING
    if prod(map(len, alternatives)) > _MAX_PRODUCT:
        alternatives = [(min(part, key=_commonness),) for part in alternatives]
    return _kept(frozenset().union(*groups) for groups in product(*alternatives))


def _kept(groups: Iterable[frozenset[str]]) -> Needs:
    """Each group once, without those that would cost more than they spare."""
    return tuple(dict.fromkeys(group for group in groups if 0 < len(group) <= MAX_TERMS))[:MAX_GROUPS]


def _commonness(group: frozenset[str]) -> tuple[int, int]:
    """A guess: fewer alternatives are rarer, and so are longer words."""
    return len(group), -min(map(len, group))


# --- What an article has ---


def searched_part(document: Document) -> Document:
    """The document as far as it is searched: of a very long text, its beginning."""
    if len(document.text) <= MAX_CHARACTERS and len(document.title) <= MAX_TITLE_CHARACTERS:
        return document
    return replace(document, title=document.title[:MAX_TITLE_CHARACTERS], text=document.text[:MAX_CHARACTERS])


def text_terms(text: str, language: str = "") -> Sequence[str]:
    """The terms of a text. A reader asks for them while its words are at hand; whoever makes it searchable a moment
    later asks again, and they are remembered: splitting a text takes five times as long as this.
    """
    return (_terms_of_short if len(text) <= LONG_CHARACTERS else _terms_of_long)(text, language)


def _terms_of_text(text: str, language: str) -> Sequence[str]:
    return tuple(terms_of(text, language))


# Of long texts, which may have many terms, fewer.
_terms_of_short, _terms_of_long = lru_cache(maxsize=512)(_terms_of_text), lru_cache(maxsize=16)(_terms_of_text)


def index_terms(document: Document) -> set[str]:
    """Every term under which the article is found: of its text, of each field, of its language and its site."""
    language = document.language
    of_title = terms_of(document.title, language)
    terms = of_title.union(text_terms(document.text, language), (_named("title", term) for term in of_title))
    others = prepare(replace(document, title="", text=""))
    for field in _OTHER_FIELDS:
        for zone in others.zones(field):
            of_field = _terms_in_field if len(zone.text) <= _LONGEST_REMEMBERED else _terms_in_field.__wrapped__
            terms.update(of_field(field, zone.text, language))
    terms.update(map(_language_term, _beginnings(language.replace("_", "-"), "-")))
    terms.update(map(_site_term, _endings(others.host, ".")))
    return terms


@lru_cache(maxsize=16_384)  # the same outlets, authors and names come again and again
def _terms_in_field(field: str, text: str, language: str) -> frozenset[str]:
    return frozenset(_named(field, term) for term in terms_of(text, language))


def _named(field: str, term: str) -> str:
    return f"{field}:{term}"


def _language_term(code: str) -> str:
    return f"lang:{plain_term(code.lower().replace('_', '-'))}"


def _site_term(host: str) -> str:
    return f"site:{plain_term(host)}"


def _beginnings(code: str, sign: str) -> Iterator[str]:
    """ "pt-BR" gives pt and pt-BR."""
    parts = code.split(sign)[:_MOST_PARTS]
    return (sign.join(parts[:length]) for length in range(1, len(parts) + 1))


def _endings(host: str, sign: str) -> Iterator[str]:
    """ "news.example.org" gives itself, example.org and org."""
    parts = host.split(sign)[-_MOST_PARTS:]
    return (sign.join(parts[first:]) for first in range(len(parts)))


# --- What is shown first ---


def relevance(hits: Iterable[Hit], text: str) -> float:
    """How much the article is about what was looked for: hits in its title count five, and long texts have more hits.

    Of each term a verdict tells eight hits at most, so that no word outweighs the others by being repeated.
    """
    return sum(5.0 if hit.field == "title" else 1.0 for hit in hits) / log(200 + len(text))
