"""`topics test` and `topics silence`: what they say of an archive, to people and to machines."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer

import cli.start
import worker.runtime
from cli.backtest import run_backtest
from cli.silence import run_silence
from tests.cli.command import Storytrail
from tests.cli.ferry import TOPIC

Says = Callable[..., str]
Rows = Callable[..., list[Mapping[str, Any]]]

CHANGED = """\
topics:
  - name: Ferry at Marlow
    query: ferry AND plug
  - name: Cakes
    query: cake AND sugar
"""


@pytest.fixture
def _here(archive: Storytrail, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the command, in the archive's folder."""
    for name in [name for name in os.environ if name.startswith("STORYTRAIL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STORYTRAIL_DATA", str(archive.data))
    monkeypatch.chdir(archive.folder)
    monkeypatch.setattr(cli.start, "set_up_logging", lambda *_: None)
    monkeypatch.setattr(worker.runtime, "_current", None)


@pytest.fixture
def tries(_here: None, capsys: pytest.CaptureFixture[str]) -> Says:
    """What `topics test` prints."""

    def says(name: str | None = None, *, as_json: bool = False, samples: int = 5, **options: Any) -> str:
        chosen = {"since": None, "until": None, "against": None, "file": None, **options}
        capsys.readouterr()
        run_backtest(name, samples=samples, as_json=as_json, **chosen)
        return capsys.readouterr().out

    return says


@pytest.fixture
def rows(tries: Says) -> Rows:
    def rows(name: str | None = None, **options: Any) -> list[Mapping[str, Any]]:
        return [json.loads(line) for line in tries(name, as_json=True, **options).splitlines()]

    return rows


@pytest.fixture
def changed(archive: Storytrail) -> Path:
    return archive.write("changed.yaml", CHANGED)


def test_a_topic_is_an_object(rows: Rows) -> None:
    [row] = rows()
    assert list(row) == [
        *("topic", "version", "examined", "matches", "stories", "alerts", "sent", "days", "barely", "nearly", "marks")
    ]
    assert (row["topic"], row["marks"]) == (TOPIC, None)
    assert [match["article"] for match in row["matches"]] == [1, 2, 3, 4]
    assert row["matches"][0].keys() == {"article", "title", "outlet", "url", "time", "story", "by", "reason", "places"}
    assert [story["articles"] for story in row["stories"]] == [4]
    assert [(day["day"], day["matches"]) for day in row["days"]] == [("2025-11-18", 3), ("2025-11-19", 1)]


def test_it_would_have_told_what_was_told(archive: Storytrail, rows: Rows) -> None:
    """The archive was read with the topic in force."""
    [row] = rows(TOPIC)
    told = archive.does("alerts", "--json").rows
    assert sorted((alert["reason"], alert["story"]) for alert in row["alerts"]) == sorted(
        (alert["reason"], alert["story"]) for alert in told
    )
    assert len(row["sent"]) == len(told)


def test_people_see_each_day_and_what_hangs_on_little(tries: Says) -> None:
    text = tries(TOPIC)
    assert text.startswith(f"{TOPIC}\n    4 articles (4 by query) in 1 story; ")
    assert "    2025-11-18  " in text
    assert "3 articles\n" in text
    assert "- story 1: " in text


def test_what_a_changed_file_gains_and_loses_is_told_article_by_article(rows: Rows, changed: Path) -> None:
    first, other = rows(against=changed)
    assert (first["topic"], other["topic"]) == (TOPIC, "Cakes")
    assert {match["article"] for match in first["against"]["lost"]} == {1, 2, 3}
    assert first["against"]["lost"][0]["why"]
    assert [match["article"] for match in other["against"]["gained"]] == [5]
    assert other["matches"] == []
    assert sum(day["alerts_gained"] for day in other["against"]["days"]) == 1


def test_people_see_what_is_gained_and_lost(tries: Says, changed: Path) -> None:
    text = tries("Cakes", against=changed)
    assert "nothing matches" in text
    assert "    1 article gained\n        + 5  2025-11-18 12:00  Morning Mail: A cake for the weekend\n" in text
    assert "    0 articles lost\n" in text


def test_a_topic_of_another_file_is_tried_before_it_is_in_force(rows: Rows, changed: Path) -> None:
    [row] = rows("Cakes", file=changed)
    assert [match["article"] for match in row["matches"]] == [5]
    assert "against" not in row


def test_only_the_time_asked_about_is_tried(rows: Rows) -> None:
    [row] = rows(since="2025-11-19")
    assert [match["article"] for match in row["matches"]] == [4]
    [row] = rows(until="2025-11-18")
    assert [match["article"] for match in row["matches"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "options", "complaint"),
    [
        ("Fery at Marlow", {}, "unknown topic `Fery at Marlow`"),
        (None, {"since": "yesterday"}, "--since takes a day, a month or a year"),
        (None, {"until": "2025-13"}, "--until takes a day, a month or a year"),
        (None, {"since": "2025-11-19", "until": "2025-11-18"}, "--since must not be later than --until"),
    ],
)
def test_what_cannot_be_understood_is_wrong_usage(
    tries: Says, capsys: pytest.CaptureFixture[str], name: str | None, options: Mapping[str, str], complaint: str
) -> None:
    with pytest.raises(typer.Exit) as ended:
        tries(name, **options)
    assert ended.value.exit_code == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.usefixtures("_here")
def test_silence_is_an_object_and_few_stories_say_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run_silence(None, 36_500, as_json=True)
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(row) == ["topic", "days", "reports", "stories", "sources", "usual", "usual_well", "silence", "missed"]
    assert (row["reports"], row["stories"], row["sources"]) == (4, 1, [])
    assert (row["silence"]["share"], row["missed"]["stories"], row["missed"]["assumptions"]) == (None, None, [])
    run_silence(TOPIC, 36_500, as_json=False)
    text = capsys.readouterr().out
    assert "last report 2025-11-19 08:00" in text
    assert "too little to say how many were missed: it takes 10 stories, and there was 1" in text
