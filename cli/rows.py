"""The JSON objects that commands print: the shapes are a contract (README, "For machines")."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from storage import alerts, articles, matches, stories, threads
from storage.tables import Alert, Article, Delivery, DeliveryStatus, Story
from storage.threads import OPEN
from worker.steps.tell import disagreements_in

Row = Mapping[str, Any]


def article_row(session: Session, article: Article) -> Row:
    return {
        "id": article.id,
        "url": article.url,
        "state": article.state,
        "title": article.title,
        "published": article.published,
        "language": article.language,
        "outlet": article.outlet,
        "authors": article.authors,
        "copy_of": article.copy_of or article.part_of,
        "is_part": article.part_of is not None,
        "story": article.story_id,
        "copy_share": article.copy_share,
        "tags": article.tags,
        "subjects": article.subjects,
        "names": list(articles.names_of(session, article.id)),
        "matches": [match.topic for match in matches.matches_of(session, article.id)],
        "revision": article.revision,
        "method": article.method,
        "set_aside": article.set_aside,
        "error": article.last_error or article.page_error,
    }


def story_row(session: Session, story: Story) -> Row:
    members = stories.members(session, story.id)
    facts = {fact.key: fact for fact in reversed(stories.facts_of(session, story.id))}
    return {
        "id": story.id,
        "title": story.title,
        "summary": story.summary,
        "first": story.first,
        "last": story.last,
        "origins": sum(article.copy_of is None for article in members),
        "articles": [
            {
                "id": article.id,
                "url": article.url,
                "outlet": article.outlet,
                "title": article.title,
                "published": article.published,
                "copy_of": article.copy_of or article.part_of,
                "is_part": article.part_of is not None,
            }
            for article in members
        ],
        "facts": [
            {"text": fact.text, "article": fact.article_id, "first": fact.published}
            for fact in sorted(facts.values(), key=lambda fact: (fact.published, fact.article_id, fact.start))
        ],
        "disagreements": [
            {
                "about": disagreement.about,
                "values": [
                    {"value": value.value, "articles": list(value.articles), "sentence": value.sentence}
                    for value in disagreement.values
                ],
            }
            for disagreement in disagreements_in(session, story.id)
        ],
    }


def alert_row(session: Session, alert: Alert) -> Row:
    members = stories.members(session, alert.story_id)
    deliveries = alerts.deliveries_of(session, alert.id)
    return {
        "id": alert.id,
        "key": alert.key,
        "topic": alert.topic,
        "story": alert.story_id,
        "reason": alert.reason,
        "created": alert.created,
        "group": threads.name_of(alert.topic, alert.story_id, alert.reason),
        "state": _state(alert, deliveries),
        "acknowledged": alert.acknowledged,
        "new": alert.new,
        "disagreements": alert.disagreements,
        "articles": [alert.article_id, *(a.id for a in members if a.id != alert.article_id)],
        "receipt": alert.receipt,
        "deliveries": [
            {
                "id": delivery.id,
                "channel": delivery.channel,
                "status": delivery.status,
                "attempts": delivery.attempts,
                "doubts": delivery.doubts,
                "error": delivery.last_error,
                "sent": delivery.sent,
                "sent_with": delivery.sent_with,
                "update": delivery.number,
                "digest_at": delivery.digest_at,
            }
            for delivery in deliveries
        ],
    }


def _state(alert: Alert, deliveries: Sequence[Delivery]) -> str:
    """How the alert stands with its readers, over all channels."""
    statuses = {delivery.status for delivery in deliveries}
    if alert.acknowledged is not None:
        return "acknowledged"
    if statuses & {DeliveryStatus.DEAD, DeliveryStatus.UNCERTAIN}:
        return "failed"
    if statuses & set(OPEN):
        return "waiting"
    return "muted" if statuses == {DeliveryStatus.MUTED} else "sent"
