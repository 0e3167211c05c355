"""`storytrail ingest`: files through the same pipeline as fetched pages, in order of publication."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count, islice
from pathlib import Path

import typer
from sqlalchemy.orm import Session

from cli.rows import Row, article_row
from cli.show import complain, counted, json_lines, progress, say
from cli.start import start_with_database
from scheduler.drain import drain
from storage import articles
from storage.tables import ArticleState
from worker.files import FileReader, Item, find_files
from worker.given import found_item, store_pages
from worker.runtime import Runtime
from worker.steps.extraction import extract_confined

STORE_AT_ONCE = 100


def run_ingest(paths: Sequence[Path], *, as_json: bool) -> None:
    run = start_with_database()
    files = list(find_files(paths))
    refused: list[str] = []
    ids = _store(run, files, refused)
    _read(run, len(ids))
    rows = run.database.read(lambda session: [article_row(session, a) for a in articles.by_ids(session, ids)])
    run.close()
    if as_json:
        json_lines(rows)
    else:
        _print(rows)
    unread = [f"{row['url']}: {row['state']}: {row['error']}" for row in rows if row["state"] != ArticleState.DONE]
    for problem in (*refused, *unread):
        complain(problem)
    if refused:
        complain(f"{len(refused)} could not be taken")
    if not files:
        complain("no .html, .txt or .jsonl files there")
    if refused or unread or not files:
        raise typer.Exit(1)


def _read(run: Runtime, total: int) -> None:
    """Read what was stored. Articles that others left waiting are read too, and are not counted."""
    with progress() as steps:
        read = count(1)

        def show(step: str, _done: int, _due: int) -> None:
            if step == "read" and (number := next(read)) <= total:
                steps.at("reading", number, total)

        drain(run, show, ("read", "tidy", "deliver"))


def _print(rows: Sequence[Row]) -> None:
    matched = sum(bool(row["matches"]) for row in rows)
    copies = sum(row["copy_of"] is not None and not row["is_part"] for row in rows)
    in_stories = len({row["story"] for row in rows if row["story"] is not None})
    say(
        f"{counted(len(rows), 'article')}, {counted(copies, 'copy', 'copies')} among them, "
        f"in {counted(in_stories, 'story', 'stories')}; {matched} matched a topic"
    )


def _store(run: Runtime, files: Sequence[Path], refused: list[str]) -> list[int]:
    """Store what the files give; ids of all their articles, those that were there already included."""
    reader = FileReader(run.now(), partial(extract_confined, run), run.settings.max_body_bytes)
    ids: list[int] = []
    with progress() as steps:
        for number, file in enumerate(files, 1):
            items = _items(reader, file, refused)
            while batch := list(islice(items, STORE_AT_ONCE)):
                ids += _store_batch(run, batch)
            steps.at("taking in", number, len(files))
    return list(dict.fromkeys(ids))


def _items(reader: FileReader, file: Path, refused: list[str]) -> Iterator[Item]:
    """What the file gives. What cannot be taken is kept for the end, what was left out of an item is told now."""
    for piece in reader.pieces(file):
        if piece.problem:
            tell = refused.append if piece.item is None else complain
            tell(piece.told(file))
        if piece.item is not None:
            yield piece.item


def _store_batch(run: Runtime, batch: Sequence[Item]) -> list[int]:
    now = run.now()
    found = [found_item(item, now) for item in batch]

    def work(session: Session) -> list[int]:
        store_pages(session, found, now)
        return [articles.store_given(session, item.listed, now)[0] for item in found]

    return run.database.write(work)
