"""Statements put into words once, and rows handed to the driver as they are: the same on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage import stories
from storage.database import Database
from storage.statements import ask, for_each, insert_row, run, table_of
from storage.tables import Name, Story

MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
SAY = update(table_of(Story)).where(Story.id == bindparam("story")).values(
    title="Ferry: 100 % of %s and ? saved", last=bindparam("until"), centre=bindparam("holds")
)  # fmt: skip


@pytest.fixture
def story(database: Database) -> int:
    return database.write(lambda session: stories.open_story(session, "Ferry", MORNING, MORNING))


def stored(database: Database, story: int) -> Story:
    return database.read(lambda session: session.get_one(Story, story))


@pytest.mark.parametrize(
    "centre",
    [
        {},
        {"t": ["ferry|Зеленський|渡し船", [3.0, 1.5, 1]], "v": None},
        {"quotes": 'it\'s "so" % {} ? %s :story'},  # what either driver might take for a parameter
    ],
)
def test_values_are_converted_as_their_columns_say(database: Database, story: int, centre: dict[str, Any]) -> None:
    changed = database.write(lambda s: run(s, SAY, {"story": story, "until": MORNING, "holds": centre}).rowcount)
    row = stored(database, story)
    assert (changed, row.title, row.last, row.centre) == (1, "Ferry: 100 % of %s and ? saved", MORNING, centre)


def test_a_statement_says_how_many_rows_it_changed(database: Database, story: int) -> None:
    nobody = {"story": story + 1, "until": MORNING, "holds": {}}
    assert database.write(lambda session: run(session, SAY, nobody).rowcount) == 0


def test_a_time_without_a_zone_is_refused(database: Database, story: int) -> None:
    values = {"story": story, "until": MORNING.replace(tzinfo=None), "holds": {}}
    with pytest.raises(ValueError, match="without a zone"):
        database.write(lambda session: run(session, SAY, values))


def test_rows_are_written_as_they_are(database: Database) -> None:
    rows = [("o'hara", "100 % O'Hara?", "person"), ("київ", "Київ 🇺🇦", "place"), ("", "", "")]
    insert = 'INSERT INTO name ("key", shown, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
    for _ in range(2):  # the second time all of them are there
        database.write(lambda session: for_each(session, insert, rows))
    statement = select(Name.key, Name.shown, Name.kind).order_by(Name.id)
    assert [tuple(row) for row in database.read(lambda session: session.execute(statement).all())] == rows


def test_without_rows_nothing_is_run(database: Database) -> None:
    database.write(lambda session: for_each(session, "no statement at all", []))


def test_rows_come_back_as_their_columns_say(database: Database, story: int) -> None:
    holds = {"t": ["ferry", [1.5]], "v": None}
    database.write(lambda session: run(session, SAY, {"story": story, "until": MORNING, "holds": holds}))
    asking = select(Story.id, Story.last, Story.centre, Story.merged_into).where(Story.id == bindparam("story"))
    found, none = database.read(lambda s: [ask(s, asking, {"story": number}) for number in (story, story + 1)])
    assert [tuple(row) for row in found] == [(story, MORNING, holds, None)]
    assert list(none) == []


def test_a_row_that_is_inserted_says_what_it_became(database: Database) -> None:
    row = {"key": "ford", "shown": "Ford", "kind": "person"}
    number = database.write(lambda session: insert_row(session, Name, row, "id"))
    assert database.read(lambda session: session.get_one(Name, number)).shown == "Ford"


def test_what_the_driver_refuses_is_told_without_the_values(database: Database) -> None:
    insert = 'INSERT INTO name ("key", shown, kind) VALUES (?, ?, ?)'
    with pytest.raises(IntegrityError) as refused:
        database.write(lambda session: for_each(session, insert, [("ford", "A secret", "person")] * 2))
    assert "secret" not in str(refused.value)
    with pytest.raises(DBAPIError):
        database.write(lambda session: for_each(session, "no statement at all ?", [("",)]))
    assert database.read(lambda session: session.scalars(select(Name)).all()) == []
