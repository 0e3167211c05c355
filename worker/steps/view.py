"""An alert as its readers see it: the stored rows put together for the stage `message`, which words them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from storage import stories
from storage.tables import Alert, Article, Story
from worker.notify.channel import Message
from worker.stages.message import AlertView, Carrier, ChangeView, DisagreementView, ValueView, payload, render

NEWEST = 50  # of the story's other articles; nobody reads more in an alert


def view_of(session: Session, alert: Alert) -> AlertView:
    """Everything there is to tell: the article that raised the alert first, then the story's others, newest first."""
    story = session.get_one(Story, alert.story_id)
    raised_by = session.get_one(Article, alert.article_id)
    others = [m for m in reversed(stories.members(session, story.id, NEWEST)) if m.id != raised_by.id]
    first = Carrier(raised_by.outlet or raised_by.host, raised_by.title, raised_by.url)
    named = [i for disagreement in alert.disagreements for value in disagreement["values"] for i in value["articles"]]
    outlets = stories.outlets_of(session, named)
    return AlertView(
        id=alert.id,
        key=alert.key,
        topic=alert.topic,
        story=story.id,
        story_title=story.title,
        reason=alert.reason,
        created=alert.created,
        new=tuple(alert.new),
        disagreements=tuple(_disagreement(disagreement, outlets) for disagreement in alert.disagreements),
        articles=(first, *(Carrier(m.outlet, m.title, m.url) for m in others if m.copy_of is None)),
        receipt=alert.receipt,
        changes=tuple(ChangeView(change["before"], change["after"]) for change in alert.changes),
    )


def message_of(session: Session, alert: Alert, *, is_repeat: bool) -> Message:
    view = view_of(session, alert)
    rendered = render(view)
    return Message(
        id=alert.key,
        title=rendered.title,
        body=rendered.body,
        url=view.articles[0].url if view.articles else "",
        payload=payload(view),
        is_repeat=is_repeat,
        created=alert.created,
    )


def _disagreement(stored: Mapping[str, Any], outlets: Mapping[int, str]) -> DisagreementView:
    values = tuple(
        ValueView(value["value"], _each_once(outlets[i] for i in value["articles"] if i in outlets), value["sentence"])
        for value in stored["values"]
    )
    return DisagreementView(stored["about"], values)


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
