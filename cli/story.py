"""`storytrail story`: one story, its chapters and who knew what first; putting stories in order: merge, split, undo.

The imports of the pipeline stand inside the functions, as in `cli/main.py`, so that `--help` does not wait for them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from cli.show import complain, counted, json_lines, moment, out, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import StoryChange
    from worker.runtime import Runtime
    from worker.stages.facts.timeline import Line

Row = Mapping[str, Any]
T = TypeVar("T")

MOST_BARS = 40  # lines of the picture; a longer story is drawn by weeks
MOST_IN_A_BAR = 30  # signs
MOST_LINES = 12  # facts of which it is shown who knew first
LARGEST_ID = 2**63 - 1

app = typer.Typer(no_args_is_help=True)
StoryId = Annotated[int, typer.Argument(metavar="ID", min=1, max=LARGEST_ID, help="As `storytrail stories` shows it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


@app.callback()
def story() -> None:
    """One story: its chapters, who carries it, and putting it right: merge, split, undo.

    An id that was merged away still works: it leads to the story that it is part of now.

    Example: `storytrail story show 3`
    """


@app.command()
def show(story_id: StoryId, as_json: Json = False) -> None:
    """Show a story: its summary, its chapters, and who reported and carried it.

    And who knew first what others had later.

    Example: `storytrail story show 3`
    """
    row = _read(lambda run, session: _story_row(session, story_id, run.now()))
    if as_json:
        json_lines([row])
    else:
        _print_story(row)


@app.command()
def merge(
    one: StoryId,
    other: Annotated[int, typer.Argument(metavar="ID", min=1, max=LARGEST_ID, help="The one that is the same story.")],
    as_json: Json = False,
) -> None:
    """Make two stories one. The older one keeps its id, the other's leads to it.

    What was told of either is not told again, and topics that follow one of them follow the merged one.

    Example: `storytrail story merge 3 7`
    """

    def work(run: "Runtime", session: "Session") -> Row:
        from worker.steps.regroup import PERSON, merge

        return _change_row(session, merge(session, one, other, PERSON, run.now()))

    _tell_change(_write(work), as_json=as_json)


@app.command()
def split(
    story_id: StoryId,
    articles: Annotated[
        list[int], typer.Argument(metavar="ARTICLE...", min=1, max=LARGEST_ID, help="Ids, as `story show` shows them.")
    ],
    as_json: Json = False,
) -> None:
    """Make a story of its own of some articles. Their copies go with them.

    `storytrail story suggest` says which articles might belong together.

    Example: `storytrail story split 3 17 21`
    """

    def work(run: "Runtime", session: "Session") -> Row:
        from worker.steps.regroup import PERSON, split

        return _change_row(session, split(session, story_id, articles, PERSON, run.now())[1])

    _tell_change(_write(work), as_json=as_json)


@app.command()
def undo(
    change: Annotated[
        int, typer.Argument(metavar="CHANGE", min=1, max=LARGEST_ID, help="As `story changes` shows it.")
    ],
    as_json: Json = False,
) -> None:
    """Take a merge or a split back, the last one first. Every id is what it was before.

    Articles that have joined since stay where they are.

    Example: `storytrail story undo 12`
    """

    def work(run: "Runtime", session: "Session") -> Row:
        from worker.steps.regroup import undo

        return _change_row(session, undo(session, change, run.now()).id)

    _tell_change(_write(work), as_json=as_json)


@app.command()
def changes(
    story_id: Annotated[
        int | None, typer.Argument(metavar="ID", min=1, max=LARGEST_ID, help="Of this story; without it, of any.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many at most, the newest first.")] = 50,
    as_json: Json = False,
) -> None:
    """Show what was merged and split, by whom, and what was taken back.

    Example: `storytrail story changes 3`
    """
    rows = _read(lambda _, session: list(_change_rows(session, story_id, most)))
    if as_json:
        json_lines(rows)
    elif not rows:
        say("nothing was merged or split")
    else:
        for row in rows:
            _print_change(row)


@app.command()
def suggest(story_id: StoryId, as_json: Json = False) -> None:
    """Look whether a story is rather two, and say how to split it.

    Nothing is changed.

    Example: `storytrail story suggest 3`
    """
    row = _read(lambda _, session: _suggestion_row(session, story_id))
    if as_json:
        json_lines([row])
    elif row["parts"]:
        _print_suggestion(row)
    else:
        say(f"story {row['id']} is of one piece")


# --- Doing it ---


def _read(work: Callable[["Runtime", "Session"], T]) -> T:
    return _do(work, writes=False)


def _write(work: Callable[["Runtime", "Session"], T]) -> T:
    return _do(work, writes=True)


def _do(work: Callable[["Runtime", "Session"], T], *, writes: bool) -> T:
    """Run `work` in one transaction. What cannot be done is told, and nothing has happened."""
    from cli.start import start_with_database
    from storage.story_changes import ChangeError

    run = start_with_database()
    transact = run.database.write if writes else run.database.read
    try:
        return transact(lambda session: work(run, session))
    except ChangeError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    finally:
        run.close()


def _lead_on(session: "Session", asked: int) -> int:
    """The story that the id leads to; whoever asked for another one is told."""
    from worker.steps.regroup import living

    found = living(session, asked)
    if found != asked:
        complain(f"story {asked} is part of story {found} now")
    return found


# --- Rows ---


def _story_row(session: "Session", asked: int, now: datetime) -> Row:
    from storage import stories
    from storage.tables import Story
    from worker.stages.story_life import standing
    from worker.steps.knew_first import timeline_of
    from worker.steps.regroup import chapters_of, description_of

    found = session.get_one(Story, _lead_on(session, asked))
    members = stories.members(session, found.id)
    reports = {m.id: {**_member_row(m), "carried_by": []} for m in members if m.copy_of is None}
    for member in members:
        if member.copy_of in reports:
            reports[member.copy_of]["carried_by"].append(_member_row(member))
    return {
        "id": found.id,
        "title": found.title,
        "summary": [
            {"text": sentence.text, "article": sentence.article, "outlet": sentence.outlet}
            for sentence in description_of(session, found.id).summary
        ],
        "standing": standing(found.last, now),
        "first": found.first,
        "last": found.last,
        "origins": len(reports),
        "articles": len(members),
        "chapters": [
            {
                "title": chapter.title,
                "first": chapter.first,
                "last": chapter.last,
                "origins": len(chapter.reports),
                "articles": sum(1 + len(reports[i]["carried_by"]) for i in chapter.reports),
                "reports": [reports[i] for i in chapter.reports],
            }
            for chapter in chapters_of(session, found.id)
        ],
        "days": _days([member.event_time for member in members]),
        "timeline": [_line_row(line) for line in timeline_of(session, found.id)],
    }


def _member_row(member: Any) -> dict[str, Any]:
    return {
        "id": member.id,
        "url": member.url,
        "outlet": member.outlet,
        "title": member.title,
        "published": member.published,
        "time": member.event_time,
    }


def _line_row(line: "Line") -> Row:
    """A fact; the lag of those who had it later in seconds."""
    return {
        "text": line.text,
        "first": {"outlet": line.outlet, "article": line.article, "at": line.when},
        "later": [
            {"outlet": one.outlet, "article": one.article, "seconds": int(one.lag.total_seconds())}
            for one in line.followers
        ],
    }


def _days(times: Sequence[datetime]) -> list[Row]:
    """Articles a day, in UTC; days without are left out."""
    counts = Counter(time.date() for time in times)
    return [{"day": day.isoformat(), "articles": counts[day]} for day in sorted(counts)]


def _change_row(session: "Session", change_id: int) -> Row:
    from storage.tables import StoryChange

    return _as_row(session.get_one(StoryChange, change_id))


def _change_rows(session: "Session", story_id: int | None, most: int) -> Iterator[Row]:
    from storage import story_changes

    if story_id is None:
        found = story_changes.newest_changes(session, most)
    else:
        _lead_on(session, story_id)
        found = story_changes.changes_of(session, story_id)[::-1][:most]
    return map(_as_row, found)


def _as_row(change: "StoryChange") -> Row:
    return {
        "id": change.id,
        "kind": change.kind,
        "at": change.at,
        "by": change.by,
        "story": change.story_id,
        "other": change.other_id,
        "articles": change.articles,
        "undone": change.undone,
    }


def _suggestion_row(session: "Session", asked: int) -> Row:
    from storage import articles
    from worker.steps.regroup import suggest

    found = _lead_on(session, asked)
    parts = suggest(session, found) or ()
    return {
        "id": found,
        "parts": [
            [{"id": each.id, "outlet": each.outlet, "title": each.title} for each in articles.by_ids(session, part)]
            for part in parts
        ],
    }


# --- For people ---


def _print_story(row: Row) -> None:
    say(f"{row['id']}  {row['title']}", style="bold")
    copies = row["articles"] - row["origins"]
    carried = f", {counted(copies, 'copy', 'copies')}" if copies else ""
    span = f"{moment(row['first'])} to {moment(row['last'])}"
    say(f"{row['standing']}; {span}, {counted(row['origins'], 'origin')}{carried}", indent=4)
    for sentence in row["summary"]:
        say(f"- {sentence['text']} ({sentence['outlet']})", indent=4)
    say("")
    for line in _picture([(date.fromisoformat(day["day"]), day["articles"]) for day in row["days"]], _sign()):
        say(line, indent=4)
    for number, chapter in enumerate(row["chapters"], 1):
        _print_chapter(chapter, f"Chapter {number}: " if len(row["chapters"]) > 1 else "")
    if lines := list(_who_knew_first(row["timeline"])):
        say("")
        say("Who knew first", indent=4, style="bold")
        for line in lines:
            say(line, indent=4)


def _who_knew_first(facts: Sequence[Row]) -> Iterator[str]:
    """What more than one outlet states, by when it was first known; the rest is counted."""
    shared = [fact for fact in facts if fact["later"]][:MOST_LINES]
    for fact in shared:
        yield f"- {moment(fact['first']['at'])}  {fact['first']['outlet']}: {fact['text']}"
        yield "    later: " + ", ".join(f"{one['outlet']} +{_lag(one['seconds'])}" for one in fact["later"])
    if shared and (rest := len(facts) - len(shared)):
        yield f"and {counted(rest, 'more fact')}; --json lists all"


def _lag(seconds: int) -> str:
    """Roughly how much later: "25 min", "3 h", "2 d"."""
    minutes = seconds // 60
    if minutes < 2 * 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2 * 24 * 60 else f"{minutes // (24 * 60)} d"


def _print_chapter(chapter: Row, heading: str) -> None:
    say("")
    if heading:
        say(f"{heading}{chapter['title']}", indent=4, style="bold")
        say(
            f"{moment(chapter['first'])} to {moment(chapter['last'])}, {counted(chapter['origins'], 'origin')}",
            indent=4,
        )
    for report in chapter["reports"]:
        say(f"- {report['id']}  {report['outlet']}: {report['title']}", indent=4)
        if carriers := ", ".join(f"{copy['outlet']} ({copy['id']})" for copy in report["carried_by"]):
            say(f"also carried by {carriers}", indent=8)


def _sign() -> str:
    return "█" if (out.encoding or "").lower().startswith("utf") else "#"


def _picture(days: Sequence[tuple[date, int]], sign: str) -> Iterator[str]:
    """A bar for each day, or for each week of a long story; silence in between is told in a line."""
    step = timedelta(days=1 if len(days) <= MOST_BARS else 7)
    counts = Counter({day: 0 for day, _ in days[:1]})
    for day, number in days:
        counts[day - (day - days[0][0]) % step] += number
    most = max(counts.values(), default=0)
    before = None
    for day in sorted(counts):
        if before is not None and (silent := (day - before) // step - 1):
            yield f"{' ' * 10}  {counted(silent, 'quiet ' + ('day' if step.days == 1 else 'week'))}"
        width = -(-counts[day] * min(most, MOST_IN_A_BAR) // most)
        yield f"{day}  {sign * width} {counts[day]}"
        before = day


def _tell_change(row: Row, *, as_json: bool) -> None:
    if as_json:
        json_lines([row])
        return
    one, other, articles = row["story"], row["other"], counted(len(row["articles"]), "article")
    is_merge = row["kind"] == "merge"
    if row["undone"]:
        say(f"{articles} {'of story' if is_merge else 'back in story'} {other if is_merge else one} again")
        return
    done = (
        f"story {other} is part of story {one} now" if is_merge else f"{articles} of story {one} are story {other} now"
    )
    say(f"{done}; storytrail story undo {row['id']} takes it back")


def _print_change(row: Row) -> None:
    what = f"{row['other']} into {row['story']}" if row["kind"] == "merge" else f"{row['other']} off {row['story']}"
    undone = f", undone {moment(row['undone'])}" if row["undone"] else ""
    articles = counted(len(row["articles"]), "article")
    say(f"{row['id']}  {moment(row['at'])}  {row['kind']} {what}, {articles}, by {row['by']}{undone}")


def _print_suggestion(row: Row) -> None:
    say(f"story {row['id']} may be two:")
    for part in row["parts"]:
        say("")
        for article in part:
            say(f"- {article['id']}  {article['outlet']}: {article['title']}", indent=4)
    say("")
    say(f"storytrail story split {row['id']} {' '.join(str(article['id']) for article in row['parts'][1])}")
