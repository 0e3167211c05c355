"""A digest: what happened in a topic in some time, story by story."""

from collections import defaultdict
from collections.abc import Sequence

from worker.stages.message.group import Rendered, capital
from worker.stages.message.html import as_html
from worker.stages.message.lines import MAX_NAME, address, counted, moment, theirs
from worker.stages.message.plain import as_text
from worker.stages.message.telling import Bullets, Item, Section, What, tell, titled
from worker.stages.message.views import AlertView

MAX_STORIES = 20
MAX_LINES = 5  # of a story


def render_digest(topic: str, views: Sequence[AlertView], period: str) -> Rendered:
    """`period` is "daily" or "weekly". The story with most to tell comes first, its oldest alert first."""
    by_story: defaultdict[int, list[AlertView]] = defaultdict(list)
    for view in views:
        by_story[view.story].append(view)
    stories = sorted(by_story.values(), key=lambda alerts: -sum(len(view.new) for view in alerts))
    sections = [_section(alerts) for alerts in stories[:MAX_STORIES]]
    if len(stories) > MAX_STORIES:
        sections.append(Section(note=f"And {counted(len(stories) - MAX_STORIES, 'story', 'stories')} more."))
    what = What(f"{period} digest: {_counts(len(views), len(stories))}")
    if not views:
        sections = [Section(lead="Nothing was new.")]
    return Rendered(titled(topic, what), as_text(sections), as_html(sections))


def _counts(alerts: int, stories: int) -> str:
    if not alerts:
        return "nothing new"
    return f"{counted(alerts, 'alert', 'alerts')} in {counted(stories, 'story', 'stories')}"


def _section(alerts: Sequence[AlertView]) -> Section:
    """A story: its title, then what was told of it, and the page of the last report."""
    items = [_item(view) for view in alerts[:MAX_LINES]]
    if len(alerts) > MAX_LINES:
        items.append(Item(f"and {len(alerts) - MAX_LINES} more"))
    last = alerts[-1]
    source = last.articles[0] if last.articles else None
    return Section(
        heading=theirs(last.story_title, 120),
        url=address(source.url) if source else "",
        outlet=theirs(source.outlet, MAX_NAME) if source else "",
        bullets=(Bullets(tuple(items)),),
    )


def _item(view: AlertView) -> Item:
    source = view.articles[0] if view.articles else None
    by = f"{theirs(source.outlet, MAX_NAME)}, " if source and source.outlet else ""
    words = capital(tell(view).what.within(200))
    return Item(f"{words} ({by}{moment(view.created)})", address(source.url) if source else "")
