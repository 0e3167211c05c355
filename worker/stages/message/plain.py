"""Sections as plain text, which every channel can show. Nothing in it is anybody's markup."""

from collections.abc import Iterable, Iterator

from worker.stages.message.telling import Bullets, Section

MARK = "…"


def as_text(sections: Iterable[Section]) -> str:
    return "\n\n".join(block for section in sections for block in _blocks(section) if block)


def fitted(body: str, limit: int | None, link: str) -> str:
    """At most `limit` characters, cut between lines or words and marked; `link` is kept where it has room."""
    if limit is None or len(body) <= limit:
        return body
    tail = f"{MARK}\n{link}" if link and len(link) + 40 < limit else MARK
    kept = body[: max(limit - len(tail), 0)]
    kept = kept[: max(kept.rfind("\n"), kept.rfind(" "), 0)] or kept
    if link in kept:
        return kept.rstrip() + MARK
    return f"{kept.rstrip()}{tail}"[:limit]


def _blocks(section: Section) -> Iterator[str]:
    yield "\n".join(line for line in (section.heading, section.lead, section.outlet, section.url) if line)
    for bullets in section.bullets:
        yield "\n".join(_lines(bullets))
    yield section.note


def _lines(bullets: Bullets) -> Iterator[str]:
    if bullets.intro:
        yield bullets.intro
    for item in bullets.items:
        yield f"- {item.text}"
