"""A receiver of Storytrail's webhooks, to start from: `python deploy/webhook_receiver.py --file received.sqlite`.

It does what every receiver should, in this order:

1. takes no more than it wants to hold in memory;
2. verifies the signature over the very bytes that came, before it parses them (https://www.standardwebhooks.com);
3. refuses what was signed more than five minutes ago, so that nobody can send again what he has overheard;
4. acts once for each `webhook-id`: Storytrail sends an alert again when it heard no answer;
5. puts an update in the place of what it has for that `thread`, unless that is newer;
6. answers 2xx only when all of that is on disk. 410 would say: never again.

The secret is the variable WEBHOOK_SECRET, as it stands in the topics file. Needs Python alone.
"""

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MAX_BODY_BYTES = 1024 * 1024
TOLERANCE_SECONDS = 300
MARK = "whsec_"
TABLES = """
CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS story (thread TEXT PRIMARY KEY, number INTEGER NOT NULL, event TEXT NOT NULL);
"""


def key_of(secret: str) -> bytes:
    """What a secret stands for: base64, with or without `whsec_`; any other text is itself the key."""
    encoded = secret.removeprefix(MARK)
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return encoded.encode()


def is_genuine(headers: Mapping[str, str], body: bytes, key: bytes, now: float) -> bool:
    """Whether whoever knows the key has signed this body lately. `headers`: names in small letters."""
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not name or not (stamp.isascii() and stamp.isdigit()) or abs(now - int(stamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{name}.{stamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    # Several, while a secret is being changed for another.
    shown = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected, signature.encode()) for signature in shown)


class Memory:
    """What was received: every id, and the newest event of each thread. Both are written together or not at all."""

    def __init__(self, file: Path | str) -> None:
        self._file = file
        with closing(self._open()) as connection, connection:
            connection.executescript(TABLES)

    def take(self, name: str, event: Mapping[str, Any], now: float) -> bool:
        """Act on an event; False if that was done before.

        Where acting is more than a row in this file, give the id to whoever acts, or write down what is to be done
        here and do it afterwards: a crash between acting and remembering would act twice.
        """
        with closing(self._open()) as connection, connection:
            new = connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (name, now)).rowcount
            if new:
                self._keep(connection, event.get("thread") or name, event)
            return bool(new)

    def stories(self) -> list[dict[str, Any]]:
        """The newest event of each thread."""
        with closing(self._open()) as connection:
            return [json.loads(event) for (event,) in connection.execute("SELECT event FROM story ORDER BY rowid")]

    def _keep(self, connection: sqlite3.Connection, thread: str, event: Mapping[str, Any]) -> None:
        connection.execute(
            "INSERT INTO story VALUES (?, ?, ?) ON CONFLICT (thread) DO UPDATE"
            " SET number = excluded.number, event = excluded.event WHERE excluded.number > story.number",
            (thread, int(event.get("update") or 0), json.dumps(event, ensure_ascii=False)),
        )

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=30)


class Handler(BaseHTTPRequestHandler):
    """One POST. `key` and `memory` are set by whoever makes the server."""

    key: bytes
    memory: Memory
    timeout = 30

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY_BYTES:
            self._answer(413)
            return
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not is_genuine(headers, body, self.key, time.time()):
            self._answer(401)
            return
        event = json.loads(body)
        if self.memory.take(headers["webhook-id"], event, time.time()):
            self._show(event)
        self._answer(204)

    def _show(self, event: Mapping[str, Any]) -> None:
        new = event.get("new") or [event.get("type", "")]
        sys.stdout.write(f"{event.get('topic', '')} – {event.get('reason', '')}: {new[0]}\n")
        sys.stdout.flush()

    def _answer(self, status: int) -> None:
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """What is new is shown above; addresses of requests are nobody's matter."""


def server_of(host: str, port: int, key: bytes, memory: Memory) -> ThreadingHTTPServer:
    handler = type("Receiving", (Handler,), {"key": key, "memory": memory})
    return ThreadingHTTPServer((host, port), handler)


def main() -> None:
    parser = argparse.ArgumentParser(description="Receives Storytrail's webhooks; the secret is WEBHOOK_SECRET.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--file", type=Path, default=Path("received.sqlite"))
    chosen = parser.parse_args()
    secret = os.environ.get("WEBHOOK_SECRET", "")
    if not secret:
        parser.error("WEBHOOK_SECRET is not set")
    with server_of(chosen.host, chosen.port, key_of(secret), Memory(chosen.file)) as server:
        sys.stdout.write(f"receiving at http://{chosen.host}:{server.server_address[1]}/\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
