"""Looking at what is stored: `articles`, `stories`, `alerts` and `quarantine`."""

from collections.abc import Sequence
from contextlib import suppress

import typer
from sqlalchemy.orm import Session

from cli.rows import Row, alert_row, article_row, story_row
from cli.show import complain, counted, json_lines, moment, say, table
from cli.start import start_with_database
from config.errors import ConfigError
from config.messages import unknown
from storage import alerts, articles, stories
from storage.tables import Alert
from worker.runtime import Runtime
from worker.steps.view import message_of


def show_articles(topic: str | None, most: int, *, as_json: bool) -> None:
    run = start_with_database()
    rows = run.database.read(lambda s: [article_row(s, article) for article in articles.newest(s, most, topic)])
    if as_json:
        json_lines(rows)
    else:
        columns = ("id", "published", "outlet", "language", "copy_of", "story", "title")
        shown = [[row[column] for column in columns] for row in rows]
        table([column.replace("_", " ") for column in columns], shown, empty="no articles yet")
    _name_known_topics(run, topic, rows)
    run.close()


def show_stories(topic: str | None, most: int, *, as_json: bool) -> None:
    run = start_with_database()
    rows = run.database.read(lambda s: [story_row(s, story) for story in stories.newest(s, most, topic)])
    if as_json:
        json_lines(rows)
    elif not rows:
        say("no stories yet")
    else:
        for row in rows:
            _print_story(row)
    _name_known_topics(run, topic, rows)
    run.close()


def _print_story(row: Row) -> None:
    say(f"{row['id']}  {row['title']}", style="bold")
    facts = counted(len(row["facts"]), "fact")
    say(f"{moment(row['first'])} to {moment(row['last'])}, {counted(row['origins'], 'origin')}, {facts}", indent=4)
    for sentence in row["summary"]:
        say(sentence, indent=4)
    for article in row["articles"]:
        kind = "holds a part" if article["is_part"] else "copy"
        copy = f" ({kind} of {article['copy_of']})" if article["copy_of"] else ""
        say(f"- {article['id']}  {article['outlet']}: {article['title']}{copy}", indent=4)
    for disagreement in row["disagreements"]:
        values = " · ".join(str(value["value"]) for value in disagreement["values"])
        say(f"they differ on {disagreement['about']}: {values}", indent=4)
    say("")


def show_alerts(topic: str | None, most: int, *, as_json: bool) -> None:
    run = start_with_database()
    found = run.database.read(lambda session: list(alerts.newest(session, most, topic)))
    if as_json:
        json_lines(run.database.read(lambda session: [alert_row(session, alert) for alert in found]))
    elif not found:
        say("no alerts yet")
    else:
        run.database.read(lambda session: _print_alerts(session, found))
    _name_known_topics(run, topic, found)
    run.close()


def _name_known_topics(run: Runtime, topic: str | None, found: Sequence[object]) -> None:
    """Nothing found: perhaps because no topic has that name. A topics file with errors is for `check` to report."""
    if topic is None or found:
        return
    with suppress(ConfigError):
        known = run.topics.current().by_name
        if topic not in known:
            complain(unknown("topic", topic, known) if known else f"unknown topic `{topic}`: none are being followed")


def _print_alerts(session: Session, found: Sequence[Alert]) -> None:
    for alert in found:
        message = message_of(session, alert, is_repeat=False)
        say(f"{alert.id}  {message.title}", style="bold")
        say(message.body, indent=4)
        for delivery in alerts.deliveries_of(session, alert.id):
            error = f": {delivery.last_error}" if delivery.last_error else ""
            say(f"delivery {delivery.id} on {delivery.channel}: {delivery.status}{error}", indent=4)
        say("")


def show_quarantine(*, as_json: bool) -> None:
    run = start_with_database()
    found = run.database.read(articles.quarantined)
    if as_json:
        json_lines({"id": a.id, "url": a.url, "attempts": a.attempts, "reason": a.last_error} for a in found)
    else:
        rows = [(a.id, a.attempts, a.url, a.last_error) for a in found]
        table(("id", "attempts", "address", "reason"), rows, empty="nothing is quarantined")
    run.close()


def rerun_articles(ids: Sequence[int]) -> None:
    run = start_with_database()
    failed = run.database.write(lambda session: [i for i in ids if not articles.rerun(session, i, run.now())])
    run.close()
    if len(failed) < len(ids):
        say(f"{counted(len(ids) - len(failed), 'article')} on the way again")
    if failed:
        complain(f"not in quarantine: {', '.join(map(str, failed))}")
        raise typer.Exit(1)
