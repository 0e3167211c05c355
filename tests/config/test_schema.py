import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it comes without types
from ruamel.yaml import YAML

from config.schema import FOLDER, ROOT, settings_example, written_files
from config.settings import load_settings
from config.sources import load_sources
from config.topics import load_topics
from tests.config.written import ENVIRON

CONFIG = FOLDER.parent
EXAMPLES = ["topics", "sources"]


@pytest.mark.parametrize("path", list(written_files()), ids=lambda path: path.name)
def test_the_committed_files_are_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == written_files()[path], "run `python -m config.schema`"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_points_at_its_schema(name: str) -> None:
    first = (CONFIG / f"{name}.example.yaml").read_text(encoding="utf-8").splitlines()[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match is not None
    assert (CONFIG / match[1]).resolve() == FOLDER / f"{name}.schema.json"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_fits_its_schema(name: str) -> None:
    assert list(validator(name).iter_errors(plain((CONFIG / f"{name}.example.yaml").read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "content",
    [
        "topics: [{query: a}]",
        "topics: [{name: a, qeury: b}]",
        "topics: [{name: a, query: b, alert: {on: [settle]}}]",
        "topics: [{name: a, query: b, alert: {at_most: 6 a day}}]",
        "topics: [{name: a, query: b, alert: {quiet: {from: '22:00', to: '7', zone: UTC}}}]",
        "channels: {a: {webhook: 'https://x'}}",
        "channels: {a: {log: true, apprise: 'x://y'}}",
        "aliases: [[a]]",
    ],
)
def test_an_editor_sees_what_is_wrong_too(content: str) -> None:
    assert list(validator("topics").iter_errors(plain(content)))


@pytest.mark.parametrize("content", ["title: a", "url: https://a.org\nfolder: inbox", "url: https://a.org\nkind: page"])
def test_an_editor_sees_what_is_no_source(content: str) -> None:
    assert list(validator("sources").iter_errors({"sources": [plain(content)]}))


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def plain(content: str) -> Any:
    return YAML(typ="safe", pure=True).load(content)


def test_the_example_topics_load() -> None:
    file = load_topics(CONFIG / "topics.example.yaml", environ=ENVIRON)
    assert [topic.name for topic in file.topics] == ["Harbour strike", "Ankara talks"]
    assert list(file.channels) == ["log", "desk", "audit", "mail", "reader"]


def test_the_example_sources_load() -> None:
    kinds = [source.kind for source in load_sources(CONFIG / "sources.example.yaml").sources]
    assert kinds == ["feed", "feed", "sitemap", "listing", "folder"]


def test_the_example_settings_are_the_defaults() -> None:
    content = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = re.findall(r"^# (STORYTRAIL_\w+)=(.*)$", content, re.MULTILINE)
    assert load_settings(dict(written)).shown() == load_settings({}).shown()
    assert [name for name, _ in written] == list(load_settings({}).shown())


def test_the_example_settings_name_what_the_example_topics_need() -> None:
    assert all(f"{name}=" in settings_example() for name in ENVIRON)


def test_the_files_are_written_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.schema.written_files", lambda: {tmp_path / "a.json": "{}"})
    runpy.run_module("config.schema", run_name="__main__")
    assert (tmp_path / "a.json").read_text() == "{}"
