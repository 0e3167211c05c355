"""The log as a channel: one line for each message, for trying things out and for those who collect logs."""

from collections.abc import Callable

from worker.notify.channel import Abilities, Message


class LogChannel:
    """Writes a line. A repeated line harms nobody, so it may simply be written again."""

    can = Abilities(idempotent=True)

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def send(self, message: Message) -> None:
        first_line = message.body.partition("\n")[0]
        self._write(" ".join(f"{message.title} | {first_line} | {message.url}".split()))
