"""docker-compose.yml as the tests see it: read once, with its anchors resolved, and asked by name."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML

from tests.repository import ROOT

FILE = ROOT / "docker-compose.yml"
SECRETS_FOLDER = "/run/secrets/"
_OUR_IMAGE = "storytrail:local"


@dataclass(frozen=True, slots=True)
class Service:
    """One service; `written` is what the file says of it."""

    name: str
    written: Mapping[str, Any]

    @property
    def is_ours(self) -> bool:
        return self.written.get("image") == _OUR_IMAGE

    @property
    def command(self) -> list[str]:
        """The whole command line: what the image starts, with what the file adds."""
        command = self.written.get("command", [])
        words = shlex.split(command) if isinstance(command, str) else [str(word) for word in command]
        return (["storytrail"] if self.is_ours else []) + [word.replace("$$", "$") for word in words]

    @property
    def health_command(self) -> list[str]:
        """What is run to ask for its health; empty when nothing is asked."""
        test = self.written.get("healthcheck", {}).get("test", ["NONE"])
        return [str(word).replace("$$", "$") for word in test[1:]]

    @property
    def environment(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.written.get("environment", {}).items()}

    def list_of(self, key: str) -> list[str]:
        """Of `secrets`, `networks`, `volumes`, `ports` and the like; empty when absent."""
        return [str(each) for each in self.written.get(key, [])]


def read() -> Mapping[str, Any]:
    written: Mapping[str, Any] = YAML(typ="safe").load(FILE)
    return written


def services() -> dict[str, Service]:
    return {name: Service(name, written) for name, written in read()["services"].items()}


def commands() -> dict[str, list[str]]:
    """The command line of each service that runs our image, such as `storytrail worker --queues read …`."""
    return {service.name: service.command for service in services().values() if service.is_ours}
