"""`storytrail sources`: add, list, import and export what is polled."""

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from cli.show import Steps, err, json_lines, out, progress, table
from cli.start import start_with_database
from storage import sources
from storage.sources import NewSource
from worker.errors import PermanentError, WorkerError
from worker.runtime import Runtime
from worker.stages.address import address_hash
from worker.stages.feed import Feed, discover_feeds, parse_feed
from worker.stages.opml import Listed, read_opml, write_opml


def run_add(urls: Sequence[str], title: str, language: str, *, as_json: bool) -> None:
    run = start_with_database()
    failed = False
    for url in urls:
        try:
            feed_url, feed = _find_feed(run, url)
        except WorkerError as error:
            err.print(f"{url}: {error}", markup=False)
            failed = True
            continue
        new = NewSource(feed_url, address_hash(feed_url), title or feed.title, language or feed.language)
        _add(run, new, as_json=as_json)
    run.close()
    if failed:
        raise typer.Exit(1)


def run_list(*, as_json: bool) -> None:
    run = start_with_database()
    rows = run.database.read(sources.list_sources)
    if as_json:
        json_lines(
            {
                "id": source.id,
                "url": source.url,
                "title": source.title,
                "state": source.state,
                "since": source.since,
                "reason": source.reason,
                "next_poll": source.next_poll,
                "entries": entries,
            }
            for source, entries in rows
        )
    else:
        table(
            ("id", "state", "since", "entries", "next poll", "title", "address", "reason"),
            [(s.id, s.state, s.since, n, s.next_poll, s.title, s.url, s.reason) for s, n in rows],
            empty="no sources yet: storytrail sources add https://example.org/",
        )
    run.close()


def run_import(file: Path, *, as_json: bool) -> None:
    run = start_with_database()
    listed = read_opml(file.read_bytes())
    with progress("importing", len(listed)) as steps:
        added = sum(_import(run, one, steps) for one in listed)
    if as_json:
        json_lines([{"listed": len(listed), "added": added}])
    else:
        out.print(f"{added} of {len(listed)} sources added; the others were there already")
    run.close()
    if not listed:
        err.print(f"{file}: lists no feeds; is it OPML?")
        raise typer.Exit(1)


def run_export() -> None:
    run = start_with_database()
    rows = run.database.read(sources.list_sources)
    sys.stdout.write(write_opml([Listed(source.url, source.title) for source, _ in rows]).decode())
    run.close()


def _import(run: Runtime, one: Listed, steps: Steps) -> bool:
    new = NewSource(one.url, address_hash(one.url), one.title)
    added = run.database.write(lambda session: sources.add_source(session, new, "command", run.now()))
    steps.advance()
    return added is not None


def _add(run: Runtime, new: NewSource, *, as_json: bool) -> None:
    added = run.database.write(lambda session: sources.add_source(session, new, "command", run.now()))
    if as_json:
        json_lines([{"url": new.url, "title": new.title, "added": added is not None}])
    else:
        out.print(f"{'added' if added else 'there already'}: {new.title or new.url} ({new.url})", markup=False)


def _find_feed(run: Runtime, url: str) -> tuple[str, Feed]:
    """The feed at this address, or the first one that the page there names."""
    body, final_url, content_type = _get(run, url if "://" in url else f"https://{url}")
    parsed = parse_feed(body, url=final_url, content_type=content_type)
    if isinstance(parsed, Feed):
        return final_url, parsed
    for candidate in discover_feeds(body, final_url):
        body, feed_url, content_type = _get(run, candidate)
        found = parse_feed(body, url=feed_url, content_type=content_type)
        if isinstance(found, Feed):
            return feed_url, found
    raise PermanentError(f"neither a feed nor a page that names one ({parsed.reason})")


def _get(run: Runtime, url: str) -> tuple[bytes, str, str]:
    response = run.door.get(url)
    if response.status != 200:
        raise PermanentError(f"the server answered {response.status}")
    return response.body, response.url, response.headers.get("content-type", "")
