"""What is proved of the small world, each as a function that returns or raises AssertionError.

Apart from the tests, because the mutants of `test_mutants.py` are held against the same proofs: they have to fail.

`every`: of so many moments only one is tried. What is returned is how many were. Where to begin
follows from what is to happen, so that different mishaps are tried at different moments.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any
from zlib import crc32

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Article, ArticleState
from tests.faults.ending import Rows
from tests.faults.life import LATER, MAX_ATTEMPTS, Evening, Evenings, Life
from tests.faults.moments import Death, Moments
from tests.faults.world import COLLAPSE
from worker.runtime import Runtime
from worker.steps import read
from worker.steps.extraction import extract_confined

Rival = Callable[[Life], None]
Event = Callable[[], None]


def a_death_changes_nothing(evenings: Evenings, call: str, side: str, *, every: int = 1) -> int:
    """Each evening, die at the first such moment, then at the second, and so on; how many were tried."""
    return sum(_die_at_each(evenings, evening, call, side, every) for evening in evenings)


def _die_at_each(evenings: Evenings, evening: Evening, call: str, side: str, every: int) -> int:
    for tried, number in enumerate(_numbers(f"{call} {side}", every)):
        life, moments = evenings.begin(evening), Moments(call, side, number=number)
        life.works_until_done(moments)
        if not moments.has_come:
            return tried
        life.is_well()
        assert life.ending == evening.ending, f"died {side} {call} {number}"
    raise AssertionError("every evening ends")


def _numbers(mishap: str, every: int) -> Iterator[int]:
    """The numbers of the moments to try, from 1 on if each is tried."""
    return count(1 + crc32(mishap.encode()) % every, every)


def a_passing_fault_loses_nothing(evenings: Evenings, call: str, side: str, fault: Event, *, every: int = 1) -> int:
    """Let the first such call fail, then the second; how many were tried.

    What failed is done after what did not, so the stories may be told in another order, and a correction may be seen on
    its page before its feed tells of it, which is then one more round: no article, no revision and no alert may be
    missing or doubled, but the end is not the same to the letter.
    """
    return sum(_fail_at_each(evenings, evening, call, side, fault, every) for evening in evenings)


def _fail_at_each(evenings: Evenings, evening: Evening, call: str, side: str, fault: Event, every: int) -> int:
    for tried, number in enumerate(_numbers(f"{call} {side} {fault.__name__}", every)):
        life, moments = evenings.begin(evening), Moments(call, side, number=number, event=fault)
        life.works(moments)
        if not moments.has_come:
            return tried
        life.much_later_all_is_done()
        life.is_well()
        moment = f"{fault.__name__} {side} {call} {number}"
        for kind in ("entries", "revisions"):
            assert life.ending[kind] == evening.ending[kind], moment
        assert _stages_of_each(life.ending) == _stages_of_each(evening.ending), moment
    raise AssertionError("every evening ends")


def _stages_of_each(ending: Mapping[str, Rows]) -> set[tuple[str, str]]:
    """Through which stages each article went, in whatever round."""
    return {(url, stage) for url, _round, stage in ending["stages"]}


def one_overtaken_changes_nothing(evenings: Evenings, call: str, rival: Rival, *, every: int = 1) -> int:
    """Each evening, sleep past the lease before the first such call, then before the second; how many were tried."""
    return sum(_sleep_before_each(evenings, evening, call, rival, every) for evening in evenings)


def _sleep_before_each(evenings: Evenings, evening: Evening, call: str, rival: Rival, every: int) -> int:
    for tried, number in enumerate(_numbers(f"{call} {rival.__name__}", every)):
        life = evenings.begin(evening)
        if not _works_and_sleeps(life, call, number, rival):
            return tried
        life.another_does_all()
        life.is_well()
        assert life.ending == evening.ending, f"overtaken before {call} {number}"
    raise AssertionError("every evening ends")


def _works_and_sleeps(life: Life, call: str, number: int, rival: Rival) -> bool:
    """Sleep while the rival takes over, and go on. What the rival left must not be touched any more."""
    left: list[Mapping[str, Rows]] = []

    def sleep() -> None:
        rival(life)
        left.append(life.standing)

    assert life.works(Moments(call, "before", number=number, event=sleep))
    if not left:
        return False
    assert life.standing == left[0], f"overtaken before {call} {number}, and wrote all the same"
    return True


def poison_is_set_apart(evenings: Evenings) -> None:
    """The first article kills whoever reads it: it is given up after so many deaths, and all others are read."""
    life = evenings.begin(next(iter(evenings)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "extract_confined", _deadly(extract_confined, COLLAPSE.page))
        deaths = sum(not _works_later(life) for _ in range(MAX_ATTEMPTS + 2))
    assert deaths == MAX_ATTEMPTS
    states = life.database.read(_states)
    assert states.pop(COLLAPSE.url) == ArticleState.QUARANTINED
    assert set(states.values()) == {ArticleState.DONE}


def _works_later(life: Life) -> bool:
    life.now += LATER
    return life.works(Moments())


def _deadly(stage: Callable[..., Any], page: bytes) -> Callable[..., Any]:
    def kills(run: Runtime, body: bytes, *arguments: Any, **options: Any) -> Any:
        if body == page:
            raise Death
        return stage(run, body, *arguments, **options)

    return kills


def _states(session: Session) -> dict[str, str]:
    return {row.url: row.state for row in session.execute(select(Article.url, Article.state))}
