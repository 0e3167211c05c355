"""Facts as the finders of dates, decisions and places give them, for their tests."""

from dataclasses import dataclass
from datetime import date

from worker.stages.facts.dates import find_dates
from worker.stages.facts.decisions import find_decisions
from worker.stages.facts.whereabouts import find_whereabouts

WEDNESDAY = date(2025, 9, 10)


@dataclass(frozen=True, slots=True)
class Said:
    slot: str | None
    value: float | None
    qualifier: str
    text: str
    hedged: bool
    said: str = ""


def dated(sentence: str, language: str = "en", published: date = WEDNESDAY) -> list[Said]:
    found = find_dates(sentence, language, published)
    return [Said(one.slot, one.value, one.grain, sentence, one.hedged) for one in found]


def decided(sentence: str, language: str = "en") -> list[Said]:
    found = find_decisions(sentence, language)
    return [Said(one.slot, one.value, "exactly", sentence, one.hedged) for one in found]


def placed(sentence: str, language: str = "en") -> list[Said]:
    found = find_whereabouts(sentence, language)
    return [Said(one.slot, None, one.qualifier, sentence, one.hedged, one.said) for one in found]
