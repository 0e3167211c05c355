"""That docker-compose.yml, the Dockerfile and the secrets fit each other and the code, without Docker.

The schema knows the words of Compose; the rest here is what no schema knows: that the names mean something.
"""

import os
import re
import shlex
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import redis
import typer.main
from sqlalchemy import make_url

from cli.main import app
from config.environment import TWIN
from config.settings import PREFIX, Settings, load_settings
from deploy.make_secrets import make_secrets
from tests.compose import FILE, SECRETS_FOLDER, Service, commands, read, services
from tests.repository import ROOT, is_ignored
from tests.servers import Server, valkey_binary
from worker.app import QUEUES

SERVICES = services()
OURS = [service for service in SERVICES.values() if service.is_ours]
DATABASES = [SERVICES["redis"], SERVICES["postgres"]]
BROADCAST = "0.0.0.0"  # noqa: S104 - read in a file, not bound


def each(some: list[Service]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("service", some, ids=lambda service: service.name)


def test_the_file_is_what_compose_understands() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_services_are_the_roles() -> None:
    roles = {"migrate", "worker-poll", "worker-read", "worker-deliver", "scheduler", "web"}
    assert set(SERVICES) == roles | {"redis", "postgres"}
    assert {service.name for service in OURS} == roles


@each(list(SERVICES.values()))
def test_a_service_waits_for_what_can_come(service: Service) -> None:
    for target, how in service.written.get("depends_on", {}).items():
        awaited = SERVICES[target]
        match how["condition"]:
            case "service_healthy":
                assert awaited.health_command, f"{target} never says that it is healthy"
            case "service_completed_successfully":
                assert awaited.written["restart"] == "no", f"{target} never ends"
            case other:
                pytest.fail(f"{service.name} does not wait for {target} to be of use: {other}")


@each(OURS)
def test_ours_wait_for_the_servers_whose_address_they_get(service: Service) -> None:
    awaited = set(service.written["depends_on"])
    assert "postgres" in awaited
    assert ("redis" in awaited) == ("broker_url" in service.list_of("secrets"))
    assert ("migrate" in awaited) == (service.name != "migrate")


@each(list(SERVICES.values()))
def test_every_name_that_a_service_uses_is_declared(service: Service) -> None:
    whole = read()
    assert set(service.list_of("secrets")) <= set(whole["secrets"])
    assert set(service.list_of("networks")) <= set(whole["networks"])
    assert set(service.list_of("configs")) <= set(whole.get("configs", {}))
    sources = [volume.split(":")[0] for volume in service.list_of("volumes")]
    assert {source for source in sources if not source.startswith(".")} <= set(whole["volumes"])
    assert all((ROOT / source).is_dir() for source in sources if source.startswith("."))


@pytest.mark.parametrize("kind", ["secrets", "networks", "volumes"])
def test_nothing_is_declared_in_vain(kind: str) -> None:
    used = {name.split(":")[0] for service in SERVICES.values() for name in service.list_of(kind)}
    assert set(read()[kind]) <= used


@each(OURS)
def test_a_service_starts_a_command_that_exists(service: Service) -> None:
    parse(service.command)


@each([service for service in OURS if service.name != "migrate"])
def test_a_service_is_asked_for_its_own_work(service: Service) -> None:
    asked = parse(service.health_command)
    started = parse(service.command)
    assert (asked["queue"] or []) == (started["queues"].split(",") if "queues" in started else [])
    assert asked["scheduler"] == (service.name == "scheduler")
    assert asked["web"] == (service.name == "web")


def test_the_workers_share_out_every_queue_between_them() -> None:
    started = [parse(command) for name, command in commands().items() if name.startswith("worker-")]
    queues = [queue for options in started for queue in options["queues"].split(",")]
    assert sorted(queues) == sorted(QUEUES)


def test_articles_are_read_in_processes_that_can_be_killed() -> None:
    """Only a process can be ended when a page makes a parser run for ever."""
    assert parse(commands()["worker-read"])["pool"] == "prefork"


def test_a_wrong_command_line_would_be_noticed() -> None:
    for wrong in ("storytrail wrok", "storytrail worker --queue read", "storytrail worker --concurrency many"):
        with pytest.raises(Exception, match=r"(?i)no such|valid integer"):
            parse(shlex.split(wrong))


@each(OURS)
def test_every_variable_is_a_setting(service: Service) -> None:
    for variable in service.environment:
        name = variable.removeprefix(PREFIX).removesuffix(TWIN).lower()
        assert name in Settings.model_fields, variable


@each(list(SERVICES.values()))
def test_every_secret_file_is_laid_down_and_used(service: Service) -> None:
    laid_down = {SECRETS_FOLDER + name for name in service.list_of("secrets")}
    named = {value for value in service.environment.values() if value.startswith(SECRETS_FOLDER)}
    named |= set(re.findall(rf"{SECRETS_FOLDER}\w+", " ".join(service.command)))
    assert named == laid_down


@each(list(SERVICES.values()))
def test_no_secret_stands_in_the_environment(service: Service) -> None:
    for variable, value in service.environment.items():
        secret = any(word in variable for word in ("PASSWORD", "TOKEN", "DATABASE_URL", "BROKER_URL"))
        assert not secret or (variable.endswith(TWIN) and value.startswith(SECRETS_FOLDER))


@each(OURS)
def test_the_settings_of_a_service_are_accepted(service: Service, tmp_path: Path) -> None:
    make_secrets(tmp_path)
    settings = load_settings({name: here(value, tmp_path) for name, value in service.environment.items()})
    assert make_url(settings.database_url.get_secret_value()).host == "postgres"
    assert settings.is_in_memory_broker == ("redis" not in service.written["depends_on"])
    assert not settings.is_sqlite


@each(OURS)
def test_a_stop_lets_a_task_finish(service: Service) -> None:
    grace = service.written["stop_grace_period"]
    assert grace.endswith("s")
    assert float(grace.removesuffix("s")) > load_settings({}).task_time_limit


@each(DATABASES)
def test_the_databases_are_within_reach_of_our_services_alone(service: Service) -> None:
    assert "ports" not in service.written
    assert service.list_of("networks") == ["inside"]
    assert read()["networks"]["inside"]["internal"] is True


def test_only_those_that_fetch_or_deliver_reach_out() -> None:
    assert {name for name, service in SERVICES.items() if "outside" in service.list_of("networks")} == {
        "worker-poll",
        "worker-deliver",
    }


def test_the_page_is_published_to_this_machine_alone() -> None:
    ports = {name: service.list_of("ports") for name, service in SERVICES.items() if "ports" in service.written}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}
    listen = load_settings({"STORYTRAIL_LISTEN": SERVICES["web"].environment["STORYTRAIL_LISTEN"]}).listen
    assert (listen.host, listen.port) == (BROADCAST, 8000)
    # A port cannot be published from a network that is internal.
    assert any(not (read()["networks"][name] or {}).get("internal") for name in SERVICES["web"].list_of("networks"))


@each(list(SERVICES.values()))
def test_a_container_can_do_little_harm(service: Service) -> None:
    written = service.written
    assert written["read_only"] is True
    assert written["cap_drop"] == ["ALL"]
    assert written["security_opt"] == ["no-new-privileges:true"]
    assert written["init"] is True
    assert service.is_ours or written["user"] not in ("root", "0", "")
    assert all(volume.endswith(":ro") for volume in service.list_of("volumes") if volume.startswith("."))
    assert set(written["logging"]["options"]) == {"max-size", "max-file"}


@each(list(SERVICES.values()))
def test_a_service_comes_back_by_itself(service: Service) -> None:
    assert service.written["restart"] == ("no" if service.name == "migrate" else "unless-stopped")


def test_the_image_is_built_once() -> None:
    assert [service.name for service in OURS if "build" in service.written] == ["migrate"]
    assert {service.written["pull_policy"] for service in OURS} == {"build", "never"}


def test_the_broker_starts_as_written_and_keeps_its_password(tmp_path: Path) -> None:
    """The very script of the file, run by this machine's shell against the real server."""
    make_secrets(tmp_path)
    with ComposeRedis(tmp_path) as server:
        address = (tmp_path / "broker_url").read_text().replace("@redis:6379", f"@127.0.0.1:{server.port}")
        with redis.Redis.from_url(address) as client:
            assert client.ping() is True
            assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
            assert client.config_get("save")["save"] == ""
        with redis.Redis(port=server.port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
        # Every account of the machine can read the arguments of a process.
        assert (tmp_path / "redis_password").read_text() not in server.arguments


def test_secrets_are_those_that_the_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    made = make_secrets(folder)
    named = {Path(secret["file"]).name for secret in read()["secrets"].values()}
    (environment_file,) = {each["path"] for service in OURS for each in service.written["env_file"]}
    assert {path.name for path in made} == named | {Path(environment_file).name}
    assert {Path(secret["file"]).parent for secret in read()["secrets"].values()} == {Path("secrets")}


def test_secrets_are_for_their_owner_and_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make_secrets(folder)
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert folder.stat().st_mode & 0o777 == 0o700
    # Containers read them under accounts of their own, so within the closed folder they are open.
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}
    assert make_secrets(folder) == []
    assert {path.name: path.read_text() for path in folder.iterdir()} == before
    assert len(set(before.values())) == len(before)


def test_an_address_is_made_from_the_password_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "postgres_password").write_text("chosen-by-hand\n")
    make_secrets(tmp_path)
    assert (tmp_path / "database_url").read_text() == "postgresql://storytrail:chosen-by-hand@postgres:5432/storytrail"


def test_secrets_stay_out_of_git_and_of_the_image() -> None:
    assert is_ignored("secrets/admin_token")
    assert copied_into_the_image()
    assert not [name for name in copied_into_the_image() if name.startswith("secrets")]


def test_the_image_is_made_of_files_that_exist_and_may_be_copied() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied_into_the_image() == let_in
    assert all((ROOT / name).exists() for name in let_in)


def test_the_image_holds_every_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert packages <= copied_into_the_image()


def test_the_image_runs_as_nobody_in_particular() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    last_user = re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE)[-1]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last_user)
    assert 'ENTRYPOINT ["storytrail"]' in dockerfile.splitlines()


def parse(command: list[str]) -> Mapping[str, Any]:
    """The options of a `storytrail …` command line, as the real command understands it; nothing is run."""
    program, *words = command
    assert program == "storytrail"
    group: Any = typer.main.get_command(app)
    outer = group.make_context(program, words)
    name, subcommand, rest = group.resolve_command(outer, [*outer._protected_args, *outer.args])
    options: Mapping[str, Any] = subcommand.make_context(name, rest, parent=outer).params
    return options


def here(text: str, folder: Path) -> str:
    """The same with the container's secrets taken from a folder of this machine."""
    return text.replace(SECRETS_FOLDER, f"{folder}{os.sep}")


def copied_into_the_image() -> set[str]:
    """What the Dockerfile copies from the repository."""
    copies = re.findall(r"^COPY (?!--from)(.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    return {source for copy in copies for source in copy.split()[:-1]}


class ComposeRedis(Server):
    """The `redis` service of the file, with its secrets in `secrets`."""

    def __init__(self, secrets: Path) -> None:
        super().__init__()
        self._secrets = secrets

    def _prepare(self) -> None:
        """Nothing: all of it depends on the port."""

    @property
    def arguments(self) -> str:
        """With which the script started `valkey-server`."""
        return (self.folder / "arguments").read_text()

    def _command(self) -> list[str]:
        """The file's script; what it finds as `valkey-server` is the real one, on our port."""
        found = self.folder / "valkey-server"
        start = f'exec "{valkey_binary()}" "$@" --bind 127.0.0.1 --port {self.port}'
        found.write_text(f'#!/bin/sh\necho "$0" "$@" > arguments\n{start}\n')
        found.chmod(0o755)
        script = [here(word, self._secrets) for word in SERVICES["redis"].command]
        return ["env", f"PATH={self.folder}:{os.environ['PATH']}", *script]

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"PING\r\n")
                return bool(connection.recv(64))
        except OSError:
            return False
