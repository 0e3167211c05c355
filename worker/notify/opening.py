"""Opens a channel of the topics file, ready to send."""

from collections.abc import Callable
from datetime import UTC, datetime

from config import channels as written
from worker.errors import PermanentError
from worker.notify.apprise import AppriseChannel
from worker.notify.channel import Channel, Poster
from worker.notify.log import LogChannel
from worker.notify.webhook import WebhookChannel


def _now() -> datetime:
    return datetime.now(UTC)


def open_channel(
    name: str,
    spec: written.Channel,
    poster: Poster,
    write: Callable[[str], None],
    clock: Callable[[], datetime] = _now,
) -> Channel:
    """The channel that `spec` describes. Raises PermanentError, without secrets, when its address will never do."""
    try:
        return _open(spec, poster, write, clock)
    except PermanentError as error:
        raise PermanentError(f"channel {name}: {error}") from None


def _open(
    spec: written.Channel, poster: Poster, write: Callable[[str], None], clock: Callable[[], datetime]
) -> Channel:
    match spec:
        case written.AppriseChannel():
            return AppriseChannel(spec.url.get_secret_value())
        case written.WebhookChannel():
            return WebhookChannel(spec.url.get_secret_value(), spec.secret.get_secret_value(), poster, clock)
        case written.LogChannel():
            return LogChannel(write)
