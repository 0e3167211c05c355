from datetime import time
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from config.alerting import AlertRules, Budget


def rules(**written: object) -> AlertRules:
    return AlertRules.model_validate(written)


def test_without_rules_everything_goes_to_the_log() -> None:
    assert rules() == AlertRules(to=("log",), on=("first", "new-fact", "disagreement", "correction"))


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


@pytest.mark.parametrize("reason", ["settled", "new-origin", "revival", "quiet-source", "First"])
def test_a_reason_that_does_not_exist_is_refused(reason: str) -> None:
    with pytest.raises(ValidationError):
        rules(on=(reason,))
