"""One message for one alert, or for several that go together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.stages.message.html import as_html
from worker.stages.message.lines import counted, theirs
from worker.stages.message.plain import as_text
from worker.stages.message.telling import Section, Telling, What, tell, titled
from worker.stages.message.views import AlertView

MAX_SECTIONS = 8
# The title of several is that of the weightiest: a new story, then what was wrong, what is open, what is new.
WEIGHT = ("first", "correction", "settled", "disagreement", "revival", "new-fact", "new-origin", "quiet-source")


@dataclass(frozen=True, slots=True)
class Rendered:
    """`body` and `html` say the same; neither repeats the title. `url`: the page that the title is about, if any."""

    title: str
    body: str
    html: str = ""
    url: str = ""


def render(view: AlertView) -> Rendered:
    """The alert as a person reads it."""
    return render_group([view], 0)


def render_group(views: Sequence[AlertView], update: int) -> Rendered:
    """Alerts of one topic in one message, the oldest first. `update`: 0 for the first message of a thread, n for the
    n-th that follows it, or that replaces it where the channel can edit.

    The title is the weightiest one's in a first message and the newest one's in an update; the others follow below,
    the newest first. Raises ValueError for no alerts at all.
    """
    if not views:
        raise ValueError("a message needs an alert")
    leading = views[-1] if update else min(reversed(views), key=_weight)
    told = tell(leading)
    others = [view for view in reversed(views) if view is not leading]
    sections = [told.section, *_others(others, leading)]
    title = titled(leading.topic, _as_update(told, leading, update))
    return Rendered(title, as_text(sections), as_html(sections), told.section.url)


def _weight(view: AlertView) -> int:
    return WEIGHT.index(view.reason) if view.reason in WEIGHT else len(WEIGHT)


def _as_update(told: Telling, view: AlertView, update: int) -> What:
    if not update:
        return told.what
    label = "" if view.reason == "new-fact" else told.what.label
    return What(f"update {update}{', ' if label else ''}{label}", told.what.words)


def _others(views: Sequence[AlertView], leading: AlertView) -> Iterator[Section]:
    """What else there is, each under a heading. Who else reports is said once, by the leading one."""
    for view in views[:MAX_SECTIONS]:
        told = tell(view)
        section, story = told.section, "" if view.story == leading.story else f"{theirs(view.story_title, 80)}: "
        heading = f"{story}{capital(told.what.within(200))}"
        own = tuple(bullets for bullets in section.bullets if not bullets.intro)
        yield Section(heading, section.lead, section.outlet, section.url, own)
    if len(views) > MAX_SECTIONS:
        yield Section(note=f"And {counted(len(views) - MAX_SECTIONS, 'earlier alert', 'earlier alerts')}.")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
