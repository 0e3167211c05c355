"""The articles that topics are asked about, as queries see them."""

import json
from collections.abc import Sequence
from pathlib import Path

from seeds.world import load_world
from worker.stages.query import Document
from worker.stages.query.values import host_of

MAX_NAMES = 40


def read_articles(path: Path | None) -> Sequence[Document]:
    """Of a file with an article a line, or those that come with the program."""
    return list(map(_of_line, path.read_text(encoding="utf-8").splitlines())) if path else _of_world()


def _of_line(line: str) -> Document:
    row = json.loads(line)
    outlet, url = row.get("outlet") or row.get("source") or "", row.get("url") or ""
    return _document(row.get("title") or "", row.get("text") or "", outlet, url)


def _of_world() -> Sequence[Document]:
    world = load_world()
    return [
        _document(article.title, article.text, outlet.name, f"https://{outlet.slug}.example/{article.slug}")
        for outlet in world.outlets
        for article in world.of(outlet)
    ]


def _document(title: str, text: str, outlet: str, url: str) -> Document:
    return Document(title, text, source=outlet, site=host_of(url), url=url, language="en")
