"""Alerts as programs read them: JSON's own types alone. What is there is never renamed; what is new is added."""

from collections.abc import Sequence
from datetime import UTC, datetime

from worker.stages.message.views import AlertView, DisagreementView

ALERT, UPDATED, DIGEST = "story.alert", "story.alert.updated", "story.digest"

FEW = 5  # articles that each alert shows among many: a hundred alerts must not outgrow what receivers take

Payload = dict[str, object]


def payload(view: AlertView, articles: int | None = None) -> Payload:
    """One alert, with so many of its articles, the one that raised it first; None: with all of them."""
    return {
        "type": ALERT,
        "id": view.id,
        "key": view.key,
        "topic": view.topic,
        "story": {"id": view.story, "title": view.story_title},
        "reason": view.reason,
        "created": _instant(view.created),
        "new": list(view.new),
        "disagreements": [_disagreement(disagreement) for disagreement in view.disagreements],
        "changes": [{"before": change.before, "after": change.after} for change in view.changes],
        "articles": [{"outlet": a.outlet, "title": a.title, "url": a.url} for a in view.articles[:articles]],
        "receipt": dict(view.receipt),
        **_of_some(view),
    }


def group_payload(views: Sequence[AlertView], thread: str, update: int) -> Payload:
    """Alerts of one story, the oldest first: the newest one's fields, with all of them under `alerts`.

    A first message is of the type "story.alert", an update of it "story.alert.updated". Both name their `thread`: a
    receiver that keeps one thing for each thread puts the update in its place. `update` counts up from 0.
    """
    event: Payload = {"type": UPDATED if update else ALERT, "thread": thread, "update": update}
    return payload(views[-1]) | event | {"alerts": _each(views)}


def digest_payload(topic: str, views: Sequence[AlertView], period: str) -> Payload:
    """A digest: the alerts it gathers."""
    return {"type": DIGEST, "topic": topic, "period": period, "alerts": _each(views)}


def _each(views: Sequence[AlertView]) -> list[Payload]:
    return [payload(view, FEW if len(views) > 1 else None) for view in views]


def _disagreement(disagreement: DisagreementView) -> Payload:
    values = [
        {"value": value.value, "outlets": list(value.outlets), "sentence": value.sentence}
        for value in disagreement.values
    ]
    told: Payload = {"about": disagreement.about, "values": values}
    return told | {"settled": disagreement.settled} if disagreement.settled else told


def _of_some(view: AlertView) -> Payload:
    """What only some reasons have."""
    some: Payload = {}
    if view.quiet_days:
        some["quiet_days"] = view.quiet_days
    if view.sources:
        some["sources"] = [
            {"name": s.name, "since": _instant(s.since) if s.since else None, "reason": s.reason} for s in view.sources
        ]
    return some


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
