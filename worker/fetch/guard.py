"""The guard at the socket: resolves a name, judges every address, connects to exactly the address it judged.

Judging happens here, at connect time, and not on the text of an address: "2130706433", "0x7f.1" and a name that
answers differently the second time all come down to the address that the socket gets. So redirects, webhooks and
robots.txt are covered without knowing about it. Only with a proxy is it otherwise: the proxy resolves and connects, so
it decides what may be reached, and the guard can but refuse addresses that are written out (`judge_written`).

The library above hands "timeouts" down to these streams. Ours are instants on the monotonic clock, not durations:
each read gets what is left of one deadline, so a server that sends a byte a second cannot hold a worker.
"""

import queue
import re
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpcore2

from worker.errors import PermanentError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port in, addresses as text out; raises OSError when there are none."""

# Python's `is_global` says yes to these, or has said so in some release.
_REFUSED_NETWORKS: tuple[Network, ...] = (
    ip_network("100.64.0.0/10"),  # behind a carrier's translation; cloud services of one large provider too
    ip_network("168.63.129.16/32"),  # one cloud's own service address, reachable from its machines only
    ip_network("192.0.0.0/24"),  # protocol assignments
    ip_network("192.88.99.0/24"),  # 6to4 relays
    ip_network("224.0.0.0/4"),  # multicast
    ip_network("240.0.0.0/4"),  # reserved, and broadcast
    ip_network("2001::/23"),  # Teredo and other protocol assignments: they carry IPv4 addresses inside
    ip_network("2001:db8::/32"),  # documentation
    ip_network("2002::/16"),  # 6to4: an IPv4 address inside
    ip_network("3fff::/20"),  # documentation
)
_LOOPBACK = IPv4Address("127.0.0.1")
_UNKNOWN = IPv4Address(0)
_NUMBER_AT_END = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")
EVERYWHERE: tuple[Network, ...] = (ip_network("0.0.0.0/0"), ip_network("::/0"))
MAX_ADDRESSES = 8  # of a name that are tried: one with thousands would have us knock on as many doors
# All public IPv6 addresses are here; NAT64, IPv4-compatible, site-local, link-local and multicast ones are not.
_PUBLIC_IPV6 = ip_network("2000::/3")


class RefusedError(PermanentError):
    """A host whose addresses may not be reached."""


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open Internet. IPv4 written as IPv6 (::ffff:127.0.0.1) is judged as IPv4."""
    address = _unmapped(address)
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return False
    return address.is_global and not any(address in network for network in _REFUSED_NETWORKS)


def system_resolver(host: str, port: int) -> list[str]:
    """The operating system's answer, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard(httpcore2.NetworkBackend):
    """Opens connections for the door. `allow_networks` are reachable whatever they are, and on any port."""

    def __init__(
        self,
        *,
        ports: frozenset[int],
        allow_networks: Sequence[Network] = (),
        resolve: Resolver = system_resolver,
    ) -> None:
        self._ports = ports
        self._allow_networks = tuple(allow_networks)
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - part of the interface; we never choose our own address
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to a permitted address of `host`, the preferred one first. Raises RefusedError when none is."""
        addresses = [ip_address(address) for address in self._addresses(host, port, timeout)]
        permitted = [address for address in addresses if self._permits(address, port)]
        if not permitted:
            raise RefusedError(self._refusal(host, port, addresses))
        return self._connect_to_first(permitted[:MAX_ADDRESSES], port, timeout, socket_options)

    def judge_written(self, host: str, port: int) -> None:
        """Judge what a proxy will be asked for, by how it is written: names pass on our ports, addresses as above.

        Raises RefusedError.
        """
        address = _written_address(host)
        if address is None:
            if port not in self._ports:
                raise RefusedError(self._refusal(host, port, ()))
        elif not self._permits(address, port):
            raise RefusedError(self._refusal(host, port, [address]))

    def _addresses(self, host: str, port: int, deadline: float | None) -> Sequence[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            return _resolved(self._resolve, host, port, deadline)

    def _permits(self, address: Address, port: int) -> bool:
        return self._is_opened(address) or (port in self._ports and is_public(address))

    def _is_opened(self, address: Address) -> bool:
        address = _unmapped(address)
        return any(address in network for network in self._allow_networks)

    def _refusal(self, host: str, port: int, addresses: Sequence[Address]) -> str:
        closed = [address for address in addresses if not is_public(address)]
        if closed:
            opens = "STORYTRAIL_ALLOW_PRIVATE_NETWORKS can open its network"
            return f"{host} leads to {closed[0]}, which is not a public address; {opens}"
        return f"{host} is asked for on port {port}; only {', '.join(map(str, sorted(self._ports)))} are used"

    def _connect_to_first(
        self, addresses: Sequence[Address], port: int, deadline: float | None, options: Iterable[Any] | None
    ) -> httpcore2.NetworkStream:
        """Try the addresses in turn. Each gets its share of the time left: one that is silent must not use it all."""
        for untried, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            left = _left(deadline, httpcore2.ConnectTimeout)
            share = left if left is None else left / untried
            try:
                stream = httpcore2.SyncBackend().connect_tcp(str(address), port, timeout=share, socket_options=options)
                return TimedStream(stream.get_extra_info("socket"))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if untried == 1:
                    raise
        raise httpcore2.ConnectError("no address to connect to")


class TimedStream(httpcore2.NetworkStream):
    """A connection whose every read and write is given only what is left until its deadline."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._socket.settimeout(_left(timeout, httpcore2.ReadTimeout))
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        unsent = memoryview(buffer)
        try:
            while unsent:
                self._socket.settimeout(_left(timeout, httpcore2.WriteTimeout))
                unsent = unsent[self._socket.send(unsent) :]
        except TimeoutError as error:
            raise httpcore2.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.WriteError(str(error)) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            self._socket.settimeout(_left(timeout, httpcore2.ConnectTimeout))
            return TimedStream(ssl_context.wrap_socket(self._socket, server_hostname=server_hostname))
        except TimeoutError as error:
            self.close()
            raise httpcore2.ConnectTimeout(str(error)) from error
        except (OSError, ValueError) as error:  # ValueError: a host that no certificate could name
            self.close()
            raise httpcore2.ConnectError(str(error)) from error

    def get_extra_info(self, info: str) -> Any:
        if info == "socket":
            return self._socket
        if info == "is_readable":
            return _is_readable(self._socket)
        return None


def _is_readable(connection: socket.socket) -> bool:
    """Whether something came; on an idle connection that is the other side's goodbye."""
    if connection.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _written_address(host: str) -> Address | None:
    """The address that a host is written as, in any notation that some resolver takes for one; None for a name."""
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return _LOOPBACK
    if ":" in host:
        return IPv6Address(host)
    if not _NUMBER_AT_END.search(host):
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        return _UNKNOWN  # no name ends in a number (RFC 1123, 2.1), so it is one, and not as we would read it


def _unmapped(address: Address) -> Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _left(deadline: float | None, error: type[httpcore2.TimeoutException]) -> float | None:
    """Seconds until the deadline; raises when it has passed."""
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("the time is over")
    return left


def _resolved(resolve: Resolver, host: str, port: int, deadline: float | None) -> Sequence[str]:
    """Resolve in a thread of its own: the system's resolver takes no deadline and may sit on a name for a minute."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as error:  # whatever it is, the thread that waits must hear of it
            answers.put(error)

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=_left(deadline, httpcore2.ConnectTimeout))
    except queue.Empty:
        raise httpcore2.ConnectTimeout(f"{host} was not resolved in time") from None
    if isinstance(answer, Exception) or not answer:
        raise httpcore2.ConnectError(f"{host} has no address")
    return answer
