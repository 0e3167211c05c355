"""A sitemap index: its sitemaps that are worth a look now, read as one feed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from time import monotonic
from typing import Any

from storage.tables import Source
from worker.errors import PermanentError, TransientError
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.feed import Feed
from worker.stages.feed.sitemap_index import Child, SitemapIndex, children_to_ask, remember
from worker.steps.asking import heed, host_turn
from worker.steps.poll.parse import bytes_of, parsed

MOST_CHILDREN = 5  # at one poll
MOST_SECONDS = 60.0  # well within a lease
OK = 200


@dataclass
class _Round:
    """What asking the sitemaps of an index has brought so far."""

    asked: list[Child] = field(default_factory=list)
    feeds: list[Feed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_index(run: Runtime, source: Source, index: SitemapIndex, now: datetime) -> tuple[Feed, dict[str, Any]]:
    """The entries of its sitemaps, and what to remember of them.

    One that fails is noted, and has its turn again with the others. Raises TransientError when all fail.
    """
    seen = source.memory.get("children", {})
    chosen = children_to_ask(index, seen, now, MOST_CHILDREN)
    done = _Round()
    for child in _in_time(chosen):
        try:
            _read(run, source, child, done, now)
        except (PermanentError, TransientError) as error:
            done.problems.append(f"{child.url}: {error}")
    if chosen and not done.feeds:
        raise TransientError(done.problems[0] if done.problems else "its sitemaps could not be asked in time")
    return _joined(index, done), {"children": remember(index, seen, done.asked, now)}


def _in_time(children: tuple[Child, ...]) -> Iterator[Child]:
    end = monotonic() + MOST_SECONDS
    for child in children:
        if monotonic() >= end:
            return
        yield child


def _read(run: Runtime, source: Source, child: Child, done: _Round, now: datetime) -> None:
    host = address.host(child.url)
    with host_turn(run, host) as pause:
        if pause > 0:
            raise TransientError("its host wants to be left alone", pause)
        response = run.door.get(child.url)
    heed(run, host, response)
    if response.status != OK:
        raise PermanentError(f"the server answered {response.status}")
    found = parsed(run, source, bytes_of(response), now)
    if not isinstance(found, Feed):
        raise PermanentError("it is not a sitemap of pages")
    done.asked.append(child)
    done.feeds.append(found)


def _joined(index: SitemapIndex, done: _Round) -> Feed:
    """One feed of all, each address once."""
    first = done.feeds[0] if done.feeds else Feed("", "", index.url, "sitemap", ())
    entries = {entry.uid: entry for entry in chain.from_iterable(feed.entries for feed in done.feeds)}
    notes = [index.truncated, *(feed.truncated for feed in done.feeds), *done.problems]
    told = "; ".join(dict.fromkeys(note for note in notes if note))
    return replace(first, link=index.url, entries=tuple(entries.values()), truncated=told or None)
