"""`storytrail search` and `storytrail names`: finding what is stored, by its words and by the names in it."""

from collections.abc import Iterable, Sequence

import typer
from rich.padding import Padding
from rich.text import Text
from sqlalchemy.orm import Session

from cli.failure import MISUSED
from cli.rows import Row, article_row
from cli.show import complain, json_lines, moment, out, progress, say, table
from cli.start import start_with_database
from storage.names import CountedName, find_names
from storage.search import count_unindexed
from worker.runtime import Runtime
from worker.stages.query import QuerySyntaxError
from worker.stages.search import Search, read_search
from worker.stages.snippet import Snippet, snippet
from worker.stages.text.fold import spelling_key
from worker.stages.text.words import split
from worker.steps.index import index_articles
from worker.steps.search import Findings, Found, search_articles

AT_ONCE = 500  # articles that are made searchable before the next sign of life
FEW_SPELLINGS = 5  # for people
MARK = "bold yellow"


def run_search(words: Sequence[str], most: int, since: str | None, *, best_first: bool, as_json: bool) -> None:
    """Find articles; `words` are a query, and what was read since the last search is made searchable before."""
    run = start_with_database()
    written = " ".join(words) + (f" since:{since}" if since else "")
    wanted = _read(written, run)
    _index(run)
    findings = search_articles(run, wanted, most, best_first=best_first)
    if as_json:
        json_lines(run.database.read(lambda session: [_row(session, found) for found in findings.found]))
    else:
        _print(findings)
    run.close()


def _index(run: Runtime) -> None:
    """Make searchable what is not; after a change of version that may be everything."""
    waiting = run.database.read(count_unindexed)
    if waiting <= AT_ONCE:
        index_articles(run, waiting)
        return
    with progress() as steps:
        for done in range(0, waiting, AT_ONCE):
            steps.at("making searchable", done, waiting)
            index_articles(run, AT_ONCE)


def _read(written: str, run: Runtime) -> Search:
    try:
        return read_search(written, run.topics.current().aliases)
    except QuerySyntaxError as error:
        complain(str(error))
        complain(error.picture)
        run.close()
        raise typer.Exit(MISUSED) from error


def _row(session: Session, found: Found) -> Row:
    """The article's row, with the piece of its text that was found and where in it: [start, end] in characters."""
    piece = _piece(found)
    return {**article_row(session, found.article), "snippet": piece.text, "marks": [list(mark) for mark in piece.marks]}


def _piece(found: Found) -> Snippet:
    return snippet(found.document.text, found.hits)


def _print(findings: Findings) -> None:
    if not findings.found:
        say("nothing found")
    for found in findings.found:
        _print_found(found)
    if findings.stopped_at is not None:
        day = findings.stopped_at.date()
        complain(f"its words are in too many articles: those before {day} were not looked at; try until:{day}")


def _print_found(found: Found) -> None:
    article = found.article
    say(f"{article.id}  {article.title}", style="bold")
    story = f", story {article.story_id}" if article.story_id else ""
    copy = f", copy of {article.copy_of}" if article.copy_of else ""
    say(f"{moment(article.event_time)}  {article.outlet or article.host}{story}{copy}", indent=4)
    say(article.url, indent=4)
    _print_piece(_piece(found))
    say("")


def _print_piece(piece: Snippet) -> None:
    """Coloured for whoever watches; else with a sign on both sides of what was found."""
    if out.is_terminal:
        text = Text(piece.text)
        for start, end in piece.marks:
            text.stylize(MARK, start, end)
        out.print(Padding(text, (0, 0, 0, 4)), soft_wrap=False)
    elif piece.text:
        say(_signed(piece), indent=4)


def _signed(piece: Snippet) -> str:
    text = piece.text
    for start, end in reversed(piece.marks):
        text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text


def run_names(beginning: str | None, most: int, *, as_json: bool) -> None:
    """Show the names that articles speak of, those of most articles first."""
    run = start_with_database()
    beginnings = _beginnings(beginning or "")
    is_nothing = bool(beginning) and not beginnings
    found = [] if is_nothing else run.database.read(lambda session: find_names(session, beginnings, most))
    run.close()
    if as_json:
        json_lines(map(_name_row, found))
    else:
        table(
            ("name", "kind", "articles", "spellings"),
            _name_lines(found),
            empty="no such names" if beginning else "no names yet",
        )


def _beginnings(written: str) -> Sequence[str]:
    """How names that begin so may be stored: as folded, and with spellings made one."""
    folded = [word.folded for word in split(written)]
    keys = [*folded[:-1], spelling_key(folded[-1])] if folded else []
    return list(dict.fromkeys(filter(None, (written.strip() and " ".join(folded), " ".join(keys)))))


def _name_row(name: CountedName) -> Row:
    return {
        "id": name.id,
        "name": name.shown,
        "kind": name.kind,
        "articles": name.articles,
        "spellings": list(name.spellings),
    }


def _name_lines(found: Iterable[CountedName]) -> Iterable[Sequence[object]]:
    for name in found:
        others = [spelling for spelling in name.spellings if spelling != name.shown]
        yield name.shown, name.kind, name.articles, ", ".join(others[:FEW_SPELLINGS])
