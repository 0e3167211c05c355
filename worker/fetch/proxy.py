"""A proxy between us and the network, when one is set: http://[user:password@]host:port.

Then it is the proxy that resolves names and decides what may be reached; our guard sees only the way to the proxy, and
judges of each address what is written in it. A proxy is used because it was set here, never because the environment
(HTTP_PROXY and the like) names one. Other kinds are not offered: SOCKS would need another library, and over TLS the
connection to a site would be encrypted twice.
"""

from urllib.parse import unquote, urlsplit

import httpcore2

from worker.fetch.target import AddressError, read_target


def read_proxy(url: str) -> httpcore2.Proxy:
    """The proxy as the library takes it. Raises AddressError, without quoting what may hold a password."""
    try:
        parts = urlsplit(url)
        where = parts.netloc.rpartition("@")[2]
        target = read_target(f"http://{where}")
        has_more = parts.path.strip("/") or parts.query or parts.fragment
    except (AddressError, ValueError):
        raise AddressError(_WANTED) from None
    if parts.scheme != "http" or has_more:
        raise AddressError(_WANTED)
    address = httpcore2.URL(scheme=b"http", host=target.host.encode(), port=target.port, target=b"/")
    if parts.username is None:
        return httpcore2.Proxy(address)
    account = (unquote(parts.username).encode(), unquote(parts.password or "").encode())
    return httpcore2.Proxy(address, auth=account)


_WANTED = "the proxy must be given as http://host:port or http://user:password@host:port"
