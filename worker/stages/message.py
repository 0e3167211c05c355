"""An alert in words: what stands on a lock screen, what stands below it, and the JSON that programs get.

The title says which topic, why, and the headline of the report that brings it: a story's own title is soon out of date.
The body's first line says what is new in one sentence; then outlet and link, then details, then who else reports.
Plain text, so that every channel can show it; nothing in it is anybody's markup.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from worker.stages.alert import CORRECTION, DISAGREEMENT, FIRST, NEW_FACT

MAX_TITLE = 100  # characters
MAX_SENTENCE = 300
MAX_OTHERS = 3  # outlets that report it too
PAYLOAD_TYPE = "story.alert"

_REASON_WORDS = {
    FIRST: "new story",
    NEW_FACT: "new",
    DISAGREEMENT: "reports differ",
    CORRECTION: "corrected",
}
_WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class ValueView:
    """One of the values that outlets give, who gives it, and the sentence it stands in."""

    value: str
    outlets: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class DisagreementView:
    about: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A corrected sentence; `after` is empty when it was withdrawn."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An article that carries the story."""

    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class AlertView:
    """Everything there is to tell of an alert. `articles`: the one that raised it first."""

    id: int
    key: str
    topic: str
    story: int
    story_title: str
    reason: str
    created: datetime
    new: tuple[str, ...]
    disagreements: tuple[DisagreementView, ...]
    articles: tuple[Carrier, ...]
    receipt: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[ChangeView, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    title: str
    body: str


def render(view: AlertView) -> Rendered:
    """The alert as a person reads it."""
    title = _shortened(f"{view.topic} – {_why(view)}", MAX_TITLE)
    headline, *details = _headlines(view)
    parts = [
        [headline, *_source(view.articles[:1])],
        [f"- {line}" for line in details],
        *(list(_values(disagreement)) for disagreement in view.disagreements),
        list(_also(view)),
        list(_drift(view)),
    ]
    return Rendered(title, "\n\n".join("\n".join(lines) for lines in parts if lines))


def payload(view: AlertView) -> dict[str, object]:
    """The alert as a program reads it: JSON's own types alone."""
    return {
        "type": PAYLOAD_TYPE,
        "id": view.id,
        "key": view.key,
        "topic": view.topic,
        "story": {"id": view.story, "title": view.story_title},
        "reason": view.reason,
        "created": view.created.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "new": list(view.new),
        "disagreements": [
            {
                "about": disagreement.about,
                "values": [
                    {"value": value.value, "outlets": list(value.outlets), "sentence": value.sentence}
                    for value in disagreement.values
                ],
            }
            for disagreement in view.disagreements
        ],
        "changes": [{"before": change.before, "after": change.after} for change in view.changes],
        "articles": [{"outlet": a.outlet, "title": a.title, "url": a.url} for a in view.articles],
        "receipt": dict(view.receipt),
    }


def _why(view: AlertView) -> str:
    """Why the reader is told, and of what: "new: Toll rises to 19", "reports differ on the number killed"."""
    why = _REASON_WORDS.get(view.reason, view.reason)
    if view.disagreements:
        return f"{why} on {_with_article(view.disagreements[0].about)}"
    title = next((article.title for article in view.articles[:1] if article.title), view.story_title)
    is_said_below = _headlines(view)[0].startswith(
        _line(title).rstrip("…")
    )  # a text file's title is its first sentence
    return why if is_said_below else f"{why}: {title}"


def _headlines(view: AlertView) -> list[str]:
    """What is new, the most telling first; never empty."""
    lines = [_differs(disagreement) for disagreement in view.disagreements]
    lines += [_changed(change) for change in view.changes]
    if not lines:
        lines = [_shortened(sentence, MAX_SENTENCE) for sentence in view.new]
    return lines or [_shortened(view.story_title, MAX_SENTENCE)]


def _differs(disagreement: DisagreementView) -> str:
    values = (f"{value.value} ({', '.join(_line(o) for o in value.outlets)})" for value in disagreement.values)
    return f"Reports differ on {_line(_with_article(disagreement.about))}: {'; '.join(values)}."


def _with_article(about: str) -> str:
    """ "number killed" is read as "the number killed"; "whether Moroz attends" stands as it is."""
    return f"the {about}" if about.startswith("number") else about


def _changed(change: ChangeView) -> str:
    before = _shortened(change.before, MAX_SENTENCE)
    if not change.after:
        return f"Withdrawn: “{before}”"
    return f"Now: “{_shortened(change.after, MAX_SENTENCE)}” Before: “{before}”"


def _source(articles: Sequence[Carrier]) -> Iterator[str]:
    for article in articles:
        if article.outlet:
            yield _line(article.outlet)
        if article.url:
            yield _line(article.url)


def _values(disagreement: DisagreementView) -> Iterator[str]:
    for value in disagreement.values:
        outlets = ", ".join(_line(outlet) for outlet in value.outlets)
        yield f"- {outlets}: “{_shortened(value.sentence, MAX_SENTENCE)}”"


def _drift(view: AlertView) -> Iterator[str]:
    """What the receipt says of a followed story that has moved away from what the topic asked for."""
    drift = view.receipt.get("drift")
    if isinstance(drift, Mapping):
        yield f"This story now shares few names with your topic ({drift['shared']} of {drift['of']})."


def _also(view: AlertView) -> Iterator[str]:
    """The outlets not named above, each with its first title: who wants their pages follows the story."""
    named = {_line(article.outlet) for article in view.articles[:1]}
    named.update(
        _line(o) for disagreement in view.disagreements for value in disagreement.values for o in value.outlets
    )
    by_outlet: dict[str, Carrier] = {}
    for article in view.articles[1:]:
        by_outlet.setdefault(_line(article.outlet) or "unnamed", article)
    others = [(outlet, article) for outlet, article in by_outlet.items() if outlet not in named]
    if others:
        yield "Also reported by:"
    for outlet, article in others[:MAX_OTHERS]:
        yield f"- {outlet}: {_shortened(article.title, MAX_TITLE)}".rstrip(": ")
    if len(others) > MAX_OTHERS:
        yield f"- and {len(others) - MAX_OTHERS} more"


def _line(text: str) -> str:
    """On one line, without control characters: a title with a line break in it would end a mail's header."""
    return _WHITE.sub(" ", text).strip()


def _shortened(text: str, limit: int) -> str:
    """On one line, at most `limit` characters, cut between words."""
    line = _line(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–-") + "…"
