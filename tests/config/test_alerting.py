import json
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from config.alerting import REASONS, AlertRules, Budget
from config.kept_topics import record_of, topic_of
from config.topics import topics_in
from config.yaml_file import document_of


def rules(**written: object) -> AlertRules:
    return AlertRules.model_validate(written)


def test_without_rules_everything_goes_to_the_log() -> None:
    told = rules()
    assert (told.to, told.at_most, told.quiet, told.digest) == (("log",), None, None, None)
    assert (told.group.wait, told.group.every) == (timedelta(0), timedelta(0))


def test_one_more_outlet_wakes_only_who_asked_for_it() -> None:
    assert set(REASONS) - set(rules().on) == {"new-origin"}
    assert "new-origin" in rules(on=("new-origin",)).on


def test_what_the_digest_tells_is_wanted_without_being_told_at_once() -> None:
    digest = {"at": "08:00", "zone": "Europe/Kyiv", "reasons": ("new-origin",)}
    told = rules(on=("first",), digest=digest)
    assert told.wanted == {"first", "new-origin"}
    assert told.digest is not None
    assert len(told.digest.days) == 7


@pytest.mark.parametrize(
    ("written", "pause"),
    [("30s", timedelta(seconds=30)), ("15m", timedelta(minutes=15)), ("4 h", timedelta(hours=4)), ("0s", timedelta(0))],
)
def test_a_pause_is_a_number_with_its_unit(written: str, pause: timedelta) -> None:
    assert rules(group={"wait": written}).group.wait == pause


@pytest.mark.parametrize("written", ["", "30", "-1s", "1.5h", "015m", "30 seconds", "8d", "9999999d", 30, "١٥m"])
def test_other_pauses_are_refused(written: object) -> None:
    with pytest.raises(ValidationError, match=r"such as 30s|at most 7d"):
        rules(group={"every": written})


@pytest.mark.parametrize("days", [(), ("monday",), ("Mon",), (0,)])
def test_other_days_are_refused(days: object) -> None:
    with pytest.raises(ValidationError):
        rules(digest={"at": "08:00", "zone": "UTC", "days": days})


def test_rules_are_the_same_when_they_are_kept() -> None:
    written = """topics: [{name: News, query: Orla, alert: {
        at_most: 6/day, on: [first, settled],
        group: {wait: 30s, every: 7d},
        quiet: {from: "22:00", to: "07:00", zone: UTC, except: [correction]},
        digest: {at: "08:00", zone: Europe/Kyiv, days: [mon, thu], reasons: [new-origin]}}}]"""
    [topic] = topics_in(document_of(written, "topics.yaml", ""), {}).topics
    assert topic.alert.digest
    assert topic.alert.quiet
    assert topic_of(json.loads(json.dumps(record_of(topic)))).alert == topic.alert


def test_a_channel_that_stands_twice_is_told_once() -> None:
    assert rules(to=("desk", "log", "desk")).to == ("desk", "log")


@pytest.mark.parametrize(
    ("written", "budget"),
    [
        ("6/day", Budget(6, 86_400)),
        ("2/hour", Budget(2, 3_600)),
        ("10 / week", Budget(10, 604_800)),
    ],
)
def test_a_budget_is_a_number_in_a_time(written: str, budget: Budget) -> None:
    assert rules(at_most=written).at_most == budget


@pytest.mark.parametrize("written", ["6", "6/days", "0/day", "-1/day", "1.5/day", "x/day", "6/fortnight", 6, ""])
def test_other_budgets_are_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="such as 6/day"):
        rules(at_most=written)


def test_quiet_hours_have_a_zone() -> None:
    quiet = rules(quiet={"from": "22:00", "to": "07:30", "zone": "Europe/Kyiv"}).quiet
    assert quiet is not None
    assert (quiet.start, quiet.end, quiet.zone) == (time(22), time(7, 30), ZoneInfo("Europe/Kyiv"))


@pytest.mark.parametrize("written", ["24:00", "7:00", "22.00", "22:60", "2200", 22, None, "22:00:00"])
def test_other_times_of_day_are_refused(written: object) -> None:
    with pytest.raises(ValidationError, match=r"such as \"07:00\"|Field required"):
        rules(quiet={"from": written, "to": "07:00", "zone": "UTC"})


@pytest.mark.parametrize(
    "written",
    [
        "Europe/Kyyiv",
        "Europe",  # a folder of zones
        "../../etc/passwd",
        "/etc/passwd",
        "a\0b",
        "",
        5,
    ],
)
def test_other_zones_are_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="such as Europe/Kyiv"):
        rules(quiet={"from": "22:00", "to": "07:00", "zone": written})


def test_hours_that_leave_no_time_are_refused() -> None:
    with pytest.raises(ValidationError, match="no hour of the day would be left"):
        rules(quiet={"from": "07:00", "to": "07:00", "zone": "UTC"})


@pytest.mark.parametrize("reason", ["new", "new-facts", "First"])
def test_a_reason_that_does_not_exist_is_refused(reason: str) -> None:
    with pytest.raises(ValidationError):
        rules(on=(reason,))
