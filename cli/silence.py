"""`storytrail topics silence`: whether nothing happened, or nothing came through."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cli.show import counted, json_lines, moment, say
from cli.start import start_with_database
from cli.topic_names import wanted_topics
from worker.stages.coverage import ASSUMPTIONS, FEWEST_SILENCES, Interval, Missed, Silence
from worker.steps.coverage import Carrier, Coverage, coverage_of

Row = Mapping[str, Any]

MOST_SOURCES = 20  # for people; with --json all of them
_METHODS = {"chao": "Chao's lower bound", "chapman": "Chapman's estimate"}


def run_silence(name: str | None, days: int, *, as_json: bool) -> None:
    """Of one topic, or of all."""
    run = start_with_database()
    try:
        found = [coverage_of(run, topic, days) for topic in wanted_topics(name, run.topics.current().by_name)]
    finally:
        run.close()
    if as_json:
        json_lines(map(_row, found))
        return
    for coverage in found:
        _print(coverage)
    if any(coverage.missed.total is not None for coverage in found):
        say("Estimates of what was missed suppose that")
        for assumption in ASSUMPTIONS:
            say(f"- {assumption}", indent=4)


# --- Rows ---


def _row(coverage: Coverage) -> Row:
    return {
        "topic": coverage.topic,
        "days": coverage.days,
        "reports": coverage.reports,
        "stories": coverage.stories,
        "sources": [_source_row(carrier) for carrier in coverage.carriers],
        "usual": len(coverage.usual),
        "usual_well": len(coverage.usual) - len(coverage.unwell),
        "silence": _silence_row(coverage.silence) if coverage.silence else None,
        "missed": _missed_row(coverage.missed),
    }


def _source_row(carrier: Carrier) -> Row:
    return {
        "id": carrier.id,
        "title": carrier.title,
        "url": carrier.url,
        "state": carrier.state,
        "since": carrier.since,
        "reason": carrier.reason,
        "stories": carrier.stories,
        "share": _interval_row(carrier.share),
        "is_usual": carrier.is_usual,
    }


def _silence_row(silence: Silence) -> Row:
    return {
        "since": silence.since,
        "seconds": round(silence.lasts.total_seconds()),
        "longer": silence.longer,
        "of": silence.of,
        "share": _interval_row(silence.share) if silence.share else None,
        "is_unusual": silence.is_unusual,
    }


def _missed_row(missed: Missed) -> Row:
    return {
        "method": missed.method,
        "seen": missed.seen,
        "outlets": missed.lists,
        "once": missed.once,
        "twice": missed.twice,
        "stories": _interval_row(missed.total) if missed.total else None,
        "unseen": _interval_row(missed.unseen) if missed.unseen else None,
        "why_not": missed.why,
        "assumptions": list(ASSUMPTIONS) if missed.total else [],
    }


def _interval_row(interval: Interval) -> Row:
    return {"estimate": interval.estimate, "low": interval.low, "high": interval.high}


# --- For people ---


def _print(coverage: Coverage) -> None:
    say(coverage.topic, style="bold")
    for line in (_silence_told(coverage.silence), *_sources_told(coverage), _missed_told(coverage.missed)):
        say(line, indent=4)
    for line in map(_source_told, coverage.carriers[:MOST_SOURCES]):
        say(line, indent=8)
    if (rest := len(coverage.carriers) - MOST_SOURCES) > 0:
        say(f"and {counted(rest, 'more source')}", indent=8)
    say("")


def _silence_told(silence: Silence | None) -> str:
    if silence is None:
        return "nothing has matched it yet"
    told = f"last report {moment(silence.since)}, {_span(silence.lasts)} ago"
    if silence.share is None:
        few = silence.of < FEWEST_SILENCES
        why = f"too little to say whether that is unusual: {counted(silence.of, 'earlier silence')}"
        return f"{told}; {why}" if few else f"{told}: it is not silent"
    kind = "unusual" if silence.is_unusual else "not unusual"
    return (
        f"{told}: {kind}, {silence.longer} of {silence.of} earlier silences lasted as long ({_percent(silence.share)})"
    )


def _sources_told(coverage: Coverage) -> Sequence[str]:
    usual, unwell = coverage.usual, coverage.unwell
    if not usual:
        return [
            f"no source usually carries it: {counted(coverage.stories, 'story', 'stories')} in {coverage.days} days"
        ]
    told = f"{len(usual) - len(unwell)} of {len(usual)} sources that usually carry it are well"
    if unwell and coverage.silence is not None:
        told += "; the silence may be theirs"
    return [told]


def _source_told(carrier: Carrier) -> str:
    trouble = "" if carrier.is_well else f", {carrier.state} since {moment(carrier.since)}"
    reason = f": {carrier.reason}" if trouble and carrier.reason else ""
    share = f"{counted(carrier.stories, 'story', 'stories')}, {_percent(carrier.share)}"
    sign = "!" if carrier.is_usual and not carrier.is_well else "-"
    return f"{sign} {carrier.title} ({share}){trouble}{reason}"


def _missed_told(missed: Missed) -> str:
    seen = f"{counted(missed.seen, 'story', 'stories')} seen, by {counted(missed.lists, 'outlet')}"
    if missed.unseen is None:
        return f"{seen}; too little to say how many were missed: {missed.why}"
    unseen = missed.unseen
    low, high = round(unseen.low), round(unseen.high)
    least = "at least about" if missed.method == "chao" else "about"
    return f"{seen}; {least} {round(unseen.estimate)} missed by all ({low} to {high}, {_METHODS[missed.method]})"


def _percent(share: Interval) -> str:
    return f"{share.estimate:.0%}, between {share.low:.0%} and {share.high:.0%}"


def _span(time: timedelta) -> str:
    hours = time.total_seconds() / 3600
    if hours < 1:
        return counted(round(hours * 60), "minute")
    return counted(round(hours), "hour") if hours < 72 else counted(round(hours / 24), "day")
