"""Files through the same pipeline: what a person has on disk is read as if it had been fetched."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

import cli.start
import worker.runtime
from cli.ingest import run_ingest
from config.settings import Settings
from tests.pipeline.newsroom import AGROUND, FERRY, PIGEONS, SALVAGE, STEERING, Outlet, Report, page
from tests.pipeline.pipeline import Pipeline
from tests.pipeline.test_folder import watches
from tests.receiver import Receiver
from worker.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command said: its exit code, its rows, and what it complained of."""

    code: int
    rows: Sequence[Mapping[str, Any]]
    complaints: str


Ingest = Callable[..., Answer]


@pytest.fixture
def ingest(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ingest:
    """`storytrail ingest --json` in this process, at the test's time and on its database."""

    def starts(settings: Settings) -> Runtime:
        return Runtime(settings, now=pipeline.clock, write_line=pipeline.lines.append)

    for name, value in pipeline.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cli.start, "Runtime", starts)
    monkeypatch.setattr(cli.start, "set_up_logging", lambda *_: None)
    monkeypatch.setattr(worker.runtime, "_current", None)
    pipeline.follows(FERRY)
    pipeline.waits(hours=30)

    def run(*paths: Path) -> Answer:
        code = 0
        capsys.readouterr()
        try:
            run_ingest(paths, as_json=True)
        except typer.Exit as ended:
            code = ended.exit_code
        said = capsys.readouterr()
        return Answer(code, [json.loads(line) for line in said.out.splitlines()], said.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def as_text(report: Report, dated: str = "") -> str:
    return "\n\n".join(part for part in (report.title, dated, report.text) if part)


def as_line(report: Report, **changes: Any) -> dict[str, Any]:
    line = {
        "url": f"https://{report.slug}.example/news",
        "title": report.title,
        "text": report.text,
        "published": report.published.isoformat() if report.published else None,
        "outlet": report.slug.title(),
    }
    return line | changes


def write_lines(file: Path, *lines: Mapping[str, Any] | str) -> Path:
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(written) + "\n", encoding="utf-8")
    return file


def test_a_folder_is_read_in_order_of_publication(pipeline: Pipeline, ingest: Ingest, folder: Path) -> None:
    (folder / "a.txt").write_text(as_text(SALVAGE, "Published: 5 March 2026"))
    (folder / "b.html").write_text(page(AGROUND).replace("<title>", f"{PUBLISHED}<title>"))
    write_lines(folder / "c.jsonl", as_line(STEERING), as_line(PIGEONS))
    (folder / "notes.md").write_text("not ours")

    answer = ingest(folder)

    assert (answer.code, len(answer.rows)) == (0, 4)
    by_title = {row["title"]: row for row in answer.rows}
    assert answer.rows[0]["title"] == AGROUND.title
    assert {row["state"] for row in answer.rows} == {"done"}
    stories = {title: row["story"] for title, row in by_title.items()}
    assert stories[AGROUND.title] == stories[STEERING.title] == stories[SALVAGE.title] != stories[PIGEONS.title]
    assert [row["copy_of"] for row in answer.rows] == [None] * 4
    matched = {title for title, row in by_title.items() if row["matches"] == ["Orla"]}
    assert matched == {AGROUND.title, STEERING.title, SALVAGE.title}
    assert by_title[AGROUND.title]["url"] == (folder / "b.html").as_uri()
    assert pipeline.alerts()[0].article_id == by_title[AGROUND.title]["id"]
    assert pipeline.alerts()[0].receipt["hits"]


PUBLISHED = '<meta property="article:published_time" content="2026-03-04T09:00:00Z">'


def test_what_was_ingested_is_told(pipeline: Pipeline, ingest: Ingest, folder: Path, receiver: Receiver) -> None:
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    pipeline.follows({**FERRY, "alert": {"to": ["desk"]}}, channels={"desk": hook})
    ingest(write_lines(folder / "a.jsonl", as_line(AGROUND)))
    [alert] = pipeline.alerts()
    assert receiver.effects == {alert.key: 1}


def test_a_text_without_title_date_or_address_is_an_article_all_the_same(ingest: Ingest, folder: Path) -> None:
    file = folder / "pasted text.txt"
    file.write_text(AGROUND.text)
    [row] = ingest(file).rows
    assert row["state"] == "done"
    assert row["url"] == file.as_uri()
    assert AGROUND.paragraphs[0].startswith(row["title"].rstrip("…").rstrip())
    assert row["published"] is None
    assert row["matches"] == ["Orla"]


@pytest.mark.parametrize("is_first", [True, False])
def test_an_undated_text_joins_the_story_of_dated_ones(
    pipeline: Pipeline, ingest: Ingest, folder: Path, is_first: bool
) -> None:
    """Months later, when nothing but its words can tell where it belongs; in whichever order the files come."""
    pipeline.waits(days=120)
    dated, undated = write_lines(folder / "dated.jsonl", as_line(AGROUND), as_line(SALVAGE)), folder / "undated.txt"
    undated.write_text(as_text(STEERING))
    files = [undated, dated] if is_first else [dated, undated]
    rows = ingest(*files).rows
    assert len({row["story"] for row in rows}) == 1
    assert len(rows) == 3
    [story] = pipeline.stories()
    assert (story.first, story.last) == (AGROUND.published, SALVAGE.published)


# --- Twice ---


def test_the_same_files_again_change_nothing(pipeline: Pipeline, ingest: Ingest, folder: Path) -> None:
    (folder / "a.txt").write_text(as_text(SALVAGE))
    (folder / "b.html").write_text(page(AGROUND))
    write_lines(folder / "c.jsonl", as_line(STEERING), as_line(PIGEONS, text=None, html=page(PIGEONS)))
    first = ingest(folder)
    before = pipeline.snapshot()
    pipeline.waits(hours=5)

    second = ingest(folder)

    assert pipeline.snapshot() == before
    assert (second.code, second.rows) == (first.code, first.rows)


def test_a_file_that_changed_is_a_revision(pipeline: Pipeline, ingest: Ingest, folder: Path) -> None:
    file = write_lines(folder / "a.jsonl", as_line(AGROUND))
    ingest(file)
    pipeline.waits(hours=1)
    write_lines(file, as_line(AGROUND, text=AGROUND.text.replace("14 people", "17 people")))

    [row] = ingest(file).rows

    assert row["revision"] == 2
    assert pipeline.reasons() == ["first", "correction"]
    pipeline.waits(hours=1)
    before = pipeline.snapshot()
    ingest(file)
    assert pipeline.snapshot() == before


def test_a_line_whose_page_became_text_is_read_from_the_text(pipeline: Pipeline, ingest: Ingest, folder: Path) -> None:
    file = write_lines(folder / "a.jsonl", as_line(AGROUND, text=None, html=page(AGROUND)))
    ingest(file)
    pipeline.waits(hours=1)
    write_lines(file, as_line(AGROUND, text=AGROUND.text.replace("14 people", "17 people")))
    ingest(file)
    [article] = pipeline.articles()
    assert (article.revision, "17 people" in article.text) == (2, True)

    before = pipeline.snapshot()
    pipeline.waits(hours=1)
    ingest(file)
    assert pipeline.snapshot() == before


def test_an_address_that_was_ingested_and_is_then_listed_is_one_article(
    pipeline: Pipeline, ingest: Ingest, folder: Path, herald: Outlet
) -> None:
    herald.publishes(AGROUND)
    ingest(write_lines(folder / "a.jsonl", as_line(AGROUND, url=herald.url(AGROUND) + "?utm_source=export")))
    pipeline.polls(herald.feed_url)
    pipeline.runs()
    assert [article.url for article in pipeline.articles()] == [herald.url(AGROUND)]
    assert pipeline.reasons() == ["first"]


def test_the_same_address_twice_in_one_file_is_one_article(pipeline: Pipeline, ingest: Ingest, folder: Path) -> None:
    answer = ingest(write_lines(folder / "a.jsonl", as_line(AGROUND), as_line(AGROUND)))
    assert len(answer.rows) == len(pipeline.articles()) == 1


def test_a_file_that_was_watched_and_is_then_ingested_is_one_article(
    pipeline: Pipeline, ingest: Ingest, folder: Path
) -> None:
    watches(pipeline, folder)
    (folder / "a.txt").write_text(as_text(AGROUND))
    (folder / "b.html").write_text(page(SALVAGE))
    write_lines(folder / "c.jsonl", as_line(STEERING))
    pipeline.runs()
    assert len(ingest(folder).rows) == len(pipeline.articles()) == 3
    assert [article.revision for article in pipeline.articles()] == [1, 1, 1]


def test_a_file_that_was_ingested_and_changed_is_a_revision_when_it_is_watched(
    pipeline: Pipeline, ingest: Ingest, folder: Path
) -> None:
    file = folder / "a.txt"
    file.write_text(as_text(AGROUND))
    ingest(file)
    file.write_text(as_text(AGROUND).replace("14 people", "17 people"))
    watches(pipeline, folder)
    pipeline.runs()
    [article] = pipeline.articles()
    assert (article.revision, "17 people" in article.text) == (2, True)
    assert [entry.article_id for entry in pipeline.entries()] == [article.id]


# --- What cannot be taken ---


def test_bad_lines_are_named_and_the_good_ones_taken(pipeline: Pipeline, ingest: Ingest, folder: Path) -> None:
    file = write_lines(
        folder / "mixed.jsonl",
        as_line(AGROUND),
        "{not json",
        json.dumps({"title": "no address"}),
        "",  # no complaint: an empty line is nothing
        json.dumps(as_line(STEERING, url="javascript:alert(1)")),
        "[1, 2]",
        json.dumps(as_line(SALVAGE, text=["a", "list"])),
        as_line(PIGEONS),
    )

    answer = ingest(file)

    assert answer.code == 1
    assert [row["title"] for row in answer.rows] == [AGROUND.title, PIGEONS.title]
    named = [number for number in range(1, 9) if f"{file}:{number}:" in answer.complaints]
    assert named == [2, 3, 5, 6, 7]
    assert "5 could not be taken" in answer.complaints


def test_a_line_that_is_not_utf_8_is_named(ingest: Ingest, folder: Path) -> None:
    file = folder / "latin.jsonl"
    good = json.dumps(as_line(AGROUND)).encode()
    file.write_bytes(b'{"url": "https://x.example/1", "title": "Caf\xe9"}\n' + good + b"\n")
    answer = ingest(file)
    assert (answer.code, len(answer.rows)) == (1, 1)
    assert f"{file}:1:" in answer.complaints


def test_nothing_to_read_is_a_failure(ingest: Ingest, folder: Path) -> None:
    answer = ingest(folder)
    assert (answer.code, answer.rows) == (1, [])
    assert answer.complaints


def test_a_file_of_another_kind_is_named_and_the_rest_taken(ingest: Ingest, folder: Path) -> None:
    other = folder / "picture.png"
    other.write_bytes(b"\x89PNG\r\n")
    answer = ingest(other, write_lines(folder / "a.jsonl", as_line(AGROUND)))
    assert (answer.code, len(answer.rows)) == (1, 1)
    assert str(other) in answer.complaints


def test_a_date_that_is_none_is_told_and_the_article_taken_without_it(ingest: Ingest, folder: Path) -> None:
    file = write_lines(folder / "a.jsonl", as_line(AGROUND), as_line(STEERING, published="the day before yesterday"))
    answer = ingest(file)
    assert (answer.code, len(answer.rows)) == (0, 2)
    assert [row["published"] is None for row in answer.rows] == [False, True]
    assert f"{file}:2:" in answer.complaints


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-03-04T11:00:00+02:00", "2026-03-04T09:00:00+00:00"),
        ("2026-03-04T09:00:00Z", "2026-03-04T09:00:00+00:00"),
        ("2026-03-04T09:00:00", "2026-03-04T09:00:00+00:00"),  # without a zone: taken as UTC
        ("2026-03-04", "2026-03-04T00:00:00+00:00"),
    ],
)
def test_dates_are_read_in_the_forms_that_people_export(
    ingest: Ingest, folder: Path, published: str, shown: str
) -> None:
    answer = ingest(write_lines(folder / "a.jsonl", as_line(AGROUND, published=published)))
    assert [row["published"] for row in answer.rows] == [shown]


def test_a_page_in_a_line_is_text_already_whatever_its_meta_charset_says(ingest: Ingest, folder: Path) -> None:
    """JSON is UTF-8; the tag tells of the bytes that the page came in, before somebody put it there."""
    report = Report("cafe", "Café “Œuvre” in Brannock closes", ("The café has served sailors since 1911 — “enough”.",))
    html = page(report).replace('charset="utf-8"', 'charset="windows-1251"')
    [row] = ingest(write_lines(folder / "a.jsonl", as_line(report, text=None, html=html, title=""))).rows
    assert row["title"] == report.title


def test_text_that_databases_refuse_is_taken_without_what_they_refuse(
    pipeline: Pipeline, ingest: Ingest, folder: Path
) -> None:
    raw = json.dumps(as_line(AGROUND)).replace("The ferry Orla", "The \\u0000ferry\\ud800 Orla")
    answer = ingest(write_lines(folder / "a.jsonl", raw))
    assert (answer.code, len(answer.rows)) == (0, 1)
    [article] = pipeline.articles()
    assert "ferry" in article.text
    assert "\x00" not in article.text
