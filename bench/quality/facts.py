"""Facts in stories: are disagreements found, is new told from old, does each alert say something worth waking up for?

    python -m bench.quality.facts             the table
    python -m bench.quality.facts --errors    also each error on the development half

The stories of `fact_stories` were written and labelled for this before the code was tuned: places, people and outlets
are made up. The development half may be looked at; the held-out half is only counted. Of a second batch, written
later, every other story may be looked at, and the rest are only counted too. Needs no data.

Everything is judged as the pipeline does it, article by article in order of time, for a topic that wants the
reasons that topics want unless they say otherwise.
Which articles are in a story, and which of them are copies, is taken from the labels: others measure that.

A file holds one story, its fields parted by strokes:

    differ | about | status at the end | value = articles | value = articles        a disagreement
    trap | about | why it is none | value = articles | value = articles             what only looks like one
    === id | outlet | language | time (UTC) | alert or nothing | copy of ID, revises ID or nothing
    the title
    ! a sentence that is new, and of which [these words] must not be missed
    + a sentence that is new to a reader who was told everything new before it
    = a sentence of which he was told
    - a sentence without news: background, colour, a remark

A value's wordings are parted by "/". The status is open, moving (a toll that is still counted) or settled (a later
report says what is right). "alert": a careful editor would send something when this article comes. Sentences stand in
paragraphs of two.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.quality.table import Row, show
from worker.stages.alert import (
    DISAGREEMENT,
    FIRST,
    MAX_PASSED,
    SETTLED,
    USUAL_REASONS,
    Alert,
    Occasion,
    Passed,
    Told,
    carrying,
    decide,
    slots_of,
)
from worker.stages.facts import Fact, content_words, find_facts, with_statements
from worker.stages.facts.correction import Correction, find_correction, find_report_correction
from worker.stages.facts.disagreement import Disagreement, Statement, find_disagreements
from worker.stages.facts.disagreement import Value as FoundValue

STORIES = Path(__file__).parent / "fact_stories"
DEVELOPMENT, HELD_OUT, SECOND = "development", "held_out", "second"  # the folders of STORIES
SECOND_SEEN, SECOND_UNSEEN = "second, seen", "second, unseen"  # every other file of one folder
HALVES = {
    DEVELOPMENT: "development",
    HELD_OUT: "held out",
    SECOND_SEEN: "second batch, seen",
    SECOND_UNSEEN: "second batch, unseen",
}
DERIVED_FROM = (DEVELOPMENT, SECOND_SEEN)

DISAGREEMENTS_GOAL = 0.90  # of recall, and of precision
NOVELTY_GOAL = 0.85
ALERTS_GOAL = 1.2  # sent for each that is labelled
MISSED_GOAL = 0.0

NEW, MUST_TELL, TOLD, NO_NEWS = "+", "!", "=", "-"
STATUSES = ("open", "moving", "settled")
_MUST = re.compile(r"\[(.+?)\]")
_IN_PARAGRAPH = 2  # sentences
GUESSED = 3  # sentences of an article; the best of the limits tried
COVERING_SHARE = 0.6  # of a sentence's content words in one that was said before
GUESS = "first three, other words"


# --- The labels ---


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled sentence. `must` are the words by which a fact that must not be missed is recognised, or ""."""

    text: str
    label: str
    must: str

    @property
    def is_new(self) -> bool:
        return self.label in (NEW, MUST_TELL)


@dataclass(frozen=True, slots=True)
class Written:
    """One article, or one more revision of it. `number` is the same for all revisions."""

    id: str
    number: int
    revision: int
    outlet: str
    language: str
    published: datetime
    opens_alert: bool
    copy_of: str
    revises: str
    title: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        texts = [line.text for line in self.lines]
        paragraphs = (texts[at : at + _IN_PARAGRAPH] for at in range(0, len(texts), _IN_PARAGRAPH))
        return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


@dataclass(frozen=True, slots=True)
class GivenValue:
    """A value in its wordings, and the ids of the articles that give it."""

    wordings: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A labelled disagreement with its status at the end, or a trap with the reason why it is none."""

    about: str
    note: str
    values: tuple[GivenValue, ...]


@dataclass(frozen=True, slots=True)
class LabelledStory:
    name: str
    differ: tuple[Difference, ...]
    traps: tuple[Difference, ...]
    articles: tuple[Written, ...]

    def number_of(self, article: str) -> int:
        return next(one.number for one in self.articles if one.id == article)


def read_half(half: str) -> list[LabelledStory]:
    """The stories of one half, in order of their names."""
    folder, _, _ = half.partition(", ")
    files = sorted((STORIES / folder).glob("*.txt"))
    if folder == SECOND:
        files = files[half == SECOND_UNSEEN :: 2]
    return [read_story(file) for file in files]


def read_story(file: Path) -> LabelledStory:
    """Read one story; ValueError or KeyError where a line is not of the form that the module's text describes."""
    head, *pieces = file.read_text(encoding="utf-8").split("\n=== ")
    differences = [_fields(line) for line in head.splitlines() if line and not line.startswith("#")]
    articles: dict[str, Written] = {}
    for piece in pieces:
        article = _article(piece, articles)
        articles[article.id] = article
    return LabelledStory(
        file.stem,
        tuple(_difference(*fields) for kind, *fields in differences if kind == "differ"),
        tuple(_difference(*fields) for kind, *fields in differences if kind == "trap"),
        tuple(articles.values()),
    )


def _fields(line: str) -> list[str]:
    return [field.strip() for field in line.split("|")]


def _difference(about: str, note: str, *values: str) -> Difference:
    return Difference(about, note, tuple(_value(value) for value in values))


def _value(field: str) -> GivenValue:
    wordings, _, articles = field.partition(" = ")
    return GivenValue(tuple(wordings.split("/")), tuple(articles.split()))


def _article(piece: str, earlier: dict[str, Written]) -> Written:
    head, title, *lines = piece.strip().splitlines()
    name, outlet, language, time, opens, *relation = _fields(head)
    kind, _, other = (relation[0] if relation else "").rpartition(" ")
    revised = earlier[other] if kind == "revises" else None
    return Written(
        id=name,
        number=revised.number if revised else len(earlier) + 1,
        revision=revised.revision + 1 if revised else 1,
        outlet=outlet,
        language=language,
        published=datetime.fromisoformat(time).replace(tzinfo=UTC),
        opens_alert=opens == "alert",
        copy_of=earlier[other].id if kind == "copy of" else "",
        revises=revised.id if revised else "",
        title=title,
        lines=tuple(_line(line) for line in lines),
    )


def _line(line: str) -> Line:
    label, text = line.split(" ", 1)
    if label not in (NEW, MUST_TELL, TOLD, NO_NEWS):
        raise ValueError(f"not a label: {line}")
    if label != MUST_TELL:
        return Line(text, label, "")
    found = _MUST.search(text)
    return Line(_MUST.sub(r"\1", text), label, found[1] if found else text)


# --- What the code says of them ---


@dataclass(frozen=True, slots=True)
class Step:
    """What is found when one article of a story comes: the story's disagreements, and how far alerts go."""

    article: Written
    occasion: Occasion
    alerts: tuple[Alert, ...]  # to a reader who got the code's own alerts
    called_new: frozenset[int]  # lines, to a reader who was told everything new before


@dataclass(frozen=True, slots=True)
class Differing:
    """What was found to differ under one slot while the story grew, as it stood each time."""

    slot: str
    versions: tuple[Disagreement, ...]


def follow(story: LabelledStory) -> tuple[Step, ...]:
    """Read a story's articles in order of time."""
    steps: list[Step] = []
    sent: list[Alert] = []
    for article, occasion in zip(story.articles, _occasions(story), strict=True):
        told = _told(sent, [step.occasion for step in steps])
        alerts = carrying(decide(occasion, told, frozenset(USUAL_REASONS)), _passed(steps, article), told)
        steps.append(Step(article, occasion, alerts, _called_new(article, occasion, steps)))
        sent += alerts
    return tuple(steps)


def _passed(earlier: Sequence[Step], now: Written) -> list[Passed]:
    """The articles that raised no alert, each in its last revision."""
    last = {step.article.number: step for step in earlier}
    told = {step.article.number for step in earlier if step.alerts} | {now.number}
    silent = [step.occasion for number, step in last.items() if number not in told and not step.article.copy_of]
    return [Passed(one.article, one.outlet, one.title, one.facts) for one in silent][-MAX_PASSED:]


def _occasions(story: LabelledStory) -> Iterator[Occasion]:
    """Each article as the pipeline puts it to `decide`. Copies state nothing; a revision replaces what was stated."""
    stated: dict[int, list[Statement]] = {}
    texts = {"": ""}
    last: datetime | None = None
    for article in story.articles:
        texts[article.id] = article.text
        found = find_facts(article.title, article.text, article.language, published=article.published.date())
        facts = with_statements(found, article.text)
        if not article.copy_of:
            stated[article.number] = [_statement(article, fact) for fact in facts]
        disagreements = find_disagreements([one for group in stated.values() for one in group])
        correction = find_correction(texts[article.revises], article.text) if article.revises else None
        if not article.revises:
            earlier = (group for number, group in stated.items() if number != article.number)
            own = (one.fact for group in earlier for one in group if one.outlet == article.outlet)
            correction = find_report_correction(facts, own)
        quiet = article.published - last if last else None
        yield _occasion(story, article, facts, disagreements, correction, quiet)
        last = article.published


def _statement(article: Written, fact: Fact) -> Statement:
    return Statement(article.number, article.outlet, article.published, fact)


def _occasion(
    story: LabelledStory,
    article: Written,
    facts: tuple[Fact, ...],
    disagreements: tuple[Disagreement, ...],
    correction: Correction | None,
    quiet: timedelta | None,
) -> Occasion:
    return Occasion(
        topic=story.name,
        story=1,
        article=article.number,
        revision=article.revision,
        is_copy=bool(article.copy_of),
        title=article.title,
        text=article.text,
        facts=facts,
        disagreements=disagreements,
        correction=correction,
        outlet=article.outlet,
        quiet=quiet,
    )


def _told(sent: Sequence[Alert], occasions: Sequence[Occasion]) -> Told:
    """The sentences of the facts that count as told are told, shown or not."""
    keys = frozenset(key for alert in sent for key in alert.told_facts)
    stated = (fact.text for occasion in occasions for fact in occasion.facts if fact.key in keys)
    return Told(
        reasons=frozenset(alert.reason for alert in sent),
        fact_keys=keys,
        fact_texts=tuple(text for alert in sent for text in alert.new),
        stated=tuple(sorted(set(stated))),
        disagreement_slots=_slots(sent, DISAGREEMENT),
        settled_slots=_slots(sent, SETTLED),
    )


def _slots(sent: Sequence[Alert], reason: str) -> frozenset[str]:
    told = (one for alert in sent if alert.reason == reason for one in alert.disagreements)
    return frozenset(slot for one in told for slot in slots_of(one))


def _called_new(article: Written, occasion: Occasion, earlier: Sequence[Step]) -> frozenset[int]:
    """The lines of which the code would tell a reader who has read, of all before, what is labelled new or told."""
    alerts = decide(occasion, _told_all(earlier), frozenset(USUAL_REASONS))
    told = {text for alert in alerts for text in alert.new}
    if not occasion.is_copy:
        told |= _texts_of(occasion, alerts)
    return frozenset(at for at, line in enumerate(article.lines) if any(_is_one(line.text, text) for text in told))


def _is_one(line: str, told: str) -> bool:
    """Whether a labelled sentence was told, however the code splits sentences, and whomever it names first."""
    return line in told or told in line


def _texts_of(occasion: Occasion, alerts: Iterable[Alert]) -> set[str]:
    """The sentences behind facts that count as told now. A first alert counts all its article states as told, its
    background too, so there only what it shows is taken.
    """
    keys = {key for alert in alerts if alert.reason != FIRST for key in alert.told_facts}
    return {fact.text for fact in occasion.facts if fact.key in keys}


def _told_all(earlier: Sequence[Step]) -> Told:
    if not earlier:
        return Told()
    return Told(
        reasons=frozenset(USUAL_REASONS),
        fact_keys=frozenset(fact.key for step in earlier for fact in step.occasion.facts),
        fact_texts=tuple(line.text for step in earlier for line in step.article.lines if line.label != NO_NEWS),
        disagreement_slots=frozenset(one.slot for step in earlier for one in step.occasion.disagreements),
    )


def differing(steps: Sequence[Step]) -> list[Differing]:
    """What was found to differ at any time, each slot once: what is settled later was a disagreement all the same."""
    versions: dict[str, list[Disagreement]] = {}
    for step in steps:
        for one in step.occasion.disagreements:
            versions.setdefault(one.slot, []).append(one)
    return [Differing(slot, tuple(group)) for slot, group in versions.items()]


# --- Found against labelled ---


def is_found(story: LabelledStory, label: Difference, found: Differing) -> bool:
    """Whether at some time two of the found values were two of the labelled ones, by number or wording and article."""
    return any(_says(story, label, version) for version in found.versions)


def _says(story: LabelledStory, label: Difference, found: Disagreement) -> bool:
    said = {
        at
        for at, given in enumerate(label.values)
        for value in found.values
        if _is_value(value, given, {story.number_of(article) for article in given.articles})
    }
    return len(said) > 1


def _is_value(value: FoundValue, given: GivenValue, articles: set[int]) -> bool:
    """A number must stand in the value itself; where there is none, the wording may stand in the sentence."""
    if not articles.intersection(value.articles):
        return False
    where = value.value if any(map(str.isdigit, value.value)) else f"{value.value}\n{value.sentence}"
    return any(_holds(where, wording) for wording in given.wordings)


def _holds(text: str, wording: str) -> bool:
    pattern = rf"(?<![\w.,]){re.escape(wording)}(?!\d|[.,]\d)"
    return re.search(pattern, text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Paired:
    """What was found beside what is labelled. `wrong` is what is none, or was found already."""

    right: tuple[tuple[Difference, Differing], ...]
    missed: tuple[Difference, ...]
    wrong: tuple[Differing, ...]


def pair(story: LabelledStory, found: Iterable[Differing]) -> Paired:
    """Each labelled disagreement with the first found one that is it."""
    missed, right, wrong = list(story.differ), [], []
    for one in found:
        label = next((label for label in missed if is_found(story, label, one)), None)
        if label is None:
            wrong.append(one)
        else:
            missed.remove(label)
            right.append((label, one))
    return Paired(tuple(right), tuple(missed), tuple(wrong))


def status_of(found: Differing) -> str:
    """Its status at the end; "" as long as the code gives none."""
    return str(getattr(found.versions[-1], "status", ""))


def untold(steps: Sequence[Step]) -> list[tuple[Written, Line]]:
    """The facts that must not be missed, and of which no alert told when their article came or later."""
    missed = []
    for at, step in enumerate(steps):
        said = "\n".join(text for later in steps[at:] for alert in later.alerts for text in _said(alert))
        missed += [(step.article, line) for line in step.article.lines if line.must and line.must not in said]
    return missed


def _said(alert: Alert) -> Iterator[str]:
    yield from alert.new
    for disagreement in alert.disagreements:
        yield from (value.sentence for value in disagreement.values)
    if alert.correction:
        yield from (change.after for change in alert.correction.changes)


def guessed_new(story: LabelledStory) -> list[bool]:
    """What the simplest method would call new: of an article's first sentences those whose words were not said."""
    said: list[frozenset[str]] = []
    guesses: list[bool] = []
    for article in story.articles:
        words = [content_words(line.text) for line in article.lines]
        guesses += [at < GUESSED and not _was_said(mine, said) for at, mine in enumerate(words)]
        said += words
    return guesses


def _was_said(words: frozenset[str], said: Sequence[frozenset[str]]) -> bool:
    return any(len(words & others) >= COVERING_SHARE * len(words) for others in said)


# --- The table ---


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some stories."""

    stories: int = 0
    articles: int = 0
    differ: int = 0
    differ_found: int = 0
    differ_wrong: int = 0
    status_given: int = 0
    status_right: int = 0
    traps: int = 0
    trapped: int = 0
    called: int = 0
    new: int = 0
    rightly_called: int = 0
    guessed: int = 0
    rightly_guessed: int = 0
    alerts: int = 0
    alerts_labelled: int = 0
    alerts_silent: int = 0
    alerts_needless: int = 0
    must: int = 0
    must_missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def tally(story: LabelledStory) -> Tally:
    """All counts of one story."""
    steps = follow(story)
    paired = pair(story, differing(steps))
    guesses = guessed_new(story)
    statuses = [(label.note, status_of(found)) for label, found in paired.right]
    lines = [(at in step.called_new, line) for step in steps for at, line in enumerate(step.article.lines)]
    return Tally(
        stories=1,
        articles=len(steps),
        differ=len(story.differ),
        differ_found=len(paired.right),
        differ_wrong=len(paired.wrong),
        status_given=sum(bool(given) for _, given in statuses),
        status_right=sum(label == given for label, given in statuses),
        traps=len(story.traps),
        trapped=sum(any(is_found(story, trap, one) for one in paired.wrong) for trap in story.traps),
        called=sum(called for called, _ in lines),
        new=sum(line.is_new for _, line in lines),
        rightly_called=sum(called and line.is_new for called, line in lines),
        guessed=sum(guesses),
        rightly_guessed=sum(guess and line.is_new for guess, (_, line) in zip(guesses, lines, strict=True)),
        alerts=sum(len(step.alerts) for step in steps),
        alerts_labelled=sum(step.article.opens_alert for step in steps),
        alerts_silent=sum(step.article.opens_alert and not step.alerts for step in steps),
        alerts_needless=sum(len(step.alerts) for step in steps if not step.article.opens_alert),
        must=sum(bool(line.must) for _, line in lines),
        must_missed=len(untold(steps)),
    )


def measure(data: Path | None = None) -> list[Row]:  # noqa: ARG001 - these stories are the program's own
    """Disagreements, novelty, alerts and what they missed, for each half."""
    return [row for half in HALVES for row in rows(HALVES[half], read_half(half))]


def rows(which: str, stories: Sequence[LabelledStory]) -> list[Row]:
    """The rows of some stories."""
    total = sum(map(tally, stories), Tally())
    found = total.differ_found
    size = f"{total.stories} stories, {total.articles} articles"
    named = f"{found} of {total.differ}; {size}"
    wrong = f"{total.differ_wrong} that are none; fell for {total.trapped} of {total.traps} traps"
    precision, recall = _share(total.rightly_called, total.called), _share(total.rightly_called, total.new)
    guess = _f1(_share(total.rightly_guessed, total.guessed), _share(total.rightly_guessed, total.new))
    sent = (
        f"{total.alerts} for {total.alerts_labelled}; none for {total.alerts_silent}, {total.alerts_needless} needless"
    )
    return [
        Row(f"disagreements, recall, {which}", _share(found, total.differ), DISAGREEMENTS_GOAL, note=named),
        Row(f"disagreements, precision, {which}", _share(found, found + total.differ_wrong), DISAGREEMENTS_GOAL,
            note=wrong),
        _status_row(total, which),
        Row(f"sentences called new, F1, {which}", _f1(precision, recall), NOVELTY_GOAL, {GUESS: guess},
            note=f"precision {precision:.3f}, recall {recall:.3f}, {total.new} new"),
        Row(f"alerts sent for each labelled, {which}", _share(total.alerts, total.alerts_labelled), ALERTS_GOAL,
            unit="times", note=sent, more_is_better=False),
        Row(f"first facts missed, {which}", _share(total.must_missed, total.must), MISSED_GOAL,
            note=f"{total.must_missed} of {total.must}", more_is_better=False),
    ]  # fmt: skip


def _status_row(total: Tally, which: str) -> Row:
    what = f"status of those found, right, {which}"
    if not total.status_given:
        return Row(what, None, note="not measured: the code gives none")
    return Row(what, _share(total.status_right, total.differ_found), note=f"of {total.differ_found}")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# --- The errors ---


def errors(story: LabelledStory) -> Iterator[str]:
    """Everything that is judged wrong in one story, a line each."""
    steps = follow(story)
    paired = pair(story, differing(steps))
    yield from (f"differ missed   {label.about}: {_shown(label)}" for label in paired.missed)
    for one in paired.wrong:
        trap = next((trap for trap in story.traps if is_found(story, trap, one)), None)
        why = trap.note if trap else "no trap"
        values = " / ".join(f"{value.value} {value.articles}" for value in one.versions[-1].values)
        yield f"differ wrong    {one.slot}: {values} ({why})"
    for step in steps:
        yield from _errors_at(step)
    yield from (f"not told        {article.id}: {line.must}" for article, line in untold(steps))


def _errors_at(step: Step) -> Iterator[str]:
    for at, line in enumerate(step.article.lines):
        called = at in step.called_new
        if called != line.is_new:
            yield f"{'called new' if called else 'not called new':<16}{step.article.id} {line.label} {line.text}"
    if len(step.alerts) != step.article.opens_alert:
        reasons = ", ".join(alert.reason for alert in step.alerts) or "nothing"
        yield f"alerts          {step.article.id}: {reasons}, for {int(step.article.opens_alert)}"


def _shown(label: Difference) -> str:
    return " / ".join(f"{value.wordings[0]} {' '.join(value.articles)}" for value in label.values)


def main() -> None:
    show(measure(None))
    if "--errors" in sys.argv[1:]:
        for story in (story for half in DERIVED_FROM for story in read_half(half)):
            print(f"\n{story.name}", *errors(story), sep="\n  ")


if __name__ == "__main__":
    main()
