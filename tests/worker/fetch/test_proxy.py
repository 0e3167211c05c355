"""The door with a proxy. The site stands in for one that forwards http: it is asked for whole addresses then."""

import base64
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

import pytest

from tests.site import Site
from tests.worker.fetch.test_guard import LOOPBACK_FORMS
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Door, DoorPolicy
from worker.fetch.guard import RefusedError
from worker.fetch.proxy import read_proxy
from worker.fetch.target import AddressError

CLIENT_HELLO = b"\x16\x03"
OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"
PATIENCE = 4.0  # seconds within which a door of half a second must have given up


class Tunnels:
    """A proxy that is asked for tunnels: it notes what it was asked, says its answer, and what came through then."""

    def __init__(self, answer: bytes | None) -> None:
        self.asked: list[bytes] = []
        self.came_through: list[bytes] = []
        self._answer = answer
        self._ended = threading.Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = int(self._server.server_address[1])

    @contextmanager
    def open(self) -> Iterator["Tunnels"]:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield self
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        tunnels = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                head = b"".join(iter(self.rfile.readline, b"\r\n"))
                tunnels.asked.append(head)
                if tunnels._answer is None:
                    tunnels._ended.wait()
                    return
                self.wfile.write(tunnels._answer)
                tunnels.came_through.append(self.rfile.read1(65536))

        return Handler


def door_through(port: int, *, account: str = "", **policy: float) -> Door:
    return Door(DoorPolicy("Storytrail/0 (+tests)", proxy=f"http://{account}127.0.0.1:{port}", **policy))  # type: ignore[arg-type] # a float fits its field


def test_a_page_is_asked_of_the_proxy_by_its_whole_address(site: Site) -> None:
    """Its name is left to the proxy: nobody here could resolve it. That the proxy is on loopback is in order."""
    site.serves("http://news.example:80/page?q=1", "through", headers={"ETag": '"1"'})
    with door_through(site.port) as door:
        answer = door.get("http://news.example/page?q=1")
    assert (answer.body, answer.url, answer.header("etag")) == (b"through", "http://news.example/page?q=1", '"1"')
    assert site.requests[0].headers["host"] == "news.example"
    assert "proxy-authorization" not in site.requests[0].headers


def test_the_proxy_is_told_who_we_are(site: Site) -> None:
    site.serves("http://news.example:80/", "through")
    with door_through(site.port, account="me:p%40ss%3A@") as door:
        door.get("http://news.example/")
    assert site.requests[0].headers["proxy-authorization"] == "Basic " + base64.b64encode(b"me:p@ss:").decode()


def test_redirects_go_through_the_proxy_too_and_are_judged_each(site: Site) -> None:
    site.moves("http://news.example:80/", "http://other.example/end")
    site.serves("http://other.example:80/end", "end")
    site.moves("http://evil.example:80/", "http://169.254.169.254/")
    with door_through(site.port) as door:
        assert door.get("http://news.example/").body == b"end"
        with pytest.raises(RefusedError):
            door.get("http://evil.example/")
    assert len(site.requests) == 3


def test_requests_to_one_host_share_a_connection_to_the_proxy(site: Site) -> None:
    site.serves("http://news.example:80/", "through")
    with door_through(site.port) as door:
        for _ in range(3):
            door.get("http://news.example/")
    assert len({request.client for request in site.requests}) == 1


def test_a_post_goes_through_the_proxy(site: Site) -> None:
    site.serves("http://hook.example:80/", "taken")
    with door_through(site.port) as door:
        assert door.post("http://hook.example/", b"news", headers={}).body == b"taken"
    assert site.requests[0].body == b"news"


@pytest.mark.parametrize("host", LOOPBACK_FORMS)
def test_the_proxy_is_not_asked_for_an_address_that_is_not_public(site: Site, host: str) -> None:
    """Names are the proxy's matter, but an address that is written out is refused, whoever would connect to it."""
    with door_through(site.port, timeout_seconds=5) as door:
        with pytest.raises(PermanentError):
            door.get(f"http://{host}/")
        with pytest.raises(PermanentError):
            door.post(f"https://{host}/", b"x", headers={})
    assert not site.requests


@pytest.mark.parametrize("host", ["127.0.0.08", "256.1.1.1", "1.2.3.4.5", "0x", "a.0x7f", "10.0.0.1", "192.168.1.1"])
def test_numbers_that_are_no_public_address_are_refused(site: Site, host: str) -> None:
    """Some resolver might read them its own way."""
    with door_through(site.port) as door, pytest.raises(RefusedError):
        door.get(f"http://{host}/")
    assert not site.requests


def test_a_public_address_may_be_asked_for(site: Site) -> None:
    site.serves("http://93.184.216.34:80/", "four")
    site.serves("http://[2606:4700::1111]:80/", "six")
    with door_through(site.port) as door:
        assert door.get("http://93.184.216.34/").body == b"four"
        assert door.get("http://[2606:4700::1111]/").body == b"six"


def test_ports_hold_through_a_proxy(site: Site) -> None:
    with door_through(site.port) as door, pytest.raises(RefusedError, match="port 25"):
        door.get("http://mail.example:25/")
    assert not site.requests


def test_a_network_that_was_opened_may_be_asked_for(site: Site) -> None:
    site.serves("http://10.1.2.3:8080/", "intranet")
    policy = DoorPolicy("t", allow_networks=(ip_network("10.0.0.0/8"),), proxy=f"http://127.0.0.1:{site.port}")
    with Door(policy) as door:
        assert door.get("http://10.1.2.3:8080/").body == b"intranet"


def test_a_proxy_that_wants_a_password_is_not_taken_for_the_site(site: Site) -> None:
    site.fails("http://news.example:80/", 407)
    with door_through(site.port) as door:
        with pytest.raises(TransientError, match="password"):
            door.get("http://news.example/")
        with pytest.raises(TransientError, match="password"):
            door.post("http://news.example/", b"x", headers={})


def test_a_proxy_that_is_away_is_an_error_of_the_moment() -> None:
    with Site() as gone:
        port = gone.port
    with door_through(port) as door, pytest.raises(TransientError, match="no connection"):
        door.get("http://news.example/")


def test_a_silent_proxy_is_left_in_time(site: Site) -> None:
    site.stalls("http://news.example:80/")
    with Tunnels(answer=None).open() as tunnels:
        for port, url in [(site.port, "http://news.example/"), (tunnels.port, "https://news.example/")]:
            began = time.monotonic()
            with door_through(port, timeout_seconds=0.5) as door, pytest.raises(TransientError, match="in time"):
                door.get(url)
            assert time.monotonic() - began < PATIENCE


# Tunnels


def test_a_tunnel_is_opened_for_https() -> None:
    with Tunnels(OPENED).open() as tunnels, door_through(tunnels.port, account="me:secret@") as door:
        with pytest.raises(TransientError, match=r"no connection to news\.example"):
            door.get("https://news.example/page")  # who answers in it speaks no TLS
        with pytest.raises(TransientError):
            door.get("https://[2606:4700::1111]/")
    assert tunnels.asked[0].startswith(b"CONNECT news.example:443 HTTP/1.1\r\n")
    assert tunnels.asked[1].startswith(b"CONNECT [2606:4700::1111]:443 HTTP/1.1\r\n")
    assert b"Basic " + base64.b64encode(b"me:secret") in tunnels.asked[0]
    assert [came[:2] for came in tunnels.came_through] == [CLIENT_HELLO, CLIENT_HELLO]
    assert all(b"news.example" in came and b"/page" not in came for came in tunnels.came_through[:1])


def test_a_post_whose_tunnel_leads_nowhere_was_not_sent() -> None:
    """The request for the tunnel went out whole, but not the post: it may be tried again."""
    with Tunnels(OPENED).open() as tunnels, door_through(tunnels.port) as door, pytest.raises(TransientError):
        door.post("https://hook.example/", b"x", headers={})
    with (
        Tunnels(answer=None).open() as silent,
        door_through(silent.port, timeout_seconds=0.5) as door,
        pytest.raises(TransientError),
    ):
        door.post("https://hook.example/", b"x", headers={})


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, RefusedError), (407, TransientError), (502, TransientError), (503, TransientError)],
)
def test_a_tunnel_that_is_refused(status: int, error: type[Exception]) -> None:
    with (
        Tunnels(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status).open() as tunnels,
        door_through(tunnels.port) as door,
    ):
        with pytest.raises(error, match="proxy"):
            door.get("https://news.example/")
        with pytest.raises(error, match="proxy"):
            door.post("https://hook.example/", b"x", headers={})


# The setting


def test_only_a_proxy_that_was_set_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.serves("http://news.example:80/", "through")
    for name in ["http_proxy", "https_proxy", "all_proxy"]:
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:1")
    for name in ["no_proxy", "NO_PROXY"]:
        monkeypatch.setenv(name, "*")
    with door_through(site.port) as door:
        assert door.get("http://news.example/").body == b"through"


@pytest.mark.parametrize(
    "written",
    [
        "proxy.example:3128",
        "socks5://127.0.0.1:1080",
        "https://127.0.0.1:3128",
        "http://",
        "http://user:secret@",
        "http://127.0.0.1:99999",
        "http://user:secret@127.0.0.1:3128/path",
        "http://user:secret@127.0.0.1:3128?x",
    ],
)
def test_what_is_no_proxy_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(AddressError) as refusal:
        read_proxy(written)
    assert "secret" not in str(refusal.value)


def test_the_policy_does_not_show_the_proxys_password() -> None:
    assert "secret" not in repr(DoorPolicy("t", proxy="http://user:secret@127.0.0.1:3128"))
