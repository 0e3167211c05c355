"""Children with little time and memory, for the tests' own jobs."""

from collections.abc import Callable, Iterator

import pytest

from worker.confine.pool import Confined

PACKAGES = ("worker.stages", "tests.worker.confine")

Make = Callable[..., Confined]


@pytest.fixture
def make_confined() -> Iterator[Make]:
    """Makes what the test asks for, and closes it."""
    made = []

    def make(*, seconds: float = 30.0, memory_mib: int = 512, children: int = 1, patience: float = 60.0) -> Confined:
        made.append(
            Confined(seconds=seconds, memory_mib=memory_mib, children=children, patience=patience, packages=PACKAGES)
        )
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def confined() -> Iterator[Confined]:
    """One child with time enough on a busy machine, shared by all tests that do not look at how children come and go.

    A test that ends it leaves the next one a fresh child, as is promised.
    """
    with Confined(seconds=30, children=1, packages=PACKAGES) as confined:
        yield confined
