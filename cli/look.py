"""Looking at what is stored: `articles`, `stories`, `alerts` and `quarantine`."""

from collections.abc import Sequence

import typer
from sqlalchemy.orm import Session

from cli.rows import alert_row, article_row, story_row
from cli.show import err, json_lines, moment, out, table
from cli.start import start_with_database
from storage import alerts, articles, stories
from storage.tables import Alert
from worker.steps.view import message_of


def show_articles(topic: str | None, most: int, *, as_json: bool) -> None:
    run = start_with_database()
    rows = run.database.read(lambda s: [article_row(s, article) for article in articles.newest(s, most, topic)])
    if as_json:
        json_lines(rows)
    else:
        columns = ("id", "published", "outlet", "language", "copy_of", "story", "title")
        table(columns, [[row[column] for column in columns] for row in rows], empty="no articles yet")
    run.close()


def show_stories(topic: str | None, most: int, *, as_json: bool) -> None:
    run = start_with_database()
    rows = run.database.read(lambda s: [story_row(s, story) for story in stories.newest(s, most, topic)])
    if as_json:
        json_lines(rows)
    elif not rows:
        out.print("no stories yet")
    else:
        for row in rows:
            out.print(f"\n[bold]{row['id']}[/bold]  ", end="")
            out.print(f"{row['title']}  ({moment(row['first'])} to {moment(row['last'])})", markup=False)
            for article in row["articles"]:
                copy = f"  (copy of {article['copy_of']})" if article["copy_of"] else ""
                out.print(f"    {article['outlet']}: {article['title']}{copy}", markup=False)
            for disagreement in row["disagreements"]:
                values = " · ".join(str(value["value"]) for value in disagreement["values"])
                out.print(f"    they differ on {disagreement['about']}: {values}", markup=False)
    run.close()


def show_alerts(topic: str | None, most: int, *, as_json: bool) -> None:
    run = start_with_database()
    found = run.database.read(lambda session: list(alerts.newest(session, most, topic)))
    if as_json:
        json_lines(run.database.read(lambda session: [alert_row(session, alert) for alert in found]))
    elif not found:
        out.print("no alerts yet")
    else:
        run.database.read(lambda session: _print_alerts(session, found))
    run.close()


def _print_alerts(session: Session, found: Sequence[Alert]) -> None:
    for alert in found:
        message = message_of(session, alert, is_repeat=False)
        out.print(f"\n[bold]{alert.id}[/bold]  ", end="")
        out.print(message.title, markup=False)
        out.print(message.body, markup=False)
        for delivery in alerts.deliveries_of(session, alert.id):
            error = f": {delivery.last_error}" if delivery.last_error else ""
            out.print(f"[{delivery.id}] {delivery.channel} {delivery.status}{error}", markup=False)


def resend_delivery(delivery_id: int) -> None:
    run = start_with_database()
    done = run.database.write(lambda session: alerts.resend(session, delivery_id, run.now()))
    run.close()
    if not done:
        err.print(f"delivery {delivery_id} is neither dead nor uncertain")
        raise typer.Exit(1)
    out.print(f"delivery {delivery_id} is in the outbox again")


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
    if failed:
        err.print(f"not in quarantine: {', '.join(map(str, failed))}")
        raise typer.Exit(1)
    out.print(f"{len(ids)} articles are on their way again")
