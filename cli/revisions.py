"""`storytrail revisions`: what an outlet has changed in an article since it was first read.

Earlier versions are stored whole; what has changed between two of them is worked out here, each time it is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import typer
from sqlalchemy.orm import Session

from cli.rows import Row
from cli.show import complain, counted, json_lines, moment, say
from cli.start import start_with_database
from storage import articles
from storage.tables import Article
from worker.stages.revision import Difference, difference, is_same_text
from worker.steps.named import find_named

REMOVED, ADDED = "red", "green"


@dataclass(frozen=True)
class Change:
    """How the version with this number was replaced."""

    number: int
    replaced: datetime
    difference: Difference


def run_revisions(named: str, *, as_json: bool) -> None:
    """Show each change of an article, named by its id or its address, the first one first."""
    run = start_with_database()
    article, changes = run.database.read(lambda session: _look_up(session, named))
    run.close()
    if article is None:
        complain(f"there is no article {named}: storytrail articles shows them with their ids")
        raise typer.Exit(1)
    if as_json:
        json_lines(_row(article, change) for change in changes)
    else:
        _print(article, changes)


def _look_up(session: Session, named: str) -> tuple[Article | None, Sequence[Change]]:
    article = find_named(session, named)
    return article, list(_changes(session, article)) if article else []


def _changes(session: Session, article: Article) -> Iterator[Change]:
    earlier = articles.revisions_of(session, article.id)
    versions = [*((revision.title, revision.text) for revision in earlier), (article.title, article.text)]
    for revision, (before, after) in zip(earlier, pairwise(versions), strict=True):
        yield Change(revision.number, revision.replaced, difference(*before, *after))


def _row(article: Article, change: Change) -> Row:
    """`number`: of the version that was replaced, counted from 1."""
    compared = change.difference
    return {
        "article": article.id,
        "url": article.url,
        "number": change.number,
        "replaced": change.replaced,
        "title_before": compared.title_before,
        "title_after": compared.title_after,
        "removed": compared.removed,
        "added": compared.added,
        "changed": [{"before": edit.before, "after": edit.after} for edit in compared.changed],
    }


def _print(article: Article, changes: Sequence[Change]) -> None:
    say(f"{article.id}  {article.outlet}: {article.title}", style="bold")
    say(article.url, indent=4)
    for note in filter(None, (article.page_error, article.cut)):
        say(note, indent=4)
    if not changes:
        say("it says what it said when it was first read", indent=4)
    for change in changes:
        _print_change(change)


def _print_change(change: Change) -> None:
    compared = change.difference
    say("")
    say(f"{moment(change.replaced)}  {_summary(compared)}", style="bold")
    if not is_same_text(compared.title_before, compared.title_after):
        _print_edit(compared.title_before, compared.title_after)
    for edit in compared.edits:
        _print_edit(edit.before, edit.after)


def _print_edit(before: str, after: str) -> None:
    for mark, text, style in (("-", before, REMOVED), ("+", after, ADDED)):
        if text:
            say(f"{mark} {text}", indent=4, style=style)


def _summary(compared: Difference) -> str:
    kinds = (("changed", len(compared.changed)), ("added", len(compared.added)), ("removed", len(compared.removed)))
    told = [f"{counted(number, 'sentence')} {what}" for what, number in kinds if number]
    return ", ".join(told) or "another title"
