"""Opens a channel of the topics file, ready to send."""

from collections.abc import Callable
from datetime import UTC, datetime

from config import channels as written
from config.mail import read_mail_server
from worker.errors import PermanentError
from worker.notify.apprise import AppriseChannel
from worker.notify.channel import Channel, Outside
from worker.notify.email import EmailChannel
from worker.notify.feed import FeedChannel
from worker.notify.log import LogChannel
from worker.notify.smtp import MailDoor
from worker.notify.webhook import WebhookChannel


def _now() -> datetime:
    return datetime.now(UTC)


def open_channel(
    name: str,
    spec: written.Channel,
    outside: Outside,
    write: Callable[[str], None],
    clock: Callable[[], datetime] = _now,
) -> Channel:
    """The channel that `spec` describes. Raises PermanentError, without secrets, when its address will never do."""
    try:
        return _open(spec, outside, write, clock)
    except PermanentError as error:
        raise PermanentError(f"channel {name}: {error}") from None


def _open(
    spec: written.Channel, outside: Outside, write: Callable[[str], None], clock: Callable[[], datetime]
) -> Channel:
    match spec:
        case written.AppriseChannel():
            return AppriseChannel(spec.url.get_secret_value())
        case written.EmailChannel():
            server = read_mail_server(spec.server.get_secret_value())
            hand_over = MailDoor(outside.policy.allow_networks).hand_over
            return EmailChannel(server, spec.sender, spec.recipients, hand_over)
        case written.WebhookChannel():
            return WebhookChannel(spec.url.get_secret_value(), spec.secret.get_secret_value(), outside, clock)
        case written.FeedChannel():
            return FeedChannel()
        case written.LogChannel():
            return LogChannel(write)
