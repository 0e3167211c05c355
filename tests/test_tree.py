"""The rules of the tree that hold for every file, whatever it is about."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository import ROOMS, ROOT, files

STAGES = sorted((ROOT / "worker" / "stages").rglob("*.py"))

# What may give another answer tomorrow, or elsewhere: no stage imports it ...
IMPURE = frozenset(
    ["asyncio", "io", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "signal", "socket"]
) | frozenset(["subprocess", "tempfile", "threading", "time", "urllib.request", "uuid"])
# ... but for what is only a value or a type,
VALUES = frozenset(["io.BytesIO", "io.StringIO", "pathlib.PurePath", "pathlib.PurePosixPath", "time.struct_time"])
# ... nor does it ask for the time or a file by a name that came otherwise.
IMPURE_METHODS = frozenset(["now", "today", "utcnow", "read_text", "read_bytes"])
IMPURE_FUNCTIONS = frozenset(["open", "input", "print"])

# Written in pieces, so that this file passes its own test.
REGISTRIES = tuple(
    ".".join(pieces).encode()
    for pieces in (
        ["pypi", "org"],
        ["pythonhosted", "org"],
        ["npmjs", "org"],
        ["npmjs", "com"],
        ["deb", "debian", "org"],
        ["proxy", "golang", "org"],
        ["crates", "io"],
        ["rubygems", "org"],
        ["repo", "maven", "apache", "org"],
    )
)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_this_repositorys_own(room: str) -> None:
    """Their names are ordinary words: a package of the same name must not be taken for one of them."""
    module = importlib.import_module(room)
    assert module.__file__ is not None
    assert Path(module.__file__).parent == ROOT / room


def test_imports_go_one_way() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(lint_imports), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.relative_to(ROOT / "worker" / "stages").as_posix())
def test_a_stage_is_pure(stage: Path) -> None:
    assert set(impurities(ast.parse(stage.read_text()))) == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import time", {"time"}),
        ("import os.path", {"os.path"}),
        ("from os import environ", {"os.environ"}),
        ("from urllib import request", {"urllib.request"}),
        ("from urllib.request import urlopen", {"urllib.request.urlopen"}),
        ("from datetime import datetime as d; d.now()", {"now()"}),
        ("open('x')", {"open()"}),
        ("from time import struct_time", set()),  # a type
        ("from urllib.parse import urlsplit", set()),
        ("def now() -> None: ...", set()),  # a name is nobody's property
    ],
)
def test_an_impure_stage_would_be_noticed(code: str, found: set[str]) -> None:
    assert set(impurities(ast.parse(code))) == found


def test_no_file_names_a_package_registry() -> None:
    """Which registry is asked is the business of whoever installs."""
    everything = files()
    assert Path(__file__) in everything
    assert [str(path.relative_to(ROOT)) for path in everything if names_a_registry(path.read_bytes())] == []


def test_a_registry_would_be_noticed() -> None:
    assert names_a_registry(b"found at " + REGISTRIES[0].upper() + b" today")


def test_every_folder_of_tests_is_a_package() -> None:
    """Else two test files of the same name in different folders would be taken for one."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def names_a_registry(content: bytes) -> bool:
    return any(registry in content.lower() for registry in REGISTRIES)


def impurities(tree: ast.AST) -> Iterator[str]:
    """What it imports and calls that a stage may not."""
    for node in ast.walk(tree):
        yield from (name for name in _imported(node) if _is_impure(name))
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(attr=name) if name in IMPURE_METHODS:
                    yield f"{name}()"
                case ast.Name(id=name) if name in IMPURE_FUNCTIONS:
                    yield f"{name}()"


def _imported(node: ast.AST) -> list[str]:
    """`os.environ` for `from os import environ`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _is_impure(name: str) -> bool:
    inside = any(name == module or name.startswith(f"{module}.") for module in IMPURE)
    return inside and name not in VALUES
