"""That the tests' own fence holds. The events are raised by hand, so nothing is reached even when it does not."""

import socket
import sys

import pytest

from tests.network import is_local, take_refusals


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        (("127.0.0.1", 80), True),
        (("127.8.9.1", 80), True),
        (("::1", 80, 0, 0), True),
        (("::ffff:127.0.0.1", 80, 0, 0), True),  # loopback inside IPv6
        (("localhost", 80), True),
        (("", 80), True),  # a socket's own word for "here"
        ("/run/some.sock", True),
        (b"\0abstract", True),
        (("192.0.2.1", 80), False),
        (("10.0.0.1", 80), False),  # private is not local
        (("0.0.0.0", 80), False),  # noqa: S104 - judged, not bound
        (("::ffff:192.0.2.1", 80, 0, 0), False),
        (("fe80::1%eth0", 80, 0, 2), False),
        (("feed.example", 80), False),
    ],
)
def test_only_loopback_is_local(address: object, stays: bool) -> None:
    assert is_local(address) is stays


@pytest.mark.parametrize("event", ["socket.connect", "socket.sendto", "socket.sendmsg"])
def test_reaching_out_is_refused_and_remembered(event: str) -> None:
    with socket.socket() as unconnected, pytest.raises(pytest.fail.Exception, match="tried to reach"):
        sys.audit(event, unconnected, ("192.0.2.1", 9))
    assert take_refusals() == [("192.0.2.1", 9)]


def test_foreign_names_are_not_found() -> None:
    with pytest.raises(socket.gaierror, match=r"feed\.example"):
        socket.getaddrinfo("feed.example", 80)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "0x7f.1", "2130706433"])
def test_local_names_and_numbers_are_found(name: str) -> None:
    assert "127.0.0.1" in {found[4][0] for found in socket.getaddrinfo(name, 80)}
