"""`storytrail up`: everything in one process, started and ended as a person does."""

import signal
import socket
from collections.abc import Iterator
from subprocess import Popen

import httpx2
import pytest

from tests.cli.command import Storytrail, wait_until
from tests.cli.ferry import TOPICS


@pytest.fixture
def page(storytrail: Storytrail) -> str:
    """host:port of the page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    storytrail.settings |= {"STORYTRAIL_LISTEN": address, "STORYTRAIL_TICK": "0.5"}
    return address


@pytest.fixture
def running(storytrail: Storytrail, page: str) -> Iterator[Popen[str]]:
    storytrail.follows(TOPICS)
    process = storytrail.begins("up")
    wait_until(lambda: answers(page) or process.poll() is not None)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_works_and_ends_when_told(
    how: signal.Signals, storytrail: Storytrail, running: Popen[str], page: str
) -> None:
    wait_until(lambda: storytrail("healthcheck").code == 0)
    storytrail.does("healthcheck", "--web")
    assert httpx2.get(f"http://{page}/", trust_env=False).status_code == 200
    running.send_signal(how)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert out == f"Storytrail is up: http://{page} (Ctrl-C ends it)\n"
    assert "Traceback" not in err
    assert storytrail("healthcheck", "--web").code == 1


def answers(page: str) -> bool:
    try:
        return httpx2.get(f"http://{page}/healthz", trust_env=False).status_code == 200
    except httpx2.TransportError:
        return False
