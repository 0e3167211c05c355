"""The topics in force: one file or a folder of them, read again when they change, and kept between runs."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from config.errors import ConfigError
from worker import topics_file
from worker.stages.aliases import Aliases
from worker.stages.query import Document, Query, compile_query, prepare
from worker.topics import LiveTopics

FERRY = "topics:\n  - name: Ferry\n    query: ferry AND strike\n"
HARBOUR = "topics:\n  - name: Harbour\n    query: harbour OR Kyiv\n"
BROKEN = "topics:\n  - name: Ferry\n    query: (ferry AND\n"
DESK = "channels:\n  desk: {apprise: '${DESK_URL}'}\n"
ENVIRON = {"DESK_URL": "ntfy://ntfy.example/desk"}


class Folder:
    """A folder of topics files, and the process that has them in force; `now` is its clock."""

    def __init__(self, path: Path, kept: Path | None = None) -> None:
        self.path = path
        self._kept = kept
        self.now = 0.0
        path.mkdir(exist_ok=True)

    def writes(self, name: str, text: str) -> None:
        self.now += 2
        (self.path / name).write_text(text, encoding="utf-8")

    def starts(self, environ: Mapping[str, str] = ENVIRON) -> LiveTopics:
        return LiveTopics(self.path, required=True, environ=environ, kept=self._kept, clock=lambda: self.now)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "topics")


@pytest.fixture
def kept(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "topics", tmp_path / "kept.sqlite")


def matched(topics: LiveTopics, text: str) -> list[str]:
    return [match.topic for match in topics.current().index.judge(prepare(Document("", text)))]


def test_each_file_of_a_folder_has_names_of_its_own(folder: Folder) -> None:
    folder.writes("anna.yaml", FERRY)
    folder.writes("bela.yaml", FERRY.replace("AND", "OR"))
    (folder.path / ".anna.yaml.swp").write_text("an editor's")
    (folder.path / "notes.txt").write_text("no topics")
    topics = folder.starts()
    assert list(topics.current().by_name) == ["anna/Ferry", "bela/Ferry"]
    assert matched(topics, "a ferry") == ["bela/Ferry"]


def test_aliases_hold_in_their_file_and_those_of_the_shared_file_in_all(folder: Folder) -> None:
    folder.writes("anna.yaml", "aliases: [[harbour, quay]]\n" + HARBOUR)
    folder.writes("bela.yaml", HARBOUR)
    folder.writes("shared.yaml", "aliases: [[Kyiv, Kiev]]\n")
    topics = folder.starts()
    assert matched(topics, "the quay") == ["anna/Harbour"]
    assert matched(topics, "in Kiev") == ["anna/Harbour", "bela/Harbour"]
    assert topics.current().aliases.groups == (("Kyiv", "Kiev"),)


def test_a_topic_tells_its_files_channels_before_the_shared_ones(folder: Folder) -> None:
    told = FERRY + "    alert: {to: [desk, log]}\n"
    folder.writes("anna.yaml", DESK + told)
    folder.writes("bela.yaml", told)
    folder.writes("shared.yaml", DESK)
    in_force = folder.starts().current()
    assert in_force.by_name["anna/Ferry"].alert.to == ("anna/desk", "log")
    assert in_force.by_name["bela/Ferry"].alert.to == ("desk", "log")
    assert list(in_force.file.channels) == ["log", "anna/desk", "desk"]


def test_a_broken_file_keeps_its_last_good_version_and_the_others_load(folder: Folder) -> None:
    folder.writes("anna.yaml", FERRY)
    topics = folder.starts()
    folder.writes("anna.yaml", BROKEN)
    folder.writes("bela.yaml", HARBOUR)
    assert matched(topics, "ferry strike in the harbour") == ["anna/Ferry", "bela/Harbour"]
    assert "anna.yaml:3:19" in topics.error
    assert [Path(problem.file).name for problem in topics.problems] == ["anna.yaml"]
    folder.writes("anna.yaml", FERRY.replace("Ferry", "Boats"))
    assert list(topics.current().by_name) == ["anna/Boats", "bela/Harbour"]
    assert topics.error == ""


def test_a_file_broken_from_the_start_holds_nobody_up(folder: Folder) -> None:
    folder.writes("anna.yaml", BROKEN)
    folder.writes("bela.yaml", HARBOUR)
    folder.writes("no/good.yaml".replace("/", "\u2028"), FERRY)
    topics = folder.starts()
    assert list(topics.current().by_name) == ["bela/Harbour"]
    assert len(topics.problems) == 2


def test_a_file_alone_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text(BROKEN)
    with pytest.raises(ConfigError, match=r"topics\.yaml:3:19"):
        LiveTopics(tmp_path / "topics.yaml", required=True)


def test_a_file_is_gone_when_it_is_missing_twice(folder: Folder) -> None:
    """Between an editor's unlink and its rename no article may go by unseen."""
    folder.writes("anna.yaml", FERRY)
    topics = folder.starts()
    (folder.path / "anna.yaml").unlink()
    folder.now += 2
    assert topics.current().by_name
    folder.now += 2
    assert not topics.current().by_name


def test_a_folder_is_looked_at_once_a_second(folder: Folder) -> None:
    topics = folder.starts()
    (folder.path / "anna.yaml").write_text(FERRY)
    assert not topics.current().by_name
    folder.now += 1
    assert topics.current().by_name


def test_a_folder_that_cannot_be_read_changes_nothing(folder: Folder) -> None:
    folder.writes("anna.yaml", FERRY)
    topics = folder.starts()
    folder.path.rename(folder.path.with_name("elsewhere"))
    folder.now += 2
    assert topics.current().by_name
    assert "cannot be read" in topics.error
    folder.path.with_name("elsewhere").rename(folder.path)
    folder.now += 2
    assert topics.current().by_name
    assert topics.error == ""


def test_a_name_too_long_behind_its_files_is_told(folder: Folder) -> None:
    folder.writes("anna.yaml", FERRY.replace("Ferry", "F" * 98))
    assert "anna.yaml:2:11 with the file's name before it" in folder.starts().error


WHOLE = f"""\
{DESK}aliases: [[ferry, boat]]
{FERRY}    like: [7]
    follow: {{quiet_days: 7}}
    languages: [en]
    sources: {{except: [example.com]}}
    alert: {{to: [desk], at_most: 6/day, quiet: {{from: "22:00", to: "07:00", zone: Europe/Kyiv}}}}
"""


def test_what_was_kept_says_what_the_file_says(kept: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.writes("anna.yaml", WHOLE)
    read = kept.starts().current()
    monkeypatch.setattr(topics_file, "load_topics", None)  # not parsed again
    recalled = kept.starts().current()
    assert recalled.by_name == read.by_name
    assert recalled.index.followed_for("anna/Ferry") == timedelta(days=7)
    assert recalled.file.channels == read.file.channels
    document = prepare(Document("", "the boat strike", language="en"))
    assert recalled.index.judge(document) == read.index.judge(document) != ()
    assert recalled.index.with_example(["7"]) == ("anna/Ferry",)


def test_secrets_are_not_kept_and_their_absence_is_still_told(kept: Folder, tmp_path: Path) -> None:
    kept.writes("anna.yaml", WHOLE)
    kept.starts()
    assert b"ntfy.example" not in (tmp_path / "kept.sqlite").read_bytes()
    assert "anna.yaml:2:20 DESK_URL is not set" in kept.starts(environ={}).error


def test_only_what_changed_is_compiled_again(kept: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [{"name": f"Topic {number}", "query": f"word{number}"} for number in range(9)]
    kept.writes("anna.yaml", json.dumps({"topics": many}))
    kept.starts()
    compiled: list[str] = []

    def compile_and_note(text: str, aliases: Aliases) -> Query:
        compiled.append(text)
        return compile_query(text, aliases)

    monkeypatch.setattr(topics_file, "compile_query", compile_and_note)
    many[3]["query"] = "other"
    kept.writes("anna.yaml", json.dumps({"topics": many}))
    assert matched(kept.starts(), "word2 and other") == ["anna/Topic 2", "anna/Topic 3"]
    assert compiled == ["other"]


def test_other_aliases_compile_all_anew(kept: Folder) -> None:
    kept.writes("anna.yaml", HARBOUR)
    kept.starts()
    kept.writes("shared.yaml", "aliases: [[harbour, quay]]\n")
    assert matched(kept.starts(), "the quay") == ["anna/Harbour"]


def test_a_file_broken_while_nothing_ran_holds_as_it_was_kept(kept: Folder) -> None:
    kept.writes("anna.yaml", FERRY)
    kept.starts()
    kept.writes("anna.yaml", BROKEN)
    topics = kept.starts()
    assert list(topics.current().by_name) == ["anna/Ferry"]
    assert "anna.yaml:3:19" in topics.error


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 5_000])
def test_a_damaged_store_costs_time_and_nothing_else(kept: Folder, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept.sqlite").write_bytes(content)
    kept.writes("anna.yaml", FERRY)
    assert list(kept.starts().current().by_name) == ["anna/Ferry"]


@pytest.mark.parametrize("body", ['{"topics"', "[1]", "{}", '{"around": 1, "topics": [1]}', b"\xff\x00\xff"])
def test_what_was_kept_and_cannot_be_read_is_made_again(kept: Folder, tmp_path: Path, body: str | bytes) -> None:
    kept.writes("anna.yaml", FERRY)
    kept.starts()
    with closing(sqlite3.connect(tmp_path / "kept.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE kept SET body = ?", (body,))
    assert list(kept.starts().current().by_name) == ["anna/Ferry"]


def test_a_folder_that_cannot_be_read_is_told_until_it_can(folder: Folder) -> None:
    folder.writes("anna.yaml", FERRY)
    topics = folder.starts()
    away = folder.path.with_name("away")
    folder.path.rename(away)
    folder.now += 2
    topics.current()
    assert "cannot be read" in topics.error
    topics.current()  # within the second in which nobody looks again
    assert "cannot be read" in topics.error
    away.rename(folder.path)
    folder.now += 2
    topics.current()
    assert topics.error == ""


def test_a_file_whose_channels_cannot_be_read_alone_is_read_whole(kept: Folder) -> None:
    kept.writes("anna.yaml", "? channels\n: desk: {apprise: 'json://ntfy.example'}\n" + FERRY)
    for _ in range(2):
        topics = kept.starts()
        assert topics.error == ""
        assert "anna/desk" in topics.current().file.channels


TO_DESK = FERRY + "    alert: {to: [desk]}\n"


@pytest.mark.parametrize(
    ("shared", "are_readable"),
    [
        (DESK + BROKEN, True),  # what is wrong stands elsewhere
        (BROKEN.replace("topics:", DESK + "topics:"), True),
        ("channels:\n  desk: {apprise: '${DESK_URL}'\n" + FERRY, False),
        ("? [\n", False),
    ],
)
def test_a_shared_file_broken_while_nothing_ran_takes_no_topics_away(
    kept: Folder, shared: str, are_readable: bool
) -> None:
    kept.writes("shared.yaml", DESK + FERRY)
    kept.writes("anna.yaml", TO_DESK)
    kept.starts()
    kept.writes("shared.yaml", shared)
    topics = kept.starts()
    assert list(topics.current().by_name) == ["anna/Ferry", "shared/Ferry"]
    assert ("desk" in topics.current().file.channels) is are_readable
    assert [problem.file.endswith("shared.yaml") for problem in topics.problems] == [True]


def test_what_was_kept_of_a_file_goes_with_it(kept: Folder, tmp_path: Path) -> None:
    def files() -> list[str]:
        with closing(sqlite3.connect(tmp_path / "kept.sqlite", isolation_level=None)) as database:
            return [Path(file).name for (file,) in database.execute("SELECT file FROM kept ORDER BY file")]

    for name in ("anna.yaml", "bela.yaml", "cleo.yaml"):
        kept.writes(name, FERRY)
    topics = kept.starts()
    (kept.path / "bela.yaml").unlink()
    for _ in range(2):
        kept.now += 2
        topics.current()
    assert files() == ["anna.yaml", "cleo.yaml"]
    (kept.path / "cleo.yaml").unlink()
    kept.starts()  # gone while nothing ran
    assert files() == ["anna.yaml"]
