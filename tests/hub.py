"""A WebSub hub for tests: it takes requests, verifies them at the callback by real HTTP, pushes, and misbehaves.

    hub = Hub(site)
    subscribe(run, subscription_id)           # posts to hub.url
    assert hub.asked[-1]["hub.mode"] == "subscribe"
    hub.verifies(lease_seconds=864000)        # True: the callback gave the challenge back
    hub.pushes(feed)                          # signed with the secret it was given
    hub.pushes(feed, signature="sha256=00")   # forged
    hub.denies("we have closed")

It speaks as the last request it got told it to; `callback` says where that is.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl

import httpx2

from tests.site import Site

FEED_TYPE = "application/rss+xml"
CHALLENGE = "kX7+/=_3-challenge"


class Hub:
    """A hub at one path of a site. Verifying and pushing are left to the test, unless it verifies before it answers."""

    def __init__(self, site: Site, path: str = "/hub") -> None:
        self._site = site
        self._path = path
        self.accepts()

    @property
    def url(self) -> str:
        return self._site.url(self._path)

    @property
    def asked(self) -> list[Mapping[str, str]]:
        """What was asked of it, the form of each request."""
        return [dict(parse_qsl(request.body.decode(), strict_parsing=True)) for request in self._site.asked(self._path)]

    @property
    def last(self) -> Mapping[str, str]:
        return self.asked[-1]

    @property
    def callback(self) -> str:
        return self.last["hub.callback"]

    # --- How it answers ---

    def accepts(self) -> None:
        self._site.serves(self._path, b"", status=202)

    def refuses(self, status: int, words: str = "", headers: Mapping[str, str] | None = None) -> None:
        told = {"Content-Type": "text/plain; charset=utf-8", **(headers or {})}
        self._site.serves(self._path, words, status=status, headers=told)

    def moves(self, to: str, status: int = 307) -> None:
        self._site.moves(self._path, to, status=status)

    def hangs_up(self) -> None:
        """Take the request and end the connection without a word."""
        self._site.plays(self._path, lambda _: None)

    def verifies_before_it_answers(self, then: int = 202) -> None:
        """As hubs do that verify within the request."""
        self._site.plays(self._path, self._after(self.verifies, then))

    def _after(self, act: Callable[[], object], status: int) -> Callable[[BaseHTTPRequestHandler], None]:
        def script(handler: BaseHTTPRequestHandler) -> None:
            act()
            handler.send_response(status)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        return script

    # --- What it does by itself ---

    def verifies(self, *, topic: str | None = None, lease_seconds: int | str | None = 864_000) -> bool:
        """Ask the callback whether it meant the last request; whether it did."""
        query = {"hub.mode": self.last["hub.mode"], "hub.topic": topic or self.last["hub.topic"]}
        query |= {"hub.challenge": CHALLENGE}
        query |= {"hub.lease_seconds": str(lease_seconds)} if lease_seconds is not None else {}
        answer = self.says(query)
        return answer.is_success and answer.text == CHALLENGE

    def denies(self, reason: str = "", *, topic: str | None = None) -> httpx2.Response:
        query = {"hub.mode": "denied", "hub.topic": topic or self.last["hub.topic"]}
        return self.says(query | ({"hub.reason": reason} if reason else {}))

    def says(self, query: Mapping[str, str]) -> httpx2.Response:
        return httpx2.get(self.callback, params=dict(query), trust_env=False)

    def pushes(
        self, body: bytes | str, *, method: str = "sha256", signature: str | None = None, content_type: str = FEED_TYPE
    ) -> httpx2.Response:
        """Push to the callback; `signature` in place of the right one, "" for none."""
        raw = body.encode() if isinstance(body, str) else body
        signed = self.signs(raw, method) if signature is None else signature
        headers = {"Content-Type": content_type, "Link": f'<{self.url}>; rel="hub"'}
        headers |= {"X-Hub-Signature": signed} if signed else {}
        return httpx2.post(self.callback, content=raw, headers=headers, trust_env=False)

    def signs(self, body: bytes, method: str = "sha256") -> str:
        digest = hmac.new(self.last["hub.secret"].encode(), body, getattr(hashlib, method)).hexdigest()
        return f"{method}={digest}"
