"""A topic tried on the archive, part by part: the order, what is told, what is sent, what is near, what differs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from worker.stages.backtest import (
    Asked,
    Change,
    CopyHistory,
    Day,
    Matched,
    Moved,
    Nearness,
    Raised,
    Read,
    Reading,
    Replay,
    Sheet,
    compare,
    copy_history,
    days_of,
    late_origins,
    measure_marks,
    nearness,
    replay,
    send,
    support,
    timeline,
)
from worker.stages.digest import DigestTimes
from worker.stages.duplicate import Piece
from worker.stages.facts import Fact
from worker.stages.grouping import Rules
from worker.stages.match import Topic
from worker.stages.query import Document, compile_query, prepare
from worker.stages.timing import Quiet

NINE = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


# --- In which order ---


def reading(article: int, minutes: float, *, due: float | None = None, revision: int = 1) -> Reading:
    return Reading(article, revision, at(minutes), at(minutes if due is None else due))


def merged(*articles: int, minutes: float, by_rule: bool = True, undone: float | None = None) -> Change:
    """Story 2 into story 1."""
    return Change(7, "merge", at(minutes), None if undone is None else at(undone), by_rule, 1, 2, articles)


def stories(events: Sequence[Read | Moved]) -> list[str]:
    """Each event in short: `3@1` article 3 is read into story 1, `2>1` what was in story 2 goes to story 1."""
    return [f"{e.article}@{e.story}" if isinstance(e, Read) else f"{e.source}>{e.target}" for e in events]


@pytest.mark.parametrize(
    ("readings", "changes", "now", "expected"),
    [
        ([reading(2, 1), reading(1, 5)], [], {1: 1, 2: 1}, ["2@1", "1@1"]),
        # In one instant, in the order in which they stood in line
        ([reading(1, 0, due=3), reading(2, 0, due=1)], [], {1: 1, 2: 1}, ["2@1", "1@1"]),
        # By the rule: with the article that led to it, which is told of as part of the one story
        ([reading(1, 0), reading(2, 1), reading(3, 2)], [merged(2, 3, minutes=2)], {1: 1, 2: 1, 3: 1},
         ["1@1", "2@2", "2>1", "3@1"]),
        # The same when that article was in the story that was kept
        ([reading(1, 0), reading(2, 1), reading(3, 2)], [merged(2, minutes=2)], {1: 1, 2: 1, 3: 1},
         ["1@1", "2@2", "2>1", "3@1"]),
        # All in one instant: after the last that was moved
        ([reading(1, 0, due=0), reading(2, 0, due=1), reading(3, 0, due=2)], [merged(2, minutes=0)],
         {1: 1, 2: 1, 3: 1}, ["1@1", "2>1", "2@1", "3@1"]),
        # By a person: between what was read before and after, and an undoing takes back what it moved, no more
        ([reading(1, 0), reading(2, 1), reading(3, 3), reading(4, 5)],
         [merged(2, minutes=2, by_rule=False, undone=4)], {1: 1, 2: 2, 3: 1, 4: 2},
         ["1@1", "2@2", "2>1", "3@1", "1>2", "4@2"]),
        # An article that is in no story was never told of
        ([reading(1, 0), reading(2, 1)], [], {2: 1}, ["2@1"]),
        ([], [merged(2, minutes=2)], {}, ["2>1"]),
    ],
)  # fmt: skip
def test_articles_come_in_the_order_of_reading_and_into_the_story_they_were_in(
    readings: Sequence[Reading], changes: Sequence[Change], now: dict[int, int], expected: Sequence[str]
) -> None:
    assert stories(timeline(readings, changes, now)) == expected


def test_what_is_put_back_takes_its_copies_along() -> None:
    """The copy came while the stories were one."""
    change = merged(2, minutes=1, by_rule=False, undone=3)
    readings = [reading(1, 0), reading(2, 0), reading(3, 2), reading(4, 4)]
    found = timeline(readings, [change], {1: 1, 2: 2, 3: 2, 4: 2}, copy_of={3: 2})
    assert stories(found) == ["1@1", "2@2", "2>1", "3@1", "1>2", "4@2"]


WIRE = "The ferry Orla ran aground off Tarn Head on Wednesday and fourteen people were injured, the coastguard said. "
REST = (
    "She struck a ledge of rock three miles from the harbour mouth, in calm water and good visibility, officials said."
)


def piece(article: int, minutes: float, text: str) -> Piece:
    return Piece(article, f"Outlet {article}", at(minutes), text)


def test_copies_of_an_origin_that_was_there_are_copies_from_the_beginning() -> None:
    assert late_origins([1, 2, 3], {2: 1, 3: 1}) == {}
    assert copy_history([1, 2, 3], {2: 1, 3: 1}, {}) == CopyHistory(frozenset([2, 3]), {})


def test_copies_speak_for_themselves_until_their_origin_comes() -> None:
    """The second holds the whole of the first, so one of them was a copy before the origin came."""
    order, copy_of = [2, 3, 1, 4], {2: 1, 3: 1, 4: 1}
    assert late_origins(order, copy_of) == {1: [2, 3]}
    pieces = {1: piece(1, 0, WIRE + REST), 2: piece(2, 10, WIRE + REST), 3: piece(3, 20, WIRE + REST)}
    assert copy_history(order, copy_of, pieces) == CopyHistory(frozenset([3, 4]), {1: (2,)})


def test_an_article_that_was_another_then_did_not_become_a_copy_when_the_origin_came() -> None:
    pieces = {1: piece(1, 0, WIRE + REST), 2: piece(2, 10, "Two racing pigeons won the spring flight from Barcelona.")}
    assert copy_history([2, 1], {2: 1}, pieces, revised=[2]) == CopyHistory(frozenset(), {})


# --- What is told ---


def topic(query: str, *, follow: bool = True, like: tuple[str, ...] = ()) -> Topic:
    return Topic("Orla", "v1", compile_query(query), follow=follow, like=like)


def sheet(article: int, text: str, *, minutes: float = 0, injured: int | None = None, **more: object) -> Sheet:
    facts = () if injured is None else (_injured(injured),)
    document = prepare(Document("", text, language="en"))
    base = Sheet(article, 1, "", text, f"Outlet {article}", at(minutes), at(minutes), document, facts=facts)
    return _with(base, more)


def _with(base: Sheet, more: dict[str, object]) -> Sheet:
    return replace(base, **more)  # type: ignore[arg-type]  # a test names its own fields


def _injured(number: int) -> Fact:
    text = f"In all {number} people were injured."
    return Fact(f"injured|exactly|{number}", "injured", float(number), "exactly", text, 0, hedged=False)


def told(found: Replay) -> list[tuple[str, int, int]]:
    return [(alert.reason, alert.story, alert.article) for alert in found.alerts]


ALL = frozenset(["first", "new-fact", "disagreement", "correction"])
TITLES = {1: "Ferry Orla aground", 2: "Orla on rocks"}


def test_a_story_is_told_once_and_followed_when_its_words_change() -> None:
    asked = Asked(topic("Orla"), ALL, titles=TITLES)
    events = [
        (Read(1, 1, 1), sheet(1, "The Orla ran aground.")),
        (Read(2, 1, 1), sheet(2, "A ship is on rocks.", minutes=10)),
        (Read(3, 1, 2), sheet(3, "A ship is on rocks.", minutes=20)),
    ]
    found = replay(asked, events)
    assert [(match.article, match.by) for match in found.matches] == [(1, "query"), (2, "follow")]
    assert told(found) == [("first", 1, 1)]
    assert found.misses == {3: "no word Orla"}


def test_what_a_copy_states_contradicts_nobody() -> None:
    asked = Asked(topic("Orla"), ALL, titles=TITLES)
    first = (Read(1, 1, 1), sheet(1, "The Orla ran aground.", injured=14))
    other = sheet(2, "The Orla lies on rocks.", minutes=10, injured=23)
    assert ("disagreement", 1, 2) in told(replay(asked, [first, (Read(2, 1, 1), other)]))
    copy = _with(other, {"is_copy": True})
    assert told(replay(asked, [first, (Read(2, 1, 1), copy)])) == [("first", 1, 1)]
    origin = _with(other, {"turned": (1,)})  # the first turns out to be a copy of it
    assert "disagreement" not in {reason for reason, _, _ in told(replay(asked, [first, (Read(2, 1, 1), origin)]))}


def test_what_was_told_of_both_is_told_of_the_merged_story() -> None:
    asked = Asked(topic("Orla"), frozenset(["first"]), titles=TITLES)
    both = [
        (Read(1, 1, 1), sheet(1, "The Orla ran aground.")),
        (Read(2, 1, 2), sheet(2, "The Orla lies on rocks.", minutes=10)),
    ]
    move = (Moved(7, "merge", False, (2,), 2, 1), None)
    back = (Moved(7, "merge", True, (2,), 1, 2), None)
    again = (Read(3, 1, 2), sheet(3, "The Orla was freed.", minutes=20))
    assert told(replay(asked, [*both, move])) == [("first", 1, 1), ("first", 2, 2)]
    # Undone, the second story has its first word again, and is not told as new
    assert told(replay(asked, [*both, move, back, again])) == [("first", 1, 1), ("first", 2, 2)]


def test_out_of_force_nothing_is_matched_but_all_is_known() -> None:
    asked = Asked(topic("Orla"), ALL, titles=TITLES, since=at(5), until=at(15))
    events = [
        (Read(1, 1, 1), sheet(1, "The Orla ran aground.", injured=14)),
        (Read(2, 1, 1), sheet(2, "The Orla lies on rocks.", minutes=10, injured=23)),
        (Read(3, 1, 1), sheet(3, "The Orla was freed.", minutes=15)),
    ]
    assert told(replay(asked, events)) == [("first", 1, 2), ("disagreement", 1, 2)]


def test_an_example_brings_its_story_from_when_it_is_there() -> None:
    asked = Asked(Topic("Like", "v1", None, like=("2",)), ALL, examples=frozenset([2]), titles=TITLES)
    events = [(Read(number, 1, 1), sheet(number, "A ship.", minutes=number)) for number in (1, 2, 3)]
    assert [(match.article, match.by) for match in replay(asked, events).matches] == [(2, "like"), (3, "like")]


# --- What is sent ---

NIGHT = Quiet(time(22), time(7), ZoneInfo("UTC"))
NOON = DigestTimes(time(12), ZoneInfo("UTC"))


def raised(key: str, story: int, minutes: float, reason: str = "first", new: int = 1) -> Raised:
    return Raised(key, reason, story, 1, at(minutes), ("A sentence.",) * new)


@pytest.mark.parametrize(
    ("minutes", "rules", "expected"),
    [
        ([0, 1, 2], Rules(), [0, 1, 2]),
        ([], Rules(), []),
        # Two an hour: the third goes when the first has left the hour, and the fourth keeps its turn behind it
        ([0, 10, 20, 65], Rules(budget=(2, 3600.0)), [0, 10, 60, 70]),
        # From 22:00 to 7:00, which is 13 and 22 hours after nine
        ([12 * 60, 14 * 60, 23 * 60], Rules(quiet=NIGHT), [12 * 60, 22 * 60, 23 * 60]),
        # Held back till morning, they spend the budget then
        ([14 * 60, 15 * 60, 16 * 60], Rules(budget=(2, 3600.0), quiet=NIGHT), [22 * 60, 22 * 60, 23 * 60]),
        ([0, 1], Rules(budget=(1, 86_400.0)), [0, 1440]),
        # What the budget has no room for is for the digest at noon, and that of the next day
        ([0, 1, 2, 200], Rules(budget=(1, 86_400.0), digest=NOON), [0, 180, 180, 1620]),
    ],
)
def test_messages_go_when_quiet_hours_and_budget_let_them(
    minutes: Sequence[float], rules: Rules, expected: Sequence[float]
) -> None:
    sent = send([raised(str(number), number, minute) for number, minute in enumerate(minutes)], ["log"], rules)
    assert [one.at for one in sent] == [at(minute) for minute in expected]
    assert all(one.waited >= timedelta(0) for one in sent)


def test_each_channel_has_a_budget_of_its_own() -> None:
    sent = send([raised("a", 1, 0), raised("b", 2, 1)], ["desk", "log"], Rules(budget=(1, 86_400.0)))
    assert [one.at for one in sent] == [at(0), at(0), at(1440), at(1440)]


def test_alerts_about_one_story_go_together() -> None:
    alerts = [raised("a", 1, 0), raised("b", 1, 1), raised("c", 2, 1), raised("d", 1, 2), raised("e", 1, 3)]
    sent = send(alerts, ["log"], Rules(wait=timedelta(minutes=1), every=timedelta(minutes=10)))
    assert [(one.key, one.at, one.message) for one in sent] == [
        ("a", at(1), "a"), ("b", at(1), "a"), ("c", at(2), "c"), ("d", at(11), "d"), ("e", at(11), "d"),
    ]  # fmt: skip


def test_a_long_queue_is_worked_off_in_bounded_time() -> None:
    alerts = [raised(str(number), number, 0) for number in range(1_000)]
    sent = send(alerts, ["log"], Rules(budget=(1, 604_800.0), quiet=NIGHT))
    assert len({one.at for one in sent}) == 1_000


# --- What is near ---


@pytest.mark.parametrize(
    ("query", "text", "places", "expected"),
    [
        ("ferry AND Orla", "The ferry Orla, a ferry.", 1, Nearness(0, 2)),
        ("ferry OR Orla", "The ferry Orla, a ferry.", 3, Nearness(0, 1)),
        ("ferry AND (Orla OR Osprey)", "The ferry sank.", 0, Nearness(1, 1, "no word of (Orla OR Osprey)")),
        ("ferry AND Orla AND rocks", "The ferry sank.", 0, Nearness(2, 1, "no word Orla")),
        # Of alternatives the one that is nearer says what is missing
        ("school OR (ferry AND Orla)", "The ferry sank.", 0, Nearness(1, 1, "no word Orla")),
        ("ferry NOT war", "A ferry in the war.", 0, Nearness(1, 1, "excluded by war: “war” in the text")),
        ("ferry NOT war", "A ferry.", 1, Nearness(0, 1)),
        ('"ran aground"', "It ran, then went aground.", 0, Nearness(1, 0, 'no phrase "ran aground"')),
        ("ferry lang:en", "A ferry.", 1, Nearness(0, 2)),
    ],
)
def test_a_match_hangs_on_its_weakest_part_and_a_miss_on_what_it_lacks(
    query: str, text: str, places: int, expected: Nearness
) -> None:
    clause, document = compile_query(query).clause, prepare(Document("", text, language="en"))
    assert support(clause, document) == places
    assert nearness(clause, document) == expected


@pytest.mark.parametrize("text", ["", "\0", "ferry " * 50_000, "مرحبا 日本 🛳" * 1_000])
def test_whatever_the_text_says_it_ends(text: str) -> None:
    clause, document = compile_query("ferry AND (Orla OR 日本)").clause, prepare(Document("", text))
    assert (support(clause, document) > 0) == (nearness(clause, document).lacks == 0)


# --- What differs ---


def match(article: int, minutes: float = 0) -> Matched:
    return Matched(article, 1, 1, at(minutes), "query", f"reason {article}")


def alert(key: str, minutes: float = 0) -> Raised:
    return Raised(key, "first", 1, 1, at(minutes), ())


def test_two_replays_are_compared_article_by_article_and_alert_by_alert() -> None:
    before = Replay("Orla", (match(1), match(2)), (alert("a"), alert("b")))
    after = Replay("Orla", (match(2), match(3)), (alert("b"), alert("c")))
    compared = compare(before, after)
    assert [one.article for one in compared.gained] == [3]
    assert [one.article for one in compared.lost] == [1]
    assert [one.key for one in compared.alerts_gained] == ["c"]
    assert [one.key for one in compared.alerts_lost] == ["a"]
    assert compare(before, before) == compare(after, after)


@dataclass(frozen=True, slots=True)
class Said:
    article_id: int
    is_right: bool


@pytest.mark.parametrize(
    ("said", "precision", "recall", "broken"),
    [
        ([(1, True), (2, True)], 1.0, 1.0, []),
        ([(1, True), (2, False)], 0.5, 1.0, ["reason 2"]),
        ([(1, True), (9, True)], 1.0, 0.5, ["no word ferry"]),
        ([(8, True)], None, 0.0, ["nothing that it asks for is in it"]),  # it was not even a candidate
        ([(9, False)], None, None, []),
        ([(1, True), (1, False)], 0.0, None, ["reason 1"]),  # said again, otherwise
        ([], None, None, []),
    ],
)
def test_marks_are_held_against_what_matched(
    said: Sequence[tuple[int, bool]], precision: float | None, recall: float | None, broken: Sequence[str]
) -> None:
    found = measure_marks(Replay("Orla", (match(1), match(2)), (), {9: "no word ferry"}), [Said(*one) for one in said])
    assert (found.precision, found.recall) == (precision, recall)
    assert [one.why for one in found.broken] == broken


def test_each_day_has_its_sums() -> None:
    sent = send([raised("a", 1, 0), raised("b", 2, 1)], ["log"], Rules(budget=(1, 86_400.0)))
    days = days_of([match(1), match(2, minutes=1)], [alert("a"), alert("b")], sent)
    assert days == (Day(date(2026, 3, 4), 2, 2, 1), Day(date(2026, 3, 5), 0, 0, 1))
    assert days_of([], [], []) == ()
