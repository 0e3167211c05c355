"""`storytrail sources`: add, list, import and export what is polled."""

from collections.abc import Sequence
from pathlib import Path

import typer
from sqlalchemy.orm import Session

from cli.show import complain, counted, json_lines, lines, moment, out, progress, say, table
from cli.start import start_with_database
from scheduler.sources_file import align
from storage import sources
from storage.sources import NewSource
from storage.tables import Source
from worker.errors import PermanentError, WorkerError
from worker.runtime import Runtime
from worker.stages.address import address_hash
from worker.stages.feed import Feed, discover_feeds, parse_feed
from worker.stages.opml import Listed, OpmlError, read_opml, write_opml

NONE_YET = "no sources yet: storytrail sources add https://example.org/"


def run_add(urls: Sequence[str], title: str, language: str, *, as_json: bool) -> None:
    if title and len(urls) > 1:
        raise typer.BadParameter("one title cannot be that of several sources", param_hint="'--title'")
    run = start_with_database()
    failed = False
    for url in urls:
        try:
            feed_url, feed = _find_feed(run, url)
        except WorkerError as error:
            complain(f"{url}: {error}")
            failed = True
            continue
        new = NewSource(feed_url, address_hash(feed_url), title or feed.title, language or feed.language)
        _add(run, new, as_json=as_json)
    run.close()
    if failed:
        raise typer.Exit(1)


def run_list(*, as_json: bool) -> None:
    run = start_with_database()
    if run.settings.sources.exists():  # without it, sources of a file would be retired by merely looking at them
        align(run)
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
    elif out.is_terminal:
        table(
            ("id", "state", "entries", "next poll", "source"),
            [(s.id, s.state, n, s.next_poll, _stacked(s)) for s, n in rows],
            empty=NONE_YET,
        )
    else:
        table(
            ("id", "state", "since", "entries", "next poll", "title", "address", "reason"),
            [(s.id, s.state, s.since, n, s.next_poll, s.title, s.url, s.reason) for s, n in rows],
            empty=NONE_YET,
        )
    run.close()


def _stacked(source: Source) -> str:
    """What has to be read about a source, in one column: side by side it would not fit a terminal."""
    trouble = f"since {moment(source.since)}: {source.reason}" if source.reason else ""
    return "\n".join(line for line in (source.title, source.url, trouble) if line)


def run_import(file: Path, *, as_json: bool) -> None:
    try:
        listed = read_opml(file.read_bytes())
    except OpmlError as error:
        raise PermanentError(f"{file}: {error}") from error
    if not listed:
        raise PermanentError(f"{file}: lists no feeds")
    run = start_with_database()
    with progress() as steps:
        added = 0
        for number, one in enumerate(listed, 1):
            added += _import(run, one)
            steps.at("importing", number, len(listed))
    run.close()
    if as_json:
        json_lines([{"listed": len(listed), "added": added}])
    else:
        there = len(listed) - added
        say(f"{counted(added, 'source')} added" + (f"; {there} there already" if there else ""))


def run_export() -> None:
    run = start_with_database()
    rows = run.database.read(sources.list_sources)
    run.close()
    lines(write_opml([Listed(source.url, source.title) for source, _ in rows]).decode().splitlines())


def _import(run: Runtime, one: Listed) -> bool:
    new = NewSource(one.url, address_hash(one.url), one.title)
    added = run.database.write(lambda session: sources.add_source(session, new, "command", run.now()))
    return added is not None


def _add(run: Runtime, new: NewSource, *, as_json: bool) -> None:
    """Add it, or have it polled again if it had been given up."""

    def work(session: Session) -> str:
        if sources.add_source(session, new, "command", run.now()) is not None:
            return "added"
        return "polled again" if sources.revive(session, new.url_hash, run.now()) else "there already"

    became = run.database.write(work)
    if as_json:
        json_lines([{"url": new.url, "title": new.title, "added": became != "there already"}])
    else:
        say(f"{became}: {new.title or new.url} ({new.url})")


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
