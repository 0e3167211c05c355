"""`storytrail channels`: where alerts go, how that goes, and whether a message gets through.

The imports of the pipeline stand inside the functions, as in `cli/main.py`, so that `--help` does not wait for them.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from cli.failure import FAILED, MISUSED
from cli.show import complain, json_lines, moment, say, table

if TYPE_CHECKING:
    from config.channels import Channel as WrittenChannel
    from storage.channels import Record
    from worker.notify.channel import Abilities, Message
    from worker.runtime import Runtime
    from worker.topics import TopicsInForce

Row = Mapping[str, Any]

channels_app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


@channels_app.callback()
def channels() -> None:
    """Where alerts go: what each channel can, how it does, and whether a message gets through.

    They are written in `config/topics.yaml`.

    Example: `storytrail channels list`
    """


@channels_app.command("list")
def list_channels(as_json: Json = False) -> None:
    """Show the channels, what each can, how its deliveries do, and the addresses of feeds.

    A feed's address holds its key: whoever has it can read the topic's alerts.

    Example: `storytrail channels list --json`
    """
    from cli.start import start_with_database
    from storage.channels import records

    run = start_with_database()
    in_force = run.topics.current()
    done = run.database.read(records)
    rows = [_row(run, in_force, name, done) for name in in_force.file.channels]
    run.close()
    if as_json:
        json_lines(rows)
    else:
        _print(rows)


@channels_app.command("test")
def send_test(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A channel of the topics file.")],
    as_json: Json = False,
) -> None:
    """Send a test message on a channel, as alerts are sent, and say what happened.

    Exits 1 if it did not arrive, or nobody knows.

    Example: `storytrail channels test desk`
    """
    from cli.start import start
    from config.messages import unknown

    run = start(log_level="warning")
    written = run.topics.current().file.channels
    if name not in written:
        complain(unknown("channel", name, sorted(written)))
        run.close()
        raise typer.Exit(MISUSED)
    outcome, words = _try(run, name, written[name])
    run.close()
    if as_json:
        json_lines([{"channel": name, "kind": written[name].kind, "outcome": outcome, "reason": words}])
    else:
        say(f"{name}: {_SENTENCES[outcome]}{f': {words}' if words else ''}")
    if outcome != "sent":
        raise typer.Exit(FAILED)


_SENTENCES = {
    "sent": "the test message was sent",
    "not-sent": "the test message was not sent, and may be next time",
    "refused": "the test message was not sent, and will not be",
    "uncertain": "the test message may have been sent",
}


def _try(run: "Runtime", name: str, written: "WrittenChannel") -> tuple[str, str]:
    """What became of a test message: the outcome, and the reason or what else there is to say."""
    from worker.errors import PermanentError, TransientError, UncertainError
    from worker.notify.opening import open_channel

    try:
        open_channel(name, written, run.door, run.write_line).send(_test_message(run, name))
    except TransientError as error:
        return "not-sent", str(error)
    except PermanentError as error:
        return "refused", str(error)
    except UncertainError as error:
        return "uncertain", str(error)
    return "sent", "a feed shows alerts only, so nothing is to be seen of it" if written.kind == "feed" else ""


def _test_message(run: "Runtime", name: str) -> "Message":
    """Marked as what it is. Its id is new each time: a receiver that remembers ids is to show each."""
    from uuid import uuid4

    from worker.notify.channel import Message

    key, now = f"test-{uuid4().hex}", run.now()
    body = f"This is a test of the channel {name}. Nothing has happened: this is how alerts will reach you."
    return Message(
        id=key,
        title=f"Storytrail test – {name}",
        body=body,
        url="",
        payload={"type": "story.test", "key": key, "channel": name, "created": now.isoformat()},
        is_repeat=False,
        created=now,
        html=f"<p>{body}</p>",
        topic="Storytrail test",
    )


def _row(run: "Runtime", in_force: "TopicsInForce", name: str, done: Mapping[str, "Record"]) -> Row:
    from storage.channels import Record

    written, record = in_force.file.channels[name], done.get(name, Record())
    topics = [topic.name for topic in in_force.by_name.values() if name in topic.alert.to]
    can, problem = _abilities(run, name, written)
    return {
        "name": name,
        "kind": written.kind,
        "address": _masked(written),
        "can": can,
        "topics": topics,
        "last_sent": record.last_sent,
        "sent": record.sent,
        "waiting": record.waiting,
        "given_up": record.given_up,
        "error": problem or record.error,
        "failed": record.failed,
        "feeds": [_feed_addresses(run, topic) for topic in topics] if written.kind == "feed" else [],
    }


def _abilities(run: "Runtime", name: str, written: "WrittenChannel") -> tuple[Row, str]:
    """What the channel can, or why it cannot be opened. Nothing is sent to find out."""
    from worker.errors import PermanentError
    from worker.notify.opening import open_channel

    try:
        can: Abilities = open_channel(name, written, run.door, run.write_line).can
    except PermanentError as error:
        return {}, str(error)
    return {
        "edit": can.edit,
        "idempotent": can.idempotent,
        "rich_text": can.rich_text,
        "threads": can.threads,
        "max_length": can.max_length,
    }, ""


def _masked(written: "WrittenChannel") -> str:
    """Where a channel leads, without what is secret: a webhook's path may be, and so may all of an Apprise address."""
    from config.channels import AppriseChannel, EmailChannel, FeedChannel, LogChannel, WebhookChannel
    from config.mail import read_mail_server

    match written:
        case AppriseChannel():
            return f"{written.url.get_secret_value().partition('://')[0]}://…"
        case WebhookChannel():
            parts = urlsplit(written.url.get_secret_value())
            return f"{parts.scheme}://{parts.netloc}/…"
        case EmailChannel():
            server = read_mail_server(written.server.get_secret_value())
            return f"{', '.join(written.recipients)} by {server.security}://{server.host}:{server.port}"
        case FeedChannel():
            return "feeds of each topic"
        case LogChannel():
            return "standard error"


def _feed_addresses(run: "Runtime", topic: str) -> Row:
    from web.feed_address import FORMATS, feed_url

    settings = run.settings
    base = settings.public_url or f"http://{settings.listen}"
    token = settings.admin_token.get_secret_value() if settings.admin_token else None
    return {"topic": topic, **{form: feed_url(base, topic, form, token) for form in FORMATS}}


def _print(rows: list[Row]) -> None:
    columns = ("channel", "kind", "can", "leads to", "last sent", "waiting", "given up")
    table(columns, [_cells(row) for row in rows], empty="No channels.")
    for row in rows:
        if row["error"]:
            when = f" ({moment(row['failed'])})" if row["failed"] else ""
            say(f"{row['name']}: {row['error']}{when}")
        for feed in row["feeds"]:
            say(f"{row['name']}: {feed['topic']}")
            for form in ("rss", "atom", "json"):
                say(feed[form], indent=4)


def _cells(row: Row) -> tuple[object, ...]:
    can = ", ".join(_words(row["can"])) or "–"
    return row["name"], row["kind"], can, row["address"], row["last_sent"] or "–", row["waiting"], row["given_up"]


def _words(can: Row) -> Iterator[str]:
    """What it can, in the README's words."""
    named = {"edit": "edit", "idempotent": "idempotent", "rich_text": "rich text", "threads": "threads"}
    yield from (word for key, word in named.items() if can.get(key))
    if can.get("max_length"):
        yield f"up to {can['max_length']} characters"
