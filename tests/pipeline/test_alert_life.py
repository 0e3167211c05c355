"""The life of an alert in event time: gathered, edited, put off, put into a digest, muted."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import alerts, hushes
from storage.alerts import NewAlert
from storage.tables import DeliveryStatus, DigestMessage, Hush
from tests.pipeline.newsroom import AGROUND, PIGEONS, SCHOOL, Outlet, Report
from tests.pipeline.pipeline import Pipeline
from tests.receiver import Receiver
from worker.stages.backtest import send
from worker.stages.backtest.replay import Raised
from worker.steps import regroup
from worker.steps.turn import sending_rules

PENDING, SENT, MUTED = DeliveryStatus.PENDING, DeliveryStatus.SENT, DeliveryStatus.MUTED
DEAD = DeliveryStatus.DEAD
UNTOLD = ["quiet-source"]  # the reason for which reading raises nothing: these tests raise their own alerts


class Newsdesk:
    """A topic with three stories, whose alerts the test raises one by one."""

    def __init__(self, pipeline: Pipeline, herald: Outlet, channels: Mapping[str, Mapping[str, object]]) -> None:
        self.pipeline, self._herald, self._channels = pipeline, herald, channels
        self.to = ["desk"]
        self._raised = 0

    def follows(self, **rules: object) -> None:
        topic = {"name": "News", "query": "Orla OR Vellinge OR Ghent", "alert": {"to": self.to, "on": UNTOLD, **rules}}
        self.pipeline.follows(topic, channels=self._channels)

    def reads(self, *reports: Report) -> None:
        self.pipeline.polls(self._herald.feed_url)
        for report in reports:
            self._herald.publishes(report)
        self.pipeline.runs("poll", "fetch", "read")

    def raises(self, report: Report, *new: str, reason: str = "new-fact") -> str:
        """Raise an alert about the report's story, as reading would; its key."""
        article = self.pipeline.article(self._herald.url(report))
        self._raised += 1
        key = hashlib.sha256(f"alert {self._raised}".encode()).hexdigest()
        sentences = new or (f"Sentence {self._raised}.",)
        alert = NewAlert(key, "News", reason, sentences, (), (), (), {}, self.to)
        story = article.story_id
        assert story is not None
        self.pipeline.database.write(
            lambda session: alerts.raise_alert(session, story, article.id, alert, self.pipeline.now)
        )
        return key

    def tells(self, report: Report, *new: str, reason: str = "new-fact") -> str:
        key = self.raises(report, *new, reason=reason)
        self.pipeline.runs("deliver")
        return key

    def story(self, report: Report) -> int:
        story = self.pipeline.article(self._herald.url(report)).story_id
        assert story is not None
        return story

    def later(self, **by: float) -> None:
        """Let time pass, and everything go that is due then."""
        self.pipeline.waits(**by)
        self.pipeline.runs("deliver")

    def statuses(self) -> list[str]:
        return [row.status for row in self.pipeline.deliveries()]


@pytest.fixture
def desk(either_pipeline: Pipeline, herald: Outlet, receiver: Receiver) -> Newsdesk:
    desk = Newsdesk(either_pipeline, herald, {"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    desk.follows()
    desk.reads(AGROUND, SCHOOL, PIGEONS)
    return desk


def told(receiver: Receiver, key: str) -> list[str]:
    """The keys of the alerts in a message, the oldest first."""
    return [alert["key"] for alert in receiver.payloads[key]["alerts"]]


# --- Grouping ---


def test_without_rules_each_alert_goes_at_once(desk: Newsdesk, receiver: Receiver) -> None:
    first, second = desk.tells(AGROUND), desk.tells(AGROUND)
    assert receiver.effects == {first: 1, second: 1}
    assert [row.next_attempt_at for row in desk.pipeline.deliveries()] == [desk.pipeline.now] * 2


def test_what_is_due_together_about_a_story_is_one_message(desk: Newsdesk, receiver: Receiver) -> None:
    keys = [desk.raises(AGROUND), desk.raises(AGROUND), desk.raises(SCHOOL)]
    desk.pipeline.runs("deliver")
    assert receiver.effects == {keys[0]: 1, keys[2]: 1}
    assert told(receiver, keys[0]) == keys[:2]
    assert desk.statuses() == [SENT, SENT, SENT]
    lead, along, other = desk.pipeline.deliveries()
    assert (along.sent_with, along.sent, along.thread) == (lead.id, lead.sent, "")
    assert other.sent_with is None
    assert other.thread != lead.thread


def test_a_story_waits_for_more_and_then_keeps_its_distance(desk: Newsdesk, receiver: Receiver) -> None:
    desk.follows(group={"wait": "30s", "every": "15m"})
    first = desk.tells(AGROUND)
    desk.later(seconds=20)
    second = desk.tells(AGROUND)
    assert not receiver.posts
    desk.later(seconds=10)  # half a minute after the first was raised
    assert told(receiver, first) == [first, second]

    third = desk.tells(AGROUND)
    desk.later(minutes=14)
    fourth = desk.tells(AGROUND)
    assert list(receiver.posts) == [first]
    desk.later(minutes=1)
    assert list(receiver.posts) == [first, third]
    assert fourth in told(receiver, third)


def test_an_update_names_its_thread_and_its_number(desk: Newsdesk, receiver: Receiver) -> None:
    keys = [desk.tells(AGROUND) for _ in range(3)]
    sent = [receiver.payloads[key] for key in keys]
    assert [one["update"] for one in sent] == [0, 1, 2]
    assert len({one["thread"] for one in sent}) == 1
    # The receiver can put an update in the place of the last one, so it has all that was told so far.
    assert [told(receiver, key) for key in keys] == [keys[:1], keys[:2], keys]


def test_a_channel_that_cannot_edit_gets_an_update_of_its_own(pipeline: Pipeline, herald: Outlet) -> None:
    desk = Newsdesk(pipeline, herald, {})
    desk.to = ["log"]
    desk.follows()
    desk.reads(AGROUND)
    for _ in range(3):
        desk.tells(AGROUND)
    assert ["update 2" in line for line in pipeline.lines] == [False, False, True]
    assert "Sentence 1." not in pipeline.lines[2]


def test_an_alert_that_comes_while_another_is_under_way_goes_after_it(desk: Newsdesk, receiver: Receiver) -> None:
    receiver.refuses(503)
    first = desk.tells(AGROUND)
    second = desk.tells(AGROUND)  # not beside the first, which is to be tried again
    assert list(receiver.posts) == [first]
    receiver.accepts()
    desk.later(minutes=10)
    assert receiver.effects == {first: 2, second: 1}
    assert told(receiver, first) == [first]


def test_a_message_that_is_tried_again_carries_the_same_alerts(desk: Newsdesk, receiver: Receiver) -> None:
    receiver.fails_ambiguously(1.0, seed=3)
    first, second = desk.raises(AGROUND), desk.raises(AGROUND)
    desk.pipeline.runs("deliver")
    third = desk.tells(AGROUND)
    desk.pipeline.restarts()
    receiver.accepts()
    desk.later(hours=1)
    assert told(receiver, first) == [first, second]
    assert set(receiver.effects) == {first, third}
    assert desk.statuses() == [SENT, SENT, SENT]


def test_a_message_that_is_given_up_is_sent_again_whole(desk: Newsdesk, receiver: Receiver) -> None:
    receiver.refuses(404)
    first, second = desk.raises(AGROUND), desk.raises(AGROUND)
    desk.pipeline.runs("deliver")
    assert desk.statuses() == [DEAD, DEAD]
    receiver.accepts()
    along = desk.pipeline.deliveries()[1].id
    assert desk.pipeline.database.write(lambda session: alerts.resend(session, along, desk.pipeline.now))
    desk.pipeline.runs("deliver")
    assert told(receiver, first) == [first, second]
    assert desk.statuses() == [SENT, SENT]


def test_the_thread_of_a_story_that_was_merged_goes_on(desk: Newsdesk, receiver: Receiver) -> None:
    first = desk.tells(SCHOOL)
    keep, gone = sorted([desk.story(AGROUND), desk.story(SCHOOL)])
    desk.pipeline.database.write(lambda session: regroup.merge(session, keep, gone, "person", desk.pipeline.now))
    second = desk.tells(AGROUND)
    assert receiver.payloads[second]["thread"] == receiver.payloads[first]["thread"]
    assert receiver.payloads[second]["update"] == 1


# --- Snooze, mute, acknowledge ---


def _hush(desk: Newsdesk, report: Report, until: datetime | None) -> None:
    story, now = desk.story(report), desk.pipeline.now
    if until is None:
        desk.pipeline.database.write(lambda session: hushes.mute(session, "News", story, now))
    else:
        desk.pipeline.database.write(lambda session: hushes.snooze(session, "News", story, until, now))


def test_what_is_new_while_a_story_is_snoozed_comes_together(desk: Newsdesk, receiver: Receiver) -> None:
    first = desk.tells(AGROUND)
    _hush(desk, AGROUND, desk.pipeline.now + timedelta(hours=4))
    second, third, other = desk.tells(AGROUND), desk.tells(AGROUND), desk.tells(SCHOOL)
    assert list(receiver.posts) == [first, other]
    desk.later(hours=4)
    assert list(receiver.posts) == [first, other, second]
    assert third in told(receiver, second)


def test_a_muted_story_is_recorded_and_not_sent_until_it_is_to_be_heard_of_again(
    desk: Newsdesk, receiver: Receiver
) -> None:
    desk.follows(group={"wait": "1m"})
    desk.tells(AGROUND)  # waits for more
    _hush(desk, AGROUND, None)
    desk.later(minutes=5)
    desk.tells(AGROUND)
    desk.later(minutes=5)
    assert desk.statuses() == [MUTED, MUTED]
    assert not receiver.posts

    story = desk.story(AGROUND)
    assert desk.pipeline.database.write(lambda s: hushes.undo(s, "News", story, desk.pipeline.now))
    third = desk.tells(AGROUND)
    desk.later(minutes=5)
    assert list(receiver.posts) == [third]
    assert not desk.pipeline.database.write(lambda s: hushes.undo(s, "News", story, desk.pipeline.now))


def test_a_story_that_becomes_part_of_another_takes_its_mute_along(desk: Newsdesk, receiver: Receiver) -> None:
    keep, gone = sorted([desk.story(AGROUND), desk.story(SCHOOL)])
    younger = AGROUND if desk.story(AGROUND) == gone else SCHOOL
    _hush(desk, younger, None)
    desk.pipeline.database.write(lambda session: regroup.merge(session, keep, gone, "person", desk.pipeline.now))
    desk.tells(AGROUND)
    desk.tells(SCHOOL)
    assert desk.statuses() == [MUTED, MUTED]
    assert not receiver.posts


def test_an_acknowledged_alert_that_waits_is_not_sent_any_more(desk: Newsdesk, receiver: Receiver) -> None:
    desk.follows(group={"wait": "1m"})
    desk.tells(AGROUND)
    second = desk.tells(AGROUND)
    first = desk.pipeline.alerts()[0].id
    assert desk.pipeline.database.write(lambda s: alerts.acknowledge(s, first, desk.pipeline.now))
    assert not desk.pipeline.database.write(lambda s: alerts.acknowledge(s, first, desk.pipeline.now))
    desk.later(minutes=1)
    assert told(receiver, second) == [second]
    assert desk.statuses() == [MUTED, SENT]


# --- Budget ---


def test_a_budget_is_spent_on_what_is_most_new(desk: Newsdesk, receiver: Receiver) -> None:
    desk.follows(at_most="1/hour")
    small = desk.raises(AGROUND, "A boat left.", reason="new-origin")
    large = desk.raises(SCHOOL, "One.", "Two.", "Three.", reason="correction")
    desk.pipeline.runs("deliver")
    assert list(receiver.posts) == [large]
    desk.later(minutes=59)
    assert list(receiver.posts) == [large]
    desk.later(minutes=1)
    assert list(receiver.posts) == [large, small]


def test_a_message_of_several_alerts_is_paid_for_once(desk: Newsdesk, receiver: Receiver) -> None:
    desk.follows(at_most="2/hour")
    for _ in range(4):
        desk.raises(AGROUND)
    desk.pipeline.runs("deliver")
    desk.tells(SCHOOL)
    assert len(receiver.posts) == 2


# --- Digests ---

MORNING_POST: Mapping[str, Any] = {"at": "08:00", "zone": "Europe/Kyiv"}


def digests(receiver: Receiver) -> list[Any]:
    return [payload for payload in receiver.payloads.values() if "period" in payload]


def test_what_is_for_the_digest_comes_in_one_message_of_the_day(desk: Newsdesk, receiver: Receiver) -> None:
    desk.pipeline.clock.now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    desk.follows(digest={**MORNING_POST, "reasons": ["new-origin"]})
    at_once = desk.tells(AGROUND)
    later = [desk.tells(AGROUND, reason="new-origin"), desk.tells(SCHOOL, reason="new-origin")]
    assert list(receiver.posts) == [at_once]

    desk.pipeline.clock.now = datetime(2026, 3, 5, 6, tzinfo=UTC) - timedelta(seconds=1)
    desk.pipeline.runs("deliver")
    assert len(receiver.posts) == 1
    desk.later(seconds=1)
    [digest] = digests(receiver)
    assert [alert["key"] for alert in digest["alerts"]] == later
    assert digest["day"] == "2026-03-05"
    assert desk.statuses() == [SENT, SENT, SENT]
    [row] = desk.pipeline.all(DigestMessage)
    assert (row.day, row.topic, row.channel) == ("2026-03-05", "News", "desk")
    assert receiver.effects == {at_once: 1, row.key: 1}


def test_what_is_above_the_budget_is_for_the_digest_where_there_is_one(desk: Newsdesk, receiver: Receiver) -> None:
    desk.pipeline.clock.now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    desk.follows(at_most="1/day", digest=MORNING_POST)
    first, second = desk.tells(AGROUND), desk.tells(SCHOOL)
    assert list(receiver.posts) == [first]
    desk.later(hours=18)
    [digest] = digests(receiver)
    assert [alert["key"] for alert in digest["alerts"]] == [second]


def test_a_digest_tells_nothing_of_a_story_that_is_put_off(desk: Newsdesk, receiver: Receiver) -> None:
    desk.pipeline.clock.now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    desk.follows(digest={**MORNING_POST, "reasons": ["new-origin"]})
    snoozed = desk.tells(AGROUND, reason="new-origin")
    other, muted = desk.tells(SCHOOL, reason="new-origin"), desk.tells(PIGEONS, reason="new-origin")
    _hush(desk, AGROUND, datetime(2026, 3, 6, 12, tzinfo=UTC))
    # As a merge leaves it: what waited for the digest already does not know of the mute.
    story, now = desk.story(PIGEONS), desk.pipeline.now
    desk.pipeline.database.write(lambda s: s.add(Hush(topic="News", story_id=story, until=None, created=now)))
    for _ in range(4):
        desk.later(hours=24)
    assert [[alert["key"] for alert in one["alerts"]] for one in digests(receiver)] == [[other], [snoozed]]
    assert [row.day for row in desk.pipeline.all(DigestMessage)] == ["2026-03-05", "2026-03-07"]
    assert muted not in receiver.effects
    assert desk.statuses() == [SENT, SENT, MUTED]


def test_a_digest_that_failed_is_the_same_when_it_is_tried_again(desk: Newsdesk, receiver: Receiver) -> None:
    desk.pipeline.clock.now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    desk.follows(digest={**MORNING_POST, "reasons": ["new-origin"]})
    first = desk.tells(AGROUND, reason="new-origin")
    receiver.fails_ambiguously(1.0, seed=1)
    desk.later(hours=18)
    late = desk.tells(SCHOOL, reason="new-origin")
    receiver.accepts()
    desk.later(hours=1)
    assert [[alert["key"] for alert in one["alerts"]] for one in digests(receiver)] == [[first]]
    desk.later(hours=23)
    assert [[alert["key"] for alert in one["alerts"]] for one in digests(receiver)] == [[first], [late]]
    assert [row.day for row in desk.pipeline.all(DigestMessage)] == ["2026-03-05", "2026-03-06"]


@pytest.mark.parametrize(
    ("raised", "sent"),
    [
        ("2026-03-28T12:00", "2026-03-29T05:00"),  # the clocks have gone forward that night: 08:00 is 05:00 UTC
        ("2026-03-27T12:00", "2026-03-28T06:00"),
        ("2026-10-24T12:00", "2026-10-25T06:00"),  # and back
        ("2026-10-23T12:00", "2026-10-24T05:00"),
    ],
)
def test_a_digest_keeps_to_the_clock_whatever_the_clocks_do(
    desk: Newsdesk, receiver: Receiver, raised: str, sent: str
) -> None:
    desk.pipeline.clock.now = datetime.fromisoformat(raised).replace(tzinfo=UTC)
    desk.follows(digest={**MORNING_POST, "reasons": ["new-origin"]})
    desk.tells(AGROUND, reason="new-origin")
    moment = datetime.fromisoformat(sent).replace(tzinfo=UTC)
    desk.pipeline.clock.now = moment - timedelta(seconds=1)
    desk.pipeline.runs("deliver")
    assert not receiver.posts
    desk.later(seconds=1)
    assert len(digests(receiver)) == 1


# --- Quiet hours ---

NIGHT = {"from": "22:00", "to": "07:00", "zone": "Europe/Kyiv"}


@pytest.mark.parametrize(
    ("raised", "goes"),
    [
        ("2026-03-28T20:00", "2026-03-29T04:00"),  # a night of eight hours
        ("2026-10-24T19:00", "2026-10-25T05:00"),  # and one of ten
        ("2026-03-29T04:00", "2026-03-29T04:00"),
    ],
)
def test_a_night_in_which_the_clocks_change_ends_by_the_clock(
    desk: Newsdesk, receiver: Receiver, raised: str, goes: str
) -> None:
    desk.pipeline.clock.now = datetime.fromisoformat(raised).replace(tzinfo=UTC)
    desk.follows(quiet=NIGHT)
    key = desk.tells(AGROUND)
    if raised != goes:
        desk.pipeline.clock.now = datetime.fromisoformat(goes).replace(tzinfo=UTC) - timedelta(seconds=1)
        desk.pipeline.runs("deliver")
        assert not receiver.posts
        desk.later(seconds=1)
    assert list(receiver.posts) == [key]


def test_some_reasons_wake_readers_all_the_same(desk: Newsdesk, receiver: Receiver) -> None:
    """And as they are awake, what waited about the story comes along."""
    desk.pipeline.clock.now = datetime(2026, 3, 4, 22, tzinfo=UTC)
    desk.follows(quiet={**NIGHT, "except": ["correction"]})
    waiting = desk.tells(AGROUND)
    other = desk.tells(SCHOOL)
    assert not receiver.posts
    waking = desk.tells(AGROUND, reason="correction")
    assert list(receiver.posts) == [waking]
    assert set(told(receiver, waking)) == {waiting, waking}
    assert other not in receiver.posts


# --- A whole life, live and replayed ---


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"group": {"wait": "2m", "every": "20m"}},
        {"at_most": "2/hour"},
        {"at_most": "1/hour", "digest": {"at": "13:00", "zone": "UTC"}},
        {"quiet": {"from": "10:30", "to": "11:15", "zone": "UTC", "except": ["correction"]}, "at_most": "2/hour"},
        {
            "group": {"wait": "1m", "every": "10m"},
            "at_most": "3/hour",
            "digest": {"at": "12:30", "zone": "UTC", "reasons": ["new-origin"]},
        },
    ],
)
def test_a_replay_sends_what_was_sent_when_it_was_sent(
    pipeline: Pipeline, herald: Outlet, receiver: Receiver, rules: dict[str, Any]
) -> None:
    desk = Newsdesk(pipeline, herald, {"desk": {"webhook": receiver.url, "secret": receiver.secret}})
    desk.follows(**rules)
    desk.reads(AGROUND, SCHOOL, PIGEONS)
    life: Sequence[tuple[int, Report, str, int]] = [
        (0, AGROUND, "first", 3), (0, AGROUND, "disagreement", 1), (1, SCHOOL, "first", 2), (5, AGROUND, "new-fact", 1),
        (31, AGROUND, "correction", 2), (31, PIGEONS, "new-origin", 1), (32, SCHOOL, "new-fact", 4),
        (50, SCHOOL, "new-origin", 1), (75, PIGEONS, "first", 3), (76, AGROUND, "new-fact", 2),
        (80, SCHOOL, "settled", 1),
    ]  # fmt: skip
    began = pipeline.now
    raised = []
    for minute in sorted({one[0] for one in life}):
        _let_pass(pipeline, began + timedelta(minutes=minute))
        for _, report, reason, new in (one for one in life if one[0] == minute):
            key = desk.raises(report, *(f"{minute} {n}" for n in range(new)), reason=reason)
            raised.append(Raised(key, reason, desk.story(report), 1, pipeline.now, ("",) * new))
        pipeline.runs("deliver")
    _let_pass(pipeline, began + timedelta(days=3))

    planned = send(raised, ["desk"], sending_rules(pipeline.runtime.topics.current().by_name["News"].alert))

    live = {alert.key: row.sent for alert, row in zip(pipeline.alerts(), pipeline.deliveries(), strict=True)}
    assert {one.key: one.at for one in planned} == live
    messages = {one.message for one in planned if not one.in_digest}
    assert messages == {key for key in receiver.effects if "period" not in receiver.payloads[key]}


def _let_pass(pipeline: Pipeline, until: datetime) -> None:
    """Time goes on, and at each moment at which something is due, it goes."""
    while times := [row.next_attempt_at for row in pipeline.deliveries() if row.status == PENDING]:
        if min(times) >= until:  # what is raised at that very moment comes first
            break
        pipeline.clock.now = max(pipeline.now, min(times))
        pipeline.runs("deliver")
    pipeline.clock.now = until
