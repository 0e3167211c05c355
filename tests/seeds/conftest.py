"""The news world, read once, and a fresh site that serves it without making anybody wait."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from seeds.site import Site
from seeds.world import World, load_world


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def fetch(url: str, **headers: str) -> Reply:
    """GET without following redirects. Header names are written with underscores and come back in lower case."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, received, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture
def pauses() -> list[float]:
    """The seconds for which the site would have made its readers wait."""
    return []


@pytest.fixture
def site(world: World, pauses: list[float]) -> Iterator[Site]:
    with Site(world, pause=pauses.append) as running:
        yield running
