"""Who may see the page, and what every answer carries: two layers of ASGI around the application.

With a token, each request shows it, as the password of HTTP Basic (any user name) or as a Bearer token. Without one,
the page is for this machine only; the Host header is judged as well, because a page elsewhere can make a browser here
ask us under a name that points to 127.0.0.1 (DNS rebinding). Two things are open: `/healthz`, which tells nothing but
how we are, and the addresses that hubs know us by, each of which holds a token of its own (`web/websub.py`). A topic's
feeds are open to whoever has their key (`web/feed_address.py`).
"""

import base64
import binascii
import hmac
import ipaddress
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import feed_address

OPEN_PATHS = re.compile(r"/healthz|/websub/[A-Za-z0-9_-]{1,64}")
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Storytrail", charset="UTF-8"'}
_SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_UNLESS_SAID = ("Cache-Control", "no-store")


class Gate:
    """Lets a request through to `app`, or answers it itself."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if OPEN_PATHS.fullmatch(scope["path"]):
            return None
        if self._token is None:
            return None if is_loopback(_host_name(headers.get("host", ""))) else _not_for_others()
        if feed_address.opens(self._token, scope["path"], scope["query_string"].decode("latin-1")):
            return None
        shown = shown_token(headers.get("authorization", ""))
        if shown is not None and hmac.compare_digest(shown.encode(), self._token.encode()):
            return None
        return PlainTextResponse("The admin token is needed, as password.\n", 401, headers=_CHALLENGE)


class SafetyHeaders:
    """Adds to each answer what keeps a browser from running, framing or storing it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_SAFETY)
                headers.setdefault(*_UNLESS_SAID)
            await send(message)

        await self._app(scope, receive, send_safely)


def shown_token(authorization: str) -> str | None:
    """The token in an Authorization header: `Bearer TOKEN`, or the password of `Basic` (RFC 7617)."""
    scheme, _, credentials = authorization.partition(" ")
    match scheme.lower():
        case "bearer":
            return credentials.strip()
        case "basic":
            return _password(credentials.strip())
        case _:
            return None


def is_loopback(host: str) -> bool:
    """Is this name or address the machine itself?"""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _password(credentials: str) -> str | None:
    try:
        pair = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    _, colon, password = pair.partition(":")
    return password if colon else None


def _host_name(header: str) -> str:
    """The host of `localhost:8000` or `[::1]:8000`, without the port."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]


def _not_for_others() -> Response:
    return PlainTextResponse("This page is for this machine only; set STORYTRAIL_ADMIN_TOKEN to open it.\n", 403)
