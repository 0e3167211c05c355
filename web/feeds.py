"""The feeds of topics, for feed readers: RSS, Atom and JSON Feed of what was told on a channel of the kind `feed`.

    GET /feeds/Ankara%20talks.atom?key=…    200, or 304 when nothing changed; 404 for a topic that tells no feed

A story has one entry. When there is more to tell, the same entry tells that as well, under the same id and with a newer
date, so a reader shows it again in place of the old one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from config.channels import FeedChannel
from config.errors import ConfigError
from storage import channels
from storage.channels import ToldAlert
from web.feed_address import FOLDER, read_path
from web.syndication import Entry, Feed, Writer, as_atom, as_json_feed, as_rss
from worker.runtime import Runtime
from worker.stages.alert import QUIET_SOURCE
from worker.stages.message import render_group
from worker.steps.view import view_of

MOST_ALERTS = 200
MOST_ENTRIES = 40
MOST_IN_ENTRY = 10
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # when a feed without entries changed

_WRITERS: Mapping[str, tuple[Writer, str]] = {
    "rss": (as_rss, "application/rss+xml; charset=utf-8"),
    "atom": (as_atom, "application/atom+xml; charset=utf-8"),
    "json": (as_json_feed, "application/feed+json; charset=utf-8"),
}


def routes(run: Runtime) -> Sequence[BaseRoute]:
    return (Route(f"{FOLDER}{{name:path}}", Feeds(run).answer, methods=["GET"]),)


class Feeds:
    """Answers for all topics. A plain function answers, so it runs in a thread: the database may wait."""

    def __init__(self, run: Runtime) -> None:
        self._run = run

    def answer(self, request: Request) -> Response:
        named = read_path(request.scope["path"])
        try:
            told_on = self._channels(named[0]) if named else ()
        except ConfigError:  # broken since before this process began, and told on the page
            return PlainTextResponse("The topics file cannot be read.\n", 503)
        if named is None or not told_on:
            return PlainTextResponse("There is no such feed.\n", 404)
        topic, form = named
        home = self._run.settings.public_url or str(request.base_url).rstrip("/")
        feed = self._run.database.read(lambda session: feed_of(session, topic, told_on, home))
        write, content_type = _WRITERS[form]
        return _unless_known(request, write(feed), content_type, feed.updated)

    def _channels(self, topic: str) -> Sequence[str]:
        """The topic's channels that are feeds; none if there is no such topic."""
        in_force = self._run.topics.current()
        written = in_force.by_name.get(topic)
        names = written.alert.to if written else ()
        return [name for name in names if isinstance(in_force.file.channels.get(name), FeedChannel)]


def feed_of(session: Session, topic: str, told_on: Sequence[str], home: str) -> Feed:
    """The topic's feed as it stands, the story that was told of last first."""
    stories: dict[tuple[int, bool], list[ToldAlert]] = {}
    for told in channels.told_on(session, topic, told_on, MOST_ALERTS):
        stories.setdefault((told.alert.story_id, told.alert.reason == QUIET_SOURCE), []).append(told)
    entries = [_entry(session, told) for told in list(stories.values())[:MOST_ENTRIES]]
    updated = max((entry.updated for entry in entries), default=NEVER)
    return Feed(_urn(topic), topic, f"{home}/", updated, tuple(entries))


def _entry(session: Session, told: Sequence[ToldAlert]) -> Entry:
    """A story, of which the newest alert comes first."""
    views = [view_of(session, one.alert) for one in reversed(told[:MOST_IN_ENTRY])]
    rendered = render_group(views, max(one.number for one in told))
    alert = told[0].alert
    return Entry(
        id=_urn(alert.topic, str(alert.story_id), *([QUIET_SOURCE] if alert.reason == QUIET_SOURCE else [])),
        title=rendered.title,
        url=rendered.url,
        html=rendered.html,
        text=rendered.body,
        published=min(one.sent for one in told),
        updated=max(one.sent for one in told),
    )


def _urn(*parts: str) -> str:
    """The same for ever, whatever address the page is at."""
    named = "\0".join(parts).encode("utf-8", "surrogatepass")
    return f"urn:storytrail:{hashlib.sha256(named).hexdigest()[:32]}"


def _unless_known(request: Request, body: bytes, content_type: str, updated: datetime) -> Response:
    """The feed, or 304 to a reader that has it (RFC 9110, 13.2.2)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(updated.astimezone(UTC), usegmt=True),
        "Cache-Control": "private, no-cache",
    }
    if _has(request, tag, updated):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "Content-Type": content_type})


def _has(request: Request, tag: str, updated: datetime) -> bool:
    known = request.headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in known.split(","))
    since = _moment(request.headers.get("if-modified-since", ""))
    return since is not None and updated.replace(microsecond=0) <= since


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
