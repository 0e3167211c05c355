"""That the fixtures' servers answer, come back, and end with the process that started them."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import create_engine, make_url, text

from tests.servers import PostgresServer, ServerError, ValkeyServer

ROOT = Path(__file__).parent.parent
GONE_SECONDS = 20


def test_a_broker_refuses_to_forget(broker_url: str) -> None:
    with redis.Redis.from_url(broker_url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("appendonly") == {"appendonly": "no"}


def test_a_broker_starts_empty(valkey_url: str, request: pytest.FixtureRequest) -> None:
    with redis.Redis.from_url(valkey_url) as client:
        client.set("left", "over")
        request.getfixturevalue("broker_url")
        assert client.dbsize() == 0


def test_a_database_is_empty_and_can_be_written(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE found (word TEXT)"))
        connection.execute(text("INSERT INTO found VALUES ('Ökonomie 東京')"))
        assert connection.execute(text("SELECT word FROM found")).scalar_one() == "Ökonomie 東京"
    engine.dispose()


def test_two_databases_are_apart(postgres_server: PostgresServer) -> None:
    one, other = postgres_server.create_database(), postgres_server.create_database()
    with psycopg.connect(_plain(postgres_server.url_of(one))) as connection:
        connection.execute("CREATE TABLE here (id INT)")
    with psycopg.connect(_plain(postgres_server.url_of(other))) as connection:
        assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)
    postgres_server.drop_database(one)
    postgres_server.drop_database(other)


def test_a_database_with_a_user_connected_can_be_dropped(postgres_server: PostgresServer) -> None:
    name = postgres_server.create_database()
    with psycopg.connect(_plain(postgres_server.url_of(name))) as connection:
        postgres_server.drop_database(name)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_postgres_asks_for_its_password(postgres_server: PostgresServer) -> None:
    wrong = make_url(_plain(postgres_server.url)).set(password="guess").render_as_string(hide_password=False)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


@pytest.mark.parametrize("kind", [ValkeyServer, PostgresServer])
def test_a_killed_server_comes_back_at_the_same_address(kind: type[ValkeyServer | PostgresServer]) -> None:
    with kind() as server:
        address, first = server.url, server.pid
        server.kill()
        server.start()
        assert (server.url, server.pid != first) == (address, True)


@pytest.mark.parametrize("kind", ["ValkeyServer", "PostgresServer"])
def test_a_server_ends_with_the_run_that_started_it(kind: str) -> None:
    script = f"from tests.servers import {kind} as S; s = S().__enter__(); print(s.port, s.folder, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        port, folder = run.stdout.readline().split()
        assert _answers(int(port))
        run.send_signal(signal.SIGKILL)
    assert _happens(lambda: not _answers(int(port)))
    assert _happens(lambda: not Path(folder).exists())


def test_a_server_that_cannot_start_says_why() -> None:
    class Wrong(ValkeyServer):
        def _command(self) -> list[str]:
            return [*super()._command(), "--no-such-option", "1"]

    with pytest.raises(ServerError, match="no-such-option"), Wrong():
        pass


def _plain(url: str) -> str:
    """SQLAlchemy's address as psycopg wants it."""
    return url.replace("postgresql+psycopg:", "postgresql:")


def _answers(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def _happens(condition: Callable[[], bool]) -> bool:
    """Does it become true before long? Another process does it, so all we can do is look again."""
    deadline = time.monotonic() + GONE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
