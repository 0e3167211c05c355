"""`storytrail channels`: what there is, whether a message gets through, and that no secret gets out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Done, Storytrail
from tests.cli.ferry import LINES, TOPIC
from tests.mailbox import Mailbox
from tests.receiver import SECRET, Receiver
from tests.site import Site

TOKEN = "canary-token-0123456789"
CANARY = "canary"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as started:
        yield started


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as started:
        yield started


def follows(storytrail: Storytrail, channels: dict[str, object], to: list[str] | None = None) -> None:
    topic = {"name": TOPIC, "query": "ferry AND Marlow", "alert": {"to": to or list(channels)}}
    storytrail.follows(json.dumps({"channels": channels, "topics": [topic]}))
    storytrail.settings["STORYTRAIL_ALLOW_PRIVATE_NETWORKS"] = "127.0.0.0/8"


def mail(server: str) -> dict[str, object]:
    return {"email": {"server": server, "from": "news@desk.example", "to": ["anna@desk.example"]}}


def test_a_test_message_says_that_it_is_one(storytrail: Storytrail, receiver: Receiver) -> None:
    with Mailbox() as mailbox:
        hook = {"webhook": receiver.url, "secret": receiver.secret}
        follows(storytrail, {"audit": hook, "mail": mail(f"smtp://127.0.0.1:{mailbox.port}")})
        done = storytrail("channels", "test", "audit")
        assert (done.code, done.out) == (0, "audit: the test message was sent\n")
        assert storytrail.does("channels", "test", "mail", "--json").rows == [
            {"channel": "mail", "kind": "email", "outcome": "sent", "reason": ""}
        ]
    assert [mail["Subject"] for mail in mailbox.mails] == ["Storytrail test – mail"]
    [payload] = receiver.payloads.values()
    assert (payload["type"], payload["channel"]) == ("story.test", "audit")
    storytrail.does("channels", "test", "audit")
    assert len(receiver.payloads) == 2  # each test is shown, also by a receiver that remembers ids


@pytest.mark.parametrize(("status", "outcome"), [(503, "not-sent"), (404, "refused"), (410, "refused")])
def test_a_test_message_that_does_not_arrive_is_a_failure(
    storytrail: Storytrail, receiver: Receiver, status: int, outcome: str
) -> None:
    receiver.refuses(status)
    follows(storytrail, {"audit": {"webhook": receiver.url, "secret": receiver.secret}})
    done = storytrail("channels", "test", "audit", "--json")
    assert (done.code, done.rows[0]["outcome"]) == (1, outcome)
    assert str(status) in done.rows[0]["reason"]


def test_a_test_message_of_which_nobody_knows_is_a_failure(storytrail: Storytrail, receiver: Receiver) -> None:
    receiver.fails_ambiguously(1.0, seed=1)
    follows(storytrail, {"audit": {"webhook": receiver.url, "secret": receiver.secret}})
    done = storytrail("channels", "test", "audit")
    assert (done.code, "may have been sent" in done.out) == (1, True)


def test_a_channel_that_is_not_there_is_a_wrong_use(storytrail: Storytrail) -> None:
    follows(storytrail, {"diary": {"log": True}})
    done = storytrail("channels", "test", "dairy")
    assert done.code == 2
    assert "did you mean `diary`?" in done.err


def test_the_list_says_what_each_channel_can_and_how_it_does(storytrail: Storytrail, receiver: Receiver) -> None:
    gone = {"webhook": "http://127.0.0.1:1/", "secret": receiver.secret}
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    follows(
        storytrail,
        {"audit": hook, "gone": gone, "reader": {"feed": True}, "unused": {"log": True}},
        ["audit", "gone", "reader"],
    )
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    storytrail.does("poll")
    rows = {row["name"]: row for row in storytrail.does("channels", "list", "--json").rows}
    assert list(rows) == ["log", "audit", "gone", "reader", "unused"]
    assert rows["audit"]["sent"] > 0
    assert rows["audit"]["last_sent"] is not None
    assert (rows["audit"]["can"]["edit"], rows["audit"]["address"]) == (True, f"{receiver.url.removesuffix('/hook')}/…")
    assert rows["gone"]["waiting"] > 0
    assert "no connection" in rows["gone"]["error"]
    assert (rows["unused"]["topics"], rows["unused"]["sent"]) == ([], 0)
    [feeds] = rows["reader"]["feeds"]
    assert feeds["rss"] == "http://127.0.0.1:8000/feeds/Ferry%20at%20Marlow.rss"
    text = storytrail.does("channels", "list").out
    assert feeds["atom"] in text
    assert "idempotent" in text


def test_a_feeds_address_holds_a_key_and_not_the_token(storytrail: Storytrail) -> None:
    follows(storytrail, {"reader": {"feed": True}})
    settings = {"admin_token": TOKEN, "public_url": "https://news.example/trail"}
    row = next(row for row in storytrail.does("channels", "list", "--json", **settings).rows if row["name"] == "reader")
    address = row["feeds"][0]["json"]
    assert address.startswith("https://news.example/trail/feeds/Ferry%20at%20Marlow.json?key=")
    assert CANARY not in address


def told(done: Done, folder: Path) -> str:
    """Everything that came out of a command, and all that is on disk but for what the user wrote."""
    files = [path for path in (folder / "data").rglob("*") if path.is_file()]
    return done.out + done.err + "".join(path.read_bytes().decode("latin-1") for path in files)


def test_no_secret_gets_out(storytrail: Storytrail, site: Site) -> None:
    """Not from a channel that works, nor from one that does not, whatever is asked."""
    site.fails(f"/{CANARY}-path", 500)
    host = site.url("").removeprefix("http://").rstrip("/")
    channels: dict[str, object] = {
        "a": {"webhook": site.url(f"/{CANARY}-path?{CANARY}=1"), "secret": f"{CANARY}-{CANARY}-{CANARY}"},
        "b": {"webhook": f"http://nowhere.invalid/{CANARY}", "secret": f"{SECRET}{CANARY}".replace("==", "")},
        "c": {"apprise": f"json://user:{CANARY}@{host}/{CANARY}-path"},
        "d": {"apprise": f"slack://{CANARY}"},
        "e": mail(f"smtps://user:{CANARY}@{host}"),
        "f": mail(f"smtp+starttls://{CANARY}:{CANARY}@mail.invalid"),
        "g": {"feed": True},
    }
    follows(storytrail, channels)
    storytrail.settings["STORYTRAIL_ADMIN_TOKEN"] = TOKEN
    storytrail.settings["STORYTRAIL_LOG_LEVEL"] = "debug"
    lines = storytrail.write("ferry.jsonl", LINES)
    commands: list[list[str | Path]] = [["ingest", lines], ["channels", "list", "--json"], ["alerts", "--json"]]
    commands += [["channels", "test", name] for name in "abefg"]
    for words in commands:
        done = storytrail(*words)
        assert CANARY not in told(done, storytrail.folder), words
