"""What goes now, what waits and until when, and what is for the digest; with given instants."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from config.alerting import REASONS
from worker.stages.digest import DigestTimes, day_of, next_digest
from worker.stages.grouping import WEIGHTS, Go, Hold, IntoDigest, Rules, Waiting, judge, novelty
from worker.stages.timing import Quiet

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = Quiet(time(22), time(7), KYIV)
DIGEST = DigestTimes(time(8), KYIV)
HOUR = timedelta(hours=1)


def alert(thread: str = "a", reason: str = "new-fact", sentences: int = 1, **more: datetime) -> Waiting:
    return Waiting(thread, reason, sentences, more.pop("raised", NOON), **more)


@pytest.mark.parametrize(
    ("one", "rules", "verdict"),
    [
        (alert(), Rules(), Go()),
        (alert(), Rules(wait=HOUR), Hold(NOON + HOUR)),
        (alert(raised=NOON - HOUR), Rules(wait=HOUR), Go()),
        # After the first message it is the distance that counts, not the wait
        (alert(last=NOON - HOUR), Rules(wait=HOUR, every=2 * HOUR), Hold(NOON + HOUR)),
        (alert(last=NOON - 3 * HOUR), Rules(wait=HOUR, every=2 * HOUR), Go()),
        (alert(snoozed=NOON + HOUR), Rules(), Hold(NOON + HOUR)),
        (alert(snoozed=NOON - HOUR), Rules(), Go()),
        # What ends in the night waits for the morning
        (alert(snoozed=NOON + 9 * HOUR), Rules(quiet=NIGHT), Hold(datetime(2026, 3, 5, 5, tzinfo=UTC))),
        (alert(reason="correction", snoozed=NOON + 9 * HOUR), Rules(quiet=NIGHT, wakes=frozenset(["correction"])),
         Hold(NOON + 9 * HOUR)),
        (alert(), Rules(digest=DIGEST, digested=frozenset(["new-fact"])), IntoDigest(NOON + 18 * HOUR)),
        (alert(), Rules(digested=frozenset(["new-fact"])), Go()),  # there is no digest
    ],
)  # fmt: skip
def test_what_becomes_of_an_alert(one: Waiting, rules: Rules, verdict: object) -> None:
    assert judge(one, NOON, rules) == verdict


def test_a_budget_goes_to_what_is_most_new_and_the_others_get_their_turns() -> None:
    rules, rivals = (
        Rules(budget=(1, 3600.0)),
        [alert("a"), alert("b", "correction"), alert("c"), alert("d", sentences=5)],
    )
    verdicts = {one.thread: judge(one, NOON, rules, (), rivals) for one in rivals}
    assert verdicts == {"b": Go(), "d": Hold(NOON + HOUR), "a": Hold(NOON + 2 * HOUR), "c": Hold(NOON + 3 * HOUR)}


def test_alerts_about_one_story_are_worth_what_they_are_together() -> None:
    rules, rivals = Rules(budget=(1, 3600.0)), [alert("a", "first"), *(alert("b") for _ in range(3))]
    assert judge(rivals[1], NOON, rules, (), rivals) == Go()
    assert judge(rivals[0], NOON, rules, (), rivals) == Hold(NOON + HOUR)


def test_who_cannot_go_is_no_rival() -> None:
    rules = Rules(budget=(1, 3600.0), wait=HOUR)
    small = alert("a", "new-origin", raised=NOON - HOUR)
    assert judge(small, NOON, rules, (), [small, alert("b", "correction")]) == Go()
    asleep = Rules(budget=(1, 3600.0), quiet=Quiet(time(11), time(13), UTC), wakes=frozenset(["new-origin"]))
    assert judge(small, NOON, asleep, (), [small, alert("b", "correction")]) == Go()


def test_what_is_above_the_budget_is_for_the_digest_if_there_is_one() -> None:
    rules = Rules(budget=(1, 3600.0), digest=DIGEST)
    assert judge(alert(), NOON, rules, [NOON]) == IntoDigest(datetime(2026, 3, 5, 6, tzinfo=UTC))


def test_every_reason_has_its_weight() -> None:
    assert set(WEIGHTS) == set(REASONS)
    assert novelty("first", 1_000) == novelty("first", 5) > novelty("first", 4)


# --- Digests ---


@pytest.mark.parametrize(
    ("after", "days", "due"),
    [
        ("2026-03-04T05:59:59", range(7), "2026-03-04T06:00"),
        ("2026-03-04T06:00", range(7), "2026-03-05T06:00"),
        ("2026-03-04T12:00", [0], "2026-03-09T06:00"),  # a Monday
        ("2026-03-28T12:00", range(7), "2026-03-29T05:00"),  # the clocks have gone forward
        ("2026-10-24T12:00", range(7), "2026-10-25T06:00"),  # and back
    ],
)
def test_the_next_digest_keeps_to_the_clock(after: str, days: list[int], due: str) -> None:
    times = DigestTimes(time(8), KYIV, frozenset(days))
    assert next_digest(datetime.fromisoformat(after).replace(tzinfo=UTC), times) == datetime.fromisoformat(due).replace(
        tzinfo=UTC
    )


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
@pytest.mark.parametrize("clock", [time(0), time(1, 30), time(2, 15), time(3, 30), time(23, 59)])
def test_there_is_one_digest_a_day_whatever_the_clocks_do(zone: str, clock: time) -> None:
    """Over a year: clock times that come twice, those that never come, and shifts of half an hour among them."""
    times, moment = DigestTimes(clock, ZoneInfo(zone)), datetime(2025, 12, 31, tzinfo=UTC)
    days: list[date] = []
    for _ in range(366):
        following = next_digest(moment, times)
        assert timedelta(hours=22) <= following - moment <= timedelta(hours=49) or not days
        moment = following
        days.append(day_of(moment, times))
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
