"""The processes of production, started with the very command lines that docker-compose.yml names.

Real processes, a real Valkey, a real PostgreSQL, settings and secrets as Compose lays them down, the demo's news site
as the internet, and a webhook receiver. What a container adds (users, networks, read-only files) is not here.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

import httpx2
import pytest

from seeds.site import Site
from seeds.world import load_world
from storage.counts import count_all, unfinished
from storage.database import Database
from tests import compose
from tests.cli.command import Done, wait_until
from tests.compose import SECRETS_FOLDER, Service
from tests.receiver import Receiver
from tests.repository import ROOT

TOPICS = ROOT / "seeds" / "topics.yaml"
TOKEN = "the-token-of-the-status-page"
ENDS_WITHIN_SECONDS = 60
READ_WITHIN_SECONDS = 180
WELL_WITHIN_SECONDS = 60
# What the tests set beside what Compose sets: quicker than a person needs it, and open to this machine alone.
HASTE = {
    "STORYTRAIL_TICK": "0.5",
    "STORYTRAIL_HOST_RATE": "0",
    "STORYTRAIL_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
}


@dataclass
class House:
    """The services of the file that run our image, each as a process of this machine."""

    folder: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever a failed test left running is ended, each by its own number."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.wait()

    @property
    def address(self) -> str:
        return f"http://{self.environment['STORYTRAIL_LISTEN']}"

    def runs(self, service: Service, command: Sequence[str]) -> Done:
        """A command in a service's surroundings, as `docker compose exec` would run it."""
        done = subprocess.run(
            here(command), cwd=self.folder, env=self._environment_of(service), capture_output=True, timeout=100
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def starts(self, service: Service) -> None:
        with (self.folder / f"{service.name}.log").open("wb") as log:
            self.running[service.name] = subprocess.Popen(
                here(service.command), cwd=self.folder, env=self._environment_of(service), stdout=log, stderr=log,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def is_standing(self) -> bool:
        """Every process that was started is still there; else the test ends with what one said last."""
        fallen = [name for name, process in self.running.items() if process.poll() is not None]
        assert not fallen, f"{fallen}: {(self.folder / f'{fallen[0]}.log').read_text(errors='replace')[-2000:]}"
        return True

    def stops(self, service: Service) -> int:
        """As Docker stops it: SIGTERM, and the exit code. It has to end by itself."""
        process = self.running.pop(service.name)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            pytest.fail(f"{service.name} did not end in {ENDS_WITHIN_SECONDS} s:\n{self.log(service)}")

    def log(self, service: Service) -> str:
        return (self.folder / f"{service.name}.log").read_text(errors="replace")

    def is_well(self, service: Service) -> bool:
        """By the health check that the file names."""
        return self.runs(service, service.health_command).code == 0

    def _environment_of(self, service: Service) -> dict[str, str]:
        """What the file sets, with the secrets found in our folder instead of the container's."""
        written = {
            name: value.replace(SECRETS_FOLDER, f"{self.folder / 'secrets'}{os.sep}")
            for name, value in service.environment.items()
        }
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **written, **self.environment}


def here(command: Sequence[str]) -> list[str]:
    """The image's `storytrail` is this repository's."""
    program, *words = command
    assert program == "storytrail"
    return [sys.executable, "-m", "cli.main", *words]


@pytest.fixture
def services() -> Mapping[str, Service]:
    return {name: service for name, service in compose.services().items() if service.is_ours}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def news() -> Iterator[Site]:
    """At the end of its time: three days of news to catch up with."""
    with Site(load_world(), pause=lambda _seconds: None) as site:
        site.end()
        yield site


@pytest.fixture
def house(tmp_path: Path, postgres_database: str, broker_url: str, receiver: Receiver, news: Site) -> Iterator[House]:
    secrets = {"database_url": postgres_database, "broker_url": broker_url, "admin_token": TOKEN}
    secrets["hook_secret"] = receiver.secret
    for name, secret in secrets.items():
        write(tmp_path / "secrets" / name, secret + "\n")
    write(tmp_path / "config" / "topics.yaml", topics_for(receiver))
    write(tmp_path / "config" / "sources.yaml", "sources:\n" + "".join(f"  - url: {url}\n" for url in news.feed_urls()))
    listen = f"127.0.0.1:{free_port()}"
    hook = {"HOOK_URL": receiver.url, "HOOK_SECRET_FILE": str(tmp_path / "secrets" / "hook_secret")}
    with House(tmp_path, {**HASTE, **hook, "STORYTRAIL_LISTEN": listen}) as house:
        yield house


@pytest.fixture
def database(postgres_database: str) -> Iterator[Database]:
    database = Database(postgres_database)
    yield database
    database.close()


@pytest.mark.timeout(400)
def test_news_go_in_and_alerts_come_out(
    house: House, services: Mapping[str, Service], database: Database, receiver: Receiver, news: Site
) -> None:
    migrate, web, reading = services["migrate"], services["web"], services["worker-read"]
    lasting = [service for service in services.values() if service is not migrate]
    assert house.runs(migrate, migrate.command).code == 0
    for service in lasting:
        house.starts(service)

    wait_until(lambda: house.is_standing() and everything_is_told(database, news), READ_WITHIN_SECONDS)
    alerts = house.runs(reading, ["storytrail", "alerts", "--most", "1000", "--json"]).rows
    assert {alert["topic"] for alert in alerts} == {"Ankara talks", "Sula Dawn ferry accident", "Quenby takeover"}
    assert {delivery["status"] for alert in alerts for delivery in alert["deliveries"]} == {"sent"}
    assert receiver.told == {alert["key"] for alert in alerts}
    assert set(receiver.effects.values()) == {1}
    assert receiver.forgeries == 0

    for service in lasting:
        wait_until(partial(house.is_well, service), WELL_WITHIN_SECONDS)
    the_page_asks_for_its_token(house.address)
    examined = house.runs(reading, ["storytrail", "doctor", "--json"])
    assert examined.code == 0, examined.told
    checked = house.runs(reading, ["storytrail", "check"])
    assert checked.code == 0, checked.told

    assert house.stops(reading) == 0
    wait_until(lambda: not house.is_well(reading), WELL_WITHIN_SECONDS)
    assert house.is_well(services["worker-poll"])
    for service in lasting:
        if service is not reading:
            assert house.stops(service) == 0, house.log(service)
    assert not house.is_well(web)
    assert [service.name for service in lasting if "Traceback" in house.log(service)] == []


def everything_is_told(database: Database, news: Site) -> bool:
    """Every article that was published is read, and every alert is delivered."""
    counts = database.read(count_all)
    is_all_there = counts.articles.get("done", 0) == len(news.served_entries())
    return is_all_there and not database.read(unfinished)


def the_page_asks_for_its_token(address: str) -> None:
    with httpx2.Client(base_url=address, timeout=10, trust_env=False) as browser:
        assert browser.get("/healthz").status_code == 200
        assert browser.get("/").status_code == 401
        assert browser.get("/", auth=("anyone", "a-wrong-token-of-the-page")).status_code == 401
        assert browser.get("/", auth=("anyone", TOKEN)).status_code == 200


def topics_for(receiver: Receiver) -> str:
    """The demo's topics, told to the receiver as well as to the log."""
    written = TOPICS.read_text(encoding="utf-8")
    channel = 'channels:\n  hook: {webhook: "${HOOK_URL}", secret: "${HOOK_SECRET}"}\n'
    told = written.replace("channels:\n", channel, 1).replace("to: [log]", "to: [log, hook]")
    assert told.count("hook") > written.count("hook") + 2
    return told


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
