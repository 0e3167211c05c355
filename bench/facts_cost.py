"""What facts and novelty cost: CPU time for each article of a story that holds a thousand facts already.

    python -m bench.facts_cost

Made-up reports of one long story, each with its own figures. Timed is what reading adds for an article that matched:
its facts, what is known of them, the decision, and the search for disagreements that touch it; and what it adds for
one that matched nothing. Storing is not timed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

from worker.stages.alert import USUAL_REASONS, Occasion, Told, decide
from worker.stages.facts import Fact, find_facts, with_statements
from worker.stages.facts.disagreement import Statement, find_disagreements

STORED = 1_000  # facts in the story
TOLD = 300  # of them told to the topic
REPORTS = 60
FEWER_REPORTS = 8  # where one takes long
OUTLETS = 7
GOAL = 3.0  # milliseconds
START = datetime(2025, 3, 4, tzinfo=UTC)

_PLACES = ("Skarn", "Tamra", "Velin", "Marlby", "Halden", "Sarn", "Brenn", "Mosach", "Karlin", "Tesna")
_EVENTS = (
    "Rescuers searched the harbour of {place} for {number} missing sailors on Monday, the coastguard said.",
    "The fire at the refinery in {place} killed {number} workers, according to the ministry.",
    "The company will invest {number} million euros in its plant near {place}, a spokesman said.",
    "Police arrested {number} people after the march in {place}.",
    "A court in {place} sentenced the former mayor to {number} months in prison.",
    "The union of {place} wants a raise of {number} percent and has called a strike for Thursday.",
    "Doctors in {place} treated {number} patients, most of them children.",
    "The bridge of {place} is to reopen on the {number}th day, engineers told reporters.",
    "Old men played chess in the shade of the tower in {place}, as they have for {number} years.",
    "Shares of the shipping line fell by {number} percent after the inquiry in {place} was opened.",
)


def report(number: int) -> str:
    """One report, of about 300 words."""
    lines = [
        event.format(place=_PLACES[(number * 3 + at) % len(_PLACES)], number=2 + (number * 7 + at * 13) % 900)
        for at, event in enumerate(_EVENTS * 2)
    ]
    return "\n".join(" ".join(lines[at : at + 2]) for at in range(0, len(lines), 2))


def facts_in(text: str) -> tuple[Fact, ...]:
    return with_statements(find_facts("News of the coast", text, "en", published=START.date()), text)


def stored() -> list[Fact]:
    """A thousand facts of earlier reports."""
    found: list[Fact] = []
    number = 1_000
    while len(found) < STORED:
        found += facts_in(report(number))
        number += 1
    return found[:STORED]


def told_of(stored: list[Fact]) -> Told:
    facts = stored[:TOLD]
    texts = tuple(dict.fromkeys(fact.text for fact in facts))
    return Told(frozenset(["first"]), frozenset(fact.key for fact in facts), texts)


def stated(facts: list[Fact]) -> list[Statement]:
    """As the story's outlets state them, one after the other."""
    return [
        Statement(at, f"outlet {at % OUTLETS}", START + timedelta(minutes=at), fact) for at, fact in enumerate(facts)
    ]


def milliseconds(work: Callable[[int], object], reports: int = REPORTS) -> float:
    """CPU time of one report, the median."""
    times = []
    for number in range(reports):
        begun = process_time()
        work(number)
        times.append(1_000 * (process_time() - begun))
    return median(times[reports // 4 :])  # warm


def main() -> None:
    kept = stored()
    told, before = told_of(kept), stated(kept)
    later = START + timedelta(days=1)

    def decided(number: int) -> None:
        text = report(number)
        facts = facts_in(text)
        decide(Occasion("topic", 1, number, 1, False, "News of the coast", text, facts), told, frozenset(USUAL_REASONS))

    new = [facts_in(report(number)) for number in range(FEWER_REPORTS)]

    def compared(number: int) -> None:
        mine = [Statement(len(before), "Post", later, fact) for fact in new[number]]
        find_disagreements([*before, *mine], frozenset(fact.slot for fact in new[number] if fact.slot))

    plain = milliseconds(
        lambda number: find_facts("News of the coast", report(number + 300), "en", published=START.date())
    )
    unmatched = milliseconds(lambda number: facts_in(report(number + 500)))
    matched = milliseconds(decided)
    differing = milliseconds(compared, FEWER_REPORTS)
    print(f"facts with a value          {plain:6.2f} ms")
    print(f"all facts, no match         {unmatched:6.2f} ms")
    print(f"all facts and the decision  {matched:6.2f} ms, goal {GOAL} ms: {'met' if matched <= GOAL else 'NOT MET'}")
    print(f"disagreements it touches    {differing:6.2f} ms, of a match only")


if __name__ == "__main__":
    main()
