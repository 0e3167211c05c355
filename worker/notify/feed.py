"""Feeds as a channel: nothing goes out, as readers fetch them from the web page (`web/feeds.py`).

That the delivery is recorded as sent is what puts the alert into the topic's feeds.
"""

from worker.notify.channel import Abilities, Message


class FeedChannel:
    """Takes everything, and needs no network. A story has one entry, which its next alert replaces."""

    can = Abilities(edit=True, idempotent=True, rich_text=True, threads=True)

    def send(self, message: Message) -> str | None:
        return message.thread or None
