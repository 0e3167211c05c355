"""The server in its thread, reached through a real socket."""

import socket

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from config.errors import ConfigError
from web.server import ServerThread


def greet(_: Request) -> Response:
    return PlainTextResponse("here")


APP = Starlette(routes=[Route("/", greet)])


def test_it_answers_while_it_is_open_and_not_after() -> None:
    with ServerThread(APP, "127.0.0.1", 0) as server:
        url = server.url
        assert httpx2.get(url, trust_env=False).text == "here"
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(url, trust_env=False)


def test_it_does_not_say_which_software_it_is() -> None:
    with ServerThread(APP, "127.0.0.1", 0) as server:
        assert "server" not in httpx2.get(server.url, trust_env=False).headers


def test_a_free_port_is_named_once_it_is_known() -> None:
    server = ServerThread(APP, "127.0.0.1", 0)
    with server:
        assert server.url.startswith("http://127.0.0.1:")
        assert not server.url.endswith(":0")


def test_a_taken_port_is_the_callers_to_tell() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port} cannot be listened on"):
            ServerThread(APP, "127.0.0.1", port).start()


def test_it_stops_at_once_although_a_browser_keeps_its_connection() -> None:
    with httpx2.Client(trust_env=False) as browser, ServerThread(APP, "127.0.0.1", 0) as server:
        browser.get(server.url)
        server.stop()
        assert not server.is_alive


def test_one_that_never_started_can_be_stopped() -> None:
    ServerThread(APP, "127.0.0.1", 0).stop()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - named, not bound
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_its_address_can_be_opened(host: str, url: str) -> None:
    assert ServerThread(APP, host, 8000).url == url
