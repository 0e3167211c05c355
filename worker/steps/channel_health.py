"""Channels that are dead: noticed, told of on another channel, and tried again now and then.

A channel is dead when so many deliveries on it were given up one after the other, or when its receiver said that it
wants nothing any more. Deliveries then wait, all but one at a time, which is the probe; a receiver that is gone for
good is not tried again before the topics file changes.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from config.channels import BUILT_IN
from config.errors import ConfigError
from storage import troubles
from storage.tables import ChannelTrouble
from storage.troubles import GivenUp
from worker.errors import WorkerError
from worker.notify.channel import GoneError, Message
from worker.notify.opening import open_channel
from worker.runtime import Runtime

log = structlog.get_logger()

DEAD_AFTER = 3  # deliveries given up, with none that arrived between
PROBE_EVERY = timedelta(hours=1)


def held_until(session: Session, channel: str, written: str, now: datetime) -> datetime | None:
    """Until when a delivery on this channel has to wait because it is dead; None: it may go, perhaps as the probe."""
    trouble = troubles.trouble_of(session, channel)
    if trouble is None or trouble.dead_since is None:
        return None
    if trouble.written != written:
        troubles.is_well(session, channel, now)
        return None
    if trouble.next_probe is None:
        return now + PROBE_EVERY
    if trouble.next_probe > now:
        return trouble.next_probe
    troubles.put_off_probe(session, channel, now + PROBE_EVERY)
    return None


def dead_channels(run: Runtime, session: Session) -> Sequence[ChannelTrouble]:
    """Those of the topics file: one that was taken out of it is nobody's trouble any more."""
    dead = troubles.dead(session)
    try:
        written = run.topics.current().file.channels
    except ConfigError:  # told elsewhere
        return dead
    return [trouble for trouble in dead if trouble.channel in written]


def note_given_up(run: Runtime, topic: str, channel: str, error: WorkerError) -> None:
    """A delivery was given up; if that shows the channel to be dead, its readers are told where they still can be.

    That is tried once: whoever misses it sees it on the page, and by `healthcheck`.
    """
    now = run.now()
    probe = None if isinstance(error, GoneError) else now + PROBE_EVERY
    given_up = GivenUp(channel, str(error), run.topics.current().file.digest, probe, DEAD_AFTER)
    if run.database.write(lambda session: troubles.note(session, given_up, now)):
        log.error("channel is dead", channel=channel, reason=str(error))
        _tell_elsewhere(run, topic, channel, str(error), now)


def note_arrival(run: Runtime, channel: str) -> None:
    if run.database.read(lambda session: troubles.trouble_of(session, channel)) is not None:
        run.database.write(lambda session: troubles.is_well(session, channel, run.now()))


def _tell_elsewhere(run: Runtime, topic: str, channel: str, reason: str, now: datetime) -> None:
    topics = run.topics.current()
    told = topics.by_name.get(topic)
    is_dead = {trouble.channel for trouble in run.database.read(troubles.dead)}
    others = [name for name in (told.alert.to if told else ()) if name not in is_dead and name in topics.file.channels]
    message = _message(topic, channel, reason, now)
    for name in dict.fromkeys([*others, BUILT_IN]):
        if _is_told(run, name, message):
            return


def _is_told(run: Runtime, name: str, message: Message) -> bool:
    written = run.topics.current().file.channels[name]
    try:
        open_channel(name, written, run.door, run.write_line).send(message)
    except WorkerError as error:
        log.warning("could not tell that a channel is dead", on=name, reason=str(error))
        return False
    return True


def _message(topic: str, channel: str, reason: str, now: datetime) -> Message:
    words = f"Nothing can be sent on channel {channel} any more: {reason}"
    key = hashlib.sha256(f"dead channel {channel} {now.isoformat()}".encode()).hexdigest()
    payload = {"type": "channel.dead", "key": key, "channel": channel, "reason": reason, "topic": topic}
    return Message(key, f"Storytrail – channel {channel} is dead", words, "", payload, is_repeat=False, created=now)
