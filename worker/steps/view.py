"""An alert as its readers see it: the stored rows put together for the stage `message`, which words them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage import stories
from storage.stories import Member
from storage.tables import Alert, Article, Story
from worker.notify.channel import Message
from worker.stages.alert import QUIET_SOURCE, REVIVAL, SETTLED
from worker.stages.message import (
    AlertView,
    Carrier,
    ChangeView,
    DisagreementView,
    QuietSource,
    ValueView,
    payload,
    render,
)

NEWEST = 50  # of the story's other articles; nobody reads more in an alert


def view_of(session: Session, alert: Alert) -> AlertView:
    """Everything there is to tell: the article that raised the alert first, then the story's others, newest first."""
    story = session.get_one(Story, alert.story_id)
    raised_by = session.get_one(Article, alert.article_id)
    others = [m for m in reversed(stories.members(session, story.id, NEWEST)) if m.id != raised_by.id]
    first = Carrier(raised_by.outlet or raised_by.host, raised_by.title, raised_by.url)
    carriers = (first, *(Carrier(m.outlet, m.title, m.url) for m in others if m.copy_of is None))
    return AlertView(
        id=alert.id,
        key=alert.key,
        topic=alert.topic,
        story=story.id,
        story_title=story.title,
        reason=alert.reason,
        created=alert.created,
        new=tuple(alert.new),
        disagreements=_disagreements(session, alert),
        articles=() if alert.reason == QUIET_SOURCE else carriers,  # what is told of sources is about no story
        receipt=alert.receipt,
        changes=tuple(ChangeView(change["before"], change["after"]) for change in alert.changes),
        quiet_days=_quiet_days(raised_by, others) if alert.reason == REVIVAL else 0,
        sources=tuple(_source(source) for source in alert.receipt.get("sources", ())),
    )


def message_of(session: Session, alert: Alert, *, is_repeat: bool) -> Message:
    """An alert as a message by itself, as commands show it; what is sent is `worker.steps.bundle`'s matter."""
    view = view_of(session, alert)
    rendered = render(view)
    return Message(
        id=alert.key,
        title=rendered.title,
        body=rendered.body,
        url=rendered.url,
        payload=payload(view),
        is_repeat=is_repeat,
        created=alert.created,
        html=rendered.html,
        topic=alert.topic,
    )


def _disagreements(session: Session, alert: Alert) -> tuple[DisagreementView, ...]:
    named = [i for disagreement in alert.disagreements for value in disagreement["values"] for i in value["articles"]]
    outlets = stories.outlets_of(session, named)
    return tuple(_disagreement(stored, outlets, alert.reason) for stored in alert.disagreements)


def _disagreement(stored: Mapping[str, Any], outlets: Mapping[int, str], reason: str) -> DisagreementView:
    values = tuple(
        ValueView(value["value"], _each_once(outlets[i] for i in value["articles"] if i in outlets), value["sentence"])
        for value in stored["values"]
    )
    return DisagreementView(stored["about"], values, stored.get("stands", "") if reason == SETTLED else "")


def _quiet_days(raised_by: Article, others: Iterable[Member]) -> int:
    """Whole days from the story's last report before this one."""
    before = [member.event_time for member in others if member.event_time < raised_by.event_time]
    return (raised_by.event_time - max(before)).days if before else 0


def _source(stored: Mapping[str, Any]) -> QuietSource:
    since = stored.get("since")
    return QuietSource(stored["name"], datetime.fromisoformat(since) if since else None, stored.get("reason", ""))


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
