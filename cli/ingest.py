"""`storytrail ingest`: files through the same pipeline as fetched pages, in order of publication."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import typer
from pydantic import AwareDatetime, BaseModel, ConfigDict, NaiveDatetime, ValidationError

from cli.rows import article_row
from cli.show import err, json_lines, out, progress
from cli.start import start_with_database
from scheduler.drain import drain
from storage import articles
from storage.articles import Listed
from storage.bodies import store_body
from storage.tables import ArticleState
from worker.errors import PermanentError
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.extract import Given, extract_page, extract_plain
from worker.stages.feed import clamp

PAGES, TEXTS, LINES = (".html", ".htm"), (".txt",), (".jsonl",)
STORE_AT_ONCE = 100


@dataclass(frozen=True)
class Item:
    """One article that a file gave: what is known of it, and its page if it has one."""

    given: Given
    page: bytes | None = None


class Line(BaseModel):
    """A line of a .jsonl file."""

    model_config = ConfigDict(extra="ignore")

    url: str
    title: str = ""
    text: str | None = None
    html: str | None = None
    published: AwareDatetime | NaiveDatetime | None = None
    outlet: str = ""
    authors: list[str] | str | None = None
    language: str = ""


class UnreadableError(PermanentError):
    """A file or a line that cannot be taken. The rest is."""


def run_ingest(paths: Sequence[Path], *, as_json: bool) -> None:
    run = start_with_database()
    files = list(_files(paths))
    problems: list[str] = []
    ids = _store(run, files, problems)
    with progress("reading", len(ids)) as steps:
        drain(run, lambda step, count: steps.advance(count) if step == "read" else None, ("read", "deliver"))
    rows = run.database.read(lambda session: [article_row(session, a) for a in articles.by_ids(session, ids)])
    if as_json:
        json_lines(rows)
    else:
        matched = sum(bool(row["matches"]) for row in rows)
        in_stories = len({row["story"] for row in rows})
        out.print(f"{len(rows)} articles in {in_stories} stories; {matched} matched a topic")
    for problem in problems:
        err.print(problem, markup=False)
    run.close()
    if problems or not files:
        err.print("no .html, .txt or .jsonl files there" if not files else f"{len(problems)} could not be taken")
        raise typer.Exit(1)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix.lower() in (*PAGES, *TEXTS, *LINES))
        else:
            yield path


def _store(run: Runtime, files: Sequence[Path], problems: list[str]) -> list[int]:
    """Store what the files give; ids of all their articles, those that were there already included."""
    ids: list[int] = []
    with progress("taking in", len(files)) as steps:
        for file in files:
            batch: list[Item] = []
            for item in _items(file, problems):
                batch.append(item)
                if len(batch) == STORE_AT_ONCE:
                    ids += _store_batch(run, batch)
                    batch = []
            ids += _store_batch(run, batch)
            steps.advance()
    return list(dict.fromkeys(ids))


def _store_batch(run: Runtime, batch: Sequence[Item]) -> list[int]:
    now = run.now()
    return run.database.write(
        lambda session: [
            articles.store_given(
                session, _listed(item, now, store_body(session, item.page, now) if item.page else None), now
            )[0]
            for item in batch
        ]
    )


def _items(file: Path, problems: list[str]) -> Iterator[Item]:
    try:
        raw = file.read_bytes()
        if file.suffix.lower() in LINES:
            yield from _lines(file, raw, problems)
        elif file.suffix.lower() in PAGES:
            yield _page(raw, Given(url=file.resolve().as_uri()))
        elif file.suffix.lower() in TEXTS:
            yield Item(extract_plain(raw, file.resolve().as_uri()))
        else:
            problems.append(f"{file}: neither .html nor .txt nor .jsonl")
    except OSError as error:
        problems.append(f"{file}: {error.strerror}")


def _lines(file: Path, raw: bytes, problems: list[str]) -> Iterator[Item]:
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield _line(line)
        except UnreadableError as error:
            problems.append(f"{file}:{number}: {error}")


def _line(raw: bytes) -> Item:
    try:
        line = Line.model_validate(json.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg} at column {error.colno}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise UnreadableError(f"{'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}") from error
    authors = [line.authors] if isinstance(line.authors, str) else line.authors or []
    published = line.published
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    given = Given(
        url=line.url, title=line.title, text=line.text or "", authors=tuple(authors), published=published,
        language=line.language, outlet=line.outlet,
    )  # fmt: skip
    if line.text is None and line.html is not None:
        return _page(line.html.encode(), given, content_type="text/html; charset=utf-8")
    return Item(given)


def _page(raw: bytes, given: Given, content_type: str = "") -> Item:
    """The date is looked up now, as articles are to be read in order of publication; the rest when it is read."""
    if given.published is None:
        found = extract_page(raw, given, content_type=content_type).published
        given = Given(
            url=given.url, title=given.title, authors=given.authors, published=found,
            language=given.language, outlet=given.outlet,
        )  # fmt: skip
    return Item(given, raw)


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
