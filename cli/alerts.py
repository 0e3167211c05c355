"""`storytrail alerts`: what was told to whom, and what its readers say to it: acknowledge, snooze, mute, send again.

The imports of the pipeline stand inside the functions, as in `cli/main.py`, so that `--help` does not wait for them.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.failure import FAILED, MISUSED
from cli.show import complain, counted, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Alert
    from worker.runtime import Runtime

T = TypeVar("T")
LONGEST_SNOOZE = timedelta(days=36_525)  # dates end, and digests and quiet hours are reckoned beyond it
LARGEST_ID = 2**63 - 1

app = typer.Typer(invoke_without_command=True)
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]
TopicName = Annotated[str | None, typer.Option("--topic", help="Only what matched this topic.")]
Most = Annotated[int, typer.Option("--most", min=1, help="How many at most, the newest first.")]
AlertId = Annotated[int, typer.Argument(metavar="ID", min=1, max=LARGEST_ID, help="As `storytrail alerts` shows it.")]


@app.callback()
def alerts(
    context: typer.Context,
    topic: TopicName = None,
    most: Most = 50,
    resend: Annotated[
        int | None,
        typer.Option(metavar="ID", min=1, max=LARGEST_ID, help="Put this dead or uncertain delivery out again."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show alerts and what became of them; acknowledge, snooze, mute and resend them.

    The newest come first. With `--json`, each has its receipt: why it was raised.

    Example: `storytrail alerts --topic "Ankara talks"`
    """
    if context.invoked_subcommand is not None:
        return
    if resend is not None:
        _resend_delivery(resend)
    else:
        _show(topic, most, as_json=as_json)


@app.command("list")
def list_alerts(topic: TopicName = None, most: Most = 50, as_json: Json = False) -> None:
    """Show alerts, as `storytrail alerts` does.

    Example: `storytrail alerts list --topic "Ankara talks"`
    """
    _show(topic, most, as_json=as_json)


@app.command()
def ack(alert_id: AlertId) -> None:
    """Take note of an alert: where it has not been sent yet, it is not sent any more.

    Example: `storytrail alerts ack 12`
    """
    from storage import alerts as stored

    is_new = _with_alert(alert_id, lambda run, session, alert: stored.acknowledge(session, alert.id, run.now()))
    say(f"alert {alert_id} is acknowledged" if is_new else f"alert {alert_id} was acknowledged before")


@app.command()
def snooze(
    alert_id: AlertId,
    for_: Annotated[str | None, typer.Option("--for", metavar="TIME", help="Such as 30m, 4h or 2d.")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Such as 2026-03-04T18:00, in UTC.")] = None,
) -> None:
    """Put off a story: nothing about it is sent to this topic until then.

    What was new meanwhile then comes in one message.

    Example: `storytrail alerts snooze 12 --for 4h`
    """
    from storage import hushes

    def work(run: "Runtime", session: "Session", alert: "Alert") -> datetime:
        end = _end(run.now(), for_, until)
        _refuse_coverage(alert)
        hushes.snooze(session, alert.topic, alert.story_id, end, run.now())
        return end

    if (for_ is None) == (until is None):
        complain("snooze needs either --for or --until")
        raise typer.Exit(MISUSED)
    end = _with_alert(alert_id, work)
    say(f"nothing about the story of alert {alert_id} is sent until {end.astimezone(UTC):%Y-%m-%d %H:%M} UTC")


@app.command()
def mute(
    alert_id: AlertId,
    undo: Annotated[bool, typer.Option("--undo", help="Hear of the story again; ends a snooze as well.")] = False,
) -> None:
    """Hear no more of a story: for this topic its alerts are stored, and not sent.

    Example: `storytrail alerts mute 12`
    """
    from storage import hushes

    def work(run: "Runtime", session: "Session", alert: "Alert") -> str:
        _refuse_coverage(alert)
        if undo:
            is_done = hushes.undo(session, alert.topic, alert.story_id, run.now())
            return f"story {alert.story_id} {'is' if is_done else 'was already'} to be heard of"
        hushes.mute(session, alert.topic, alert.story_id, run.now())
        return f"nothing more about story {alert.story_id} is sent to {alert.topic}"

    say(_with_alert(alert_id, work))


@app.command()
def resend(
    delivery_id: Annotated[
        int | None, typer.Argument(metavar="DELIVERY", min=1, max=LARGEST_ID, help="As `alerts` shows it.")
    ] = None,
    alert_id: Annotated[
        int | None, typer.Option("--alert", metavar="ID", min=1, max=LARGEST_ID, help="All of this alert instead.")
    ] = None,
) -> None:
    """Put a delivery that is dead, uncertain or muted into the outbox again.

    What was in the same message goes with it again.

    Example: `storytrail alerts resend 34`
    """
    if (delivery_id is None) == (alert_id is None):
        complain("name either a delivery, or an alert with --alert")
        raise typer.Exit(MISUSED)
    if delivery_id is not None:
        _resend_delivery(delivery_id)
    elif alert_id is not None:
        _resend_alert(alert_id)


def _refuse_coverage(alert: "Alert") -> None:
    """What tells of a topic's sources stands by some story of it, which is not what its reader has had enough of."""
    from storage.threads import COVERAGE

    if alert.reason == COVERAGE:
        complain(
            f"alert {alert.id} is about sources, not about a story: name the other reasons in the topic's `on` to hear "
            "no more of them"
        )
        raise typer.Exit(FAILED)


def _refuse_muted(session: "Session", alert: "Alert") -> None:
    """What is sent again of a muted story would be muted again."""
    from storage import hushes, threads

    said = hushes.hushed(session, alert.topic, [alert.story_id])
    if alert.reason != threads.COVERAGE and said.get(alert.story_id, alert.created) is hushes.FOR_GOOD:
        complain(f"story {alert.story_id} is muted: storytrail alerts mute {alert.id} --undo, then resend")
        raise typer.Exit(FAILED)


def _show(topic: str | None, most: int, *, as_json: bool) -> None:
    from cli.look import show_alerts

    show_alerts(topic, most, as_json=as_json)


def _resend_delivery(delivery_id: int) -> None:
    from cli.start import start_with_database
    from storage import alerts as stored

    run = start_with_database()

    def work(session: "Session") -> bool:
        alert = stored.of_delivery(session, delivery_id)
        if alert is not None:
            _refuse_muted(session, alert)
        return stored.resend(session, delivery_id, run.now())

    try:
        is_done = run.database.write(work)
    finally:
        run.close()
    if not is_done:
        complain(f"there is no dead, uncertain or muted delivery {delivery_id}: storytrail alerts shows them all")
        raise typer.Exit(FAILED)
    say(f"delivery {delivery_id} is in the outbox again")


def _resend_alert(alert_id: int) -> None:
    from storage import alerts as stored

    def work(run: "Runtime", session: "Session", alert: "Alert") -> int:
        _refuse_muted(session, alert)
        rows = stored.deliveries_of(session, alert.id)
        return sum(stored.resend(session, row.id, run.now()) for row in rows)

    done = _with_alert(alert_id, work)
    if not done:
        complain(f"alert {alert_id} has no delivery that is dead, uncertain or muted")
        raise typer.Exit(FAILED)
    say(f"{counted(done, 'delivery', 'deliveries')} in the outbox again")


def _with_alert(alert_id: int, work: Callable[["Runtime", "Session", "Alert"], T]) -> T:
    """What the work on this alert gives, in one transaction; ends the command where there is no such alert."""
    from cli.start import start_with_database
    from storage import alerts as stored

    run = start_with_database()

    def on_alert(session: "Session") -> T:
        alert = stored.find(session, alert_id)
        if alert is None:
            complain(f"there is no alert {alert_id}: storytrail alerts shows them all")
            raise typer.Exit(FAILED)
        return work(run, session, alert)

    try:
        return run.database.write(on_alert)
    finally:
        run.close()


def _end(now: datetime, for_: str | None, until: str | None) -> datetime:
    """When a snooze ends; ends the command where that cannot be read, or is over."""
    from config.alerting import duration

    try:
        end = now + duration(for_) if for_ is not None else datetime.fromisoformat(until or "")
        end = end.astimezone(UTC) if end.tzinfo else end.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        complain("a snooze is given as --for 30m, 4h or 2d, or as --until 2026-03-04T18:00")
        raise typer.Exit(MISUSED) from None
    if end <= now:
        complain("that is over already")
        raise typer.Exit(MISUSED)
    if end > now + LONGEST_SNOOZE:
        complain("that is for good: storytrail alerts mute")
        raise typer.Exit(MISUSED)
    return end
