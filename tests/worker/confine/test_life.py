"""How children begin and end: with whom they live, and that none stays behind."""

import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.worker.confine import jobs
from tests.worker.confine.conftest import Make
from worker.confine import child
from worker.confine.child import ParentGoneError, Pipes
from worker.confine.errors import NoChildError
from worker.confine.frame import HEADER, Kind
from worker.confine.pool import Confined

SPIN = b"tests.worker.confine.jobs:spin"
PATIENCE = 30_000  # milliseconds, on a machine busy with other things; what is waited for takes a few

needs_pidfd = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells of others' ends")

# A parent with a child, whose fork lives on when it dies. The fork has a child of its own.
FAMILY = """
import os, sys
from tests.worker.confine import jobs
from tests.worker.confine.conftest import PACKAGES
from worker.confine.pool import Confined

confined = Confined(packages=PACKAGES)
first = confined.call(jobs.name_process, b"")
if os.fork() == 0:
    print(first, confined.call(jobs.name_process, b""), os.getpid(), flush=True)
sys.stdin.read()
"""


@contextmanager
def watched(pid: int) -> Iterator[int]:
    """A descriptor that is ready to read when the process has ended."""
    descriptor = os.pidfd_open(pid)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def has_ended(descriptor: int, patience: int = PATIENCE) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(patience))


def test_a_child_knows_no_secrets(make_confined: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    confined = make_confined()
    monkeypatch.setenv("STORYTRAIL_ADMIN_TOKEN", "0123456789abcdef")
    monkeypatch.setenv("DESK_URL", "https://example.org/secret")  # a channel's, named by the topics file
    monkeypatch.setenv("TZ", "UTC")
    names = confined.call(jobs.list_variables, b"")
    assert "TZ" in names
    assert not {"STORYTRAIL_ADMIN_TOKEN", "DESK_URL", "HOME"} & set(names)


def test_the_terminals_signals_are_not_for_the_child(confined: Confined) -> None:
    assert confined.call(jobs.name_session, b"") != os.getsid(0)


def test_a_child_that_died_while_idle_is_replaced(make_confined: Make) -> None:
    confined = make_confined()
    pid = confined.call(jobs.name_process, b"")
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert confined.call(jobs.name_process, b"") != pid


@needs_pidfd
def test_close_ends_the_children_and_the_next_call_starts_anew(make_confined: Make) -> None:
    confined = make_confined()
    pid = confined.call(jobs.name_process, b"")
    with watched(pid) as end:
        confined.close()
        assert has_ended(end)
    assert confined.call(jobs.name_process, b"") != pid
    confined.close()
    confined.close()


def test_close_ends_a_call_under_way_and_does_not_blame_the_page(make_confined: Make, tmp_path: Path) -> None:
    confined = make_confined()
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    with ThreadPoolExecutor(1) as threads:
        call = threads.submit(confined.call, jobs.spin_after_opening, bytes(begun))
        begun.read_bytes()  # waits until it is opened for writing
        confined.close()
        with pytest.raises(NoChildError, match="the process ends"):
            call.result()
    assert confined._children == set()


def test_an_exception_raised_into_a_waiting_call_ends_its_child(make_confined: Make, tmp_path: Path) -> None:
    """As the time limit of a task is raised."""
    confined = make_confined()

    class LimitError(BaseException):
        pass

    def raise_limit(*_: object) -> None:
        raise LimitError

    confined.start(jobs.spin)
    (kept,) = confined._idle
    before = signal.signal(signal.SIGALRM, raise_limit)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(LimitError):
            confined.call(jobs.spin, b"")
    finally:
        signal.signal(signal.SIGALRM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(kept.pid, 0)
    assert confined.call(jobs.echo, b"next") == "next"


def test_many_children_leave_no_descriptors_behind(make_confined: Make) -> None:
    confined = make_confined()
    confined.call(jobs.echo, b"")
    before = sorted(os.listdir("/dev/fd"))
    for _ in range(3):
        confined.close()
        confined.call(jobs.echo, b"")
    assert sorted(os.listdir("/dev/fd")) == before


@needs_pidfd
def test_a_child_ends_with_its_parent_though_a_fork_lives_on() -> None:
    family = subprocess.Popen([sys.executable, "-c", FAMILY], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert family.stdin is not None
    assert family.stdout is not None
    with family:
        first, second, fork = map(int, family.stdout.readline().split())
        assert first != second
        with watched(first) as first_end, watched(second) as second_end, watched(fork) as fork_end:
            family.kill()
            assert has_ended(first_end)
            assert not has_ended(fork_end, 0)
            assert not has_ended(second_end, 0)
            family.stdin.close()
            assert has_ended(fork_end)
            assert has_ended(second_end)


def test_a_fork_leaves_its_parents_child_alone(make_confined: Make) -> None:
    confined = make_confined()
    pid = confined.call(jobs.name_process, b"")
    fork = os.fork()
    if fork == 0:
        confined.close()  # has nothing to end
        os._exit(len(confined._children))
    assert os.waitpid(fork, 0)[1] == 0
    assert confined.call(jobs.name_process, b"") == pid


@pytest.mark.parametrize(
    "work",
    [
        lambda ours: ours.read(),
        lambda ours: ours.write(Kind.DONE, 1, b"x" * 1_000_000),  # more than a pipe holds
    ],
)
def test_a_child_notices_that_its_parent_is_gone_while_others_hold_its_pipes(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[Pipes], object]
) -> None:
    """Neither does the input end then, nor does writing fail."""
    monkeypatch.setattr(child, "LOOK_SECONDS", 0.001)
    with pipes(parent=os.getppid() + 1) as (ours, _, _), pytest.raises(ParentGoneError):
        work(ours)


def test_a_child_that_nobody_needs_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(child, "IDLE_SECONDS", 0.003)
    with pipes(parent=os.getppid()) as (ours, _, _):
        assert ours.read() is None


@pytest.mark.parametrize("sent", [b"", HEADER.pack(Kind.RUN, False, 1, 100, 100), b"\x01"])
def test_a_request_that_breaks_off_is_the_end(sent: bytes) -> None:
    with pipes(parent=os.getppid()) as (ours, requests, _):
        os.write(requests, sent)
        os.close(requests)
        with pytest.raises(ParentGoneError):
            ours.read()


def test_an_answer_that_nobody_reads_is_the_end() -> None:
    with pipes(parent=os.getppid()) as (ours, _, answers):
        os.close(answers)
        with pytest.raises(ParentGoneError):
            ours.write(Kind.DONE, 1, b"x")


@contextmanager
def pipes(parent: int) -> Iterator[tuple[Pipes, int, int]]:
    """A child's pipes, and the parent's ends of them."""
    requests, to_child = os.pipe()
    from_child, answers = os.pipe()
    try:
        yield Pipes(requests, answers, parent), to_child, from_child
    finally:
        for descriptor in (requests, to_child, from_child, answers):
            try:
                os.close(descriptor)
            except OSError:
                continue  # the test has closed it


def test_an_orphan_that_spins_is_ended_by_its_processor_time() -> None:
    """Nobody watches the clock here. Takes the two seconds that the kernel's limit, in whole seconds, has at least."""
    command = [sys.executable, "-m", "worker.confine.child", str(os.getpid()), "0.1", "512"]
    orphan = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert orphan.stdin is not None
    assert orphan.stdout is not None
    with orphan:
        orphan.stdin.write(HEADER.pack(Kind.LOAD, False, 1, len(SPIN), 0) + SPIN)
        orphan.stdin.flush()
        assert HEADER.unpack(orphan.stdout.read(HEADER.size))[0] == Kind.DONE
        orphan.stdin.write(HEADER.pack(Kind.RUN, False, 2, len(SPIN) + 3, 0) + SPIN + b"\n{}")
        orphan.stdin.flush()
        assert orphan.wait(60) == -signal.SIGXCPU
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY  # ours is as it was
