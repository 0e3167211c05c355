"""What came out, for people and for machines, and what of it is wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.feeds.answers import Answer
from bench.feeds.polling import Polled
from bench.feeds.reading import Reading

MAX_SHOWN_CHARS = 80
MOST_OTHERS = 8
UNEXPLAINED = "no reason is known"


@dataclass(frozen=True, slots=True)
class Outcome:
    """All files, read and polled."""

    readings: Sequence[Reading]
    polled: Polled

    @property
    def answers(self) -> Sequence[Answer]:
        return [answer for reading in self.readings for answer in reading.answers]

    @property
    def unheld(self) -> Mapping[str, Sequence[Answer]]:
        """What is ours to give and another, by the reason."""
        grouped: dict[str, list[Answer]] = defaultdict(list)
        for answer in self.answers:
            if not answer.holds:
                grouped[answer.reason or UNEXPLAINED].append(answer)
        return grouped

    @property
    def seen(self) -> int:
        return sum(reading.seen or 0 for reading in self.readings)

    @property
    def stored(self) -> int:
        return sum(stored.entries for stored in self.polled.first.values())

    @property
    def dropped(self) -> Sequence[str]:
        """Files of which fewer entries are stored than feedparser sees."""
        first = self.polled.first
        return [each.quirk.name for each in self.readings if first[each.quirk.name].entries < (each.seen or 0)]

    @property
    def added(self) -> Sequence[str]:
        """Files that the second poll gave other entries than the first."""
        polled = self.polled
        return [name for name, stored in polled.first.items() if polled.second[name].entries != stored.entries]

    @property
    def differing(self) -> Sequence[str]:
        """Files that the swift way reads otherwise than the thorough one."""
        return [reading.quirk.name for reading in self.readings if not reading.is_swift_the_same]

    @property
    def wrong(self) -> Sequence[str]:
        """What must not be, a sentence each."""
        articles, articles_again = self.polled.articles
        found = {
            "exceptions in the log": self.polled.errors,
            "promises of the database broken": self.polled.breaches,
            "files not asked for once in each poll": self.polled.unasked,
            "files with entries dropped": self.dropped,
            "files with other entries after the second poll": self.added,
            "articles added by the second poll": [] if articles == articles_again else [str(articles_again - articles)],
            "files read otherwise by the swift way": self.differing,
            "expected values that differ for no known reason": [
                str(a.quirk.name) for a in self.unheld.get(UNEXPLAINED, ())
            ],
        }
        return [f"{what}: {', '.join(which[:10])}" for what, which in found.items() if which]


def as_lines(outcome: Outcome) -> Iterator[str]:
    polled = outcome.polled
    slowest = max(outcome.readings, key=lambda reading: reading.seconds)
    states = Counter(stored.state for stored in polled.first.values()).most_common()
    yield f"{len(outcome.readings)} files, each a source: {', '.join(f'{count} {state}' for state, count in states)}"
    yield from (f"    {count:5} {reason}" for reason, count in _reasons(polled))
    yield f"exceptions in the log: {len(polled.errors)}; promises of the database broken: {len(polled.breaches)}"
    yield (
        f"entries: feedparser sees {outcome.seen}, stored {outcome.stored}, files with fewer: {len(outcome.dropped)}; "
        f"files that break feedparser: {sum(reading.seen is None for reading in outcome.readings)}"
    )
    yield (
        f"second poll, all parsed again: files with other entries: {len(outcome.added)}; "
        f"articles: {polled.articles[0]} before, {polled.articles[1]} after"
    )
    yield (
        f"read by the swift way: {sum(reading.is_swift for reading in outcome.readings)}, "
        f"otherwise than by the thorough way: {len(outcome.differing)}"
    )
    yield f"slowest to parse: {slowest.seconds * 1000:.0f} ms, {slowest.quirk.name}"
    yield ""
    yield from _values(outcome)
    yield from (f"WRONG {sentence}" for sentence in outcome.wrong)


def _values(outcome: Outcome) -> Iterator[str]:
    """How many of the expected values are ours and hold, which of them do not, and which are not ours."""
    others = Counter("/".join(map(str, each.path)) for reading in outcome.readings for each in reading.others)
    unread = sum(reading.unread for reading in outcome.readings)
    answers = outcome.answers
    yield (
        f"values expected: {len(answers) + others.total()}, ours to give: {len(answers)} in "
        f"{sum(bool(reading.answers) for reading in outcome.readings)} files, "
        f"of which hold: {sum(answer.holds for answer in answers)}"
    )
    yield (
        f"not ours: {others.total()}, such as {', '.join(name for name, _ in others.most_common(MOST_OTHERS))}; "
        f"and {unread} clauses that name no value, such as `not bozo`"
    )
    yield from _groups(outcome.unheld)


def _reasons(polled: Polled) -> Sequence[tuple[str, int]]:
    return Counter(stored.reason for stored in polled.first.values() if stored.reason).most_common()


def _groups(unheld: Mapping[str, Sequence[Answer]]) -> Iterator[str]:
    for reason, answers in unheld.items():
        yield f"{len(answers)} not: {reason}"
        for answer in answers:
            yield f"    {answer.quirk.name}: {_short(str(answer.equation))}, ours {_short(repr(answer.ours))}"


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else text[:MAX_SHOWN_CHARS] + "…"


def as_object(outcome: Outcome) -> Mapping[str, Any]:
    """The same as one JSON object."""
    polled = outcome.polled
    return {
        "files": len(outcome.readings),
        "states": Counter(stored.state for stored in polled.first.values()),
        "reasons": dict(_reasons(polled)),
        "exceptions": polled.errors,
        "breaches": polled.breaches,
        "entries": {"feedparser": outcome.seen, "stored": outcome.stored, "dropped": outcome.dropped},
        "second_poll": {"changed": outcome.added, "articles": polled.articles},
        "swift": {"read": sum(reading.is_swift for reading in outcome.readings), "differing": outcome.differing},
        "slowest_ms": round(max(reading.seconds for reading in outcome.readings) * 1000, 1),
        "expected": {
            "ours": len(outcome.answers),
            "others": sum(len(reading.others) for reading in outcome.readings),
            "hold": sum(answer.holds for answer in outcome.answers),
            "not": {
                reason: [f"{answer.quirk.name}: {answer.equation}" for answer in answers]
                for reason, answers in outcome.unheld.items()
            },
        },
        "wrong": outcome.wrong,
    }
