"""Keeps the tests on this machine: a connection or a name lookup that would leave it is refused.

An audit hook sees every socket that Python opens, whatever library asks. It does not see libpq's own sockets or
processes that a test starts; those are given loopback addresses only.
"""

import ipaddress
import socket
import sys

import pytest

_SENDS = frozenset(["socket.connect", "socket.sendto", "socket.sendmsg"])
_LOOKUPS = frozenset(["socket.getaddrinfo", "socket.gethostbyname"])
_refused: list[object] = []


def stay_on_loopback() -> None:
    """From now on, in this process. An audit hook cannot be taken away again."""
    sys.addaudithook(_judge)


def take_refusals() -> list[object]:
    """The addresses refused since the last call: code that swallows the refusal must not hide it."""
    refusals = _refused.copy()
    _refused.clear()
    return refusals


def is_local(address: object) -> bool:
    """Does this socket address stay on the machine? Paths of Unix sockets and kernel families do."""
    if not (isinstance(address, tuple) and address and isinstance(address[0], str)):
        return True
    try:
        ip = ipaddress.ip_address(address[0].partition("%")[0])
    except ValueError:
        return _is_local_name(address[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_loopback


def _judge(event: str, arguments: tuple[object, ...]) -> None:
    if event in _SENDS:
        _judge_address(arguments[1])
    elif event in _LOOKUPS:
        _judge_lookup(arguments[0])


def _judge_address(address: object) -> None:
    if not is_local(address):
        _refused.append(address)
        pytest.fail(f"a test tried to reach {address}")


def _judge_lookup(host: object) -> None:
    """A foreign name is simply not found, as on a machine without a network."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if isinstance(name, str) and not (_is_local_name(name) or _is_numeric(name)):
        raise socket.gaierror(socket.EAI_NONAME, f"tests look up no names: {name}")


def _is_local_name(name: str) -> bool:
    return name in ("", "localhost", socket.gethostname()) or name.endswith(".localhost")


def _is_numeric(name: str) -> bool:
    """Is it an address in any notation, 0x7f.1 among them? Those are resolved without asking anyone."""
    try:
        socket.inet_aton(name)
    except OSError:
        return ":" in name
    return True
