"""What became of a disagreement: still open, a toll that is still counted, or settled, and by whom.

Settled: somebody says that an earlier value was wrong, an outlet comes round to what another said, or all have come to
say the same. Nobody may have said otherwise since. Moving: figures of casualties that rose while outlets were at odds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.stages.facts.alignment import Statement, Surroundings, agree, kind_of, may_be_one
from worker.stages.facts.counts import CASUALTIES, says_it_rose

OPEN, MOVING, SETTLED = "open", "moving", "settled"
MOST_CLASHES = 16  # over one thing, the latest; each word since is held against both sides of each

# Somebody says what was wrong, or which of two is right.
_SETTLES = re.compile(
    r"\b(?:correct(?:ed|s|ion)?|wrong(?:ly)?|mistake[ns]?|error|erroneous(?:ly)?|misread|miscount\w*|apologi[sz]ed"
    r"|admit(?:s|ted)?|acknowledged|withdr[ae]w\w*|retract(?:s|ed)|clarif(?:y|ies|ied)|clear(?:s|ed) up|made clear"
    r"|set the record straight|turned out|contrary to|had (?:missed|overlooked|counted twice)|double[- ]count\w*"
    r"|(?:earlier|first|previous|former|initial|original|own) (?:\w+ )?(?:count|number|figure|statement|announcement"
    r"|report|total|date|version|information)s?|figures? (?:of \S+ )?(?:given|reported|named) by"
    r"|Fehler|Irrtum|irrtümlich|falsch|korrigiert\w*|berichtig\w*|richtig|stellte klar|räumte\w* ein"
    r"|erreur|rectifi\w*|corrig\w*|erron\w*|s[’']est tromp\w*|reconn\w+"
    r"|error|correg\w*|corrig\w*|rectific\w*|equivoc\w*|erróne\w*|admitió|reconoció"
    r"|errore|corrett\w*|rettific\w*|sbagliat\w*|erro|retific\w*|engano"
    r"|yanlış\w*|hata\w*|düzelt\w*|помилк\w*|помилив\w*|помилков\w*|виправ\w*|уточн\w*|спростув\w*"
    r"|ошиб\w*|исправ\w*|опроверг\w*|błąd|błęd\w*|pomył\w*|sprostow\w*|fout\w*|vergissing|rectificeer\w*)\b"
    r"|\bnot \d|, not \w+[,.]",
    re.IGNORECASE,
)
# Enough where what was announced changes or is found out: days, places, decisions; of tolls everybody says it.
_CONFIRMS = re.compile(
    r"\b(?:confirm(?:s|ed)?|moved to|postponed|brought forward|rescheduled|relocated|ending days of|bestätigt\w*"
    r"|verlegt\w*|confirm\w+|reporté\w*|déplacé\w*|traslad\w*|aplaz\w*|spostat\w*|rinviat\w*|adiad\w*|doğrula\w*|ertelen\w*|alındı"
    r"|підтверд\w*|перенес\w*|подтверд\w*|potwierdz\w*|przenies\w*|bevestig\w*|verplaatst)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`by`: the statement that says what is right; None unless settled."""

    status: str
    by: Statement | None = None


def settling(
    group: Sequence[Statement],
    clashes: Sequence[tuple[Statement, Statement]],
    current: Sequence[tuple[Statement, Statement]],
    around: Surroundings,
) -> Outcome:
    """What became of the clashes over one slot. `current` are those between the outlets' last words."""
    if (by := _last_settling(group, clashes, around)) is not None:
        return Outcome(SETTLED, by)
    if not current and not _is_superseded(group, clashes):
        return Outcome(SETTLED, _latest(group, clashes))
    return Outcome(MOVING if _rises(group) else OPEN)


def _last_settling(
    group: Sequence[Statement], clashes: Sequence[tuple[Statement, Statement]], around: Surroundings
) -> Statement | None:
    """The last statement that settles, unless another outlet says otherwise after it."""
    first = min(later.published for _, later in clashes)
    clashes = clashes[-MOST_CLASHES:]
    for place in range(len(group) - 1, -1, -1):
        statement = group[place]
        if statement.published < first:
            return None
        if _settles(statement, clashes, around):
            after = [s for s in group[place + 1 :] if s.article != statement.article]
            return None if any(_is_against(s, statement, around) for s in after) else statement
    return None


def _settles(statement: Statement, clashes: Sequence[tuple[Statement, Statement]], around: Surroundings) -> bool:
    opposed = [s for pair in clashes for s in pair if agree(statement.fact, s.fact) is False]
    if not any(may_be_one(statement, s, around) for s in opposed):
        return False
    if _SETTLES.search(statement.fact.text) and any(agree(statement.fact, s.fact) for pair in clashes for s in pair):
        return True
    if kind_of(statement.fact.slot or "") not in CASUALTIES and _CONFIRMS.search(statement.fact.text):
        return True
    return _comes_round(statement, clashes)


def _comes_round(statement: Statement, clashes: Sequence[tuple[Statement, Statement]]) -> bool:
    """Whether its outlet was at odds with another and now says what that one said."""
    if statement.fact.hedged:
        return False
    for pair in clashes:
        for own, other in (pair, pair[::-1]):
            is_own = own.outlet == statement.outlet and own.published < statement.published
            if is_own and agree(statement.fact, own.fact) is False and agree(statement.fact, other.fact):
                return True
    return False


def _is_against(statement: Statement, settled: Statement, around: Surroundings) -> bool:
    return agree(statement.fact, settled.fact) is False and may_be_one(statement, settled, around)


def _is_superseded(group: Sequence[Statement], clashes: Sequence[tuple[Statement, Statement]]) -> bool:
    """Whether a toll has simply gone on, above all that was in dispute."""
    highest = max((s.fact.value or 0.0) for pair in clashes for s in pair)
    return _is_toll(group) and any((s.fact.value or 0.0) > highest for s in group)


def _latest(group: Sequence[Statement], clashes: Sequence[tuple[Statement, Statement]]) -> Statement:
    return group[-1] if group else clashes[-1][1]


def _rises(group: Sequence[Statement]) -> bool:
    """Whether somebody says that it rose, or an outlet raised its own figure."""
    if not _is_toll(group):
        return False
    return any(says_it_rose(s.fact.text) for s in group) or any(_raised(group))


def _raised(group: Sequence[Statement]) -> Iterator[bool]:
    last: dict[str, Statement] = {}
    for statement in group:
        before = last.setdefault(statement.outlet, statement)
        if before.article != statement.article:
            yield (statement.fact.value or 0.0) > (before.fact.value or 0.0)
            last[statement.outlet] = statement


def _is_toll(group: Sequence[Statement]) -> bool:
    return group[0].fact.slot in CASUALTIES
