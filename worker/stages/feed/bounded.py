"""feedparser under bounds, with a way on when it breaks. Gives its result in its own terms; `syndication` reads them.

cut (caps) ── feedparser ── Outcome
                  │ it broke
                  └─ repair references ─ still broken ─ halve the entries until the bad one is alone
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import feedparser
from feedparser.mixin import _FeedParserMixin

from worker.stages.feed.accidents import ACCIDENTS

MAX_AUTHOR_CHARS = 320
MAX_PARSES = 80

_NAME = rb"(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)"
_ENTRY_BEGINS = re.compile(rb"<" + _NAME + rb"(?=[\s>/])", re.IGNORECASE)
_ENTRY_ENDS = re.compile(rb"</" + _NAME + rb"\s*>", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_REPLACEMENT = b"&#xFFFD;"


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed's bytes, entry by entry."""

    head: bytes
    entries: tuple[bytes, ...]
    tail: bytes

    def joined(self) -> bytes:
        return b"".join((self.head, *self.entries, self.tail))

    def halves(self) -> tuple["Cut", "Cut"]:
        middle = len(self.entries) // 2
        return Cut(self.head, self.entries[:middle], self.tail), Cut(self.head, self.entries[middle:], self.tail)


def cut_up(body: bytes, *, body_truncated: bool, max_entries: int) -> tuple[Cut, list[str]]:
    """Take a feed apart before parsing: a hundred thousand entries would take feedparser most of a minute.

    Gives the part to parse, and notes on what was left out.
    """
    notes = ["the answer was too long and is cut"] if body_truncated else []
    begin = _ENTRY_BEGINS.search(body)
    ends = [found.end() for found in _ENTRY_ENDS.finditer(body, begin.start())] if begin else []
    if begin is None or not ends:
        return Cut(body, (), b""), notes
    starts = [begin.start(), *ends[:-1]]
    pieces = tuple(body[start:end] for start, end in zip(starts, ends, strict=True))
    if len(pieces) > max_entries:
        notes.append(f"the first {max_entries} of {len(pieces)} entries")
    return Cut(body[: begin.start()], pieces[:max_entries], b"" if body_truncated else body[ends[-1] :]), notes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What feedparser made of the bytes, in its own terms. `lost` entries broke it one by one."""

    feed: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    version: str
    lost: int = 0


def parse(cut: Cut, headers: Mapping[str, str]) -> Outcome:
    """Parse, whatever it takes."""
    outcome = _parsed(cut, headers)
    if outcome is not None:
        return outcome
    cut = Cut(_repaired(cut.head), tuple(_repaired(entry) for entry in cut.entries), _repaired(cut.tail))
    return _parsed(cut, headers) or _salvaged(cut, headers)


def _parsed(cut: Cut, headers: Mapping[str, str]) -> Outcome | None:
    """Parse; None when feedparser breaks. It is given a stream, because it opens files named by bytes and text."""
    try:
        result = feedparser.parse(BytesIO(cut.joined()), response_headers=dict(headers), sanitize_html=False)
        return Outcome(result["feed"], tuple(result["entries"]), result.get("version") or "")
    except ACCIDENTS:
        return None


def _salvaged(cut: Cut, headers: Mapping[str, str]) -> Outcome:
    """Halve what breaks until each bad entry is alone, and keep all others in their order."""
    frame = _parsed(Cut(cut.head, (), cut.tail), headers)
    if frame is None:
        return Outcome({}, (), "", lost=len(cut.entries))
    waiting, kept, lost = [cut], list[Mapping[str, Any]](), 0
    for _ in range(MAX_PARSES):
        if not waiting:
            break
        part = waiting.pop()
        outcome = _parsed(part, headers)
        if outcome is not None:
            kept += outcome.entries
        elif len(part.entries) > 1:
            waiting += reversed(part.halves())
        else:
            lost += len(part.entries)
    lost += sum(len(part.entries) for part in waiting)
    return Outcome(frame.feed, tuple(kept), frame.version, lost)


def _repaired(raw: bytes) -> bytes:
    """References to characters that do not exist (&#xD800; &#99999999999;) become the replacement character."""
    return _REFERENCE.sub(lambda found: found.group() if _is_character(found) else _REPLACEMENT, raw)


def _is_character(found: re.Match[bytes]) -> bool:
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    digits = digits.lstrip(b"0")
    if len(digits) > 8:
        return False
    code = int(digits or b"0", base)
    return 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF


def _bound_author_search() -> None:
    """Cut an author before feedparser looks for a mail address in it.

    Its search takes quadratic time: 24 s for 62 KB. The cut is made here, after decoding, because every cut made in
    the bytes can be got around with character references.
    """
    search = _FeedParserMixin._sync_author_detail  # noqa: SLF001 - the one place that all author elements pass

    def bounded(self: Any, key: str = "author") -> None:
        context = self._get_context()
        author = context.get(key)
        if isinstance(author, str) and len(author) > MAX_AUTHOR_CHARS:
            context[key] = author[:MAX_AUTHOR_CHARS]
        search(self, key)

    _FeedParserMixin._sync_author_detail = bounded  # noqa: SLF001 - the same


_bound_author_search()
