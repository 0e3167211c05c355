"""A webhook receiver on loopback for tests: it verifies signatures, remembers ids and misbehaves when told to.

    with Receiver() as receiver:
        channel posts to receiver.url, signed with receiver.secret
        assert receiver.effects == {message.id: 1}    # acted on once, posted once

    receiver.fails_ambiguously(0.15, seed=1)    # acts or not, and either way breaks off without an answer
    receiver.refuses(503, headers={"Retry-After": "120"})
    receiver.accepts()                          # behaves again

It acts once for each id, however often that is posted: what is left to prove is that no id is lost.
"""

import random
import threading
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

SECRET = "whsec_c3Rvcnl0cmFpbC10ZXN0LXNlY3JldA=="


class Receiver:
    """The receiver. Starts with the `with` block and ends with it."""

    def __init__(self, secret: str = SECRET) -> None:
        self.secret = secret
        self.payloads: dict[str, Any] = {}
        """What was acted on, by id: the first payload of each."""
        self.posts: Counter[str] = Counter()
        """Verified posts for each id, those that were refused or left without an answer among them."""
        self.forgeries = 0
        self.timestamps: list[str] = []
        self._ambiguous_share = 0.0
        self._chance = random.Random(0)  # noqa: S311 -- repeatable misbehaviour
        self._refusal: tuple[int, Mapping[str, str]] | None = None
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.receiver = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    @property
    def effects(self) -> dict[str, int]:
        """How often each id that was acted on has been posted."""
        with self._lock:
            return {each: self.posts[each] for each in self.payloads}

    @property
    def told(self) -> frozenset[str]:
        """The keys of the alerts in what was acted on: one message may tell several."""
        with self._lock:
            return frozenset(alert["key"] for payload in self.payloads.values() for alert in payload["alerts"])

    def accepts(self) -> None:
        """Behave from now on."""
        with self._lock:
            self._ambiguous_share, self._refusal = 0.0, None

    def fails_ambiguously(self, share: float, seed: int) -> None:
        """Give that share of posts no answer; half of them are acted on all the same."""
        with self._lock:
            self._ambiguous_share = share
            self._chance = random.Random(seed)  # noqa: S311 -- repeatable misbehaviour

    def refuses(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        """Answer every post with this status, and act on none."""
        with self._lock:
            self._refusal = (status, headers or {})

    def takes(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]] | None:
        """What to answer to a post; None to break off without an answer."""
        try:
            payload = Webhook(self.secret).verify(body, dict(headers))
        except WebhookVerificationError:
            with self._lock:
                self.forgeries += 1
            return 401, {}
        with self._lock:
            name = headers["webhook-id"]
            self.posts[name] += 1
            self.timestamps.append(headers["webhook-timestamp"])
            return self._answer(name, payload)

    def _answer(self, name: str, payload: object) -> tuple[int, Mapping[str, str]] | None:
        if self._refusal is not None:
            return self._refusal
        if self._chance.random() >= self._ambiguous_share:
            self.payloads.setdefault(name, payload)
            return 204, {}
        if self._chance.random() < 0.5:
            self.payloads.setdefault(name, payload)
        return None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.receiver.takes(body, headers)
        self.close_connection = True
        if answer is None:
            return
        status, extra = answer
        self.send_response(status)
        for name, value in {"Content-Length": "0", **extra}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet: the tests say what matters."""
