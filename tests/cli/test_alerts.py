"""`storytrail alerts`: the listing, and what readers say to an alert."""

from collections.abc import Mapping
from typing import Any

import pytest

from cli.failure import FAILED, MISUSED
from tests.cli.command import Storytrail
from tests.cli.ferry import LINES, TOPICS
from tests.cli.test_look import change


@pytest.fixture
def filled(storytrail: Storytrail) -> Storytrail:
    """An archive that a test may change."""
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    return storytrail


def first(storytrail: Storytrail) -> Mapping[str, Any]:
    rows = storytrail.does("alerts", "--json").rows
    return min(rows, key=lambda row: int(row["id"]))


def test_the_listing_says_how_each_alert_stands(filled: Storytrail) -> None:
    row = first(filled)
    assert row["state"] == "sent"
    assert len(row["group"]) == 64
    assert {"sent", "sent_with", "update", "digest_at"} <= row["deliveries"][0].keys()
    assert filled.does("alerts", "list").out == filled.does("alerts").out


def test_an_alert_is_acknowledged_once(filled: Storytrail) -> None:
    assert filled.does("alerts", "ack", "1").out == "alert 1 is acknowledged\n"
    assert filled.does("alerts", "ack", "1").out == "alert 1 was acknowledged before\n"
    row = first(filled)
    assert row["state"] == "acknowledged"
    assert row["acknowledged"]


def test_a_story_is_snoozed_and_muted_and_heard_of_again(filled: Storytrail) -> None:
    assert "is sent until" in filled.does("alerts", "snooze", "1", "--for", "4h").out
    assert "until 2099-01-01 08:00 UTC" in filled.does("alerts", "snooze", "1", "--until", "2099-01-01T08:00").out
    assert "nothing more about story" in filled.does("alerts", "mute", "1").out
    assert filled.does("alerts", "mute", "1", "--undo").out.endswith(" is to be heard of\n")
    assert filled.does("alerts", "mute", "1", "--undo").out.endswith(" was already to be heard of\n")


def test_all_that_was_not_sent_of_an_alert_is_sent_again(filled: Storytrail) -> None:
    assert filled("alerts", "resend", "--alert", "1").code == FAILED
    change(filled, "UPDATE delivery SET status = 'dead', attempts = 12 WHERE id = 1")
    assert filled.does("alerts", "resend", "--alert", "1").out == "1 delivery in the outbox again\n"
    assert first(filled)["state"] == "waiting"


def test_what_is_muted_is_not_sent_again_before_it_is_to_be_heard_of(filled: Storytrail) -> None:
    change(filled, "UPDATE delivery SET status = 'muted', thread = '' WHERE id = 1")
    filled.does("alerts", "mute", "1")
    for words in (["resend", "1"], ["resend", "--alert", "1"], ["--resend", "1"]):
        done = filled("alerts", *words)
        assert done.code == FAILED
        assert "alerts mute 1 --undo" in done.err
    filled.does("alerts", "mute", "1", "--undo")
    assert filled.does("alerts", "resend", "1").out == "delivery 1 is in the outbox again\n"


def test_what_tells_of_sources_silences_no_story(filled: Storytrail) -> None:
    change(filled, "UPDATE alert SET reason = 'quiet-source' WHERE id = 1")
    for words in (["mute", "1"], ["snooze", "1", "--for", "4h"]):
        done = filled("alerts", *words)
        assert done.code == FAILED
        assert "about sources" in done.err


WRONG = [
    ("ack 99", FAILED),
    ("mute 99", FAILED),
    ("resend 99", FAILED),
    ("ack first", MISUSED),
    ("resend", MISUSED),
    ("resend 1 --alert 1", MISUSED),
    ("snooze 1", MISUSED),
    ("snooze 1 --for 4h --until 2099-01-01", MISUSED),
    ("snooze 1 --for soon", MISUSED),
    ("snooze 1 --until 2001-01-01", MISUSED),  # over
    ("snooze 1 --for 0s", MISUSED),
    ("snooze 1 --for 999999d", MISUSED),  # no calendar reaches so far that its end could be reckoned with
    ("snooze 1 --until 9999-12-31T23:59:59-14:00", MISUSED),  # no date in UTC
    ("--resend 99", FAILED),
    (f"--resend {2**64}", MISUSED),
]


@pytest.mark.parametrize(("words", "code"), WRONG)
def test_what_cannot_be_done_is_told(archive: Storytrail, words: str, code: int) -> None:
    done = archive("alerts", *words.split())
    assert done.code == code
    assert done.err
