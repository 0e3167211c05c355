"""`storytrail topics test`: what a topic would have matched and told in the archive, and what changing it would do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import typer

from cli.failure import MISUSED
from cli.show import complain, counted, json_lines, moment, out, progress, say
from cli.start import start_with_database
from cli.topic_names import wanted_topics
from config.topics import load_topics
from storage.marks import marks_of
from worker.runtime import Runtime
from worker.stages.backtest import Comparison, Day, Expectations, Matched, Raised, Replay, compare
from worker.stages.query import QuerySyntaxError
from worker.stages.search import read_search
from worker.steps.backtest import Backtest, Near, Period, Shown, backtest
from worker.topics import TopicsInForce, compile_topics

Row = Mapping[str, Any]

MOST_IN_A_BAR = 30  # signs
MOST_LISTED = 20  # articles gained or lost, stories; with --json all of them
A_DATE = "takes a day, a month or a year, such as 2026-03-01, 2026-03 or 2026"


def run_backtest(
    name: str | None,
    since: str | None,
    until: str | None,
    against: Path | None,
    file: Path | None,
    samples: int,
    *,
    as_json: bool,
) -> None:
    """Try one topic, or all, as they are in force or as `file` has them; `against`: also as that file has them."""
    period = _period(since, until)
    run = start_with_database()
    try:
        topics = _topics(file) if file else run.topics.current()
        changed = _topics(against) if against else None
        for topic in _names(name, topics, changed):
            before = _try(run, topics, topic, period)
            after = _try(run, changed, topic, period) if changed else None
            if as_json:
                json_lines([_row(topic, before, after, samples)])
            else:
                _print(topic, before, after, samples, against)
    finally:
        run.close()


# --- Doing it ---


def _period(since: str | None, until: str | None) -> Period:
    """Both as `storytrail search` reads them; `until` means all of its day, month or year."""
    period = Period(_moment("since", since), _moment("until", until))
    if period.since and period.until and period.until <= period.since:
        complain("--since must not be later than --until")
        raise typer.Exit(MISUSED)
    return period


def _moment(option: str, written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        found = read_search(f"a {option}:{written.strip()}")
    except QuerySyntaxError:
        found = None
    wanted = getattr(found, option) if found else None
    if not isinstance(wanted, datetime):
        complain(f"--{option} {A_DATE}")
        raise typer.Exit(MISUSED)
    return wanted


def _topics(file: Path) -> TopicsInForce:
    return compile_topics(load_topics(file), file)


def _names(name: str | None, topics: TopicsInForce, changed: TopicsInForce | None) -> Sequence[str]:
    known = list(dict.fromkeys([*topics.by_name, *(changed.by_name if changed else ())]))
    return wanted_topics(name, known, ": storytrail topics test --file FILE tries those of another file")


def _try(run: Runtime, topics: TopicsInForce, name: str, period: Period) -> Backtest:
    """A topic that is not there matches nothing."""
    if name not in topics.by_name:
        return Backtest(name, "", Replay(name))
    marks = run.database.read(partial(marks_of, topic=name))
    with progress() as steps:
        return backtest(run, topics, name, period, marks, steps.at)


# --- Rows ---


def _row(name: str, before: Backtest, after: Backtest | None, samples: int) -> Row:
    compared = {"against": _against_row(before, after, samples)} if after else {}
    return {**_backtest_row(name, before, samples), **compared}


def _backtest_row(name: str, tried: Backtest, samples: int) -> Row:
    replay = tried.replay
    return {
        "topic": name,
        "version": tried.version,
        "examined": tried.examined,
        "matches": [_match_row(match, tried) for match in replay.matches],
        "stories": [_story_row(story, tried) for story in _stories(replay)],
        "alerts": [_alert_row(alert, tried) for alert in replay.alerts],
        "sent": [{"alert": one.key, "channel": one.channel, "raised": one.raised, "at": one.at} for one in tried.sent],
        "days": [_day_row(day) for day in tried.days],
        "barely": [_match_row(match, tried) for match in _barely(tried, samples)],
        "nearly": [_near_row(near, tried) for near in tried.near[:samples]],
        "marks": _marks_row(tried.marks, tried) if tried.marks else None,
    }


def _match_row(match: Matched, tried: Backtest) -> Row:
    return {
        **_article_row(match.article, tried.shown),
        "story": match.story,
        "by": match.by,
        "reason": match.reason,
        "places": match.support,
    }


def _near_row(near: Near, tried: Backtest) -> Row:
    return {**_article_row(near.article, tried.shown), "missing": near.nearness.decisive, "has": near.nearness.holds}


def _article_row(article: int, shown: Mapping[int, Shown]) -> Row:
    one = shown[article]
    return {"article": article, "title": one.title, "outlet": one.outlet, "url": one.url, "time": one.event_time}


def _story_row(story: int, tried: Backtest) -> Row:
    replay = tried.replay
    reasons = Counter(alert.reason for alert in replay.alerts if alert.story == story)
    articles = sum(match.story == story for match in replay.matches)
    return {"id": story, "title": tried.titles.get(story, ""), "articles": articles, "alerts": dict(reasons)}


def _alert_row(alert: Raised, tried: Backtest) -> Row:
    return {
        "key": alert.key,
        "reason": alert.reason,
        "story": alert.story,
        "article": alert.article,
        "url": tried.shown[alert.article].url,
        "at": alert.when,
        "new": list(alert.new),
    }


def _day_row(day: Day) -> Row:
    return {"day": day.day.isoformat(), "matches": day.matches, "alerts": day.alerts, "sent": day.sent}


def _marks_row(marks: Expectations, tried: Backtest) -> Row:
    return {
        "matched": marks.matched,
        "right": marks.right,
        "hits": marks.hits,
        "precision": marks.precision,
        "recall": marks.recall,
        "broken": [
            {**_article_row(one.article, tried.shown), "is_right": one.is_right, "why": one.why} for one in marks.broken
        ],
    }


def _against_row(before: Backtest, after: Backtest, samples: int) -> Row:
    compared = compare(before.replay, after.replay)
    return {
        "version": after.version,
        "gained": [_match_row(match, after) for match in compared.gained],
        "lost": [{**_match_row(match, before), "why": _why_lost(match, after)} for match in compared.lost],
        "alerts_gained": [_alert_row(alert, after) for alert in compared.alerts_gained],
        "alerts_lost": [_alert_row(alert, before) for alert in compared.alerts_lost],
        "days": [
            {"day": day.isoformat(), "alerts_gained": gained, "alerts_lost": lost}
            for day, gained, lost in _changed_days(compared)
        ],
        "barely": [_match_row(match, after) for match in _barely(after, samples)],
        "nearly": [_near_row(near, after) for near in after.near[:samples]],
        "marks": _marks_row(after.marks, after) if after.marks else None,
    }


# --- What is chosen to be shown ---


def _stories(replay: Replay) -> Sequence[int]:
    """The stories in which anything matched, those of most articles first."""
    return [story for story, _ in Counter(match.story for match in replay.matches).most_common()]


def _barely(tried: Backtest, most: int) -> Sequence[Matched]:
    """The matches that hang on one word, the newest first."""
    found = [match for match in tried.replay.matches if match.support == 1]
    return sorted(found, key=lambda match: match.when, reverse=True)[:most]


def _why_lost(match: Matched, after: Backtest) -> str:
    return after.replay.misses.get(match.article) or next(
        (near.nearness.decisive for near in after.near if near.article == match.article), ""
    )


def _changed_days(compared: Comparison) -> Sequence[tuple[date, int, int]]:
    gained = Counter(alert.when.date() for alert in compared.alerts_gained)
    lost = Counter(alert.when.date() for alert in compared.alerts_lost)
    return [(day, gained[day], lost[day]) for day in sorted({*gained, *lost})]


# --- For people ---


def _print(name: str, before: Backtest, after: Backtest | None, samples: int, against: Path | None) -> None:
    say(name, style="bold")
    say(_summary(before), indent=4)
    for line in _picture(before.days, _sign()):
        say(line, indent=4)
    _print_waiting(before)
    _print_stories(before)
    _print_samples(before, samples)
    if before.marks:
        _print_marks(before.marks, before)
    if after is not None:
        _print_comparison(before, after, samples, against)
    say("")


def _summary(tried: Backtest) -> str:
    replay = tried.replay
    if not replay.matches:
        return f"nothing matches; {counted(tried.examined, 'article')} looked at"
    by = Counter(match.by for match in replay.matches)
    ways = ", ".join(f"{number} by {way}" for way, number in by.most_common())
    stories = counted(len(_stories(replay)), "story", "stories")
    sent = Counter(one.channel for one in tried.sent)
    messages = ", ".join(f"{number} sent on {channel}" for channel, number in sent.items())
    alerts = counted(len(replay.alerts), "alert")
    return f"{counted(len(replay.matches), 'article')} ({ways}) in {stories}; {alerts}, {messages or 'none sent'}"


def _sign() -> str:
    return "█" if (out.encoding or "").lower().startswith("utf") else "#"


def _picture(days: Sequence[Day], sign: str) -> Iterator[str]:
    """A bar of alerts for each day, with what matched and what was sent; days without anything are told in a line."""
    most = max((day.alerts for day in days), default=0)
    before: date | None = None
    for day in days:
        if before is not None and (silent := (day.day - before).days - 1):
            yield f"{' ' * 10}  {counted(silent, 'quiet day')}"
        width = -(-day.alerts * min(most, MOST_IN_A_BAR) // most) if most else 0
        told = f"{counted(day.alerts, 'alert')}, {day.sent} sent, {counted(day.matches, 'article')}"
        yield f"{day.day}  {sign * width}{' ' if width else ''}{told}"
        before = day.day


def _print_waiting(tried: Backtest) -> None:
    """What quiet hours and the budget did."""
    held = [one for one in tried.sent if one.waited]
    if held:
        longest = max(one.waited for one in held)
        say(f"{counted(len(held), 'message')} held back by quiet hours or budget, at most {_span(longest)}", indent=4)


def _span(time: timedelta) -> str:
    hours = time.total_seconds() / 3600
    if hours < 1:
        return counted(max(1, round(hours * 60)), "minute")
    return counted(round(hours), "hour") if hours < 72 else counted(round(hours / 24), "day")


def _print_stories(tried: Backtest) -> None:
    stories = _stories(tried.replay)
    for story in stories[:MOST_LISTED]:
        row = _story_row(story, tried)
        alerts = ", ".join(f"{number} {reason}" for reason, number in row["alerts"].items())
        told = f"{counted(row['articles'], 'article')}; {alerts or 'no alerts'}"
        say(f"- story {story}: {row['title']} ({told})", indent=4)
    _print_rest(len(stories) - MOST_LISTED, "story", "stories")


def _print_rest(rest: int, one: str, many: str) -> None:
    if rest > 0:
        say(f"and {counted(rest, f'more {one}', f'more {many}')}", indent=4)


def _print_samples(tried: Backtest, most: int) -> None:
    if barely := _barely(tried, most):
        say("matches that hang on one word:", indent=4)
        for match in barely:
            _print_article(tried.shown[match.article], match.reason)
    if near := tried.near[:most]:
        say("misses that lack one thing:", indent=4)
        for one in near:
            _print_article(tried.shown[one.article], one.nearness.decisive)


def _print_article(one: Shown, reason: str, sign: str = "-") -> None:
    say(f"{sign} {one.id}  {moment(one.event_time)}  {one.outlet}: {one.title}", indent=8)
    say(reason, indent=12)


def _print_marks(marks: Expectations, tried: Backtest) -> None:
    precision = f"{marks.hits} of {marks.matched} that match are right" if marks.matched else "none of them matches"
    recall = f"{marks.hits} of {marks.right} right ones match" if marks.right else "none is marked right"
    say(f"of the marked articles, {precision} (precision), {recall} (recall)", indent=4)
    for broken in marks.broken:
        said = "is right and does not match" if broken.is_right else "is wrong and matches"
        _print_article(tried.shown[broken.article], f"{said}: {broken.why}")


def _print_comparison(before: Backtest, after: Backtest, samples: int, against: Path | None) -> None:
    compared = compare(before.replay, after.replay)
    say(f"with {against}:", indent=4, style="bold")
    say(_summary(after), indent=4)
    _print_changed("+", "gained", ((after.shown[match.article], match.reason) for match in compared.gained))
    _print_changed("-", "lost", ((before.shown[match.article], _why_lost(match, after)) for match in compared.lost))
    for day, gained, lost in _changed_days(compared):
        say(f"{day}  {counted(gained, 'alert')} more, {lost} fewer", indent=4)
    _print_samples(after, samples)
    if after.marks:
        _print_marks(after.marks, after)


def _print_changed(sign: str, what: str, changed: Iterable[tuple[Shown, str]]) -> None:
    found = list(changed)
    say(f"{counted(len(found), 'article')} {what}", indent=4)
    for one, reason in found[:MOST_LISTED]:
        _print_article(one, reason, sign)
    _print_rest(len(found) - MOST_LISTED, "article", "articles")
