"""`storytrail ingest`: files through the same pipeline as fetched pages, in order of publication."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count, islice
from pathlib import Path, PurePosixPath

import typer
from sqlalchemy.orm import Session

from cli.files import Item, find_files, read_items
from cli.rows import Row, article_row
from cli.show import complain, counted, json_lines, progress, say
from cli.start import start_with_database
from scheduler.drain import drain
from storage import articles
from storage.articles import Listed
from storage.bodies import pack, store_body
from storage.tables import ArticleState
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.feed import clamp

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

        drain(run, show, ("read", "deliver"))


def _print(rows: Sequence[Row]) -> None:
    matched = sum(bool(row["matches"]) for row in rows)
    copies = sum(row["copy_of"] is not None for row in rows)
    in_stories = len({row["story"] for row in rows if row["story"] is not None})
    say(
        f"{counted(len(rows), 'article')}, {counted(copies, 'copy', 'copies')} among them, "
        f"in {counted(in_stories, 'story', 'stories')}; {matched} matched a topic"
    )


def _store(run: Runtime, files: Sequence[Path], refused: list[str]) -> list[int]:
    """Store what the files give; ids of all their articles, those that were there already included."""
    ids: list[int] = []
    with progress() as steps:
        for number, file in enumerate(files, 1):
            items = read_items(file, refused.append, complain, run.now())
            while batch := list(islice(items, STORE_AT_ONCE)):
                ids += _store_batch(run, batch)
            steps.at("taking in", number, len(files))
    return list(dict.fromkeys(ids))


def _store_batch(run: Runtime, batch: Sequence[Item]) -> list[int]:
    now = run.now()
    pages = [pack(item.page) if item.page else None for item in batch]

    def work(session: Session) -> list[int]:
        digests = [store_body(session, page, now) if page else None for page in pages]
        listed = [_listed(item, now, digest) for item, digest in zip(batch, digests, strict=True)]
        return [articles.store_given(session, one, now)[0] for one in listed]

    return run.database.write(work)


def _listed(item: Item, now: datetime, body_digest: str | None) -> Listed:
    given = item.given
    url = address.canonical(given.url)
    return Listed(
        uid=url,
        url=url,
        url_hash=address.address_hash(url),
        host=address.host(url) or PurePosixPath(url).stem,  # a file has none: its name tells it from others
        title=given.title,
        published=given.published,
        event_time=clamp(given.published, now),
        content_digest="",
        state=ArticleState.READ,
        body_digest=body_digest,
        given={
            "title": given.title,
            "text": given.text,
            "html": given.html,
            "authors": list(given.authors),
            "published": given.published.isoformat() if given.published else None,
            "language": given.language,
            "outlet": given.outlet,
            "is_file": True,
        },
    )
