"""Who stated what of a story first, from the facts that are stored of it: see the stage `facts.timeline`."""

from sqlalchemy.orm import Session

from storage import stories
from worker.stages.facts.timeline import Line, Reported, timeline
from worker.steps.tell import statement_of


def timeline_of(session: Session, story_id: int) -> tuple[Line, ...]:
    """The facts of a story, the earliest first; copies state nothing of their own."""
    stated = map(statement_of, stories.facts_of(session, story_id))
    return timeline(Reported(one.fact, one.outlet, one.article, one.published) for one in stated)
