"""robots.txt: asked for once a day for each origin, read by protego, kept in a cache that workers may share.

After RFC 9309. A file that is not there allows everything, and so does one that is kept from us: 401 and 403 are 4xx
like any other (2.3.1.3). A server that fails (5xx, 429, no connection, no name) allows nothing for now (2.3.1.4),
unless an older copy is at hand; after a month without an answer it is taken as not there. A file that leads in circles,
or where we do not go, is not there either. What type a server gives the file does not matter, only what is in it.

Not a judge of addresses, and not the one who waits: Crawl-delay is passed on to `pace`.
"""

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime

from protego import Protego

from worker.errors import PermanentError, TransientError
from worker.fetch.door import Door, Response
from worker.fetch.recent import Recent
from worker.fetch.robots_cache import OLD_COPY_SECONDS, Cache, Kept, MemoryCache
from worker.fetch.target import read_target
from worker.stages.retry_after import retry_after_seconds

MAX_ROBOTS_BYTES = 500 * 1024
KEPT_SECONDS = 24 * 3600.0
# A failing server is asked again after as long as it has been failing, within these bounds: a minute without a network
# on our side must not cost us all hosts for an hour.
FIRST_RETRY_SECONDS = 300.0
RETRY_SECONDS = 3600.0
MAX_PATIENCE_SECONDS = 24 * 3600.0
MAX_RULES_BYTES = 4 * 1024 * 1024  # of text whose rules are at hand; as rules they take up to fifty times as much
TOO_MANY_REQUESTS = 429  # counted with the failures and not with 4xx: it asks us to stay away for a while

# Every way of naming a crawler that protego takes: with the colon or without, in one word or two.
_AGENT = re.compile(r"\s*user(?:-|\s*)agent(?:[\s:]+|$)([^#]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[A-Za-z_-]*")
_SOMEONE_ELSE = "/"  # cannot be a crawler's name, nor a part of ours


class Robots:
    """Answers whether an address may be fetched. `now` gives seconds since 1970; `name` is how files call us.

    Methods raise PermanentError for what is no web address.
    """

    def __init__(self, door: Door, cache: Cache | None = None, *, now: Callable[[], float], name: str = "") -> None:
        self._door = door
        self._cache = cache or MemoryCache()
        self._now = now
        self._name = name or door.policy.user_agent.split("/")[0]
        self._rules = Recent[Protego](MAX_RULES_BYTES)
        self._lock = threading.Lock()
        self._asking: dict[str, Future[Kept]] = {}

    def allowed(self, url: str) -> bool:
        """May we fetch this address? Raises TransientError as long as its server cannot tell."""
        target = read_target(url)
        return self._rules_of(target.origin).can_fetch(target.url, self._name)

    def crawl_delay(self, url: str) -> float | None:
        """Seconds that the server wants between two requests, when it says so. Raises TransientError as above."""
        return self._rules_of(read_target(url).origin).crawl_delay(self._name)

    def _rules_of(self, origin: str) -> Protego:
        text = self._text(origin)
        rules = self._rules.get(text)
        if rules is None:
            rules = Protego.parse(_with_names_read(text, self._name))
            self._rules.put(text, rules, len(text))
        return rules

    def _text(self, origin: str) -> str:
        kept = self._cache.get(origin)
        if kept is None or kept.until <= self._now():
            kept = self._ask_once(origin)
        if kept.text is None:
            raise TransientError(f"{origin}/robots.txt cannot be read for now", retry_after=kept.until - self._now())
        return kept.text

    def _ask_once(self, origin: str) -> Kept:
        """One thread asks, and the others that need the same file wait for what it learns."""
        with self._lock:
            others = self._asking.get(origin)
            ours = self._asking.setdefault(origin, Future())
        if others is not None:
            return others.result()
        try:
            kept = self._ask(origin, self._cache.get(origin))
            self._cache.put(origin, kept)
            ours.set_result(kept)
        except BaseException as error:
            ours.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._asking[origin]
        return kept

    def _ask(self, origin: str, before: Kept | None) -> Kept:
        now = self._now()
        if before is not None and before.until > now:
            return before  # another thread has just learnt it
        try:
            answer = self._door.get(f"{origin}/robots.txt", max_body_bytes=MAX_ROBOTS_BYTES)
        except TransientError:
            return _after_failure(before, now)
        except PermanentError:
            return Kept("", now + KEPT_SECONDS)
        if answer.status >= 500 or answer.status == TOO_MANY_REQUESTS:
            wait = retry_after_seconds(answer.header("retry-after"), datetime.fromtimestamp(now, UTC))
            return _after_failure(before, now, wait or 0.0)
        return Kept(_readable(answer), now + KEPT_SECONDS)


def _after_failure(before: Kept | None, now: float, wait: float = 0.0) -> Kept:
    """What to go by until the next try, which is no sooner than the server asked for with `wait`."""
    known = before or Kept(None, now)
    since = now if known.failing_since is None else known.failing_since
    if now - since > OLD_COPY_SECONDS:
        return Kept("", now + KEPT_SECONDS, failing_since=since)
    pause = min(max(now - since, FIRST_RETRY_SECONDS), RETRY_SECONDS)
    return replace(known, until=now + max(pause, min(wait, MAX_PATIENCE_SECONDS)), failing_since=since)


def _readable(answer: Response) -> str:
    """The file's text. A page of HTML in its place has no lines that a robots file would have: it allows everything."""
    if not answer.is_success:
        return ""
    text = answer.body.decode("utf-8-sig", "replace")
    return "".join(text.splitlines(keepends=True)[:-1]) if answer.truncated else text


def _with_names_read(text: str, name: str) -> str:
    """The file with its crawlers' names reduced to what we ask of them: ours, everyone's or someone else's.

    Names are compared as RFC 9309 has it (2.2.1): without version and in any case. protego alone would take a group
    for "Story" as meant for Storytrail and one for "Storytrail/1.0" as not. Nor could it bear a file of a thousand
    names with a thousand rules, which it keeps for each name: 50 KB of that are 150 MB and three seconds.
    """
    return "\n".join(_with_name_read(line, name) for line in text.splitlines())


def _with_name_read(line: str, name: str) -> str:
    found = _AGENT.match(line)
    if found is None:
        return line
    written = found[1].strip()
    product = _PRODUCT.match(written)
    is_ours = product is not None and product[0].lower() == name.lower()
    return f"User-agent: {name if is_ours else '*' if written == '*' else _SOMEONE_ELSE}"
