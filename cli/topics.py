"""`storytrail topics`: what is followed and what came of it, and what people say of the matches.

The imports of the pipeline stand inside the functions, as in `cli/main.py`, so that `--help` does not wait for them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.failure import MISUSED
from cli.show import complain, json_lines, moment, say, table

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from config.errors import Problem
    from storage.marks import MarkedArticle
    from worker.runtime import Runtime
    from worker.topics import TopicsInForce

Row = Mapping[str, Any]

RECENT = timedelta(days=7)
OK, BROKEN = "ok", "file broken"

topics_app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


@topics_app.callback()
def topics() -> None:
    """The topics that are followed: what came of them, and what a change would do.

    They are written in `config/topics.yaml`.

    Example: `storytrail topics list`
    """


@topics_app.command("list")
def list_topics(as_json: Json = False) -> None:
    """Show the topics, what each has matched and told, and whether their file can be read.

    Example: `storytrail topics list --json`
    """
    from cli.start import start_with_database

    run = start_with_database()
    in_force, problems = _in_force(run)
    broken = _broken(run, in_force, problems)
    rows = run.database.read(lambda session: _rows(session, run, in_force, broken))
    run.close()
    if as_json:
        json_lines(rows)
    else:
        _print_topics(rows)
    for problem in problems:
        complain(str(problem))
    if in_force is None:
        raise typer.Exit(MISUSED)


@topics_app.command()
def propose(
    examples: Annotated[
        list[str], typer.Argument(metavar="ID|URL...", help="One to five articles, stored or at these addresses.")
    ],
    name: Annotated[str | None, typer.Option(help="What to call the topic.")] = None,
    as_json: Json = False,
) -> None:
    """Make a topic of one to five example articles, to be edited.

    Names, words, and from which likeness on an article is like them, as a topics file has it. Nothing is stored;
    `storytrail topics test --file` tries it.

    Example: `storytrail topics propose 17 https://example.org/world/ankara-round-two`
    """
    from cli.propose import run_propose

    run_propose(examples, name, as_json=as_json)


@topics_app.command("test")
def try_topic(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The topic; without it, all of them.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="As if it were followed since this day, month or year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Articles up to the end of this day, month or year.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A changed topics file: what it would gain and lose."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Try the topics of this file instead of those in force."),
    ] = None,
    samples: Annotated[int, typer.Option(min=0, max=100, help="How many to show on each side of the border.")] = 5,
    as_json: Json = False,
) -> None:
    """Try a topic on the archive: what it would have matched, told and sent, day by day.

    Shows matches that hang on one word and misses that lack one thing, and holds it against what was marked right or
    wrong. Nothing is written.

    Example: `storytrail topics test "Ankara talks" --since 2026-03`
    """
    from cli.backtest import run_backtest

    run_backtest(name, since, until, against, file, samples, as_json=as_json)


@topics_app.command()
def silence(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The topic; without it, all of them.")] = None,
    days: Annotated[int, typer.Option(min=1, max=36_500, help="How far back reports count.")] = 90,
    as_json: Json = False,
) -> None:
    """Tell whether a topic's silence means that nothing happened.

    Which sources usually carry it and how they are now, how unusual the silence is, and how many stories all of them
    may have missed.

    Example: `storytrail topics silence "Ankara talks" --days 30`
    """
    from cli.silence import run_silence

    run_silence(name, days, as_json=as_json)


@topics_app.command()
def mark(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The topic.")],
    article: Annotated[str, typer.Argument(metavar="ID|URL", help="The article's id or address.")],
    is_right: Annotated[
        bool | None, typer.Option("--right/--wrong", help="Does the article belong to the topic?")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever looks at it later.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was said.")] = False,
) -> None:
    """Say that an article belongs to a topic, or not, whether or not it was matched.

    Marks are kept as expectations, which `storytrail topics test` holds a topic against. They change nothing by
    themselves: neither what matches nor what is followed. A later mark on the same article takes the place of this.

    Example: `storytrail topics mark "Ankara talks" 17 --wrong`
    """
    from cli.start import start_with_database

    if undo == (is_right is not None):
        complain("say one of --right, --wrong and --undo")
        raise typer.Exit(MISUSED)
    run = start_with_database()
    told = _take_back(run, name, article) if is_right is None else _mark(run, name, article, note, is_right=is_right)
    run.close()
    if told is None:
        complain(f"there is no article {article}: storytrail articles shows them with their ids")
        raise typer.Exit(1)
    say(told)


def _mark(run: "Runtime", name: str, article: str, note: str, *, is_right: bool) -> str | None:
    """What was done, in words; None: there is no such article."""
    from config.messages import unknown
    from storage.marks import NewMark, store_mark
    from worker.steps.named import find_named

    written = run.topics.current().by_name.get(name)
    if written is None:
        complain(unknown("topic", name, run.topics.current().by_name))
        raise typer.Exit(MISUSED)

    def work(session: "Session") -> bool:
        found = find_named(session, article)
        if found is not None:
            new = NewMark(name, written.version, found.id, is_right=is_right, note=note.replace("\0", ""))
            store_mark(session, new, run.now())
        return found is not None

    is_stored = run.database.write(work)
    return (
        f"article {article} is {'right' if is_right else 'wrong'} for {name}: kept as an expectation"
        if is_stored
        else None
    )


def _take_back(run: "Runtime", name: str, article: str) -> str | None:
    """The same; a topic that is gone may have marks still."""
    from storage.marks import remove_mark
    from worker.steps.named import find_named

    def work(session: "Session") -> bool | None:
        found = find_named(session, article)
        return remove_mark(session, name, found.id) if found else None

    was_there = run.database.write(work)
    if was_there is None:
        return None
    return (
        f"the mark on article {article} for {name} is gone"
        if was_there
        else f"article {article} had no mark for {name}"
    )


@topics_app.command()
def marks(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Of this topic; without it, of all.")] = None,
    as_json: Json = False,
) -> None:
    """Show what was marked right or wrong, the newest first.

    Example: `storytrail topics marks "Ankara talks"`
    """
    from cli.start import start_with_database
    from storage.marks import list_marks

    run = start_with_database()
    rows = [_mark_row(marked) for marked in run.database.read(lambda session: list_marks(session, name))]
    run.close()
    if as_json:
        json_lines(rows)
    else:
        columns = ("created", "topic", "mark", "article", "title", "note")
        table(columns, [[row[column] for column in columns] for row in rows], empty="nothing was marked")


def _mark_row(marked: "MarkedArticle") -> Row:
    said = marked.mark
    return {
        "topic": said.topic,
        "version": said.version,
        "article": said.article_id,
        "url": marked.url,
        "title": marked.title,
        "mark": "right" if said.is_right else "wrong",
        "note": said.note,
        "created": said.created,
    }


# --- The list ---


def _in_force(run: "Runtime") -> tuple["TopicsInForce | None", Sequence["Problem"]]:
    """The topics in force, and what is wrong with their files as they are now. None: there is no version to go by."""
    from config.errors import ConfigError

    try:
        return run.topics.current(), run.topics.problems
    except ConfigError as error:
        return None, error.problems


def _broken(run: "Runtime", in_force: "TopicsInForce | None", problems: Sequence["Problem"]) -> Callable[[str], bool]:
    """Whether the file of a topic cannot be taken as it is now. In a folder, names begin with that of their file."""
    from config.topics import OWNER_MARK

    is_folder = in_force is not None and run.settings.topics.is_dir()
    files = {Path(problem.file).stem for problem in problems}
    return lambda name: name.partition(OWNER_MARK)[0] in files if is_folder else bool(problems)


def _rows(
    session: "Session", run: "Runtime", in_force: "TopicsInForce | None", is_broken: Callable[[str], bool]
) -> Sequence[Row]:
    """Of all topics in four statements. With no version in force, those that have matched are named all the same."""
    from storage.alerts import count_by_topic
    from storage.marks import count_marks
    from storage.matches import Found, found_by_topic

    found, recent, marked = found_by_topic(session), count_by_topic(session, run.now() - RECENT), count_marks(session)
    written = in_force.by_name if in_force else {}
    rows = []
    for name in written or sorted({*found, *marked}):
        has, (right, wrong) = found.get(name, Found()), marked.get(name, (0, 0))
        rows.append({
            "name": name,
            "query": written[name].query if name in written else None,
            "version": written[name].version if name in written else None,
            "state": BROKEN if is_broken(name) else OK,
            "matches": has.matches,
            "stories": has.stories,
            "last_match": has.last,
            "alerts_7_days": recent.get(name, 0),
            "right": right,
            "wrong": wrong,
        })  # fmt: skip
    return rows


def _print_topics(rows: Sequence[Row]) -> None:
    columns = ("topic", "state", "matches", "stories", "last match", "alerts in 7 days", "right", "wrong", "query")
    keys = ("name", "state", "matches", "stories", "last_match", "alerts_7_days", "right", "wrong", "query")
    told = [[moment(row[key]) if key == "last_match" else row[key] for key in keys] for row in rows]
    table(columns, told, empty="no topics yet: config/topics.yaml is where they are written")
