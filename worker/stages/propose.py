"""From one to five example articles to a topic: names, words, and a query as text that a person can edit.

    (who OR who) AND (where OR where) AND (what OR what)

A proposal matches each of its examples; whether it matches too much beside them, the archive tells its user.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log1p

from worker.stages.aliases import NO_ALIASES, Aliases
from worker.stages.keywords import Terms, keywords, term_key
from worker.stages.names import Name
from worker.stages.names.known import ORGANISATION, PERSON, PLACE
from worker.stages.query import PreparedDocument, Query, QuerySyntaxError, compile_query
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import primary
from worker.stages.text.words import split

IdfOf = Callable[[str], float]

MAX_EXAMPLES = 5
MAX_NAMES = 4  # in a group of the query
MAX_WORDS = 5
MAX_TITLE = 60  # characters of a topic's name
_KEYWORDS = 16  # of an example, from which the words are chosen
_SHORTEST_LAST_NAME = 4  # letters; Lee alone is anybody
_IN_TITLE = 3.0  # mentions that one in the title is worth
_WHO = frozenset([PERSON, ORGANISATION, ""])


class NothingToGoByError(ValueError):
    """The examples hold too little for a query: no names and no words that tell them from other articles."""


@dataclass(frozen=True, slots=True)
class ExampleText:
    """An example as a proposal needs it."""

    title: str
    language: str
    names: tuple[Name, ...]
    terms: Terms
    document: PreparedDocument


@dataclass(frozen=True, slots=True)
class Member:
    """A name or word of the query; `examples`: in how many of them it was met."""

    text: str
    examples: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic to start from. `languages` are those of the examples; the query asks for none."""

    name: str
    query: str
    who: tuple[Member, ...]
    where: tuple[Member, ...]
    what: tuple[Member, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may become a member of a group: as the query would write it, how much it tells, and who has it."""

    text: str
    weight: float
    examples: frozenset[int]


def propose(examples: Sequence[ExampleText], idf_of: IdfOf, aliases: Aliases = NO_ALIASES) -> Proposal:
    """A topic that matches all of the examples. Raises NothingToGoByError where no query can be made of them."""
    names = _names(examples, idf_of)
    who = _chosen((candidate for kind, candidate in names if kind in _WHO), MAX_NAMES, len(examples))
    where = _chosen((candidate for kind, candidate in names if kind == PLACE), MAX_NAMES, len(examples))
    what = _chosen(_words(examples, idf_of, names), MAX_WORDS, len(examples))
    groups = [_covering(group, examples, aliases) for group in (who, where, what)]
    query = _query(groups)
    if not query or not _matches_all(query, examples, aliases):
        raise NothingToGoByError("the examples have no names or words by which to find them again")
    return Proposal(
        name=_name(groups),
        query=query,
        who=_members(groups[0]),
        where=_members(groups[1]),
        what=_members(groups[2]),
        languages=tuple(dict.fromkeys(example.language for example in examples if example.language)),
    )


# --- Candidates ---


def _names(examples: Sequence[ExampleText], idf_of: IdfOf) -> list[tuple[str, _Candidate]]:
    """The examples' names with their kinds, the most telling first."""
    met: dict[str, list[tuple[int, Name]]] = defaultdict(list)
    for place, example in enumerate(examples):
        for name in example.names:
            met[name.key].append((place, name))
    found = [(_kind(name for _, name in mentions), _of_name(key, mentions, idf_of)) for key, mentions in met.items()]
    return sorted(found, key=lambda pair: (-pair[1].weight, pair[1].text))


def _kind(names: Iterable[Name]) -> str:
    return next((name.kind for name in names if name.kind), "")


def _of_name(key: str, mentions: Sequence[tuple[int, Name]], idf_of: IdfOf) -> _Candidate:
    """A name is worth what its mentions say of it in each example, times how rare it is in the archive."""
    weight = sum(log1p(name.count + _IN_TITLE * name.in_title) for _, name in mentions) * idf_of(f"n:{key}")
    fullest = max((name for _, name in mentions), key=lambda name: (name.count, name.shown))
    return _Candidate(_as_written(fullest), weight, frozenset(place for place, _ in mentions))


def _as_written(name: Name) -> str:
    """A person by the last name, as later reports have it; what has several words, as a phrase."""
    words = name.shown.split()
    last = words[-1]
    if name.kind == PERSON and len(words) > 1 and len(last) >= _SHORTEST_LAST_NAME and last[:1].isupper():
        return _term(last)
    return _term(name.shown)


def _term(text: str) -> str:
    """So that the query language takes it for these words, and for nothing else."""
    words = split(text)
    return text if len(words) == 1 and words[0].text == text else '"' + text.replace('"', " ").strip() + '"'


def _words(
    examples: Sequence[ExampleText], idf_of: IdfOf, names: Iterable[tuple[str, _Candidate]]
) -> Iterator[_Candidate]:
    """The examples' keywords that are no part of a name."""
    of_names = {word.folded for _, candidate in names for word in split(candidate.text)}
    of_names |= {word.folded for example in examples for name in example.names for word in split(name.shown)}
    met: dict[str, dict[int, str]] = defaultdict(dict)
    for place, example in enumerate(examples):
        for shown in keywords(example.terms, idf_of, _KEYWORDS):
            if not of_names.intersection(word.folded for word in split(shown)):
                met[_key(shown, example.language)].setdefault(place, shown)
    for key, forms in met.items():
        weight = sum(log1p(examples[place].terms.get(key, 1.0)) for place in forms) * idf_of(key)
        yield _Candidate(_word(list(forms.values())), weight, frozenset(forms))


def _key(shown: str, language: str) -> str:
    return term_key(shown, primary(language)) or shown


def _word(forms: Sequence[str]) -> str:
    """A word in small letters, unless it is always written otherwise: EU, bitcoin, "peace talks"."""
    form = min(forms, key=len)
    return _term(form if form.isupper() else form.lower())


def _chosen(candidates: Iterable[_Candidate], most: int, examples: int) -> list[_Candidate]:
    """The most telling, each once as it is folded; and one more for each example that would be without any."""
    ranked = sorted(candidates, key=lambda one: (-len(one.examples) * one.weight, one.text))
    distinct = list({fold(one.text): one for one in reversed(ranked)}.values())[::-1]
    chosen = distinct[:most]
    for place in range(examples):
        if not any(place in one.examples for one in chosen):
            chosen += [one for one in distinct if place in one.examples][:1]
    return chosen


# --- The query ---


def _query(groups: Iterable[Sequence[_Candidate]]) -> str:
    """All groups must be met. One alone would be met too often: it is asked for two of its members."""
    filled = [group for group in groups if group]
    if len(filled) == 1 and len(filled[0]) > 1:
        (group,) = filled
        filled = [group[:1], group[1:]]
    return " AND ".join(map(_group, filled))


def _covering(group: Sequence[_Candidate], examples: Sequence[ExampleText], aliases: Aliases) -> Sequence[_Candidate]:
    """The group, if each example has one of it; none, where one example is without."""
    return group if group and _matches_all(_group(group), examples, aliases) else ()


def _group(group: Sequence[_Candidate]) -> str:
    texts = [one.text for one in group]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


def _matches_all(query: str, examples: Iterable[ExampleText], aliases: Aliases) -> bool:
    try:
        compiled: Query = compile_query(query, aliases)
    except QuerySyntaxError:  # a word of an article that the language takes for something else
        return False
    return all(compiled.match(example.document).matched for example in examples)


def _members(group: Iterable[_Candidate]) -> tuple[Member, ...]:
    return tuple(Member(one.text, len(one.examples)) for one in group)


def _name(groups: Iterable[Sequence[_Candidate]]) -> str:
    """What leads each group: Zelensky, Ankara, talks."""
    return ", ".join(group[0].text.strip('"') for group in groups if group)[:MAX_TITLE].rstrip(", ")
