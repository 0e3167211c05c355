"""One topic against one article: whether it matches, by what, or why not. All topics at once: `topic_index`.

A topic matches by its query, or because the article's story is followed for it, or because its story holds one of the
topic's examples; the query comes first. Language and sources are filters on all three. Whether a story is followed or
holds an example is the caller's knowledge; nothing is looked up here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeAlias

from worker.stages.follow import FOLLOWED_FOR
from worker.stages.query import Hit, PreparedDocument, Query
from worker.stages.query.values import is_language, is_on_site
from worker.stages.text.fold import fold

By: TypeAlias = Literal["query", "follow", "like"]

_TERMS_IN_REASON = 6
_LONGEST_TERM = 80  # characters, in a reason
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Topic:
    """A tracked story as far as matching goes. `version`: a digest of what decides a match, kept on every receipt.

    An entry of `only_sources` or `except_sources` is an outlet's name, or a host that stands for its parts too.
    `languages` empty: any. `follow` and `like` say whether followed stories and examples count for the topic at all,
    `followed_for` how long a story may be quiet and be followed still.
    `needs`: what `topic_index.needs_as_text` said of it, where that was kept.
    """

    key: str
    version: str
    query: Query | None
    languages: frozenset[str] = frozenset()
    only_sources: frozenset[str] = frozenset()
    except_sources: frozenset[str] = frozenset()
    follow: bool = False
    like: tuple[str, ...] = ()
    followed_for: timedelta = FOLLOWED_FOR
    needs: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that the article belongs to; `reason` in words, such as "Zelenskiy (for Zelensky), Turkey, talks"."""

    topic: str
    version: str
    by: By
    hits: tuple[Hit, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What a topic lets in besides its query, and whether it lets the article in; `why` says it with the article's."""

    what: Literal["language", "source"]
    lets_in: bool
    why: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A topic that the article does not belong to, and the first thing that decided so."""

    topic: str
    reason: str


def judge(
    topic: Topic,
    document: PreparedDocument,
    *,
    followed_story: str = "",
    like_story: str = "",
    holds: bool | None = None,
) -> Match | Miss:
    """One topic's verdict.

    `followed_story` is what to call the article's story on the receipt when the topic follows it, `like_story` when
    it holds one of the topic's examples; "" when not. `holds`: whether its query does, where that is known already.
    """
    filtered = _filtered(topic, document)
    if filtered:
        return Miss(topic.key, filtered)
    missing = "there is no query"
    if topic.query:
        verdict = topic.query.match(document, holds=holds)
        if verdict.matched:
            return Match(topic.key, topic.version, "query", verdict.hits, _in_words(verdict.hits))
        missing = verdict.missing or ""
    if topic.follow and followed_story:
        story = _cut(followed_story, _LONGEST_TITLE)
        return Match(topic.key, topic.version, "follow", (), f"belongs to the followed story “{story}”")
    if topic.like and like_story:
        story = _cut(like_story, _LONGEST_TITLE)
        return Match(topic.key, topic.version, "like", (), f"belongs to the story “{story}” of an example")
    return Miss(topic.key, missing)


def filters(topic: Topic, document: PreparedDocument) -> Iterator[Filter]:
    """The topic's filters in the order in which they decide; none where it has none."""
    if topic.languages:
        yield _by_language(topic, document.document.language)
    outlet = document.document.source or document.host or "an unknown source"
    if topic.except_sources:
        yield _by_sources_left_out(topic, document, outlet)
    if topic.only_sources:
        lets_in = any(_is_from(document, entry) for entry in topic.only_sources)
        yield Filter("source", lets_in, f"source {outlet} is {_among(lets_in)} {_listed(topic.only_sources)}")


def _filtered(topic: Topic, document: PreparedDocument) -> str | None:
    """Why the topic's filters keep the article out, or None."""
    return next((each.why for each in filters(topic, document) if not each.lets_in), None)


def _by_language(topic: Topic, language: str) -> Filter:
    lets_in = any(is_language(language, wanted) for wanted in topic.languages)
    spoken = f"language {language}" if language else "an unknown language"
    return Filter("language", lets_in, f"{spoken} is {_among(lets_in)} {_listed(topic.languages)}")


def _by_sources_left_out(topic: Topic, document: PreparedDocument, outlet: str) -> Filter:
    entry = next((entry for entry in sorted(topic.except_sources) if _is_from(document, entry)), None)
    if entry is None:
        return Filter("source", True, f"source {outlet} is none of those left out: {_listed(topic.except_sources)}")
    return Filter("source", False, f"source {outlet} is left out" + (f" ({entry})" if entry != outlet else ""))


def _among(lets_in: bool) -> str:
    return "among" if lets_in else "not among"


def _is_from(document: PreparedDocument, entry: str) -> bool:
    name = " ".join(fold(entry).split())
    return is_on_site(document.host, entry) or (bool(name) and name == " ".join(fold(document.document.source).split()))


def _listed(entries: Iterable[str]) -> str:
    return ", ".join(sorted(entries))


def _in_words(hits: Iterable[Hit]) -> str:
    """Each term once, by its first hit, with the article's word in front."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.term, hit)
    told = [_told(hit) for hit in list(first.values())[:_TERMS_IN_REASON]]
    rest = len(first) - len(told)
    return ", ".join(told) + (f" and {rest} more" if rest else "")


def _told(hit: Hit) -> str:
    is_as_written = hit.found.casefold() == hit.term.strip('="').casefold()
    return _cut(hit.found) if is_as_written else f"{_cut(hit.found)} (for {_cut(hit.term)})"


def _cut(text: str, longest: int = _LONGEST_TERM) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
