"""How commands fail: one clear line on standard error, the exit code that scripts look at, and no traceback."""

import secrets
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.cli.command import Done, Storytrail

FAILED, MISUSED = 1, 2


@pytest.fixture
def nobody() -> Iterator[str]:
    """host:port where nobody listens, and nobody else can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ingets x", "Did you mean 'ingest'?"),
        ("stories --tpoic x", "Possible options: --topic"),
        ("ingest", "Missing argument"),
        ("articles --most 0", "'--most'"),
        ("articles --most many", "'--most'"),
        ("alerts --resend first", "'--resend'"),
        ("demo --port 99999", "'--port'"),
        ("sources", "Usage: storytrail sources"),
        ("sources forget x", "No such command 'forget'"),
        ("worker --pool gevent", "'--pool'"),
        ("worker --queues poll,raed", "must be some of poll, fetch, read, deliver"),
        ("worker --concurrency 0", "'--concurrency'"),
        ("healthcheck --queue raed", "'--queue'"),
    ],
)
def test_wrong_usage_is_told(line: str, told: str, storytrail: Storytrail) -> None:
    done = storytrail(*line.split())
    assert done.code == MISUSED
    assert " ".join(told.split()) in words_of(done)
    assert not storytrail.data.exists()


@pytest.mark.parametrize("command", ["articles", "poll", "check", "up", "migrate", "web", "doctor", "demo --once"])
def test_an_unknown_setting_is_refused_with_the_one_that_was_meant(command: str, storytrail: Storytrail) -> None:
    done = storytrail(*command.split(), databse_url="sqlite:///x.db")
    assert tells(done, MISUSED, "STORYTRAIL_DATABSE_URL is not a setting; did you mean `STORYTRAIL_DATABASE_URL`?")
    assert done.out == ""


def test_every_wrong_setting_is_told(storytrail: Storytrail) -> None:
    done = storytrail("poll", tick="soon", listen="everywhere")
    assert done.code == MISUSED
    assert {line.split()[0] for line in done.err.splitlines()} == {"STORYTRAIL_TICK", "STORYTRAIL_LISTEN"}


@pytest.mark.parametrize("command", ["ingest lines.jsonl", "poll", "check", "up"])
def test_a_topics_file_with_an_error_is_refused_with_its_place(command: str, storytrail: Storytrail) -> None:
    storytrail.follows("topics:\n  - name: Ferry\n    query: ferry AND (quay OR\n")
    storytrail.write("lines.jsonl", '{"url": "https://a.example/1", "text": "The ferry hit the quay."}')
    done = storytrail(*command.split())
    assert done.code == MISUSED, done.told
    assert "config/topics.yaml:3:" in done.err
    assert "Traceback" not in done.err


def test_a_sources_file_with_an_error_is_refused_with_its_place(storytrail: Storytrail) -> None:
    storytrail.write("config/sources.yaml", "sources:\n  - {url: 'ftp://tarn.example/rss'}\n")
    done = storytrail("poll")
    assert done.code == MISUSED
    assert done.err.startswith("config/sources.yaml:2:")


@pytest.mark.parametrize("command", ["articles", "poll", "migrate", "up", "web", "check", "healthcheck"])
def test_a_database_that_does_not_answer_is_told(command: str, storytrail: Storytrail, nobody: str) -> None:
    password = secrets.token_hex(8)
    url = f"postgresql://storytrail:{password}@{nobody}/news"
    done = storytrail(command, database_url=url)
    assert done.code == FAILED, done.told
    assert "the database cannot be used: connection failed" in done.out + done.err
    assert "Connection refused" in done.out + done.err
    assert "Traceback" not in done.err
    assert password not in done.told


@pytest.mark.parametrize("command", ["up", "check", "worker", "scheduler"])
def test_a_broker_that_does_not_answer_is_told(command: str, storytrail: Storytrail, nobody: str) -> None:
    storytrail.does("migrate")
    done = storytrail(command, broker_url=f"redis://:geheim-geheim@{nobody}/0")
    assert done.code == FAILED, done.told
    assert "the broker cannot be used" in done.err
    assert "Traceback" not in done.err
    assert "geheim" not in done.told


@pytest.mark.parametrize("command", ["articles", "poll", "doctor", "worker", "scheduler", "web", "check"])
def test_an_empty_postgresql_is_told_to_migrate(
    command: str, storytrail: Storytrail, postgres_database: str, broker_url: str
) -> None:
    done = storytrail(command, database_url=postgres_database, broker_url=broker_url)
    assert done.code == MISUSED, done.told
    assert "run `storytrail migrate`" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["worker", "scheduler"])
def test_a_role_refuses_a_broker_that_reaches_nobody(command: str, storytrail: Storytrail) -> None:
    done = storytrail(command)
    assert tells(done, MISUSED, "STORYTRAIL_BROKER_URL must be redis://…, as memory:// reaches no other process;")


def test_a_file_that_is_no_database_is_told(storytrail: Storytrail) -> None:
    path = storytrail.write("news.db", "just words, and many of them, so that it is longer than a header " * 20)
    done = storytrail("articles", database_url=f"sqlite:///{path}")
    assert tells(done, FAILED, "the database cannot be used: file is not a database")


def test_a_folder_that_cannot_be_made_is_told(storytrail: Storytrail) -> None:
    storytrail.write("data", "a file where the folder should be")
    done = storytrail("articles")
    assert done.code == FAILED
    assert len(done.err.splitlines()) == 1
    assert str(storytrail.data) in done.err


@pytest.mark.parametrize("command", ["articles", "check", "migrate"])
def test_a_database_of_a_newer_version_is_told(command: str, storytrail: Storytrail) -> None:
    storytrail.does("migrate")
    with closing(sqlite3.connect(storytrail.data / "storytrail.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = storytrail(command)
    assert done.code == FAILED
    assert "the database was made by another version of Storytrail" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["up", "web"])
def test_a_port_that_is_taken_is_told(command: str, storytrail: Storytrail) -> None:
    storytrail.does("migrate")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = storytrail(command, listen=address)
    assert tells(done, MISUSED, f"{address} cannot be listened on: Address already in use")


def test_a_page_for_everybody_needs_a_token(storytrail: Storytrail) -> None:
    storytrail.does("migrate")
    done = storytrail("web", listen="0.0.0.0:0")
    assert done.code == MISUSED
    assert done.err.startswith("STORYTRAIL_ADMIN_TOKEN must be set")


def test_a_mistake_of_ours_shows_its_traceback(storytrail: Storytrail) -> None:
    """Here a table is gone, which only a mistake could do."""
    storytrail.does("migrate")
    with closing(sqlite3.connect(storytrail.data / "storytrail.db")) as connection, connection:
        connection.execute("DROP TABLE alembic_version")
    done = storytrail("articles")
    assert done.code == FAILED
    assert "already exists" in done.err


def tells(done: Done, code: int, line: str) -> bool:
    """It ended with that code, and this line (or its beginning) is all it said."""
    assert done.code == code, done.told
    assert len(done.err.splitlines()) == 1, done.told
    assert done.err.startswith(line), done.told
    return True


def words_of(done: Done) -> str:
    """What it said, without the frame around it and the line breaks within."""
    return " ".join((done.out + done.err).replace("│", " ").split())
