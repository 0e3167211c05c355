"""Webhooks, signed after Standard Webhooks (https://www.standardwebhooks.com): id, timestamp and body under one key.

The id is the alert's key on every attempt, so a receiver that remembers ids acts once however often we post; the
timestamp is signed anew each time, as receivers refuse old ones. A receiver answers 2xx when it has the alert, and 410
when it wants none any more.

Updates of a story are events of their own, with ids of their own. They name their thread, so that a receiver which
keeps one thing for each story can put the update in its place: that is what editing means here.
"""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

from worker.errors import PermanentError, TransientError
from worker.notify.channel import Abilities, Answer, GoneError, Message, Poster
from worker.stages.retry_after import retry_after_seconds

SECRET_PREFIX = "whsec_"  # noqa: S105 -- the mark before a secret, not a secret

GONE = 410
_ASKS_TO_WAIT = frozenset([408, 425, 429])


class WebhookChannel:
    """Posts a message's payload to one address."""

    can = Abilities(edit=True, idempotent=True, threads=True)

    def __init__(self, url: str, secret: str, poster: Poster, clock: Callable[[], datetime]) -> None:
        self._url = url
        self._signer = Webhook(read_secret(secret))
        self._poster = poster
        self._clock = clock

    def send(self, message: Message) -> str | None:
        """Post it. What it can be edited by is its thread."""
        now = self._clock().astimezone(UTC)  # the library takes whatever zone it is given for UTC
        body = json.dumps(dict(message.payload), ensure_ascii=False, separators=(",", ":"))
        headers = {
            "content-type": "application/json; charset=utf-8",
            "webhook-id": message.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._signer.sign(message.id, now, body),
        }
        _judge(self._poster.post(self._url, body.encode(), headers=headers), now)
        return message.thread or None


def read_secret(secret: str) -> bytes:
    """The key that a secret stands for: base64, with or without `whsec_`; any other text is itself the key.

    The library would drop what is not base64 and sign with the rest. A receiver of such a pass phrase gives its library
    the base64 of it. Raises PermanentError for an empty one.
    """
    encoded = secret.removeprefix(SECRET_PREFIX)
    if not encoded:
        raise PermanentError("the webhook's secret is empty")
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):  # ValueError: characters beyond ASCII
        return encoded.encode()


def _judge(answer: Answer, now: datetime) -> None:
    """Raise what the status means."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status in _ASKS_TO_WAIT or status >= 500:
        wait = retry_after_seconds(answer.headers.get("retry-after", ""), now)
        raise TransientError(f"the receiver answered {status}", wait)
    if status == GONE:
        raise GoneError(f"the receiver answered {GONE}: it wants nothing any more")
    if 300 <= status < 400:
        raise PermanentError(f"the receiver answered {status}; webhooks follow no redirects, so give the final address")
    raise PermanentError(f"the receiver answered {status}")
