"""What the fetching tests share: a site on loopback, and doors that may or may not reach it."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from tests.site import Site
from worker.fetch.door import Door, DoorPolicy

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def door() -> Iterator[Door]:
    """A door that may reach loopback and gives up soon."""
    policy = DoorPolicy("Storytrail/0 (+tests)", timeout_seconds=5, max_body_bytes=100_000, allow_networks=LOOPBACK)
    with Door(policy) as door:
        yield door


@pytest.fixture
def hasty_door() -> Iterator[Door]:
    """A door with very little time, to see that its time ends."""
    with Door(DoorPolicy("Storytrail/0 (+tests)", timeout_seconds=0.5, allow_networks=LOOPBACK)) as door:
        yield door
