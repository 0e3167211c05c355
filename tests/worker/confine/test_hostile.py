"""Whatever a page makes of the child: the call ends, with a reason, and the next call works."""

import os
import resource
from collections.abc import Callable

import pytest

from tests.worker.confine import jobs
from tests.worker.confine.conftest import Make
from worker.confine import process
from worker.confine.errors import ConfinedError
from worker.confine.frame import HEADER, Kind
from worker.confine.memory import Memory
from worker.confine.pool import Confined

Work = Callable[[bytes], object]

TOO_LONG = "parsing took longer than 0.3 s and was stopped"
UNREADABLE = "parsing gave an answer that cannot be read"


def refused(confined: Confined, work: Work, body: bytes = b"") -> ConfinedError:
    """The error of this call. The one after it must work."""
    with pytest.raises(ConfinedError) as caught:
        confined.call(work, body)
    assert confined.call(jobs.echo, b"still here") == "still here"
    return caught.value


@pytest.mark.parametrize(
    "work",
    [jobs.spin, jobs.spin_deaf, jobs.stand_still, jobs.backtrack, jobs.count_in_xpath],
)
def test_work_without_end_is_stopped(make_confined: Make, work: Work) -> None:
    confined = make_confined(seconds=0.3)
    confined.start(work)
    (before,) = confined._idle
    with pytest.raises(ConfinedError) as caught:
        confined.call(work, b"")
    assert (str(caught.value), caught.value.kind) == (TOO_LONG, "time")
    with pytest.raises(ProcessLookupError):  # dead, and reaped
        os.kill(before.pid, 0)
    confined.start(jobs.echo)
    (after,) = confined._idle
    assert after.pid != before.pid


@pytest.mark.parametrize("look", [process.LOOK_SECONDS, 600.0])  # with the parent looking, and with the child alone
@pytest.mark.parametrize("work", [jobs.hoard, jobs.ask_for_terabytes, jobs.hide_refusal])
def test_memory_is_limited_and_named(
    make_confined: Make, monkeypatch: pytest.MonkeyPatch, work: Work, look: float
) -> None:
    monkeypatch.setattr(process, "LOOK_SECONDS", look)
    error = refused(make_confined(memory_mib=24), work)
    assert (str(error), error.kind) == ("parsing took more than 24 MiB and was stopped", "memory")


def test_memory_is_looked_at_while_the_work_goes_on(make_confined: Make) -> None:
    error = refused(make_confined(memory_mib=24), jobs.take_and_spin, b"40")
    assert error.kind == "memory"


def test_memory_within_the_limit_is_no_matter(confined: Confined) -> None:
    assert confined.call(jobs.hide_refusal, b"") == "1000000"


def test_the_parent_does_not_grow_with_its_child(confined: Confined) -> None:
    confined.call(jobs.echo, b"")
    own = Memory(os.getpid())
    before = own.taken()
    refused(confined, jobs.hoard)
    after = own.taken()
    own.close()
    assert before is not None
    assert after is not None
    assert after.resident - before.resident < 16 * jobs.MIB


@pytest.mark.parametrize(
    ("work", "body", "how"),
    [
        (jobs.crash, b"", "signal 11"),
        (jobs.abort, b"", "signal 6"),
        (jobs.leave, b"0", "exit code 0"),
        (jobs.leave, b"3", "exit code 3"),
        (jobs.leave, b"75", "exit code 75"),  # as a child does that was idle for long
    ],
)
def test_a_death_is_told_as_one(confined: Confined, work: Work, body: bytes, how: str) -> None:
    confined.call(jobs.echo, b"")
    error = refused(confined, work, body)
    assert (str(error), error.kind) == (f"parsing ended without an answer ({how})", "death")


def test_a_crash_leaves_no_core(make_confined: Make) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        assert make_confined().call(jobs.core_limit, b"") == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


@pytest.mark.parametrize(
    ("work", "body", "kind", "reason"),
    [
        (jobs.raise_error, b"no good", "ValueError", "ValueError: no good"),
        (jobs.raise_error, b"", "ValueError", "ValueError"),
        (jobs.raise_error, b"two\nlines", "ValueError", "ValueError: two\nlines"),
        (jobs.raise_error, b"\xff", "ValueError", "ValueError: ?"),  # half a surrogate pair
        (jobs.raise_error, b"x" * 10_000, "ValueError", "ValueError: " + "x" * 500),
        (jobs.raise_unspeakable, b"", "UnspeakableError", "UnspeakableError"),
        (jobs.exit_politely, b"", "SystemExit", "SystemExit: enough"),
        (jobs.give_wrong_type, b"", "answer", UNREADABLE),
    ],
)
def test_an_error_comes_back_as_type_and_text(
    confined: Confined, work: Work, body: bytes, kind: str, reason: str
) -> None:
    error = refused(confined, work, body)
    assert (error.kind, str(error)) == (kind, reason)


def test_an_error_costs_no_child(confined: Confined) -> None:
    before = confined.call(jobs.name_process, b"")
    assert refused(confined, jobs.recurse).kind == "RecursionError"
    assert confined.call(jobs.name_process, b"") == before


def test_what_libraries_print_or_read_disturbs_nothing(confined: Confined, capfd: pytest.CaptureFixture[str]) -> None:
    assert confined.call(jobs.print_noise, b"") == "quiet"
    assert capfd.readouterr().out == ""


def test_an_answer_may_only_be_so_long(confined: Confined) -> None:
    error = refused(confined, jobs.give_too_much)
    assert (str(error), error.kind) == ("parsing gave more than 32 MiB and was stopped", "size")


def test_half_characters_do_not_stop_an_answer(confined: Confined) -> None:
    assert confined.call(jobs.give_halves, b"") == ("a?b", "?", "whole")


# A child that a page has taken over can say what it likes; it is believed in nothing but the form.


def answer_to(serial: int, kind: Kind = Kind.DONE) -> bytes:
    """That the result is 7. The first job of a fresh child is its second request."""
    return HEADER.pack(kind, False, serial, 2, 0) + b"\x007"


@pytest.mark.parametrize(
    ("work", "body", "kind"),
    [
        (jobs.lie, b"\x00" * 100, "answer"),
        (jobs.lie, b"\xff" * 13, "size"),  # of four gigabytes, they would say
        (jobs.lie_about_size, b"", "size"),
        (jobs.lie, answer_to(7), "answer"),  # an earlier or later request
        (jobs.lie, answer_to(2) + answer_to(2), "answer"),  # the second would be taken for that of the next
        (jobs.lie, answer_to(2, Kind.RUN), "answer"),
        (jobs.answer_twice, b'\x00"seven"', "answer"),
        (jobs.answer_twice, b"\x80\x04N.", "answer"),  # a pickle
        (jobs.hang_up, b"", "answer"),
    ],
)
def test_what_is_no_answer_is_an_error(make_confined: Make, work: Work, body: bytes, kind: str) -> None:
    assert refused(make_confined(), work, body).kind == kind


def test_a_child_that_reads_no_more_is_stopped(make_confined: Make) -> None:
    confined = make_confined(seconds=0.3)
    confined.start(jobs.refuse_to_read, jobs.echo)
    assert confined.call(jobs.refuse_to_read, b"") == 1
    with pytest.raises(ConfinedError, match=TOO_LONG):
        confined.call(jobs.echo, b"x" * 1_000_000)
