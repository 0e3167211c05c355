"""Why a clause does not hold: what stands in the article instead, told to the author of the query.

It says the nearest miss and, where one is known, what to write to meet it. It decides nothing: that is `clauses.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from worker.stages.query.clauses import Clause, NearWords, Published, Value, Words
from worker.stages.query.document import PreparedDocument, Zone
from worker.stages.query.patterns import Acronym, Exact, Pattern, Plain
from worker.stages.query.sources import Choice, Row, Run, Source, Window
from worker.stages.query.spans import Span, first_places
from worker.stages.text.fold import spelling_key

LONGEST_QUOTE = 80  # characters
_SHORTEST_BEGINNING = 4  # letters that two words share to be told of each other
_LONGEST_REST = 3  # letters of the query's word behind them
_LOOKED_AT = 200  # places, of all words together, when asking which are nearest
_OPERATORS = frozenset(["and", "or", "not", "near"])
_PLACES = {
    "": "the article",
    "title": "the title",
    "text": "the text",
    "author": "its authors",
    "name": "its names",
    "source": "its outlet",
}


def why_not(clause: Clause, document: PreparedDocument) -> str:
    """The reason for a clause of words or a value that does not hold."""
    if isinstance(clause, Published):
        published = document.document.published
        return f"the article is of {published.date().isoformat()}" if published else "the article's date is not known"
    if isinstance(clause, Value):
        return _other_value(clause, document)
    if isinstance(clause, NearWords):
        return _not_near(clause, document)
    if isinstance(clause, Words):
        return _no_words(clause, document)
    return ""


def quoted(text: str) -> str:
    """The text in quotation marks, in one line, cut in its middle where it is long."""
    line = " ".join(text.split())
    if len(line) > LONGEST_QUOTE:
        half = LONGEST_QUOTE // 2
        line = f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
    return f"“{line}”"


def place_of(field: str) -> str:
    """How a field is called in a sentence."""
    return _PLACES.get(field, f"its {field}")


# --- Values ---


def _other_value(clause: Value, document: PreparedDocument) -> str:
    if clause.field == "lang":
        language = document.document.language
        return f"the article is in {language}" if language else "the article's language is not known"
    if clause.field == "site":
        return f"the article is on {document.host}" if document.host else "the article's site is not known"
    url = document.document.url
    return f"its address is {quoted(url)}" if url else "its address is not known"


# --- Words ---


def _no_words(clause: Words, document: PreparedDocument) -> str:
    zones = document.zones(clause.field)
    if not any(zone.words for zone in zones):
        return f"there are no words in {place_of(clause.field)}"
    if clause.field and Words("", clause.source, "").holds(document):
        found = _first(clause.source, document.zones(""))
        return f"{found} stands in the text, not in {place_of(clause.field)}"
    return _of_source(clause.source, zones, clause.field)


def _of_source(source: Source, zones: Sequence[Zone], field: str) -> str:
    """A choice is missed as its first is: what follows are aliases, or the alternatives of a group."""
    if isinstance(source, Choice):
        return _of_source(source.sources[0], zones, field)
    if isinstance(source, Run) and len(source.patterns) == 1:
        return _no_word(source, zones, field)
    parts = _parts_of(source)
    for part in parts:
        if not any(part.holds(zone) for zone in zones):
            inner = _of_source(part, zones, field)
            return f"no {part_written(part)}: {inner}" if len(parts) > 1 else inner
    return _apart(source, parts, zones)


def part_written(source: Source) -> str:
    """The words of a part as they are looked for."""
    while isinstance(source, Choice):
        source = source.sources[0]
    if isinstance(source, Run):
        return " ".join(_letters(pattern) for pattern in source.patterns)
    return "part"


def _letters(pattern: Pattern) -> str:
    if isinstance(pattern, Plain):
        return pattern.written
    if isinstance(pattern, Exact):
        return f"={pattern.letters}"
    return pattern.folded.upper() if isinstance(pattern, Acronym) else str(getattr(pattern, "letters", ""))


def _parts_of(source: Source) -> Sequence[Source]:
    if isinstance(source, Row):
        return source.parts
    if isinstance(source, Window):
        return [part for part, _ in source.parts]
    if isinstance(source, Run):
        return [Run((pattern,), source.term) for pattern in source.patterns]
    return ()


def _no_word(run: Run, zones: Sequence[Zone], field: str) -> str:
    pattern = run.patterns[0]
    if run.signs and any(pattern.members(zone) for zone in zones):
        return f"its letters stand there, but not with these signs: {run.signs}"
    for zone in zones:
        if told := _in_another_way(pattern, zone) or _of_same_beginning(pattern, zone):
            return told
    if run.term in _OPERATORS:
        return f"“{run.term}” in small letters is a word to look for: write {run.term.upper()}"
    return f"not in {place_of(field)}"


def _in_another_way(pattern: Pattern, zone: Zone) -> str:
    """The word stands there, but not as the query asks for it."""
    where = f"in {place_of(zone.field)}"
    if isinstance(pattern, Acronym):
        if found := _word_at(zone, Plain(pattern.folded, is_capitalised=False, written=pattern.folded)):
            return f"only {found} stands {where}, and {pattern.folded.upper()} looks for capitals: write {found[1:-1]}"
    elif isinstance(pattern, Exact):
        if found := _word_at(zone, Plain(pattern.folded, is_capitalised=True, written=pattern.letters)):
            return f"only {found} stands {where}, and = looks for this form alone: take = away"
    elif isinstance(pattern, Plain) and pattern.is_capitalised:
        small = Plain(pattern.folded, is_capitalised=False, written=pattern.written)
        if found := _word_at(zone, small):
            return f"only {found} stands {where}, in small letters: a word with a capital looks for names"
    elif isinstance(pattern, Plain) and (found := _name_spelled(zone, pattern)):
        written = pattern.written.capitalize()
        return f"only {found} stands {where}: write {written} to meet other spellings of a name"
    return ""


def _word_at(zone: Zone, pattern: Pattern) -> str:
    places = first_places(pattern.members(zone), 1)
    return quoted(zone.words[places[0]].text) if places else ""


def _name_spelled(zone: Zone, pattern: Plain) -> str:
    keys = map(spelling_key, zone.keys_of(pattern.written))
    places = [place for key in keys for place in first_places(zone.of_spelling(key), 1)]
    return quoted(zone.words[min(places)].text) if places else ""


def _of_same_beginning(pattern: Pattern, zone: Zone) -> str:
    """Another word that begins like the one looked for, such as Ukrainian for Ukraine."""
    if not isinstance(pattern, Plain):
        return ""
    shared, form = max(
        ((_shared(pattern.folded, form), form) for form in zone.neighbours(pattern.folded)),
        default=(0, ""),
    )
    if shared < max(_SHORTEST_BEGINNING, len(pattern.folded) - _LONGEST_REST):
        return ""
    is_same_length = len(pattern.written) == len(pattern.folded)
    beginning = (pattern.written if is_same_length else pattern.folded)[:shared]
    found = quoted(zone.written(form))
    return f"{found} stands in {place_of(zone.field)}, {pattern.written} does not: write {beginning}*"


def _shared(one: str, other: str) -> int:
    """How many letters two words share from their beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


# --- Words that are all there, but not together ---


def _apart(source: Source, parts: Sequence[Source], zones: Sequence[Zone]) -> str:
    best: tuple[int, Zone, int, int] | None = None
    for zone in zones:
        found = [part.spans(zone, None, _LOOKED_AT // len(parts)) for part in parts]
        nearest = _narrowest(found) if all(found) else None
        if nearest and (best is None or nearest[0] < best[0]):
            best = (*nearest[:1], zone, *nearest[1:])
    if best is None:
        return _in_two_places(parts, zones)
    between, zone, start, end = best
    first, last = zone.slice_of(start, end)
    excerpt = f"nearest is {quoted(zone.text[first:last])} in {place_of(zone.field)}"
    between = max(between, 0)
    if isinstance(source, Window):
        return f"{excerpt}, {_words(between)} between; {_allowed(source.between)}"
    how = f"{_words(between)} between" if between else "in another order"
    return f"{excerpt}, {how}: write {_phrase(source)}~{between}"


def _phrase(source: Source) -> str:
    """A phrase as written; of a word such as well-known, the phrase that it stands for."""
    term = source.term if isinstance(source, Row | Run) else ""
    return term if term.endswith('"') else f'"{term}"'


def _narrowest(parts: Sequence[Sequence[Span]]) -> tuple[int, int, int] | None:
    """The fewest other words among which one span of each part stands, and from where to where; in any order."""
    latest: list[Span | None] = [None] * len(parts)
    best: tuple[int, int, int] | None = None
    for span, part in sorted((span, part) for part, spans in enumerate(parts) for span in spans):
        latest[part] = span
        held = [one for one in latest if one is not None]
        if len(held) == len(parts):
            start, end = min(held).start, max(one.end for one in held)
            between = end - start - sum(one.end - one.start for one in held)
            if best is None or between < best[0]:
                best = (between, start, end)
    return best


def _not_near(clause: NearWords, document: PreparedDocument) -> str:
    for operand in clause.operands:
        if not operand.holds(document):
            return why_not(operand, document) if len(clause.operands) == 1 else _missing_operand(operand, document)
    return _too_far(clause, document)


def _missing_operand(operand: Words, document: PreparedDocument) -> str:
    return f"{operand.lack}: {why_not(operand, document)}"


def _too_far(clause: NearWords, document: PreparedDocument) -> str:
    zones = document.zones(clause.together.field)
    for (one, other), distance in zip(pairwise(clause.operands), clause.distances, strict=True):
        nearest = min(_gaps(one.source, other.source, zones), key=lambda gap: gap[0], default=None)
        if nearest is None:
            return _in_two_places([one.source, other.source], zones)
        between, first, second, place = nearest
        if between < 0:
            return f"{first} and {second} are the same words in {place}"
        if between > distance:
            return f"{first} stands in {place}, but {_words(between)} from {second}; {_allowed(distance)}"
    return "each pair of neighbours is near somewhere, but not all of them in one place"


def _gaps(one: Source, other: Source, zones: Sequence[Zone]) -> Iterator[tuple[int, str, str, str]]:
    """In each zone the two spans that are nearest: words between, both as written, and where."""
    for zone in zones:
        gap = _closest(one.spans(zone, None, _LOOKED_AT // 2), other.spans(zone, None, _LOOKED_AT // 2))
        if gap is not None:
            between, first, second = gap
            yield between, _as_written(zone, first), _as_written(zone, second), place_of(zone.field)


def _closest(one: Sequence[Span], other: Sequence[Span]) -> tuple[int, Span, Span] | None:
    """Of two lists in order, the pair with the fewest words between; -1 where all of them overlap."""
    by_start, by_end = sorted(one), sorted(one, key=lambda span: span.end)
    starts, ends = [span.start for span in by_start], [span.end for span in by_end]
    best: tuple[int, Span, Span] | None = None
    for span in other:
        before, behind = bisect_right(ends, span.start) - 1, bisect_left(starts, span.end)
        if before >= 0:
            best = _nearer(best, (span.start - ends[before], by_end[before], span))
        if behind < len(starts):
            best = _nearer(best, (starts[behind] - span.end, by_start[behind], span))
    if best is None and one and other:
        return -1, one[0], other[0]
    return best


def _nearer(best: tuple[int, Span, Span] | None, found: tuple[int, Span, Span]) -> tuple[int, Span, Span]:
    return found if best is None or found[0] < best[0] else best


def _in_two_places(parts: Iterable[Source], zones: Sequence[Zone]) -> str:
    found = [_first(part, zones, with_place=True) for part in parts]
    return f"{' and '.join(found[:4])}: they would have to stand in one of these"


def _first(source: Source, zones: Sequence[Zone], *, with_place: bool = False) -> str:
    for zone in zones:
        if spans := source.spans(zone, None, 1):
            written = _as_written(zone, spans[0])
            return f"{written} in {place_of(zone.field)}" if with_place else written
    return "nothing"


def _as_written(zone: Zone, span: Span) -> str:
    start, end = zone.slice_of(span.start, span.end)
    return quoted(zone.text[start:end])


def _words(number: int) -> str:
    return f"{number} word" + ("" if number == 1 else "s")


def _allowed(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'} allowed"
