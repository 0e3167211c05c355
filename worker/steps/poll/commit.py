"""Write what polls found: the entries and the sources' new columns, together or not at all."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from storage import entries, polls, sources, subscriptions
from storage.bodies import store_body
from storage.claims import Claim
from storage.entries import Stored
from storage.pushes import drop_pushes
from storage.tables import Source, SourceKind, SourceState
from worker.runtime import Runtime
from worker.stages.feed.recognise import recognise
from worker.stages.habits import Habits, from_json, to_json
from worker.stages.rhythm import Bounds, next_poll, source_state
from worker.steps.poll.outcome import Outcome

log = structlog.get_logger()

FOLDER_SECONDS = 30  # between two looks in a folder of which the user says nothing else


@dataclass(frozen=True)
class Polled:
    """A source that was looked at, and what that found."""

    source: Source
    claim: Claim
    outcome: Outcome
    asked: datetime


def write(session: Session, run: Runtime, polled: Sequence[Polled]) -> Sequence[Stored]:
    """Entries, ETags and next polls of these sources in this transaction; nothing of those whose claim was lost."""
    held = polls.still_held(session, [poll.claim for poll in polled])
    kept = [poll for poll in polled if poll.claim.id in held]
    if not kept:
        return [Stored()] * len(polled)
    stored = _store(session, kept)
    for poll in kept:
        _see_to_the_hub(session, run, poll, stored.get(poll.source.id, Stored()))
    settled = {poll.source.id: _columns(session, run, poll, stored.get(poll.source.id, Stored())) for poll in kept}
    polls.settle_sources(session, settled)
    for poll in kept:
        _follow_up(session, poll, stored.get(poll.source.id, Stored()))
        _tell(poll.source, settled[poll.source.id])
    return [stored.get(poll.claim.id, Stored()) for poll in polled]


def _store(session: Session, polled: Sequence[Polled]) -> Mapping[int, Stored]:
    """What was listed, with the pages that came with it."""
    for poll in polled:
        for body in poll.outcome.bodies:
            store_body(session, body, poll.asked)
    lists = {poll.source.id: poll.outcome.listed for poll in polled if poll.outcome.listed}
    return entries.store_listed(session, lists, recognise, polled[-1].asked) if lists else {}


def _see_to_the_hub(session: Session, run: Runtime, poll: Polled, stored: Stored) -> None:
    """Be subscribed to what the answer announced. First of all, as the next poll depends on what the hub is worth."""
    source, outcome = poll.source, poll.outcome
    if not run.settings.public_url or outcome.announced is None:
        return
    subscriptions.want(session, source.id, outcome.announced.hub, outcome.announced.own_url, poll.asked)
    if stored.new and source.last_ok is not None:  # the hub should have told us
        subscriptions.doubt(session, source.id, poll.asked)


def _follow_up(session: Session, poll: Polled, stored: Stored) -> None:
    """What else follows from what was stored."""
    if poll.outcome.pushes:
        drop_pushes(session, poll.outcome.pushes)
    if stored.put_off:
        polls.forget_answer(session, poll.source.id)


def _columns(session: Session, run: Runtime, poll: Polled, stored: Stored) -> dict[str, Any]:
    """All that is written on the source."""
    source, outcome, now = poll.source, poll.outcome, poll.asked
    habits = _habits(source, outcome, stored, now)
    state, reason = _state(source, outcome, habits, now)
    is_fed = _is_fed(session, run, poll, stored)
    columns = outcome.columns | {"next_poll": _next_poll(run, source, outcome, habits, is_fed, now)}
    if not outcome.is_pushed:
        columns |= {
            "failures": _failures(source, outcome),
            "last_ok": source.last_ok if outcome.error else now,
            "last_error": outcome.error,
        }
    if outcome.habits is not None:
        columns["habits"] = to_json(habits)
    there = sources.find_source(session, columns["url_hash"]) if "url" in columns else None
    if there is not None:
        del columns["url"], columns["url_hash"]
        if there.state in sources.POLLED:  # if it is not, the redirect is what still brings its entries
            state, reason = SourceState.RETIRED, sources.MOVED.format(columns["moved_to"])
    since = source.since if source.state == state else now
    return columns | {"state": state, "since": since, "reason": reason}


def _is_fed(session: Session, run: Runtime, poll: Polled, stored: Stored) -> bool:
    """Whether polls only have to make sure, as a hub tells us what is new.

    Not when its word led to nothing: the server failed, or gave an answer from before it.
    """
    outcome = poll.outcome
    led_to_nothing = outcome.pushes and not (stored.new or stored.changed)
    if run.settings.public_url is None or outcome.error or led_to_nothing:
        return False
    return subscriptions.is_active(session, poll.source.id, poll.asked)


def _habits(source: Source, outcome: Outcome, stored: Stored, now: datetime) -> Habits:
    """With the time of this poll as a date, when the source brought something and does not say when it is from."""
    habits = outcome.habits or from_json(source.habits)
    is_undated = not any(item.published for item in outcome.listed)
    return habits.with_dates([now]) if stored.new and is_undated else habits


def _failures(source: Source, outcome: Outcome) -> int:
    """In a row, this poll counted; a push says nothing about how the source answers."""
    if outcome.is_pushed:
        return source.failures
    return source.failures + 1 if outcome.error else 0


def _state(source: Source, outcome: Outcome, habits: Habits, now: datetime) -> tuple[SourceState, str]:
    if outcome.is_pushed and source.state != SourceState.QUIET:
        return SourceState(source.state), source.reason  # how its server does was not seen
    has_answered = not (outcome.error or outcome.is_pushed)
    state, reason = source_state(
        now,
        failures=_failures(source, outcome),
        last_ok=now if has_answered else source.last_ok,
        last_error=outcome.error or source.last_error,
        is_gone=outcome.is_gone,
        answer_seconds=outcome.seconds,
        published=habits.dates,
        listed=len(outcome.listed) if outcome.habits and not outcome.is_pushed else None,
        known=habits.most,
        added=source.created,
    )
    kept = source.reason if outcome.is_unchanged and source.state == state else ""  # what was cut then is cut still
    return SourceState(state), reason or outcome.note or kept


def _next_poll(run: Runtime, source: Source, outcome: Outcome, habits: Habits, is_fed: bool, now: datetime) -> datetime:
    if outcome.ask_again is not None:
        return now + timedelta(seconds=outcome.ask_again)
    if outcome.is_pushed:
        return source.next_poll  # nobody was asked
    settings = run.settings
    return next_poll(
        now,
        published=habits.dates,
        interval=source.interval_seconds or (FOLDER_SECONDS if source.kind == SourceKind.FOLDER else None),
        ttl_minutes=habits.ttl_minutes,
        cache_control=outcome.headers.get("cache-control", ""),
        expires=outcome.headers.get("expires", ""),
        date=outcome.headers.get("date", ""),
        age=outcome.headers.get("age", ""),
        skip_hours=habits.skip_hours,
        skip_days=habits.skip_days,
        is_pushed=is_fed,
        retry_after=outcome.retry_after,
        failures=_failures(source, outcome),
        bounds=Bounds(settings.poll_interval_min, settings.poll_interval_max, settings.poll_interval),
        jitter=random.random(),  # noqa: S311 -- spreads polls over time, protects nothing
    )


def _tell(source: Source, columns: Mapping[str, Any]) -> None:
    """A source is never given up in silence."""
    state = columns["state"]
    if state != source.state:
        report = log.info if state == SourceState.HEALTHY else log.warning
        report(f"a source is now {state}", source=source.url, before=source.state, reason=columns["reason"] or None)
