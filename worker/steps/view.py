"""An alert as its readers see it: the stored rows put together for the stage `message`, which words them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from storage import stories
from storage.tables import Alert, Article, Story
from worker.notify.channel import Message
from worker.stages.message import AlertView, Carrier, ChangeView, DisagreementView, ValueView, payload, render


def view_of(session: Session, alert: Alert) -> AlertView:
    """Everything there is to tell: the article that raised the alert first, then the story's others, newest first."""
    story = session.get_one(Story, alert.story_id)
    members = {article.id: article for article in reversed(stories.articles_of(session, story.id))}
    raised_by = session.get_one(Article, alert.article_id)
    others = [a for a in members.values() if a.id != raised_by.id and a.copy_of is None]
    return AlertView(
        id=alert.id,
        key=alert.key,
        topic=alert.topic,
        story=story.id,
        story_title=story.title,
        reason=alert.reason,
        created=alert.created,
        new=tuple(alert.new),
        disagreements=tuple(_disagreement(disagreement, members) for disagreement in alert.disagreements),
        articles=tuple(Carrier(_outlet(a), a.title, a.url) for a in (raised_by, *others)),
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


def _disagreement(stored: Mapping[str, Any], members: Mapping[int, Article]) -> DisagreementView:
    values = tuple(
        ValueView(value["value"], _outlets(value["articles"], members), value["sentence"]) for value in stored["values"]
    )
    return DisagreementView(stored["about"], values)


def _outlets(ids: Sequence[int], members: Mapping[int, Article]) -> tuple[str, ...]:
    """Each once; an article that has since moved to another story is not named any more."""
    return tuple(dict.fromkeys(_outlet(members[i]) for i in ids if i in members))


def _outlet(article: Article) -> str:
    return article.outlet or article.host
