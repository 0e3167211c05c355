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
MAX_TAGS = 20_000  # in one entry; those of the longest entries seen have a tenth of it, where they are not escaped
MAX_ATTRIBUTES = 500  # feedparser's time grows with their square: a minute for 25,000 on one element
MAX_EXPANDED_BYTES = 10_000_000  # by which entities that a feed declares may make it longer

_NAME = rb"(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)"
_ENTRY_BEGINS = re.compile(rb"<" + _NAME + rb"(?=[\s>/])", re.IGNORECASE)
_ENTRY_ENDS = re.compile(rb"</" + _NAME + rb"\s*>", re.IGNORECASE)
_REFERENCE = re.compile(rb"&(?:amp;)*#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_ATTRIBUTE = rb"""\s++[^\s<>"'=/]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')"""
_MANY_ATTRIBUTES = re.compile(rb"(<[A-Za-z_][\w:.-]*+)(?:" + _ATTRIBUTE + rb"){%d,}+" % MAX_ATTRIBUTES)
_ENTITY = re.compile(rb"""<!ENTITY\s+[^\s<>"'&%]+\s+(?:"([^"]*)"|'([^']*)')\s*>""", re.IGNORECASE)
_LONG_MAIL = re.compile(r"([a-zA-Z0-9_.+-]++@(?:[a-zA-Z0-9-]++\.)++[a-zA-Z]{2,4}+)[a-zA-Z0-9-]*+")
_ROOT = re.compile(rb"<\w")
_BLANK_LINES = re.compile(rb"\n\s+")
_OF_A_FEED = re.compile(rb"[<:](?:rss|rdf|feed|channel|item|entry)[\s>/]", re.IGNORECASE)
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
    body = _MANY_ATTRIBUTES.sub(rb"\1", _without_flood(body))
    notes = ["the answer was too long and is cut"] if body_truncated else []
    begin = _ENTRY_BEGINS.search(body)
    ends = [found.end() for found in _ENTRY_ENDS.finditer(body, begin.start())] if begin else []
    if begin is None or not ends:
        return Cut(body[: begin.start()] if begin and body_truncated else body, (), b""), notes
    starts = [begin.start(), *ends[:-1]]
    pieces = tuple(body[start:end] for start, end in zip(starts, ends, strict=True))
    if len(pieces) > max_entries:
        notes.append(f"the first {max_entries} of {len(pieces)} entries")
    kept = tuple(piece for piece in pieces[:max_entries] if piece.count(b"<") <= MAX_TAGS)
    if len(kept) < len(pieces[:max_entries]):
        notes.append(f"{len(pieces[:max_entries]) - len(kept)} entries of more than {MAX_TAGS} elements")
    return Cut(body[: begin.start()], kept, b"" if body_truncated else body[ends[-1] :]), notes


def _without_flood(body: bytes) -> bytes:
    """Without the entities that it declares, if they could make it much longer than it is."""
    longest = max((len(found[1] or found[2] or b"") for found in _ENTITY.finditer(body)), default=0)
    return _ENTITY.sub(b"", body) if longest * body.count(b"&") > MAX_EXPANDED_BYTES else body


def is_to_be_cut(body: bytes, max_entries: int) -> bool:
    """Whether `cut_up` might leave anything out."""
    tags = body.count(b"<")
    return bool(
        (tags > max_entries and sum(1 for _ in _ENTRY_ENDS.finditer(body)) > max_entries)
        or (tags > MAX_TAGS and any(piece.count(b"<") > MAX_TAGS for piece in _ENTRY_ENDS.split(body)))
        or (body.count(b"=") >= MAX_ATTRIBUTES and _MANY_ATTRIBUTES.search(body))
        or (len(body) * body.count(b"&") > MAX_EXPANDED_BYTES and _ENTITY.search(body))
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What feedparser made of the bytes, in its own terms. `lost` entries broke it one by one."""

    feed: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    version: str
    lost: int = 0


def parse(cut: Cut, headers: Mapping[str, str]) -> Outcome:
    """Parse, whatever it takes."""
    if not cut.entries and b"<" in cut.head and not _OF_A_FEED.search(cut.head):
        return Outcome({}, (), "")  # a page of some megabytes would take feedparser a minute
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


def _help_author_search() -> None:
    """Help feedparser where it looks for a mail address in an author.

    Its search takes quadratic time, 24 s for 62 KB, so the author is cut before. This is done here, after decoding,
    because every cut made in the bytes can be got around with character references. And it takes domains to end in
    four letters at most, of "ada@news.media (Ada)" it makes "a (Ada)": so that is how they end while it looks.
    """
    search = _FeedParserMixin._sync_author_detail  # noqa: SLF001 - the one place that all author elements pass

    def helped(self: Any, key: str = "author") -> None:
        context = self._get_context()
        author = context.get(key)
        if not isinstance(author, str):
            search(self, key)
            return
        author = author[:MAX_AUTHOR_CHARS]
        mail = _LONG_MAIL.search(author) if "@" in author else None
        shortened = context[key] = author.replace(mail[0], mail[1]) if mail else author
        search(self, key)
        if mail is None:
            return
        if context[key] == shortened:
            context[key] = author
        person = context[f"{key}s"][-1] if context.get(f"{key}s") else {}
        if person.get("email", "").startswith(mail[1]):
            person["email"] = person["email"].replace(mail[1], mail[0], 1)

    _FeedParserMixin._sync_author_detail = helped  # noqa: SLF001 - the same


def _help_doctype_search() -> None:
    """Help feedparser where it looks for a document type, in what stands in front of a feed.

    Over 30 KB of blank lines it takes ten seconds, in quadratic time, so they are folded; here, because here it has
    become UTF-8, whatever it was. And it breaks on a backslash in an entity, which it takes for one in a pattern.
    """
    search = feedparser.api.replace_doctype

    def helped(data: bytes) -> Any:
        root = _ROOT.search(data)
        if root is None:
            return search(data)
        head = _BLANK_LINES.sub(b"\n", data[: root.start()]).replace(b"\\", b"\\\\")
        return search(head + data[root.start() :])

    feedparser.api.replace_doctype = helped


_help_author_search()
_help_doctype_search()
