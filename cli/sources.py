"""`storytrail sources`: add, remove, list, import and export what is polled."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session

from cli.discover import Discovered, discover
from cli.show import complain, counted, json_lines, lines, moment, out, progress, say, table
from cli.start import start_with_database
from config.sources import link_pattern
from scheduler.sources_file import align
from storage import sources, subscriptions
from storage.sources import NewSource
from storage.tables import Source, SourceKind, SourceState
from worker.errors import PermanentError, WorkerError
from worker.folder import folder_address, folder_at
from worker.runtime import Runtime
from worker.stages.address import address_hash, host
from worker.stages.opml import Listed, OpmlError, read_opml, write_opml

NONE_YET = "no sources yet: storytrail sources add https://example.org/"
ADDED, REVIVED, CHANGED, THERE = "added", "polled again", "changed", "there already"
FILE_ADDRESS = "file://"
MOST_NEAR = 5
MOST_DIGITS = 18  # of a number that a database can hold


def run_add(
    written: Sequence[str], title: str, language: str, kind: str | None, links: Sequence[str], *, as_json: bool
) -> None:
    wanted = SourceKind(kind) if kind else None
    _refuse_misuse(written, title, wanted, links)
    run = start_with_database()
    failed = False
    for one in written:
        try:
            found = _find(run, one, wanted, tuple(links))
        except WorkerError as error:
            complain(f"{one}: {error}")
            failed = True
            continue
        new = NewSource(
            found.url, address_hash(found.url), title or found.title, language or found.language,
            kind=found.kind, links=tuple(links),
        )  # fmt: skip
        _tell_added(new, _put(run, new), as_json=as_json)
    run.close()
    if failed:
        raise typer.Exit(1)


def run_remove(written: Sequence[str], *, as_json: bool) -> None:
    run = start_with_database()
    _align_if_there(run)
    failed = False
    for one in written:
        try:
            source = run.database.write(_removal(run, one))
        except WorkerError as error:
            complain(f"{one}: {error}")
            failed = True
            continue
        if as_json:
            json_lines([{"id": source.id, "url": source.url, "title": source.title, "removed": True}])
        else:
            say(f"removed: {source.title or source.url} ({source.url}); what it brought stays")
    run.close()
    if failed:
        raise typer.Exit(1)


def run_list(state: str | None, *, as_json: bool) -> None:
    run = start_with_database()
    _align_if_there(run)
    wanted = SourceState(state) if state else None
    rows = run.database.read(lambda session: sources.list_sources(session, wanted))
    hubs = run.database.read(lambda session: subscriptions.hubs_at_work(session, run.now()))
    empty = f"no source is {wanted}" if wanted else NONE_YET
    if as_json:
        json_lines(
            {
                "id": source.id,
                "url": source.url,
                "kind": source.kind,
                "title": source.title,
                "state": source.state,
                "since": source.since,
                "reason": source.reason,
                "next_poll": source.next_poll,
                "entries": entries,
                "hub": hubs.get(source.id, ""),
            }
            for source, entries in rows
        )
    elif out.is_terminal:
        table(
            ("id", "state", "entries", "next poll", "source"),
            [(s.id, s.state, n, s.next_poll, _stacked(s, hubs.get(s.id))) for s, n in rows],
            empty=empty,
        )
    else:
        table(
            ("id", "state", "since", "entries", "next poll", "title", "address", "reason", "kind"),
            [(s.id, s.state, s.since, n, s.next_poll, s.title, s.url, s.reason, s.kind) for s, n in rows],
            empty=empty,
        )
    run.close()


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
            added += _put(run, NewSource(one.url, address_hash(one.url), one.title)) in (ADDED, REVIVED)
            steps.at("importing", number, len(listed))
    run.close()
    if as_json:
        json_lines([{"listed": len(listed), "added": added}])
    else:
        there = len(listed) - added
        say(f"{counted(added, 'source')} added" + (f"; {there} there already" if there else ""))


def run_export() -> None:
    """OPML lists feeds, so the others are left out, and so is what is polled no more."""
    run = start_with_database()
    rows = [source for source, _ in run.database.read(sources.list_sources)]
    run.close()
    polled = [source for source in rows if source.state != SourceState.RETIRED]
    feeds = [source for source in polled if source.kind == SourceKind.FEED]
    lines(write_opml([Listed(source.url, source.title) for source in feeds]).decode().splitlines())
    if len(polled) > len(feeds):
        complain(f"left out, as OPML lists feeds: {_addresses(s for s in polled if s.kind != SourceKind.FEED)}")
    if len(rows) > len(polled):
        complain(f"left out, as retired: {_addresses(s for s in rows if s.state == SourceState.RETIRED)}")


def _addresses(listed: Iterator[Source]) -> str:
    return ", ".join(source.url for source in listed)


def _stacked(source: Source, hub: str | None) -> str:
    """What has to be read about a source, in one column: side by side it would not fit a terminal."""
    kind = "" if source.kind == SourceKind.FEED else f"{source.kind}: "
    trouble = f"since {moment(source.since)}: {source.reason}" if source.reason else ""
    pushed = f"pushed by {hub}" if hub else ""
    return "\n".join(line for line in (source.title, kind + source.url, pushed, trouble) if line)


def _align_if_there(run: Runtime) -> None:
    """Without the file, the sources that came from it would be retired by merely looking at them."""
    if run.settings.sources.exists():
        align(run)


# Adding


def _refuse_misuse(written: Sequence[str], title: str, kind: SourceKind | None, links: Sequence[str]) -> None:
    if title and len(written) > 1:
        raise typer.BadParameter("one title cannot be that of several sources", param_hint="'--title'")
    if links and kind != SourceKind.LISTING:
        raise typer.BadParameter("is only for a page that lists articles: add --kind listing", param_hint="'--link'")
    for link in links:
        try:
            link_pattern(link)
        except PydanticCustomError as error:
            raise typer.BadParameter(f"`{link}` {error.message()}", param_hint="'--link'") from error


def _find(run: Runtime, written: str, kind: SourceKind | None, links: tuple[str, ...]) -> Discovered:
    """What is to be added. Raises WorkerError."""
    folder = _as_folder(written, is_wanted=kind == SourceKind.FOLDER)
    if folder is not None and kind in (None, SourceKind.FOLDER):
        return _watched(folder)
    return discover(run, _as_address(written), kind, links)


def _as_folder(written: str, *, is_wanted: bool) -> Path | None:
    """The folder that is meant, if one is."""
    if written.startswith(FILE_ADDRESS):
        return folder_at(written)
    if "://" in written:
        if is_wanted:
            raise PermanentError("is an address; a folder is given by its path")
        return None
    if os.path.isfile(written):
        raise PermanentError("is a file, and a source is a folder or an address: storytrail ingest reads files")
    return Path(written) if written and (is_wanted or os.path.isdir(written)) else None


def _watched(folder: Path) -> Discovered:
    if not os.path.lexists(folder):
        complain(f"{folder}: is not there yet")
    elif not os.path.isdir(folder):
        raise PermanentError("is not a folder")
    return Discovered(folder_address(folder), SourceKind.FOLDER)


def _as_address(written: str) -> str:
    return written if "://" in written else f"https://{written}"


def _put(run: Runtime, new: NewSource) -> str:
    """Add it, or have it polled again if it had been given up, or see it as it is described now."""

    def work(session: Session) -> str:
        now = run.now()
        if sources.add_source(session, new, "command", now) is not None:
            return ADDED
        if sources.revive(session, new, now):
            return REVIVED
        return CHANGED if sources.reshape(session, new, now) else THERE

    return run.database.write(work)


def _tell_added(new: NewSource, became: str, *, as_json: bool) -> None:
    if as_json:
        added = became in (ADDED, REVIVED)
        json_lines([{"url": new.url, "kind": new.kind, "title": new.title, "added": added}])
    else:
        kind = "" if new.kind == SourceKind.FEED else f"{new.kind} "
        say(f"{became}: {kind}{new.title or new.url} ({new.url})")


# Removing


def _removal(run: Runtime, written: str) -> Callable[[Session], Source]:
    """Remove the source with this number or address."""

    def work(session: Session) -> Source:
        source = _known(session, written)
        if source.state == SourceState.RETIRED and source.reason in (sources.REMOVED, sources.NOT_LISTED):
            raise PermanentError(f"is polled no more: {source.reason}")
        if source.origin == "file":
            raise PermanentError(f"stands in {run.settings.sources}: take it out there")
        sources.remove_source(session, source, run.now())
        sources.wake_replaced(session, address_hash, run.now())
        session.refresh(source)
        return source

    return work


def _known(session: Session, written: str) -> Source:
    if written.isdecimal() and len(written) <= MOST_DIGITS:
        source = session.get(Source, int(written))
    else:
        source = sources.find_known(session, address_hash(_written_address(written)))
    if source is None:
        raise PermanentError("no such source" + _near(session, written))
    return source


def _written_address(written: str) -> str:
    if "://" in written:
        return written
    is_folder = os.path.isabs(written) or os.path.isdir(written)
    return folder_address(Path(written)) if is_folder else _as_address(written)


def _near(session: Session, written: str) -> str:
    """Those of the same host: the address of a page is not that of its feed."""
    wanted = host(_written_address(written))
    polled = [source for source, _ in sources.list_sources(session) if source.state != SourceState.RETIRED]
    near = [f"{source.id} {source.url}" for source in polled if wanted and host(source.url) == wanted]
    return f"; of its host there is {', '.join(near[:MOST_NEAR])}" if near else ": see storytrail sources list"
