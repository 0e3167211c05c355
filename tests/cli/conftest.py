"""The command for tests, and a small archive that many of them look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Storytrail
from tests.cli.ferry import FEED, HOME, LINES, TOPICS
from tests.cli.zygote import Zygote
from tests.site import Site


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as zygote:
        yield zygote


@pytest.fixture
def storytrail(zygote: Zygote, tmp_path: Path) -> Storytrail:
    """The command in an empty folder, with an empty database."""
    return Storytrail(zygote, tmp_path / "here")


@pytest.fixture(scope="module")
def archive(zygote: Zygote, tmp_path_factory: pytest.TempPathFactory) -> Storytrail:
    """The command with a topic and what it matched, alerts and all. Tests only look at it."""
    storytrail = Storytrail(zygote, tmp_path_factory.mktemp("archive") / "here")
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    return storytrail


@pytest.fixture
def site() -> Iterator[Site]:
    """A small outlet: a home page that names its feed, a page that does not, and addresses that fail."""
    with Site() as site:
        site.serves("/feed.xml", FEED, headers={"Content-Type": "application/rss+xml"})
        site.serves("/", HOME, headers={"Content-Type": "text/html"})
        site.serves("/about", "<html><title>About us</title><p>We write.", headers={"Content-Type": "text/html"})
        site.fails("/broken", 503)
        site.moves("/old.xml", "/feed.xml")
        yield site
