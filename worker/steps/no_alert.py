"""Why an article that matched a topic raised no alert: the decision is taken again, and nothing comes of it."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from storage import alerts, stories
from storage.tables import Article
from worker.stages.alert import FIRST, REASONS, decide
from worker.steps.tell import disagreements_in, occasion_of, quiet_before, slots_in, statement_of, told_of


def why_no_alert(session: Session, article: Article, topic: str, on: frozenset[str], matched: datetime) -> str:
    """`on`: the reasons that the topic asks for; `matched`: when its match was stored."""
    assert article.story_id is not None  # noqa: S101 -- it has matched, so it is in a story
    earlier = [alert for alert in alerts.told(session, topic, article.story_id) if alert.created <= matched]
    told = told_of(session, earlier)
    if article.copy_of is not None and FIRST in told.reasons:
        return f"a copy of article {article.copy_of}: it says what its origin said"
    facts = tuple(statement_of(row).fact for row in stories.stated_in(session, article.id))
    disagreements, quiet = disagreements_in(session, article.story_id, slots_in(facts)), quiet_before(session, article)
    occasion = occasion_of(article, topic, facts, disagreements, None, quiet)
    would_be = dict.fromkeys(alert.reason for alert in decide(occasion, told, frozenset(REASONS)))
    unasked = [reason for reason in would_be if reason not in on]
    if unasked:
        return f"it would have been told as {' and '.join(unasked)}, and the topic asks for {', '.join(sorted(on))}"
    if would_be:
        return "what it tells was not known, or not worth telling, when it was read"
    first = f", first on {earlier[0].created.astimezone(UTC):%Y-%m-%d} (alert {earlier[0].id})" if earlier else ""
    return f"nothing in it that was not told already{first}"
