"""Which words an alert gets: one function for each reason, none of which knows where the words will be shown.

reason        its title goes on with
first         new story: the headline of the report
new-fact      new: the headline of the report
disagreement  reports differ on the number killed: 14 or 19
settled       settled: 19 killed, not 14
correction    corrected: the sentence as it is now
new-origin    also reported by Tribune: its headline
revival       back after 23 days: the headline
quiet-source  quiet: Herald, Tribune
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from worker.stages.message.lines import (
    MAX_NAME,
    address,
    counted,
    listed,
    moment,
    name,
    one_line,
    quoted,
    shortened,
    theirs,
)
from worker.stages.message.views import AlertView, Carrier, ChangeView, DisagreementView, QuietSource, ValueView

MAX_TITLE = 100  # characters
MAX_TOPIC = 40  # of them
MAX_OTHERS = 3  # outlets that report it too
MAX_VALUES = 3  # in a title
ROOM = 70  # characters that a sentence may have to be shown whole in a title


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list; `url`: what its words lead to, where they can."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Item, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a title. `heading` says what a section is about that is not under its own title."""

    heading: str = ""
    lead: str = ""
    outlet: str = ""
    url: str = ""
    bullets: tuple[Bullets, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class What:
    """What a title says after the topic: our `label`, then `words`, theirs. Either may be empty, not both."""

    label: str
    words: str = ""

    def within(self, room: int) -> str:
        if not self.words:
            return shortened(self.label, room)
        label = f"{self.label}: " if self.label else ""
        return f"{label}{theirs(self.words, max(room - len(label), 20))}"


@dataclass(frozen=True, slots=True)
class Telling:
    """An alert in words: `what` is new, and the `section` below, which does not say it again."""

    what: What
    section: Section


def titled(topic: str, what: What) -> str:
    """A whole title: the topic, and what is new."""
    short = shortened(topic, MAX_TOPIC)
    return f"{theirs(short)} – {what.within(MAX_TITLE - len(short) - 3)}"


def tell(view: AlertView) -> Telling:
    """The words for a view."""
    told = _TELL.get(view.reason, _tell_sentences)(view)
    bullets = (*told.section.bullets, *_also(view))
    return Telling(told.what, _with(view, told.section, bullets))


def _with(view: AlertView, section: Section, bullets: tuple[Bullets, ...]) -> Section:
    """The section with what every alert has: its source, who else reports, and what the receipt says of it."""
    source = view.articles[0] if view.articles else Carrier("", "", "")
    lead = section.lead
    if not (lead or section.bullets or source.outlet or source.url):
        lead = theirs(view.story_title)
    outlet = theirs(source.outlet, MAX_NAME)
    return Section(section.heading, lead, outlet, address(source.url), bullets, _drift(view))


def _tell_first(view: AlertView) -> Telling:
    return _under_headline(view, "new story")


def _tell_new(view: AlertView) -> Telling:
    """A headline can be read alone, which a sentence out of a text often cannot: "She lost 1.1 percent."."""
    return _under_headline(view, "new")


def _tell_sentences(view: AlertView) -> Telling:
    """What is new stands in the title itself, where it is short enough; else below the headline."""
    label = _LABELS.get(view.reason, view.reason)
    if view.new and len(one_line(view.new[0][: ROOM * 2])) <= ROOM:
        return Telling(What(label, view.new[0]), Section(bullets=_bulleted(view.new[1:])))
    return _under_headline(view, label)


def _tell_new_origin(view: AlertView) -> Telling:
    outlet = view.articles[0].outlet if view.articles else ""
    return _under_headline(view, f"also reported by {theirs(outlet, 30)}" if outlet else "also reported elsewhere")


def _tell_revival(view: AlertView) -> Telling:
    days = f" after {counted(view.quiet_days, 'day', 'days')}" if view.quiet_days else ""
    return _under_headline(view, f"back{days}")


def _under_headline(view: AlertView, label: str) -> Telling:
    """The report's headline in the title, what is new below. A text file's title is its first sentence."""
    headline = next((article.title for article in view.articles[:1] if article.title), view.story_title)
    lead, *rest = view.new or ("",)
    says_it_below = bool(lead) and theirs(lead).startswith(shortened(headline, MAX_TITLE).rstrip("…"))
    what = What(label, "" if says_it_below else headline)
    return Telling(what, Section(lead=theirs(lead or ("" if what.words else headline)), bullets=_bulleted(rest)))


def _tell_disagreement(view: AlertView) -> Telling:
    if not view.disagreements:
        return _tell_sentences(view)
    first, *others = view.disagreements
    shown = [theirs(value.value, MAX_NAME) for value in first.values[:MAX_VALUES]]
    more = " …" if len(first.values) > MAX_VALUES else ""
    what = What(f"reports differ on {_with_article(first.about)}", f"{' or '.join(shown)}{more}")
    further = tuple(
        Item(f"They also differ on {_with_article(other.about)}: {_who_gives(other.values)}") for other in others
    )
    bullets = (_sentences_of(first), Bullets(further), *(_sentences_of(other) for other in others))
    return Telling(what, Section(lead=f"{_who_gives(first.values)}.", bullets=_filled(bullets)))


def _tell_settled(view: AlertView) -> Telling:
    if not view.disagreements or not view.disagreements[0].settled:
        return _tell_sentences(view)
    first, *others = view.disagreements
    further = tuple(Item(f"{_settled(other)}: {_settled_by(other)}") for other in others)
    bullets = (_sentences_of(first), Bullets(further))
    return Telling(What("settled", _settled(first)), Section(lead=_settled_by(first), bullets=_filled(bullets)))


def _tell_correction(view: AlertView) -> Telling:
    if not view.changes:
        return _tell_sentences(view)
    first, *others = view.changes
    label, words = ("corrected", first.after) if first.after else ("withdrawn", first.before)
    headline = view.articles[0].title if view.articles else ""
    if len(words) > ROOM and headline:
        words = headline
    bullets = Bullets(tuple(Item(_changed(change)) for change in others))
    return Telling(What(label, words), Section(lead=_changed(first), bullets=_filled((bullets,))))


def _tell_quiet_source(view: AlertView) -> Telling:
    if not view.sources:
        return _tell_sentences(view)
    names = [source.name for source in view.sources]
    lead = theirs(view.new[0]) if view.new else "Nothing comes from them where something used to."
    bullets = Bullets(tuple(Item(_quiet(source)) for source in view.sources))
    return Telling(What(f"quiet: {listed(names, MAX_OTHERS)}"), Section(lead=lead, bullets=(bullets,)))


_LABELS: Mapping[str, str] = {
    "first": "new story",
    "new-fact": "new",
    "disagreement": "reports differ",
    "settled": "settled",
    "correction": "corrected",
    "new-origin": "also reported",
    "revival": "back",
    "quiet-source": "quiet",
}
_TELL: Mapping[str, Callable[[AlertView], Telling]] = {
    "first": _tell_first,
    "new-fact": _tell_new,
    "disagreement": _tell_disagreement,
    "settled": _tell_settled,
    "correction": _tell_correction,
    "new-origin": _tell_new_origin,
    "revival": _tell_revival,
    "quiet-source": _tell_quiet_source,
}


def _who_gives(values: tuple[ValueView, ...]) -> str:
    """ "14 (Herald, Courier); at least 19 (Tribune)"."""
    return "; ".join(f"{theirs(value.value, MAX_NAME)}{_by(value)}" for value in values)


def _by(value: ValueView) -> str:
    return f" ({listed(value.outlets, MAX_OTHERS)})" if value.outlets else ""


def _sentences_of(disagreement: DisagreementView) -> Bullets:
    return Bullets(
        tuple(
            Item(f"{listed(value.outlets, MAX_OTHERS) or theirs(value.value, MAX_NAME)}: {quoted(value.sentence)}")
            for value in disagreement.values
            if value.sentence
        )
    )


def _settled(disagreement: DisagreementView) -> str:
    """ "19 killed, not 17"."""
    others = [theirs(value.value, MAX_NAME) for value in disagreement.values if value.value != disagreement.settled]
    instead = f", not {' or '.join(others[:MAX_VALUES])}" if others else ""
    return f"{_as_phrase(disagreement.about, disagreement.settled)}{instead}"


def _settled_by(disagreement: DisagreementView) -> str:
    """Who gives the value by now, and who gave another."""
    now = tuple(value for value in disagreement.values if value.value == disagreement.settled)
    before = tuple(value for value in disagreement.values if value.value != disagreement.settled)
    parts = [f"Now {_who_gives(now)}" if now else "", f"before {_who_gives(before)}" if before else ""]
    line = "; ".join(part for part in parts if part)
    return f"{line[:1].upper()}{line[1:]}."


def _as_phrase(about: str, value: str) -> str:
    """ "number killed", "19" is read as "19 killed"; "whether Moroz attends", "yes" as it stands."""
    for beginning in ("number of ", "number "):
        if about.startswith(beginning):
            return f"{theirs(value, MAX_NAME)} {theirs(about.removeprefix(beginning), MAX_NAME)}"
    return f"{theirs(about, MAX_NAME)}: {theirs(value, MAX_NAME)}"


def _with_article(about: str) -> str:
    """ "number killed" is read as "the number killed"; "whether Moroz attends" stands as it is."""
    shown = theirs(about, MAX_NAME)
    return f"the {shown}" if about.startswith("number") else shown


def _changed(change: ChangeView) -> str:
    if not change.after:
        return f"Withdrawn: {quoted(change.before)}"
    return f"Was told: {quoted(change.before)} Now: {quoted(change.after)}"


def _quiet(source: QuietSource) -> str:
    since = f" since {moment(source.since)}" if source.since else ""
    reason = f" ({theirs(source.reason)})" if source.reason else ""
    return f"{theirs(source.name, MAX_NAME)}{since}{reason}"


def _drift(view: AlertView) -> str:
    """What the receipt says of a followed story that has moved away from what the topic asked for."""
    drift = view.receipt.get("drift")
    if not isinstance(drift, Mapping):
        return ""
    return f"This story now shares few names with your topic ({drift['shared']} of {drift['of']})."


def _also(view: AlertView) -> Iterator[Bullets]:
    """The outlets not named above, each with its first title: who wants their pages follows the story."""
    named = {name(article.outlet) for article in view.articles[:1]}
    named.update(name(o) for disagreement in view.disagreements for value in disagreement.values for o in value.outlets)
    by_outlet: dict[str, Carrier] = {}
    for article in view.articles[1:]:
        by_outlet.setdefault(name(article.outlet) or "unnamed", article)
    others = [(outlet, article) for outlet, article in by_outlet.items() if outlet not in named]
    items = [Item(_named_title(outlet, article), address(article.url)) for outlet, article in others[:MAX_OTHERS]]
    if len(others) > MAX_OTHERS:
        items.append(Item(f"and {len(others) - MAX_OTHERS} more"))
    if items:
        yield Bullets(tuple(items), "Also reported by:")


def _named_title(outlet: str, article: Carrier) -> str:
    title = theirs(article.title, MAX_TITLE)
    return f"{theirs(outlet)}: {title}" if title else theirs(outlet)


def _bulleted(sentences: tuple[str, ...] | list[str]) -> tuple[Bullets, ...]:
    return _filled((Bullets(tuple(Item(theirs(sentence)) for sentence in sentences)),))


def _filled(bullets: tuple[Bullets, ...]) -> tuple[Bullets, ...]:
    return tuple(each for each in bullets if each.items)
