"""One topic against one article: whether it matches, by what, or why not. All topics at once: `topic_index`.

A topic matches by its query, or because the article's story is followed for it, or because its story holds one of the
topic's examples; the query comes first. Language and sources are filters on all three. Whether a story is followed or
holds an example is the caller's knowledge; nothing is looked up here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from worker.stages.query import Hit, PreparedDocument, Query
from worker.stages.query.values import is_language, is_on_site
from worker.stages.text.fold import fold

_TERMS_IN_REASON = 6


@dataclass(frozen=True, slots=True)
class Topic:
    """A tracked story as far as matching goes. `version`: a digest of what decides a match, kept on every receipt.

    An entry of `only_sources` or `except_sources` is an outlet's name, or a host that stands for its parts too.
    `languages` empty: any. `follow` and `like` say whether followed stories and examples count for the topic at all.
    """

    key: str
    version: str
    query: Query | None
    languages: frozenset[str] = frozenset()
    only_sources: frozenset[str] = frozenset()
    except_sources: frozenset[str] = frozenset()
    follow: bool = False
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that the article belongs to; `reason` in words, such as "Zelenskiy (for Zelensky), Turkey, talks"."""

    topic: str
    version: str
    by: Literal["query", "follow", "like"]
    hits: tuple[Hit, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A topic that the article does not belong to, and the first thing that decided so."""

    topic: str
    reason: str


def judge(topic: Topic, document: PreparedDocument, *, followed_story: str = "", like_story: str = "") -> Match | Miss:
    """One topic's verdict.

    `followed_story` is what to call the article's story on the receipt when the topic follows it, `like_story` when
    it holds one of the topic's examples; "" when not.
    """
    filtered = _filtered(topic, document)
    if filtered:
        return Miss(topic.key, filtered)
    missing = "there is no query"
    if topic.query:
        verdict = topic.query.match(document)
        if verdict.matched:
            return Match(topic.key, topic.version, "query", verdict.hits, _in_words(verdict.hits))
        missing = verdict.missing or ""
    if topic.follow and followed_story:
        return Match(topic.key, topic.version, "follow", (), f"belongs to the followed story “{followed_story}”")
    if topic.like and like_story:
        return Match(topic.key, topic.version, "like", (), f"belongs to the story “{like_story}” of an example")
    return Miss(topic.key, missing)


def _filtered(topic: Topic, document: PreparedDocument) -> str | None:
    """Why the topic's filters keep the article out, or None."""
    language = document.document.language
    if topic.languages and not any(is_language(language, wanted) for wanted in topic.languages):
        spoken = f"language {language}" if language else "an unknown language"
        return f"{spoken} is not among {_listed(topic.languages)}"
    outlet = document.document.source or document.host or "an unknown source"
    left_out = next((entry for entry in sorted(topic.except_sources) if _is_from(document, entry)), None)
    if left_out is not None:
        return f"source {outlet} is left out" + (f" ({left_out})" if left_out != outlet else "")
    if topic.only_sources and not any(_is_from(document, entry) for entry in topic.only_sources):
        return f"source {outlet} is not among {_listed(topic.only_sources)}"
    return None


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
    return hit.found if is_as_written else f"{hit.found} (for {hit.term})"
