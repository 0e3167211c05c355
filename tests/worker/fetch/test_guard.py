"""No address that is not public is reached, however it is written and whatever a name resolves to.

A canary listens on loopback on a port that the policy allows, so that only its address stands in the way.
"""

import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any

import httpcore2
import pytest

from tests.site import Site
from tests.worker.fetch.conftest import LOOPBACK
from worker.errors import PermanentError, TransientError
from worker.fetch.door import Door, DoorPolicy
from worker.fetch.guard import MAX_ADDRESSES, RefusedError, is_public
from worker.fetch.target import AddressError
from worker.notify.channel import Message
from worker.notify.webhook import WebhookChannel


class Canary:
    """Listens and never answers; knows whether anyone so much as connected."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._listeners = [socket.create_server((host, port))]
        self.port = int(self._listeners[0].getsockname()[1])
        with suppress(OSError):  # a machine without IPv6 cannot be reached over it either
            self._listeners.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))

    def was_reached(self) -> bool:
        return any(self._has_caller(listener) for listener in self._listeners)

    def close(self) -> None:
        for listener in self._listeners:
            listener.close()

    def _has_caller(self, listener: socket.socket) -> bool:
        listener.setblocking(False)
        try:
            listener.accept()
        except BlockingIOError:
            return False
        return True


class Names:
    """A resolver with a script: each lookup of any name gives the next list of addresses."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)

    def __call__(self, _host: str, _port: int) -> Sequence[str]:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


class Wire:
    """Stands for the network outside: whoever is dialled is noted, and public addresses lead to the site, if any."""

    def __init__(self, site: Site | None) -> None:
        self.dialled: list[str] = []
        self._site = site
        self._dial = httpcore2.SyncBackend().connect_tcp

    def dial(self, host: str, _port: int, **options: Any) -> httpcore2.NetworkStream:
        self.dialled.append(host)
        if self._site is None or not is_public(ip_address(host)):
            raise httpcore2.ConnectError("nobody there")
        return self._dial(self._site.host, self._site.port, **options)


def outside(monkeypatch: pytest.MonkeyPatch, site: Site | None = None) -> Wire:
    wire = Wire(site)
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", wire.dial)
    return wire


@pytest.fixture
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.close()


def door_on(canary: Canary, names: Names | None = None) -> Door:
    policy = DoorPolicy("t", timeout_seconds=5, ports=frozenset({canary.port}))
    return Door(policy) if names is None else Door(policy, resolve=names)


LOOPBACK_FORMS = [
    "127.0.0.1",
    "127.0.0.2",  # the whole network loops back
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "0",
    "0.0.0.0",  # noqa: S104 - an address to be refused, nothing is bound to it
    "0x0",
    "2130706433",  # one number
    "0x7f000001",
    "0x7F000001",
    "017700000001",
    "0x7f.1",
    "0x7f.0.0.1",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "0177.0.0.01",
    "0177.1",
    "127.0x0.0.1",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127。0。0。1",  # ideographic full stops
    "127．0．0．1",  # full-width ones
    "１２７.0.0.1",  # full-width digits
    "①②⑦.⓪.⓪.①",  # circled digits
    "⑫7.0.0.1",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "127.0.0.1\u00ad",  # a soft hyphen, which vanishes
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::FFFF:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",  # IPv4-compatible
    "[::7f00:1]",
    "[64:ff9b::127.0.0.1]",  # translated to IPv4 on the way
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",  # 6to4
    "[2002:7f00:1::1]",
    "[2001:0:7f00:1::]",  # Teredo
    "[2001:0:ffff::80ff:fffe]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[::1%251]",
    "[::1%lo]",
    "[fc00::1]",
    "[fd00::1]",
    "[fec0::1]",
    "[ff02::1]",
    "127.0.0.%31",  # an encoded digit
    "%31%32%37.0.0.1",
    "127.0.0.1%00.example.com",
    "127.0.0.1%2f.example.com",
    "example.com@127.0.0.1",
    "example.com:80@127.0.0.1",
    "8.8.8.8\\@127.0.0.1",
    "127.0.0.1\\.example.com",
    "127.0.0.1\t",
    "127.0.0.1\r\n",
    "127.0.0.1#@example.com",
    "127.0.0.1?@example.com",
]


def test_there_are_enough_forms() -> None:
    assert len(set(LOOPBACK_FORMS)) >= 60


@pytest.mark.parametrize("host", LOOPBACK_FORMS)
def test_no_form_of_a_loopback_address_reaches_the_canary(canary: Canary, host: str) -> None:
    with door_on(canary) as door:
        for scheme in ["http", "https"]:
            with pytest.raises((PermanentError, TransientError)):
                door.get(f"{scheme}://{host}:{canary.port}/")
            with pytest.raises((PermanentError, TransientError)):
                door.post(f"{scheme}://{host}:{canary.port}/", b"x", headers={})
    assert not canary.was_reached()


@pytest.mark.parametrize("host", LOOPBACK_FORMS)
def test_no_form_of_a_loopback_address_is_reached_by_a_redirect(canary: Canary, host: str) -> None:
    """The site is on a loopback address that was opened, the canary on one that was not."""
    with Site("127.0.0.9") as site:
        raw = host.strip("\r\n").encode().decode("latin-1")  # as it goes over the wire, byte for byte
        site.moves("/", f"http://{raw}:{canary.port}/")
        policy = DoorPolicy("t", ports=frozenset({canary.port}), allow_networks=(ip_network("127.0.0.9/32"),))
        with Door(policy) as door, pytest.raises((PermanentError, TransientError)):
            door.get(site.url("/"))
        assert len(site.requests) == 1
    assert not canary.was_reached()


def test_the_canary_would_have_noticed(canary: Canary) -> None:
    """Without this, the test above could pass because nothing ever connects."""
    policy = DoorPolicy("t", timeout_seconds=0.2, allow_networks=LOOPBACK)
    with Door(policy) as door, pytest.raises(TransientError):
        door.get(f"http://0x7f.1:{canary.port}/")
    assert canary.was_reached()


def test_a_name_that_leads_to_loopback_is_refused(canary: Canary) -> None:
    with door_on(canary, Names(["127.0.0.1"])) as door, pytest.raises(RefusedError, match=r"127\.0\.0\.1"):
        door.get(f"http://intranet.example:{canary.port}/")
    assert not canary.was_reached()


def test_a_name_that_changes_its_address_is_judged_each_time() -> None:
    """Rebinding: one address to pass the check, another to connect to. Here the check is of the connection itself."""
    with Site() as site:
        canary = Canary("127.0.0.77", site.port)
        site.serves("/", "open", headers={"Connection": "close"})
        names = Names(["127.0.0.1"], ["127.0.0.77"])
        with Door(DoorPolicy("t", allow_networks=(ip_network("127.0.0.1/32"),)), resolve=names) as door:
            assert door.get(f"http://rebound.example:{site.port}/").body == b"open"
            with pytest.raises(RefusedError, match=r"127\.0\.0\.77"):
                door.get(f"http://rebound.example:{site.port}/")
        assert not canary.was_reached()
        canary.close()


def test_a_public_name_that_turns_to_loopback_is_refused(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site() as site:
        wire = outside(monkeypatch, site)
        site.serves("/", "open", headers={"Connection": "close"})
        with door_on(canary, Names(["93.184.216.34"], ["127.0.0.1"])) as door:
            assert door.get(f"http://rebound.example:{canary.port}/").body == b"open"
            with pytest.raises(RefusedError):
                door.get(f"http://rebound.example:{canary.port}/")
    assert wire.dialled == ["93.184.216.34"]
    assert not canary.was_reached()


def test_of_a_public_and_a_private_address_only_the_public_one_is_dialled(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the public one does not answer, which is how the other one would get its turn."""
    wire = outside(monkeypatch)
    private = ["127.0.0.1", "10.0.0.1", "::1", "::ffff:169.254.169.254"]
    with door_on(canary, Names([*private, "93.184.216.34", *private])) as door, pytest.raises(TransientError):
        door.get(f"http://both.example:{canary.port}/")
    assert wire.dialled == ["93.184.216.34"]


def test_a_name_with_a_thousand_addresses_has_us_knock_on_a_few_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = outside(monkeypatch)
    everyone = [f"93.184.{high}.{low}" for high in range(4) for low in range(250)]
    with Door(DoorPolicy("t"), resolve=Names(everyone)) as door, pytest.raises(TransientError):
        door.get("http://many.example/")
    assert wire.dialled == everyone[:MAX_ADDRESSES]


def test_of_several_addresses_only_permitted_ones_are_used() -> None:
    """A network that synthesises IPv6 addresses gives each host a second one that is refused."""
    with Site() as site:
        site.serves("/", "here")
        names = Names(["64:ff9b::7f00:1", "10.1.2.3", "127.0.0.1"])
        with Door(DoorPolicy("t", allow_networks=LOOPBACK), resolve=names) as door:
            assert door.get(f"http://name.example:{site.port}/").body == b"here"


def test_an_address_that_does_not_answer_leaves_time_for_the_next() -> None:
    with Site() as site:
        site.serves("/", "here")
        nobody = "127.0.0.2"  # loopback too, but the site does not listen there
        with Door(DoorPolicy("t", allow_networks=LOOPBACK), resolve=Names([nobody, "127.0.0.1"])) as door:
            assert door.get(f"http://name.example:{site.port}/").body == b"here"


def test_redirects_to_a_closed_network_are_refused(canary: Canary) -> None:
    with Site() as site:
        for path, to in [("/plain", "127.0.0.3"), ("/mapped", "[::ffff:127.0.0.3]"), ("/number", "2130706435")]:
            site.moves(path, f"http://{to}:{canary.port}/")
        with Door(DoorPolicy("t", allow_networks=(ip_network("127.0.0.1/32"),))) as door:
            for path in ["/plain", "/mapped", "/number"]:
                with pytest.raises(RefusedError):
                    door.get(site.url(path))


def test_a_webhook_goes_through_the_same_door(canary: Canary) -> None:
    now = datetime.now(UTC)
    message = Message("key", "title", "text", "https://example.org/", {}, is_repeat=False, created=now)
    for host in ["127.0.0.1", "[::ffff:127.0.0.1]", "intranet.example"]:
        with door_on(canary, Names(["127.0.0.1"])) as door:
            hook = WebhookChannel(f"http://{host}:{canary.port}/hook", "secret", door, lambda: now)
            with pytest.raises(RefusedError):
                hook.send(message)
    assert not canary.was_reached()


def test_proxies_in_the_environment_are_not_used(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ["http_proxy", "https_proxy", "all_proxy"]:
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
        monkeypatch.setenv(name.upper(), f"http://127.0.0.1:{canary.port}")
    with Site() as site, Door(DoorPolicy("t", allow_networks=LOOPBACK)) as door:
        site.serves("/", "direct")
        assert door.get(site.url("/")).body == b"direct"
    assert not canary.was_reached()


def test_other_ports_are_refused_even_on_public_addresses() -> None:
    with Door(DoorPolicy("t"), resolve=Names(["93.184.216.34"])) as door, pytest.raises(RefusedError, match="port 25"):
        door.get("http://public.example:25/")


def test_a_network_that_was_opened_is_reached_on_any_port() -> None:
    with Site() as site, Door(DoorPolicy("t", allow_networks=(ip_network("127.0.0.1/32"),))) as door:
        site.serves("/", "here")
        assert door.get(site.url("/")).body == b"here"
        assert door.get(f"http://[::ffff:127.0.0.1]:{site.port}/").body == b"here"
        with pytest.raises(RefusedError):
            door.get(f"http://127.0.0.2:{site.port}/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "http://example.com:x/",
        "http://user@example.com/",
        "http://[::1",
        "http://a\x00b.example/",
        "http://example.com/a\nb",
        "http://" + "a" * 300 + ".example/",
        "http://example.com/" + "a" * 9000,
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_sent(door: Door, url: str) -> None:
    with pytest.raises(AddressError):
        door.get(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # the metadata service of most clouds
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:a9fe:a9fe::", False),
        ("::169.254.169.254", False),
        ("fd00:ec2::254", False),
        ("168.63.129.16", False),
        ("100.64.0.1", False),
        ("100.100.100.200", False),
        ("192.0.0.192", False),  # global to Python 3.11
        ("192.88.99.1", False),  # the same
        ("198.18.0.1", False),
        ("203.0.113.7", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("2001:db8::1", False),
        ("5f00::1", False),
        ("ff0e::1", False),
    ],
)
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public
