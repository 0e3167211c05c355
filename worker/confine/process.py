"""The parent's end of one child: starts it, asks it, and kills it when it takes too long."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import IO

from worker.confine.errors import ConfinedError, NoChildError
from worker.confine.frame import HEADER, LEFT_IDLE, MAX_ANSWER_BYTES, Answer, Kind
from worker.confine.limits import MIB, Allowance
from worker.confine.memory import Memory

TO_LOAD = Allowance(seconds=60.0, memory_mib=1_024)  # a start and an import, which take a fraction of both
LOOK_SECONDS = 0.02  # between two looks at a child's memory; it can fill less than 100 MiB in that time
END_SECONDS = 1.0  # for a child whose pipe has ended to end too

_READ_BYTES = 64 * 1024
# What the interpreter needs to run as its parent does. The settings, and the secrets among them, stay here.
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "TZ")


@dataclass(frozen=True, slots=True)
class Job:
    """A function by its name, `package.module:function`; its arguments as JSON; the bytes to work on."""

    name: str
    arguments: bytes
    body: bytes


class GoneError(Exception):
    """The child had ended before the job came, and knows nothing of it."""


class ChildProcess:
    """One child. Used by one thread at a time, but for `kill`."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._loaded: set[str] = set()
        self._serial = 0
        self._is_killed = False
        self.is_kept = False  # from an earlier call: it may have died since
        self._process = _started(allowance)
        self._requests = _opened(self._process.stdin)
        self._answers = _opened(self._process.stdout)
        self._memory = Memory(self._process.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """As far as is known: one that died meanwhile is found out by its next job."""
        return self._is_killed or self._process.returncode is not None

    def has_loaded(self, name: str) -> bool:
        return name in self._loaded

    def load(self, name: str) -> None:
        """Have the function imported. Its time is not the job's, nor are its troubles the page's."""
        if name in self._loaded:
            return
        try:
            answer = self._ask(Kind.LOAD, name.encode(), b"", TO_LOAD)
        except ConfinedError as error:
            raise NoChildError(f"no parser could be started: {error}") from error
        if answer.kind is not Kind.DONE:
            raise NoChildError(f"no parser could be started: {_failure(answer)}")
        self._loaded.add(name)

    def run(self, job: Job) -> Answer:
        """Have the job done: DONE or FAILED. Raises ConfinedError when a limit or death came first; end it then."""
        self.load(job.name)
        text = job.name.encode() + b"\n" + job.arguments
        answer = self._ask(Kind.RUN, text, job.body, self._allowance)
        if answer.is_last:
            self.end()
        if answer.kind is Kind.OUT_OF_MEMORY:
            raise _too_much(self._allowance)
        if answer.kind is Kind.TOO_LARGE:
            raise _too_large()
        return answer

    def kill(self) -> None:
        """Have it die at once. From any thread: one that waits for its answer gets NoChildError."""
        self._is_killed = True
        self._process.kill()

    def end(self) -> None:
        """Kill and reap it. Does nothing to one that has ended."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        self._close()

    def forget(self) -> None:
        """In a fork of the process that started it: let go of its pipes, so that they end with that process."""
        self._process.returncode = 0  # it is another's to reap
        self._close()

    def _close(self) -> None:
        self._memory.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _ask(self, kind: Kind, text: bytes, body: bytes, allowance: Allowance) -> Answer:
        self._serial = (self._serial + 1) % 2**32
        header = HEADER.pack(kind, False, self._serial, len(text), len(body))
        watch = _Watch(self._memory, allowance)
        try:
            self._send([header + text, body], watch)
            return self._receive(watch)
        except BrokenPipeError:
            raise self._death(is_before_job=True) from None
        except EOFError:
            raise self._death() from None

    def _send(self, parts: Sequence[bytes], watch: "_Watch") -> None:
        rest = [memoryview(part) for part in parts if part]
        while rest:
            try:
                count = os.writev(self._requests, rest)
            except BlockingIOError:
                watch.wait_for(self._requests, select.POLLOUT)
                continue
            while rest and count >= len(rest[0]):
                count -= len(rest.pop(0))
            if rest:
                rest[0] = rest[0][count:]

    def _receive(self, watch: "_Watch") -> Answer:
        """Read one answer; what a child says that has been taken over is believed no further than its length."""
        taken = bytearray()
        while len(taken) < HEADER.size:
            taken += self._read(_READ_BYTES, watch)
        kind, is_last, serial, text_size, body_size = HEADER.unpack_from(taken)
        size = HEADER.size + text_size
        if text_size > MAX_ANSWER_BYTES:
            raise _too_large()
        while len(taken) < size:
            taken += self._read(min(size - len(taken), 16 * _READ_BYTES), watch)
        if serial != self._serial or body_size or len(taken) > size or kind not in _ANSWERS:
            raise unreadable()
        del taken[: HEADER.size]
        return Answer(Kind(kind), taken, is_last)

    def _read(self, size: int, watch: "_Watch") -> bytes:
        # Waiting first: the answer is never there yet when the job has just been sent.
        watch.wait_for(self._answers, select.POLLIN)
        read = os.read(self._answers, size)
        if not read:
            raise EOFError
        return read

    def _death(self, *, is_before_job: bool = False) -> Exception:
        """What to say of a child whose pipes have ended. Before the job: it had not even read it whole."""
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            return unreadable()  # it has closed its pipe and lives on
        if self._is_killed:
            return NoChildError("parsing was stopped because the process ends")
        if self.is_kept and (is_before_job or code == LEFT_IDLE):
            return GoneError()
        if code == -signal.SIGXCPU:
            return _too_long(self._allowance)
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return ConfinedError(f"parsing ended without an answer ({how})", "death")


_ANSWERS = frozenset([Kind.DONE, Kind.FAILED, Kind.OUT_OF_MEMORY, Kind.TOO_LARGE])


def failed(answer: Answer) -> ConfinedError:
    """The error for an exception in the function."""
    return ConfinedError(_failure(answer), _lines(answer)[0])


def _failure(answer: Answer) -> str:
    return ": ".join(line for line in _lines(answer) if line)


def _lines(answer: Answer) -> tuple[str, str]:
    kind, _, message = answer.text.decode("utf-8", "replace").partition("\n")
    return kind, message


def unreadable() -> ConfinedError:
    """The error for an answer that is none."""
    return ConfinedError("parsing gave an answer that cannot be read", "answer")


def _too_long(allowance: Allowance) -> ConfinedError:
    return ConfinedError(f"parsing took longer than {allowance.seconds:g} s and was stopped", "time")


def _too_much(allowance: Allowance) -> ConfinedError:
    return ConfinedError(f"parsing took more than {allowance.memory_mib} MiB and was stopped", "memory")


def _too_large() -> ConfinedError:
    return ConfinedError(f"parsing gave more than {MAX_ANSWER_BYTES // MIB} MiB and was stopped", "size")


def _started(allowance: Allowance) -> "subprocess.Popen[bytes]":
    # -P: the working folder may hold a `worker` of its own. Warnings of libraries are of no use to who reads the log.
    # A session of its own: Ctrl-C at the terminal is for the parent, which lets the job end.
    module = [sys.executable, "-P", "-W", "ignore", "-m", "worker.confine.child"]
    command = [*module, str(os.getpid()), str(allowance.seconds), str(allowance.memory_mib)]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        return subprocess.Popen(  # noqa: S603 -- our own module, by our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment, start_new_session=True
        )
    except OSError as error:
        raise NoChildError(f"no parser could be started: {error}") from error


def _opened(pipe: IO[bytes] | None) -> int:
    """The pipe's descriptor, made not to block."""
    assert pipe is not None  # noqa: S101 -- asked for above
    os.set_blocking(pipe.fileno(), False)
    return pipe.fileno()


class _Watch:
    """Looks at the clock and at the child's memory while the parent waits for it."""

    def __init__(self, memory: Memory, allowance: Allowance) -> None:
        self._memory, self._allowance = memory, allowance
        self._deadline = monotonic() + allowance.seconds
        before = memory.taken()
        self._most = before.resident + allowance.memory_bytes if before else 0

    def wait_for(self, descriptor: int, event: int) -> None:
        """Until the descriptor is ready. By poll: select would refuse descriptors above a thousand."""
        poll = select.poll()
        poll.register(descriptor, event)
        while True:
            left = self._deadline - monotonic()
            if left <= 0:
                raise _too_long(self._allowance)
            if poll.poll(1000 * min(left, LOOK_SECONDS)):
                return
            now = self._memory.taken()
            if now and now.resident > self._most:
                raise _too_much(self._allowance)
